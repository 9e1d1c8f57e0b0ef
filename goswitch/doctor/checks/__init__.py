"""What doctor looks for: a folder a topic, a file a check. `doctor/check.py` finds them here."""
