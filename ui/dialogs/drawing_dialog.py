"""Dual-random sampling in the window: choose, see the list as it would be, draw, save the papers, see what is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.save_dialog import SaveDialog
from ui.models.drawing_reading import (
    LIST,
    PROTOCOL,
    VISITS,
    DrawingStart,
    DrawnResult,
    Lot,
    load_result,
    load_start,
    make_drawing,
    make_plan,
    survey,
    write_paper,
)
from ui.models.tool_tips import literal
from ui.widgets.desk_style import desk_style
from ui.widgets.drawing_form import DrawingForm
from ui.widgets.plain import plain_label, scrolling
from ui.widgets.state_view import StateView
from wufei_cells.documents.drawing_words import DrawingWords
from wufei_cells.errors import ProblemsFound, WufeiError
from wufei_cells.services.saving import file_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.domain.drawings import Choice, DrawingPlan

SIZE = (1080, 720)
FORM, PREVIEW = 460, 620
SITE = 200  # width of the column of names
SETTLED = 300
"""Milliseconds after the last key before the list is made anew."""
MOST_PROBLEMS = 6


class DrawingDialog(QDialog):
    """Draws sites and inspectors by lot; everything it asks runs off the GUI thread.

    Signals:
        drawn: a drawing was put on record (its id).
        check_requested: the person wants to record the check of a drawn site (the certificate's id).
    """

    drawn = Signal(str)
    check_requested = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context = context
        self._asked = 0
        self.plan: DrawingPlan | None = None
        self.shown: DrawnResult | None = None
        self._timer = QTimer(self, singleShot=True, interval=SETTLED)
        self._build_widgets()
        self._build_layout()
        self._timer.timeout.connect(self._ask_plan)
        self.form.changed.connect(self._on_changed)
        self.past_box.currentIndexChanged.connect(self._on_past)
        self.table.activated.connect(self._on_opened)
        self.draw_button.clicked.connect(self.draw)
        self.list_button.clicked.connect(partial(self._ask_path, LIST))
        self.protocol_button.clicked.connect(partial(self._ask_path, PROTOCOL))
        self.visits_button.clicked.connect(partial(self._ask_path, VISITS))
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._ask_start)
        self.resize(*SIZE)
        self._show_plan(None, "")
        self._ask_start()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("drawing.ui_window"))
        self.past_box = QComboBox()
        self.past_box.setAccessibleName(tr("drawing.ui_past"))
        self.form = DrawingForm(self._context)
        self.heading_label = plain_label("section", wrap=True)
        self.told_label = plain_label("muted", wrap=True, selectable=True)
        self.problem_label = plain_label("problem", wrap=True, selectable=True)
        self.table = QTableWidget()
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.table.horizontalHeader().setHighlightSections(False)
        self.list_button = QPushButton(theme.icon("save"), tr("drawing.ui_save_list"))
        self.protocol_button = QPushButton(theme.icon("save"), tr("drawing.ui_save_protocol"))
        self.visits_button = QPushButton(theme.icon("save"), tr("drawing.ui_save_visits"))
        self.draw_button = QPushButton(tr("drawing.ui_draw"))
        self.draw_button.setProperty("role", "accent")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(
            False
        )  # Enter in a field must not close
        for button in (self.list_button, self.protocol_button, self.visits_button, self.draw_button):
            button.setAutoDefault(False)
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)

    def _build_layout(self) -> None:
        self._left = scrolling(self.form)
        right = QWidget()
        shown = QVBoxLayout(right)
        shown.setContentsMargins(16, 8, 16, 0)
        shown.setSpacing(8)
        for widget in (self.heading_label, self.told_label, self.problem_label):
            shown.addWidget(widget)
        shown.addWidget(self.table, 1)
        inside = QSplitter(Qt.Orientation.Horizontal)
        inside.addWidget(self._left)
        inside.addWidget(right)
        inside.setChildrenCollapsible(False)
        inside.setSizes([FORM, PREVIEW])
        inside.setStretchFactor(1, 1)
        self.state_view = StateView(self._context, inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 12)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.past_box, 1)
        column.addLayout(top)
        column.addWidget(self.state_view, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.addWidget(self.buttons)
        column.addLayout(foot)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- public

    def draw(self) -> None:
        """Draw from the list as it stands, with the seed as it was typed."""
        self._timer.stop()
        self.draw_button.setEnabled(False)
        label = self._context.i18n.tr("drawing.ui_drawing")
        job = partial(_draw, self.form.choice(), Lot(*self.form.seed()))
        self._context.work(self, job, self._on_drawn, self._on_refused, label=label)

    # --- asking

    def _ask_start(self) -> None:
        self.state_view.expect_content()
        self._context.ask(self, load_start, self._on_start, self.state_view.show_error)

    def _on_start(self, start: DrawingStart) -> None:
        self.form.offer(start.places, start.people, start.sites, start.declared)
        self._fill_past(start)
        self.state_view.show_content()
        self.form.title_edit.setFocus()
        self._ask_plan()

    def _fill_past(self, start: DrawingStart) -> None:
        tr = self._context.i18n.tr
        self.past_box.blockSignals(True)
        self.past_box.clear()
        self.past_box.addItem(tr("drawing.ui_new"), "")
        for row in start.earlier:
            plan = row.drawing.plan
            self.past_box.addItem(tr("drawing.ui_earlier", title=plan.choice.title, on=plan.on), row.id)
        self.past_box.blockSignals(False)

    def _on_changed(self) -> None:
        self._asked += 1  # an answer that is under way is of a list that is not wanted any more
        self.draw_button.setEnabled(False)
        self._timer.start()

    def _ask_plan(self) -> None:
        self._asked += 1
        number = self._asked
        self._context.ask(
            self,
            partial(make_plan if self.form.complete else survey, self.form.choice()),
            partial(self._on_plan, number),
            partial(self._on_no_plan, number),
        )

    def _on_plan(self, number: int, made: tuple[DrawingPlan, str]) -> None:
        if number == self._asked:
            self._show_plan(*made)

    def _on_no_plan(self, number: int, error: Exception) -> None:
        if number != self._asked:
            return
        self._show_plan(None, "")
        self._show_problems(error)

    def _on_past(self, place: int) -> None:
        key = self.past_box.itemData(place)
        self._left.setVisible(not key)
        self._asked += 1
        if key:
            self._context.ask(self, partial(load_result, key), self._show_result)
        else:
            self._ask_plan()

    def _on_drawn(self, result: DrawnResult) -> None:
        plan = result.row.drawing.plan
        tr = self._context.i18n.tr
        self.past_box.blockSignals(True)
        self.past_box.insertItem(1, tr("drawing.ui_earlier", title=plan.choice.title, on=plan.on), result.row.id)
        self.past_box.setCurrentIndex(1)
        self.past_box.blockSignals(False)
        self._left.hide()
        self._show_result(result)
        self.drawn.emit(result.row.id)

    def _on_refused(self, error: Exception) -> None:
        self._offer_buttons()
        self._show_problems(error)

    def _on_opened(self, index: QModelIndex) -> None:
        if self.shown is not None and self.shown.visits[index.row()].certificate:
            self.check_requested.emit(self.shown.visits[index.row()].certificate)

    # --- showing

    def _show_plan(self, plan: DrawingPlan | None, of_list: str) -> None:
        self.plan, self.shown = plan, None
        tr = self._context.i18n.tr
        self.problem_label.hide()
        self._offer_buttons()
        if plan is None:
            self.heading_label.setText(tr("drawing.ui_no_list"))
            self.told_label.setText("")
            self._fill((), ())
            return
        words = DrawingWords(plan, self._context.i18n.wording)
        key = "drawing.ui_list" if of_list else "drawing.ui_survey"
        listed, left_out = len(plan.candidates), len(plan.exclusions)
        self.heading_label.setText(tr(key, candidates=listed, count=plan.count, left_out=left_out))
        self.told_label.setText(tr("drawing.cli_hash", hash=of_list) if of_list else tr("drawing.ui_still_missing"))
        columns = ("column_site", "column_district", "column_weight", "column_reasons")
        rows = [(one.name, words.district(one), str(one.weight), words.weight_reasons(one)) for one in plan.candidates]
        rows += [(one.name, "", "–", tr("drawing.ui_left_out", reason=words.exclusion(one))) for one in plan.exclusions]
        self._fill(columns, rows)

    def _show_result(self, result: DrawnResult) -> None:
        self.plan, self.shown = result.row.drawing.plan, result
        tr, drawing = self._context.i18n.tr, result.row.drawing
        words = DrawingWords(drawing.plan, self._context.i18n.wording)
        self.problem_label.hide()
        self._offer_buttons()
        done = sum(visit.done_on is not None for visit in result.visits)
        self.heading_label.setText(
            tr("drawing.ui_result", title=drawing.plan.choice.title, count=len(drawing.drawn), done=done)
        )
        told = (
            tr("drawing.ui_drawn", name=result.row.author, on=drawing.plan.on),
            tr("drawing.cli_seed", seed=drawing.seed, source=drawing.seed_source),
            tr("drawing.cli_hash", hash=drawing.list_hash),
        )
        self.told_label.setText("\n".join(told))
        columns = ("column_site", "column_district", "column_inspectors", "ui_column_done")
        rows = [
            (
                visit.site.name,
                words.district(visit.site),
                words.names(visit.drawn.inspectors),
                tr("drawing.cli_done", on=visit.done_on) if visit.done_on else tr("drawing.cli_not_done"),
            )
            for visit in result.visits
        ]
        self._fill(columns, rows)

    def _offer_buttons(self) -> None:
        drawn = self.shown is not None
        ready = self.plan is not None and self.plan.count > 0
        self.draw_button.setVisible(not drawn)
        self.draw_button.setEnabled(ready and not drawn)
        self.list_button.setVisible(not drawn)
        self.list_button.setEnabled(ready)
        for button in (self.protocol_button, self.visits_button):
            button.setVisible(drawn)

    def _fill(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show rows under the titles of their columns."""
        tr = self._context.i18n.tr
        self.table.clear()
        self.table.setColumnCount(len(columns))
        self.table.setRowCount(len(rows))
        self.table.setHorizontalHeaderLabels([tr(f"drawing.{key}") for key in columns])
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(literal(text))
                self.table.setItem(row, column, item)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        if columns:
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
            self.table.setColumnWidth(0, SITE)
            header.setSectionResizeMode(2 if self.shown is not None else 3, QHeaderView.ResizeMode.Stretch)

    def _show_problems(self, error: Exception) -> None:
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
            return
        i18n = self._context.i18n
        told = [i18n.error(error)]
        if isinstance(error, ProblemsFound):
            told = [i18n.problem(problem) for problem in error.problems]
        self.problem_label.setText("\n".join(_first(told)))
        self.problem_label.show()

    # --- papers

    def _ask_path(self, kind: str) -> None:
        if self.plan is None:
            return
        tr = self._context.i18n.tr
        name = file_name(tr(f"drawing.ui_name_{kind}", title=self.plan.choice.title))
        dialog = SaveDialog(self._context, f"{name}.pdf", self)
        dialog.path_chosen.connect(partial(self.save_paper, kind))
        dialog.open()

    def save_paper(self, kind: str, path: Path) -> None:
        """Write a paper of what is shown."""
        subject = self.shown.row.id if self.shown is not None else self.plan
        if subject is None:
            return
        context = self._context
        job = partial(write_paper, kind, subject, path, context.document_fonts, context.i18n.wording)
        context.work(self, job, self._on_written, self._on_refused, label=context.i18n.tr("form.ui_printing"))

    def _on_written(self, path: Path) -> None:
        sentence = self._context.i18n.tr("form.ui_saved", path=str(path))
        self._context.notices.post(sentence, "passed", opens=partial(_open, path))


def _first(sentences: list[str]) -> list[str]:
    """Leave out what would not fit on the screen."""
    return sentences if len(sentences) <= MOST_PROBLEMS else [*sentences[:MOST_PROBLEMS], "…"]


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _draw(choice: Choice, lot: Lot, desk: Desk, _progress: TaskProgress) -> DrawnResult:
    return make_drawing(choice, lot, desk)
