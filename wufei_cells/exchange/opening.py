"""Open a package that anybody may have made: everything in it is checked before anything is used.

It must lie in the inbox (``exchange.inbox``): what is checked here may not change until it is read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.exchange.container import (
    LATER_MEMBER,
    MANIFEST,
    MEMBER,
    SIGNATURE,
    Member,
    in_package,
    members,
    shown,
)
from wufei_cells.exchange.encryption import is_encrypted
from wufei_cells.exchange.fields import MOST_PROBLEMS
from wufei_cells.exchange.kinds import HEAD, TAIL, ZIP, what_instead
from wufei_cells.exchange.limits import USUAL, Limits
from wufei_cells.exchange.manifest import BundleEntry, FileEntry, Genuine, Manifest
from wufei_cells.exchange.manifest_reading import check_signature, read_manifest
from wufei_cells.exchange.whole_files import not_read
from wufei_cells.progress import Report, silent

PIECE = 1024 * 1024
_LARGEST_SIGNATURE = 10_000

Sink = Callable[[bytes], object]
"""Takes a piece of a file."""


class Package:
    """An open package: its manifest, and the content of its members, each checked again while it is read."""

    def __init__(self, file: BinaryIO, name: str, layout: dict[str, Member], manifest: Manifest) -> None:
        self._file = file
        self._layout = layout
        self.name = name
        self.manifest = manifest

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def bundle(self, entry: BundleEntry) -> bytes:
        """Give a bundle, as it was sealed.

        Raises:
            ProblemsFound: it is not what the manifest says.
            EnvironmentFault: the disk does not give it.
        """
        pieces: list[bytes] = []
        self.pour(entry, pieces.append)
        return b"".join(pieces)

    def pour(self, entry: BundleEntry | FileEntry, sink: Sink) -> None:
        """Give the content of a member piece by piece; only when this returns, it is known to be sound.

        Raises:
            ProblemsFound: it is not what the manifest says; what the sink has is of no worth.
            EnvironmentFault: the disk does not give it.
        """
        hashed = hashlib.sha256()
        for piece in self._pieces(self._layout[entry.member]):
            hashed.update(piece)
            sink(piece)
        if hashed.hexdigest() != entry.sha256:
            raise ProblemsFound([_damaged(self.name, entry.member)], subject=self.name)

    def check(self, report: Report = silent) -> None:
        """Read everything once.

        Raises:
            ProblemsFound: every member that is not what the manifest says.
        """
        entries = (*self.manifest.bundles, *self.manifest.files)
        total, done = sum(entry.size for entry in entries), 0
        problems: list[Problem] = []
        for entry in entries:
            report(done, total)
            try:
                self.pour(entry, len)
            except ProblemsFound as found:
                problems += found.problems
            done += entry.size
        report(done, total)
        if problems:
            raise ProblemsFound(problems[:MOST_PROBLEMS], subject=self.name)

    def _pieces(self, member: Member) -> Iterator[bytes]:
        with _reading(self.name):
            self._file.seek(member.start)
        left = member.size
        while left:
            with _reading(self.name):
                piece = self._file.read(min(left, PIECE))
            if not piece:
                raise ProblemsFound([Problem("package.cut_off", self.name)], subject=self.name)
            left -= len(piece)
            yield piece


def open_package(
    path: Path, *, name: str, genuine: Genuine, limits: Limits = USUAL, report: Report = silent, whole: bool = True
) -> Package:
    """Open a package and check all of it: layout, manifest, signature, every hash.

    Args:
        path: the copy in the inbox.
        name: what it was called where it came from, for problems.
        genuine: tells whether a signature was made with a key, as ``signing`` does.
        limits: what it may hold.
        report: told how far the reading is; what it raises stops it.
        whole: whether to read all of it now; what was checked before is checked as it is read, member by member.

    Raises:
        ProblemsFound: it is no package, or not sound; all problems with their members.
        UserError: a newer program is needed.
        EnvironmentFault: the disk does not give it.
    """
    with _reading(name):
        file = path.open("rb")
    try:
        package = _opened(file, path, name, genuine, limits)
        if whole:
            package.check(report)
    except BaseException:
        file.close()
        raise
    return package


def _opened(file: BinaryIO, path: Path, name: str, genuine: Genuine, limits: Limits) -> Package:
    with _reading(name):
        size = path.stat().st_size
        _refuse_others(file, size, name)
        if size > limits.package:
            raise ProblemsFound([Problem("package.too_large", name, {"limit": limits.package})], subject=name)
        layout = members(file, size, name, limits)
        pages = [_page(file, layout, one, most, name) for one, most in _pages(limits)]
    manifest_page, signature_page = pages
    manifest = read_manifest(manifest_page, place=in_package(name, MANIFEST), limits=limits)
    place = in_package(name, SIGNATURE)
    check_signature(manifest_page, signature_page, manifest.sender.device, place=place, genuine=genuine)
    if problems := _differences(manifest, layout, name):
        raise ProblemsFound(problems, subject=name)
    return Package(file, name, layout, manifest)


def _pages(limits: Limits) -> tuple[tuple[str, int], ...]:
    return (MANIFEST, limits.manifest), (SIGNATURE, _LARGEST_SIGNATURE)


def _refuse_others(file: BinaryIO, size: int, name: str) -> None:
    """Refuse what is no package, saying what it is instead."""
    head = file.read(HEAD)
    file.seek(max(size - TAIL, 0))
    tail = file.read(TAIL)
    if is_encrypted(head):
        raise ProblemsFound([Problem("package.still_encrypted", name)], subject=name)
    # Ours begin with the manifest; one that was zipped anew may begin with anything, but has it.
    if not head.startswith(ZIP) or MANIFEST.encode() not in head[:200] + tail:
        raise ProblemsFound([what_instead(head, tail, name)], subject=name)


def _page(file: BinaryIO, layout: dict[str, Member], page: str, most: int, name: str) -> bytes:
    member = layout.get(page)
    if member is None:
        raise ProblemsFound([Problem("package.page_missing", name, {"member": page})], subject=name)
    if member.size > most:
        place = in_package(name, page)
        raise ProblemsFound([Problem("package.member_too_large", place, {"limit": most})], subject=name)
    file.seek(member.start)
    return file.read(member.size)


def _differences(manifest: Manifest, layout: dict[str, Member], name: str) -> list[Problem]:
    """Compare what the manifest lists with what is there."""
    listed = {entry.member: entry.size for entry in (*manifest.bundles, *manifest.files)}
    problems: list[Problem] = []
    for member, size in listed.items():
        if member not in layout:
            problems.append(Problem("package.member_missing", name, {"member": member}))
        elif layout[member].size != size:
            problems.append(_damaged(name, member))
    for member in layout.keys() - listed.keys() - {MANIFEST, SIGNATURE}:
        later = manifest.minor > 0 and LATER_MEMBER.fullmatch(member) and not MEMBER.fullmatch(member)
        if not later:
            problems.append(Problem("package.member_unlisted", name, {"member": shown(member)}))
    return sorted(problems[:MOST_PROBLEMS], key=lambda problem: str(problem.values))


def _damaged(name: str, member: str) -> Problem:
    return Problem("package.member_damaged", in_package(name, member))


@contextmanager
def _reading(name: str) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise not_read(name, error) from error
