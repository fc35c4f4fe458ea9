"""Text as it goes into cells, page heads and notes: what a file cannot hold is taken out, nothing becomes a command."""

from __future__ import annotations

import re

from wufei_cells.workbooks.text_fitting import char_width

LONGEST = 32_767  # characters that Excel takes in one cell
REPLACEMENT = "\ufffd"

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_COMMAND_SIGNS = ("=", "+", "-", "@", "'")


def shown_text(text: str) -> str:
    """Give text as a cell shows it: control characters and lone surrogates, which no file holds, as visible marks."""
    text = _FORBIDDEN.sub(REPLACEMENT, _LINE_END.sub("\n", text))
    return text[: LONGEST - 1] + "…" if len(text) > LONGEST else text


def clean_text(text: str) -> str:
    """Make text fit for a cell that openpyxl writes.

    A name that holds what Excel reads as the code of a character (``_x000D_``) keeps its letters; XlsxWriter sees to
    that itself.
    """
    return _ESCAPE_LIKE.sub("_x005F_", shown_text(text))


def looks_like_command(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula if a person typed or edited it."""
    return text.startswith(_COMMAND_SIGNS)


def page_text(text: str, room: float) -> str:
    """Make text fit for a page's head or foot: cut to the room, because there nothing wraps.

    An ampersand begins a command there and is doubled.
    """
    line = " ".join(clean_text(text).split())
    while sum(map(char_width, line)) > room:
        line = line.removesuffix("…")[:-1] + "…"
    return line.replace("&", "&&")
