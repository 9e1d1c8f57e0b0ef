"""What the shell's own files do to Go: exported variables, other managers."""
