"""The end of a form: the result, the findings, the evidence, and the places to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wufei_cells.documents.fonts import Face
from wufei_cells.documents.form_answers import FAILED, span
from wufei_cells.documents.form_questions import BOX
from wufei_cells.documents.form_table import BAND, BODY, SMALL, STRONG, FormColumn, FormRow, FormTable, Para
from wufei_cells.documents.report_table import INK
from wufei_cells.documents.text import Align, TextStyle
from wufei_cells.domain.amounts import exact, plain
from wufei_cells.domain.findings import Severity
from wufei_cells.scoring.numbers import Numbers

if TYPE_CHECKING:
    from wufei_cells.documents.form_head import FormHead
    from wufei_cells.documents.form_words import FormWords
    from wufei_cells.documents.report_pages import ReportPages
    from wufei_cells.domain.evidence import EvidenceRow
    from wufei_cells.domain.findings import FindingRow

RESULT = TextStyle(Face.SANS_BOLD, 12, color=INK)
LABEL = 92.0
ROOM_FOR_FINDINGS = 6
FINDING_HEIGHT = 30.0


class FormResults:
    """Sets what follows the table of items."""

    def __init__(self, pages: ReportPages, words: FormWords, head: FormHead) -> None:
        self._pages = pages
        self._words = words
        self._say = words.say
        self._head = head

    def set(self) -> None:
        """Put it on the pages."""
        self._result()
        self._findings()
        self._evidence()

    # --- the result

    def _result(self) -> None:
        columns = [FormColumn("", LABEL), FormColumn("", self._pages.paper.width - LABEL)]
        filled = self._words.data.filled
        told = list(self._blank_result() if filled is None else self._filled_result())
        told += [("marks", [Para(self._levels())]), ("rules", [Para(rule, SMALL) for rule in self._rules()])]
        rows = [
            FormRow([[Para(self._say(f"label_{key}"))], paras], least=22, grounds=(BAND, None), keep=key != told[-1][0])
            for key, paras in told
            if any(para.text for para in paras)
        ]
        self._head.section("result", FormTable(self._pages, columns), rows)

    def _blank_result(self) -> Iterator[tuple[str, list[Para]]]:
        full = plain(self._words.data.checklist.full)
        yield "total", [Para(self._say("total_blank", blank="_" * 12, full=full), BODY, leading=18)]
        grades = "　　".join(f"{BOX} {self._words.text(grade.text)}" for grade in self._words.data.checklist.grades)
        level = f"{grades}　　{BOX} {self._say('no_level')}"
        yield "level", [Para(level, BODY, leading=18)]

    def _filled_result(self) -> Iterator[tuple[str, list[Para]]]:
        filled, words = self._words.data.filled, self._words
        assert filled is not None
        card = filled.scorecard
        total = self._say("total", points=span(card.total), full=exact(card.full))
        steps = [Para(words.plain(step), SMALL) for step in filled.steps if card.finished]
        still = [] if not card.missing else [Para(self._say("missing", count=len(card.missing)), FAILED)]
        yield "total", [Para(total, RESULT), *steps, *still]
        level = next((words.text(grade.text) for grade in words.data.checklist.grades if grade.key == card.level), "")
        told = level or self._say("level_open" if card.passed is None else "no_level")
        yield "level", [Para(told, RESULT if level else STRONG)]
        yield "verdict", [Para(words.plain(filled.verdict), FAILED if card.passed is False else STRONG)]
        yield "stage", [Para(self._stage())]

    def _stage(self) -> str:
        filled = self._words.data.filled
        assert filled is not None
        row = filled.assessment
        told = self._say(f"stage_{row.stage.value}")
        if row.decided_by and row.decided_at:
            name = self._words.plain(filled.people.get(row.decided_by, row.decided_by))
            told += self._say("decided", name=name, at=self._words.moment(row.decided_at))
        return told + (self._say("remarked", text=self._words.plain(row.remarks)) if row.remarks else "")

    def _rules(self) -> Sequence[str]:
        return [self._words.plain(rule) for rule in self._words.data.rules]

    def _levels(self) -> str:
        """Say what each level takes."""
        of, say = self._words.data.checklist, self._say
        numbers = Numbers(of.parameters, self._words.data.on)
        filled = self._words.data.filled
        needed = {grade.key: grade.total_needed for grade in filled.scorecard.grades} if filled else {}
        items = {item.key: item.number for item in of.items()}
        told: list[str] = []
        for grade in of.grades:
            total = needed.get(grade.key, numbers.value(grade.total_at_least))
            sentence = say("level_needs", level=self._words.text(grade.text), total=exact(total))
            if grade.groups_at_least is not None:
                sentence += say("level_groups", share=exact(numbers.value(grade.groups_at_least)))
            for key, share in grade.group_exceptions:
                name = next(self._words.text(group.text) for group in of.groups if group.key == key)
                sentence += say("level_one", name=name, share=exact(numbers.value(share)))
            for key, share in grade.items_at_least:
                sentence += say("level_one", name=items[key], share=exact(numbers.value(share)))
            told.append(sentence)
        return say("then").join(told)

    # --- findings

    def _findings(self) -> None:
        filled = self._words.data.filled
        if filled is not None and not filled.findings:
            return
        shares = (("number", 0.04), ("entry", 0.09), ("severity", 0.11), ("problem", 0.29), ("action", 0.22))
        shares += (("responsible", 0.09), ("due", 0.08), ("check", 0.08))
        columns = [FormColumn(self._say(f"column_{key}"), self._pages.paper.width * share) for key, share in shares]
        columns[0] = FormColumn(self._say("column_number"), columns[0].width, Align.CENTER)
        rows = list(
            self._blank_findings()
            if filled is None
            else map(self._finding, range(len(filled.findings)), filled.findings)
        )
        self._head.section("findings", FormTable(self._pages, columns), rows)

    def _blank_findings(self) -> Iterator[FormRow]:
        severities = [f"{BOX} {self._say(f'severity_{one.value}')}" for one in Severity]
        pairs = ("　".join(severities[:2]), "　".join(severities[2:]))
        boxes = "\n".join(pairs if self._words.language == "zh" else severities)
        for number in range(1, ROOM_FOR_FINDINGS + 1):
            yield FormRow([[Para(str(number))], [], [Para(boxes, SMALL)], [], [], [], [], []], least=FINDING_HEIGHT)

    def _finding(self, number: int, row: FindingRow) -> FormRow:
        words, found = self._words, row.finding
        check = [Para(self._say(f"finding_{row.state.value}"), STRONG)]
        if row.checked_on:
            check.append(Para(row.checked_on.isoformat(), SMALL))
        if row.check_note:
            check.append(Para(words.plain(row.check_note), SMALL))
        texts = (words.numbers_of(found.item), self._say(f"severity_{found.severity.value}"))
        texts += tuple(map(words.plain, (found.text, found.action, found.responsible)))
        texts += (found.due.isoformat() if found.due else "",)
        return FormRow([[Para(str(number + 1))], *([Para(text)] if text else [] for text in texts), check])

    # --- evidence

    def _evidence(self) -> None:
        filled = self._words.data.filled
        if filled is None or not filled.evidence:
            return
        width = self._pages.paper.width
        shares = (("entry", 0.07), ("pieces", 0.06), ("name", 0.34), ("caption", 0.37), ("taken", 0.16))
        columns = [FormColumn(self._say(f"column_{key}"), width * share) for key, share in shares]
        table = FormTable(self._pages, columns, continued=self._say("continued", heading="{heading}"))
        rows = list(self._evidence_rows(filled.evidence))
        pieces = len({row.file.id for row in filled.evidence})
        self._head.section("evidence", table, rows, count=pieces)

    def _evidence_rows(self, evidence: Sequence[EvidenceRow]) -> Iterator[FormRow]:
        """A row for each piece, by item in printed order; the number of pieces stands beside the first."""
        order = {entry.key: place for place, entry in enumerate(self._words.data.checklist.entries(), start=1)}
        order[""] = 0
        before = None
        for row in sorted(evidence, key=lambda one: (order.get(one.item, len(order)), one.at, one.name, one.file.id)):
            count = sum(1 for one in evidence if one.item == row.item)
            first, before = row.item != before, row.item
            number = self._words.numbers_of(row.item)
            cells = [number if first else "", self._say("count", count=count) if first else ""]
            name = row.name if row.received else self._say("not_received", name=row.name)
            taken = f"{row.file.taken_at:%Y-%m-%d %H:%M}" if row.file.taken_at else ""
            cells += [self._words.plain(name), self._words.plain(row.caption), taken]
            yield FormRow(
                [[Para(text, STRONG if place == 0 else BODY)] if text else [] for place, text in enumerate(cells)]
            )
