"""Appeals and objections of one assessment: what was put forward, taking in another, and settling them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.context import Change
from ui.dialogs.step_dialog import text_field
from ui.models.objections_reading import Objections, load, settle, take_in
from ui.widgets.answer_editor import tight
from ui.widgets.day_edit import DayEdit, OptionalDay
from ui.widgets.desk_style import desk_style
from ui.widgets.plain import literal, plain_label, problem_label
from wufei_cells.domain.objections import Objection, ObjectionKind, ObjectionRow, Outcome
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext

SIZE = (820, 640)
COLUMNS = ("item", "text", "received_on", "due", "outcome")
OUTCOMES = {
    Outcome.OPEN: ("decide", "attention"),
    Outcome.UPHELD: ("check", "passed"),
    Outcome.DISMISSED: ("failed", "muted"),
}
ANSWERED_WITHIN = timedelta(days=15)
"""Proposed as the day for the answer; nothing lays it down."""
NOTHING, ONE, NEW = range(3)


class AppealsDialog(QDialog):
    """Lists what was put forward against a result.

    Signals:
        send_back_requested: one was upheld, and its item is to be sent back (the item's key, the remark).
    """

    send_back_requested = Signal(str, str)

    def __init__(self, context: AppContext, found: Objections, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._found = found
        self._build_list()
        self._build_one()
        self._build_new()
        self._build_layout()
        self.list.currentItemChanged.connect(self._on_entered)
        self.new_button.clicked.connect(self.begin_new)
        self.enter_button.clicked.connect(self._on_enter)
        self.settle_button.clicked.connect(self._on_settle)
        self.return_button.clicked.connect(self._on_return)
        self.kind_box.currentIndexChanged.connect(self._on_kind)
        self.outcome_box.currentIndexChanged.connect(self._on_outcome)
        self.buttons.rejected.connect(self.reject)
        self.setStyleSheet(desk_style(context.theme))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(*SIZE)
        self.retranslate()
        self._show_rows()

    # --- build

    def _build_list(self) -> None:
        self.heading_label = plain_label("section", wrap=True)
        self.list = QTreeWidget()
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setColumnCount(len(COLUMNS))
        header = self.list.header()
        header.setStretchLastSection(False)
        for column, name in enumerate(COLUMNS):
            mode = QHeaderView.ResizeMode.Stretch if name == "text" else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self.new_button = QPushButton()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)

    def _build_one(self) -> None:
        self.one = QWidget()
        self.about_label = plain_label(wrap=True)
        self.words_label = plain_label(wrap=True, selectable=True)
        self.who_label = plain_label("muted", wrap=True, selectable=True)
        self.settled_label = plain_label(wrap=True, selectable=True)
        self.about_label.setProperty("role", "section")
        self.outcome_label, self.reason_label = QLabel(), QLabel()
        self.outcome_box = QComboBox()
        for outcome in (Outcome.UPHELD, Outcome.DISMISSED):
            self.outcome_box.addItem("", outcome.value)
        self.outcome_box.setCurrentIndex(-1)
        self.reason_edit = text_field(64)
        self.settle_form = QWidget()
        form = QFormLayout(self.settle_form)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.outcome_label, self.outcome_box)
        form.addRow(self.reason_label, self.reason_edit)
        self.settle_hint = plain_label("muted", wrap=True)
        self.settle_problem = problem_label()
        self.settle_button, self.return_button = QPushButton(), QPushButton()
        self.settle_button.setProperty("role", "accent")
        foot = tight(QHBoxLayout())
        foot.addStretch(1)
        for button in (self.return_button, self.settle_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = tight(QVBoxLayout(self.one))
        for widget in (self.about_label, self.words_label, self.who_label, self.settled_label, self.settle_form):
            column.addWidget(widget)
        column.addWidget(self.settle_hint)
        column.addWidget(self.settle_problem)
        column.addStretch(1)
        column.addLayout(foot)

    def _build_new(self) -> None:
        self.new = QWidget()
        self.kind_box, self.item_box = QComboBox(), QComboBox()
        self.item_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.text_edit = text_field(64)
        self.received_edit, self.due_edit = DayEdit(), OptionalDay()
        self.name_edit, self.contact_edit = QLineEdit(), QLineEdit()
        fields = (self.kind_box, self.item_box, self.text_edit, self.received_edit, self.due_edit)
        names = ("kind", "item", "text", "received_on", "due", "name", "contact")
        self.fields: dict[str, QWidget] = dict(zip(names, (*fields, self.name_edit, self.contact_edit), strict=True))
        self._labels = {name: QLabel(textFormat=Qt.TextFormat.PlainText) for name in self.fields}
        self._form = QFormLayout()
        self._form.setVerticalSpacing(6)
        for name, field in self.fields.items():
            self._labels[name].setBuddy(field)
            self._form.addRow(self._labels[name], field)
        self.new_hint = plain_label("muted", wrap=True)
        self.new_problem = problem_label()
        self.enter_button = QPushButton()
        self.enter_button.setProperty("role", "accent")
        self.enter_button.setAutoDefault(False)
        foot = tight(QHBoxLayout())
        foot.addStretch(1)
        foot.addWidget(self.enter_button)
        column = tight(QVBoxLayout(self.new))
        column.addLayout(self._form)
        column.addWidget(self.new_hint)
        column.addWidget(self.new_problem)
        column.addStretch(1)
        column.addLayout(foot)

    def _build_layout(self) -> None:
        self.empty_label = plain_label("muted", wrap=True)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        for page in (self.empty_label, self.one, self.new):
            self.stack.addWidget(page)
        head = tight(QHBoxLayout())
        head.addWidget(self.heading_label, 1)
        head.addWidget(self.new_button)
        self.new_button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self.stack, 2)
        column.addWidget(self.buttons)

    # --- public

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("desk.appeals_title"))
        self.heading_label.setText(self._found.assessment.site_name)
        self.list.setHeaderLabels([tr(f"desk.appeals_{name}") for name in COLUMNS])
        self.list.setAccessibleName(tr("desk.appeals_title"))
        self.new_button.setText(tr("desk.appeals_new"))
        self.new_button.setIcon(self._context.theme.icon("plus"))
        for name, label in self._labels.items():
            words = tr(f"desk.appeals_{name}")
            label.setText(words)
            self.fields[name].setAccessibleName(words)
        self.due_edit.name(tr("desk.appeals_due_known"), tr("desk.appeals_due"))
        self.new_hint.setText(tr("desk.appeals_privacy"))
        self.enter_button.setText(tr("desk.appeals_enter"))
        self.outcome_label.setText(tr("desk.appeals_outcome"))
        self.outcome_box.setAccessibleName(tr("desk.appeals_outcome"))
        self.outcome_box.setPlaceholderText(tr("ui.choose"))
        for place in range(self.outcome_box.count()):
            self.outcome_box.setItemText(place, tr(f"desk.appeals_{self.outcome_box.itemData(place)}"))
        self.reason_label.setText(tr("desk.appeals_reason"))
        self.reason_edit.setAccessibleName(tr("desk.appeals_reason"))
        self.settle_button.setText(tr("desk.appeals_settle"))
        self.return_button.setText(tr("desk.appeals_send_back"))

    def show_open(self) -> None:
        """Show the one that has waited longest for its answer."""
        waiting = [place for place, row in enumerate(self._found.rows) if row.outcome is Outcome.OPEN]
        if waiting:
            self.list.setCurrentIndex(self.list.model().index(waiting[-1], 0))
            self.reason_edit.setFocus()

    def begin_new(self, *, kind: ObjectionKind | None = None) -> None:
        """Open the form for another one, of a kind or of the first there is."""
        i18n, found = self._context.i18n, self._found
        self.list.setCurrentIndex(QModelIndex())
        self.kind_box.clear()
        for each in found.kinds:
            self.kind_box.addItem(i18n.tr(f"desk.appeals_{each.value}"), each.value)
        if kind is not None:
            self.kind_box.setCurrentIndex(self.kind_box.findData(kind.value))
        self.item_box.clear()
        self.item_box.addItem(i18n.tr("desk.appeals_whole"), "")
        for entry in found.entries:
            self.item_box.addItem(f"{entry.number} {i18n.text(entry.text)}".replace("\n", " "), entry.key)
        self.received_edit.show_day(found.today)
        self.due_edit.show_day(found.today + ANSWERED_WITHIN, found.today + ANSWERED_WITHIN)
        for edit in (self.name_edit, self.contact_edit):
            edit.clear()
        self.text_edit.clear()
        self.new_problem.hide()
        self._on_kind()
        self.stack.setCurrentIndex(NEW)
        self.text_edit.setFocus()

    # --- what is shown

    @property
    def _row(self) -> ObjectionRow | None:
        entry = self.list.currentItem()
        key = entry.data(0, Qt.ItemDataRole.UserRole) if entry is not None else ""
        return next((row for row in self._found.rows if row.id == key), None)

    def _show_rows(self, chosen: str = "") -> None:
        i18n, theme = self._context.i18n, self._context.theme
        self.list.clear()
        for row in self._found.rows:
            said = row.objection
            outcome = i18n.tr(f"desk.appeals_{row.outcome.value}")
            texts = [self._about(row, short=True), said.text.replace("\n", " "), i18n.day(said.received_on)]
            entry = QTreeWidgetItem(self.list, [*texts, i18n.day(said.due), outcome])
            entry.setData(0, Qt.ItemDataRole.UserRole, row.id)
            entry.setIcon(len(COLUMNS) - 1, theme.icon(*OUTCOMES[row.outcome]))
            entry.setToolTip(1, literal(said.text))
            if row.id == chosen:
                self.list.setCurrentItem(entry)
        can = bool(self._found.kinds)
        self.new_button.setEnabled(can)
        self.empty_label.setText(i18n.tr("desk.appeals_empty" if can else "desk.appeals_closed"))
        if self._row is None and self._found.rows:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._on_entered()

    def _on_entered(self, *_items: object) -> None:
        row, i18n = self._row, self._context.i18n
        self.stack.setCurrentIndex(ONE if row else NOTHING)
        if row is None:
            return
        said, tr = row.objection, i18n.tr
        self.about_label.setText(f"{tr(f'desk.appeals_{said.kind.value}')} · {self._about(row)}")
        self.words_label.setText(said.text)
        who = [" ".join(filter(None, (said.name, said.contact)))]
        who.append(tr("desk.appeals_taken_in", name=row.author, at=i18n.moment(row.at), number=row.revision))
        self.who_label.setText(" · ".join(filter(None, who)))
        waiting = row.outcome is Outcome.OPEN
        values = {"outcome": tr(f"desk.appeals_{row.outcome.value}"), "name": row.settled_by, "reason": row.reason}
        self.settled_label.setText("" if waiting else tr("desk.appeals_settled", on=i18n.day(row.settled_on), **values))
        self.settled_label.setVisible(not waiting)
        for widget in (self.settle_form, self.settle_button):
            widget.setVisible(waiting)
        self.outcome_box.setCurrentIndex(-1)
        self.reason_edit.clear()
        self._on_outcome()
        self.settle_problem.hide()
        self.return_button.setVisible(self._found.waits_for_mending(row))

    def _about(self, row: ObjectionRow, *, short: bool = False) -> str:
        key = row.objection.item
        entry = next((entry for entry in self._found.entries if entry.key == key), None)
        if entry is None:
            return key or self._context.i18n.tr("desk.appeals_whole")
        return entry.number if short else f"{entry.number} {self._context.i18n.text(entry.text)}"

    # --- slots

    def _on_kind(self, _place: int = 0) -> None:
        self._form.setRowVisible(self.item_box, self.kind_box.currentData() == ObjectionKind.APPEAL.value)

    def _on_outcome(self, _place: int = 0) -> None:
        """Say what follows for a site in a public notice."""
        row, outcome = self._row, self.outcome_box.currentData()
        told = row is not None and row.objection.kind is ObjectionKind.OBJECTION and outcome is not None
        self.settle_hint.setText(self._context.i18n.tr(f"desk.appeals_hint_{outcome}") if told else "")
        self.settle_hint.setVisible(told)

    def _on_enter(self) -> None:
        kind = ObjectionKind(self.kind_box.currentData())
        said = Objection(
            assessment=self._found.assessment.id,
            kind=kind,
            text=self.text_edit.toPlainText(),
            received_on=self.received_edit.day,
            item=str(self.item_box.currentData() or "") if kind is ObjectionKind.APPEAL else "",
            name=self.name_edit.text(),
            contact=self.contact_edit.text(),
            due=self.due_edit.day,
        )
        refused = partial(self._on_refused, self.new_problem)
        self._context.ask(self, partial(take_in, said), self._on_written, refused, durable=True)

    def _on_settle(self) -> None:
        row = self._row
        if row is not None:
            outcome = Outcome(self.outcome_box.currentData() or Outcome.OPEN.value)
            job = partial(settle, row.id, outcome, self.reason_edit.toPlainText())
            refused = partial(self._on_refused, self.settle_problem)
            self._context.ask(self, job, self._on_written, refused, durable=True)

    def _on_return(self) -> None:
        row = self._row
        if row is not None:
            self.accept()
            self.send_back_requested.emit(row.objection.item, row.reason)

    def _on_written(self, row: ObjectionRow) -> None:
        self._context.events.assessment_changed.emit(Change(self._found.assessment.id, self))
        self._context.events.progress_changed.emit()
        self._context.ask(self, partial(load, self._found.assessment.id), partial(self._on_loaded, row.id))

    def _on_loaded(self, chosen: str, found: Objections) -> None:
        self._found = found
        self._show_rows(chosen)
        self.list.setFocus()

    def _on_refused(self, label: QLabel, error: Exception) -> None:
        if isinstance(error, WufeiError):
            label.setText(self._context.i18n.error(error))
            label.show()
        else:
            self._context.tasks.failed.emit(error)
