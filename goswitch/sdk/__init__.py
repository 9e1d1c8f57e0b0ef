"""Floor 2: SDKs on disk, where they come from, and what proves them."""
