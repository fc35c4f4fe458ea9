"""What a chart gives besides its picture: a table for reading, copying and Excel, an SVG file, parts for pages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.charts import samples
from wufei_cells.charts.chart_table import ChartTable
from wufei_cells.charts.figures import time_words
from wufei_cells.charts.inks import Inks, contrast, mixed
from wufei_cells.charts.layout import lay_out
from wufei_cells.charts.marks import Label, Tone
from wufei_cells.charts.splitting import pictures_of
from wufei_cells.charts.svg import as_svg

INKS = Inks({tone: mixed("#FFFFFF", "#000000", (place + 1) / 30) for place, tone in enumerate(Tone)}, "#FFFFFF")


def measure(text, size, bold):
    return sum(size if sign >= "\u2e80" else size * 0.56 for sign in text)


# --- tables


def test_a_burn_up_has_a_row_for_each_day_with_a_figure():
    table = samples.burn_up().table()
    assert table.header == ("日期", "有效细胞", "计划", "最可能", "低", "高")
    assert table.rows[0] == (date(2025, 3, 10), 1, 0, None, None, None)
    assert table.rows[-1] == (date(2027, 12, 31), None, 100, 98, 90, 105)
    assert [row[0] for row in table.rows] == sorted({row[0] for row in table.rows})


def test_columns_and_dots_have_their_figures_as_numbers():
    assert samples.columns().table().rows[1] == ("2025 7月", 2, 0, 11)
    assert samples.ranges().table().rows[4] == ("赵强", 1.9, None, None, 2)


def test_a_table_tells_nothing_there_from_zero():
    rows = samples.heat().table().rows
    assert rows[0][1] == 0
    assert rows[1][6] is None
    assert rows[-1] == ("合计", *(f"{column * 6}/40" for column in range(8)), "168/320")


def test_copied_names_cannot_break_the_table_or_become_formulas():
    table = ChartTable(("名称", "数"), (("甲\t乙\n丙", 1.5), ("=1+1 <b>", None), ("3/5", 2.0)))
    assert table.as_text() == "名称\t数\n甲 乙 丙\t1.5\n=1+1 <b>\t\n3/5\t2\n"
    assert "=1+1 &lt;b&gt;</td>" in table.as_html()
    assert table.as_html().count("mso-number-format:'\\@'") == 3


# --- files


@pytest.mark.parametrize("kind", samples.ALL)
def test_an_svg_file_holds_every_text_and_every_sentence(kind):
    picture = lay_out(samples.ALL[kind](), 800, None, 12, measure)
    written = as_svg(picture, INKS, "sans-serif", "标题 <1>", "")
    assert re.findall(r"<text [^>]+>([^<]*)</text>", written) == [
        mark.text.replace("<", "&lt;") for mark in picture.marks if isinstance(mark, Label)
    ]
    assert "<title>标题 &lt;1&gt;</title>" in written
    assert written.count("<title>") == 1 + len(picture.spots)


# --- pages


@pytest.mark.parametrize("kind", ["bars", "heat", "ranges"])
def test_a_chart_of_many_rows_goes_on_on_further_pages_and_loses_none(kind):
    chart = samples.ALL[kind]()
    chart = replace(chart, rows=chart.rows * 9)
    pictures = list(pictures_of(chart, 500, 300, 9, measure))
    assert len(pictures) > 2
    assert all(picture.height <= 300 for picture in pictures)
    whole = lay_out(chart, 500, None, 9, measure)
    assert [spot.said for picture in pictures for spot in picture.spots] == [spot.said for spot in whole.spots]


def test_all_parts_of_a_chart_of_bars_are_on_one_scale():
    chart = samples.bars()
    rows = chart.rows[-1:] + chart.rows[:1] * 40
    pictures = list(pictures_of(replace(chart, rows=rows), 500, 300, 9, measure))
    lengths = {round(spot.width, 2) for picture in pictures for spot in picture.spots if spot.key == ("机关", "有效")}
    assert len(lengths) == 1


# --- words and colors


def test_the_words_of_time_come_from_the_wording():
    words = time_words(lambda key: key)
    assert words.months[0] == "charts.month.1"
    assert len(words.months) == 12
    assert words.quarters == tuple(f"charts.quarter.{number}" for number in range(1, 5))


def test_contrast_is_that_of_the_guidelines():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert all(contrast(INKS.best_on(tone), INKS.of(tone)) >= 4.5 for tone in Tone)
