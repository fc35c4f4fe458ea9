"""Read the streams of an OLE file: the container of .xls, of WPS .et, and of workbooks with a password."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass

_HEADER = struct.Struct("<24x H H H H H 10x I I 4x I I I I I")
_ENTRY = 128
_HEAD = 512
_FREE = 0xFFFF_FFFA
"""Numbers from here on are no sectors, but say what a sector is for, or that a chain ends."""
_NO_ENTRY = 0xFFFF_FFFF
_STREAM, _ROOT = 2, 5
_DEEPEST = 100_000


class OleFault(Exception):
    """It is no OLE file that can be read."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class OleFile:
    """The streams and folders at the top of an OLE file; what is embedded deeper is not looked at."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        if len(content) < _HEAD:
            raise OleFault
        header = _HEADER.unpack_from(content)
        _minor, major, _order, shift, mini_shift, _tables, directory, cutoff, mini, _minis, more, _mores = header
        if major not in (3, 4) or shift not in (9, 12) or mini_shift != 6:
            raise OleFault
        self._sector, self._mini_sector, self._cutoff = 1 << shift, 1 << mini_shift, cutoff
        self._most = len(content) // self._sector + 1
        self._table = self._read_table(more)
        self._entries = self._read_directory(directory)
        self._root = self._entries[0]
        if self._root.kind != _ROOT:
            raise OleFault
        self._mini_table = self._numbers(self._chained(mini))
        self._mini_content = b""
        self.top = self._top()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.top

    def stream(self, name: str) -> bytes:
        """Give the content of a stream at the top.

        Raises:
            OleFault: there is none, or it is broken.
        """
        entry = self.top.get(name.lower())
        if entry is None or entry.kind != _STREAM:
            raise OleFault
        if entry.size >= self._cutoff:
            return self._chained(entry.start)[: entry.size]
        if not self._mini_content:
            self._mini_content = self._chained(self._root.start)
        places = _chain(entry.start, self._mini_table, len(self._mini_table))
        size = self._mini_sector
        return b"".join(self._mini_content[at * size : (at + 1) * size] for at in places)[: entry.size]

    def _sector_at(self, number: int) -> bytes:
        begin = (number + 1) * self._sector
        return self._content[begin : begin + self._sector]

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector_at(number) for number in _chain(start, self._table, self._most))

    def _numbers(self, content: bytes) -> array[int]:
        return _numbers(content[: len(content) // 4 * 4])

    def _read_table(self, more: int) -> array[int]:
        """Put the table together that says which sector follows which."""
        places = list(struct.unpack_from("<109I", self._content, 76))
        seen: set[int] = set()
        while more < _FREE and more not in seen and len(seen) <= self._most:
            seen.add(more)
            numbers = self._numbers(self._sector_at(more))
            if not numbers:
                raise OleFault
            places += numbers[:-1]
            more = numbers[-1]
        table = array("I")
        for place in dict.fromkeys(place for place in places if place < _FREE):
            table.extend(self._numbers(self._sector_at(place)))
        return table

    def _read_directory(self, start: int) -> list[_Entry]:
        content = self._chained(start)
        if len(content) < _ENTRY:
            raise OleFault
        entries: list[_Entry] = []
        for at in range(0, min(len(content), _DEEPEST * _ENTRY) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            left, right, child = struct.unpack_from("<3I", content, at + 68)
            start, size = struct.unpack_from("<II", content, at + 116)
            name = content[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            entries.append(_Entry(name, kind, left, right, child, start, size))
        return entries

    def _top(self) -> dict[str, _Entry]:
        """Walk through the tree of what lies directly in the root."""
        found: dict[str, _Entry] = {}
        waiting, seen = [self._root.child], {_NO_ENTRY}
        while waiting:
            number = waiting.pop()
            if number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            found.setdefault(entry.name.lower(), entry)
            waiting += [entry.left, entry.right]
        return found


def _numbers(content: bytes) -> array[int]:
    return array("I", struct.unpack(f"<{len(content) // 4}I", content))


def _chain(start: int, table: array[int], most: int) -> list[int]:
    """Follow a chain of sectors.

    Raises:
        OleFault: it runs in a circle, or leaves the file.
    """
    places: list[int] = []
    while start < _FREE:
        if len(places) > most or start >= len(table):
            raise OleFault
        places.append(start)
        start = table[start]
    return places
