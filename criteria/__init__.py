"""Shipped cities: a folder each, with the city's profile and its checklists (data files); and which one leads."""

from __future__ import annotations

DEFAULT_CITY = "jiaozuo"
"""The city a new register starts with."""

PROFILE = "profile.yaml"
"""The file of a city's folder that is its profile; all others are checklists."""
