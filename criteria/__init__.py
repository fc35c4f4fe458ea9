"""Shipped checklists and city profiles (data files), and which profile a new register starts with."""

from __future__ import annotations

DEFAULT_PROFILE = "jiaozuo"
