"""The application of a unit: who committed it, since when, who recommends it, and what it is proud of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from ui.dialogs.step_dialog import StepDialog, text_field
from ui.widgets.day_edit import DayEdit
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label, problem_label
from wufei_cells.domain.applications import Application, ApplicationRow

if TYPE_CHECKING:
    from ui.context import AppContext, Desk
    from wufei_cells.domain.register import ActRef, AssessmentRow, SiteRow

WIDTH = 560
FIELDS = ("applied_on", "committed_on", "signatory", "recommended_by", "highlights")


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """What the form begins with."""

    site: SiteRow
    known: ApplicationRow | None
    """What is on record already."""
    today: date


def load_form(site: str, assessment: str | None, desk: Desk) -> ApplicationForm:
    """Read what the form of a site begins with; with an assessment, the application of that one."""
    known = desk.applying.application(desk.workspace, assessment) if assessment else None
    return ApplicationForm(desk.browsing.site(desk.workspace, site), known, desk.workspace.today())


class ApplicationDialog(StepDialog):
    """Takes an application in, or changes it."""

    def __init__(self, context: AppContext, form: ApplicationForm, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._form = form
        self._build_fields()
        self._fill()
        self.say_beside(self.problem_labels)
        self.buttons.accepted.connect(self._on_accepted)
        self.retranslate()
        self.check()
        self.signatory_edit.setFocus()

    # --- build

    def _build_fields(self) -> None:
        self.text_label = plain_label("muted", wrap=True)
        self.applied_edit, self.committed_edit = DayEdit(), DayEdit()
        self.signatory_edit, self.recommended_edit = QLineEdit(), QLineEdit()
        self.highlights_edit = text_field(96)
        edits = (self.applied_edit, self.committed_edit, self.signatory_edit, self.recommended_edit)
        self.fields: dict[str, QWidget] = dict(zip(FIELDS, (*edits, self.highlights_edit), strict=True))
        self.problem_labels = {name: problem_label() for name in FIELDS}
        self._labels = {name: QLabel(textFormat=Qt.TextFormat.PlainText) for name in FIELDS}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        places = {"applied_on": (0, 0, 1), "committed_on": (0, 1, 1), "signatory": (3, 0, 1)}
        places |= {"recommended_by": (3, 1, 1), "highlights": (6, 0, 2)}
        for name, (row, column, span) in places.items():
            self._labels[name].setBuddy(self.fields[name])
            grid.addWidget(self._labels[name], row, column, 1, span)
            grid.addWidget(self.fields[name], row + 1, column, 1, span)
            grid.addWidget(self.problem_labels[name], row + 2, column, 1, span)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.body.addWidget(self.text_label)
        self.body.addLayout(grid)
        self.setMinimumWidth(WIDTH)

    def _fill(self) -> None:
        known = self._form.known.application if self._form.known else None
        self.applied_edit.show_day(known.applied_on if known else self._form.today)
        self.committed_edit.show_day(known.committed_on if known else self._form.today)
        self.signatory_edit.setText(known.signatory if known else "")
        self.recommended_edit.setText(known.recommended_by if known else "")
        self.highlights_edit.setPlainText(known.highlights if known else "")

    # --- public

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, known = self._context.i18n.tr, self._form.known
        self.setWindowTitle(tr("sites.application_title"))
        self.heading_label.setText(self._form.site.name)
        if known:
            self.text_label.setText(tr("sites.application_known", name=known.author, at=self._moment(known)))
        else:
            self.text_label.setText(tr("sites.application_text"))
        for name, label in self._labels.items():
            words = tr(f"sites.application_{name}")
            label.setText(tr("ui.required", field=words) if name == "signatory" else words)
            self.fields[name].setAccessibleName(words)
        self.confirm_button.setText(tr("sites.application_change" if known else "sites.application_button"))
        fit_to_words(self, WIDTH)

    def _moment(self, known: ApplicationRow) -> str:
        return self._context.i18n.moment(known.at)

    def _on_accepted(self) -> None:
        given = Application(
            self.applied_edit.day,
            self.signatory_edit.text(),
            self.committed_edit.day,
            self.recommended_edit.text(),
            self.highlights_edit.toPlainText(),
        )
        seen = self._form.known.heads if self._form.known else ()
        self.take(partial(_apply, self._form.site.id, given, seen))


def _apply(site: str, application: Application, seen: tuple[ActRef, ...], desk: Desk) -> AssessmentRow:
    return desk.applying.apply(desk.workspace, site, application, seen=seen)
