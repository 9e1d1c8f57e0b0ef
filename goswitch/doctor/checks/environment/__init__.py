"""Variables and Go's own settings that change what `go` does."""
