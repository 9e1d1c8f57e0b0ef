"""What `go` on PATH is: the shims, and what stands before them."""
