"""Plaques: real size, one color, nothing that does not fit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from wufei_cells.documents.plaque import Plaque, render_plaques
from wufei_cells.errors import UserError
from wufei_cells.wording import Wording

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "wording"
PLAQUE = Plaque("无废机关", "样城市生态环境局", "样城市“无废城市”办公室", date(2026, 7, 2), "SC-JG-2026-001")
MM = 72 / 25.4


@pytest.fixture(scope="module")
def zh() -> Wording:
    merged = {}
    for path in FOLDER.glob("*.json"):
        merged |= json.loads(path.read_text("utf-8"))
    return Wording(merged, "zh")


def read(*plaques: Plaque, fonts, wording, **how) -> PdfReader:
    return PdfReader(BytesIO(render_plaques(plaques, fonts, wording, **how)))


@pytest.mark.parametrize(("width", "height"), [(600, 400), (300, 200), (450, 300)])
def test_the_trim_box_is_the_plaque_at_real_size(document_fonts, zh, width, height):
    (page,) = read(PLAQUE, fonts=document_fonts, wording=zh, width=width).pages
    assert float(page.trimbox.width) == pytest.approx(width * MM, abs=0.01)
    assert float(page.trimbox.height) == pytest.approx(height * MM, abs=0.01)
    assert float(page.mediabox.width) == pytest.approx((width + 40) * MM, abs=0.01)


def test_title_unit_issuer_month_and_number_stand_on_it_in_chinese(document_fonts, zh):
    (page,) = read(PLAQUE, fonts=document_fonts, wording=zh.speaking("en")).pages
    text = page.extract_text().replace(" ", "")
    for told in ("无废机关", "样城市生态环境局", "样城市“无废城市”办公室", "二〇二六年七月", "编号：SC-JG-2026-001"):
        assert told in text
    assert "600×400mm" in text
    assert "示例" not in text


def test_made_up_data_say_so_across_the_middle(document_fonts, zh):
    (page,) = read(replace(PLAQUE, example=True), fonts=document_fonts, wording=zh).pages
    assert "示例" in page.extract_text().replace(" ", "")


def test_each_plaque_has_a_page_and_the_same_bytes(document_fonts, zh):
    two = (PLAQUE, replace(PLAQUE, unit="乙局", number="SC-JG-2026-002"))
    assert len(read(*two, fonts=document_fonts, wording=zh).pages) == 2
    assert render_plaques(two, document_fonts, zh) == render_plaques(two, document_fonts, zh)


@pytest.mark.parametrize("field", ["title", "unit", "issuer"])
def test_a_text_that_does_not_fit_is_refused_by_name(document_fonts, zh, field):
    long = "某某" * 60
    with pytest.raises(UserError) as refused:
        render_plaques([replace(PLAQUE, **{field: long})], document_fonts, zh)
    assert refused.value.code == "document.text_too_long"
    assert long in zh.error(refused.value)


@pytest.mark.parametrize("width", [99, 2001])
def test_a_width_that_is_no_plaque_is_refused(document_fonts, zh, width):
    with pytest.raises(UserError) as refused:
        render_plaques([PLAQUE], document_fonts, zh, width=width)
    assert refused.value.code == "paper.plaque_width"
    assert str(width) in zh.error(refused.value)
