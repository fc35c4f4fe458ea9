"""The first thing on the desk: what shuts a site out before anything is scored."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.context import Change
from ui.desk.precheck_question import FAILS, HOLDS, QuestionRow
from ui.widgets.answer_editor import tight
from ui.widgets.banner import Banner
from ui.widgets.plain import plain_label
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.context import AppContext, Desk
    from ui.models.scoring_session import ScoringSession
    from wufei_cells.domain.prechecks import PrecheckFinding, PrecheckQuestion
    from wufei_cells.services.prechecking import Precheck

REST = 400  # milliseconds without a key press after which a reason is stored
MARGIN = 24
KEY = "precheck"
"""The key of its entry in the list of items."""
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1}


class PrecheckCard(QFrame):
    """Asks the questions of the city one by one. What is answered is stored at once; stopping takes a button.

    Signals:
        precheck_recorded: something was stored; ``standing`` says how the pre-check stands now.
        standing_read: the pre-check of the assessment on the desk was read.
    """

    precheck_recorded = Signal()
    standing_read = Signal()

    def __init__(self, context: AppContext, session: ScoringSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._i18n = context.i18n
        self._session = session
        self.standing: Precheck | None = None
        """How the pre-check of the open assessment stands; ``None`` while it is not read yet."""
        self._waiting: dict[str, PrecheckFinding] = {}
        """What was typed and is not on its way to disk yet, by question."""
        self._visit = 0
        self._current = ""
        self.rows: list[QuestionRow] = []
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.flush)
        self._build_widgets()
        self.stop_button.clicked.connect(self.stop)
        session.loaded.connect(self._on_session_loaded)
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.title_label = plain_label("section", wrap=True)
        self.text_label = plain_label("muted", wrap=True)
        self.banner = Banner(self._context.theme, self)
        self.by_label = plain_label("caption", wrap=True)
        self.sources_label = plain_label("caption", wrap=True, selectable=True)
        self.stop_button = QPushButton(self)
        self.stop_button.hide()
        self._places = tight(QVBoxLayout())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        for widget in (self.title_label, self.text_label, self.banner):
            layout.addWidget(widget)
        layout.addLayout(self._places)
        layout.addWidget(self.by_label)
        layout.addWidget(self.sources_label)
        layout.addStretch(1)

    # --- public

    @property
    def asked(self) -> bool:
        """Whether the city asks anything of this site."""
        return self.standing is not None and bool(self.standing.questions)

    def show_precheck(self) -> None:
        """Put the keyboard on the first question that is still open."""
        self._visit += 1
        open_rows = [row for row in self.rows if row.finding() is None]
        self._go_to((open_rows or self.rows)[0].key if self.rows else "")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, digit: int) -> bool:
        """Act on a digit key: 1 holds, 2 fails; tells whether it meant anything."""
        row = self._row(self._current)
        if row is None or not self._session.editable or digit not in (HOLDS + 1, FAILS + 1):
            return False
        row.choose(digit - 1)
        if digit == HOLDS + 1:
            self._go_on()
        return True

    def move_question(self, step: int) -> bool:
        """Turn the digit keys to the next question or the one before; tells whether there is one."""
        keys = [row.key for row in self.rows]
        place = keys.index(self._current) + step if self._current in keys else -1
        if not 0 <= place < len(keys):
            return False
        self._go_to(keys[place])
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def flush(self) -> None:
        """Store what was typed without waiting for the typing to rest; nothing is stopped by it."""
        self._rest.stop()
        ready = {key: finding for key, finding in self._waiting.items() if finding.holds or finding.reason}
        self._waiting = {key: finding for key, finding in self._waiting.items() if key not in ready}
        if ready:
            self._store(dict(ready), stop=False)

    def stop(self) -> None:
        """Stop the assessment for what fails; every reason must be given."""
        failing = self._failing()
        if self._session.editable and failing and all(finding.reason for finding in failing.values()):
            self._rest.stop()
            given = {**self._waiting, **failing}
            self._waiting = {}
            self._store(dict(given), stop=True)

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._i18n.tr
        self.title_label.setText(tr("desk.precheck_title"))
        self.setAccessibleName(tr("desk.precheck_title"))
        self.text_label.setText(tr("desk.precheck_text"))
        self.stop_button.setText(tr("desk.precheck_stop"))
        for row in self.rows:
            row.retranslate()
        self._show_standing()

    # --- Qt events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the digits and the arrows; what leads beyond the questions is the desk's."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        typing = any(row.reason_edit.hasFocus() for row in self.rows)
        if typing or held:
            super().keyPressEvent(event)
        elif self.choose(key.value - Qt.Key.Key_0.value) or (key in STEPS and self.move_question(STEPS[key])):
            event.accept()
        else:
            super().keyPressEvent(event)

    # --- parts

    def _row(self, key: str) -> QuestionRow | None:
        return next((row for row in self.rows if row.key == key), None)

    def _failing(self) -> dict[str, PrecheckFinding]:
        """Give what stands in the form as failing."""
        found = {row.key: row.finding() for row in self.rows}
        return {key: finding for key, finding in found.items() if finding is not None and not finding.holds}

    def _go_to(self, key: str) -> None:
        self._current = key
        for row in self.rows:
            row.set_current(row.key == key)
            if row.key == key:
                _bring_into_view(row)

    def _go_on(self) -> None:
        """Turn to the next question that is still open, below before above."""
        keys = [row.key for row in self.rows]
        place = keys.index(self._current)
        still_open = [row.key for row in (*self.rows[place + 1 :], *self.rows[:place]) if row.finding() is None]
        self._go_to(still_open[0] if still_open else self._current)

    def _store(self, findings: dict[str, PrecheckFinding | None], *, stop: bool) -> None:
        standing = self.standing
        if standing is not None:
            job = partial(_record, standing.assessment.id, findings, stop, f"{KEY}.{self._visit}")
            failed = partial(self._on_refused, standing.assessment.id)
            self._context.ask(self, job, partial(self._on_stored, stop), failed, durable=True)

    def _fill(self, standing: Precheck) -> None:
        """Show the questions; rows stay where the same is asked, so that what is being typed keeps its cursor."""
        if [row.question for row in self.rows] != list(standing.questions):
            self._clear()
            self.rows = [self._new_row(number, question) for number, question in enumerate(standing.questions, 1)]
        for row in self.rows:
            typing = row.key in self._waiting or row.reason_edit.hasFocus()
            if not typing:
                row.set_finding(standing.row.findings.get(row.key))
            row.set_read_only(not self._session.editable)
        if not self._current and self.rows:
            self._go_to(self.rows[0].key)
        self._show_standing()

    def _clear(self) -> None:
        self.stop_button.setParent(self)  # it may stand in a row that goes
        self.stop_button.hide()
        for row in self.rows:
            self._places.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows, self._current = [], ""

    def _new_row(self, number: int, question: PrecheckQuestion) -> QuestionRow:
        row = QuestionRow(self._i18n, number, question, self)
        row.decided.connect(self._on_decided)
        row.reason_typed.connect(self._on_typed)
        row.reason_settled.connect(self._on_settled)
        row.entered.connect(self._go_to)
        self._places.addWidget(row)
        return row

    def _show_standing(self) -> None:
        """Say how the pre-check stands, and offer to stop where something fails."""
        standing, failing, editable = self.standing, self._failing(), self._session.editable
        place = next((row for row in reversed(self.rows) if row.key in failing), None)
        if place is not None:
            here = self._row(self._current)
            (here if here is not None and here.key in failing else place).put_below(self.stop_button)
        self.stop_button.setVisible(place is not None and editable)
        ready = all(finding.reason for finding in failing.values())
        self.stop_button.setEnabled(ready)
        self.stop_button.setToolTip("" if ready else self._i18n.tr("desk.precheck_stop_tip"))
        self.text_label.setVisible(editable and bool(self.rows))
        self.sources_label.setText("\n".join(self._sources()))
        if standing is None:
            self.banner.hide()
            self.by_label.hide()
            return
        self.banner.say(*self._told(standing, failing))
        by = self._i18n.tr("desk.precheck_by", name=standing.row.author, at=self._i18n.moment(standing.row.at))
        self.by_label.setText(by)
        self.by_label.setVisible(standing.row.at is not None)

    def _sources(self) -> list[str]:
        """Say what the questions rest on, each source once."""
        tr, numbers = self._i18n.tr, dict[str, list[str]]()
        for number, row in enumerate(self.rows, 1):
            if row.question.source:
                numbers.setdefault(self._i18n.text(row.question.source), []).append(str(number))
        separator = tr("desk.list_separator")
        return [
            tr("desk.precheck_source", numbers=separator.join(found), source=source)
            for source, found in numbers.items()
        ]

    def _told(self, standing: Precheck, failing: dict[str, PrecheckFinding]) -> tuple[str, str, str]:
        """Give the sentence of the banner, its icon and its tone."""
        tr = self._i18n.tr
        if not standing.questions:
            return tr("desk.precheck_none"), "information", "information"
        if standing.assessment.stage is Stage.STOPPED:
            return tr("desk.precheck_stopped", reason=standing.assessment.remarks), "lock", "failed"
        if failing:
            return tr("desk.precheck_failing"), "alert", "attention"
        missing = sum(row.finding() is None for row in self.rows)
        if missing:
            open_to_others = standing.assessment.stage is Stage.SCORING  # the line at the top then says to whom
            closed = "" if self._session.editable or open_to_others else tr("desk.precheck_closed")
            return closed or tr("desk.precheck_open", count=missing), "information", "information"
        return tr("desk.precheck_passed"), "check", "passed"

    # --- slots

    def _on_session_loaded(self) -> None:
        row = self._session.assessment
        if row is None:
            return
        if self.standing is not None and self.standing.assessment.id != row.id:
            self.flush()
            self.standing = None
            self._waiting = {}
            self._clear()
        self._context.ask(self, partial(_read, row.id), self._on_read)

    def _on_read(self, standing: Precheck) -> None:
        row = self._session.assessment
        if row is not None and standing.assessment.id == row.id:
            self.standing = standing
            self._fill(standing)
            self.standing_read.emit()

    def _on_decided(self, key: str) -> None:
        row = self._row(key)
        finding = row.finding() if row else None
        if row is None or finding is None:
            return
        row.show_problem("")
        self._waiting[key] = finding
        if not finding.holds and not finding.reason:
            self._store({key: None}, stop=False)  # what was said before must not stand while the reason is typed
        self.flush()
        self._show_standing()

    def _on_typed(self, key: str) -> None:
        row = self._row(key)
        finding = row.finding() if row else None
        if finding is not None and self._session.editable:
            self._waiting[key] = finding
            self._rest.start()
            self._show_standing()

    def _on_settled(self, _key: str) -> None:
        self.flush()

    def _on_stored(self, stop: bool, standing: Precheck) -> None:
        if self.standing is None or standing.assessment.id != self.standing.assessment.id:
            return
        self.standing = standing
        self._show_standing()
        if stop and standing.assessment.stage is Stage.STOPPED:
            sentence = self._i18n.tr("desk.now_stopped", site=standing.assessment.site_name)
            self._context.notices.post(sentence, "failed")
            self._context.events.assessment_changed.emit(Change(standing.assessment.id, self._session))
            self._context.events.progress_changed.emit()
            self._session.reload()
        self.precheck_recorded.emit()

    def _on_refused(self, assessment: str, error: Exception) -> None:
        here = self.standing is not None and self.standing.assessment.id == assessment
        if not here or not isinstance(error, ProblemsFound):
            self._context.tasks.failed.emit(error)
            self._session.reload()
            return
        for problem in error.problems:
            row = self._row(problem.place.removeprefix(f"{KEY}."))
            if row is not None:
                row.show_problem(self._i18n.problem(problem))


def _bring_into_view(row: QuestionRow) -> None:
    """Scroll what holds the card so far that a question is seen."""
    above = row.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(row, 0, MARGIN)


# --- in the worker thread


def _read(assessment: str, desk: Desk) -> Precheck:
    return desk.prechecking.precheck(desk.workspace, assessment)


def _record(
    assessment: str, findings: dict[str, PrecheckFinding | None], stop: bool, visit: str, desk: Desk
) -> Precheck:
    return desk.prechecking.record_precheck(desk.workspace, assessment, findings, stop=stop, visit=visit)
