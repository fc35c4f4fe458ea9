"""The sheet of keys: what every key does in the room that is open, and anywhere in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.models.keys import FULL_WIDTH, GROUPS, OF_ROOM, WINDOW, KeyLine, gathered, shown, window_lines
from ui.widgets.desk_style import desk_style
from ui.widgets.desk_view import COMMANDS
from ui.widgets.plain import plain_label, scrolling

if TYPE_CHECKING:
    from ui.context import AppContext

Group = tuple[str, tuple[KeyLine, ...]]
SIZE = (860, 640)


def groups_of(room: str, rooms: int) -> list[Group]:
    """List the groups of keys of a room, and those that work anywhere last."""
    return [*((name, _lines(name)) for name in OF_ROOM.get(room, ())), ("window", window_lines(rooms))]


def _lines(group: str) -> tuple[KeyLine, ...]:
    """Give the lines of a group; most of the desk's keys are told by the desk itself."""
    if group == "desk":
        return (*GROUPS[group], *gathered(COMMANDS, group))
    return GROUPS[group]


class KeysDialog(QDialog):
    """Shows the keys in two columns; Esc or the key that opened it closes it."""

    def __init__(self, context: AppContext, room: str, rooms: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        tr = context.i18n.tr
        self.setWindowTitle(tr("keys.title"))
        self.setStyleSheet(desk_style(context.theme))
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(8, 4, 8, 4)
        columns.setSpacing(32)
        for groups in _in_two(groups_of(room, rooms)):
            column = QVBoxLayout()
            column.setSpacing(20)
            for name, lines in groups:
                column.addWidget(self._group(name, lines))
            column.addStretch(1)
            columns.addLayout(column, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        area = scrolling(inside)
        area.setAccessibleName(tr("keys.title"))
        whole.addWidget(area, 1)
        whole.addWidget(buttons)
        for keys in (WINDOW["keys"], *FULL_WIDTH.values()):
            QShortcut(QKeySequence(keys), self).activated.connect(self.reject)
        room_for = parent.window().size() if parent else QSize(*SIZE)
        self.resize(QSize(*SIZE).boundedTo(room_for))
        area.setFocus()  # so that its keys scroll

    def _group(self, name: str, lines: tuple[KeyLine, ...]) -> QWidget:
        group = QWidget()
        grid = QGridLayout(group)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        title = plain_label("section")
        title.setText(self._context.i18n.tr(f"keys.group.{name}") if name else "")
        grid.addWidget(title, 0, 0, 1, 2)
        for row, line in enumerate(lines, 1):
            words = plain_label(wrap=True)
            words.setText(self._context.i18n.tr(line.name))
            grid.addWidget(_caps(line), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(words, row, 1)
        return group


def _caps(line: KeyLine) -> QWidget:
    """Draw the keys of a line as one sees them on a keyboard."""
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    for place, keys in enumerate(line.keys):
        if place and keys != "–" and line.keys[place - 1] != "–":
            row.addSpacing(6)
        for part in shown(keys):
            row.addWidget(_cap(part) if keys != "–" else _dash(part))
    return whole


def _cap(part: str) -> QLabel:
    cap = plain_label("key")
    cap.setText(part)
    cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
    cap.setMinimumSize(26, 24)
    cap.setContentsMargins(6, 0, 6, 0)
    return cap


def _dash(part: str) -> QLabel:
    label = plain_label("muted")
    label.setText(part)
    return label


def _in_two(groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """Share the groups out among two columns of about the same length; a long one goes on in the second, untitled."""
    sizes = [len(lines) + 2 for _name, lines in groups]
    half = sum(sizes) // 2
    first, lines = groups[0]
    if len(lines) > half:
        return [(first, lines[:half])], [("", lines[half:]), *groups[1:]]
    cut = min(range(1, len(groups) + 1), key=lambda at: max(sum(sizes[:at]), sum(sizes[at:])))
    return groups[:cut], groups[cut:]
