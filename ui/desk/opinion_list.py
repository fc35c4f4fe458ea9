"""What each sheet of a team says to the item on the desk, with a button to take it over into the record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label
from wufei_cells.domain.amounts import printed

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.team_reading import TeamView
    from wufei_cells.services.comparing_sheets import Difference, Opinion


class OpinionList(QWidget):
    """Shows the answers of all sheets that may be seen.

    Signals:
        taking_requested: a sheet's answer is to stand in the record (the sheet's id).
    """

    taking_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.take_buttons: dict[str, QPushButton] = {}
        self.title_label = plain_label("section", wrap=True)
        self._lines = tight(QVBoxLayout(), 6)
        layout = tight(QVBoxLayout(self), 6)
        layout.addWidget(self.title_label)
        layout.addLayout(self._lines)

    def show_row(self, view: TeamView, key: str, *, taking: bool) -> None:
        """Show what the sheets say to an entry; ``taking``: whether it can be taken over now."""
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.take_buttons.clear()
        row = view.side.row(key)
        self.setVisible(row is not None and bool(view.side.parts))
        if row is None:
            return
        self.title_label.setText(self._title(row))
        for opinion in row.opinions:
            self._lines.addWidget(self._line(view, row, opinion, taking=taking))

    def _title(self, row: Difference) -> str:
        tr = self._context.i18n.tr
        if row.spread:
            return tr("team.item_apart", points=printed(row.spread))
        return tr("team.item_differs" if row.differs else "team.item_same" if row.same_value else "team.item_sides")

    def _line(self, view: TeamView, row: Difference, opinion: Opinion, *, taking: bool) -> QWidget:
        tr = self._context.i18n.tr
        frame = QFrame(self)
        frame.setProperty("role", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(2)
        name = view.names[opinion.sheet]
        head = tight(QHBoxLayout(), 6)
        title = plain_label("caption", wrap=True)
        title.setText(name)
        head.addWidget(title, 1)
        points = plain_label("points")
        points.setText("" if opinion.points is None else tr("team.points", points=printed(opinion.points)))
        head.addWidget(points, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        texts = [view.words(opinion, row.key) if opinion.answer.given else tr("team.not_answered")]
        texts += [tr("team.note", note=opinion.answer.note)] if opinion.answer.note else []
        own = opinion.sheet == row.opinions[0].sheet
        if own and row.origin in view.names:
            texts.append(tr("team.origin", name=view.names[row.origin]))
        for text in texts:
            label = plain_label(wrap=True, selectable=True)
            label.setText(text)
            column.addWidget(label)
        if taking and not own and opinion.answer.given and opinion.answer != row.opinions[0].answer:
            self._add_button(column, opinion, name)
        return frame

    def _add_button(self, column: QVBoxLayout, opinion: Opinion, name: str) -> None:
        tr = self._context.i18n.tr
        button = QPushButton(tr("team.take"), self)
        button.setAccessibleName(tr("team.take_from", name=name))
        button.clicked.connect(partial(self.taking_requested.emit, opinion.sheet))
        self.take_buttons[opinion.sheet] = button
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
