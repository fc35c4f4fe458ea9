"""Reports on paper, whatever their blocks hold: pages, heads, sums, one page, made-up data."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from wufei_cells import shipped
from wufei_cells.documents.report_document import render_report
from wufei_cells.errors import UserError
from wufei_cells.reports.blocks import (
    Column,
    Gauge,
    GoalBar,
    Heading,
    Lead,
    Look,
    PageBreak,
    Paragraph,
    Ratio,
    Report,
    Row,
    Signature,
    TableBlock,
    Tile,
    Tiles,
)
from wufei_cells.reports.vocabulary import ReportKind, TableKind
from wufei_cells.wording import Wording

ZH = Wording(shipped.wording_catalogue(), "zh")
COLUMNS = (
    Column("site", "单位", 30, Look.TEXT),
    Column("valid", "有效", 9),
    Column("share", "完成率", 9, Look.SHARE),
    Column("progress", "进度", 20, Look.BAR),
)


def table(count, *, sums=True, name="第{}家单位"):
    rows = [Row((name.format(number), number, Fraction(2, 3), Gauge(0.5, 0.6, 1.0))) for number in range(count)]
    rows += [Row(("合计", count, None, ""), strong=True)] if sums and count else []
    return TableBlock(TableKind.STUCK, "清单", COLUMNS, tuple(rows), "一个也没有。", total=count)


def report(*blocks, one_page=False, example=False):
    return Report(
        kind=ReportKind.BRIEFING,
        title="焦作市简报",
        subtitle="截至 2026年11月22日",
        issuer="领导小组",
        subject="现有 3 个",
        on=date(2026, 11, 22),
        language="zh",
        blocks=blocks,
        example=example,
        one_page=one_page,
    )


@pytest.fixture
def printed(document_fonts):
    def render(made):
        content = render_report(made, document_fonts, ZH)
        command = ["pdftotext", "-layout", "-", "-"]
        text = subprocess.run(command, check=True, input=content, capture_output=True).stdout.decode()
        return text.removesuffix("\f").split("\f")

    return render


def test_every_block_is_on_the_page_in_its_order(printed):
    blocks = (
        Lead("头一句"),
        Tiles((Tile("valid", 58, "有效"), Tile("left", None, "还差"))),
        GoalBar("目标", "目标 100", 100, (("评估通过", 60), ("证书有效", 58))),
        Heading("一、名单"),
        table(2),
        Paragraph("后面的话"),
        Signature(("填报人：",)),
    )
    [page] = printed(report(*blocks))
    order = ["焦作市简报", "头一句", "58", "目标 100", "一、名单", "清单", "66.66%", "合计", "后面的话", "填报人："]
    assert sorted(order, key=page.index) == order
    assert page.index("–") < page.index("目标 100"), "nothing known is no zero"


def test_a_long_table_repeats_its_heads_and_never_leaves_its_sum_alone(printed):
    for count in range(60, 70):
        pages = printed(report(table(count)))
        assert all("完成率" in page for page in pages)
        last = [line.split()[0] for line in pages[-1].splitlines() if re.match(r"\s*(第\d+家单位|合计)", line)]
        assert last[-1] == "合计" and len(last) > 1, count  # noqa: PT018 - one fact


@pytest.mark.parametrize("count", [0, 1, 10_000])
def test_one_page_stays_one_page(printed, count):
    name = "一个名字非常非常长的单位（集团）有限责任公司第一分公司第{}号"
    made = report(Lead("头一句"), table(6), table(count, sums=False, name=name), Paragraph("口径"), one_page=True)
    [page] = printed(made)
    assert "口径" in page
    assert "第5家单位" in page, "lists are cut before tables of parts"
    assert ("一个也没有" in page, f"共 {count} 项" in page) == (count == 0, count == 10_000)


def test_words_for_more_than_a_page_are_refused_and_not_cut(printed):
    with pytest.raises(UserError) as refused:
        printed(report(*[Paragraph("很长的话。" * 60)] * 12, one_page=True))
    assert refused.value.code == "report.not_one_page"


def test_so_many_rows_as_the_template_says_and_the_title_tells_of_how_many(printed):
    [page] = printed(report(replace(table(30), most=3)))
    assert "清单（前 3 项，共 30 项）" in page
    assert ("第2家单位" in page, "第3家单位" in page, "合计" in page) == (True, False, True)


def test_a_table_with_many_categories_goes_on_below_with_its_names(printed):
    heads = tuple(Column(str(number), f"类别{number}", 11) for number in range(19))
    rows = tuple(Row((county, *[Ratio(1, 2, 2)] * 19)) for county in ("东区", "西区"))
    block = TableBlock(TableKind.MATRIX, "两样", (Column("county", "县区", 16, Look.TEXT), *heads), rows, "", total=2)
    text = "".join(printed(report(block)))
    assert (text.count("东区"), text.count("县区"), len(re.findall(r"1\s*/\s*2", text))) == (3, 3, 38)


def test_made_up_data_are_marked_on_each_page(printed):
    made = report(Lead("一"), PageBreak(), Lead("二"), example=True)
    pages = printed(made)
    assert len(pages) == 2
    assert all("示例数据，仅供演示" in page for page in pages)
    assert "示例" not in "".join(printed(replace(made, example=False)))


def test_a_character_that_no_font_has_is_refused(document_fonts):
    with pytest.raises(UserError) as refused:
        render_report(report(Lead("🎉")), document_fonts, ZH)
    assert refused.value.code == "document.glyph_missing"


def test_the_same_report_gives_the_same_bytes_and_a_sound_file(document_fonts, tmp_path):
    first, second = (render_report(report(table(3)), document_fonts, ZH, repeatable=True) for _ in range(2))
    assert first == second
    target = tmp_path / "report.pdf"
    target.write_bytes(first)
    assert subprocess.run(["qpdf", "--check", str(target)], capture_output=True, check=False).returncode == 0
