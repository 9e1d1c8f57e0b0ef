"""Floor 4: what runs in shells: shims, hooks and blocks in rc files, rendered from the files in `shims/`."""
