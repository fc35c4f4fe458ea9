"""Rooms of the window."""
