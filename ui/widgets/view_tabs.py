"""A row of names of which one is chosen, each with a number beside it where there is something to count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from ui.i18n import I18n


class ViewTabs(QWidget):
    """Lets a person choose what is shown below or beside.

    Signals:
        chosen: another one was chosen (its name).
    """

    chosen = Signal(str)

    def __init__(self, i18n: I18n, parent: QWidget | None = None, *, wrapping: bool = False) -> None:
        """Make an empty row; a ``wrapping`` one goes on in a second line where it is narrow."""
        super().__init__(parent)
        self._i18n = i18n
        self._titles: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._narrow = wrapping
        self._layout = FlowLayout(self, spacing=4) if wrapping else tight(QHBoxLayout(self), 4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wrapping)
        self.setSizePolicy(policy)

    # --- public

    def add(self, name: str, title_key: str) -> None:
        """Offer one more; the first one is chosen."""
        button = QPushButton(self)
        button.setProperty("role", "tab")
        button.setProperty("narrow", self._narrow)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setChecked(not self.buttons)
        button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # names are never cut
        button.clicked.connect(self._on_clicked)
        self._group.addButton(button)
        self.buttons[name] = button
        self._titles[name] = title_key
        self._layout.addWidget(button)
        self._write(name)

    def choose(self, name: str) -> None:
        """Show one as chosen; tells nobody."""
        self.buttons[name].setChecked(True)

    @property
    def current(self) -> str:
        """The name of the one that is chosen."""
        return next((name for name, button in self.buttons.items() if button.isChecked()), "")

    def show_count(self, name: str, count: int) -> None:
        """Show how many things there are in one."""
        self._counts[name] = count
        self._write(name)

    def retranslate(self) -> None:
        """Write all names anew."""
        for name in self.buttons:
            self._write(name)

    # --- parts

    def _write(self, name: str) -> None:
        count = self._counts.get(name, 0)
        title = self._i18n.tr(self._titles[name])
        self.buttons[name].setText(f"{title} {count}" if count else title)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.current)
