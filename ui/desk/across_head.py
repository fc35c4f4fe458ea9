"""The head of the view of one item over many sites: the item, how the sites stand, and who is strict."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.desk.points_bars import PointsBars
from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Item
from wufei_cells.domain.numbers_in_text import with_numbers
from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.services.measure_wording import score_text

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.desk.across_loading import Loaded
    from wufei_cells.services.site_answers import Across, Distribution

TOLD = (Outcome.MET, Outcome.DEDUCTED, Outcome.NOT_APPLICABLE, Outcome.OPEN, Outcome.UNCLAIMED, Outcome.EXCLUDED)


class AcrossHead(QWidget):
    """Shows the item and what the sites say together.

    Signals:
        step_requested: the item before (-1) or after (1) is wanted.
        calibration_requested: the person wants everybody compared over all items of the category.
    """

    step_requested = Signal(int)
    calibration_requested = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._loaded: Loaded | None = None
        self._whole: tuple[str, ...] = ()
        self._build_widgets()
        self._build_layout()
        self.before_button.clicked.connect(self._on_before)
        self.after_button.clicked.connect(self._on_after)
        self.strict_button.toggled.connect(self._show_strict)
        self.whole_button.clicked.connect(self.calibration_requested)

    # --- build

    def _build_widgets(self) -> None:
        self.number_label = plain_label("section")
        self.text_label = plain_label("section", wrap=True)
        for label in (self.number_label, self.text_label):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.remark_label = plain_label("muted", wrap=True)
        self.before_button, self.after_button = QToolButton(self), QToolButton(self)
        self.bars = PointsBars(self._context, self)
        self.counts_label = plain_label("", wrap=True)
        self.points_label = plain_label("muted", wrap=True)
        self.strict_button = QPushButton(self)
        self.strict_button.setCheckable(True)
        self.strict_button.setProperty("role", "chip")
        self.strict_label = plain_label("", wrap=True, selectable=True)
        self.whole_button = QPushButton(self)
        self.whole_button.setProperty("role", "flat")
        for widget in (self.strict_label, self.whole_button):
            widget.hide()

    def _build_layout(self) -> None:
        top = tight(QHBoxLayout())
        top.addWidget(self.number_label)
        top.addWidget(self.text_label, 1)
        for button in (self.before_button, self.after_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        told = tight(QVBoxLayout(), 2)
        told.addStretch(1)
        told.addWidget(self.counts_label)
        told.addWidget(self.points_label)
        told.addStretch(1)
        middle = tight(QHBoxLayout(), 16)
        middle.addWidget(self.bars)
        middle.addLayout(told, 1)
        middle.addWidget(self.strict_button, 0, Qt.AlignmentFlag.AlignVCenter)
        strict = tight(QHBoxLayout())
        strict.addWidget(self.strict_label, 1)
        strict.addWidget(self.whole_button, 0, Qt.AlignmentFlag.AlignTop)
        column = tight(QVBoxLayout(self), 8)
        column.addLayout(top)
        column.addWidget(self.remark_label)
        column.addLayout(middle)
        column.addLayout(strict)

    # --- public

    def show_loaded(self, loaded: Loaded) -> None:
        """Show an item and what the sites say together."""
        before = self._loaded.across.checklist.category.key if self._loaded else ""
        if loaded.across.checklist.category.key != before:
            self._whole = ()
        self._loaded = loaded
        self._write()

    def show_whole(self, lines: tuple[str, ...]) -> None:
        """Show how everybody compares over all items of the category."""
        self._whole = lines
        self._show_strict()

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        for button, icon, key in (
            (self.before_button, "up", "desk.across.before"),
            (self.after_button, "down", "desk.across.after"),
        ):
            button.setIcon(theme.icon(icon))
            button.setAccessibleName(tr(key))
            button.setToolTip(tr(key))
        self.strict_button.setText(tr("desk.across.strict"))
        self.whole_button.setText(tr("desk.across.strict_whole"))
        self._whole = ()  # it was told in the other language
        self._write()

    # --- slots

    def _on_before(self) -> None:
        self.step_requested.emit(-1)

    def _on_after(self) -> None:
        self.step_requested.emit(1)

    def _show_strict(self) -> None:
        """Show who is strict only to somebody who asked."""
        asked = self.strict_button.isChecked() and self._loaded is not None
        self.strict_label.setVisible(asked)
        self.whole_button.setVisible(asked)
        if not asked or self._loaded is None:
            self.strict_label.clear()
            return
        tr = self._context.i18n.tr
        lines = [tr("desk.across.strict_here"), *self._loaded.strict]
        if self._whole:
            lines += ["", tr("desk.across.strict_everywhere"), *self._whole]
        self.strict_label.setText("\n".join(lines))

    # --- the rest

    def _write(self) -> None:
        if self._loaded is None:
            return
        across, i18n = self._loaded.across, self._context.i18n
        entry = across.entry
        self.number_label.setText(entry.number)
        self.text_label.setText(i18n.text(with_numbers(entry.text, across.checklist, None)))
        self.remark_label.setText(self._remark(across))
        self.remark_label.setVisible(bool(self.remark_label.text()))
        counts, points = self._told(across.distribution, across)
        self.counts_label.setText(counts)
        self.points_label.setText(points)
        self.points_label.setVisible(bool(points))
        self.bars.show_points(across.distribution.points, across.full or Fraction(0), points, taken=across.taken)
        self._show_strict()

    def _remark(self, across: Across) -> str:
        i18n = self._context.i18n
        if not isinstance(across.entry, Item):
            return ""
        return i18n.text(with_numbers(across.entry.scoring, across.checklist, None))

    def _told(self, together: Distribution, across: Across) -> tuple[str, str]:
        """Say how many sites stand how, and where their points lie."""
        tr = self._context.i18n.tr
        kind = "item" if across.full is not None else "gate"
        counts = [
            tr(f"desk.across.{kind}_{outcome.value}", count=together.counts[outcome])
            for outcome in TOLD
            if together.counts[outcome]
        ]
        middle, half, span = together.median, together.middle_half, together.span
        if middle is None or half is None or span is None:
            return " · ".join(counts), ""
        if together.compared == 1:
            return " · ".join(counts), tr("desk.across.points_one", points=score_text(span))
        key = "desk.across.points_taken" if across.taken else "desk.across.points"
        if span.settled:
            return " · ".join(counts), tr("desk.across.points_same", points=printed(middle), count=together.compared)
        from_to = printed(half[0]) if half[0] == half[1] else f"{printed(half[0])}–{printed(half[1])}"
        points = tr(key, median=printed(middle), half=from_to, span=score_text(span), count=together.compared)
        return " · ".join(counts), points
