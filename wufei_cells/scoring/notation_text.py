"""The signs of the written form of answers: widths, names, brackets, quotes, and the few words it knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from wufei_cells.domain.text import Language, Text
from wufei_cells.scoring.numbers import read_number

PARTS = ";；\n"
"""What stands between parts."""
OPENING, CLOSING, QUOTES, EQUALS = "(（", ")）", '"＂', "=＝"
RESERVED = frozenset(PARTS + OPENING + CLOSING + QUOTES + EQUALS)
"""What a reason among other parts can only hold in quotes."""

YES_WORD: dict[Language, str] = {"zh": "是", "en": "yes"}
NO_WORD: dict[Language, str] = {"zh": "否", "en": "no"}
ASIDE_WORD: dict[Language, str] = {"zh": "不适用：", "en": "N/A: "}
YES = frozenset({"1", "是", "满足", "yes", "y", "true", "√", "✓", "✔"})
NO = frozenset({"2", "否", "不满足", "no", "false", "×", "✗", "✘", "x"})
NOTHING = frozenset({"0", "-", "–", "—", "无", "none"})
"""Said of ticks: none of them."""

# The sign of an item that is set aside, before the reason. A Latin word that only begins with n is none.
_ASIDE = re.compile(
    r"(?:不适用|n\s?[/.]\s?a(?![a-z])\.?|na(?![a-z])|n(?![a-z]))\s*[:,，]?\s*(.*)", re.IGNORECASE | re.DOTALL
)
_NARROW = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SIGNS = {ord("　"): " ", ord("\xa0"): " ", ord("−"): "-", ord("–"): "-"}


def narrow(text: str) -> str:
    """Give ASCII for full-width signs, character by character, so that places in the text stay."""
    return text.translate({**_NARROW, **_SIGNS})


def folded(text: str) -> str:
    """Make spellings of one name equal: width, case and blanks do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def aside_reason(text: str) -> str | None:
    """Give the reason for setting an item aside; ``None`` when the text says something else."""
    found = _ASIDE.fullmatch(narrow(text))
    return None if found is None else text[found.start(1) :].strip()


def number_text(value: object) -> str:
    """Write a number as a person gave it, in usual digits; what is no number stays as it is."""
    text = unicodedata.normalize("NFKC", str(value)).replace("−", "-").strip()
    return text if read_number(text) is None else text.replace(",", "")


def without_unit(text: str, unit: Text) -> str:
    """Take the unit off that somebody wrote behind a number."""
    number = narrow(text).strip()
    for name in (unit.zh, unit.en):
        width = len(name)
        if name and folded(number[-width:]) == folded(name):
            return number[:-width].strip()
    return number


def find_name(written: str, names: Iterable[tuple[str, Text]]) -> str | None:
    """Say which key is meant by a key or by its text in either language; ``None`` when none or several are."""
    known = list(names)
    bare = narrow(written).strip()
    if any(key == bare for key, _text in known):
        return bare
    wanted = folded(written)
    found = [key for key, text in known if wanted and wanted in (folded(key), folded(text.zh), folded(text.en))]
    return found[0] if len(found) == 1 else None


# --- brackets and quotes


def quoted(reason: str) -> str:
    """Put a reason into quotes; those in it are doubled."""
    return '"' + reason.replace('"', '""') + '"'


def unquoted(reason: str) -> str:
    """Take the quotes off a reason that stands in quotes as a whole."""
    reason = reason.strip()
    if reason[:1] in QUOTES and reason and _closing_quote(reason, 0) == len(reason) - 1:
        return re.sub(r'(["＂])["＂]', r"\1", reason[1:-1])
    return reason


def places_of(text: str, marks: str) -> list[int]:
    """Find signs that stand outside brackets and quotes."""
    return [place for place, depth in _outside_quotes(text) if depth == 0 and text[place] in marks]


def split(text: str, marks: str) -> list[str]:
    """Part a text at signs that stand outside brackets and quotes."""
    pieces: list[str] = []
    begin = 0
    for place in places_of(text, marks):
        pieces.append(text[begin:place].strip())
        begin = place + 1
    return [*pieces, text[begin:].strip()]


def without_brackets(text: str) -> str:
    """Take the brackets off that stand around a whole text."""
    text = text.strip()
    if not text or text[0] not in OPENING:
        return text
    closed = next((place for place, depth in _outside_quotes(text) if place and depth == 0), -1)
    return text[1:-1].strip() if closed == len(text) - 1 else text


def _outside_quotes(text: str) -> Iterator[tuple[int, int]]:
    """Go through the signs outside quotes: their place, and how deep in brackets it goes on after them."""
    depth = place = 0
    while place < len(text):
        sign = text[place]
        if sign in QUOTES and _opens_quote(text, place) and (end := _closing_quote(text, place)) >= 0:
            place = end
        else:
            depth = max(0, depth + (sign in OPENING) - (sign in CLOSING))
            yield place, depth
        place += 1


def _opens_quote(text: str, place: int) -> bool:
    return place == 0 or text[place - 1].isspace() or text[place - 1] in PARTS + EQUALS + OPENING + ":："


def _closing_quote(text: str, opening: int) -> int:
    place = opening + 1
    while place < len(text):
        if text[place] in QUOTES:
            if text[place + 1 : place + 2] not in tuple(QUOTES):
                return place
            place += 1
        place += 1
    return -1
