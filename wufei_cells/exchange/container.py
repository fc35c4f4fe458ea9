"""The layout of a package: a zip file of the plainest kind, whose members lie one behind the other without a gap.

Nothing is packed, encrypted or described twice in different ways, and no byte belongs to no member. That leaves no
room for entries that overlap, sizes that lie, or a second file hidden in front or behind. Any zip program opens a
package; one that was zipped anew by another program is refused, for its bytes are not those that were checked.
"""

from __future__ import annotations

import re
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.exchange.fields import MOST_PROBLEMS
from wufei_cells.exchange.limits import Limits

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
MEMBER = re.compile(r"manifest\.json|manifest\.sig|bundles/[0-9a-f]{64}\.bundle|files/[0-9a-f]{64}")
LATER_MEMBER = re.compile(r"[a-z]{1,16}/[0-9a-f]{64}(\.[a-z]{1,8})?")
"""What newer programs may add without breaking with older ones."""
LONGEST_NAME = 120
_END = struct.Struct("<4s4H2IH")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_LOCAL = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_MOST_REST = 256


@dataclass(frozen=True, slots=True)
class Member:
    """A member and where its content lies."""

    name: str
    start: int
    size: int


def members(file: BinaryIO, size: int, name: str, limits: Limits) -> dict[str, Member]:
    """Read where the members lie, after making sure that they fill the file and that their names are ours.

    Args:
        file: the package, which can be searched.
        size: its bytes.
        name: what it is called, for problems.
        limits: what it may hold.

    Raises:
        ProblemsFound: it is laid out in another way; all problems with the member they concern.
    """
    directory, start, count = _directory(file, size, name, limits)
    problems: list[Problem] = []
    found: dict[str, Member] = {}
    expected = 0
    for entry in _entries(directory, count, name):
        if len(problems) >= MOST_PROBLEMS:
            break
        if problem := _problem(entry, expected, name):
            problems.append(problem)
        elif not _same_in_place(file, entry):
            problems.append(Problem("package.layout", in_package(name, entry.name)))
        elif entry.name in found:
            problems.append(Problem("package.member_twice", name, {"member": shown(entry.name)}))
        found[entry.name] = Member(entry.name, entry.content, entry.size)
        expected = entry.content + entry.size
    if not problems and expected != start:
        problems.append(Problem("package.layout", name))
    if problems:
        raise ProblemsFound(problems, subject=name)
    return found


def in_package(name: str, member: str) -> str:
    """Give a place: the package, and the member in it."""
    return f"{name} › {shown(member)}"


def shown(member: str) -> str:
    """Give a name that a stranger chose as it may stand on a screen."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in member)
    return plain if len(plain) <= 80 else f"{plain[:80]}…"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the directory."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    rest: int
    """Bytes of extra fields and comments."""
    kind: int
    """The kind of file that Unix would make of it; 0 where nothing is said."""

    @property
    def content(self) -> int:
        """Where the content begins, in a file of ours."""
        return self.offset + _LOCAL.size + len(self.raw_name)


def _directory(file: BinaryIO, size: int, name: str, limits: Limits) -> tuple[bytes, int, int]:
    """Read the directory at the end: its bytes, where it begins, how many lines it has."""
    if size < _END.size:
        raise ProblemsFound([Problem("package.cut_off", name)], subject=name)
    file.seek(size - _END.size)
    sign, disk, first_disk, here, count, length, start, comment = _END.unpack(file.read(_END.size))
    if sign != b"PK\x05\x06":
        raise ProblemsFound([Problem("package.cut_off", name)], subject=name)
    if count > limits.members:
        raise ProblemsFound([Problem("package.too_many", name, {"limit": limits.members})], subject=name)
    most = count * (_ENTRY.size + LONGEST_NAME + _MOST_REST)
    if disk or first_disk or here != count or comment or length > most or start + length + _END.size != size:
        raise ProblemsFound([Problem("package.layout", name)], subject=name)
    file.seek(start)
    return file.read(length), start, count


def _entries(directory: bytes, count: int, name: str) -> Iterator[_Entry]:
    at = 0
    for _number in range(count):
        if at + _ENTRY.size > len(directory):
            raise ProblemsFound([Problem("package.layout", name)], subject=name)
        (sign, by, _needs, flags, method, _time, _day, crc, packed, size, *lengths, _disk, _inside, outside, offset) = (
            _ENTRY.unpack_from(directory, at)
        )
        length, extra, comment = lengths
        raw = directory[at + _ENTRY.size : at + _ENTRY.size + length]
        if sign != b"PK\x01\x02" or len(raw) != length:
            raise ProblemsFound([Problem("package.layout", name)], subject=name)
        kind = stat.S_IFMT(outside >> 16) if by >> 8 == 3 else 0
        rest = extra + comment
        yield _Entry(raw.decode("utf-8", "replace"), raw, flags, method, crc, packed, size, offset, rest, kind)
        at += _ENTRY.size + length + rest
    if at != len(directory):
        raise ProblemsFound([Problem("package.layout", name)], subject=name)


def _problem(entry: _Entry, expected: int, name: str) -> Problem | None:
    """Say what is wrong with a line of the directory, if anything."""
    place = in_package(name, entry.name)
    if entry.flags & _ENCRYPTED:
        return Problem("package.zip_encrypted", place)
    if entry.method != 0 or entry.packed != entry.size:
        return Problem("package.zipped_anew", place)
    if entry.kind not in (0, stat.S_IFREG):
        return Problem("package.member_name", place)
    if not (MEMBER.fullmatch(entry.name) or LATER_MEMBER.fullmatch(entry.name)) or len(entry.name) > LONGEST_NAME:
        return Problem("package.member_name", place)
    if entry.rest or entry.flags & 0x8 or entry.offset != expected:
        return Problem("package.layout", place)
    return None


def _same_in_place(file: BinaryIO, entry: _Entry) -> bool:
    """Tell whether what stands before a member says the same as the directory."""
    file.seek(entry.offset)
    head = file.read(_LOCAL.size + len(entry.raw_name))
    if len(head) != _LOCAL.size + len(entry.raw_name):
        return False
    sign, _needs, flags, method, _time, _day, crc, packed, size, length, extra = _LOCAL.unpack_from(head)
    said = (sign, flags, method, crc, packed, size, length, extra)
    expected = (b"PK\x03\x04", entry.flags, 0, entry.crc, entry.packed, entry.size, len(entry.raw_name), 0)
    return said == expected and head[_LOCAL.size :] == entry.raw_name
