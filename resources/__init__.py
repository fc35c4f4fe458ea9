"""Shipped fonts, icons, wording and document templates (data files)."""

from __future__ import annotations

DEFAULT_TEMPLATE = "certificate-zh.yaml"
"""The template of certificates that holds until an office adopts one."""
