"""The one list of what goes into the built program and what is left out, for all systems.

``wufei.spec`` reads it; standard library only, because it is read before anything is installed as well.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = "wufei-cells"
ENTRY = "ui/__main__.py"
LIBRARIES = "_internal"
"""The folder of everything but the program itself, inside the program's folder."""

# --- our own parts

PACKAGES = ("wufei_cells", "ui", "criteria", "resources")
DATA = {
    "criteria": (".yaml",),
    "resources": (".yaml", ".json", ".svg", ".ttf", ".html", ".css", ".js", ".txt", ".md", ".png"),
}
"""Packages of data files and the endings of the files that the program reads or has to hand on (licenses)."""

# --- modules

# Imported under names that only exist while the program runs; the analysis of imports cannot see these.
HIDDEN_MODULES = (
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.sqlite.pysqlite",
    "_rl_accel",
    "_cffi_backend",
    "tzdata",
)
EXCLUDED_MODULES = (
    # Other windows than ours, and what needs a terminal or a compiler.
    "tkinter",
    "_tkinter",
    "turtle",
    "curses",
    "readline",
    "lib2to3",
    "idlelib",
    "ensurepip",
    "venv",
    "distutils",
    "pydoc",
    "pydoc_data",
    "doctest",
    "pdb",
    "test",
    # For those who work on the project.
    "pytest",
    "_pytest",
    "hypothesis",
    "setuptools",
    "pkg_resources",
    "pip",
    "hatchling",
    "IPython",
    "numpy",
    "pandas",
    "matplotlib",
    # Other databases than SQLite.
    "psycopg2",
    "MySQLdb",
    "pysqlcipher3",
    "pysqlite2",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    # Second ways to the same: openpyxl reads XML with Python's own reader, and we sign papers but do not judge metadata
    # of signed ones (the tests of signing and workbooks passed without lxml); zstandard has its C part.
    "lxml",
    "charset_normalizer",
    "zstandard._cffi",
    "zstandard.backend_cffi",
    "cffi",
    "pycparser",
    "reportlab.graphics.testshapes",
    # Pictures that no camera of an office makes; the library is 5 MB.
    "PIL.AvifImagePlugin",
    "PIL._avif",
    "PIL.ImageTk",
    "PIL._imagingtk",
    # Qt parts of which nothing is shown.
    "PySide6.QtConcurrent",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtQuickControls2",
    "PySide6.QtQuickTest",
    "PySide6.QtQuickWidgets",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtUiTools",
    "PySide6.QtXml",
)

# --- Qt

QT_PLUGINS = {
    "platforms": {
        "linux": ("qxcb", "qoffscreen", "qwayland-generic"),
        "win32": ("qwindows", "qoffscreen"),
        "darwin": ("qcocoa", "qoffscreen"),
    },
    # Chinese is typed through these; fcitx speaks the language of ibus (docs/installing.md).
    "platforminputcontexts": {"linux": ("ibusplatforminputcontextplugin", "composeplatforminputcontextplugin")},
    # What an assessor photographs or an office sends. Qt draws SVG icons by two plugins.
    "imageformats": {"*": ("qjpeg", "qsvg", "qgif", "qico", "qwebp", "qtiff")},
    "iconengines": {"*": ("qsvgicon",)},
    "styles": {"win32": ("qmodernwindowsstyle",), "darwin": ("qmacstyle",)},
    "platformthemes": {"linux": ("qxdgdesktopportal",)},  # the system's own file dialogs
    "xcbglintegrations": {},  # nothing is drawn by OpenGL
    "wayland-shell-integration": {"linux": ("xdg-shell",)},
    "wayland-decoration-client": {"linux": ("bradient",)},
    "printsupport": {"*": ("cupsprintersupport",)},
}
"""The plugins of Qt that are kept, by folder and system (``*``: all); folders that are not named are left out."""
QT_TRANSLATIONS = ("qtbase_zh_CN.qm",)
"""Words of Qt's own buttons; in English it needs no file."""

# --- libraries of the system

SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libxcb.so.1": "libxcb1",
}
"""Libraries of Linux desktops that are not put in, with Debian's packages: what talks to the desktop, its display and
its settings has to be the desktop's own. Everything else that the program refers to lies beside it."""
OPTIONAL_SYSTEM_LIBRARIES = {
    "libcups.so.2": "libcups2t64 | libcups2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""The same; without these only printing, or windows without an X server, are missing."""
C_LIBRARY = ("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2", "libutil.so.1")
"""What every Linux has; the release that it has to have at least is read from the files (glibc.py)."""

# --- files of other packages that nothing of ours reads

UNWANTED_FILES = (
    "PySide6/Qt/qml/*",
    "PySide6/qml/*",
    "PySide6/*/opengl32sw.dll",
    "PySide6/opengl32sw.dll",  # draws OpenGL without a graphics card: 20 MB
    "reportlab/fonts/*",  # Type 1 fonts; every paper embeds our own
    "tzdata/zoneinfo/right/*",
    "*.pyi",
    "*/tests/*",
    "*.dist-info/[!M]*",  # only METADATA (metadata_files): the others name folders of the machine that built it
)


def wanted_plugin(folder: str, name: str, system: str = sys.platform) -> bool:
    """Tell whether a plugin of Qt is kept.

    Args:
        folder: its kind (``platforms``).
        name: its file's name, with or without ``lib`` before it.
        system: as ``sys.platform`` names it.
    """
    by_system = QT_PLUGINS.get(folder, {})
    kept = {*by_system.get("*", ()), *by_system.get(system, ())}
    return name.split(".", maxsplit=1)[0].removeprefix("lib") in kept


def wanted_file(destination: str, system: str = sys.platform) -> bool:
    """Tell whether a file that PyInstaller found goes into the program; the path is the one inside the libraries."""
    path = destination.replace("\\", "/")
    if path in SYSTEM_LIBRARIES or path in OPTIONAL_SYSTEM_LIBRARIES:
        return False
    if any(fnmatchcase(path, pattern) for pattern in UNWANTED_FILES):
        return False
    if found := re.search(r"^PySide6/(?:Qt/)?plugins/([^/]+)/([^/]+)$", path):
        return wanted_plugin(found[1], found[2], system)
    if found := re.search(r"^PySide6/(?:Qt/)?translations/([^/]+)$", path):
        return found[1] in QT_TRANSLATIONS
    return True


# --- what PyInstaller is told


def data_files() -> list[tuple[str, str]]:
    """Give our data files: where each is, and the folder that it goes to inside the libraries.

    Files that git would not take (made by editors and systems) have none of the endings.
    """
    return [
        (str(path), path.parent.relative_to(ROOT).as_posix())
        for package, endings in DATA.items()
        for path in sorted((ROOT / package).rglob("*"))
        if path.suffix in endings
    ]


def our_modules() -> list[str]:
    """Name every module of ours: what is imported inside functions is in as well, whatever PyInstaller makes of it."""
    return sorted(name for package in PACKAGES for name in _modules(ROOT / package))


def _modules(package: Path) -> Iterator[str]:
    for path in package.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if "__pycache__" not in parts:
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def project() -> dict[str, object]:
    """Give the project's own table of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def version() -> str:
    """Give the version that is built."""
    return str(project()["version"])


def asked_for() -> list[str]:
    """Name the packages that pyproject.toml asks for here."""
    wanted = project()["dependencies"]
    assert isinstance(wanted, list)
    names = [re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in wanted]
    return [name for name in names if _installed(name)]


def _installed(name: str) -> bool:
    try:
        return bool(distribution(name))
    except ModuleNotFoundError:  # rl_accel, where it is not to be had
        return False


def locked() -> list[str]:
    """Name what requirements.lock names for here and is not left out: the program tells its versions."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = dict.fromkeys(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))
    left_out = {name.replace("_", "-") for name in EXCLUDED_MODULES}
    return [name for name in names if name not in left_out and _installed(name)]


def metadata_files(into: Path) -> list[tuple[str, str]]:
    """Write what ``importlib.metadata`` has to find in the program: names and versions, ours and of what it is made of.

    The other files of a ``dist-info`` name folders of the machine that built it.
    """
    versions = {PROGRAM: version()} | {name: distribution(name).version for name in locked()}
    found: list[tuple[str, str]] = []
    for name, released in versions.items():
        folder = f"{re.sub(r'[-_.]+', '_', name).lower()}-{released}.dist-info"
        path = into / folder / "METADATA"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {released}\n"
        path.write_text(text, encoding="utf-8", newline="\n")
        found.append((str(path), folder))
    return found
