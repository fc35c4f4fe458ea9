"""Go through the records of a workbook in the old binary format (BIFF 5 and 8), and read the texts in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from wufei_cells.workbooks.reading.cells import MOST_TEXT
from wufei_cells.workbooks.reading.refusals import Room

CONTINUE = 0x3C
_MARKS = 3
"""A record takes the time of so many marks of XML."""
_HEAD = struct.Struct("<HH")


class RecordFault(Exception):
    """Records that do not fit together."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record; long ones go on in others, whose content is kept apart."""

    kind: int
    data: bytes
    more: tuple[bytes, ...] = ()


def records(stream: bytes, at: int, room: Room) -> Iterator[Record]:
    """Go through the records from a place to the end of the stream."""
    kind, data = -1, b""
    more: list[bytes] = []
    while at + _HEAD.size <= len(stream):
        room.take_marks(_MARKS)
        found, length = _HEAD.unpack_from(stream, at)
        content = stream[at + _HEAD.size : at + _HEAD.size + length]
        at += _HEAD.size + length
        if found == CONTINUE:
            more.append(content)
            continue
        if kind >= 0:
            yield Record(kind, data, tuple(more))
        kind, data, more = found, content, []
    if kind >= 0:
        yield Record(kind, data, tuple(more))


class Pieces:
    """The content of a record and of those that go on with it, read from the front to the end."""

    def __init__(self, record: Record, at: int) -> None:
        self._pieces = [record.data, *record.more]
        self._number = 0
        self._at = at

    def whole(self, size: int) -> int:
        """Read a number of 1, 2 or 4 bytes; none is ever divided."""
        self._step()
        data = self._pieces[self._number][self._at : self._at + size]
        if len(data) < size:
            raise RecordFault
        self._at += size
        return int.from_bytes(data, "little")

    def text(self, length: int, *, wide: bool) -> str:
        """Read characters; where they go on in another record, it says anew how wide they are."""
        found: list[str] = []
        while length > 0:
            if self._at >= len(self._pieces[self._number]):
                wide = bool(self._next() & 1)
            size = 2 if wide else 1
            data = self._pieces[self._number][self._at : self._at + length * size]
            count = len(data) // size
            if not count:
                raise RecordFault
            found.append(data[: count * size].decode("utf-16-le" if wide else "latin-1", "replace"))
            self._at += count * size
            length -= count
        return "".join(found)

    def skip(self, size: int) -> None:
        """Pass over bytes, which may go on in other records."""
        while size > 0:
            left = len(self._pieces[self._number]) - self._at
            if left > size:
                self._at += size
                return
            size -= left
            self._at += left
            if size > 0:
                self._number += 1
                self._at = 0
                if self._number >= len(self._pieces):
                    raise RecordFault

    def _step(self) -> None:
        """Go on to the next record when this one is read."""
        while self._at >= len(self._pieces[self._number]):
            self._number += 1
            self._at = 0
            if self._number >= len(self._pieces):
                raise RecordFault

    def _next(self) -> int:
        self._step()
        self._at += 1
        return self._pieces[self._number][self._at - 1]


def unicode_text(record: Record, at: int, *, short: bool = False) -> str:
    """Read a text of BIFF 8 in a record: its length, how wide it is, its characters."""
    pieces = Pieces(record, at)
    length = pieces.whole(1 if short else 2)
    return rich_text(pieces, length)


def rich_text(pieces: Pieces, length: int) -> str:
    """Read a text of BIFF 8 after its length, and pass over its looks and reading aids."""
    flags = pieces.whole(1)
    runs = pieces.whole(2) if flags & 8 else 0
    aids = pieces.whole(4) if flags & 4 else 0
    text = pieces.text(length, wide=bool(flags & 1))
    pieces.skip(4 * runs + aids)
    return text[:MOST_TEXT]


def shared_texts(record: Record) -> list[str]:
    """Read the texts that cells refer to by number. The count that the record states is not believed."""
    pieces = Pieces(record, 8)
    stated = int.from_bytes(record.data[4:8], "little")
    found: list[str] = []
    while len(found) < stated:
        try:
            found.append(rich_text(pieces, pieces.whole(2)))
        except RecordFault:
            break
    return found
