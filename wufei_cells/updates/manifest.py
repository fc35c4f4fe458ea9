"""What an update says of itself: the part of it that is signed. The format is in docs/updates.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from wufei_cells.errors import Problem
from wufei_cells.updates import path_names
from wufei_cells.updates.limits import MOST_PROBLEMS, Limits
from wufei_cells.updates.versions import VERSION

FORMAT = 1
PROGRAM = "wufei-cells"
PLATFORM = re.compile(r"(linux|windows|macos)-[a-z0-9_]{2,16}")
GLIBC = re.compile(r"(\d{1,3}\.\d{1,3})?")
SCHEMA = re.compile(r"\d{1,4}\.\d{1,4}")
HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ProgramFile:
    """A file of the program: where it goes, and what it must be."""

    path: str
    size: int
    sha256: str
    executable: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link of the program."""

    path: str
    target: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A version of the program for one kind of machine."""

    version: str
    platform: str
    glibc: str
    """The C library it needs; empty where that is no matter."""
    schema: str
    """Of the registers that it writes."""
    entry: str
    """The file that opens the window."""
    terminal: str
    """The file that answers in the terminal; often the same."""
    check: tuple[str, ...]
    """What to ask the unpacked program beside its version, to see whether it works here."""
    files: tuple[ProgramFile, ...]
    links: tuple[Link, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of the unpacked program."""
        return sum(file.size for file in self.files)


def to_bytes(manifest: Manifest) -> bytes:
    """Write a manifest: the same bytes for the same manifest."""
    content = {
        "format": FORMAT,
        "program": PROGRAM,
        "version": manifest.version,
        "platform": manifest.platform,
        "glibc": manifest.glibc,
        "schema": manifest.schema,
        "entry": manifest.entry,
        "terminal": manifest.terminal,
        "check": list(manifest.check),
        "files": [[file.path, file.size, file.sha256, file.executable] for file in manifest.files],
        "links": [[link.path, link.target] for link in manifest.links],
    }
    return json.dumps(content, ensure_ascii=False, indent=0).encode()


def from_bytes(content: bytes, place: str, limits: Limits) -> tuple[Manifest | None, list[Problem]]:
    """Read a manifest; with problems there is none."""
    try:
        found = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None, [Problem("update.manifest", place)]
    if not isinstance(found, dict):
        return None, [Problem("update.manifest", place)]
    return _Reader(cast("Mapping[str, object]", found), place, limits).read()


class _Reader:
    """Reads the fields one by one; what is wrong goes into a list."""

    def __init__(self, plain: Mapping[str, object], place: str, limits: Limits) -> None:
        self._plain, self._place, self._limits = plain, place, limits
        self._problems: list[Problem] = []

    def read(self) -> tuple[Manifest | None, list[Problem]]:
        if self._plain.get("format") != FORMAT:
            return None, [Problem("update.format", self._place, {"found": _short(self._plain.get("format"))})]
        if self._plain.get("program") != PROGRAM:
            return None, [Problem("update.other_program", self._place, {"found": _short(self._plain.get("program"))})]
        check = self._list("check")
        manifest = Manifest(
            version=self._text("version", VERSION),
            platform=self._text("platform", PLATFORM),
            glibc=self._text("glibc", GLIBC),
            schema=self._text("schema", SCHEMA),
            entry=self._any_text("entry"),
            terminal=self._any_text("terminal"),
            check=tuple(one for one in check if isinstance(one, str) and len(one) <= self._limits.path),
            files=self._files(),
            links=self._links(),
        )
        self._look_through(manifest)
        return (None if self._problems else manifest), self._problems[:MOST_PROBLEMS]

    def _look_through(self, manifest: Manifest) -> None:
        limits = self._limits
        if len(manifest.files) + len(manifest.links) > limits.members:
            self._note("update.too_many", limit=limits.members)
            return
        if manifest.size > limits.program or any(file.size > limits.file for file in manifest.files):
            self._note("update.too_large", size=manifest.size, limit=limits.program)
        paths = [file.path for file in manifest.files] + [link.path for link in manifest.links]
        for path in paths:
            if not path_names.harmless(path, limits.path):
                self._note("update.path", path=_short(path))
        for path in path_names.clashing(paths):
            self._note("update.path_twice", path=_short(path))
        known = {file.path for file in manifest.files}
        for link in manifest.links:
            if path_names.leads_out(link.path, link.target) or not _leads_to(link, known):
                self._note("update.link_out", path=_short(link.path), target=_short(link.target))
        runs = {file.path for file in manifest.files if file.executable}
        for name in sorted({manifest.entry, manifest.terminal} - runs):
            self._note("update.no_entry", path=_short(name))

    def _note(self, code: str, **values: object) -> None:
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(Problem(code, self._place, values))

    def _text(self, name: str, pattern: re.Pattern[str]) -> str:
        found = self._plain.get(name)
        if isinstance(found, str) and pattern.fullmatch(found):
            return found
        self._note("update.field", field=name)
        return ""

    def _any_text(self, name: str) -> str:
        found = self._plain.get(name)
        if isinstance(found, str):
            return found
        self._note("update.field", field=name)
        return ""

    def _list(self, name: str) -> list[object]:
        found = self._plain.get(name)
        if isinstance(found, list):
            return cast("list[object]", found)
        self._note("update.field", field=name)
        return []

    def _files(self) -> tuple[ProgramFile, ...]:
        read: list[ProgramFile] = []
        for number, row in enumerate(self._rows("files", 4)):
            path, size, digest, executable = row
            fits = isinstance(path, str) and isinstance(digest, str) and HASH.fullmatch(digest)
            if not fits or type(size) is not int or size < 0 or type(executable) is not bool:
                self._note("update.field", field=f"files[{number}]")
                continue
            read.append(ProgramFile(cast("str", path), size, cast("str", digest), executable))
        return tuple(read)

    def _links(self) -> tuple[Link, ...]:
        rows = list(self._rows("links", 2))
        if any(not isinstance(one, str) for row in rows for one in row):
            self._note("update.field", field="links")
            return ()
        return tuple(Link(cast("str", path), cast("str", target)) for path, target in rows)

    def _rows(self, name: str, width: int) -> Iterable[list[object]]:
        rows = [cast("list[object]", row) for row in self._list(name) if isinstance(row, list)]
        fitting = [row for row in rows if len(row) == width]
        if len(fitting) != len(self._list(name)):
            self._note("update.field", field=name)
        return fitting


def _leads_to(link: Link, files: set[str]) -> bool:
    """Whether a link leads to a file of the program, or to a folder with such files; not to another link."""
    target = path_names.pointed_at(link.path, link.target)
    return target in files or any(path.startswith(f"{target}/") for path in files)


def _short(value: object) -> str:
    shown = "".join(sign if sign.isprintable() else "?" for sign in str(value)[:200])
    return shown if len(shown) <= 80 else f"{shown[:80]}…"
