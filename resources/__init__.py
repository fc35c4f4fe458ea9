"""Shipped fonts, icons, wording and document templates (data files)."""
