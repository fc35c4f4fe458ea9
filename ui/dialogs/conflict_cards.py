"""The values of one conflict beside each other, as cards: what differs, who says it, when, on which device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label, scrolling
from wufei_cells.domain.conflicts import Choice, How

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.conflicts_reading import ToldView
    from wufei_cells.domain.conflicts import ConflictTold, Holder, Line, ValueTold

WIDTH = 200  # four beside each other in the dialog
PICTURE = 96
_IN_HEADLINE = {"answer": ("value", "na", "entry", "kept", "note")}
"""Fields that the headline and the note say already."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One card: a choice, and what it would make of the conflict."""

    choice: Choice
    value: ValueTold


def offers_of(told: ConflictTold) -> tuple[Offer, ...]:
    """List the cards of a conflict: the values that stand, what they make together, what was there before."""
    found = [Offer(Choice(How.TAKE, place), value) for place, value in enumerate(told.values)]
    if told.merged is not None:
        found.append(Offer(Choice(How.MERGED), told.merged))
    if told.before is not None:
        found.append(Offer(Choice(How.BEFORE), told.before))
    return tuple(found)


class ConflictCards(QWidget):
    """Shows the cards and which one is chosen.

    Signals:
        chosen: another card is chosen (its place).
        taken: a card was double-clicked.
    """

    chosen = Signal(int)
    taken = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.offers: tuple[Offer, ...] = ()
        self.cards: list[QFrame] = []
        self._marks: list[QLabel] = []
        self.place = 0
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.area: QScrollArea = scrolling(inside)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)

    # --- public

    def show_told(self, view: ToldView) -> None:
        """Show a conflict; the first value is chosen."""
        self.clear()
        self.offers = offers_of(view.told)
        for place, offer in enumerate(self.offers):
            card = self._card(place, offer, view)
            self.cards.append(card)
            self._row.addWidget(card, 1)
        self._row.addStretch(0)
        self.choose(0)

    def clear(self) -> None:
        """Show nothing."""
        self.offers = ()
        self.cards.clear()
        self._marks.clear()
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def choose(self, place: int) -> None:
        """Choose a card; beyond the ends nothing changes."""
        if not 0 <= place < len(self.cards):
            return
        self.place = place
        for index, (card, mark) in enumerate(zip(self.cards, self._marks, strict=True)):
            card.setProperty("chosen", index == place)
            card.style().polish(card)
            mark.setVisible(index == place)
        self.area.ensureWidgetVisible(self.cards[place], 0, 0)
        self.chosen.emit(place)

    def choose_merged(self) -> bool:
        """Choose what the values make together; tells whether there is anything of that kind."""
        merged = [place for place, offer in enumerate(self.offers) if offer.choice.how is How.MERGED]
        if merged:
            self.choose(merged[0])
        return bool(merged)

    def offer(self) -> Offer | None:
        """Give what is chosen."""
        return self.offers[self.place] if self.place < len(self.offers) else None

    # --- Qt events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a card with the mouse."""
        if isinstance(event, QMouseEvent) and watched in self.cards:
            if event.type() == QEvent.Type.MouseButtonPress:
                self.choose(self.cards.index(watched))  # type: ignore[arg-type]  # it is one of them
            elif event.type() == QEvent.Type.MouseButtonDblClick:
                self.taken.emit()
        return super().eventFilter(watched, event)

    # --- one card

    def _card(self, place: int, offer: Offer, view: ToldView) -> QFrame:
        tr, value = self._context.i18n.tr, offer.value
        card = QFrame()
        card.setProperty("role", "value")
        card.setMinimumWidth(WIDTH)
        card.installEventFilter(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addLayout(self._head(place, offer))
        points = tr("conflict.points", points=value.points) if value.points else ""
        column.addWidget(_label("section", " · ".join(filter(None, (value.headline, points)))))
        if value.note or view.told.row.kind == "answer":
            column.addWidget(_label("", value.note or tr("desk.conflict_no_note")))
        self._lines(column, view.told.row.kind, value)
        for holder in value.holders:
            column.addWidget(_label("caption", self._held(holder)))
        self._pictures(column, value, view)
        if offer.choice == Choice(How.TAKE, 0):
            column.addWidget(_label("attention", tr("conflict.ui_meanwhile")))
        if value.problem is not None:
            column.addWidget(_label("problem", self._context.i18n.problem(value.problem)))
        column.addStretch(1)
        spoken = [
            tr(f"conflict.ui_card_{offer.choice.how.value}", number=place + 1),
            value.headline,
            points,
            value.note,
        ]
        spoken += [f"{line.label} {line.text}" for line in value.lines if line.differs]
        card.setAccessibleName(" ".join(filter(None, [*spoken, *(self._held(one) for one in value.holders)])))
        return card

    def _head(self, place: int, offer: Offer) -> QHBoxLayout:
        tr, row = self._context.i18n.tr, QHBoxLayout()
        row.setSpacing(8)
        title = tr(f"conflict.ui_card_{offer.choice.how.value}", number=place + 1)
        row.addWidget(_label("caption", title, wrap=False))
        row.addStretch(1)
        mark = plain_label("conflict")
        mark.setText(tr("conflict.ui_chosen"))
        mark.setVisible(False)
        row.addWidget(mark)
        self._marks.append(mark)
        return row

    def _lines(self, column: QVBoxLayout, kind: str, value: ValueTold) -> None:
        said = _IN_HEADLINE.get(kind, ())
        lines = [line for line in value.lines if line.field not in said]
        if not lines:
            return
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for number, line in enumerate(lines):
            self._line(grid, number, line)
        column.addLayout(grid)

    def _line(self, grid: QGridLayout, number: int, line: Line) -> None:
        top = Qt.AlignmentFlag.AlignTop
        if line.differs:
            mark = plain_label("conflict")
            mark.setText("≠")
            mark.setToolTip(self._context.i18n.tr("conflict.ui_differs"))
            grid.addWidget(mark, number, 0, top)
        label = _label("muted", line.label, wrap=False)
        grid.addWidget(label, number, 1, top)
        grid.addWidget(_label("part_title" if line.differs else "", line.text), number, 2, top)

    def _held(self, holder: Holder) -> str:
        i18n = self._context.i18n
        said = i18n.tr("conflict.ui_by", name=holder.author, at=i18n.moment(holder.at), device=holder.device)
        return f"{said} · {i18n.tr('conflict.ui_restored', name=holder.restored_by)}" if holder.restored_by else said

    def _pictures(self, column: QVBoxLayout, value: ValueTold, view: ToldView) -> None:
        shown = [view.pictures[key] for key in value.evidence if key in view.pictures]
        missing = len([key for key in value.evidence if key not in view.pictures])
        if shown:
            row = QHBoxLayout()
            row.setSpacing(4)
            for number, content in enumerate(shown, 1):
                row.addWidget(self._picture(content, number))
            row.addStretch(1)
            column.addLayout(row)
        if missing:
            column.addWidget(_label("caption", self._context.i18n.tr("conflict.ui_pictures_missing", count=missing)))

    def _picture(self, content: bytes, number: int) -> QLabel:
        label, picture = QLabel(), QPixmap()
        picture.loadFromData(content)
        ratio = self.devicePixelRatioF()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        scaled = picture.scaled(round(PICTURE * ratio), round(PICTURE * ratio), keep, smooth)
        scaled.setDevicePixelRatio(ratio)
        label.setPixmap(scaled)
        label.setAccessibleName(self._context.i18n.tr("conflict.ui_picture", number=number))
        return label


def _label(role: str, text: str, *, wrap: bool = True) -> QLabel:
    label = plain_label(role, wrap=wrap)
    label.setText(text)
    return label
