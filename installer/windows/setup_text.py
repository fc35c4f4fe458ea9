"""Write what ``setup.nsi`` does not know by itself: version, sizes, what lies in the folder, words, registry."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from installer import content, licenses, release_keys
from installer.windows import registry
from installer.windows.version_info import WORDS, four_numbers
from wufei_cells.paths import PORTABLE_FOLDER
from wufei_cells.updates.path_names import RECORD

SCRIPT = Path(__file__).with_name("setup.nsi")
BROUGHT_BY_UPDATES = {licenses.FOLDER: True, release_keys.FOLDER: True, RECORD: False}
"""What updates by file may put beside the libraries later on, and whether it is a folder."""
LANGUAGES = {"zh": "SIMPCHINESE", "en": "ENGLISH"}


def make_setup(folder: Path, version: str, icon: Path, target: Path, makensis: str = "makensis") -> Path:
    """Make the setup program of a program folder; give its file.

    Raises:
        subprocess.CalledProcessError: NSIS refused; its words have been printed.
    """
    values = target.with_suffix(".nsh")
    values.write_text(values_text(folder, version, icon, target), encoding="utf-8", newline="\n")
    dash = "/" if os.name == "nt" else "-"
    command = [
        makensis,
        f"{dash}V2",
        f"{dash}INPUTCHARSET",
        "UTF8",
        f"{dash}WX",
        f"{dash}DVALUES={values}",
        str(SCRIPT),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    values.unlink()
    return target


def values_text(folder: Path, version: str, icon: Path, target: Path) -> str:
    """Give the text of values.nsh for a program folder."""
    words = json.loads(WORDS.read_text("utf-8"))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    defined = {
        "PROGRAM": content.PROGRAM,
        "LIBRARIES": content.LIBRARIES,
        "PORTABLE_FOLDER": PORTABLE_FOLDER,
        "FOLDER": str(folder),
        "SLASH": os.sep,
        "OUT_FILE": str(target),
        "ICON": str(icon),
        "VERSION": version,
        "VERSION_OF_FOUR": ".".join(map(str, four_numbers(version))),
        "SIZE_IN_KB": str(size // 1024),
        "UNINSTALL_KEY": registry.UNINSTALL_KEY,
        "NAME_ZH": words["name"]["zh"],
        "NAME_EN": words["name"]["en"],
        "SETUP_ZH": words["setup"]["zh"],
        "SETUP_EN": words["setup"]["en"],
    }
    lines = [f'!define {name} "{value}"' for name, value in defined.items()]
    lines += _macro("Words", _language_strings(words))
    lines += _macro("EachBeside", _removed(folder))
    lines += _macro("WriteKeys", registry.written())
    lines += _macro("DeleteKeys", registry.deleted())
    return "\n".join(lines) + "\n"


def _language_strings(words: dict[str, dict[str, str]]) -> list[str]:
    return [
        f'LangString words_{key} ${{LANG_{LANGUAGES[language]}}} "{text}"'
        for key, texts in words.items()
        for language, text in texts.items()
    ]


def _removed(folder: Path) -> list[str]:
    """Name everything beside the libraries, so that nothing else is ever removed."""
    beside = {
        path.name: path.is_dir() for path in folder.iterdir() if path.name != content.LIBRARIES
    } | BROUGHT_BY_UPDATES
    return [f'!insertmacro Remove{"Folder" if beside[name] else "File"} "{name}"' for name in sorted(beside)]


def _macro(name: str, lines: list[str]) -> list[str]:
    return [f"!macro {name}", *(f"  {line}" for line in lines), "!macroend"]
