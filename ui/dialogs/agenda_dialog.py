"""The calendar: visits, notices, deadlines and what runs out, seven days, a month or a quarter at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.context import Places, load_places
from ui.dialogs.visit_dialog import CancelDialog, open_visit, tell_planned
from ui.widgets.chips import Chips
from ui.widgets.desk_style import desk_style
from ui.widgets.fitting_table import FittingTable
from ui.widgets.plain import literal, plain_label
from ui.widgets.plain_rows import Cell, PlainRows
from ui.widgets.state_view import StateView
from wufei_cells.documents.agenda_words import AgendaWords
from wufei_cells.domain.agenda import AgendaEntry, AgendaFilter, AgendaKind

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from ui.dialogs.paper_writing import PaperWriting
    from ui.tasks import TaskProgress
    from wufei_cells.services.visiting import VisitView

SIZE = (1000, 600)
PERIODS = ("week", "month", "quarter")
COLUMNS = ("day", "what", "people", "detail")
WHAT, DETAIL = 1, 3
ICONS = {
    AgendaKind.VISIT: ("site", "accent"),
    AgendaKind.NOTICE: ("publish", "text"),
    AgendaKind.FINDING: ("deduction", "attention"),
    AgendaKind.ORDER: ("alert", "attention"),
    AgendaKind.OBJECTION: ("conflict", "conflict"),
    AgendaKind.FOLLOW_UP: ("history", "attention"),
    AgendaKind.REPORT: ("note", "information"),
    AgendaKind.TARGET: ("overview", "information"),
    AgendaKind.RENEWAL: ("redo", "information"),
    AgendaKind.EXPIRY: ("certificate", "attention"),
}


WAITING = frozenset({AgendaKind.FINDING, AgendaKind.ORDER, AgendaKind.OBJECTION, AgendaKind.FOLLOW_UP})
"""Deadlines that are listed as long as nobody has met them: past their day they are late, and not over."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the dialog shows."""

    today: date
    places: Places
    entries: tuple[AgendaEntry, ...]


class AgendaDialog(QDialog):
    """Lists what falls into a period; visits are planned, changed and cancelled here.

    Signals:
        site_requested: the person wants to see a site (its id).
    """

    site_requested = Signal(str)

    def __init__(self, context: AppContext, writing: PaperWriting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context, self._writing = context, writing
        self._words = AgendaWords(context.i18n.wording)
        self._shown: Shown | None = None
        self._day: date | None = None
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.resize(*SIZE)
        self.state_view.show_loading()
        self.refresh()

    # --- build

    def _build_widgets(self) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("steering.calendar_title"))
        self.chips = Chips([(name, tr(f"steering.period_{name}")) for name in PERIODS], tr("steering.period"))
        self.back_button = QPushButton(theme.icon("back"), "")
        self.next_button = QPushButton(theme.icon("next"), "")
        self.today_button = QPushButton(tr("steering.today"))
        for button, key in ((self.back_button, "earlier"), (self.next_button, "later")):
            button.setAccessibleName(tr(f"steering.{key}"))
            button.setToolTip(tr(f"steering.{key}"))
        self.period_label = plain_label("section")
        self.kind_box, self.district_box = QComboBox(), QComboBox()
        self.kind_box.addItem(tr("steering.all_kinds"), "")
        for kind in AgendaKind:
            self.kind_box.addItem(self._words.kind(kind), kind.value)
        self.district_box.addItem(tr("sites.all_districts"), "")
        self.kind_box.setAccessibleName(tr("steering.all_kinds"))
        self.district_box.setAccessibleName(tr("sites.column.district"))
        self.model = PlainRows(theme, [tr(f"steering.column.{name}") for name in COLUMNS], self)
        self.table = FittingTable()
        self.table.setModel(self.model)
        self.table.setAccessibleName(tr("steering.calendar_title"))
        self.state_view = StateView(self._context, self.table)
        self.more_label = plain_label("muted", wrap=True, selectable=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.plan_button = QPushButton(theme.icon("plus", "on_accent"), tr("steering.visit_plan"))
        self.plan_button.setProperty("role", "accent")
        self.change_button = QPushButton(theme.icon("edit"), tr("steering.visit_change"))
        self.cancel_button = QPushButton(theme.icon("close"), tr("steering.visit_cancel"))
        self.file_button = QPushButton(theme.icon("save"), tr("steering.calendar_file"))
        self.print_button = QPushButton(theme.icon("printer"), tr("steering.calendar_print"))
        actions = (self.plan_button, self.change_button, self.cancel_button, self.file_button, self.print_button)
        for button in actions:
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        for button in (*actions, self.back_button, self.next_button, self.today_button):
            button.setAutoDefault(False)
        self.setStyleSheet(desk_style(theme))

    def _build_layout(self) -> None:
        days, filters = QHBoxLayout(), QHBoxLayout()
        for row in (days, filters):
            row.setSpacing(8)
        for widget in (self.back_button, self.today_button, self.next_button, self.period_label):
            days.addWidget(widget)
        days.addStretch(1)
        days.addWidget(self.chips)
        filters.addWidget(self.kind_box)
        filters.addWidget(self.district_box)
        filters.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(10)
        column.addLayout(days)
        column.addLayout(filters)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.more_label)
        column.addWidget(self.buttons)
        self.table.fit(WHAT, 220, {0: 160, DETAIL: 260, 2: 130})

    def _connect_signals(self) -> None:
        self.chips.chosen.connect(self.refresh)
        self.kind_box.currentIndexChanged.connect(self.refresh)
        self.district_box.currentIndexChanged.connect(self.refresh)
        self.back_button.clicked.connect(self._earlier)
        self.next_button.clicked.connect(self._later)
        self.today_button.clicked.connect(self._to_today)
        self.table.selectionModel().currentChanged.connect(self._check)
        self.table.doubleClicked.connect(self._open)
        self.plan_button.clicked.connect(self._plan)
        self.change_button.clicked.connect(self._change)
        self.cancel_button.clicked.connect(self._cancel)
        self.file_button.clicked.connect(self._write_file)
        self.print_button.clicked.connect(self._print)
        self.buttons.rejected.connect(self.reject)
        self.state_view.action_triggered.connect(self._on_state_action)
        self._context.events.progress_changed.connect(self.refresh)

    @Slot()
    def _on_state_action(self) -> None:
        """Show everything of these days, or try again after an error."""
        if self.state_view.error is None:
            self.kind_box.setCurrentIndex(0)
            self.district_box.setCurrentIndex(0)
        else:
            self.refresh()

    # --- public

    @Slot()
    def refresh(self) -> None:
        """Ask anew."""
        job = partial(_load, self._day, self.chips.current, self.wanted)
        self._context.ask(self, job, self._on_loaded, self.state_view.show_error)

    def show_day(self, day: date) -> None:
        """Show the period of a day."""
        self._day = day
        self.refresh()

    @property
    def wanted(self) -> AgendaFilter:
        """Which entries are shown."""
        kind = str(self.kind_box.currentData() or "")
        district = str(self.district_box.currentData() or "")
        return AgendaFilter(frozenset({AgendaKind(kind)}) if kind else None, None, district or None)

    @property
    def chosen(self) -> AgendaEntry | None:
        """The entry that is selected."""
        return self.model.thing(self.table.currentIndex())

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day that are shown."""
        return period_of(self._day or date.min, self.chips.current)

    # --- showing

    @Slot(object)
    def _on_loaded(self, shown: Shown) -> None:
        self._shown = shown
        self._day = self._day or shown.today
        self._fill_districts(shown.places)
        first, last = self.period
        i18n = self._context.i18n
        self.period_label.setText(i18n.tr("agenda.days", first=i18n.day(first), last=i18n.day(last)))
        self.model.show_rows([(entry, self._cells(entry)) for entry in shown.entries])
        if shown.entries:
            self.state_view.show_content()
            self.table.selectRow(0)
        elif self.wanted == AgendaFilter():
            self.state_view.show_empty("agenda.nothing_title", "agenda.nothing_hint")
        else:
            self.state_view.show_filtered("agenda.nothing")
        self._check()

    def _fill_districts(self, places: Places) -> None:
        if self.district_box.count() > 1:
            return
        self.district_box.blockSignals(True)
        for key, text in places.districts.items():
            self.district_box.addItem(self._context.i18n.text(text), key)
        self.district_box.blockSignals(False)

    def _cells(self, entry: AgendaEntry) -> list[Cell]:
        icon, tone = ICONS[entry.kind]
        gone = self._shown is not None and entry.last < self._shown.today
        if gone:
            tone = "failed" if entry.kind in WAITING else "muted"
        people = self._words.say("names", names=entry.people) if entry.people else ""
        detail = " ".join(self._words.detail(entry).split())
        title = self._words.title(entry)
        return [
            Cell(self._words.days(entry), tone if gone else "text"),
            Cell(title, tone, icon, literal(title)),
            Cell(people, tip=literal(people)),
            Cell(detail, "muted", tip=literal(detail)),
        ]

    @Slot()
    def _check(self) -> None:
        entry, free = self.chosen, self._context.as_of is None
        visit = entry is not None and entry.kind is AgendaKind.VISIT
        self.plan_button.setEnabled(free)
        self.change_button.setEnabled(free and visit)
        self.cancel_button.setEnabled(free and visit)
        where = (entry.place, entry.contact, entry.phone) if entry is not None else ()
        self.more_label.setText("  ".join(part for part in where if part))

    # --- turning

    @Slot()
    def _earlier(self) -> None:
        self.show_day(day_before(self.period[0], self.chips.current))

    @Slot()
    def _later(self) -> None:
        self.show_day(self.period[1] + timedelta(days=1))

    @Slot()
    def _to_today(self) -> None:
        if self._shown is not None:
            self.show_day(self._shown.today)

    # --- visits

    @Slot()
    def _open(self) -> None:
        """Change a visit; lead to the site of everything else."""
        entry = self.chosen
        if entry is not None and entry.kind is AgendaKind.VISIT and self.change_button.isEnabled():
            self._change()
        elif entry is not None and entry.site:
            self.site_requested.emit(entry.site)

    @Slot()
    def _plan(self) -> None:
        entry = self.chosen
        open_visit(self._context, self, self._on_planned, site=entry.site or "" if entry else "")

    @Slot()
    def _change(self) -> None:
        if self.chosen is not None:
            open_visit(self._context, self, self._on_planned, visit=self.chosen.key)

    @Slot()
    def _cancel(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        dialog = CancelDialog(self._context, entry.key, self._words.title(entry), self)
        dialog.taken.connect(partial(tell_planned, self._context))
        dialog.open()

    def _on_planned(self, view: VisitView) -> None:
        """Turn to the day of the visit; what is shown is asked for anew by then."""
        self._day = view.row.said.on

    # --- giving out

    @Slot()
    def _write_file(self) -> None:
        job = partial(_file, self.period, self.wanted, self._context)
        self._writing.save(self.windowTitle(), ".ics", job, self)

    @Slot()
    def _print(self) -> None:
        job = partial(_pdf, self.period, self.wanted, self._context)
        self._writing.save(self.windowTitle(), ".pdf", job, self)


def period_of(day: date, period: str) -> tuple[date, date]:
    """Give the first and the last day of a day's month or quarter, or of the week that begins with it.

    A week of the calendar would on its Sunday show nothing of what comes.
    """
    if period == "week":
        return day, day + timedelta(days=6)
    months = 1 if period == "month" else 3
    first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    last = first
    for _month in range(months):
        last = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first, last - timedelta(days=1)


def day_before(first: date, period: str) -> date:
    """Give a day whose period is the one before that which begins on a day."""
    return first - timedelta(days=7 if period == "week" else 1)


# --- in the worker thread


def _load(day: date | None, period: str, wanted: AgendaFilter, desk: Desk) -> Shown:
    workspace = desk.workspace
    today = workspace.today()
    entries = desk.agenda.agenda(workspace, *period_of(day or today, period), wanted)
    return Shown(today, load_places(desk), entries)


def _file(
    days: tuple[date, date], wanted: AgendaFilter, context: AppContext, desk: Desk, _progress: TaskProgress
) -> bytes:
    entries = desk.agenda.agenda(desk.workspace, *days, wanted)
    return desk.printing_agenda.agenda_file(desk.workspace, entries, context.i18n.wording)


def _pdf(
    days: tuple[date, date], wanted: AgendaFilter, context: AppContext, desk: Desk, _progress: TaskProgress
) -> bytes:
    fonts = context.document_fonts()
    return desk.printing_agenda.agenda_pdf(desk.workspace, *days, fonts, context.i18n.wording, wanted)
