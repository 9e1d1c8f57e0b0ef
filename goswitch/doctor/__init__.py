"""Floor 5: what is wrong with the Go that runs here, and what mends it. It looks, and changes nothing unasked."""
