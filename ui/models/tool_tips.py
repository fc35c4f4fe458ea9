"""Tool tips that show data: Qt guesses whether a tip is markup, and data must never be taken for it."""

from __future__ import annotations

from html import escape


def literal(text: str) -> str:
    """Write data so that a tool tip shows it as it is."""
    return f"<span>{escape(text)}</span>" if "<" in text else text
