"""Charts on paper: the same texts as in the window, embedded fonts, patterns that a copier keeps."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from pypdf import PdfReader

from tests.charts import samples
from wufei_cells.charts.inks import contrast
from wufei_cells.charts.layout import lay_out
from wufei_cells.charts.marks import Label, Tone
from wufei_cells.documents.canvas import DocumentInfo
from wufei_cells.documents.chart_drawing import PRINT, SIZE, set_chart, text_measure
from wufei_cells.documents.report_pages import PORTRAIT, ReportPages
from wufei_cells.errors import UserError


def printed(fonts, *charts):
    pages = ReportPages(fonts)
    for chart in charts:
        set_chart(pages, chart)
    return pages.save(DocumentInfo("图", "测试"), lambda _number, _count: [], repeatable=True)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", samples.ALL)
def test_paper_has_every_text_of_the_picture_in_embedded_fonts(document_fonts, kind, language):
    chart = samples.ALL[kind](language)
    reader = PdfReader(io.BytesIO(printed(document_fonts, chart)))
    text = "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")
    picture = lay_out(chart, PORTRAIT.width, None, SIZE, text_measure(document_fonts))
    texts = {mark.text.replace(" ", "") for mark in picture.marks if isinstance(mark, Label)}
    assert not {one for one in texts if one not in text}
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)


def test_a_chart_longer_than_a_page_goes_on_on_the_next_one(document_fonts):
    chart = samples.bars()
    reader = PdfReader(io.BytesIO(printed(document_fonts, replace(chart, rows=chart.rows * 8))))
    assert len(reader.pages) == 2
    assert sum(page.extract_text().count("商场超市") for page in reader.pages) == 8
    assert all("类别" in page.extract_text() for page in reader.pages)


def test_a_striped_part_can_be_told_from_a_plain_one_without_color(document_fonts):
    chart = samples.bars()
    row = replace(
        chart.rows[0], parts=(replace(chart.rows[0].parts[0], value=50), replace(chart.rows[0].parts[1], value=50))
    )
    picture = lay_out(replace(chart, rows=(row,)), PORTRAIT.width, None, SIZE, text_measure(document_fonts))
    page = pypdfium2.PdfDocument(printed(document_fonts, replace(chart, rows=(row,))))[0]
    scale = 4
    image = page.render(scale=scale, grayscale=True).to_numpy()
    plain, striped = picture.spots[1:3]

    def shades(spot):
        left, top = PORTRAIT.left + spot.x + 5, PORTRAIT.size[1] - PORTRAIT.top + spot.y + 3
        part = image[
            int(top * scale) : int((top + spot.height - 6) * scale), int(left * scale) : int((left + 40) * scale)
        ]
        return int(part.max()) - int(part.min())

    assert shades(plain) == 0
    assert shades(striped) > 50


def test_a_name_that_no_font_has_is_refused_with_a_sentence(document_fonts):
    chart = samples.bars()
    row = replace(chart.rows[0], name="垃圾🎉")
    with pytest.raises(UserError, match=r"document\.glyph_missing"):
        printed(document_fonts, replace(chart, rows=(row,)))


def test_texts_are_readable_on_every_tone_of_print():
    assert set(PRINT.tones) == set(Tone)
    assert all(contrast(PRINT.best_on(tone), PRINT.of(tone)) >= 4.5 for tone in Tone)
