"""The panel at the right of the list: one site, its facts, its history, and the next step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui.theme import fallen, look_of
from ui.widgets.facts_form import FactsForm
from ui.widgets.history_line import Happening, HistoryLine
from ui.widgets.plain import plain_label, scrolling
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.lifecycle import PASSED, CertificateState, Stage, next_stage
from wufei_cells.domain.process import Process

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.register import SiteRow
    from wufei_cells.scoring.numbers import Numbers

OPENING = (Stage.REGISTERED, Stage.STOPPED, Stage.REJECTED)
"""Where another assessment is what comes next."""
OVER = (CertificateState.WITHDRAWN, CertificateState.EXPIRED)
"""How a certificate stands that does not come back."""
CERTIFICATE_WORDS = {
    CertificateState.NOT_YET: "sites.certificate_not_yet",
    CertificateState.EXPIRED: "sites.certificate_expired",
    CertificateState.SUSPENDED: "sites.certificate_suspended",
    CertificateState.WITHDRAWN: "sites.certificate_withdrawn",
}
"""How the certificate is told of where it does not hold."""
WORDS = {
    (Stage.CERTIFIED, "again"): "rejected",
    (Stage.NOTICED, "issue"): "approved",
    (Stage.APPROVED, "to_certificates"): "to_certificates",
}
"""Steps that are not worded by their stage."""
WRITING = ("apply", "start", "again")
"""Steps that put something on record at once."""
SHOWN_FIELDS = ("address", "credit_code", "contact", "phone", "note")


def read_only_because(context: AppContext) -> str:
    """Say why nothing can be written in this window; empty where something can."""
    return context.i18n.tr("desk.past", day=context.as_of.isoformat()) if context.as_of is not None else ""


def next_steps(
    stage: Stage, process: Process, state: CertificateState | None = None, *, barred: bool = False
) -> tuple[str, str]:
    """Name the next step of a site, and another one that is possible, or nothing.

    A site whose certificate was withdrawn or ran out begins anew, unless it is barred for a while.

    ``apply``, ``application`` (to look at it), ``start``, ``again``, ``desk`` (go on there), ``issue``,
    ``to_certificates`` and ``certificate`` (show it).
    """
    if stage in OPENING:
        start = "start" if stage is Stage.REGISTERED else "again"
        return ("apply", start) if process.application else (start, "")
    if stage is Stage.CERTIFIED and state in OVER:
        anew = "apply" if process.application else "again"
        return ("certificate", "") if barred else (anew, "certificate")
    if stage is Stage.APPLIED:
        return "start", "application"
    if stage is Stage.CERTIFIED:
        return "certificate", "apply" if process.application else "again"
    if stage in PASSED:
        following = next_stage(stage, process.uses)
        return ("issue" if following is Stage.CERTIFIED else "to_certificates"), ""
    return "desk", "application" if stage is Stage.SCORING and process.application else ""


class SiteDetail(QFrame):
    """Shows one site.

    Signals:
        step_requested: the person wants to take a step (its name, see ``next_steps``).
        edit_requested: the person wants to change the site's fields.
        visit_requested: a visit to the site is to be planned (its id).
        follow_up_requested: the site is to be followed up on (its id).
        fact_edited: another fact was given (key, value; empty for unknown).
    """

    step_requested = Signal(str)
    edit_requested = Signal()
    visit_requested = Signal(str)
    follow_up_requested = Signal(str)
    fact_edited = Signal(str, str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._row: SiteRow | None = None
        self._process = Process()
        self._barred = False
        self.setProperty("role", "card")
        self._build_widgets()
        self._build_layout()
        self.step_button.clicked.connect(self._on_step)
        self.other_button.clicked.connect(self._on_other)
        self.edit_button.clicked.connect(self.edit_requested)
        self.visit_button.clicked.connect(self._on_visit)
        self.follow_up_button.clicked.connect(self._on_follow_up)
        self.facts_form.fact_edited.connect(self.fact_edited)
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.name_label = plain_label("section", wrap=True, selectable=True)
        self._place_label = plain_label("muted", wrap=True)
        self._stage_icon = plain_label()
        self.stage_label = plain_label()
        self._result_label = plain_label(wrap=True)
        self.step_button = QPushButton()
        self.step_button.setProperty("role", "accent")
        self.other_button = QPushButton()
        self.edit_button = QPushButton()
        self.visit_button, self.follow_up_button = QPushButton(), QPushButton()
        self._field_labels = {name: plain_label("muted") for name in SHOWN_FIELDS}
        self._value_labels = {name: plain_label(wrap=True, selectable=True) for name in SHOWN_FIELDS}
        self._facts_title, self._history_title = plain_label("section"), plain_label("section")
        self._facts_hint = plain_label("caption", wrap=True)
        self._hint = plain_label("muted", wrap=True)
        self.facts_form = FactsForm(self._context)
        self.history_line = HistoryLine(self._context)

    def _build_layout(self) -> None:
        stage = QHBoxLayout()
        stage.setSpacing(6)
        stage.addWidget(self._stage_icon)
        stage.addWidget(self.stage_label)
        stage.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.step_button, 1)
        buttons.addWidget(self.edit_button)
        steering = QHBoxLayout()
        steering.setSpacing(8)
        steering.addWidget(self.visit_button, 1)
        steering.addWidget(self.follow_up_button, 1)
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(4)
        fields.setColumnStretch(1, 1)
        for row, name in enumerate(SHOWN_FIELDS):
            fields.addWidget(self._field_labels[name], row, 0, Qt.AlignmentFlag.AlignTop)
            fields.addWidget(self._value_labels[name], row, 1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        head = (self.name_label, self._place_label, stage, self._result_label)
        parts = (*head, buttons, self.other_button, steering, fields)
        for part in parts:
            column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
        for title, parts in (
            (self._facts_title, (self._facts_hint, self.facts_form)),
            (self._history_title, (self.history_line,)),
        ):
            column.addSpacing(12)
            column.addWidget(title)
            for widget in parts:
                column.addWidget(widget)
        column.addStretch(1)
        scroll = scrolling(self._inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setContentsMargins(24, 24, 24, 24)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._hint)
        self._stack.addWidget(scroll)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(self._stack)

    # --- public

    @property
    def row(self) -> SiteRow | None:
        """The site that is shown."""
        return self._row

    def show_site(
        self,
        row: SiteRow,
        place: str,
        asked: tuple[tuple[Fact, ...], Numbers],
        told: Sequence[tuple[str, str, str]],
        process: Process,
        *,
        barred: bool = False,
    ) -> None:
        """Show a site: its row, category and district in words, the facts and their numbers, and what happened.

        Which steps are offered depends on the city's process, and on whether the site is barred from applying.
        """
        facts, numbers = asked
        self._row, self._process, self._barred = row, process, barred
        self._stack.setCurrentIndex(1)
        self._place_label.setText(place)
        self.facts_form.ask(facts, numbers)
        self.show_facts(row.facts)
        self._facts_title.setVisible(bool(facts))
        self._facts_hint.setVisible(bool(facts))
        self.history_line.show_happenings([Happening(*entry) for entry in told])
        self.retranslate()

    def show_nothing(self) -> None:
        """Say what would be here if a site were chosen."""
        self._row = None
        self._stack.setCurrentIndex(0)

    def show_facts(self, facts: Mapping[str, str]) -> None:
        """Show the stored facts."""
        self.facts_form.show_values(facts)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        self._hint.setText(tr("sites.nothing_chosen"))
        self._facts_title.setText(tr("sites.facts"))
        self._facts_hint.setText(tr("sites.facts_hint"))
        self._history_title.setText(tr("sites.history"))
        self.edit_button.setText(tr("ui.edit"))
        self.edit_button.setIcon(self._context.theme.icon("edit"))
        self.visit_button.setText(tr("steering.visit_plan"))
        self.follow_up_button.setText(tr("steering.follow_up_short"))
        for name, label in self._field_labels.items():
            label.setText(tr(f"sites.field.{name}"))
        self.facts_form.retranslate()
        if self._row:
            self._show_row(self._row)

    def show_allowed(self) -> None:
        """Offer what can be done; in the register of an earlier day only what leads somewhere, not what writes."""
        reason = read_only_because(self._context)
        steps = self._steps(self._row) if self._row else ("", "")
        for button, writes in (
            (self.step_button, steps[0] in WRITING),
            (self.other_button, steps[1] in WRITING),
            *((button, True) for button in (self.edit_button, self.visit_button, self.follow_up_button)),
        ):
            refused = bool(reason) and writes
            button.setEnabled(not refused)
            button.setToolTip(reason if refused else "")
        self.facts_form.setEnabled(not reason)

    # --- slots and the rest

    def _on_step(self) -> None:
        if self._row:
            self.step_requested.emit(self._steps(self._row)[0])

    def _on_other(self) -> None:
        if self._row:
            self.step_requested.emit(self._steps(self._row)[1])

    def _on_visit(self) -> None:
        if self._row:
            self.visit_requested.emit(self._row.id)

    def _on_follow_up(self) -> None:
        if self._row:
            self.follow_up_requested.emit(self._row.id)

    def _steps(self, row: SiteRow) -> tuple[str, str]:
        return next_steps(row.stage, self._process, row.certificate_state, barred=self._barred)

    def _step_words(self, step: str, stage: Stage) -> str:
        """Word a step, mostly by the stage it leads on from."""
        if not step:
            return ""
        name = WORDS.get((stage, step), step if step in ("apply", "application") else stage.value)
        if step == "desk" and stage is Stage.FINISHED and self._process.first_review:
            name = "to_review"
        return self._context.i18n.tr(f"sites.step.{name}")

    def _show_row(self, row: SiteRow) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.name_label.setText(row.name)
        icon, tone, word = look_of(row)
        self._stage_icon.setPixmap(theme.pixmap(icon, tone, 20, self.devicePixelRatioF()))
        self.stage_label.setText(tr(word))
        self.stage_label.setStyleSheet(f"color: {theme.color(tone).name()}; font-weight: 700;")
        first, other = self._steps(row)
        self.step_button.setText(self._step_words(first, row.stage))
        self.other_button.setText(self._step_words(other, row.stage))
        self.other_button.setVisible(bool(other))
        total = "" if row.total is None else printed(row.total)
        said = tr("sites.total", total=total) if total else ""
        if row.certificate_number:
            state = fallen(row)
            said = tr(
                CERTIFICATE_WORDS[state] if state else "sites.certificate",
                total=total,
                number=row.certificate_number,
                day=self._context.i18n.day(row.valid_until),
            )
        self._result_label.setText(said)
        self._result_label.setVisible(bool(said) and row.stage is not Stage.REGISTERED)
        for name, label in self._value_labels.items():
            value = str(getattr(row, name))
            label.setText(value)
            label.setVisible(bool(value))
            self._field_labels[name].setVisible(bool(value))
