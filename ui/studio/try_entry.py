"""One entry as the assessor will meet it: its real answer editor with a dummy answer, the points, and why."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.studio.fields import discard
from ui.studio.place_words import entry_path
from ui.studio.trial import fits, holds_with, subject_at, try_entry
from ui.widgets.answer_editor import AnswerEditor, Marking, tight
from ui.widgets.answer_editor_parts import editor_for
from ui.widgets.facts_form import FactsForm
from ui.widgets.number_field import NumberField
from ui.widgets.plain import plain_label
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Gate
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services.explaining import explain

if TYPE_CHECKING:
    from ui.studio.fields import Bench
    from ui.studio.trial import EntryTrial, Subject
    from wufei_cells.checklists.yaml_source import Path
    from wufei_cells.errors import Problem
    from wufei_cells.scoring.scorecard import ItemScore
    from wufei_cells.services.explaining import ExplainedLine

NARROW = 76  # pixels of a number
STEP = 12  # pixels of indent for each level of an explanation


class EntryTrialView(QWidget):
    """One entry with its real answer editor, the points it gives, and why."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._path: Path = ()
        self._subject: Subject | None = None
        self.editor: AnswerEditor | None = None
        self.message_label = plain_label("muted", wrap=True)
        self.text_label = plain_label("part_title", wrap=True)
        self.scoring_label = plain_label("caption", wrap=True)
        self.facts_form = FactsForm(bench.context)
        self.facts_form.fact_edited.connect(bench.session.try_fact)
        self.result_label = plain_label("section", wrap=True)
        self.caution_label = plain_label("attention", wrap=True)
        self.lines = ExplainedLines(bench)
        column = tight(QVBoxLayout(self))
        column.setContentsMargins(0, 0, 8, 0)
        for widget in (self.message_label, self.text_label, self.scoring_label, self.facts_form):
            column.addWidget(widget)
        self._editor_place = tight(QVBoxLayout())
        column.addLayout(self._editor_place)
        for widget in (self.result_label, self.caution_label, self.lines):
            column.addWidget(widget)
        column.addStretch(1)

    def show_entry(self, path: Path) -> None:
        """Turn to another entry."""
        self._path = path
        self.refresh()

    def refresh(self) -> None:
        """Read the entry anew; the editor stays while the entry is the same."""
        path = self._path
        answered = len(path) > 1 and path[-2] in ("items", "gates")
        subject = subject_at(self._bench.session.data, path) if answered else None
        if subject is None or self._is_another(subject):
            self._show_subject(subject)
        self._subject = subject
        self._say_why_not(answered=answered)
        self._score()

    def _is_another(self, subject: Subject) -> bool:
        """Whether it is another entry than the one shown, or the same with other numbers."""
        shown = self._subject
        if shown is None or shown.entry != subject.entry:
            return True
        return shown.checklist.parameters != subject.checklist.parameters

    def _show_subject(self, subject: Subject | None) -> None:
        if self.editor is not None:
            self._editor_place.removeWidget(self.editor)
            discard(self.editor)
            self.editor = None
        for widget in (self.text_label, self.scoring_label, self.facts_form, self.result_label, self.lines):
            widget.setVisible(subject is not None)
        if subject is None:
            return
        bench, entry = self._bench, subject.entry
        marking = self._marking(subject)
        gate = isinstance(entry, Gate)
        self.text_label.setText(f"{entry.number} {marking.text(entry.text)}")
        self.scoring_label.setText("" if isinstance(entry, Gate) else marking.text(entry.scoring))
        self.scoring_label.setVisible(not gate)
        self.editor = editor_for(None if isinstance(entry, Gate) else entry.rule, marking, self)
        self.editor.show_keys(False)
        for field in self.editor.findChildren(NumberField):
            field.line_edit.setFixedWidth(NARROW)  # the pane is half as wide as the desk
        value = bench.session.answers.get(entry.key)
        if value is not None and not fits(subject, value):
            bench.session.answers.pop(entry.key, None)
            value = None
        self.editor.set_value(value)
        self.editor.answer_edited.connect(self._on_answered)
        self._editor_place.addWidget(self.editor)

    def _marking(self, subject: Subject) -> Marking:
        entry, on = subject.entry, today()
        return Marking(
            self._bench.i18n,
            Numbers(subject.checklist.parameters, on),
            Fraction(0) if isinstance(entry, Gate) else Fraction(entry.full),
            checklist=subject.checklist,
            on=on,
            holds=holds_with(subject, self._facts(subject), on),
            taken=self._takes,
        )

    @property
    def _takes(self) -> bool:
        """Whether the points of the entry are taken off the total."""
        return self._path[:1] == ("deductions",)

    def _facts(self, subject: Subject) -> dict[str, str]:
        """Give the dummy facts that the entry asks for."""
        facts = self._bench.session.facts
        return {fact.key: facts[fact.key] for fact in subject.facts if fact.key in facts}

    def _say_why_not(self, *, answered: bool) -> None:
        tr, subject = self._bench.tr, self._subject
        if subject is not None:
            self.message_label.hide()
            return
        wrong = sum(entry_path(problem.path) == self._path for problem in self._bench.session.problems)
        key = "studio.try.unsound" if answered else "studio.try.choose"
        self.message_label.setText(tr(key, count=max(wrong, 1)))
        self.message_label.show()

    def _on_answered(self, _typing: bool) -> None:
        if self.editor is not None and self._subject is not None:
            self._bench.session.try_answer(self._subject.entry.key, self.editor.value())
            self._score()

    # --- what it gives

    def _score(self) -> None:
        subject, session = self._subject, self._bench.session
        if subject is None or self.editor is None:
            self.caution_label.hide()
            return
        self.facts_form.ask(subject.facts)
        self.facts_form.show_values(session.facts)
        self.facts_form.setVisible(bool(subject.facts))
        self.editor.show_circumstances(self._marking(subject))
        trial = try_entry(subject, self._facts(subject), session.answers.get(subject.entry.key), today())
        self._show_problem(trial.problems)
        self._show_result(subject, trial)

    def _show_problem(self, problems: tuple[Problem, ...]) -> None:
        assert self.editor is not None
        problem = next(iter(problems), None)
        if problem is None:
            self.editor.show_problem("")
            return
        sentence, path = self._bench.i18n.problem(problem), tuple(problem.place.split(".")[1:])
        self.editor.show_problem(sentence, path, str(problem.values.get("field", "")))

    def _show_result(self, subject: Subject, trial: EntryTrial) -> None:
        bench, card = self._bench, trial.card
        answered = subject.entry.key in bench.session.answers
        lines: tuple[ExplainedLine, ...] = ()
        text, cautions = "", ""
        score = card.item(subject.entry.key) if card else None
        if card is not None and isinstance(subject.entry, Gate):
            result = next((gate for gate in card.gates if gate.key == subject.entry.key), None)
            state = "none" if result is None else {True: "met", False: "failed", None: "open"}[result.ok]
            text = bench.tr(f"studio.try.gate_{state}")
        elif card is not None and score is not None:
            lines = explain(score.explanation, subject.checklist, bench.i18n.wording, on=today())
            low, high = printed(score.got.low), printed(score.got.high)
            got = low if low == high else f"{low}–{high}"
            text = bench.tr(self._result_key(score, answered=answered), got=got, full=printed(score.full))
            cautions = "\n".join(bench.i18n.problem(caution) for caution in card.cautions)
            told = score.explanation.children[0] if score.explanation.children else None
            assert self.editor is not None
            self.editor.show_explanation(told.children[0] if told and told.code == "explain.clamped" else told)
        self.result_label.setText(text)
        self.caution_label.setText(cautions)
        self.caution_label.setVisible(bool(cautions))
        self.lines.show_lines(lines if answered else ())

    def _result_key(self, score: ItemScore, *, answered: bool) -> str:
        if not score.applies:
            return "studio.try.not_applicable"
        if self._takes:
            return "studio.try.takes" if answered else "studio.try.takes_at_most"
        return "studio.try.gives" if answered else "studio.try.first"


class ExplainedLines(QWidget):
    """An explanation as indented lines; short ones need no tree."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._column = tight(QVBoxLayout(self), 2)
        self.sentences: list[str] = []

    def show_lines(self, lines: tuple[ExplainedLine, ...]) -> None:
        """Show other lines."""
        sentences = [line.sentence for line in lines]
        if sentences == self.sentences:
            return
        self.sentences = sentences
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                discard(widget)
        for line in lines:
            label = plain_label("caption" if line.depth else "", wrap=True, selectable=True)
            label.setText(line.sentence)
            label.setContentsMargins(line.depth * STEP, 0, 0, 0)
            self._column.addWidget(label)


def today() -> date:
    """Give the day whose numbers a trial goes by."""
    return date.today()  # noqa: DTZ011 - the day where the person is
