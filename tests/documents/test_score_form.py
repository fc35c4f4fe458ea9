"""The papers of an assessment: what they ask, what they say, and that nothing is split."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.documents.forms import (
    DAY,
    QUESTIONS,
    SITE,
    blank,
    counted,
    everything,
    filled,
    pages,
    shown,
)
from tests.samples.registers import sample
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.documents.report_pages import ReportPages, Trace
from wufei_cells.documents.score_form import render_form
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer, Column
from wufei_cells.domain.checklists import Verify
from wufei_cells.domain.findings import FindingState, Severity
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.rules import Effect, PartStep
from wufei_cells.domain.signatures import Signer
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
TOWN = read_checklist(sample("town"), "town")
SMALL = read_checklist(sample("small"), "small")
SCHOOL = read_checklist(sample("school"), "school")
EVERY = read_checklist((ROOT / "tests" / "checklists" / "every_field.yaml").read_bytes(), "every_field")
SHIPPED = sorted(path for path in (ROOT / "criteria").glob("*/*.yaml") if path.stem != "profile")
TOWN_ANSWERS = {
    "G1": Answer("yes", note="查过了"),
    "G2": Answer("no", note="上月有一起"),
    "A1": Answer("yes"),
    "A2": Answer("some", note="缺一项制度"),
    "A3": counted("3"),
    "A4": Answer("no"),
    "B1": Answer("9"),
    "C11": Answer(na="该单位没有这类废物"),
}


@pytest.fixture(scope="session")
def catalogue() -> dict[str, dict[str, str]]:
    folder = ROOT / "resources" / "wording"
    merged: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.json")):
        merged |= json.loads(path.read_text("utf-8"))
    return merged


@pytest.fixture(params=["zh", "en"])
def wording(request, catalogue) -> Wording:
    return Wording(catalogue, request.param)


@pytest.fixture
def zh(catalogue) -> Wording:
    return Wording(catalogue, "zh")


@pytest.fixture
def en(catalogue) -> Wording:
    return Wording(catalogue, "en")


# --- the form to fill in


def test_the_head_leaves_room_for_whom_when_and_by_whom(document_fonts, zh):
    first = pages(blank(TOWN, zh), document_fonts, zh)[0]
    assert first.startswith("无废机关现场评估表")
    for label in ("单位", "地址", "县区", "评估人员", "单位代表", "电话"):
        assert label in first
    assert "无废单位标准2026.1版（9f9f9f9f9f9f）" in first
    assert re.search(r"_+年_+月_+日至_+年_+月_+日", first)


def test_facts_and_the_pre_check_come_before_everything_that_is_scored(document_fonts, zh):
    text = shown(blank(TOWN, zh), document_fonts, zh)
    order = [
        "单位情况",
        "□是□否",
        "人数",
        "打分前核对",
        "三年内没有失信记录",
        "前置条件",
        "没有违法",
        "评分序号",
        "A1方案",
    ]
    assert [text.index(word) for word in order] == sorted(text.index(word) for word in order)


def test_each_item_stands_with_its_number_marks_ways_of_checking_and_what_to_look_at(document_fonts, zh):
    text = shown(blank(TOWN, zh), document_fonts, zh)
    assert "A2制度看什么：制度文本怎么看：看是否成文8齐全8分、部分4分资料" in text
    assert "★A4" in text
    assert "资料问卷" in text, "training is checked in two ways"


def test_the_paper_asks_what_the_program_asks(document_fonts, zh):
    text = shown(blank(TOWN, zh), document_fonts, zh)
    assert "□是（10分）□否（0分）" in text
    assert "□齐全（8分）□部分（4分）□没有（0分）" in text
    assert re.search(r"次数：_+次位置和情况_+计算：_+次×1分，最高7分", text)
    assert re.search(r"回收：_+吨产生：_+吨占比：_+%时段_+来源_+", text)


@pytest.mark.parametrize(
    "asked",
    [
        r"□部分（2–10分）定_+分，理由_+",
        r"□无（0分，一票否决）",
        r"从1分起，加减下面各部分：（1）方案□是（3分）□否（0分）",
        r"□否（0分，总分计0）仅适用于：人数低于900",
        r"（3）种类□甲□乙共_+项（全部2项）计算：_+项×0.5分",
        r"差错：_+位置和情况_+计算：_+×−1分，最低−1分",
        r"换算：按折线50%→0，90%→1",
        r"人均=产生量÷2=_+",
        r"（11）有一取得分最高的一项，填能填的：（1）其一",
        r"查：_+袋（不少于50）占比：_+%",
        r"计算：低于90%的，每1个百分点（不足的按比例）−1分，从20分起，最低0分，最高20分",
        r"利用率=利用量÷产生量×100=_+%",
        r"由其他数算出：垃圾量÷最大者（人数，1）",
        r"仅适用于：有食堂：否且（类型：老院或新院或人均垃圾量高于1）",
        r"一管理（满分40分，计50分）仅适用于：人数不低于1",
    ],
)
def test_every_kind_of_rule_can_be_answered_by_pen(document_fonts, zh, asked):
    assert re.search(asked, shown(blank(EVERY, zh), document_fonts, zh))


def test_an_item_that_may_be_set_aside_asks_for_the_reason_and_one_that_may_not_does_not(document_fonts, zh):
    kept = replace(SMALL, groups=SMALL.groups[1:], gates=())
    assert re.search(r"□不适用，理由_+", shown(blank(kept, zh), document_fonts, zh))
    item = replace(kept.groups[0].items[0], not_applicable=type(kept.groups[0].items[0].not_applicable)("never"))
    never = replace(kept, groups=(replace(kept.groups[0], items=(item,)),))
    assert "□不适用" not in shown(blank(never, zh), document_fonts, zh)


def test_without_a_site_a_condition_is_told_and_with_one_what_is_excluded_is_marked(document_fonts, zh):
    assert "仅适用于：有食堂" in shown(blank(SMALL, zh), document_fonts, zh)
    without = shown(blank(SMALL, zh, site=SITE, facts={"canteen": "no"}), document_fonts, zh)
    assert "餐厨垃圾单独收运" in without, "it is still there to be seen"
    assert "不适用：按单位情况不涉及（仅适用于：有食堂）—" in without
    assert "□是（5分）" not in without
    assert "东风机械厂" in without
    assert "有食堂□是☑否" in without
    assert "□是（5分）" in shown(blank(SMALL, zh, site=SITE, facts={"canteen": "yes"}), document_fonts, zh)


def test_there_is_room_for_findings_results_and_everybody_to_sign(document_fonts, zh):
    text = shown(blank(TOWN, zh, assessors=("王敏", "张伟", "刘洋")), document_fonts, zh)
    assert re.search(r"总分_+/100分", text)
    assert "□合格□良好□未达到任何等次" in text
    assert text.count("□严重□一般□观察□建议") == 6
    end = text[text.index("签名签名人确认") :]
    assert re.findall(r"评估人员：(..)", end) == ["王敏", "张伟", "刘洋"]
    assert end.count("单位代表") == 1
    assert len(re.findall(r"日期：_+年_+月_+日", end)) == 4


def test_every_group_has_its_subtotal_bonus_and_deductions_their_caps(document_fonts, zh):
    text = shown(blank(SCHOOL, zh), document_fonts, zh)
    for group in SCHOOL.groups:
        assert re.sub(r"\s", "", f"{group.number}{group.text.zh}小计") in text
    every = shown(blank(EVERY, zh), document_fonts, zh)
    assert "加加分（最多加3分）" in every
    assert "减扣分（从总分里扣，最多扣5分；得分栏填所扣的分）" in every
    assert "按折线1处→8，4处→2" in shown(blank(replace(EVERY, groups=unworded(EVERY.groups)), zh), document_fonts, zh)


def unworded(groups):
    """The groups without printed scoring words, so that the paper says itself what a number gives."""
    return tuple(
        replace(
            group, items=tuple(replace(item, scoring=Text("")) for item in group.items), groups=unworded(group.groups)
        )
        for group in groups
    )


# --- the sheet that was filled in


def test_answers_are_told_in_words_with_points_notes_and_reasons(document_fonts, zh):
    text = shown(filled(TOWN, zh, TOWN_ANSWERS), document_fonts, zh)
    assert "部分：4分4缺一项制度" in text
    assert "不适用：该单位没有这类废物" in text
    assert "不符合上月有一起" in text
    assert "★条款得0分，不能通过" in text
    assert "还没有打分：可能0–8分0–8" in text
    assert "□是（10分）" not in text


def test_what_a_number_rests_on_is_printed_under_it(document_fonts, zh):
    text = shown(filled(TOWN, zh, TOWN_ANSWERS), document_fonts, zh)
    assert "依据：时段2025年，来源巡查记录·三楼：1次·食堂：2次3已当场告知" in text


def test_total_level_and_minima_are_told(document_fonts, zh):
    data = filled(TOWN, zh, TOWN_ANSWERS)
    text = shown(data, document_fonts, zh)
    card = data.filled.scorecard
    assert f"总分{printed(card.total.low)}–{printed(card.total.high)}分（满分100分）" in text
    assert re.search(r"A组织小计30计入的满分30分；最低须得15分，已达到17", text)
    assert "打分中" in text
    assert data.filled.verdict.replace(" ", "") in text


def test_findings_evidence_and_the_pre_check_are_listed(document_fonts, zh):
    text = shown(everything(TOWN, zh, TOWN_ANSWERS, "A2"), document_fonts, zh)
    assert "1A2严重没有托盘补上托盘李工2026-12-07待整改" in text
    assert "2整体建议改用电子台账已关闭已经改好" in text
    assert "证据2件，问题1项" in text
    assert "证据清单（3件）" in text
    assert "整体1件IMG_0000.jpg2026-11-2209:00A22件IMG_0001.jpg全景2026-11-2209:01IMG_0002.jpg（文件不在本机）" in text
    assert "三年内没有失信记录符合" in text
    assert "申报材料真实某方案不符合，原因：数字对不上" in text
    assert "没有事故尚未核查" in text


def test_the_pre_check_prints_the_words_that_were_looked_at(document_fonts, zh, en):
    data = everything(TOWN, zh, TOWN_ANSWERS, "A2")
    found = data.filled.precheck.findings
    then = {"true": replace(found["true"], text="自评材料属实"), "gone": replace(found["honest"], text="没有欠费")}
    data = replace(data, filled=replace(data.filled, precheck=replace(data.filled.precheck, findings=then)))
    text = shown(data, document_fonts, zh)
    assert "自评材料属实某方案不符合" in text
    assert "没有欠费符合" in text, "what was asked then and is asked no more"
    same = {"true": replace(found["true"], text=QUESTIONS[1].text.zh)}
    data = replace(data, filled=replace(data.filled, precheck=replace(data.filled.precheck, findings=same)))
    assert "Theapplicationistrue" in shown(data, document_fonts, en)


def test_signatures_are_drawn_as_they_were_given(document_fonts, zh):
    data = everything(TOWN, zh, TOWN_ANSWERS, "A2")
    text = shown(data, document_fonts, zh)
    assert "评估人员：王敏签于2026-11-2212:00" in text, "by the clock of the paper"
    assert "评估人员：张伟日期：" in text, "who has not signed still can"
    assert "单位代表：李国强签于2026-11-2212:00签名后内容有改动，此签名不再有效" in text
    assert text.count("不再有效") == 1
    content = render_form(data, document_fonts, zh)
    streams = [page.get_contents().get_data().decode("latin-1") for page in PdfReader(BytesIO(content)).pages]
    strokes = [re.findall(r"1 J.*?S\b", stream, re.DOTALL) for stream in streams]
    assert sum(map(len, strokes)) == 3
    assert len(strokes[-1]) == 3, "all on the last page"


def test_strokes_stay_in_their_field_and_the_right_way_up(document_fonts, zh, monkeypatch):
    drawn: list[Trace] = []
    add = ReportPages.add

    def listen(self, *marks):
        drawn.extend(mark for mark in marks if isinstance(mark, Trace))
        add(self, *marks)

    monkeypatch.setattr(ReportPages, "add", listen)
    data = everything(TOWN, zh, TOWN_ANSWERS, "A2")
    huge = replace(data.filled.signatures[0], strokes=(((0, 0), (1000, 1000)), ((500, 500),)))
    render_form(replace(data, filled=replace(data.filled, signatures=(huge,))), document_fonts, zh)
    (left, top), (right, bottom) = drawn[0].points
    assert left < right
    assert top > bottom, "the screen counts downwards"
    assert 0 < top - bottom <= 46.01
    assert len(drawn[1].points) == 1, "a dot"


def test_a_sheet_says_on_each_page_what_must_not_be_missed(document_fonts, zh):
    data = filled(TOWN, zh, TOWN_ANSWERS, example=True)
    missing = len(data.filled.scorecard.missing)
    for page in pages(data, document_fonts, zh):
        assert "示例数据，不作认定依据" in page
        assert f"未完成：还有{missing}项没有填" in page
        assert "示范模板" not in page
    for page in pages(blank(SMALL, zh), document_fonts, zh):
        assert "示范模板，非主管部门发布" in page
        assert "未完成" not in page
        assert "示例数据" not in page


def test_conflicts_rechecks_and_decisions_are_told(document_fonts, zh):
    data = filled(SMALL, zh, {"A1": Answer({"plan": "yes"})}, rechecks=frozenset({"A2"}))
    rows = {key: replace(row, values=2) for key, row in data.filled.answers.items()}
    row = replace(
        data.filled.assessment, stage=Stage.REJECTED, decided_by="p", decided_at=data.filled.assessment.started_at,
        remarks="材料不全", part_of=data.filled.assessment.id,
    )  # fmt: skip
    text = shown(replace(data, filled=replace(data.filled, answers=rows, assessment=row)), document_fonts, zh)
    assert "有2种不同意见，尚未裁定" in text
    assert "条款改过，原来的打分需要复核" in text
    assert "未通过，王敏于2026-11-2212:00作出决定：材料不全" in text
    assert "现场评估（分表）" in text


def test_the_columns_of_a_checklist_go_by_their_names(document_fonts, zh):
    data = filled(EVERY, zh, {})
    row = replace(data.filled.assessment, column="public")
    assert "评分类别公众" in shown(replace(data, filled=replace(data.filled, assessment=row)), document_fonts, zh)


# --- all of it


def test_english_paper_is_english(document_fonts, en):
    every = shown(blank(TOWN, en), document_fonts, en)
    for word in ("Waste-FreeOffice:assessmentonsite", "Precheck", "Signatures", "Factsofthesite"):
        assert word.lower().replace("precheck", "pre-check") in every.lower()
    assert "符合" not in every


def test_rare_characters_are_printed_and_what_no_font_has_is_refused(document_fonts, zh):
    rare = replace(SITE, name="䶮泉路")
    assert "䶮泉路" in shown(blank(SMALL, zh, site=rare), document_fonts, zh)
    with pytest.raises(UserError) as refused:
        render_form(blank(SMALL, zh, site=replace(SITE, name="东风🎉")), document_fonts, zh)
    assert refused.value.code == "document.glyph_missing"


def test_the_same_input_gives_the_same_bytes_and_the_file_is_sound(document_fonts, wording, tmp_path):
    data = everything(TOWN, wording, TOWN_ANSWERS, "A2")
    content = render_form(data, document_fonts, wording)
    assert content == render_form(data, document_fonts, wording)
    target = tmp_path / "form.pdf"
    target.write_bytes(content)
    checked = subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "东风机械厂" in PdfReader(target).metadata.title


def test_a_parameter_prints_with_the_value_of_the_day(document_fonts, zh):
    assert "合格：总分不低于70" in shown(blank(TOWN, zh), document_fonts, zh)
    assert "合格：总分不低于72" in shown(blank(TOWN, zh, on=date(2028, 3, 1)), document_fonts, zh)
    assert date(2028, 1, 1) > DAY


def test_weights_of_items_are_told(document_fonts, zh):
    item = replace(SMALL.groups[0].items[0], weight=Decimal(8))
    weighted = replace(SMALL, groups=(replace(SMALL.groups[0], items=(item,)),), gates=())
    assert "计8" in shown(blank(weighted, zh), document_fonts, zh)


# --- words


def test_every_word_is_used_and_said_in_both_languages():
    own = json.loads((ROOT / "resources" / "wording" / "score_form.json").read_text("utf-8"))
    files = [
        *(ROOT / "wufei_cells" / "documents").glob("*form*.py"),
        ROOT / "wufei_cells" / "services" / "printing_forms.py",
    ]
    files += [ROOT / "ui" / "dialogs" / "form_steps.py", ROOT / "ui" / "widgets" / "notice_bar.py"]
    source = "\n".join(path.read_text("utf-8") for path in files).replace("'", '"')
    made = re.findall(r'f"([a-z]+_)\{', source)
    lists = set(re.findall(r'"([a-z]+)"', source))
    for key, texts in own.items():
        name = key.removeprefix("form.")
        stem = next((stem for stem in made if name.startswith(stem)), None)
        assert f'"{name}"' in source or f'"{key}"' in source or (stem and in_family(name, stem, lists)), key
        assert set(texts) == {"zh", "en"}, key
        assert set(re.findall(r"\{(\w+)\}", texts["zh"])) == set(re.findall(r"\{(\w+)\}", texts["en"])), key


def in_family(name: str, stem: str, lists: set[str]) -> bool:
    """Whether the end of a key made of parts is a word of the code, or of what the domain names."""
    ends = {*map(str, (*Column, *Verify, *FindingState, *Severity, *Effect, *PartStep, *Signer, *Stage))}
    return name.removeprefix(stem) in lists | ends | {"star", "star_set_aside"}
