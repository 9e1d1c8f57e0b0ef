"""Floor 1: one kind of input or output in each file, and no policy."""
