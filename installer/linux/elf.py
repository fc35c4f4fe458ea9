"""Read from programs and libraries of Linux what they refer to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from elftools.elf.dynamic import DynamicSection
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

MAGIC = b"\x7fELF"


@dataclass(frozen=True, slots=True)
class References:
    """What a file refers to."""

    libraries: tuple[str, ...]
    """Names of shared libraries (``libc.so.6``)."""
    versions: tuple[tuple[str, str], ...]
    """Versions of symbols that it needs: the library and the version (``libc.so.6``, ``GLIBC_2.17``)."""


def is_elf(path: Path) -> bool:
    """Tell whether a file is a program or a library of Linux; links are none."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(MAGIC)) == MAGIC


def files(folder: Path) -> list[Path]:
    """Give all programs and libraries below a folder."""
    return sorted(path for path in folder.rglob("*") if is_elf(path))


def references(path: Path) -> References:
    """Read what a program or library refers to."""
    with path.open("rb") as stream:
        elf = ELFFile(stream)
        return References(tuple(_libraries(elf)), tuple(_versions(elf)))


def _libraries(elf: ELFFile) -> Iterator[str]:
    section = elf.get_section_by_name(".dynamic")
    if isinstance(section, DynamicSection):
        # The library sets this name on tags of this kind only, where no reader of types sees it.
        yield from (str(getattr(tag, "needed")) for tag in section.iter_tags("DT_NEEDED"))  # noqa: B009


def _versions(elf: ELFFile) -> Iterator[tuple[str, str]]:
    section = elf.get_section_by_name(".gnu.version_r")
    if isinstance(section, GNUVerNeedSection):
        for library, versions in section.iter_versions():
            yield from ((str(library.name), version.name) for version in versions)
