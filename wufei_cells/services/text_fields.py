"""What every text field must keep to, whichever form or file it came from."""

from __future__ import annotations

import unicodedata

from wufei_cells.errors import Problem, ProblemsFound, UserError

LONGEST_NAME = 120
LONGEST_LINE = 500
LONGEST_NOTE = 4000
_LINE_BREAKS = "\n\r\t"
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks of direction (Unicode, annex 9): they are not seen, and let a text read as another."""


def text_problems(place: str, text: str, *, limit: int, lines: bool = False) -> list[Problem]:
    """List what is wrong with a text: too long, or characters that cannot be shown.

    Args:
        place: the name of the field.
        text: what was typed.
        limit: how many characters fit.
        lines: whether it may have several lines.
    """
    problems: list[Problem] = []
    if len(text) > limit:
        problems.append(Problem("field.too_long", place, {"limit": limit}))
    shown = text.translate({ord(character): None for character in _LINE_BREAKS}) if lines else text
    if any(unicodedata.category(character) in ("Cc", "Cs") or character in _TURNING for character in shown):
        problems.append(Problem("field.control_character", place))
    return problems


def require_text(place: str, text: str, *, limit: int, lines: bool = False) -> str:
    """Give a text without space around it.

    Raises:
        ProblemsFound: it is too long, or holds characters that cannot be shown.
    """
    text = text.strip()
    problems = text_problems(place, text, limit=limit, lines=lines)
    if problems:
        raise ProblemsFound(problems)
    return text


def refuse_person(name: str) -> None:
    """Refuse a name that nobody could bear.

    Raises:
        UserError: it is empty.
        ProblemsFound: it is too long, or holds characters that cannot be shown.
    """
    if not require_text("person", " ".join(name.split()), limit=LONGEST_NAME):
        raise UserError("workspace.no_person")
