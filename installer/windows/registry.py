"""What setup writes into the registry of the user, and what it takes out again: one list for both."""

from __future__ import annotations

from dataclasses import dataclass

from wufei_cells.updates.listing import UNINSTALL_KEY

CLASSES = r"Software\Classes"
PROGRAM = r"$INSTDIR\wufei-cells.exe"


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of files that a double-click opens in the program."""

    name: str
    """The class in the registry, and the key of its words."""
    ending: str
    words: str

    @property
    def key(self) -> str:
        """Where its class stands."""
        return rf"{CLASSES}\{self.name}"


OWN_TYPES = (
    FileType("WufeiCells.Package", ".wufei", "package"),
    FileType("WufeiCells.Update", ".wufei-update", "update"),
)
# Other programs' files: we are offered under "open with" and take nothing away from anybody.
SHARED_TYPE = FileType("WufeiCells.Checklist", "", "checklist")
SHARED_ENDINGS = (".yaml", ".json", ".xlsx")


def written() -> list[str]:
    """Give the lines of the setup script that write everything."""
    lines: list[str] = []
    for kind in (*OWN_TYPES, SHARED_TYPE):
        lines += [
            _text(kind.key, "", f"$(words_{kind.words})"),
            _text(rf"{kind.key}\DefaultIcon", "", rf"{PROGRAM},0"),
            _text(rf"{kind.key}\shell\open\command", "", rf'"{PROGRAM}" "%1"'),
        ]
    lines += [_text(rf"{CLASSES}\{kind.ending}", "", kind.name) for kind in OWN_TYPES]
    lines += [_text(rf"{CLASSES}\{ending}\OpenWithProgids", SHARED_TYPE.name, "") for ending in SHARED_ENDINGS]
    uninstaller = r'"$INSTDIR\uninstall.exe"'
    lines += [
        _text(UNINSTALL_KEY, "DisplayName", "$(words_name)"),
        _text(UNINSTALL_KEY, "DisplayVersion", "${VERSION}"),
        _text(UNINSTALL_KEY, "DisplayIcon", PROGRAM),
        _text(UNINSTALL_KEY, "Publisher", "Wufei Cells"),
        _text(UNINSTALL_KEY, "InstallLocation", "$INSTDIR"),
        _text(UNINSTALL_KEY, "UninstallString", uninstaller),
        _text(UNINSTALL_KEY, "QuietUninstallString", f"{uninstaller} /S"),
        *(f'WriteRegDWORD HKCU "{UNINSTALL_KEY}" "{name}" {value}' for name, value in _FIGURES.items()),
    ]
    return lines


_FIGURES = {"EstimatedSize": "${SIZE_IN_KB}", "NoModify": "1", "NoRepair": "1"}


def deleted() -> list[str]:
    """Give the lines of the uninstaller: nothing that is another program's by now."""
    lines = [f'DeleteRegKey HKCU "{kind.key}"' for kind in (*OWN_TYPES, SHARED_TYPE)]
    for kind in OWN_TYPES:
        key = rf"{CLASSES}\{kind.ending}"
        lines += [
            f'ReadRegStr $0 HKCU "{key}" ""',
            f'${{If}} $0 == "{kind.name}"',
            f'  DeleteRegKey HKCU "{key}"',
            "${EndIf}",
        ]
    for ending in SHARED_ENDINGS:
        key = rf"{CLASSES}\{ending}"
        lines += [
            f'DeleteRegValue HKCU "{key}\\OpenWithProgids" "{SHARED_TYPE.name}"',
            f'DeleteRegKey /ifempty HKCU "{key}\\OpenWithProgids"',
            f'DeleteRegKey /ifempty HKCU "{key}"',
        ]
    return [*lines, f'DeleteRegKey HKCU "{UNINSTALL_KEY}"']


def _text(key: str, name: str, value: str) -> str:
    """Write one text; the script quotes with ' because commands hold quotation marks of their own."""
    return f'WriteRegStr HKCU "{key}" "{name}" \'{value}\''
