"""The names of files that an update puts into the program folder: none may lead out of it or mean two things."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable

from wufei_cells.paths import PORTABLE_FOLDER

RECORD = "update-record.json"
"""In the program folder: which update it came with, and how to go back."""
OURS = (PORTABLE_FOLDER, RECORD)
"""What no update may bring: the data of the person, and what this program writes itself."""
_PART = re.compile(r'[^\x00-\x1f\x7f-\x9f<>:"/\\|?*]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def harmless(path: str, longest: int) -> bool:
    """Tell whether a path stays below the folder, and is one on every system."""
    parts = path.split("/")
    if not path or len(path) > longest or any(not _harmless_part(part) for part in parts):
        return False
    return _folded(parts[0]) not in OURS


def leads_out(link: str, target: str) -> bool:
    """Tell whether a link points out of the folder, or away from it and back."""
    if not target or target.startswith("/") or "\\" in target or ":" in target or "\x00" in target:
        return True
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(link), target))
    return inside in ("..", ".") or inside.startswith(("../", "/"))


def pointed_at(link: str, target: str) -> str:
    """Give the path that a link leads to, below the folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(link), target))


def clashing(paths: Iterable[str]) -> tuple[str, ...]:
    """Give the paths that another one is already, on a system that takes A for a, or stands in the way of."""
    taken: set[str] = set()
    folders: set[str] = set()
    wrong: list[str] = []
    for path in paths:
        folded = _folded(path)
        above = {folded[: found.start()] for found in re.finditer("/", folded)}
        if folded in taken or folded in folders or above & taken:
            wrong.append(path)
        taken.add(folded)
        folders |= above
    return tuple(wrong)


def _harmless_part(part: str) -> bool:
    if not _PART.fullmatch(part) or part in (".", "..") or part[-1] in ". " or part[0] == " ":
        return False
    if unicodedata.normalize("NFC", part) != part or any("\ud800" <= sign <= "\udfff" for sign in part):
        return False
    return not _DEVICES.fullmatch(part)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
