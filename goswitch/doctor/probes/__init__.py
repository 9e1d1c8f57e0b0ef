"""What checks look at. A probe takes the Facts and returns a value; `facts.ask(probe)` looks once."""
