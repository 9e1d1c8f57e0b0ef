"""Dependencies that need a newer Go."""
