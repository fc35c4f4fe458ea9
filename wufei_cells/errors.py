"""Everything that can go wrong, as types.

WufeiError
├── UserError            a person can put it right (bad file, missing answer, wrong order of steps)
│   └── ProblemsFound    the same, for input that was read whole: every problem with its place
└── EnvironmentFault     the machine failed (disk full, no permission, file locked)

Anything else that is raised is a bug. An error carries a code and named values; its sentence is looked up
by that code in ``resources/wording/errors.json``, in the reader's language.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in some input: what (a code with values) and where (file:line:column path, or sheet cell)."""

    code: str
    place: str = ""
    values: Mapping[str, object] = field(default_factory=dict[str, object])


class WufeiError(Exception):
    """Base of all expected errors: a code, and the values its sentence names."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values: dict[str, object] = values

    def __str__(self) -> str:
        named = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({named})"


class UserError(WufeiError):
    """Something a person can put right."""


class ProblemsFound(UserError):
    """Input that was read to its end and has problems: all of them, each with its place."""

    def __init__(self, problems: Iterable[Problem], *, subject: str = "") -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("problems.found", subject=subject, count=len(self.problems))


class EnvironmentFault(WufeiError):
    """The machine could not do what was asked."""


class SystemFault(StrEnum):
    """Why the machine refused a file, as far as there are words of our own for it."""

    MISSING = "missing"
    FORBIDDEN = "forbidden"
    FOLDER = "folder"
    NO_FOLDER = "no_folder"
    EXISTS = "exists"
    BUSY = "busy"
    FULL = "full"
    READ_ONLY = "read_only"
    NAME = "name"
    DISK = "disk"


_FAULTS = {
    errno.ENOENT: SystemFault.MISSING,
    errno.EACCES: SystemFault.FORBIDDEN,
    errno.EPERM: SystemFault.FORBIDDEN,
    errno.EISDIR: SystemFault.FOLDER,
    errno.ENOTDIR: SystemFault.NO_FOLDER,
    errno.EEXIST: SystemFault.EXISTS,
    errno.EBUSY: SystemFault.BUSY,
    errno.ENOSPC: SystemFault.FULL,
    errno.EROFS: SystemFault.READ_ONLY,
    errno.ENAMETOOLONG: SystemFault.NAME,
    errno.EINVAL: SystemFault.NAME,
    errno.EIO: SystemFault.DISK,
}


def why(error: OSError) -> SystemFault | str:
    """Say why the machine refused: in words of our own for what is usual, or else in its words."""
    return _FAULTS.get(error.errno or 0) or error.strerror or ""
