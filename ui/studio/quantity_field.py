"""A number, or one of the checklist's parameters in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QWidget

from ui.studio.fields import NUMBER_WIDTH, Bench, LineField
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label
from wufei_cells.checklists.drafting import entries_at, string_at
from wufei_cells.checklists.outline import text_at

if TYPE_CHECKING:
    from wufei_cells.checklists.yaml_source import Data, Path

WIDER = 88  # pixels: a number and the sign that offers parameters

Read = Callable[["Data"], str]
Write = Callable[["Data", str], "Data"]


class QuantityField(LineField):
    """Takes a number as it is written; a sign at its end offers the parameters by their names."""

    def __init__(
        self,
        bench: Bench,
        path: Path,
        caption: str = "",
        *,
        name: str = "",
        hint: str = "",
        read: Read | None = None,
        write: Write | None = None,
    ) -> None:
        """Build the field.

        Args:
            bench: what the form works with.
            path: the part of the draft.
            caption: key of the words above the field.
            name: key of the words for those who listen, where there is no caption.
            hint: key of what a missing number means.
            read: how the number is found in the part, where the part is more than the number.
            write: how the part looks with another number.
        """
        self._read, self._write = read, write
        self._least = NUMBER_WIDTH
        self.meaning_label: QLabel | None = None
        super().__init__(bench, path, caption, number=True, hint=hint)
        if name:
            self.edit.setAccessibleName(bench.tr(name))
        self._menu: QMenu | None = None
        if self._parameters() and not self.read_only:
            action = QAction(bench.theme.icon("down", "muted"), bench.tr("studio.parameters.choose"), self)
            action.triggered.connect(self._open_menu)
            self.edit.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
            self._least = WIDER
            self.refresh()

    def hold(self, inside: QWidget) -> None:
        """Leave room beside the line for what a parameter means."""
        self._beside = QWidget(self)
        self._row = tight(QHBoxLayout(self._beside))
        self._row.addWidget(inside)
        self._row.addStretch(1)
        super().hold(self._beside)

    # --- reading and writing

    def read(self) -> str:
        """Give the number as the draft has it."""
        return self._read(self.data) if self._read else super().read()

    def take(self, text: str) -> None:
        """Write what was typed."""
        value: Data = self._write(self.data, text.strip()) if self._write else text.strip()
        self.write(value, typing=True)

    def refresh(self) -> None:
        """Show the number, and what a parameter stands for."""
        super().refresh()
        meaning = self._meaning()
        if meaning and self.meaning_label is None:
            self.meaning_label = plain_label("caption")
            self._row.insertWidget(1, self.meaning_label)
        if self.meaning_label is not None:
            self.meaning_label.setText(meaning)
            self.meaning_label.setVisible(bool(meaning))
        self.widen(self.edit, self.edit.text(), self._least, 50)

    def choose_parameter(self, name: str) -> None:
        """Put a parameter in the place of the number."""
        self.take(f"${name}")
        self.refresh()

    # --- the rest

    def _parameters(self) -> list[tuple[str, str, str]]:
        """List the parameters: key, name, value with unit."""
        text = self.bench.i18n.text
        return [
            (
                string_at(entry, ("key",)),
                text(text_at(entry, ("text",))),
                f"{string_at(entry, ('value',))} {text(text_at(entry, ('unit',)))}".strip(),
            )
            for entry in entries_at(self.bench.session.data, ("parameters",))
        ]

    def _meaning(self) -> str:
        written = self.read()
        if not written.startswith("$"):
            return ""
        found = next((each for each in self._parameters() if written == f"${each[0]}"), None)
        return self.bench.tr("studio.parameters.meaning", name=found[1] or found[0], value=found[2]) if found else ""

    def _open_menu(self) -> None:
        if self._menu is None:
            self._menu = QMenu(self)
        self._menu.clear()
        for key, name, value in self._parameters():
            action = self._menu.addAction(self.bench.tr("studio.parameters.meaning", name=name or key, value=value))
            action.setData(key)
            action.triggered.connect(self._on_parameter_chosen)
        self._menu.popup(self.edit.mapToGlobal(self.edit.rect().bottomLeft()))

    def _on_parameter_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.choose_parameter(str(action.data()))
