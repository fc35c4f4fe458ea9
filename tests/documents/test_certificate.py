"""A certificate that an office would hang on its wall: whole, legible, and true to its record."""

from __future__ import annotations

import io
import re
import subprocess

import pypdf
import pytest

from tests.documents.certificates import (
    BODY,
    CASES,
    RARE_NAME,
    SHORT_NAME,
    TEMPLATES,
    WORDS,
    certificate,
    in_both_languages,
    ink,
    needs_poppler,
    needs_qpdf,
    read_by_poppler,
    read_by_pypdf,
    with_each_template,
)
from wufei_cells.documents.certificate import render_certificates
from wufei_cells.documents.fonts import DocumentFonts
from wufei_cells.domain.register import CertificateId, CertificateRow
from wufei_cells.errors import UserError


@pytest.fixture
def render(document_fonts: DocumentFonts):
    def render(*rows: CertificateRow, language: str = "zh") -> bytes:
        return render_certificates(rows, document_fonts, {"": TEMPLATES[language]}, WORDS)

    return render


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
