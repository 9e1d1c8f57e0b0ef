"""The verbs: one module each, named as the verb, with the click command `verb` in it."""
