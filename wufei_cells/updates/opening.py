"""Check an update file: whose it is, whether it is whole, and whether it fits the program that runs."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.progress import Report, silent
from wufei_cells.updates import container, manifest, signatures
from wufei_cells.updates.limits import MOST_PROBLEMS, USUAL, Limits
from wufei_cells.updates.manifest import Manifest, ProgramFile
from wufei_cells.updates.signatures import Keys
from wufei_cells.updates.versions import figures, newer


@dataclass(frozen=True, slots=True)
class Running:
    """The program that an update is to replace."""

    version: str
    platform: str
    glibc: str
    schema: str
    """The newest of registers that it opens."""


@dataclass(frozen=True, slots=True)
class Update:
    """An update file that was checked to its last byte."""

    path: Path
    size: int
    """Bytes of the file."""
    manifest: Manifest
    signer: bytes
    """The public key of who released it."""


def check(path: Path, trusted: Keys, running: Running, report: Report = silent, *, limits: Limits = USUAL) -> Update:
    """Check an update file. Nothing is written anywhere.

    Args:
        path: the file.
        trusted: the public keys that are accepted.
        running: the program it is to replace.
        report: told how many bytes were checked; may raise to stop.
        limits: what a file may hold.

    Raises:
        UserError: there is no such file.
        ProblemsFound: it must not be used; every problem there is.
        EnvironmentFault: it cannot be read.
    """
    name = path.name
    archive, file = container.open_file(path, limits)
    with container.readable(path), file, archive:
        found, problems = container.members(archive, name)
        stated, signer, more = _stated(archive, found, trusted, name, limits)
        problems += more
        if stated is not None:
            problems += unsuited(stated, running, name)
            problems += _listed(stated, found, name)
        if stated is not None and not problems:
            problems += _contents(archive, stated, found, name, report)
        if problems or stated is None or signer is None:
            raise ProblemsFound(problems[:MOST_PROBLEMS], subject=name)
    return Update(path, path.stat().st_size, stated, signer)


@contextmanager
def contents(update: Update) -> Generator[tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]]:
    """Open a checked file again, to take its members out."""
    archive, file = container.open_file(update.path, USUAL)
    with file, archive:
        yield archive, container.members(archive, update.path.name)[0]


def unsuited(update: Manifest, running: Running, name: str) -> list[Problem]:
    """Say why an update is not for the program that runs here."""
    problems: list[Problem] = []
    if update.platform != running.platform:
        values: dict[str, object] = {"found": update.platform, "wanted": running.platform}
        problems.append(Problem("update.other_platform", name, values))
    elif update.glibc and running.glibc and figures(update.glibc) > figures(running.glibc):
        values = {"needed": update.glibc, "found": running.glibc}
        problems.append(Problem("update.glibc", name, values))
    values = {"found": update.version, "running": running.version}
    if newer(running.version, update.version):
        problems.append(Problem("update.older", name, values))
    elif not newer(update.version, running.version):
        problems.append(Problem("update.same", name, values))
    if figures(update.schema) < figures(running.schema):
        values = {"found": update.schema, "running": running.schema}
        problems.append(Problem("update.older_schema", name, values))
    return problems


def _stated(
    archive: zipfile.ZipFile, found: dict[str, zipfile.ZipInfo], trusted: Keys, name: str, limits: Limits
) -> tuple[Manifest | None, bytes | None, list[Problem]]:
    """Read the manifest and look whose it is."""
    if container.MANIFEST not in found:
        return None, None, [Problem("update.no_manifest", name)]
    content = container.content(archive, found[container.MANIFEST], limits.manifest)
    if content is None:
        return None, None, [Problem("update.manifest", name)]
    signed = found.get(container.SIGNATURE)
    lines = (container.content(archive, signed, limits.signatures) or b"") if signed else b""
    stated, problems = manifest.from_bytes(content, name, limits)
    signer = signatures.signer(content, lines, trusted)
    if signer is None:
        problems.insert(0, _not_signed(lines, trusted, name))
    return stated, signer, problems


def _not_signed(lines: bytes, trusted: Keys, name: str) -> Problem:
    """Say why no signature counts."""
    if not trusted:
        return Problem("update.no_keys", name)
    signers = signatures.signed_by(lines)
    if not signers:
        return Problem("update.unsigned", name)
    strangers = tuple(one for one in signers if one not in trusted)
    if len(strangers) == len(signers):
        return Problem("update.unknown_key", name, {"keys": strangers})
    return Problem("update.changed", name)


def _listed(stated: Manifest, found: dict[str, zipfile.ZipInfo], name: str) -> list[Problem]:
    """Hold the members against the list: none missing, none too many, none of another size."""
    listed = {f"{container.FILES}{file.sha256}" for file in stated.files}
    extra = sorted(set(found) - listed - {container.MANIFEST, container.SIGNATURE})
    problems = [Problem("update.extra", name, {"member": container.shown(member)}) for member in extra]
    for file in stated.files:
        member = found.get(f"{container.FILES}{file.sha256}")
        if member is None:
            problems.append(Problem("update.missing", name, {"path": file.path}))
        elif member.file_size != file.size:
            problems.append(Problem("update.size", name, {"path": file.path}))
    return problems


def _contents(
    archive: zipfile.ZipFile, stated: Manifest, found: dict[str, zipfile.ZipInfo], name: str, report: Report
) -> list[Problem]:
    """Read every member and hold it against its hash."""
    problems: list[Problem] = []
    once = {file.sha256: file for file in stated.files}
    total, done = sum(file.size for file in once.values()), 0
    for file in once.values():
        report(done, total)
        if not _whole(archive, found[f"{container.FILES}{file.sha256}"], file):
            problems.append(Problem("update.damaged", name, {"path": file.path}))
        done += file.size
    report(total, total)
    return problems


def _whole(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: ProgramFile) -> bool:
    digest = hashlib.sha256()
    try:
        for piece in container.pieces(archive, member):
            digest.update(piece)
    except container.BROKEN:
        return False
    return digest.hexdigest() == file.sha256
