"""go.mod and go.work: how the two readers of cmd/go read them."""
