"""Floor 0: pure rules over text and values. Nothing here reads a file, an environment or a clock."""
