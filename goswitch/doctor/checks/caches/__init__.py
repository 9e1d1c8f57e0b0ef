"""The folders that Go writes to: can it, and is there room."""
