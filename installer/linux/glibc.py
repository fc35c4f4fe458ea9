"""Say which C library the built program needs, and which libraries of the system: read from its files, not guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from installer import content
from installer.linux import elf

_VERSION = re.compile(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a built program needs of a Linux."""

    glibc: tuple[int, int]
    """The oldest release of the C library that it starts with."""
    newest_users: tuple[str, ...]
    """The files that need no less, by their path in the program."""
    system: tuple[str, ...]
    """Libraries of the system without which it does not start."""
    optional: tuple[str, ...]
    """Libraries of the system without which only a part is missing."""
    unknown: tuple[str, ...]
    """Libraries that are neither in the program nor in the list of what desktops have: there must be none."""

    @property
    def release(self) -> str:
        """The C library's release as Debian writes it."""
        return ".".join(map(str, self.glibc))


def needs_of(program: Path) -> Needs:
    """Read what all files of a built program need."""
    files = elf.files(program)
    inside = {path.name for path in files}
    wanted: dict[tuple[int, int], list[str]] = {}
    outside: set[str] = set()
    for path in files:
        references = elf.references(path)
        for _library, version in references.versions:
            if found := _VERSION.fullmatch(version):
                wanted.setdefault((int(found[1]), int(found[2])), []).append(path.relative_to(program).as_posix())
        outside.update(name for name in references.libraries if name not in inside)
    outside = {name for name in outside if name not in content.C_LIBRARY and not name.startswith("ld-linux")}
    newest = max(wanted, default=(2, 0))
    return Needs(
        glibc=newest,
        newest_users=tuple(sorted(set(wanted.get(newest, ())))),
        system=tuple(sorted(outside & content.SYSTEM_LIBRARIES.keys())),
        optional=tuple(sorted(outside & content.OPTIONAL_SYSTEM_LIBRARIES.keys())),
        unknown=tuple(sorted(outside - content.SYSTEM_LIBRARIES.keys() - content.OPTIONAL_SYSTEM_LIBRARIES.keys())),
    )
