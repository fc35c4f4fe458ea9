"""Say that an answer cannot be read by its rule."""

from __future__ import annotations


class BadAnswer(Exception):
    """An answer that does not fit its rule; carries the problem."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
        self.part = ""
        """Which part of a combined rule it is about, filled in on the way up."""
