"""Divide what is to be sent into parts that fit through a mailbox or a chat, each of them a package of its own.

Sizes are known before anything is written, to the byte: nothing in a package is packed any further.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import UserError
from wufei_cells.exchange.container import MANIFEST, SIGNATURE
from wufei_cells.exchange.limits import USUAL, Limits
from wufei_cells.exchange.manifest import (
    BundleEntry,
    FileEntry,
    Manifest,
    plain_bundle,
    plain_file,
    write_manifest,
)

Entry = BundleEntry | FileEntry

_END = 22
_HEADS = 30 + 46
_SIGNATURE = 194
"""The page with the signature; key and signature have a fixed length."""
_ROOM_FOR_NUMBERS = 8
"""Parts are numbered when their count is known, so that the manifest may grow by some digits."""


def package_size(manifest: Manifest) -> int:
    """Give the size of a package with all that its manifest lists."""
    entries = (*manifest.bundles, *manifest.files)
    frame = _END + _member(MANIFEST, len(write_manifest(manifest))) + _member(SIGNATURE, _SIGNATURE)
    return frame + sum(_member(entry.member, entry.size) for entry in entries)


def smallest_limit(head: Manifest, bundles: Iterable[BundleEntry], files: Iterable[FileEntry]) -> int:
    """Give the size under which some content cannot be sent: that of the largest single thing in a package."""
    return _frame(head) + max((_cost(entry) for entry in (*bundles, *files)), default=0)


def divide(
    head: Manifest,
    bundles: Sequence[BundleEntry],
    files: Sequence[FileEntry],
    limit: int | None = None,
    *,
    limits: Limits = USUAL,
) -> tuple[Manifest, ...]:
    """Divide bundles and files over as few parts as go in one pass; bundles come first, in their order.

    Args:
        head: what stands in the manifest of every part; its own entries are left out.
        bundles: what is to be sent.
        files: the same.
        limit: the most bytes of a part; without it, what a stick takes.
        limits: the most members of a part.

    Raises:
        UserError: one thing alone does not fit; the error tells the smallest limit under which everything does.
    """
    most = min(limit or limits.package, limits.package)
    frame = _frame(head)
    smallest = smallest_limit(head, bundles, files)
    if smallest > most:
        raise UserError("package.limit_too_small", limit=most, smallest=smallest)
    parts = [_Part(most - frame, limits.members - 2)]
    open_from = 0
    for entry in (*bundles, *files):
        cost = _cost(entry)
        part = next((one for one in parts[open_from:] if one.takes(cost)), None)
        if part is None:
            parts.append(part := _Part(most - frame, limits.members - 2))
            open_from = max(open_from, len(parts) - _LOOKED_AT)
        part.add(entry, cost)
    return tuple(_numbered(head, part, number, len(parts)) for number, part in enumerate(parts, start=1))


_LOOKED_AT = 50
"""So many parts are looked at for a gap; looking at thousands would take longer than it saves."""


@dataclass(slots=True)
class _Part:
    """A part that is being filled."""

    room: int
    places: int
    entries: list[Entry] = field(default_factory=list[Entry])

    def takes(self, cost: int) -> bool:
        return cost <= self.room and self.places > 0

    def add(self, entry: Entry, cost: int) -> None:
        self.room -= cost
        self.places -= 1
        self.entries.append(entry)


def _numbered(head: Manifest, part: _Part, number: int, of: int) -> Manifest:
    return replace(
        head,
        part=(number, of),
        bundles=tuple(entry for entry in part.entries if isinstance(entry, BundleEntry)),
        files=tuple(entry for entry in part.entries if isinstance(entry, FileEntry)),
    )


def _frame(head: Manifest) -> int:
    return package_size(replace(head, bundles=(), files=())) + _ROOM_FOR_NUMBERS


def _cost(entry: Entry) -> int:
    """Give what an entry takes: its content, its heads, and its line in the manifest with a comma."""
    plain = plain_bundle(entry) if isinstance(entry, BundleEntry) else plain_file(entry)
    return _member(entry.member, entry.size) + len(canonical_json(plain)) + 1


def _member(name: str, size: int) -> int:
    return _HEADS + 2 * len(name) + size
