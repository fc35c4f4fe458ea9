"""Begin an assessment, and say anew who assesses: the names of people, the day of the visit, the column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from ui.dialogs.step_dialog import StepDialog
from ui.widgets.day_edit import OptionalDay
from ui.widgets.fitting import fit_to_words
from ui.widgets.names_edit import NamesEdit
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from wufei_cells.domain.register import AssessmentRow, SiteRow
    from wufei_cells.domain.text import Text

WIDTH = 520


@dataclass(frozen=True, slots=True)
class StartForm:
    """What beginning an assessment begins with."""

    site: SiteRow
    least: int
    """How many people the city wants on site."""
    person: str
    """Who works here."""
    people: tuple[str, ...]
    """Everybody who is known to assess."""
    columns: tuple[tuple[str, Text], ...]
    """The columns that the checklist puts together, with their words; the first is proposed."""
    today: date
    running: AssessmentRow | None = None
    """The assessment that is open already, where only its people are to be changed."""


def load_form(site: str, desk: Desk) -> StartForm:
    """Read what beginning an assessment of a site begins with."""
    workspace, browsing = desk.workspace, desk.browsing
    row = browsing.site(workspace, site)
    edition = browsing.current_edition(workspace, row.category, row.district)
    checklist = browsing.checklist(workspace, edition.id)
    columns = tuple((column.key, column.text) for column in checklist.scoring.columns)
    return StartForm(
        row,
        browsing.profile(workspace).process.assessors,
        workspace.person.name,
        _people(desk),
        columns,
        workspace.today(),
    )


def load_running(assessment: str, desk: Desk) -> StartForm:
    """Read what changing the people of an open assessment begins with."""
    workspace, browsing = desk.workspace, desk.browsing
    row = browsing.assessment(workspace, assessment)
    least = browsing.profile(workspace).process.assessors
    site, people = browsing.site(workspace, row.site), _people(desk)
    return StartForm(site, least, workspace.person.name, people, (), workspace.today(), row)


def _people(desk: Desk) -> tuple[str, ...]:
    """Name everybody who assessed or holds a role, those who assessed last first."""
    rows = desk.browsing.list_assessments(desk.workspace)
    held = desk.roles.holders(desk.workspace).values()
    names = [*(name for row in rows for name in row.assessors), *(one.name for people in held for one in people)]
    return tuple(dict.fromkeys(names))


class StartDialog(StepDialog):
    """Takes who assesses, and begins the assessment or changes its people."""

    def __init__(self, context: AppContext, form: StartForm, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._form = form
        self._build_fields()
        self.names_edit.textChanged.connect(self.check)
        self.buttons.accepted.connect(self._on_accepted)
        self.retranslate()
        self.check()
        self.names_edit.setFocus()
        self.names_edit.end(False)

    # --- build

    def _build_fields(self) -> None:
        form, separator = self._form, self._context.i18n.tr("desk.list_separator")
        self.text_label = plain_label("muted", wrap=True)
        self.names_label, self.day_label, self.column_label = (
            QLabel(textFormat=Qt.TextFormat.PlainText) for _ in range(3)
        )
        self.names_edit = NamesEdit()
        self.names_edit.propose(form.people)
        self.names_edit.show_names(form.running.assessors if form.running else (form.person,), separator)
        self.day_edit = OptionalDay()
        self.day_edit.show_day(None, form.today)
        self.column_box = QComboBox()
        for key, text in form.columns:
            self.column_box.addItem(self._context.i18n.text(text), key)
        self.hint_label = plain_label("muted", wrap=True)
        fields = QFormLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(8)
        fields.addRow(self.names_label, self.names_edit)
        fields.addRow(self.day_label, self.day_edit)
        fields.addRow(self.column_label, self.column_box)
        fields.setRowVisible(self.day_edit, form.running is None)
        fields.setRowVisible(self.column_box, len(form.columns) > 1)
        self.names_label.setBuddy(self.names_edit)
        self.body.addWidget(self.text_label)
        self.body.addLayout(fields)
        self.body.addWidget(self.hint_label)
        self.setMinimumWidth(WIDTH)

    # --- public

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, running = self._context.i18n.tr, self._form.running is not None
        self.setWindowTitle(tr("sites.assessors_title" if running else "sites.start_title"))
        self.heading_label.setText(self._form.site.name)
        self.text_label.setText(tr("sites.start_text"))
        self.names_label.setText(tr("sites.start_names"))
        self.names_edit.setAccessibleName(tr("sites.start_names"))
        self.names_edit.setPlaceholderText(tr("sites.start_names_hint"))
        self.day_label.setText(tr("sites.start_day"))
        self.day_edit.name(tr("sites.start_day_known"), tr("sites.start_day"))
        self.column_label.setText(tr("sites.start_column"))
        self.column_box.setAccessibleName(tr("sites.start_column"))
        self.confirm_button.setText(tr("sites.assessors_button" if running else "sites.start_button"))
        fit_to_words(self, WIDTH)

    def ready(self) -> bool:
        """Tell whether somebody is named."""
        return bool(self.names_edit.names)

    def check(self) -> None:
        """Offer the step, and count the people against what the city wants; a missing one can be named later."""
        super().check()
        found, least = len(self.names_edit.names), self._form.least
        key = "sites.start_few" if found < least else "sites.start_enough"
        self.hint_label.setText(self._context.i18n.tr(key, found=found, least=least))

    # --- slots

    def _on_accepted(self) -> None:
        names, running = self.names_edit.names, self._form.running
        if running is not None:
            self.take(partial(_rename, running.id, names))
        else:
            column = str(self.column_box.currentData() or "") or None
            self.take(partial(_start, self._form.site.id, names, self.day_edit.day, column))


def _rename(assessment: str, names: tuple[str, ...], desk: Desk) -> AssessmentRow:
    return desk.assessing.name_assessors(desk.workspace, assessment, names)


def _start(site: str, names: tuple[str, ...], day: date | None, column: str | None, desk: Desk) -> AssessmentRow:
    return desk.assessing.start_assessment(desk.workspace, site, assessors=names, visited_on=day, column=column)
