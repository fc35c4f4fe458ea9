"""Read the first page of a package as a stranger may have written it: every field looked at, all problems at once.

Fields that a newer program added are kept and nothing else; a newer format is refused with the version that it needs.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.exchange.fields import MOST_PROBLEMS, Fields
from wufei_cells.exchange.limits import USUAL, Limits
from wufei_cells.exchange.manifest import (
    MAJOR,
    SIGNATURE_FORMAT,
    BundleEntry,
    FileEntry,
    Genuine,
    Manifest,
    Range,
    Ranges,
    Sender,
    Wants,
    signed_by,
)
from wufei_cells.exchange.strict_json import JsonValue, loads

_FORMAT = re.compile(r"wufei-package/(\d{1,4})(?:\.(\d{1,4}))?")
_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,40}")
_KNOWN = frozenset(
    (
        *("format", "needs", "program", "purpose", "city", "example", "from", "to", "made_at", "part", "set"),
        *("holds", "wants", "bundles", "files"),
    )
)
_MOST_PARTS = 10_000
_MOST_ACTS = 2**53 - 1
"""What every language holds exactly."""


def read_manifest(content: bytes, *, place: str, limits: Limits = USUAL) -> Manifest:
    """Read a manifest.

    Raises:
        ProblemsFound: it is none; every problem with its field.
        UserError: a newer program is needed.
    """
    plain = loads(content, limit=limits.manifest, place=place, depth=16)
    if not isinstance(plain, Mapping):
        raise ProblemsFound([Problem("package.no_manifest", place)], subject=place)
    minor = _minor(plain, place)
    problems: list[Problem] = []
    manifest = _manifest(Fields(plain, place, problems, limits), plain, minor)
    if problems := problems or _twice(manifest, place):
        raise ProblemsFound(problems, subject=place)
    return manifest


def check_signature(manifest: bytes, page: bytes, device: str, *, place: str, genuine: Genuine) -> None:
    """Make sure that the device which the manifest names has signed it.

    Raises:
        ProblemsFound: somebody else wrote it, or it was altered.
    """
    problems: list[Problem] = []
    plain = loads(page, limit=10_000, place=place, depth=2)
    fields = Fields(plain if isinstance(plain, Mapping) else {}, place, problems, USUAL)
    fields.one_of("format", (SIGNATURE_FORMAT,))
    public, signature = _bytes(fields, "key", 32), _bytes(fields, "signature", 64)
    if not problems and signed_by(manifest, public, signature, genuine) != device:
        problems.append(Problem("package.signature", place))
    if problems:
        raise ProblemsFound(problems, subject=place)


def _minor(plain: Mapping[str, JsonValue], place: str) -> int:
    """Tell how far the format goes beyond ours without breaking with it; a newer one that does is refused."""
    written = plain.get("format")
    found = _FORMAT.fullmatch(written) if isinstance(written, str) else None
    if found is None:
        raise ProblemsFound([Problem("package.no_manifest", place)], subject=place)
    if int(found.group(1)) != MAJOR:
        raise UserError(
            "package.newer",
            path=place,
            program=_version(plain.get("program")),
            needs=_version(plain.get("needs")),
            format=found.group(),
        )
    return int(found.group(2) or 0)


def _version(written: JsonValue) -> str:
    return written if isinstance(written, str) and _VERSION.fullmatch(written) else "?"


def _manifest(fields: Fields, plain: Mapping[str, JsonValue], minor: int) -> Manifest:
    sender = fields.inner("from")
    wants = fields.inner("wants")
    return Manifest(
        program=fields.matching("program", _VERSION),
        purpose=fields.matching("purpose", re.compile(r"[a-z][a-z_]{0,31}")),
        city=fields.text("city"),
        example=fields.truth("example"),
        sender=Sender(
            sender.hexadecimal("device", 32), sender.text("name"), sender.text("person"), sender.text("lock")
        ),
        to=fields.hexadecimal("to", 32, may_be_empty=True),
        made_at=_moment(fields),
        part=_part(fields),
        set=fields.matching("set", re.compile(r"[0-9a-f]{8,64}")),
        holds=_ranges(fields.inner("holds")),
        wants=Wants(_ranges(wants.inner("acts")), _hashes(wants)),
        bundles=_bundles(fields),
        files=_files(fields),
        minor=minor,
        more={key: value for key, value in plain.items() if key not in _KNOWN},
    )


def _moment(fields: Fields) -> datetime:
    written = fields.text("made_at")
    try:
        found = datetime.fromisoformat(written)
        found.astimezone(UTC)  # what lies beyond the calendar in another zone cannot be shown
    except (ValueError, OverflowError):
        found = None
    if found is None or found.tzinfo is None:
        fields.wrong("made_at")
        return datetime(1970, 1, 1, tzinfo=UTC)
    return found


def _part(fields: Fields) -> Range:
    numbers = fields.list("part", most=2)
    if len(numbers) == 2 and all(type(one) is int for one in numbers):
        number, of = cast("list[int]", numbers)
        if 1 <= number <= of <= _MOST_PARTS:
            return number, of
    fields.wrong("part")
    return 1, 1


def _ranges(fields: Fields) -> Ranges:
    """Read rows of acts by device: rising, not touching each other."""
    found: dict[str, tuple[Range, ...]] = {}
    for device in fields.names():
        if not re.fullmatch(r"[0-9a-f]{32}", device):
            fields.wrong(device)
            continue
        rows: list[Range] = []
        for row in fields.list(device, most=fields.limits.ranges):
            pair = _row(row, rows[-1][1] if rows else -1)
            if pair is None:
                fields.wrong(device)
                break
            rows.append(pair)
        found[device] = tuple(rows)
    if sum(map(len, found.values())) > fields.limits.ranges:
        fields.wrong("")
    return found


def _row(row: JsonValue, before: int) -> Range | None:
    if not isinstance(row, list) or len(row) != 2:
        return None
    first, last = row
    if type(first) is int and type(last) is int and before + 1 < first <= last <= _MOST_ACTS:
        return first, last
    return None


def _hashes(fields: Fields) -> tuple[str, ...]:
    found = fields.list("files", most=fields.limits.ranges)
    if not all(isinstance(one, str) and re.fullmatch(r"[0-9a-f]{64}", one) for one in found):
        fields.wrong("files")
        return ()
    return tuple(cast("list[str]", found))


def _bundles(fields: Fields) -> tuple[BundleEntry, ...]:
    found: list[BundleEntry] = []
    for one in fields.each("bundles", most=fields.limits.members):
        first = one.number("first", 1, _MOST_ACTS)
        bundle = BundleEntry(
            one.hexadecimal("sha256", 64),
            one.number("size", 1, fields.limits.bundle),
            one.hexadecimal("device", 32),
            first,
            one.number("last", first, _MOST_ACTS),
        )
        found.append(bundle)
    return tuple(found)


def _files(fields: Fields) -> tuple[FileEntry, ...]:
    return tuple(
        FileEntry(one.hexadecimal("sha256", 64), one.number("size", 0, fields.limits.file))
        for one in fields.each("files", most=fields.limits.members)
    )


def _bytes(fields: Fields, name: str, length: int) -> bytes:
    try:
        found = base64.b64decode(fields.text(name), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if len(found) != length:
        fields.wrong(name)
    return found


def _twice(manifest: Manifest, place: str) -> list[Problem]:
    """Name what is listed more than once."""
    seen: set[str] = set()
    problems: list[Problem] = []
    for entry in (*manifest.bundles, *manifest.files):
        if entry.member in seen:
            problems.append(Problem("package.member_twice", place, {"member": entry.member}))
        seen.add(entry.member)
    return problems[:MOST_PROBLEMS]
