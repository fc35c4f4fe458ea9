"""Unpack a checked update beside the program, and hold every file on the disk against its hash once more."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.progress import Report, silent
from wufei_cells.updates import container, opening
from wufei_cells.updates.manifest import Link, ProgramFile
from wufei_cells.updates.opening import Update
from wufei_cells.updates.path_names import pointed_at


def unpack(update: Update, folder: Path, report: Report = silent) -> None:
    """Unpack an update into a new folder.

    Raises:
        ProblemsFound: what came out is not what was checked.
        OSError: the disk does not take it.
    """
    folder.mkdir()
    total, done = update.manifest.size, 0
    with opening.contents(update) as (archive, members):
        for file in update.manifest.files:
            report(done, total)
            target = folder / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            member = members.get(f"{container.FILES}{file.sha256}")
            try:
                right = member is not None and _write(container.pieces(archive, member), target, file)
            except container.BROKEN:
                right = False
            if not right:
                name = update.path.name
                raise ProblemsFound([Problem("update.damaged", name, {"path": file.path})], subject=name)
            done += file.size
    for link in update.manifest.links:
        make_link(folder, link)
    report(total, total)


def different(update: Update, folder: Path, report: Report = silent) -> tuple[str, ...]:
    """Read everything in a folder back from the disk, and give what is not as the update says."""
    wrong: list[str] = []
    total, done = update.manifest.size, 0
    for file in update.manifest.files:
        report(done, total)
        if _digest_of(folder / file.path) != file.sha256:
            wrong.append(file.path)
        done += file.size
    expected = {file.path for file in update.manifest.files} | {link.path for link in update.manifest.links}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}
    copied = {name for link in update.manifest.links for name in there if name.startswith(f"{link.path}/")}
    return (*wrong, *sorted((expected - there - _copied_folders(update, folder)) | (there - expected - copied)))


def make_link(folder: Path, link: Link) -> None:
    """Make a link, or a copy of what it leads to, where the file system knows no links."""
    place = folder / link.path
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.symlink_to(link.target)
    except (OSError, NotImplementedError):
        leads_to = folder / pointed_at(link.path, link.target)
        if leads_to.is_dir():
            shutil.copytree(leads_to, place)
        else:
            shutil.copy2(leads_to, place)


def _copied_folders(update: Update, folder: Path) -> set[str]:
    return {link.path for link in update.manifest.links if (folder / link.path).is_dir()}


def _write(pieces: Iterable[bytes], target: Path, file: ProgramFile) -> bool:
    digest = hashlib.sha256()
    with target.open("xb") as written:
        for piece in pieces:
            digest.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    target.chmod(0o755 if file.executable else 0o644)
    return digest.hexdigest() == file.sha256


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(container.PIECE):
                digest.update(piece)
    except OSError:
        return ""
    return digest.hexdigest()
