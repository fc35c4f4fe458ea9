"""Nothing on a certificate overflows or touches; the code is as agreed; an office has its own template."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import combinations

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.certificates import (
    BOTH,
    CATALOGUE,
    LOGO,
    LONG_NAME,
    PROOF,
    TEMPLATES,
    WORDS,
    ZH,
    certificate,
    in_all_cases,
    needs_poppler,
    read_by_pypdf,
    with_each_template,
)
from wufei_cells import shipped
from wufei_cells.checklists.template_reading import read_template
from wufei_cells.documents.canvas import A4_LANDSCAPE
from wufei_cells.documents.certificate import render_certificates
from wufei_cells.documents.certificate_layout import CertificateLayout, lay_out
from wufei_cells.documents.certificate_parts import PlacedCode, PlacedPicture, PlacedRule, Rect, rect
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.ornament import INNER_INSET
from wufei_cells.documents.placing import PlacedLine
from wufei_cells.documents.text import line_width
from wufei_cells.domain.certificate_templates import CertificateTemplate, TextElement
from wufei_cells.domain.register import CertificateRow
from wufei_cells.wording import Wording


@pytest.fixture
def render(document_fonts: DocumentFonts):
    def render(*rows: CertificateRow, language: str = "zh") -> bytes:
        return render_certificates(rows, document_fonts, {"": TEMPLATES[language]}, WORDS)

    return render


# --- nothing overflows, nothing touches


def box(fonts: DocumentFonts, line: PlacedLine) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what a line shows: a little less than its full height."""
    width = line_width(fonts, line.text, line.style)
    left = line.x - width * line.align.value
    return left, line.y - 0.12 * line.style.size, left + width, line.y + 0.86 * line.style.size


def overlaps(fonts: DocumentFonts, layout: CertificateLayout) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for one, other in combinations(layout.lines, 2):
        left, bottom, right, top = box(fonts, one)
        other_left, other_bottom, other_right, other_top = box(fonts, other)
        if left < other_right and other_left < right and bottom < other_top and other_bottom < top:
            found.append((one.text, other.text))
    return found


@with_each_template
@in_all_cases
def test_no_line_touches_another_or_the_frame(document_fonts: DocumentFonts, row: CertificateRow, language: str):
    layout = lay_out(row, TEMPLATES[language], document_fonts, WORDS)
    assert overlaps(document_fonts, layout) == []
    width, height = A4_LANDSCAPE
    for line in layout.lines:
        left, bottom, right, top = box(document_fonts, line)
        assert min(left, width - right, bottom, height - top) > INNER_INSET + 5, line.text


@with_each_template
@in_all_cases
def test_only_issuer_and_date_are_where_the_seal_comes(
    document_fonts: DocumentFonts, row: CertificateRow, language: str
):
    template = TEMPLATES[language]
    layout = lay_out(row, template, document_fonts, WORDS)
    room = rect(template.seal)
    signed = 0
    for part in layout.parts:
        if isinstance(part, PlacedLine):
            if touches(box(document_fonts, part), room):
                middle = abs(part.x - (room.left + room.width / 2))
                assert middle < 10, part.text
                signed += 1
        elif isinstance(part, PlacedCode):
            side = part.code.side * part.module
            assert part.x + side < room.left or part.y - side > room.top
        elif isinstance(part, PlacedRule):
            assert max(part.start[0], part.end[0]) < room.left
    assert signed >= 2


def touches(lines: tuple[float, float, float, float], room: Rect) -> bool:
    left, bottom, right, top = lines
    return left < room.right and room.left < right and bottom < room.top and room.bottom < top


@in_all_cases
def test_the_name_is_the_largest_line(document_fonts: DocumentFonts, row: CertificateRow):
    layout = lay_out(row, ZH, document_fonts, WORDS)
    sizes = {line.text: line.style.size for line in layout.lines}
    name_size = max(size for text, size in sizes.items() if text in row.site_name)
    others = [size for text, size in sizes.items() if text not in row.site_name and "证书" not in text]
    assert name_size > 1.4 * max(others)
    if len(row.site_name) < 15:
        assert name_size == max(sizes.values()) == 40


characters = st.sampled_from("焦作市山阳区社居委会机关龘䶮𬇙（）“”·AB1 ")


@settings(max_examples=60)
@given(st.text(characters, min_size=1, max_size=60).filter(str.strip))
def test_no_name_is_larger_than_its_box_and_none_is_cut(document_fonts: DocumentFonts, name: str):
    only_name = replace(ZH, elements=(name_element(ZH),))
    layout = lay_out(certificate(name), only_name, document_fonts, WORDS)
    room = rect(name_element(ZH).box)
    assert "".join(line.text for line in layout.lines).replace(" ", "") == name.replace(" ", "")
    for line in layout.lines:
        assert line_width(document_fonts, line.text, line.style) <= room.width + 0.01
        assert room.bottom - 0.01 <= line.y - 0.12 * line.style.size
        assert line.y + 0.88 * line.style.size <= room.top + 0.01


def name_element(template: CertificateTemplate) -> TextElement:
    return next(part for part in template.elements if isinstance(part, TextElement) and part.text.zh == "{site}")


@pytest.mark.parametrize("length", [10, 20, 32, 40])
def test_a_name_of_forty_characters_is_set_in_two_lines_at_most(document_fonts: DocumentFonts, length: int):
    layout = lay_out(certificate(LONG_NAME[:length]), ZH, document_fonts, WORDS)
    lines = [line for line in layout.lines if line.text in LONG_NAME[:length]]
    assert len(lines) == (1 if length <= 20 else 2)
    assert min(line.style.size for line in lines) >= 25


# --- the code


def test_the_code_is_read_back_from_a_print(render):
    zxingcpp = pytest.importorskip("zxingcpp")
    with pypdfium2.PdfDocument(render(certificate(proof=PROOF))) as document:
        image = document[0].render(scale=150 / 72).to_pil().convert("L")
    assert [found.text for found in zxingcpp.read_barcodes(image)] == [PROOF]


@with_each_template
def test_the_code_is_as_large_as_agreed_and_stands_on_white(document_fonts: DocumentFonts, language: str):
    template = TEMPLATES[language]
    layout = lay_out(certificate(proof=PROOF), template, document_fonts, WORDS)
    (code,) = [part for part in layout.parts if isinstance(part, PlacedCode)]
    millimetres = 25.4 / 72
    assert code.module * millimetres == pytest.approx(0.6)
    assert code.code.side * code.module * millimetres <= 42
    quiet, side = 4 * code.module, code.code.side * code.module
    room = Rect(code.x - quiet, code.y - side - quiet, side + 2 * quiet, side + 2 * quiet)
    others = [line.text for line in layout.lines if touches(box(document_fonts, line), room)]
    assert others == []


def test_an_unsigned_certificate_has_no_code_and_no_word_about_it(render):
    signed, unsigned = ("\n".join(read_by_pypdf(render(certificate(proof=proof)))) for proof in (PROOF, ""))
    assert "扫码核验" in signed
    assert "扫码核验" not in unsigned


def test_the_signed_texts_stand_plainly_in_the_file(render):
    other = PROOF[:-3] + "ABC"
    pdf = render(certificate(proof=PROOF), certificate(), certificate(proof=other))
    assert re.findall(rb"WFC1:[0-9A-Z $%*+\-./:]+", pdf) == [PROOF.encode(), other.encode()]
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata["/Keywords"] == f"{PROOF},{other}"


# --- a template of the office's own


def test_an_office_changes_words_colors_border_and_logo_without_code(document_fonts: DocumentFonts):
    content = shipped.certificate_templates()["certificate-zh"].decode()
    changed = (
        content.replace("style: lace", "style: double")
        .replace('gold: "#B08D4A"', 'gold: "#808080"')
        .replace("证书编号", "编号")
        .replace("  - qr:", "  - image: {x: 38, y: 20, width: 20, height: 20, file: logo.png}\n  - qr:")
    )
    template = read_template(changed.encode(), "own.yaml", {"logo.png": LOGO}.get)
    pdf = render_certificates([certificate()], document_fonts, {"": template}, WORDS)
    text = "\n".join(read_by_pypdf(pdf))
    assert "编号" in text
    assert "证书编号" not in text
    layout = lay_out(certificate(), template, document_fonts, WORDS)
    assert any(isinstance(part, PlacedPicture) for part in layout.parts)
    assert {part.color for part in layout.parts if isinstance(part, PlacedRule)} == {"#808080"}
    assert b"/Image" in pdf
    assert render_certificates([certificate()], document_fonts, {"": template}, WORDS) == pdf


def test_each_certificate_of_a_file_has_its_own_template(document_fonts: DocumentFonts):
    rows = [certificate(template="one"), certificate(template="two")]
    pdf = render_certificates(rows, document_fonts, {"one": ZH, "two": BOTH}, WORDS)
    first, second = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "Waste-Free Community" not in first
    assert "Waste-Free Community" in second


def test_the_page_does_not_depend_on_the_language_of_the_program(document_fonts: DocumentFonts):
    files = [
        render_certificates([certificate()], document_fonts, {"": BOTH}, Wording(CATALOGUE, language))
        for language in ("zh", "en")
    ]
    assert files[0] == files[1]


@needs_poppler
def test_two_languages_stand_beside_each_other_and_what_is_equal_stands_once(render):
    text = "\n".join(read_by_pypdf(render(certificate(), language="zh-en")))
    for printed in (
        "“无废社区”证书",
        "Waste-Free Community Certificate",
        "2026年7月21日",
        "July 21, 2026",
        "Excellent",
    ):
        assert printed in text
    assert text.count("JZWF-SQ-2026-0001") == 1
    assert text.count("焦无废办〔2026〕3号") == 1
