"""What a number rests on, quietly under it: one line that opens into period, source, and rows with their sums."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.basis_rows import BasisField, BasisRows
from ui.widgets.basis_sums import BasisSums
from ui.widgets.basis_table import BasisTable
from ui.widgets.plain import plain_label
from wufei_cells.domain.answers import Basis
from wufei_cells.scoring.bases import LONGEST_PERIOD, LONGEST_SOURCE, MOST_ROWS, row_sums

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from ui.i18n import I18n

LONGEST_SHOWN = 24
ROOM_BELOW = 96  # pixels kept visible around the cell that is written


@dataclass(frozen=True, slots=True)
class BasisKind:
    """How the basis of one kind of answer is asked for."""

    rows_key: str
    """The wording key of what a row tells."""
    first: str = ""
    """The number that a new row begins with."""
    quiet: bool = False
    """Whether nothing is shown until there is something or somebody asks for it."""


class BasisPanel(QWidget):
    """Shows the basis of one number and takes it.

    Signals:
        edited: something changed; ``True`` while it is being typed.
        shown_anew: another basis was put here; not an edit.
    """

    edited = Signal(bool)
    shown_anew = Signal()

    def __init__(self, i18n: I18n, kind: BasisKind, fields: Sequence[BasisField], parent: QWidget) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._kind = kind
        self._fields = tuple(fields)
        self._basis = Basis()
        self._sums: dict[str, str] = {}
        self._read_only = False
        self._touched = False
        self._showing = False
        self._body: _Body | None = None
        self.toggle_button = QToolButton(self)
        self.toggle_button.setProperty("role", "flat")
        self.toggle_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggle_button.setArrowType(Qt.ArrowType.RightArrow)
        self.toggle_button.clicked.connect(self.toggle)
        self.problem_label = plain_label("problem", wrap=True)
        self.problem_label.hide()
        self._layout = tight(QVBoxLayout(self), 4)
        self._layout.addWidget(self.toggle_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._layout.addWidget(self.problem_label)
        self._revealing = QTimer(self, singleShot=True, interval=0)
        self._revealing.timeout.connect(self._reveal)
        self._say_what()

    # --- public

    @property
    def body(self) -> _Body:
        """What the line opens into; made when it is first needed."""
        return self._body or self._made_body()

    @property
    def is_open(self) -> bool:
        """Whether period, source and rows are shown."""
        return self._body is not None and not self._body.isHidden()

    def basis(self) -> Basis:
        """Give what stands here."""
        return self._basis

    def sums(self) -> dict[str, str]:
        """Give the sums of the rows, for the fields that any row carries."""
        return self._sums

    def set_basis(self, basis: Basis) -> None:
        """Show a stored basis; not an edit."""
        if basis != self._basis:
            self._basis = basis
            self._touched = False
            if self._body is not None:
                self._fill(self._body)
        self._add_up()
        self._say_what()
        self.shown_anew.emit()

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        if read_only != self._read_only:
            self._read_only = read_only
            if self._body is not None:
                self._body.set_read_only(read_only)
            self._say_what()

    def toggle(self) -> None:
        """Open what the line stands for, or close it."""
        if self.is_open:
            self.close_body()
        else:
            self.open_body()

    def open_body(self) -> None:
        """Show period, source and rows, with the cursor where one begins to write."""
        self.body.show()
        self.toggle_button.setArrowType(Qt.ArrowType.DownArrow)
        self._say_what()
        self._revealing.start()
        if not self._read_only:
            self.body.begin(rows_first=bool(self._kind.first))

    def close_body(self) -> None:
        """Show the one line again."""
        if self._body is not None:
            self._body.hide()
        self.toggle_button.setArrowType(Qt.ArrowType.RightArrow)
        self._say_what()

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong with the basis; an empty sentence takes it back."""
        self.problem_label.setText(sentence)
        self.problem_label.setVisible(bool(sentence))

    def set_words(self, fields: Sequence[BasisField]) -> None:
        """Read all words again; the fields are the same under other names."""
        self._fields = tuple(fields)
        if self._body is not None:
            self._body.retranslate(self._kind.rows_key, self._fields)
        self._add_up()
        self._say_what()

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter from period to source to rows."""
        following = self._after_enter() if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else None
        if following is None:
            super().keyPressEvent(event)
        else:
            following()
            event.accept()

    def _after_enter(self) -> Callable[[], None] | None:
        if self.toggle_button.hasFocus():
            return self.toggle
        return self._body.after_enter() if self._body is not None else None

    # --- parts

    def _made_body(self) -> _Body:
        body = _Body(self._i18n, BasisRows(self._fields, self, first=self._kind.first), self)
        body.retranslate(self._kind.rows_key, self._fields)
        body.set_read_only(self._read_only)
        body.hide()
        self._layout.insertWidget(1, body)
        self._body = body
        self._fill(body)
        self._add_up()
        for edit in (body.period_edit, body.source_edit):
            edit.textEdited.connect(self._on_typed)
            edit.editingFinished.connect(self._on_settled)
        body.rows.rows_edited.connect(self._on_typed)
        body.rows.rowsInserted.connect(self._revealing.start)
        body.table.row_left.connect(self._on_settled)
        body.table.paste_refused.connect(self._on_paste_refused)
        body.delete_button.clicked.connect(self._on_delete)
        return body

    def _fill(self, body: _Body) -> None:
        self._showing = True
        body.period_edit.setText(self._basis.period)
        body.source_edit.setText(self._basis.source)
        body.rows.set_rows(self._basis.rows)
        self._showing = False

    def _add_up(self) -> None:
        names = {field.name for field in self._fields}
        self._sums = {name: total for name, total in row_sums(self._basis.rows).items() if name in names}
        if self._body is not None:
            count = len(self._basis.rows)
            self._body.sums.show_sums(self._i18n.tr("desk.basis_sum", count=count), self._sums)
            self._body.sums.setVisible(bool(self._sums))

    def _reveal(self) -> None:
        """Scroll to where somebody writes; until the body is laid out there is nothing to scroll to."""
        area: QWidget | None = self
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            focused = QApplication.focusWidget()
            inside = focused is not None and self.isAncestorOf(focused)
            area.ensureWidgetVisible(focused if focused is not None and inside else self, 0, ROOM_BELOW)

    def _say_what(self) -> None:
        """Write the one line: what is there, or what could be."""
        tr, basis = self._i18n.tr, self._basis
        told = [text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…" for text in _texts(basis)]
        if basis.rows:
            told.append(tr("desk.basis_rows", count=len(basis.rows)))
        line = tr("desk.basis_line", told=" · ".join(told)) if told else tr("desk.basis_none")
        if self.toggle_button.text() != line:
            self.toggle_button.setText(line)
            self.toggle_button.setAccessibleName(line)
        nothing = not told and not self.is_open
        self.setVisible(not (nothing and (self._kind.quiet or self._read_only)))

    # --- slots

    def _on_typed(self, _text: str = "") -> None:
        if self._showing or self._body is None:
            return
        body = self._body
        self._basis = Basis(body.period_edit.text().strip(), body.source_edit.text().strip(), body.rows.rows())
        self._touched = True
        self._add_up()
        self._say_what()
        self.edited.emit(True)

    def _on_settled(self) -> None:
        if self._touched:
            self._touched = False
            self.edited.emit(False)

    def _on_delete(self) -> None:
        if self._body is not None:
            self._body.table.remove_current()
            self._on_settled()

    def _on_paste_refused(self, count: int) -> None:
        self.show_problem(self._i18n.tr("desk.basis_paste_refused", count=count, limit=MOST_ROWS))


class _Body(QWidget):
    """Period, source, and the rows with their sums."""

    def __init__(self, i18n: I18n, rows: BasisRows, parent: QWidget) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self.rows = rows
        self.period_label, self.period_edit = self._field(LONGEST_PERIOD)
        self.source_label, self.source_edit = self._field(LONGEST_SOURCE)
        self.table = BasisTable(rows, self)
        self.sums = BasisSums(self.table, self)
        self.sums.hide()
        self.hint_label = plain_label("caption", wrap=True)
        self.delete_button = QPushButton(self)
        self.delete_button.setProperty("role", "flat")
        self._build_layout()

    def _field(self, longest: int) -> tuple[QLabel, QLineEdit]:
        label, edit = plain_label("muted"), QLineEdit(self)
        edit.setMaxLength(longest)
        label.setBuddy(edit)
        return label, edit

    def _build_layout(self) -> None:
        fields = tight(QHBoxLayout())
        for label, edit, stretch in (
            (self.period_label, self.period_edit, 2),
            (self.source_label, self.source_edit, 3),
        ):
            fields.addWidget(label)
            fields.addWidget(edit, stretch)
        foot = tight(QHBoxLayout())
        foot.addWidget(self.hint_label, 1)
        foot.addWidget(self.delete_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = tight(QVBoxLayout(self), 4)
        layout.addLayout(fields)
        layout.addWidget(self.table)
        layout.addWidget(self.sums)
        layout.addLayout(foot)

    def retranslate(self, rows_key: str, fields: Sequence[BasisField]) -> None:
        """Read all words again."""
        tr = self._i18n.tr
        for label, edit, key in (
            (self.period_label, self.period_edit, "desk.basis_period"),
            (self.source_label, self.source_edit, "desk.basis_source"),
        ):
            label.setText(tr(key))
            edit.setAccessibleName(tr(key))
        self.period_edit.setPlaceholderText(tr("desk.basis_period_hint"))
        self.source_edit.setPlaceholderText(tr("desk.basis_source_hint"))
        self.rows.set_words(tr(rows_key), fields)
        self.table.setAccessibleName(tr("desk.basis_table"))
        self.hint_label.setText(tr("desk.basis_keys"))
        self.delete_button.setText(tr("desk.basis_delete_row"))

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        for edit in (self.period_edit, self.source_edit):
            edit.setReadOnly(read_only)
        self.rows.set_editable(not read_only)
        self.delete_button.setVisible(not read_only)
        self.hint_label.setVisible(not read_only)

    def begin(self, *, rows_first: bool) -> None:
        """Put the cursor into the rows, or into what is still empty before them."""
        empty = next((edit for edit in (self.period_edit, self.source_edit) if not edit.text()), None)
        if rows_first or empty is None:
            self.table.begin()
        else:
            empty.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def after_enter(self) -> Callable[[], None] | None:
        """Tell where Enter goes on to from the field with the cursor."""
        if self.period_edit.hasFocus():
            return self.source_edit.setFocus
        return self.table.begin if self.source_edit.hasFocus() else None

    def changeEvent(self, event: QEvent) -> None:
        """Fit the table to another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.table.fit_height()


def _texts(basis: Basis) -> list[str]:
    return [text for text in (basis.period, basis.source) if text]
