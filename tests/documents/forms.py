"""Forms for tests: sheets with everything on them, and what is read back from paper."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pypdfium2

from wufei_cells.documents.form_data import FilledSheet, FormData
from wufei_cells.documents.score_form import render_form
from wufei_cells.domain.answers import Answer, Basis, BasisRow
from wufei_cells.domain.checklists import Checklist, Item
from wufei_cells.domain.evidence import EvidenceFile, EvidenceId, EvidenceRow
from wufei_cells.domain.findings import Finding, FindingId, FindingRow, FindingState, Severity
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.prechecks import PrecheckFinding, PrecheckQuestion, PrecheckRow
from wufei_cells.domain.register import AnswerRow, AssessmentId, AssessmentRow, EditionId, SiteId, SiteRow
from wufei_cells.domain.signatures import SignatureRow, Signer
from wufei_cells.domain.text import Text
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.services import explaining
from wufei_cells.services.printing_forms import formulas, told_answer
from wufei_cells.services.reading import Sheet

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
EDITION = EditionId("9f" * 32)
QUESTIONS = (
    PrecheckQuestion("honest", Text("三年内没有失信记录", "No record of dishonesty")),
    PrecheckQuestion("true", Text("申报材料真实", "The application is true"), Text("某方案")),
    PrecheckQuestion("calm", Text("没有事故", "No accident")),
)
SITE = SiteRow(SiteId("s"), "东风机械厂", "office", "east", "东区一路 8 号", "", "", "", "", {}, Stage.SCORING)


def blank(checklist: Checklist, wording, **changes) -> FormData:
    data = FormData(
        checklist, EDITION, DAY, precheck=QUESTIONS, formulas=formulas(checklist, wording, DAY), rules=("一条规则",)
    )
    return replace(data, **changes)


def filled(checklist: Checklist, wording, answers: dict[str, Answer], facts=None, **changes) -> FormData:
    """A sheet with these answers, and nothing else on it unless told so."""
    card = evaluate(checklist, facts or {}, answers, on=DAY)
    stage = Stage.FINISHED if card.finished else Stage.SCORING
    row = AssessmentRow(
        AssessmentId("a"), SITE.id, SITE.name, "office", "east", EDITION, "onsite", ("王敏", "张伟"), DAY, NOON, stage
    )
    rows = {key: AnswerRow(key, answer, "p", NOON, ()) for key, answer in answers.items()}
    sheet = Sheet(row, SITE, EDITION, checklist, facts or {}, rows, card)
    paper = FilledSheet(
        row,
        rows,
        card,
        told={item.key: told_answer(sheet, item, wording) for item in checklist.items()},
        verdict=explaining.verdict(card, checklist, wording, on=DAY),
        people={"p": "王敏"},
        zone=timezone(timedelta(hours=8)),
    )
    of_sheet = {name: changes.pop(name) for name in list(changes) if name in FilledSheet.__dataclass_fields__}
    data = blank(checklist, wording, site=SITE, facts=facts or {}, assessors=row.assessors, **changes)
    return replace(data, filled=replace(paper, **of_sheet))


def everything(checklist: Checklist, wording, answers: dict[str, Answer], item: str) -> FormData:
    """A sheet with one of each: findings, evidence, signatures, a pre-check, and what numbers rest on."""
    low, high = ((10, 50), (400, 300), (800, 90)), ((20, 200), (90, 20))
    return filled(
        checklist,
        wording,
        answers,
        precheck=PrecheckRow({"honest": PrecheckFinding(True), "true": PrecheckFinding(False, "数字对不上")}),
        findings=(
            FindingRow(
                FindingId("f"),
                "a",
                Finding(item, Severity.MAJOR, "没有托盘", "补上托盘", "李工", date(2026, 12, 7)),
                "p",
                NOON,
            ),
            FindingRow(
                FindingId("g"),
                "a",
                Finding("", Severity.SUGGESTION, "改用电子台账"),
                "p",
                NOON,
                FindingState.CLOSED,
                "已经改好",
            ),
        ),
        evidence=tuple(
            EvidenceRow(
                EvidenceFile(EvidenceId(f"{number:064d}"), "image/jpeg", 9, 8, 8, datetime(2026, 11, 22, 9, number)),  # noqa: DTZ001
                item if number else "",
                f"IMG_{number:04d}.jpg",
                "全景" if number == 1 else "",
                "p",
                NOON,
                received=number != 2,
            )
            for number in range(3)
        ),
        signatures=(
            SignatureRow("1", "a", "王敏", Signer.ASSESSOR, (low, high), NOON, "p", "b"),
            SignatureRow("2", "a", "李国强", Signer.UNIT, (high,), NOON, "p", "b", holds=False),
        ),
    )


def counted(text: str, **numbers: str) -> Answer:
    """An answer whose number is the sum of two places."""
    rows = (BasisRow("三楼", {"number": "1"}), BasisRow("食堂", {"number": "2"}))
    return Answer(text, note="已当场告知", bases={"": Basis("2025年", "巡查记录", rows)})


def many_items(checklist: Checklist, template: str, count: int, words: int) -> Checklist:
    """The checklist with this many copies of an item, each with long texts that begin and end in a way of their own."""
    pattern = next(item for item in checklist.items() if item.key == template)

    def copy(number: int) -> Item:
        def text(mark: str) -> Text:
            return Text(f"{mark}{number:03d}始{'看现场台账、' * words}{mark}{number:03d}终")

        return replace(
            pattern,
            key=f"Z{number}",
            number=f"Z{number}",
            text=text("指"),
            full=Decimal(1),
            evidence=text("材"),
            guidance=text("引"),
            scoring=text("分"),
            ancestors=(),
        )

    group = replace(checklist.groups[0], items=tuple(copy(number) for number in range(count)), groups=())
    return replace(checklist, groups=(group,), grades=checklist.grades[:1], bonus=None, deductions=None)


def pages(data: FormData, fonts, wording) -> list[str]:
    """What stands on each page, without spaces."""
    content = render_form(data, fonts, wording)
    document = pypdfium2.PdfDocument(content)
    try:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def shown(data: FormData, fonts, wording) -> str:
    """What stands on all pages."""
    return "".join(pages(data, fonts, wording))
