"""Which go the shell, make, editors and cmd/go itself end up with, and where they disagree."""
