"""Papers for the field, from a register: which edition, for whom, and everything that was entered."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.samples.editions import publish, small
from tests.samples.registers import add_site, criteria_with_precheck, open_register, scored
from tests.services.teams import LI, ZHAO, alone, started
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.answers import Answer, Basis, BasisRow
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.domain.signatures import Signer
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    browsing,
    evidencing,
    finding_faults,
    prechecking,
    printing_forms,
    signing_off,
)
from wufei_cells.services.finding_faults import FindingDraft
from wufei_cells.wording import Wording

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


@pytest.fixture
def workspace(tmp_path, clock):
    """A register of a city that asks what shuts a site out."""
    opened = open_register(tmp_path, clock, given=criteria_with_precheck("small", "school"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def fonts():
    return DocumentFonts({face: FONTS / f"{face}.ttf" for face in Face})


@pytest.fixture(scope="module")
def zh():
    return Wording(shipped.wording_catalogue(), "zh")


def text_of(content: bytes) -> str:
    return "".join(re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(BytesIO(content)).pages)


def refused(call) -> str:
    with pytest.raises(UserError) as caught:
        call()
    return caught.value.code


# --- the form to fill in


def test_a_category_gets_its_edition_in_force_with_the_city_s_numbers(workspace, fonts, zh):
    text = text_of(printing_forms.blank_form(workspace, fonts, zh, category="office"))
    assert "小型标准1版" in text
    assert "总分不低于15" in text, "the city's own mark, not the 16 of the file"
    assert "近三年没有严重失信记录" in text
    assert "☑" not in text


def test_a_site_gets_its_name_its_facts_and_what_they_exclude(workspace, fonts, zh):
    site = add_site(workspace)
    text = text_of(printing_forms.blank_form(workspace, fonts, zh, site=site.name))
    assert "甲单位" in text
    assert "东区" in text
    assert "有食堂☑是□否" in text
    school = add_site(workspace, "第一小学", category="school")
    assert "第一小学" in text_of(printing_forms.blank_form(workspace, fonts, zh, site=school.id))


def test_a_running_assessment_lends_its_edition_and_assessors(workspace, fonts, zh):
    site = add_site(workspace)
    row = assessing.start_assessment(workspace, site.id, assessors=("王敏", "刘洋"))
    newer = publish(workspace, small("2"))
    assert "小型标准2版" in text_of(printing_forms.blank_form(workspace, fonts, zh, category="office"))
    assert "小型标准2版" in text_of(printing_forms.blank_form(workspace, fonts, zh, site=site.id, edition=newer))
    for edition in (None, row.edition, row.edition[:10]):
        text = text_of(printing_forms.blank_form(workspace, fonts, zh, site=site.id, edition=edition))
        assert "评估人员：王敏" in text
        assert "评估人员：刘洋" in text
        assert "小型标准1版" in text


def test_nothing_or_something_unknown_is_refused(workspace, fonts, zh):
    site = add_site(workspace)
    school = browsing.current_edition(workspace, "school").id

    def blank(**of) -> str:
        return refused(lambda: printing_forms.blank_form(workspace, fonts, zh, **of))

    assert blank() == "form.for_what"
    assert blank(category="castle") == "register.no_edition"
    assert blank(site="nowhere") == "register.unknown_site"
    assert blank(edition="0" * 64) == "register.unknown_edition"
    assert blank(site=site.id, edition=school) == "assessing.other_category"


def test_looking_writes_nothing(workspace, fonts, zh):
    site = add_site(workspace)
    before = len(browsing.history(workspace, site.id))
    printing_forms.blank_form(workspace, fonts, zh, site=site.id)
    assert len(browsing.history(workspace, site.id)) == before


# --- the sheet that was filled in


def test_everything_that_was_entered_stands_on_the_sheet(workspace, fonts, zh):
    rows = (BasisRow("三楼", {"part": "45", "whole": "50"}), BasisRow("食堂", {"part": "39", "whole": "50"}))
    sample = Answer({"part": "84", "whole": "100"}, note="标签不全", bases={"": Basis("11月", "现场抽样", rows)})
    row = scored(workspace, A2=sample)
    asked = {question.key: PrecheckFinding(holds=True) for question in prechecking.questions(workspace, row.id)}
    prechecking.record_precheck(workspace, row.id, asked)
    finding_faults.record_finding(workspace, row.id, FindingDraft("A2", "major", "投放点没有标签", "补贴标签", "李工"))
    picture = BytesIO()
    Image.effect_noise((64, 64), 90).save(picture, "PNG")
    evidencing.attach(workspace, row.id, ["A2"], [("投放点.png", picture.getvalue())])
    signing_off.sign(workspace, row.id, "李国强", Signer.UNIT, (((10, 20), (300, 180)),))
    text = text_of(printing_forms.filled_form(workspace, row.id, fonts, zh))
    for told in (
        "无废机关评估记录",
        "对84÷查100=84%",
        "依据：时段11月，来源现场抽样·三楼：对45，查50·食堂：对39，查50",
        "标签不全",
        "证据1件，问题1项",
        "A2严重投放点没有标签补贴标签李工待整改",
        "投放点.png",
        "单位代表：李国强签于",
        "打分中",
    ):
        assert told in text, told
    assert re.search("近三年没有严重失信记录.{0,40}符合", text)
    assert "尚未核查" not in text
    assert "不再有效" not in text
    assert "未完成" not in text
    assessing.record_answer(workspace, row.id, "B1", Answer("no"))
    assert "签名后内容有改动，此签名不再有效" in text_of(printing_forms.filled_form(workspace, row.id, fonts, zh))


def test_the_same_register_gives_the_same_bytes(workspace, fonts, zh):
    row = scored(workspace)
    first = printing_forms.filled_form(workspace, row.id, fonts, zh)
    assert first == printing_forms.filled_form(workspace, row.id, fonts, zh)
    assert first != printing_forms.filled_form(workspace, row.id, fonts, zh.speaking("en"))


def test_an_unknown_assessment_is_refused(workspace, fonts, zh):
    assert refused(lambda: printing_forms.filled_form(workspace, "x", fonts, zh)) == "register.unknown_assessment"


def test_the_sheet_of_somebody_who_scores_alone_is_not_printed_for_others(workspace, fonts, zh):
    whole = started(workspace)
    sheet = alone(workspace, whole.id, LI)
    alone(workspace, whole.id, ZHAO)
    other = workspace.acting_as(ZHAO)
    assert refused(lambda: printing_forms.filled_form(other, sheet.id, fonts, zh)) == "teaming.hidden"
    own = printing_forms.filled_form(workspace.acting_as(LI), sheet.id, fonts, zh)
    assert "（分表）" in text_of(own)
