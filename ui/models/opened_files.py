"""Files that are to be opened in the window: what each is, by its ending and its first bytes.

Loads neither Qt nor anything heavy: the start of the program asks before it knows whether there will be a window.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class FileKind(StrEnum):
    """What the window can do with a file, or what it is that the window cannot open."""

    PACKAGE = "package"
    UPDATE = "update"
    CHECKLIST = "checklist"
    REGISTER = "register"
    CERTIFICATE = "certificate"
    PICTURE = "picture"
    ARCHIVE = "archive"
    FOLDER = "folder"
    EMPTY = "empty"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"


ENDINGS = {
    ".wufei": FileKind.PACKAGE,
    ".wufei-update": FileKind.UPDATE,
    ".yaml": FileKind.CHECKLIST,
    ".yml": FileKind.CHECKLIST,
    ".json": FileKind.CHECKLIST,
    ".xlsx": FileKind.CHECKLIST,
    ".xlsm": FileKind.CHECKLIST,
}
"""What is opened, by its ending."""
_BEGINNINGS = (
    (b"SQLite format 3\0", FileKind.REGISTER),
    (b"%PDF-", FileKind.CERTIFICATE),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"PK\x03\x04", FileKind.ARCHIVE),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf", FileKind.ARCHIVE),
)
_LOOKED_AT = 16  # bytes


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file somebody wants to open."""

    path: Path
    kind: FileKind


def known_ending(name: str) -> bool:
    """Tell whether a name ends as one of the files that are opened."""
    return Path(name).suffix.casefold() in ENDINGS


def look_at(path: Path) -> OpenedFile:
    """Tell what a file is; one with an ending of ours is what its ending says, and its reader tells what is wrong."""
    try:
        if path.is_dir():
            return OpenedFile(path, FileKind.FOLDER)
        with path.open("rb") as file:
            beginning = file.read(_LOOKED_AT)
    except OSError as error:
        missing = error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EINVAL, errno.ENAMETOOLONG)
        return OpenedFile(path, FileKind.MISSING if missing else FileKind.UNREADABLE)
    except ValueError:  # a name that no file can have
        return OpenedFile(path, FileKind.MISSING)
    return OpenedFile(path, ENDINGS.get(path.suffix.casefold()) or _by_content(beginning))


def _by_content(beginning: bytes) -> FileKind:
    if not beginning:
        return FileKind.EMPTY
    return next((kind for start, kind in _BEGINNINGS if beginning.startswith(start)), FileKind.UNKNOWN)
