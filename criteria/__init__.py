"""Shipped checklists and city profiles (data files)."""
