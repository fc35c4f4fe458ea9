"""One thing to choose from: a mark, its digit key, its words, and what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QRadioButton, QWidget

from ui.widgets.answer_editor import set_look
from ui.widgets.choice_marks import RadioMark, TickMark
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

ROW_HEIGHT = 32


class ChoiceRow(QFrame):
    """Shows one choice; the whole row can be clicked.

    Signals:
        chosen: the person clicked it or pressed space on it; carries its position.
    """

    chosen = Signal(int)

    def __init__(self, position: int, parent: QWidget | None = None, *, several: bool = False, key: str = "") -> None:
        """Build a row; its key is the digit of its position unless another key is named."""
        super().__init__(parent)
        self._position = position
        self._key = key or (str(position + 1) if position < 9 else "")
        self.setProperty("role", "choice")
        self._build_widgets(several=several)
        self._build_layout()
        self.mark.clicked.connect(self._on_clicked)

    # --- build

    def _build_widgets(self, *, several: bool) -> None:
        self.mark: QAbstractButton = TickMark(self) if several else RadioMark(self)
        if isinstance(self.mark, QRadioButton):
            self.mark.setAutoExclusive(False)  # the editor decides what excludes what
        self.key_label = QLabel(self._key, self)
        self.key_label.setProperty("role", "key")
        self.key_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key_label.setFixedSize(20, 20)
        self.text_label = plain_label(wrap=True)
        self.points_label = plain_label("points")
        self.points_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(8)
        layout.addWidget(self.mark)
        layout.addWidget(self.key_label)
        layout.addWidget(self.text_label, 1)
        layout.addWidget(self.points_label)
        self.setMinimumHeight(ROW_HEIGHT)

    # --- public

    def set_texts(self, text: str, points: str = "") -> None:
        """Set the words, and what the choice is worth."""
        self.text_label.setText(text)
        self.points_label.setText(points)
        self.mark.setAccessibleName(text)
        self.mark.setAccessibleDescription(points)

    def set_chosen(self, chosen: bool) -> None:
        """Show whether this is chosen."""
        self.mark.setChecked(chosen)
        set_look(self, "chosen", on=chosen)

    def is_chosen(self) -> bool:
        """Tell whether this is chosen."""
        return self.mark.isChecked()

    def show_key(self, shown: bool) -> None:
        """Show or hide the digit."""
        self.key_label.setVisible(shown and bool(self._key))

    # --- Qt events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose with a click anywhere in the row."""
        if event.button() == Qt.MouseButton.LeftButton and self.mark.isEnabled():
            self.mark.click()
            event.accept()
        else:
            super().mousePressEvent(event)

    # --- slots

    def _on_clicked(self) -> None:
        self.chosen.emit(self._position)
