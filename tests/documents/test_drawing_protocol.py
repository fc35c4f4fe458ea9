"""The papers of a drawing by lot: everything that decided it is printed, the same record gives the same bytes."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest

from wufei_cells.documents.drawing_protocol import VisitLine, render_announcement, render_protocol, render_visits
from wufei_cells.domain.drawings import (
    Candidate,
    Choice,
    Conflict,
    ConflictKind,
    Drawing,
    DrawingId,
    DrawingPlan,
    DrawingRow,
    Exclusion,
    ExclusionKind,
    Pool,
    Risk,
    WeightReason,
)
from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.scoring.drawing import draw, list_hash, list_text
from wufei_cells.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ("吴检", "陈检", "林检")
SITES = tuple(
    Candidate(f"{number:032x}", f"第{number}单位", "office", "east", f"人民路{number}号", certificate=f"SC-{number:03}")
    for number in range(1, 6)
)
HEAVY = replace(
    SITES[0],
    weight=4,
    reasons=(
        WeightReason(Risk.MARGIN, 2, {"above": "0.5", "needed": "80"}),
        WeightReason(Risk.YEARS, 1, {"years": 1, "on": "2025-06-01"}),
    ),
)
PLAN = DrawingPlan(
    choice=Choice("2026年秋季抽查", PEOPLE, number=2, weighted=True, checked_months=6),
    on=date(2026, 11, 2),
    candidates=(HEAVY, *SITES[1:]),
    exclusions=(
        Exclusion(
            "x", "停用单位", ExclusionKind.STATE, {"number": "SC-9", "state": "withdrawn", "since": "2026-01-02"}
        ),
        Exclusion("y", "刚查过的单位", ExclusionKind.CHECKED, {"on": "2026-10-01", "months": 6}),
        Exclusion("z", "搬迁单位", ExclusionKind.NAMED, {"reason": "整体搬迁"}),
    ),
    conflicts=(
        Conflict("吴检", SITES[1].id, ConflictKind.DECLARED, "配偶在此任职"),
        Conflict("陈检", SITES[2].id, ConflictKind.DECIDED),
    ),
    count=2,
    texts={"issuer": {"zh": "样城市无废办", "en": "Sample Office"}, "district.east": {"zh": "东区", "en": "East"}},
)


def row_of(plan):
    seed = "07 13 22 31"
    drawing = Drawing(plan, seed, "双色球第128期", list_hash(plan.lists), draw(plan.lists, seed))
    return DrawingRow(DrawingId("d" * 32), drawing, "王敏", datetime(2026, 11, 2, tzinfo=UTC))


@pytest.fixture(scope="module")
def catalogue():
    merged = {}
    for path in (ROOT / "resources" / "wording").glob("*.json"):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return re.sub(r"\s+", "", "".join(pages)), len(pages)


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_protocol_prints_everything_that_decided(document_fonts, catalogue, language):
    row, wording = row_of(PLAN), Wording(catalogue, language)
    content = render_protocol(row, document_fonts, wording)
    assert content == render_protocol(row, document_fonts, wording), "the same record gives the same bytes"
    text, _pages = text_of(content)
    told = [row.id, row.author, row.drawing.seed, row.drawing.seed_source, row.drawing.list_hash]
    told += [name for one in row.drawing.drawn for name in one.inspectors]
    told += [one.name for one in (*PLAN.candidates, *PLAN.exclusions)]
    told += ["整体搬迁", "配偶在此任职", wording.say("drawing.risk_margin", above="0.5", needed="80", weight=2)]
    told += list_text(PLAN.lists).splitlines()
    assert [one for one in told if squeezed(one) not in text] == []
    assert not re.search(r"drawing\.|\{", text), "a sentence is missing"


def test_before_the_draw_the_same_list_is_printed_without_a_result(document_fonts, catalogue):
    wording = Wording(catalogue, "zh")
    text, _pages = text_of(render_announcement(PLAN, document_fonts, wording))
    assert list_hash(PLAN.lists) in text
    assert "抽取结果" not in text
    assert "抽取人" not in text


def test_each_inspector_gets_a_sheet_with_only_their_own_visits(document_fonts, catalogue):
    row = row_of(PLAN)
    lines = [
        VisitLine(row.drawing.site(one.site), one.inspectors, "赵主任", "0591-1234567") for one in row.drawing.drawn
    ]
    content = render_visits(row, lines, document_fonts, Wording(catalogue, "zh"))
    document = pypdfium2.PdfDocument(content)
    pages = [squeezed(page.get_textpage().get_text_range()) for page in document]
    document.close()
    sent = [name for name in PEOPLE if any(name in line.inspectors for line in lines)]
    assert len(pages) == len(sent)
    for name, page in zip(sent, pages, strict=True):
        assert f"抽查任务单：{name}" in page
        for line in lines:
            assert (line.site.address in page) == (name in line.inspectors)


def test_a_long_list_goes_on_and_made_up_data_are_marked(document_fonts, catalogue):
    many = tuple(replace(HEAVY, id=f"{number:032x}", name=f"第{number}单位") for number in range(300))
    plan = replace(PLAN, candidates=many, conflicts=(), exclusions=(), example=True)
    text, pages = text_of(render_protocol(row_of(plan), document_fonts, Wording(catalogue, "zh")))
    assert pages > 10
    assert text.count("示例数据") == pages
    assert "没有需要回避的情形" in text


# --- the words


def test_every_word_of_the_area_is_used_and_every_choice_is_worded(catalogue):
    families = {
        *(f"risk_{one}" for one in Risk),
        *(f"rule_{one}" for one in Risk),
        *(f"left_out_{one}" for one in ExclusionKind),
        *(f"state_{one}" for one in CertificateState),
        *(f"conflict_{one}" for one in ConflictKind),
        *(f"pool_{one}" for one in Pool),
        *(f"sign_{one}" for one in ("drawer", "witness", "clerk")),
        *(f"ui_name_{one}" for one in ("list", "protocol", "visits")),
    }
    named = {key.removeprefix("drawing.") for key in catalogue if key.startswith("drawing.")}
    assert families - named == set()
    paths = [path for folder in ("wufei_cells", "ui") for path in (ROOT / folder).rglob("*draw*.py")]
    spoken = {
        node.value
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    columns = {f"column_{one}" for one in spoken}
    unused = {key for key in named - families - columns if key not in spoken and f"drawing.{key}" not in spoken}
    assert unused == set()
    assert all(set(texts) == {"zh", "en"} for key, texts in catalogue.items() if key.startswith("drawing."))
