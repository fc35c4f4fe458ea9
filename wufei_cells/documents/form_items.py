"""The table of a form: preconditions first, then the items group by group with their subtotals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_answers import ALARM, FormAnswers, span
from wufei_cells.documents.form_questions import FormQuestions
from wufei_cells.documents.form_table import BAND, BODY, GREYED, SMALL, STRONG, FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.report_table import HEAD, INK
from wufei_cells.documents.text import Align, TextStyle
from wufei_cells.domain.amounts import exact, plain, printed
from wufei_cells.domain.checklists import Checklist, Gate, Group, Item

if TYPE_CHECKING:
    from wufei_cells.documents.form_words import FormWords
    from wufei_cells.documents.report_pages import ReportPages
    from wufei_cells.domain.conditions import Condition
    from wufei_cells.scoring.scorecard import GroupScore

POINTS = TextStyle(Face.SANS_BOLD, 11, color=INK)
LOST = TextStyle(Face.SANS_BOLD, 11, color=ALARM)
LEAST = 34.0  # of a row in which something is written
NUMBER, MARKS, VERIFY, GAINED = 32.0, 30.0, 36.0, 46.0
SHORT_POINTS = 6  # characters
TOP_BAND = TextStyle(Face.SANS_BOLD, 10, color=INK)


class FormItems:
    """Sets everything that is asked or was answered."""

    def __init__(self, pages: ReportPages, words: FormWords) -> None:
        self._pages = pages
        self._words = words
        self._say = words.say
        self._questions = FormQuestions(words)
        filled = words.data.filled
        self._answers = FormAnswers(words, filled) if filled else None
        self._checklist: Checklist = words.data.checklist

    def gate_table(self) -> FormTable:
        """The columns of preconditions."""
        width = self._pages.paper.width - NUMBER - VERIFY
        shares = {"gate": 0.46, "record": 0.3, "remarks": 0.24}
        columns = [FormColumn(self._say("column_number"), NUMBER, Align.CENTER)]
        columns.append(FormColumn(self._say("column_gate"), width * shares["gate"]))
        columns.append(FormColumn(self._say("column_verify"), VERIFY, Align.CENTER))
        columns += [FormColumn(self._say(f"column_{key}"), width * shares[key]) for key in ("record", "remarks")]
        return FormTable(self._pages, columns)

    def item_table(self) -> FormTable:
        """The columns of items."""
        rest = self._pages.paper.width - NUMBER - MARKS - VERIFY - GAINED
        shares = {"item": 0.295, "scoring": 0.215, "record": 0.33, "remarks": 0.16}
        columns = [
            FormColumn(self._say("column_number"), NUMBER, Align.CENTER),
            FormColumn(self._say("column_item"), rest * shares["item"]),
            FormColumn(self._say("column_marks"), MARKS, Align.CENTER),
            FormColumn(self._say("column_scoring"), rest * shares["scoring"]),
            FormColumn(self._say("column_verify"), VERIFY, Align.CENTER),
            FormColumn(self._say("column_record"), rest * shares["record"]),
            FormColumn(self._say("column_points"), GAINED, Align.CENTER),
            FormColumn(self._say("column_remarks"), rest * shares["remarks"]),
        ]
        return FormTable(self._pages, columns, continued=self._say("continued", heading="{heading}"))

    def gate_rows(self) -> list[FormRow]:
        """The rows of preconditions."""
        return list(self._gate_rows())

    def item_rows(self) -> list[FormRow]:
        """The rows of all groups, with bonus and deductions."""
        of = self._checklist
        rows: list[FormRow] = []
        for group in of.groups:
            rows += self._group_rows(group, self._heading(group))
        if of.bonus:
            cap = self._say("bonus_cap", cap=plain(of.bonus.cap))
            rows += self._group_rows(of.bonus.group, f"{self._words.group(of.bonus.group)}　{cap}")
        if of.deductions:
            cap = self._say("deductions_cap", cap=plain(of.deductions.cap))
            rows += self._group_rows(of.deductions.group, f"{self._words.group(of.deductions.group)}　{cap}")
        return rows

    # --- groups

    def _heading(self, group: Group) -> str:
        key = "group_points" if group.full == group.worth else "group_points_weighted"
        points = self._say(key, points=plain(group.full), weight=plain(group.worth))
        return f"{self._words.group(group)}　{points}"

    def _group_rows(self, group: Group, heading: str) -> Iterator[FormRow]:
        yield FormRow([[Para(heading, TOP_BAND), *self._only_where(group)]], ground=HEAD, keep=True)
        conditions = () if group.applies is None else (group.applies,)
        rows = list(self._inner_rows(group, heading, conditions))
        yield from rows[:-1]
        yield from (replace(last, keep=True) for last in rows[-1:])  # the subtotal is not to stand alone on a page
        yield self._subtotal(group, heading)

    def _inner_rows(self, group: Group, under: str, above: tuple[Condition, ...]) -> Iterator[FormRow]:
        for item in group.items:
            yield self._item_row(item, under, above if item.applies is None else (*above, item.applies))
        for inner in group.groups:
            heading = f"{under}　›　{self._heading(inner)}"
            told = [Para(self._heading(inner), STRONG), *self._only_where(inner)]
            yield FormRow([told], ground=BAND, keep=True, under=under)
            conditions = above if inner.applies is None else (*above, inner.applies)
            yield from self._inner_rows(inner, heading, conditions)

    def _only_where(self, group: Group) -> Iterator[Para]:
        if group.applies is not None and self._answers is None:
            yield Para(self._say("only_where", condition=self._words.condition(group.applies)), SMALL)

    def _subtotal(self, group: Group, under: str) -> FormRow:
        """The sum of a group, to be worked out or as it is; it stays with the group's last item as far as it can."""
        label, gained = self._say("subtotal", group=self._words.group(group)), ""
        note = self._needed(group)
        score = self._score_of(group)
        if self._words.data.filled and score is not None:
            gained, note = span(score.got), self._group_result(score)
        elif self._words.data.filled:
            card = self._words.data.filled.scorecard
            bonus = self._checklist.bonus is not None and group is self._checklist.bonus.group
            gained = span(card.bonus if bonus else card.deductions)
        cells = [[], [Para(label, STRONG)], [Para(plain(group.worth), STRONG)], [Para(note, SMALL)], [], [], [], []]
        cells[6] = [_points(gained, POINTS)]
        return FormRow(cells, least=22, ground=BAND, under=under)

    def _score_of(self, group: Group) -> GroupScore | None:
        filled = self._words.data.filled
        scores = filled.scorecard.groups if filled else ()
        return next((score for score in scores if score.key == group.key), None)

    def _needed(self, group: Group) -> str:
        share = self._checklist.grades[0].group_share(group.key) if self._checklist.grades else None
        if share is None or group not in self._checklist.groups:
            return ""
        return self._say("group_needs_share", share=self._words.number(share))

    def _group_result(self, score: GroupScore) -> str:
        if score.needed is None:
            return self._say("group_counts", full=printed(score.full))
        reached = score.got.reaches(score.needed)
        state = self._say({True: "reached", False: "not_reached", None: "still_open"}[reached])
        return self._say("group_needs", full=printed(score.full), needed=exact(score.needed), state=state)

    # --- rows of entries

    def _gate_rows(self) -> Iterator[FormRow]:
        for gate in self._checklist.gates:
            excluded = gate.applies is not None and self._words.excluded((gate.applies,))
            record: list[Para]
            if excluded:
                record = [Para(self._say("excluded"), SMALL)]
            else:
                record = list(self._answers.gate(gate) if self._answers else self._questions.gate(gate))
            remarks = list(self._answers.remarks(gate)) if self._answers else []
            cells = [[Para(gate.number)], self._asked(gate), [Para(self._words.verify(gate), SMALL)], record, remarks]
            yield FormRow(cells, least=0 if excluded else LEAST, ground=GREYED if excluded else None)

    def _item_row(self, item: Item, under: str, conditions: tuple[Condition, ...]) -> FormRow:
        words = self._words
        excluded = words.excluded(conditions) or words.circumstances.rules.applies(item.rule) is False
        number = f"★{item.number}" if item.star else item.number
        weighted = item.weight is not None and item.weight != item.full
        marks = [Para(plain(item.full), STRONG)]
        if weighted:
            marks.append(Para(self._say("counts_for", weight=plain(item.worth)), SMALL))
        own = () if item.applies is None else (item.applies,)  # those of groups stand under their headings
        record: Sequence[Para]
        if self._answers:
            record = list(self._answers.item(item))
        elif excluded:
            record = [
                Para(
                    self._say("excluded_because", condition=self._say("list").join(map(words.condition, conditions))),
                    SMALL,
                )
            ]
        else:
            record = list(self._questions.item(item, map(words.condition, own)))
        cells = [
            [Para(number)],
            self._asked(item),
            marks,
            [Para(words.text(item.scoring))] if item.scoring else [],
            [Para(words.verify(item), SMALL)],
            record,
            self._gained(item, excluded=excluded),
            list(self._answers.remarks(item)) if self._answers else [],
        ]
        least = 0.0 if excluded or self._answers else LEAST
        return FormRow(cells, least=least, ground=GREYED if excluded else None, under=under)

    def _asked(self, entry: Item | Gate) -> list[Para]:
        """What an entry wants, what to ask for, and how to look."""
        words = self._words
        style = BODY if isinstance(entry, Gate) else STRONG
        paras = [Para(words.text(entry.text), style)]
        looked = [("evidence", entry.evidence)]
        if self._answers is None:  # nobody needs to be told how to look any more
            looked.append(("guidance", entry.guidance))
        for key, text in looked:
            if text:
                paras.append(Para(self._say(key, text=words.text(text)), SMALL, above=2))
        return paras

    def _gained(self, item: Item, *, excluded: bool) -> list[Para]:
        if not self._answers:
            return [Para("—" if excluded else "", BODY)]
        score = self._words.data.filled and self._words.data.filled.scorecard.item(item.key)
        points = self._answers.points(item.key)
        nothing = bool(score and score.applies and score.answered and not score.got.high and item.full)
        lost = nothing and item.key not in self._taken()
        return [_points(points, LOST if lost else POINTS)]

    def _taken(self) -> set[str]:
        group = self._checklist.deductions.group if self._checklist.deductions else None
        return {item.key for item in group.all_items()} if group else set()


def _points(text: str, style: TextStyle) -> Para:
    """Points as large as their narrow column takes."""
    return Para(text, style if len(text) < SHORT_POINTS else style.scaled(STRONG.size))
