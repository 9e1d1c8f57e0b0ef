"""The SDKs in the SDK root: whole, for this machine, of one build, and safe."""
