"""The assessment report: what decided stands first, everything it rests on follows, and nothing is torn apart."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from tests.documents.forms import NOON, everything, filled, many_items
from tests.samples.registers import sample
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.documents.assessment_report import render_assessment_report
from wufei_cells.documents.assessment_report_data import AssessmentReportData, ExplainedPoint, PaperPicture
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.wording import Wording

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wording"
SMALL = read_checklist(sample("small"), "small")
PASSED = {
    "G1": Answer("yes"),
    "A1": Answer({"plan": "yes", "staff": "yes"}),
    "A2": Answer({"part": "92", "whole": "100"}, note="标签不全"),
    "B1": Answer(na="没有这类废物"),
}
FACTS = {"canteen": "yes"}


@pytest.fixture(scope="module")
def catalogue():
    merged = {}
    for path in FOLDER.glob("*.json"):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


@pytest.fixture
def zh(catalogue) -> Wording:
    return Wording(catalogue, "zh")


def report(form, **changes) -> AssessmentReportData:
    card = form.filled.scorecard
    return replace(AssessmentReportData(form, card.total, card.level, card.passed), **changes)


def jpeg(number: int, size=(320, 240)) -> PaperPicture:
    written = BytesIO()
    Image.new("RGB", size, (number * 5 % 256, 90, 160)).save(written, "JPEG")
    return PaperPicture(written.getvalue(), *size)


def with_photos(form, count: int):
    """The sheet with this many photos, each under the item of the first one."""
    pattern = form.filled.evidence[1]
    rows = tuple(
        replace(pattern, file=replace(pattern.file, id=f"{number:064x}"), name=f"P{number:03d}.jpg", caption="")
        for number in range(count)
    )
    form = replace(form, filled=replace(form.filled, evidence=rows))
    shapes = ((320, 240), (240, 320), (320, 100))
    return report(form, pictures={row.file.id: jpeg(at, shapes[at % 3]) for at, row in enumerate(rows)})


def pages(data, fonts, wording) -> list[str]:
    document = pypdfium2.PdfDocument(render_assessment_report(data, fonts, wording))
    try:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def test_the_result_stands_first_then_groups_then_why(document_fonts, zh):
    form = filled(SMALL, zh, PASSED, FACTS)
    told = {"sum": (ExplainedPoint(0, "合计就是这样"), ExplainedPoint(1, "由两组相加"))}
    text = "".join(pages(report(form, explanation=told, certificate="SC-001"), document_fonts, zh))
    assert text.startswith("无废机关评估报告")
    order = [
        "东风机械厂",
        "证书编号SC-001",
        "通过·",
        "各组得分",
        "结果是怎么来的",
        "合计就是这样",
        "由两组相加",
        "前置条件",
        "逐条评分",
    ]
    assert [text.index(word) for word in order] == sorted(text.index(word) for word in order)
    assert form.filled.verdict.replace(" ", "") in text


@pytest.mark.parametrize(
    ("stage", "told"), [(Stage.REJECTED, "决定不通过"), (Stage.STOPPED, "已终止评估"), (Stage.APPROVED, "通过·")]
)
def test_what_was_decided_goes_before_what_the_points_say(document_fonts, zh, stage, told):
    form = filled(SMALL, zh, PASSED, FACTS)
    form = replace(form, filled=replace(form.filled, assessment=replace(form.filled.assessment, stage=stage)))
    assert told in pages(report(form), document_fonts, zh)[0]


def test_who_reviewed_and_who_decided_is_told_with_the_time(document_fonts, zh):
    form = filled(SMALL, zh, PASSED, FACTS)
    by = {"reviewed_by": "p", "reviewed_at": NOON, "decided_by": "q", "decided_at": NOON, "remarks": "同意"}
    row = replace(form.filled.assessment, stage=Stage.NOTICED, **by)
    form = replace(form, filled=replace(form.filled, assessment=row, people={"p": "初审员", "q": "主任"}))
    text = pages(report(form), document_fonts, zh)[0]
    assert "公示中，初审员于2026-11-2212:00初审，主任于2026-11-2212:00作出决定：同意" in text


def test_every_item_shows_points_of_full_points_with_reason_and_note(document_fonts, zh):
    text = "".join(pages(report(filled(SMALL, zh, PASSED, FACTS)), document_fonts, zh))
    for item in SMALL.items():
        assert item.number in text
        assert re.sub(r"\s", "", item.text.zh) in text
    assert "说明：标签不全" in text
    assert "不适用的条款（1条）" in text
    assert text.count("没有这类废物") == 2, "beside the item, and in the list of what does not apply"


def test_findings_files_and_signatures_are_told_with_their_state(document_fonts, zh):
    text = "".join(pages(report(everything(SMALL, zh, PASSED, "A2")), document_fonts, zh))
    assert "严重没有托盘补上托盘责任人：李工期限：2026年12月7日待整改" in text
    assert "建议改用电子台账已关闭已经改好" in text
    assert "IMG_0002.jpg" in text
    assert "没有收到：文件不在本机" in text
    assert "单位代表：李国强" in text
    assert "签名后内容有改动，此签名不再有效" in text


@pytest.mark.parametrize(("count", "across"), [(5, 2), (40, 3)])
def test_no_photo_is_parted_from_its_words(document_fonts, zh, count, across):
    data = with_photos(everything(SMALL, zh, PASSED, "A2"), count)
    content = render_assessment_report(data, document_fonts, zh)
    assert len(content) < 400_000 + sum(len(picture.content) for picture in data.pictures.values())
    placed = 0
    for page in PdfReader(BytesIO(content)).pages:
        named = len(set(re.findall(r"P\d{3}\.jpg", page.extract_text())))
        assert len(page.images) == named
        placed += named
    assert placed == count
    document = pypdfium2.PdfDocument(content)
    try:
        boxes = [
            item.get_bounds()
            for page in document
            for item in page.get_objects()
            if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
        ]
    finally:
        document.close()
    assert len(boxes) == count
    for left, low, right, high in boxes:
        assert 40 < left < right < 560
        assert 50 < low < high < 800
        assert right - left <= 500 / across


def test_a_photo_under_several_items_is_printed_once(document_fonts, zh):
    data = with_photos(everything(SMALL, zh, PASSED, "A2"), 1)
    row = data.form.filled.evidence[0]
    twice = replace(data.form.filled, evidence=(row, replace(row, item="A1", caption="门口")))
    content = render_assessment_report(replace(data, form=replace(data.form, filled=twice)), document_fonts, zh)
    found = [page for page in PdfReader(BytesIO(content)).pages if page.images]
    assert len(found) == 1
    assert len(found[0].images) == 1
    text = re.sub(r"\s", "", found[0].extract_text())
    assert "条款A1、A2" in text
    assert "门口" in text


def test_sixty_two_items_keep_their_rows_whole_under_a_head_on_each_page(document_fonts, zh):
    long = many_items(SMALL, "B1", 62, 8)
    answers = {
        f"Z{number}": Answer("yes", note=f"记{number:03d}始{'整改到位、' * 9}记{number:03d}终") for number in range(62)
    }
    found = pages(report(filled(long, zh, {"G1": Answer("yes"), **answers}, FACTS)), document_fonts, zh)
    assert len(found) > 4
    for number in range(62):
        (page,) = [text for text in found if f"指{number:03d}始" in text]
        assert f"指{number:03d}终" in page
        assert f"记{number:03d}终" in page
        assert "判定、理由和依据" in page
    for number, page in enumerate(found, start=1):
        assert f"第{number}页共{len(found)}页" in page


def test_an_odd_character_in_a_note_does_not_stop_the_paper_of_a_finished_sheet(document_fonts, zh):
    answers = {**PASSED, "A2": replace(PASSED["A2"], note="很好🎉\n下一行")}
    text = "".join(pages(report(filled(SMALL, zh, answers, FACTS)), document_fonts, zh))
    assert "很好〓下一行" in text


def test_the_same_data_give_the_same_bytes_in_either_language(document_fonts, zh):
    en = zh.speaking("en")
    data = with_photos(everything(SMALL, zh, PASSED, "A2"), 2)
    assert render_assessment_report(data, document_fonts, zh) == render_assessment_report(data, document_fonts, zh)
    text = "".join(pages(data, document_fonts, en))
    assert "assessmentreport" in text
    assert "Photos(2)" in text
