"""Lines end where a Chinese reader expects it, names fit, and what is drawn can be read back."""

from __future__ import annotations

import io
from itertools import pairwise

import pypdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wufei_cells.documents.canvas import A4_PORTRAIT, DocumentInfo, new_canvas
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.documents.line_breaking import may_break, wrap, wrap_evenly
from wufei_cells.documents.text import Align, TextPainter, TextStyle, fit_text, line_width, wrap_text
from wufei_cells.errors import UserError

BODY = TextStyle(Face.SERIF, 10)
CLOSERS = "。，、；：！？）》」』】”"
OPENERS = "（《「『【“"


def em(char: str) -> float:
    """A ruler for the rules alone: Chinese characters are 2 wide, others 1."""
    return 1 if char.isascii() else 2


@pytest.fixture
def page(document_fonts: DocumentFonts):
    """A painter, and a way to read the finished page: `page.read()`."""

    class Page(TextPainter):
        def __init__(self) -> None:
            self.target = io.BytesIO()
            info = DocumentInfo("试验", "某市")
            super().__init__(new_canvas(self.target, A4_PORTRAIT, document_fonts, info), document_fonts)

        def finish(self) -> bytes:
            self.canvas.showPage()
            self.canvas.save()
            return self.target.getvalue()

        def read(self) -> list[str]:
            return pypdf.PdfReader(io.BytesIO(self.finish())).pages[0].extract_text().splitlines()

    return Page()


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("垃圾分类收集", 6, ["垃圾分", "类收集"]),
        ("垃圾分，类收集", 6, ["垃圾", "分，类", "收集"]),  # no comma at the beginning
        ("垃圾分类。」收集", 8, ["垃圾分", "类。」收", "集"]),  # nor two closing signs
        ("垃圾（分类）收集", 6, ["垃圾", "（分", "类）收", "集"]),  # no parenthesis at the end
        ("按照《固废法》执行", 6, ["按照", "《固废", "法》执", "行"]),
        ("证书编号JZ-WF-2026-0001有效", 18, ["证书编号", "JZ-WF-2026-0001有", "效"]),  # a number stays whole
        ("a waste-free cell", 10, ["a", "waste-free", "cell"]),
        ("达到 92.5% 以上", 9, ["达到", "92.5% 以", "上"]),
        ("排放CO₂减少", 9, ["排放CO₂", "减少"]),
        ("标准——要求", 6, ["标准", "——要", "求"]),  # a dash is two signs
        ("don’t waste it", 8, ["don’t", "waste it"]),
        ("Donaudampfschiff", 8, ["Donaudam", "pfschiff"]),  # a word wider than a line has to be taken apart
        ("10\u00a0kg垃圾", 6, ["10\u00a0kg", "垃圾"]),
        ("", 6, [""]),
        ("中", 1, ["中"]),
    ],
)
def test_lines_end_by_the_rules(text: str, width: float, lines: list[str]):
    assert list(wrap(text, em, width)) == lines


def test_the_first_line_of_a_paragraph_may_be_indented():
    assert wrap("垃圾分类收集处理", em, 8, first_indent=4) == ("垃圾", "分类收集", "处理")


words = st.sampled_from(["垃圾", "分类", "无废细胞", "JZ-0001", "92.5", "CO2", " ", *CLOSERS, *OPENERS, "——", "《法》"])


@given(st.lists(words, max_size=40).map("".join), st.integers(20, 60))
def test_nothing_is_lost_too_wide_or_badly_parted(text: str, width: int):
    lines = wrap(text, em, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(sum(map(em, line.rstrip())) <= width for line in lines)
    place = 0
    for line, following in pairwise(lines):
        place = text.index(line, place) + len(line)
        after_spaces = text[place:].lstrip(" ")
        spaces = len(text[place:]) - len(after_spaces)
        cut = place + spaces
        longest_unbreakable = width // 2  # shorter chains of signs never have to be taken apart
        if not may_break(text[cut - 1], text[cut]):
            chain = text[max(0, cut - longest_unbreakable) : cut]
            assert not any(may_break(before, after) for before, after in pairwise(chain)), (line, following)
        place = cut


def test_a_name_is_parted_into_even_lines():
    name = "焦作市山阳区太行路街道学生路社区居民委员会"
    assert wrap(name, em, 38) == ("焦作市山阳区太行路街道学生路社区居民委", "员会")
    assert [len(line) for line in wrap_evenly(name, em, 38)] == [11, 10]
    assert wrap_evenly("Waste-free Cooperation", em, 16) == ("Waste-free", "Cooperation")


def test_the_width_of_a_line_counts_the_spacing_between_characters(document_fonts: DocumentFonts):
    assert line_width(document_fonts, "证书", TextStyle(Face.SERIF, 20)) == pytest.approx(40)
    assert line_width(document_fonts, "证书", TextStyle(Face.SERIF, 20, spacing=10)) == pytest.approx(50)
    assert line_width(document_fonts, "龘", TextStyle(Face.SANS, 20)) == pytest.approx(20)
    assert line_width(document_fonts, "", TextStyle(Face.SERIF, 20, spacing=10)) == 0


def test_a_short_name_keeps_its_size(document_fonts: DocumentFonts):
    fitted = fit_text(document_fonts, "焦作市图书馆", TextStyle(Face.SERIF_BOLD, 30), 400, smallest=20)
    assert fitted.lines == ("焦作市图书馆",)
    assert fitted.style.size == 30


def test_a_long_name_becomes_smaller_in_one_line(document_fonts: DocumentFonts):
    style = TextStyle(Face.SERIF_BOLD, 30, spacing=3)
    fitted = fit_text(document_fonts, "焦作市山阳区东方红街道办事处第一社区", style, 400, smallest=18)
    assert len(fitted.lines) == 1
    assert fitted.style.size == 20
    assert fitted.style.spacing == pytest.approx(2)
    assert line_width(document_fonts, fitted.lines[0], fitted.style) <= 400
    assert line_width(document_fonts, fitted.lines[0], style.scaled(20.5)) > 400


def test_a_very_long_name_takes_two_even_lines_as_large_as_possible(document_fonts: DocumentFonts):
    name = "焦作市山阳区太行路街道办事处学生路社区党群服务中心暨新时代文明实践站"
    fitted = fit_text(document_fonts, name, TextStyle(Face.SERIF_BOLD, 30), 400, smallest=20)
    assert "".join(fitted.lines) == name
    assert [len(line) for line in fitted.lines] == [17, 17]
    assert fitted.style.size == 23.5
    assert all(line_width(document_fonts, line, fitted.style) <= 400 for line in fitted.lines)


def test_a_name_that_cannot_fit_is_refused_not_cut(document_fonts: DocumentFonts):
    with pytest.raises(UserError) as refused:
        fit_text(document_fonts, "社区" * 60, TextStyle(Face.SERIF_BOLD, 30), 400, smallest=20)
    assert refused.value.code == "document.text_too_long"
    assert refused.value.values == {"text": "社区" * 60, "lines": 2}


@pytest.mark.parametrize("function", [wrap_text, lambda *given: fit_text(*given, smallest=8)])
def test_measuring_refuses_with_the_whole_text(document_fonts: DocumentFonts, function):
    with pytest.raises(UserError) as refused:
        function(document_fonts, "绿色🎉社区", BODY, 400)
    assert refused.value.values["text"] == "绿色🎉社区"


def test_line_ends_of_any_system_part_paragraphs_and_a_tab_is_a_space(document_fonts: DocumentFonts):
    assert wrap_text(document_fonts, "一\r\n二\r三\n\n四\t五", BODY, 400) == ("一", "二", "三", "", "四 五")


def test_lines_stand_left_centered_and_right(page):
    style = TextStyle(Face.SERIF, 20, spacing=5)
    assert page.line("证书", 300, 700, style) == pytest.approx(45)
    page.line("证书", 300, 600, style, Align.CENTER)
    page.line("证书", 300, 500, style, Align.RIGHT)
    with pypdfium2.PdfDocument(page.finish()) as document:
        text = document[0].get_textpage()
        boxes = [text.get_charbox(place, loose=True) for place in range(text.count_chars())]
    lefts = [box[0] for box in boxes if box[2] - box[0] > 15]
    assert lefts[::2] == pytest.approx([300, 277.5, 255], abs=1)


def test_a_paragraph_is_wrapped_and_returns_where_it_ended(page):
    text = "经评估，该单位符合无废细胞建设标准。"
    end = page.paragraph(text, 100, 700, 100, BODY, leading=15, first_indent=20)
    assert end == 700 - 2 * 15
    assert page.read() == ["经评估，该单位符", "合无废细胞建设标准。"]


def test_a_justified_line_ends_at_the_right_edge(page):
    page.paragraph("垃圾分类收集处理（试行）办法", 100, 700, 95, BODY, leading=15, justify=True)
    with pypdfium2.PdfDocument(page.finish()) as document:
        text = document[0].get_textpage()
        shown = text.get_text_range()
        assert shown.split() == ["垃圾分类收集处理", "（试行）办法"]
        right = text.get_charbox(shown.index("理"), loose=True)[2]
    assert right == pytest.approx(195, abs=0.5)


def test_spacing_and_color_of_a_line_do_not_reach_the_next_text(page):
    page.line("证书", 100, 700, TextStyle(Face.SERIF, 20, spacing=30, color="#c00000"))
    page.canvas.setFont(page.fonts.name(Face.SERIF), 20)
    page.canvas.drawString(100, 600, "证书")
    with pypdfium2.PdfDocument(page.finish()) as document:
        image = document[0].render(scale=1).to_pil().convert("RGB")
        text = document[0].get_textpage()
        boxes = [text.get_charbox(place, loose=True) for place in range(text.count_chars())]
    colors = [image.crop((100, 842 - y - 20, 140, 842 - y + 5)).getextrema() for y in (700, 600)]
    assert colors[0][0] > colors[0][1]  # red keeps more red than green at its darkest
    assert colors[1][0][0] == colors[1][1][0] < 100
    lefts = sorted(box[0] for box in boxes if box[1] < 650 and box[2] - box[0] > 15)
    assert lefts == pytest.approx([100, 120], abs=1)


def test_a_rare_character_in_a_bold_line_is_heavier_than_in_a_regular_one(page):
    bold, regular = TextStyle(Face.SERIF_BOLD, 60), TextStyle(Face.SERIF, 60)
    page.line("龘", 100, 700, regular)
    page.line("龘", 200, 700, bold)
    with pypdfium2.PdfDocument(page.finish()) as document:
        image = document[0].render(scale=2).to_pil().convert("L")
    ink = [sum(255 - value for value in image.crop((x, 240, x + 120, 320)).tobytes()) for x in (200, 400)]
    assert 1.1 < ink[1] / ink[0] < 1.5
