"""What the file's properties show in Windows, and what virus scanners look at first: who made it, what it is."""

from __future__ import annotations

import json
from pathlib import Path

WORDS = Path(__file__).with_name("setup_words.json")
COMPANY = "Wufei Cells"
RIGHTS = "Apache License 2.0"
_CHINESE, _UNICODE = 0x0804, 1200


def four_numbers(version: str) -> tuple[int, int, int, int]:
    """Give a version as Windows counts: always four numbers."""
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    first, second, third, fourth = [*numbers, 0, 0, 0, 0][:4]
    return first, second, third, fourth


def version_resource(version: str, file: str) -> object:
    """Give the resource of a program (a ``VSVersionInfo``) as PyInstaller takes it.

    Args:
        version: the program's version.
        file: the program's file without its folder.
    """
    from PyInstaller.utils.win32 import versioninfo as made  # noqa: PLC0415 - only there while freezing for Windows

    name = json.loads(WORDS.read_text("utf-8"))["name"]["zh"]
    texts = {
        "CompanyName": COMPANY,
        "FileDescription": name,
        "FileVersion": version,
        "InternalName": file.removesuffix(".exe"),
        "LegalCopyright": RIGHTS,
        "OriginalFilename": file,
        "ProductName": name,
        "ProductVersion": version,
    }
    table = made.StringTable(f"{_CHINESE:04x}{_UNICODE:04x}", [made.StringStruct(*pair) for pair in texts.items()])
    numbers = four_numbers(version)
    return made.VSVersionInfo(
        ffi=made.FixedFileInfo(
            filevers=numbers, prodvers=numbers, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0
        ),
        kids=[
            made.StringFileInfo([table]),
            made.VarFileInfo([made.VarStruct("Translation", [_CHINESE, _UNICODE])]),
        ],
    )
