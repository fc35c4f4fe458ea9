"""Put what people type into lists into the form in which the register keeps it, and compare it the way people would.

Pure: no register, no workbook.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from wufei_cells.domain.site_lists import ListCell
from wufei_cells.errors import Problem

SHOWN_DIGITS = 15
"""More digits of a number no spreadsheet keeps."""
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+?\d{1,3}")
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CHINESE = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BLANKS_INSIDE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")
_FULL_WIDTH = {
    ord(wide): ord(wide) - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for wide in map(chr, range(ord(first), ord(last) + 1))
}
_CLEARING = frozenset("-－﹣−–—")
_PUNCTUATION = re.compile(r"[\W_]+")
_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|集团有限公司|有限公司|总公司|分公司|集团|公司)$")
_PROVINCE = re.compile(rf"^[{_CHINESE}]{{2,3}}(?:省|自治区)")
NUMBERS = ("credit_code", "phone")
"""Fields that consist of digits and letters."""


def clears(text: str) -> bool:
    """Whether a cell says that a field is to be emptied: a single hyphen."""
    return text in _CLEARING


def cleaned(field: str, cell: ListCell) -> str | Problem:
    """Give the value of a text field, or why it cannot be one (with no place yet)."""
    text = _UNSEEN.sub("", cell.text).strip().lstrip("'‘’`").strip()
    if field in NUMBERS:
        return _number(field, unicodedata.normalize("NFKC", text), cell)
    text = " ".join(unicodedata.normalize("NFC", text).translate(_FULL_WIDTH).split())
    return _BLANKS_INSIDE.sub("", text) if field in ("name", "contact") else text


def _number(field: str, text: str, cell: ListCell) -> str | Problem:
    digits = text.lstrip("+-").split(".", 1)[0]
    if _SCIENTIFIC.fullmatch(text) or (cell.number and len(digits) > SHOWN_DIGITS):
        return Problem("site_list.number_broken", "", {"found": text[:40]})
    if field == "credit_code":
        return re.sub(r"[\s·.-]+", "", text).upper()
    return " ".join(text.split())


def says_the_same(field: str, known: str, said: str) -> bool:
    """Whether what a list says of a field is what the register has, also where it has it in another form."""
    if not said:
        return not known or clears(known)
    form = cleaned(field, ListCell(known))
    return alike(field, known, said) or (isinstance(form, str) and alike(field, form, said))


def alike(field: str, one: str, other: str) -> bool:
    """Whether two values are the same to a reader: width, blanks and capital letters do not count."""
    return one == other or (field != "credit_code" and folded_name(one) == folded_name(other))


def folded_name(name: str) -> str:
    """Write a name so that width, blanks and capital letters do not count."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


class NameCore:
    """Finds what is left of a name without what offices put before and behind it."""

    def __init__(self, places: Iterable[str]) -> None:
        """``places``: the names of city and districts; their short forms count as well."""
        spelled = {folded_name(form) for place in places for form in (place, shortened(place)) if len(form) > 1}
        names = "|".join(sorted(map(re.escape, spelled), key=lambda one: (-len(one), one)))
        self._places = re.compile(f"^(?:{names})") if names else None

    def split(self, name: str) -> tuple[str, str]:
        """Give the places that a name begins with, and its core; a core of one character is none: the name itself."""
        whole = _PUNCTUATION.sub("", folded_name(name))
        core = _PROVINCE.sub("", whole)
        for _ in range(3):
            rest = self._places.sub("", core) if self._places else core
            if rest == core or len(rest) < 2:
                break
            core = rest
        before = whole[: len(whole) - len(core)]
        core = _LEGAL_FORM.sub("", core) or core
        return (before, core) if len(core) > 1 else ("", whole)


def shortened(place: str) -> str:
    """Give the name of a place without its rank: 修武 for 修武县; short names keep theirs."""
    for ending in ("自治县", "回族区", "区", "县", "市"):
        if place.endswith(ending) and len(place) - len(ending) > 1:
            return place.removesuffix(ending)
    return place


def compatible(one: str, other: str) -> bool:
    """Whether two names begin with places that may be the same: 某市 and 某市东区, but not 某市 and 东区."""
    return one in other or other in one
