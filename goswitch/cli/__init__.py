"""Floor 6: the command line: one file a verb, the composition root, the error boundary and the rendering."""
