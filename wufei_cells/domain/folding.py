"""Write texts so that they can be compared without regard to case and width."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Write a text so that full-width and half-width, capital and small letters are the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
