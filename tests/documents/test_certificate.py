"""A certificate that an office would hang on its wall: whole, legible, and true to its record."""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from itertools import combinations

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from wufei_cells.domain.register import AssessmentId, CertificateId, CertificateRow, SiteId
from wufei_cells.errors import UserError
from wufei_cells.wording import Wording

CATALOGUE = shipped.wording_catalogue()
WORDS = Wording(CATALOGUE, "zh")
SHIPPED = {name: read_template(content, name) for name, content in shipped.certificate_templates().items()}
ZH, BOTH = SHIPPED["certificate-zh"], SHIPPED["certificate-zh-en"]
TEMPLATES = {"zh": ZH, "en": replace(ZH, languages=("en",)), "zh-en": BOTH}
LOGO = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC")
SHORT_NAME = "焦作市图书馆"
LONG_NAME = "焦作市山阳区东方红街道办事处学生路第一社区居民委员会暨党群服务中心新时代文明实践站（试点）"
RARE_NAME = "䶮㳇鿍𬇙龘社区"
BODY = "兹认定{site}达到《无废社区评估标准（示范模板）》（2026.1版）规定的要求，命名为焦作市“无废社区”。特发此证。"
ENGLISH_BODY = "This is to certify that {site} meets the requirements and is named a “Waste-Free Community” of Jiaozuo."
REMARK = "本证书实行动态管理。有效期内接受监督和抽查，期满前应当申请复核；不再符合要求的，撤销命名并收回证书。"
LONG_ISSUER = "焦作市“无废城市”建设工作领导小组办公室、焦作市生态环境局、焦作市机关事务管理局"
PROOF = "WFC1:" + "".join("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[(n * n * 7 + n) % 45] for n in range(455))

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
in_both_languages = pytest.mark.parametrize("language", ["zh", "en"])
with_each_template = pytest.mark.parametrize("language", TEMPLATES)


def certificate(site: str = SHORT_NAME, number: str = "JZWF-SQ-2026-0001", body: str = "", **changes) -> CertificateRow:
    row = CertificateRow(
        id=CertificateId("3f2a9c1b0d7e4f55a1b2c3d4e5f60718"),
        number=number,
        site=SiteId("site"),
        assessment=AssessmentId("assessment"),
        site_name=site,
        category="community",
        category_text={"zh": "无废社区", "en": "Waste-Free Community"},
        district="shanyang",
        issuer={"zh": "焦作市“无废城市”建设工作领导小组", "en": "Leading Group for the “Waste-Free City” of Jiaozuo"},
        city={"zh": "焦作市", "en": "Jiaozuo"},
        checklist={"zh": "无废社区评估标准（示范模板）", "en": "Checklist for Waste-Free Communities (model)"},
        edition="2026.1",
        total="92.75",
        level={"zh": "优秀", "en": "Excellent"},
        issued_on=date(2026, 7, 21),
        valid_until=date(2029, 7, 21),
        document_number="焦无废办〔2026〕3号",
        basis="8c1d77aa90be3321f00d" * 3,
        wording={
            "zh": {
                "title": "“无废社区”证书",
                "body": (body or BODY).format(site=site),
                "remark": REMARK,
            },
            "en": {
                "title": "Waste-Free Community Certificate",
                "body": (body or ENGLISH_BODY).format(site=site),
                "remark": "This certificate is under dynamic management. Its holder accepts spot checks.",
            },
        },
        example=False,
    )
    return replace(row, **changes)


CASES = {
    "short": certificate(),
    "long name": certificate(LONG_NAME),
    "rare characters": certificate(RARE_NAME),
    "signed": certificate(LONG_NAME, proof=PROOF),
    "example": certificate(example=True),
    "no document": certificate(document_number=""),
    "long issuer": certificate(issuer={"zh": LONG_ISSUER, "en": "Office of the Leading Group of Jiaozuo, " * 3}),
    "long body": certificate(body="兹认定{site}在固体废物减量化、资源化、无害化方面达到规定的要求。" * 7),
    "short body": certificate(body="特发此证。"),
    "long checklist": certificate(
        checklist={"zh": "焦作市无废社区建设评估标准" * 4, "en": "Checklist for Communities " * 4}
    ),
}
in_all_cases = pytest.mark.parametrize("row", CASES.values(), ids=CASES.keys())


@pytest.fixture
def render(document_fonts: DocumentFonts):
    def render(*rows: CertificateRow, language: str = "zh") -> bytes:
        return render_certificates(rows, document_fonts, {"": TEMPLATES[language]}, WORDS)

    return render


def read_by_pypdf(pdf: bytes) -> list[str]:
    return pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().splitlines()


def read_by_poppler(pdf: bytes) -> str:
    shown = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=pdf, capture_output=True, check=True)
    return shown.stdout.decode("utf-8")


def ink(pdf: bytes, page: int = 0) -> list[tuple[int, int, int]]:
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[page].render(scale=1).to_pil().convert("RGB")
    raw = image.tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))


# --- what is printed


def test_the_page_says_what_the_record_says(render):
    pdf = render(certificate())
    text = "\n".join(read_by_pypdf(pdf))
    body = BODY.format(site=SHORT_NAME)
    assert body in text.replace("\n", "")
    for printed in (
        "“无废社区”证书",
        SHORT_NAME,
        "证书编号 JZWF-SQ-2026-0001",
        "评估结果 92.75 分 · 优秀",
        "发证日期 2026年7月21日",
        "有效期至 2029年7月21日",
        "评估标准 无废社区评估标准（示范模板）（2026.1版）",
        "命名文号 焦无废办〔2026〕3号",
        "焦作市“无废城市”\n建设工作领导小组",
        "二〇二六年七月二十一日",
    ):
        assert printed in text
    assert "本证书实行动态管理。" in text


def test_paper_leads_back_to_its_record(render):
    row = certificate()
    last_small_line = next(line for line in read_by_pypdf(render(row)) if "记录" in line)
    assert row.id[:12] in last_small_line
    assert row.basis[:12] in last_small_line


def test_text_copies_out_in_reading_order(render):
    lines = read_by_pypdf(render(certificate(example=True)))
    order = ["示例", "示例数据", "证书", SHORT_NAME, "兹认定", "编号", "动态管理", "记录", "领导小组", "二〇二六年"]
    places = [next(number for number, line in enumerate(lines) if words in line) for words in order]
    assert places == sorted(places)


def test_without_a_document_number_there_is_no_such_row(render):
    with_number, without = (render(certificate(document_number=number)) for number in ("焦无废办〔2026〕3号", ""))
    assert any("命名文号" in line for line in read_by_pypdf(with_number))
    assert not any("命名文号" in line for line in read_by_pypdf(without))


def test_an_english_page_keeps_the_chinese_name(render):
    text = "\n".join(read_by_pypdf(render(certificate(RARE_NAME), language="en")))
    for printed in (
        "Waste-Free Community Certificate",
        RARE_NAME,
        "92.75 points · Excellent",
        "July 21, 2029",
        "Checklist for Waste-Free Communities (model) (edition 2026.1)",
        '"Waste-Free City" of Jiaozuo',  # the fonts' curly quotation marks are as wide as Chinese characters
    ):
        assert printed in text
    assert "证书" not in text


@needs_poppler
@in_both_languages
def test_rare_names_copy_out_whole_from_title_line_and_sentence(render, language: str):
    pdf = render(certificate(RARE_NAME), language=language)
    assert "\n".join(read_by_pypdf(pdf)).count(RARE_NAME) == 2
    assert read_by_poppler(pdf).count(RARE_NAME) == 2


@needs_poppler
def test_the_widely_spaced_title_copies_out_without_spaces(render):
    assert "“无废社区”证书" in read_by_poppler(render(certificate()))


@with_each_template
def test_no_word_is_missing_on_the_page(render, language: str):
    text = "\n".join(read_by_pypdf(render(certificate(example=True), language=language)))
    assert "document." not in text
    assert not re.search(r"[{}]", text)


# --- examples


@in_both_languages
def test_only_an_example_has_the_specimen_mark(render, language: str):
    mark = {"zh": "示例", "en": "SPECIMEN"}[language]
    note = {"zh": "示例数据，仅供演示", "en": "Not a valid certificate"}[language]
    rows = [certificate(example=example) for example in (True, False)]
    marked, plain = (read_by_pypdf(render(row, language=language)) for row in rows)
    assert mark in marked
    assert any(note in line for line in marked)
    assert not any(words in line for line in plain for words in (mark, note))


@in_both_languages
def test_a_certificate_after_a_model_checklist_says_so(render, language: str):
    note = {"zh": "示范模板，非主管部门发布", "en": "no authority has issued"}[language]
    model, official = (read_by_pypdf(render(certificate(official=given), language=language)) for given in (False, True))
    assert any(note in line for line in model)
    assert not any(note in line for line in official)


@in_both_languages
def test_the_specimen_mark_cannot_be_overlooked_and_leaves_the_text_dark(render, language: str):
    marked, plain = (ink(render(certificate(example=example), language=language)) for example in (True, False))
    tinted = sum(1 for red, green, blue in marked if red > 240 and 15 < red - green < 40 and red > blue)
    assert tinted > 0.02 * len(marked)
    assert sum(1 for color in plain if color[0] > 240 and 15 < color[0] - color[1] < 40) < 0.001 * len(plain)
    dark = [{place for place, color in enumerate(page) if max(color) < 80} for page in (marked, plain)]
    assert dark[1] <= dark[0]


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


# --- what is refused


@pytest.mark.parametrize("name", ["绿色🎉社区", "焦作\u200b市图书馆", "焦作市\ue000社区"])
def test_a_character_without_a_glyph_is_refused_and_leaves_nothing(render, name: str):
    before = render(certificate())
    with pytest.raises(UserError) as refused:
        render(certificate(), certificate(name), certificate())
    assert refused.value.code == "document.glyph_missing"
    assert refused.value.values["text"] == name
    assert render(certificate()) == before


@pytest.mark.parametrize("changes", [{"site": "社区" * 60}, {"body": "特发此证。" * 120}])
def test_what_cannot_fit_is_refused_not_cut(render, changes: dict[str, str]):
    with pytest.raises(UserError) as refused:
        render(certificate(**changes))
    assert refused.value.code == "document.text_too_long"


# --- the file


def test_each_certificate_has_a_page_and_the_file_is_named_after_it(render):
    reader = pypdf.PdfReader(io.BytesIO(render(certificate())))
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [842, 595]
    assert reader.metadata is not None
    assert reader.metadata.title == f"“无废社区”证书 {SHORT_NAME}"
    assert reader.metadata.subject == "JZWF-SQ-2026-0001"
    assert reader.metadata.author == "焦作市“无废城市”建设工作领导小组"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_a_hundred_certificates_share_fonts_and_frame_in_one_file(render):
    rows = [
        certificate(f"焦作市第{number}社区", f"JZWF-SQ-2026-{number:04}", id=CertificateId(f"{number:032x}"))
        for number in range(100)
    ]
    pdf = render(*rows)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 100
    assert len(pdf) < 6 * len(render(rows[0]))
    for number in (0, 57, 99):
        text = reader.pages[number].extract_text()
        assert rows[number].site_name in text
        assert rows[number].number in text
    assert [entry["/Title"] for entry in reader.outline][99] == "JZWF-SQ-2026-0099 焦作市第99社区"
    assert reader.metadata is not None
    assert reader.metadata.subject == "JZWF-SQ-2026-0000 – JZWF-SQ-2026-0099"


def test_all_fonts_are_embedded_and_nothing_else_is_named(render):
    pdf = render(*CASES.values())
    fonts = {
        name: font.get_object()
        for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
        for name, font in page["/Resources"]["/Font"].items()
    }
    assert {re.sub(r".*\+", "", font["/BaseFont"]).split("-")[0] for font in fonts.values()} == {
        "WufeiSerifSC",
        "WufeiFallbackSC",
    }
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts.values())
    assert b"Helvetica" not in pdf


@needs_qpdf
@in_both_languages
def test_qpdf_finds_nothing_wrong(render, tmp_path, language: str):
    path = tmp_path / "certificates.pdf"
    path.write_bytes(render(*CASES.values(), language=language))
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_same_record_gives_the_same_bytes(render, font_folder):
    first = render(*CASES.values())
    assert render(*CASES.values()) == first
    assert render(certificate("焦作市焦西社区")) != render(certificate())


def test_without_certificates_there_is_no_file(render):
    with pytest.raises(ValueError, match="at least one"):
        render()
