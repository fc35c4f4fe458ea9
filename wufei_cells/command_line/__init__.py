"""The same services without a window: one module per group of commands."""
