"""Make the window's icons: take the drawings we use out of the npm package lucide-static (ISC).

The strokes of these drawings are ``currentColor``; the window colors them when it loads them. Run it again after
adding a name to ICONS:

    .venv/bin/python tools/make_icons.py
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "lucide-static@1.62.0"
TARGET = Path(__file__).resolve().parents[1] / "resources" / "icons"

# Our name: the name in the package.
ICONS = {
    "alert": "triangle-alert",
    "application": "recycle",
    "archive": "archive",
    "assessment": "clipboard-check",
    "back": "arrow-left",
    "bonus": "circle-plus",
    "certificate": "award",
    "check": "check",
    "checklist": "list-checks",
    "close": "x",
    "compare": "columns-2",
    "conflict": "arrow-left-right",
    "copy": "copy",
    "decide": "gavel",
    "deduction": "circle-minus",
    "down": "chevron-down",
    "draft": "file-pen",
    "edit": "pencil",
    "empty": "inbox",
    "failed": "circle-x",
    "filter": "funnel",
    "folder": "folder-open",
    "gate": "shield-check",
    "guide": "circle-question-mark",
    "history": "history",
    "impact": "gauge",
    "information": "info",
    "languages": "languages",
    "lock": "lock",
    "more": "ellipsis",
    "next": "chevron-right",
    "not_applicable": "minus",
    "note": "message-square",
    "open": "external-link",
    "overview": "layout-dashboard",
    "pdf": "file-text",
    "person": "user",
    "plus": "plus",
    "printer": "printer",
    "publish": "stamp",
    "redo": "redo-2",
    "remove": "trash-2",
    "save": "download",
    "search": "search",
    "settings": "settings",
    "site": "building-2",
    "table": "table",
    "trial": "flask-conical",
    "undo": "undo-2",
    "up": "chevron-up",
    "upload": "file-up",
    "zoom_in": "zoom-in",
    "zoom_out": "zoom-out",
}


def main() -> int:
    """Download the package with npm and write the icons and their license; return an exit code."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", "--pack-destination", folder, PACKAGE]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            for name, origin in ICONS.items():
                write(f"{name}.svg", member(package, f"package/icons/{origin}.svg"))
            write("LICENSE-lucide.txt", member(package, "package/LICENSE"))
    stray = {path.stem for path in TARGET.glob("*.svg")} - ICONS.keys()
    for name in sorted(stray):
        print(f"not in the list any more, delete it: {name}.svg")
    print(f"{len(ICONS)} icons and their license are in {TARGET.relative_to(TARGET.parents[1])}")
    return int(bool(stray))


def member(package: tarfile.TarFile, name: str) -> bytes:
    """Read one file of the package."""
    found = package.extractfile(name)
    if found is None:
        raise FileNotFoundError(name)
    return found.read()


def write(name: str, content: bytes) -> None:
    """Write one file, with the line ends of this project."""
    (TARGET / name).write_bytes(content.replace(b"\r\n", b"\n"))


if __name__ == "__main__":
    sys.exit(main())
