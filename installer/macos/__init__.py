"""What is particular to macOS. Written from the documentation of the tools; nothing of it could be tried so far."""
