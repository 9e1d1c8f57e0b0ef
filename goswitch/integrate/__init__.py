"""Floor 5: files of editors, containers, CI and other managers. Readers are pure: text in, values with lines out."""
