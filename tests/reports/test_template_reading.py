"""Report templates: those that come with the program are sound, and everything wrong with one is told at once."""

from __future__ import annotations

import pytest

from wufei_cells import shipped
from wufei_cells.errors import ProblemsFound
from wufei_cells.reports.template_reading import read_report_template
from wufei_cells.reports.templates import ChartPart, TablePart
from wufei_cells.reports.vocabulary import COLUMNS, SLOTS, ChartKind, Figure, ReportKind, TableKind
from wufei_cells.services.report_words import FIGURES, PLACES
from wufei_cells.services.reporting import TABLES
from wufei_cells.wording import Wording

HEAD = "format: wufei-report/1\nkind: briefing\ntitle: {zh: 简报, en: Briefing}\n"


def read(blocks: str, head: str = HEAD):
    return read_report_template(f"{head}blocks:\n{blocks}".encode(), "我的.yaml")


@pytest.mark.parametrize("kind", ReportKind)
def test_every_kind_has_a_template_that_is_sound(kind):
    found = read_report_template(shipped.report_templates()[kind], kind)
    assert (found.kind, found.one_page) == (kind, kind is ReportKind.BRIEFING)
    assert all(text.zh and text.en for text in [found.title])


def test_what_is_not_said_of_a_table_is_the_programs_own():
    [table, chart] = read("  - table: stuck\n  - chart: {show: burn_up, height: 60}\n").parts
    assert isinstance(table, TablePart)
    assert isinstance(chart, ChartPart)
    assert (table.columns, table.most, table.titled) == (COLUMNS[TableKind.STUCK], None, True)
    assert (chart.show, chart.height) == (ChartKind.BURN_UP, 60)


def test_everything_that_is_wrong_is_told_at_once_with_its_place():
    with pytest.raises(ProblemsFound) as refused:
        read(
            "  - sentence: {zh: '现有 {valid} 个，还差 {missing} 个', en: '{valid:d}'}\n"
            "  - figures: [valid, money]\n"
            "  - table: {show: stuck, columns: [site, color, site], most: 0, sort: days}\n"
            "  - chart: {show: pie}\n"
            "  - {heading: 一, paragraph: 二}\n"
            "  - paragraph: 花括号 { 没有配对\n",
            HEAD + "one_page: yes\n",
        )
    told = [(problem.code, problem.place.split(":")[1]) for problem in refused.value.problems]
    assert told == [
        ("report_template.slot", "6"),
        ("report_template.slot", "6"),
        ("field.not_choice", "7"),
        ("report_template.column_twice", "8"),
        ("report_template.column", "8"),
        ("report_template.no_rows", "8"),
        ("field.unknown", "8"),
        ("field.not_choice", "9"),
        ("report_template.one_kind", "10"),
        ("report_template.braces", "11"),
    ]
    words = Wording(shipped.wording_catalogue(), "zh")
    assert "没有 {missing} 这样的插入项" in words.error(refused.value)


def test_one_page_has_no_breaks():
    with pytest.raises(ProblemsFound) as refused:
        read("  - page_break: yes\n", HEAD + "one_page: yes\n")
    assert [problem.code for problem in refused.value.problems] == ["report_template.break_on_one_page"]


def test_every_word_of_the_vocabulary_is_known_to_who_fills_it_in():
    assert set(SLOTS) == {*PLACES, *Figure}
    assert set(FIGURES) == set(Figure)
    assert set(TABLES) == set(TableKind)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_the_vocabulary_has_a_name(language):
    words = Wording(shipped.wording_catalogue(), language)
    keys = [f"report.tile.{figure.value}" for figure in Figure]
    keys += [f"report.table.{table.value}" for table in TableKind]
    keys += [f"report.chart_title.{chart.value}" for chart in ChartKind]
    keys += [f"report.{part}.{kind.value}" for kind in ReportKind for part in ("kind", "about")]
    keys += [f"report.column.{column}" for columns in COLUMNS.values() for column in columns]
    assert [key for key in keys if words.say(key) == key] == []
