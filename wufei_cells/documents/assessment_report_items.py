"""The items of an assessment report, one below the other: points of full points, what was judged, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.documents.form_answers import FormAnswers, span
from wufei_cells.documents.form_items import POINTS, FormItems
from wufei_cells.documents.form_table import BAND, BODY, GREYED, SMALL, STRONG, FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.report_table import INK
from wufei_cells.documents.text import Align
from wufei_cells.domain.amounts import plain, printed

if TYPE_CHECKING:
    from wufei_cells.documents.assessment_report_words import ReportWords
    from wufei_cells.documents.report_pages import ReportPages
    from wufei_cells.domain.checklists import Gate, Group, Item
    from wufei_cells.domain.conditions import Condition

NUMBER, GAINED = 36.0, 56.0
ASKED = 0.4  # of what the number and the points leave


class ReportItems(FormItems):
    """Sets everything that was judged."""

    def __init__(self, pages: ReportPages, words: ReportWords) -> None:
        super().__init__(pages, words)
        self._report = words
        self._told = FormAnswers(words, words.filled)
        bonus = self._checklist.bonus
        self._extras = {item.key for item in bonus.group.all_items()} if bonus else set[str]()

    def gate_table(self) -> FormTable:
        """The columns of preconditions."""
        width = self._pages.paper.width - NUMBER
        columns = [FormColumn(self._say("column_number"), NUMBER, Align.CENTER)]
        columns += [
            FormColumn(self._say("column_gate"), width * 0.5),
            FormColumn(self._say("column_judged"), width * 0.5),
        ]
        return FormTable(self._pages, columns)

    def item_table(self) -> FormTable:
        """The columns of items."""
        rest = self._pages.paper.width - NUMBER - GAINED
        columns = [
            FormColumn(self._say("column_number"), NUMBER, Align.CENTER),
            FormColumn(self._say("column_item"), rest * ASKED),
            FormColumn(self._say("column_of_full"), GAINED, Align.CENTER),
            FormColumn(self._say("column_judged"), rest * (1 - ASKED)),
        ]
        return FormTable(self._pages, columns, continued=self._say("continued", heading="{heading}"))

    def set_aside_table(self) -> FormTable:
        """The columns of what does not apply."""
        rest = self._pages.paper.width - NUMBER - GAINED
        columns = [
            FormColumn(self._say("column_number"), NUMBER, Align.CENTER),
            FormColumn(self._say("column_item"), rest * ASKED),
            FormColumn(self._say("column_marks"), GAINED, Align.CENTER),
            FormColumn(self._say("column_why"), rest * (1 - ASKED)),
        ]
        return FormTable(self._pages, columns)

    def set_aside_rows(self) -> list[FormRow]:
        """What does not apply, with the reason."""
        words, filled = self._report, self._report.filled
        rows: list[FormRow] = []
        for item in self._checklist.items():
            score, row = filled.scorecard.item(item.key), filled.answers.get(item.key)
            if score is None or score.applies:
                continue
            reason = words.plain((row.answer.na or "").strip()) if row else ""
            cells = [item.number, words.text(item.text), plain(item.full), reason or self._say("by_facts")]
            rows.append(FormRow([[Para(text, STRONG if at == 0 else BODY)] for at, text in enumerate(cells)]))
        return rows

    # --- rows

    def _gate_rows(self) -> Iterator[FormRow]:
        for gate in self._checklist.gates:
            excluded = gate.applies is not None and self._words.excluded((gate.applies,))
            cells = [[Para(gate.number, STRONG)], [Para(self._words.text(gate.text))]]
            yield FormRow(
                [*cells, self._judged(gate, list(self._told.gate(gate)))], ground=GREYED if excluded else None
            )

    def _item_row(self, item: Item, under: str, conditions: tuple[Condition, ...]) -> FormRow:  # noqa: ARG002 - the form's
        score = self._report.filled.scorecard.item(item.key)
        excluded = score is not None and not score.applies
        number = f"★{item.number}" if item.star else item.number
        cells = [
            [Para(number, STRONG)],
            [Para(self._words.text(item.text))],
            self._gained(item, excluded=excluded),
            self._judged(item, list(self._told.item(item))),
        ]
        return FormRow(cells, ground=GREYED if excluded else None, under=under)

    def _gained(self, item: Item, *, excluded: bool) -> list[Para]:
        paras = super()._gained(item, excluded=excluded)
        if item.key in self._extras:  # nobody loses what need not be earned
            paras = [replace(para, style=replace(para.style, color=INK)) for para in paras]
        paras.append(Para(self._say("of_full", full=plain(item.full)), SMALL))
        if item.weight is not None and item.weight != item.full:
            paras.append(Para(self._say("counts_for", weight=plain(item.worth)), SMALL))
        return paras

    def _judged(self, entry: Item | Gate, told: list[Para]) -> list[Para]:
        """What was judged, with the assessor's own words below it."""
        row = self._report.filled.answers.get(entry.key)
        note = row.answer.note.strip() if row else ""
        if note:
            told.append(Para(self._say("note", text=self._words.plain(note)), BODY, above=2))
        return told

    def _subtotal(self, group: Group, under: str) -> FormRow:
        card = self._report.filled.scorecard
        score = self._score_of(group)
        bonus = self._checklist.bonus is not None and group is self._checklist.bonus.group
        gained, note = span(card.bonus if bonus else card.deductions), ""
        full = plain(group.worth)
        if score is not None:
            gained, note, full = span(score.got), self._group_result(score), printed(score.full)
        points = [Para(gained, POINTS if len(gained) < 6 else STRONG), Para(self._say("of_full", full=full), SMALL)]
        label = self._say("subtotal", group=self._words.group(group))
        return FormRow(
            [[], [Para(label, STRONG)], points, [Para(note, SMALL)] if note else []], ground=BAND, under=under
        )
