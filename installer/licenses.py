"""Put the licenses of everything that is shipped into the folder ``licenses`` of the program."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installer import content

FOLDER = "licenses"
TEXTS = content.ROOT / "installer" / "texts"
# Qt and its bindings bring no text of their own. Their libraries lie as files of their own in the program, so that who
# wants to can put others of the same version in their place.
LESSER = ("pyside6-essentials", "shiboken6")
_IS_LICENSE = re.compile(r"(^|/)(licen[cs]es?|copying|notice|authors)([^/]*$|/)", re.IGNORECASE)


def collect(program: Path, system_files: dict[str, Path]) -> None:
    """Write the licenses.

    Args:
        program: the folder of the built program.
        system_files: libraries of the machine that built it which are part of the program, by their names.
    """
    folder = program / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copyfile(content.ROOT / "LICENSE", folder / f"{content.PROGRAM}.txt")
    lines = [f"{content.PROGRAM} {content.version()}: {content.project()['license']}"]
    lines += [_of_distribution(found, folder) for found in shipped_distributions()]
    lines += _of_python(folder)
    lines += _of_resources(folder)
    lines += _of_system(system_files, folder)
    text = (TEXTS / "licenses.txt").read_text(encoding="utf-8") + "\n" + "\n".join(sorted(lines, key=str.lower)) + "\n"
    (folder / "README.txt").write_text(text, encoding="utf-8", newline="\n")


def shipped_distributions() -> list[Distribution]:
    """Give what pyproject.toml asks for, and what that asks for, without what is left out."""
    found: dict[str, Distribution] = {}
    waiting = content.asked_for()
    # Of cffi only the compiled part goes in, which cryptography needs.
    left_out = {canonicalize_name(name) for name in content.EXCLUDED_MODULES} - {"cffi"}
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found or name in left_out:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # for another system or another Python
            continue
        asked = [Requirement(line) for line in found[name].requires or ()]
        waiting += [one.name for one in asked if one.marker is None or one.marker.evaluate(_environment())]
    return [found[name] for name in sorted(found)]


def _environment() -> dict[str, str]:
    return {**{key: str(value) for key, value in default_environment().items()}, "extra": ""}


def _of_distribution(found: Distribution, folder: Path) -> str:
    name = canonicalize_name(found.name)
    into = folder / name
    for file in found.files or ():
        path = Path(str(found.locate_file(file)))
        if ".dist-info/" in file.as_posix() and _IS_LICENSE.search(file.as_posix()) and path.is_file():
            inside = re.sub(r"^[^/]*\.dist-info/(licenses/)?", "", file.as_posix())
            (into / inside).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, into / inside)
    if name in LESSER:
        into.mkdir(exist_ok=True)
        for text in ("LGPL-3.0.txt", "GPL-3.0.txt"):
            shutil.copyfile(TEXTS / text, into / text)
    return f"{found.name} {found.version}: {license_of(found)}"


def license_of(found: Distribution) -> str:
    """Name the license of a package as it does itself."""
    if canonicalize_name(found.name) in LESSER:
        return "LGPL-3.0-only"
    told = [found.metadata.get_all(field) or [""] for field in ("License-Expression", "License")]
    said = next((values[0].strip().split("\n")[0] for values in told if values[0].strip()), "")
    classified = [line.split(" :: ")[-1] for line in found.metadata.get_all("Classifier") or () if "License ::" in line]
    return said or ", ".join(classified) or "see its folder"


def _of_python(folder: Path) -> list[str]:
    into = folder / "python"
    into.mkdir()
    text = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if not text.is_file():  # Debian's own Python
        text = Path(f"/usr/share/doc/python{sys.version_info.major}.{sys.version_info.minor}/copyright")
    if text.is_file():
        shutil.copyfile(text, into / "LICENSE.txt")
    return [f"Python {sys.version.split()[0]}: PSF-2.0", "SQLite: public domain"]


def _of_resources(folder: Path) -> list[str]:
    """Fonts and icons."""
    for source in sorted((content.ROOT / "resources").rglob("*.txt")):
        if source.name.startswith(("OFL", "LICENSE")):
            (folder / "resources").mkdir(exist_ok=True)
            shutil.copyfile(source, folder / "resources" / source.name)
    return ["Wufei Sans SC, Wufei Serif SC, Wufei Fallback SC (fonts): OFL-1.1", "Lucide (icons): ISC"]


def _of_system(files: dict[str, Path], folder: Path) -> list[str]:
    """What Debian says of the libraries that came from the system."""
    if not shutil.which("dpkg-query"):
        return [f"{name}: of the system that built this program" for name in files]
    lines: list[str] = []
    for name, path in files.items():
        package = _package_of(path)
        text = Path("/usr/share/doc") / package / "copyright"
        if package and text.is_file():
            (folder / "system").mkdir(exist_ok=True)
            shutil.copyfile(text, folder / "system" / f"{package}.txt")
        lines.append(f"{name} ({package or 'built with the program'})")
    return lines


def _package_of(path: Path) -> str:
    """Name Debian's package of a file; its database may know the file without the /usr before /lib."""
    real = str(path.resolve())
    for named in (real, real.removeprefix("/usr"), str(path)):
        done = subprocess.run(["dpkg-query", "-S", named], check=False, capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.split(":")[0]
    return ""
