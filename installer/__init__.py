"""What turns a checkout into programs to install: used while building, never part of what is built."""
