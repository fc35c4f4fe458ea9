"""Build for Linux: the program's folder, what it needs of the system, the portable archive and Debian's package."""

from __future__ import annotations

import json
import platform
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from installer import content, freezing, licenses, pruning
from installer.linux import archive, debian_package, desktop, elf, glibc


def program(interpreter: str, out: Path) -> Path:
    """Freeze the program, complete with the licenses of its parts, and return its folder."""
    folder = freezing.freeze([interpreter], out)
    licenses.collect(folder, system_libraries(folder, out / "work"))
    return folder


def system_libraries(folder: Path, work: Path) -> dict[str, Path]:
    """Give the libraries in the program that came from this machine and not from a package of Python."""
    sources: dict[str, str] = json.loads((work / pruning.NOTE).read_text(encoding="utf-8"))
    inside = folder / content.LIBRARIES
    return {
        name: Path(source)
        for name, source in sorted(sources.items())
        if "/" not in name and source.startswith(("/lib", "/usr/lib")) and elf.is_elf(inside / name)
    }


def artefacts(folder: Path, needs: glibc.Needs, out: Path) -> list[Path]:
    """Write the archive and the package."""
    share, seconds = out / "work" / "share", freezing.commit_time()
    shutil.rmtree(share, ignore_errors=True)
    desktop.write_share(share)
    name = f"{content.PROGRAM}-{content.version()}-linux-{platform.machine()}.tar.xz"
    package = f"{content.PROGRAM}_{content.version()}_{debian_package.architecture()}.deb"
    with ThreadPoolExecutor(2) as beside:  # each packs on one core
        archived = beside.submit(archive.write, folder, share, out / name, seconds)
        if shutil.which("dpkg-deb") is None:
            return [archived.result()]
        packed = beside.submit(debian_package.write, folder, share, needs, out / package, seconds)
        return [archived.result(), packed.result()]
