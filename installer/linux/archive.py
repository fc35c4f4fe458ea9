"""The portable archive: a folder to unpack anywhere, which keeps its data beside the program."""

from __future__ import annotations

import lzma
import tarfile
from collections.abc import Iterator
from pathlib import Path

from installer import content

TEXTS = content.ROOT / "installer" / "linux" / "portable"
DATA_FOLDER = "wufei-data"
LEVEL = 6
"""Of xz: 9 needs 700 MB of memory for 1 % less."""


def write(program: Path, share: Path, target: Path, seconds: int) -> Path:
    """Write the archive; the same content always gives the same bytes.

    Args:
        program: the folder of the built program.
        share: what the desktop is told (``desktop.write_share``), for who installs it for oneself.
        target: the archive.
        seconds: the time that all files bear.
    """
    temporary = target.with_suffix(".unfinished")
    with lzma.open(temporary, "wb", preset=LEVEL) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for name, source in _members(program, share):
            tar.add(source, name, recursive=False, filter=lambda info: _plain(info, seconds))
    temporary.replace(target)
    return target


def _members(program: Path, share: Path) -> Iterator[tuple[str, Path]]:
    """Give every member by its name, folders before what is in them."""
    found = {content.PROGRAM: program}
    places = {content.PROGRAM: program, f"{content.PROGRAM}/share": share}
    for inside, folder in places.items():
        found[inside] = folder
        found |= {f"{inside}/{path.relative_to(folder).as_posix()}": path for path in folder.rglob("*")}
    for path in TEXTS.rglob("*"):
        found[f"{content.PROGRAM}/{path.relative_to(TEXTS).as_posix()}"] = path
    yield from sorted(found.items())


def _plain(info: tarfile.TarInfo, seconds: int) -> tarfile.TarInfo:
    """Take away who built it and when, and give rights that do not depend on the builder's habits."""
    info.uid = info.gid = 0
    info.uname = info.gname = "root"
    info.mtime = seconds
    runs = info.isdir() or info.mode & 0o100 or info.name.endswith(".sh")
    info.mode = 0o755 if runs else 0o644
    return info
