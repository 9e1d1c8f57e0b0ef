"""cgo and build modes: with `--cgo` only."""
