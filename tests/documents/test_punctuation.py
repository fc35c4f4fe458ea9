"""Chinese punctuation keeps no holes, and the edges of a text look straight."""

from __future__ import annotations

import io

import pypdf
import pypdfium2
import pytest

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo, new_canvas
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.punctuation import hanging, squeezed_pieces, squeezed_width
from wufei_cells.documents.text import TextPainter, TextStyle, fit_text, line_width, set_text

STYLE = TextStyle(Face.SERIF, 20)


@pytest.mark.parametrize(
    ("text", "halves"),
    [
        ("无废社区", 0),
        ("命名为“无废社区”。特发此证。", 1),
        ("《标准（模板）》（2026版）规定", 2),
        ("他说：“《标准》”，", 3),
        ("（（", 1),
        ("，无", 0),
        ("无（", 0),
        ("“ ”", 0),  # a space is no sign
        ("Waste-Free (model), (edition)", 0),  # only full-width signs have empty halves
        ("", 0),
    ],
)
def test_where_two_signs_meet_half_a_square_goes(text: str, halves: int):
    assert squeezed_width(text, 20) == halves * 10
    pieces = list(squeezed_pieces(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert sum(squeeze for _, squeeze in pieces) * 20 == halves * 10


def test_a_squeezed_line_is_as_wide_as_it_is_measured(document_fonts: DocumentFonts):
    text = "（示范模板）》（版）"
    target = io.BytesIO()
    canvas = new_canvas(target, A4_PORTRAIT, document_fonts, DocumentInfo("试验", "某市"))
    width = TextPainter(canvas, document_fonts).line(text + "末", 100, 700, STYLE)
    canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(target.getvalue()) as document:
        page = document[0].get_textpage()
        right = page.get_charbox(page.get_text_range().index("末"), loose=True)[2]
    assert right - 100 == pytest.approx(width, abs=0.5)
    assert width == line_width(document_fonts, text + "末", STYLE) == pytest.approx(11 * 20 - 2 * 10)
    assert pypdf.PdfReader(io.BytesIO(target.getvalue())).pages[0].extract_text() == text + "末"


@pytest.mark.parametrize(
    ("text", "expected"), [("（试点）", (10, 10)), ("无废社区", (0, 0)), ("特发此证。", (0, 10)), ("", (0, 0))]
)
def test_signs_at_the_ends_leave_half_a_square_empty(text: str, expected: tuple[float, float]):
    assert hanging(text, 20) == expected


def test_empty_halves_hang_out_of_the_edges_of_a_justified_text(document_fonts: DocumentFonts):
    lines = set_text(document_fonts, "无废社区评估，（示范模板）垃圾分类收集。", STYLE, 150, justify=True)
    assert [line.text for line in lines] == ["无废社区评估，", "（示范模板）垃", "圾分类收集。"]
    ends = [line.indent + line_width(document_fonts, line.text, line.style) for line in lines]
    assert lines[0].indent == 0
    assert ends[0] == pytest.approx(160)  # the comma's empty half is outside
    assert lines[1].indent == -10  # so is that of the parenthesis
    assert ends[1] == pytest.approx(150)
    assert lines[2].style.spacing == 0  # the last line stays as it is


def test_lines_of_another_edge_do_not_hang(document_fonts: DocumentFonts):
    lines = set_text(document_fonts, "无废社区评估，（示范模板）垃圾", STYLE, 150)
    assert {(line.indent, line.style.spacing) for line in lines} == {(0, 0)}


def test_widely_spaced_text_tells_readers_what_is_written(document_fonts: DocumentFonts):
    target = io.BytesIO()
    canvas = new_canvas(target, A4_PORTRAIT, document_fonts, DocumentInfo("试验", "某市"))
    painter = TextPainter(canvas, document_fonts)
    wide, rare = TextStyle(Face.SERIF, 20, spacing=16), "鿍𬇙社区"
    painter.line("无废社区", 100, 700, wide)
    painter.line("普通", 100, 600, STYLE)
    painter.line(rare, 100, 500, wide)  # pdfium would lose 𬇙 if it were told
    canvas.showPage()
    canvas.save()
    with pypdfium2.PdfDocument(target.getvalue()) as document:
        assert document[0].get_textpage().get_text_bounded().splitlines() == ["无废社区", "普通", rare]
    content = pypdf.PdfReader(io.BytesIO(target.getvalue())).pages[0].get_contents()
    assert content is not None
    assert content.get_data().count(b"/ActualText") == 1


def test_a_long_name_may_be_smaller_in_two_lines_than_it_may_be_in_one(document_fonts: DocumentFonts):
    name = "焦作市山阳区" * 5
    fitted = fit_text(document_fonts, name, TextStyle(Face.SERIF_BOLD, 30), 300, smallest=25, smallest_wrapped=15)
    assert [len(line) for line in fitted.lines] == [15, 15]
    assert fitted.style.size == 20


def test_two_small_lines_are_better_than_three_large_ones(document_fonts: DocumentFonts):
    style = TextStyle(Face.SERIF, 20)
    options = {"smallest": 18, "smallest_wrapped": 10, "most_lines": 3}
    assert len(fit_text(document_fonts, "无废社区" * 6, style, 200, **options).lines) == 2
    assert len(fit_text(document_fonts, "无废社区" * 11, style, 200, **options).lines) == 3
