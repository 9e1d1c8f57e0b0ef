"""Floor 3: which SDK runs in a folder, and why."""
