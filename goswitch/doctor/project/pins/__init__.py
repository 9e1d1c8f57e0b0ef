"""Pins against each other and against the floor."""
