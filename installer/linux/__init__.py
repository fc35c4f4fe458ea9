"""What is particular to Linux: the libraries of the system, the C library, the archive and Debian's package."""
