"""The layout of an update file: a zip file whose members lie one behind the other without a gap.

Files are called by their SHA-256, so their names can lead nowhere; where they go is said in the signed manifest. The
bytes of the directory are looked at before any library reads them, so that what it states costs no memory.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wufei_cells.errors import EnvironmentFault, Problem, ProblemsFound, UserError, why
from wufei_cells.updates.limits import MOST_PROBLEMS, Limits

ENDING = ".wufei-update"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
FILES = "files/"
MEMBER = re.compile(r"manifest\.json|manifest\.sig|files/[0-9a-f]{64}")
PIECE = 1024 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, RuntimeError)
"""What the library raises over bytes that are not as they should be."""

_END = struct.Struct("<4s4H2IH")
_LINE = 46 + 70
"""Bytes of a line of the directory, with the longest name of ours."""
_LOCAL = 30
_KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1 | 0x40 | 0x2000


def open_file(path: Path, limits: Limits) -> tuple[zipfile.ZipFile, BinaryIO]:
    """Open an update file and look at its directory.

    Raises:
        UserError: there is no such file.
        ProblemsFound: it is cut off, or no file of ours.
        EnvironmentFault: it cannot be read.
    """
    try:
        file = path.open("rb")
    except (FileNotFoundError, UnicodeEncodeError):
        raise UserError("file.not_found", path=str(path)) from None
    except IsADirectoryError:
        raise UserError("file.is_folder", path=str(path)) from None
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error
    try:
        _look_at_end(file, path.name, limits)
        return zipfile.ZipFile(file), file
    except BROKEN as error:
        file.close()
        raise ProblemsFound([Problem("update.layout", path.name)], subject=path.name) from error
    except BaseException:
        file.close()
        raise


@contextmanager
def readable(path: Path) -> Generator[None]:
    """Turn what the machine raises over a file, as when the stick is pulled out, into an error with a sentence."""
    try:
        yield
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error


def members(archive: zipfile.ZipFile, name: str) -> tuple[dict[str, zipfile.ZipInfo], list[Problem]]:
    """Give the members, and what is wrong with how they lie: names, gaps, and bytes that belong to two of them."""
    problems: list[Problem] = []
    found: dict[str, zipfile.ZipInfo] = {}
    expected = 0
    for member in archive.infolist():
        if len(problems) >= MOST_PROBLEMS:
            break
        if member.orig_filename in found or not MEMBER.fullmatch(member.orig_filename):
            problems.append(Problem("update.member", name, {"member": shown(member.orig_filename)}))
        elif not _plain(member) or member.header_offset != expected:
            problems.append(Problem("update.layout", name))
        found[member.orig_filename] = member
        expected = member.header_offset + _LOCAL + len(member.orig_filename) + member.compress_size
    if not problems and expected != archive.start_dir:
        problems.append(Problem("update.layout", name))
    return found, problems


def content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes | None:
    """Read a small member whole; ``None`` where it is larger than it may be, or broken."""
    if member.file_size > limit:
        return None
    try:
        with archive.open(member) as stream:
            return stream.read(limit + 1)
    except BROKEN:
        return None


def pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Read a member piece by piece, never more than it says it holds."""
    with archive.open(member) as stream:
        while piece := stream.read(PIECE):
            yield piece


def shown(name: str) -> str:
    """Give a name that a stranger chose as it may stand on a screen."""
    plain = "".join(sign if sign.isprintable() else "?" for sign in name)
    return plain if len(plain) <= 80 else f"{plain[:80]}…"


def _look_at_end(file: BinaryIO, name: str, limits: Limits) -> None:
    size = file.seek(0, 2)
    if size > limits.update:
        raise ProblemsFound([Problem("update.too_large", name, {"size": size, "limit": limits.update})], subject=name)
    if size >= _END.size:
        file.seek(size - _END.size)
        sign, disk, first, here, count, length, start, comment = _END.unpack(file.read(_END.size))
        if sign == b"PK\x05\x06":
            if count > limits.members + 2:
                raise ProblemsFound([Problem("update.too_many", name, {"limit": limits.members})], subject=name)
            fits = here == count and length <= count * _LINE and start + length + _END.size == size
            if disk or first or comment or not fits:
                raise ProblemsFound([Problem("update.layout", name)], subject=name)
            return
    file.seek(0)
    code = "update.cut_off" if file.read(4) in (b"PK\x03\x04", b"") else "update.not_an_update"
    raise ProblemsFound([Problem(code, name)], subject=name)


def _plain(member: zipfile.ZipInfo) -> bool:
    """Whether a member is packed in a way of ours, with nothing said twice."""
    described = member.flag_bits & (_ENCRYPTED | 0x8)
    return not described and not member.extra and not member.comment and member.compress_type in _KINDS
