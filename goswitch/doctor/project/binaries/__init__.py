"""Programs that were built by another Go."""
