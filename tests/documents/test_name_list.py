"""Lists of names: what a notice must say, that nothing ranks, and that paper and pasted text say the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from wufei_cells.documents.name_list import render_name_list
from wufei_cells.documents.name_list_data import ListEntry, ListGroup, ListKind, NameList
from wufei_cells.documents.name_list_words import name_list_text
from wufei_cells.domain.text import Text
from wufei_cells.errors import ProblemsFound
from wufei_cells.wording import Wording

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wording"
EAST, WEST = Text("东区", "East"), Text("西区", "West")
CITY, ISSUER = Text("样城市", "Sample City"), Text("样城市“无废城市”办公室", "Sample Office")
OFFICES = ListGroup(Text("无废机关", "Waste-Free Office"), (ListEntry("甲局", EAST), ListEntry("乙局", WEST)))
SCHOOLS = ListGroup(Text("无废学校", "Waste-Free School"), (ListEntry("一中", EAST),))
NOTICE = NameList(
    ListKind.NOTICE,
    CITY,
    ISSUER,
    date(2026, 6, 24),
    (OFFICES, SCHOOLS),
    Text("2026年第一批"),
    period=(date(2026, 6, 24), date(2026, 6, 30)),
    contact="固废科，电话 0000",
)


def certified(count: int = 2) -> ListGroup:
    entries = (
        ListEntry(f"第{number}局", EAST, f"SC-JG-2026-{number:03d}", date(2029, 7, 2)) for number in range(1, count + 1)
    )
    return ListGroup(OFFICES.category, tuple(entries))


NAMING = replace(
    NOTICE, kind=ListKind.NAMING, groups=(certified(),), period=None, contact="", document_number="样无废〔2026〕5号"
)


@pytest.fixture(scope="module")
def catalogue():
    merged = {}
    for path in FOLDER.glob("*.json"):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


@pytest.fixture
def zh(catalogue) -> Wording:
    return Wording(catalogue, "zh")


def pages(data, fonts, wording) -> list[str]:
    document = pypdfium2.PdfDocument(render_name_list(data, fonts, wording))
    try:
        texts = [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()
    for number, text in enumerate(texts, start=1):
        assert f"—{number}—" in text, "each page bears its number"
    return [text.replace(f"—{number}—", "", 1) for number, text in enumerate(texts, start=1)]


def test_a_notice_says_who_until_when_and_where_to_object(document_fonts, zh):
    (text,) = pages(NOTICE, document_fonts, zh)
    assert text.startswith("关于拟命名样城市2026年第一批“无废细胞”的公示")
    for told in ("以下3家单位", "2026年6月24日至2026年6月30日", "固废科，电话0000", "排名不分先后"):
        assert told in text
    assert "一、无废机关（2家）序号单位名称县区1甲局东区2乙局西区二、无废学校（1家）" in text
    assert text.index("一中") < text.index("样城市“无废城市”办公室2026年6月24日")
    assert "证书编号" not in text, "nobody holds one yet"


def test_a_naming_bears_its_document_number_and_the_certificates(document_fonts, zh):
    (text,) = pages(NAMING, document_fonts, zh)
    assert text.startswith("关于命名样城市2026年第一批“无废细胞”的通报样无废〔2026〕5号")
    assert "序号单位名称县区证书编号有效期至1第1局东区SC-JG-2026-0012029-07-02" in text
    assert "动态管理" in text


def test_the_pasted_text_says_what_the_paper_says(document_fonts, zh):
    for data in (NOTICE, NAMING, replace(NAMING, kind=ListKind.VALID)):
        paper, lines = "".join(pages(data, document_fonts, zh)), name_list_text(data, zh).splitlines()
        for line in lines:
            if not re.match(r"\d+\. ", line):
                assert re.sub(r"\s", "", line) in paper
    assert "1. 甲局（东区）" in name_list_text(NOTICE, zh)
    assert "2. 第2局（东区），证书编号 SC-JG-2026-002，有效期至 2029-07-02" in name_list_text(NAMING, zh)


def test_what_a_notice_lacks_is_told_all_at_once(zh):
    lacking = replace(NOTICE, groups=(), period=None, contact=" ")
    with pytest.raises(ProblemsFound) as refused:
        name_list_text(lacking, zh)
    assert [problem.code for problem in refused.value.problems] == [
        "paper.nobody",
        "paper.no_period",
        "paper.no_contact",
    ]
    assert all(zh.problem(problem) for problem in refused.value.problems)
    backwards = replace(NOTICE, period=(date(2026, 6, 30), date(2026, 6, 24)))
    with pytest.raises(ProblemsFound) as refused:
        name_list_text(backwards, zh)
    assert "2026-06-24" in zh.error(refused.value)


def test_a_long_list_repeats_its_head_and_names_everybody_once(document_fonts, zh):
    found = pages(replace(NAMING, groups=(certified(120),)), document_fonts, zh)
    assert len(found) > 3
    for page in found[1:-1]:
        assert page.startswith("序号单位名称县区证书编号有效期至一、无废机关（120家）（续）")
    whole = "".join(found)
    for number in range(1, 121):
        assert whole.count(f"SC-JG-2026-{number:03d}") == 1


def test_made_up_data_and_model_checklists_are_marked(document_fonts, zh):
    data = replace(NAMING, example=True, official=False)
    (text,) = pages(data, document_fonts, zh)
    assert "示例数据，不作认定依据" in text
    assert "非主管部门发布的标准" in text
    assert name_list_text(data, zh).startswith("示例数据，不作认定依据\n")


def test_the_same_list_gives_the_same_bytes_in_either_language(document_fonts, zh):
    en = zh.speaking("en")
    for wording in (zh, en):
        assert render_name_list(NOTICE, document_fonts, wording) == render_name_list(NOTICE, document_fonts, wording)
    (text,) = pages(NOTICE, document_fonts, en)
    assert "1.Waste-FreeOffice(2)" in text
    assert "Contact:" in text


def test_who_says_so_and_when_stand_below_rows_of_the_table(document_fonts, zh):
    """Whatever the number of names, the last page is never the issuer and the date alone."""
    broken = 0
    for count in (1, 3, *range(17, 26)):
        texts = pages(replace(NAMING, groups=(certified(count),)), document_fonts, zh)
        rows = re.findall(r"第\d+局", texts[-1])
        assert len(rows) >= min(count, 3), (count, texts[-1])
        assert rows[-1] == f"第{count}局"
        broken += len(texts) > 1
    assert 0 < broken < 11, "the counts should lie around the end of a page"
