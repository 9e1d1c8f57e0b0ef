"""Containers, CI and other managers that bring another Go."""
