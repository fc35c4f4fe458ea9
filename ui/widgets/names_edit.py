"""A field for the names of several people, which knows those who worked in the register before."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

SEPARATORS = re.compile(r"[、，,;；/]+")
_LAST = re.compile(r"^(.*[、，,;；/])?\s*([^、，,;；/]*)$", re.DOTALL)


def names_in(text: str) -> tuple[str, ...]:
    """Read the names out of what was typed, each once."""
    names = (" ".join(part.split()) for part in SEPARATORS.split(text))
    return tuple(dict.fromkeys(name for name in names if name))


class NamesEdit(QLineEdit):
    """Takes names, separated as people write them; proposes people for the one that is being typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = QStringListModel(self)
        completer = _LastName(self)
        completer.setModel(self._people)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    @property
    def names(self) -> tuple[str, ...]:
        """The names."""
        return names_in(self.text())

    def show_names(self, names: Iterable[str], separator: str) -> None:
        """Show names."""
        self.setText(separator.join(names))

    def propose(self, people: Iterable[str]) -> None:
        """Take over who is known."""
        self._people.setStringList(list(people))


class _LastName(QCompleter):
    """Completes the last of several names and leaves those before it alone."""

    def splitPath(self, path: str) -> list[str]:
        """Look for the last name only."""
        found = _LAST.match(path)
        return [found.group(2) if found else path]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Put the chosen name behind those that stand already."""
        edit = self.widget()
        typed = edit.text() if isinstance(edit, QLineEdit) else ""
        found = _LAST.match(typed)
        before = found.group(1) or "" if found else ""
        return f"{before}{super().pathFromIndex(index)}"
