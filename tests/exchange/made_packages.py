"""Packages as we write them, and as others might."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.exchange.manifest import (
    BundleEntry,
    FileEntry,
    Manifest,
    Sender,
    sign_manifest,
    write_manifest,
)
from wufei_cells.exchange.opening import open_package
from wufei_cells.exchange.packages import Written, write_package
from wufei_cells.signing.signing_key import SigningKey, device_id, genuine

NAME = "县里 第 3 周.wufei"
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Device:
    """A laptop."""

    number: int

    @cached_property
    def key(self) -> SigningKey:
        return SigningKey(bytes([self.number] * 32))

    @property
    def id(self) -> str:
        return device_id(self.key.public)


DEVICE = Device(7)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class Content:
    """What goes into a package, by hash."""

    bundles: list[BundleEntry] = field(default_factory=list)
    files: list[FileEntry] = field(default_factory=list)
    bytes: dict[str, bytes] = field(default_factory=dict)

    def bundle(self, content: bytes, first: int = 1, last: int | None = None) -> BundleEntry:
        entry = BundleEntry(digest(content), len(content), DEVICE.id, first, last or first + 9)
        self.bundles.append(entry)
        self.bytes[entry.sha256] = content
        return entry

    def file(self, content: bytes) -> FileEntry:
        entry = FileEntry(digest(content), len(content))
        self.files.append(entry)
        self.bytes[entry.sha256] = content
        return entry

    def open(self, entry: BundleEntry | FileEntry) -> io.BytesIO:
        return io.BytesIO(self.bytes[entry.sha256])

    def manifest(self, **named: Any) -> Manifest:
        return replace(head(), bundles=tuple(self.bundles), files=tuple(self.files), **named)


def head() -> Manifest:
    return Manifest(
        program="0.6.0",
        purpose="changes",
        city="luoyang",
        sender=Sender(DEVICE.id, "王芳的电脑", "王　芳"),
        made_at=NOW,
        set="ab" * 16,
    )


def usual() -> Content:
    content = Content()
    content.bundle(b"first bundle" * 20)
    content.bundle(b"second bundle", 11, 30)
    content.file(b"\xff\xd8\xff a photo" * 50)
    content.file(b"")
    return content


def written(folder: Path, content: Content | None = None, *, name: str = NAME, **named: Any) -> Written:
    content = content or usual()
    manifest = named.pop("manifest", None) or content.manifest()
    return write_package(folder / name, manifest, content.open, DEVICE.key, genuine, **named)


def opened(path: Path, **named: Any):
    return open_package(path, name=path.name, genuine=genuine, **named)


def codes(path: Path, **named: Any) -> list[str]:
    """The problems of a file, without their area; ``[]`` when it is sound."""
    try:
        opened(path, **named).close()
    except ProblemsFound as found:
        if not all(problem.place.startswith(path.name) for problem in found.problems):
            return ["a problem without its place"]
        return [problem.code.removeprefix("package.") for problem in found.problems]
    except UserError as refused:
        return [refused.code.removeprefix("package.")]
    return []


# --- by hand


@dataclass
class Part:
    """A member of a zip file, and what its two heads say of it; ``None``: the truth."""

    name: str | bytes
    content: bytes
    flags: int = 0
    method: int = 0
    size: int | None = None
    packed: int | None = None
    local_size: int | None = None
    local_name: str | None = None
    local_extra: bytes = b""
    extra: bytes = b""
    offset: int | None = None
    attributes: int = 0o100644 << 16
    before: bytes = b""

    @property
    def raw_name(self) -> bytes:
        return self.name if isinstance(self.name, bytes) else self.name.encode()

    @property
    def sizes(self) -> tuple[int, int]:
        """Packed and whole."""
        size = len(self.content) if self.size is None else self.size
        return size if self.packed is None else self.packed, size


def signed(plain: dict[str, Any] | bytes, device: Device = DEVICE) -> list[Part]:
    page = plain if isinstance(plain, bytes) else canonical_json(plain).encode()
    return [Part("manifest.json", page), Part("manifest.sig", sign_manifest(page, device.key))]


def parts_of(content: Content, manifest: dict[str, Any] | None = None) -> list[Part]:
    entries = [*content.bundles, *content.files]
    members = [Part(entry.member, content.bytes[entry.sha256]) for entry in entries]
    return [*signed(manifest or plain_manifest(content)), *members]


def plain_manifest(content: Content | None = None, **changes: Any) -> dict[str, Any]:
    plain = json.loads(write_manifest((content or Content()).manifest()))
    return {**plain, **changes}


def zipped(parts: Iterable[Part], *, comment: bytes = b"", count: int | None = None, gap: bytes = b"") -> bytes:
    file, directory, number = io.BytesIO(), io.BytesIO(), 0
    for part in parts:
        number += 1
        file.write(part.before)
        at = file.tell()
        file.write(local_head(part) + part.content)
        directory.write(directory_line(part, at))
    file.write(gap)
    start, lines = file.tell(), directory.getvalue()
    number = number if count is None else count
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(lines), start, len(comment))
    return file.getvalue() + lines + end + comment


def local_head(part: Part) -> bytes:
    name = part.raw_name if part.local_name is None else part.local_name.encode()
    packed, size = part.sizes if part.local_size is None else (part.local_size, part.local_size)
    figures = (20, part.flags, part.method, 0, 33, zlib.crc32(part.content), packed, size)
    return struct.pack("<4s5H3I2H", b"PK\3\4", *figures, len(name), len(part.local_extra)) + name + part.local_extra


def directory_line(part: Part, at: int) -> bytes:
    packed, size = part.sizes
    figures = (0x314, 20, part.flags, part.method, 0, 33, zlib.crc32(part.content), packed, size)
    lengths = (len(part.raw_name), len(part.extra), 0, 0, 0)
    offset = at if part.offset is None else part.offset
    line = struct.pack("<4s6H3I5H2I", b"PK\1\2", *figures, *lengths, part.attributes, offset)
    return line + part.raw_name + part.extra


def placed(folder: Path, content: bytes, name: str = NAME) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
