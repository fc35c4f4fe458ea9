"""Write an update file from the folder of a built program; for those who release it."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.updates import container, signatures
from wufei_cells.updates.manifest import PROGRAM, Link, Manifest, ProgramFile, to_bytes
from wufei_cells.updates.path_names import OURS

_WHEN = (1980, 1, 1, 0, 0, 0)
"""The same program gives the same bytes, whenever it is packed."""


@dataclass(frozen=True, slots=True)
class Release:
    """What is said of a version beside its files."""

    version: str
    platform: str
    schema: str
    entry: str
    terminal: str
    glibc: str = ""
    check: tuple[str, ...] = ("--self-check",)


def file_name(release: Release) -> str:
    """Give the name that an update file is published under."""
    return f"{PROGRAM}-{release.version}-{release.platform}{container.ENDING}"


def describe(folder: Path, release: Release) -> Manifest:
    """List the files of a program folder."""
    files: list[ProgramFile] = []
    links: list[Link] = []
    for path in _entries(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            links.append(Link(name, path.readlink().as_posix()))
        else:
            runs = os.access(path, os.X_OK) if os.name == "posix" else path.suffix.lower() == ".exe"
            files.append(ProgramFile(name, path.stat().st_size, _digest(path), runs))
    return Manifest(
        version=release.version,
        platform=release.platform,
        glibc=release.glibc,
        schema=release.schema,
        entry=release.entry,
        terminal=release.terminal,
        check=release.check,
        files=tuple(files),
        links=tuple(links),
    )


def write(folder: Path, release: Release, keys: Sequence[SigningKey], target: Path, *, level: int = 9) -> Path:
    """Write the update file of a program folder, signed with each of the keys.

    Args:
        folder: the built program, with the public keys it will accept in ``release-keys/``.
        release: what is said of it.
        keys: who signs; two of them while a new key takes over from an old one.
        target: the file.
        level: how hard to pack, from 1 to 9.
    """
    manifest = describe(folder, release)
    content = to_bytes(manifest)
    lines = "".join(signatures.sign(content, key) for key in keys)
    places = {file.sha256: folder / file.path for file in manifest.files}
    part = target.with_name(f"{target.name}.part")
    with zipfile.ZipFile(part, "w") as archive:
        _add(archive, container.MANIFEST, content, level)
        _add(archive, container.SIGNATURE, lines.encode(), level)
        for digest in sorted(places):
            _add(archive, f"{container.FILES}{digest}", places[digest].read_bytes(), level)
    part.replace(target)
    return target


def _entries(folder: Path) -> Iterator[Path]:
    """Give files and links, the data of a portable program left out; a link to a folder is one entry."""
    for path in sorted(folder.iterdir()):
        if path.name not in OURS:
            yield from _below(path)


def _below(path: Path) -> Iterator[Path]:
    if path.is_dir() and not path.is_symlink():
        for inner in sorted(path.iterdir()):
            yield from _below(inner)
    else:
        yield path


def _add(archive: zipfile.ZipFile, name: str, content: bytes, level: int) -> None:
    member = zipfile.ZipInfo(name, _WHEN)
    member.external_attr = 0o644 << 16
    archive.writestr(member, content, zipfile.ZIP_DEFLATED, level)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(container.PIECE):
            yield piece


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in _read(path):
        digest.update(piece)
    return digest.hexdigest()
