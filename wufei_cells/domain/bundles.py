"""Acts as they travel: consecutive ones of one device, sealed in a bundle that its key signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wufei_cells.domain.answers import JsonValue

ActName = tuple[str, int]
"""Device and number of an act."""
Span = tuple[int, int]
"""The first and the last of consecutive numbers."""
HIGHEST = 2**53
"""Of numbers and of Lamport counters: what every program can count to."""
Holdings = Mapping[str, Sequence[Span]]
"""By device: the spans of acts that somebody has, rising, neither overlapping nor touching."""


@dataclass(frozen=True, slots=True)
class ActRun:
    """Acts of one device with consecutive numbers, as columns of equal length."""

    device: str
    first: int
    kinds: Sequence[str]
    entities: Sequence[str]
    cells: Sequence[str]
    lamports: Sequence[int]
    times: Sequence[str]
    """Claimed by the device's clock, ISO 8601."""
    authors: Sequence[str]
    values: Sequence[JsonValue]
    texts: Sequence[str]
    """The values as canonical JSON."""
    replaced: Sequence[tuple[ActName, ...]]
    """The acts that each replaces."""

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def last(self) -> int:
        """The number of its last act."""
        return self.first + len(self) - 1


@dataclass(frozen=True, slots=True)
class Bundle:
    """A run of acts, signed."""

    run: ActRun
    hash: str
    """SHA-256 of its bytes."""
    previous: str
    """The hash of the bundle of the device that came before; empty for its first."""
    signer: str
    """The device whose key signed it: the acts' own, or the one that took its place in the register."""
    name: str
    """What people call the signer."""
    program: str
    """The version of the program that sealed it."""
    content: bytes


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order and join those that overlap or touch."""
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def without(spans: Iterable[Span], known: Iterable[Span]) -> tuple[Span, ...]:
    """Give what spans hold beyond others."""
    left: list[Span] = []
    others = united(known)
    for first, last in united(spans):
        at = first
        for start, end in others:
            if end < at or start > last:
                continue
            if start > at:
                left.append((at, start - 1))
            at = end + 1
        if at <= last:
            left.append((at, last))
    return tuple(left)


def gaps(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give what is missing below the highest number, numbers beginning with 1."""
    whole = united(spans)
    return without([(1, whole[-1][1])], whole) if whole else ()
