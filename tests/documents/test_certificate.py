"""A certificate that an office would hang on its wall: whole, legible, and true to its record."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from itertools import combinations
from math import hypot

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wufei_cells import shipped
from wufei_cells.documents.canvas import A4_LANDSCAPE
from wufei_cells.documents.certificate import render_certificates
from wufei_cells.documents.certificate_layout import DATE_Y, ISSUER_Y, NAME, NAME_WIDTH, CertificateLayout, lay_out
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.documents.ornament import INNER_INSET
from wufei_cells.documents.placing import PlacedLine
from wufei_cells.documents.text import line_width
from wufei_cells.domain.register import AssessmentId, CertificateId, CertificateRow, SiteId
from wufei_cells.errors import UserError
from wufei_cells.wording import Wording

CATALOGUE = shipped.wording_catalogue()
WORDS = {language: Wording(CATALOGUE, language) for language in ("zh", "en")}
SHORT_NAME = "焦作市图书馆"
LONG_NAME = "焦作市山阳区东方红街道办事处学生路第一社区居民委员会暨党群服务中心新时代文明实践站（试点）"
RARE_NAME = "䶮㳇鿍𬇙龘社区"
BODY = "兹认定{site}达到《无废社区评估标准（示范模板）》（2026.1版）规定的要求，命名为焦作市“无废社区”。特发此证。"
ENGLISH_BODY = "This is to certify that {site} meets the requirements and is named a “Waste-Free Community” of Jiaozuo."
REMARK = "本证书实行动态管理。有效期内接受监督和抽查，期满前应当申请复核；不再符合要求的，撤销命名并收回证书。"
LONG_ISSUER = "焦作市“无废城市”建设工作领导小组办公室、焦作市生态环境局、焦作市机关事务管理局"
SEAL = 119  # the seal of an office is 42 mm wide

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
in_both_languages = pytest.mark.parametrize("language", ["zh", "en"])


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
        return render_certificates(rows, document_fonts, WORDS[language], repeatable=True)

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
        "焦作市“无废城市”建设工作领导小组",
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
        "Result 92.75 points · Excellent",
        "Valid until July 21, 2029",
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


def test_every_word_exists_in_both_languages():
    keys = {key for key in CATALOGUE if key.startswith(("document.certificate.", "document.date", "document.month_"))}
    assert len(keys) > 20
    for key in keys:
        assert CATALOGUE[key].keys() == {"zh", "en"}
        assert all(CATALOGUE[key].values())


@in_both_languages
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


@in_both_languages
@in_all_cases
def test_no_line_touches_another_or_the_frame(document_fonts: DocumentFonts, row: CertificateRow, language: str):
    layout = lay_out(row, document_fonts, WORDS[language])
    assert overlaps(document_fonts, layout) == []
    width, height = A4_LANDSCAPE
    for line in layout.lines:
        left, bottom, right, top = box(document_fonts, line)
        assert min(left, width - right, bottom, height - top) > INNER_INSET + 8, line.text


@in_both_languages
@in_all_cases
def test_there_is_room_for_the_seal(document_fonts: DocumentFonts, row: CertificateRow, language: str):
    layout = lay_out(row, document_fonts, WORDS[language])
    day = next(line for line in layout.lines if line.y == DATE_Y)
    seal_x, seal_y = day.x, (DATE_Y + ISSUER_Y) / 2
    for line in layout.lines:
        left, bottom, right, top = box(document_fonts, line)
        nearest = hypot(max(left - seal_x, seal_x - right, 0), max(bottom - seal_y, seal_y - top, 0))
        belongs_to_the_seal = abs(line.x - day.x) < 10  # not exactly: empty halves of signs are evened out
        assert belongs_to_the_seal or nearest > SEAL / 2, line.text


@in_all_cases
def test_the_name_is_the_largest_line(document_fonts: DocumentFonts, row: CertificateRow):
    layout = lay_out(row, document_fonts, WORDS["zh"])
    sizes = {line.text: line.style.size for line in layout.lines}
    name_size = max(size for text, size in sizes.items() if text in row.site_name)
    others = [size for text, size in sizes.items() if text not in row.site_name and "证书" not in text]
    assert name_size > 1.4 * max(others)
    if len(row.site_name) < 20:
        assert name_size == max(sizes.values()) == NAME.size


characters = st.sampled_from("焦作市山阳区社居委会机关龘䶮𬇙（）“”·AB1 ")


@settings(max_examples=60)
@given(st.text(characters, min_size=1, max_size=60).filter(str.strip))
def test_no_name_is_wider_than_its_box_and_none_is_cut(document_fonts: DocumentFonts, name: str):
    layout = lay_out(certificate(name), document_fonts, WORDS["zh"])
    largest = max(line.y for line in layout.lines if "证书" in line.text)
    lines = [line for line in layout.lines if 342 < line.y < largest and "兹认定" not in line.text]
    assert "".join(line.text for line in lines).replace(" ", "") == name.replace(" ", "")
    assert all(line_width(document_fonts, line.text, line.style) <= NAME_WIDTH + 0.01 for line in lines)
    assert overlaps(document_fonts, layout) == []


def test_a_drawn_name_stays_in_its_box(render):
    with pypdfium2.PdfDocument(render(certificate(LONG_NAME))) as document:
        page = document[0].get_textpage()
        shown = page.get_text_range()
        start = shown.index(LONG_NAME[:10])
        boxes = [page.get_charbox(place) for place in range(start, start + len(LONG_NAME) + 1)]
    middle = A4_LANDSCAPE[0] / 2
    assert min(box[0] for box in boxes if box[2] > box[0]) >= middle - NAME_WIDTH / 2 - 1
    assert max(box[2] for box in boxes) <= middle + NAME_WIDTH / 2 + 1


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
