"""What an office's own workbook is told of an assessment: what stands in the record, and nothing that is still open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.samples.registers import SAMPLES, add_site, brought, criteria, found_in_order, scored
from tests.services.teams import LI, ZHAO, alone, started
from tests.workbooks.form_templates import sheet_of, values
from wufei_cells import shipped
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, filling_templates
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording
from wufei_cells.workbooks.form_templates.names import FIELDS


@pytest.fixture(scope="module")
def zh():
    return Wording(shipped.wording_catalogue(), "zh")


@pytest.fixture(scope="module")
def en():
    return Wording(shipped.wording_catalogue(), "en")


@pytest.fixture
def ask(workspace, zh):
    """``ask(assessment, names, wording)``: what is written where these placeholders stand, ``None`` for nothing."""

    def asked(assessment: str, *names: str, wording: Wording = zh) -> list[object]:
        template = sheet_of({f"A{row}": f"{{{{{name}}}}}" for row, name in enumerate(names, start=1)})
        found = values(filling_templates.fill(workspace, assessment, template, "t.xlsx", wording))
        return [found.get(f"A{row}") for row in range(1, len(names) + 1)]

    return asked


def test_site_and_assessment_are_told_as_the_register_has_them(workspace, ask, en):
    row = scored(workspace, A2=Answer({"part": "85", "whole": "100"}, note="看了三栋楼"))
    names = (
        "单位名称",
        "单位类别",
        "县区",
        "标准名称",
        "评估人员",
        "评分类别",
        "评估阶段",
        "城市",
        "发证机关",
        "填表人",
    )
    told = ["甲单位", "无废机关", "东区", "小型标准", "王敏", "现场评估", "打分中", "山城市", "山城市无废办", "王敏"]
    assert ask(row.id, *names) == told
    assert ask(row.id, "site.category", "assessment.stage", wording=en) == ["Waste-Free Office", "being scored"]
    assert ask(row.id, "条款.A2.打分", "条款.A2.得分", "条款.A2.备注", "条款.A2.佐证数") == [
        "85/100",
        5,
        "看了三栋楼",
        0,
    ]
    (reason,) = ask(row.id, "条款.A2.扣分原因")
    assert "85%" in str(reason)
    assert ask(row.id, "条款.A1.扣分原因", "条款.A1.所属指标", "前置条件.G1.结果") == [None, "组织", "符合"]
    assert ask(row.id, "单位情况.有食堂", "单位情况.人数", "site.fact.canteen") == ["是", None, "是"]
    assert ask(row.id, "合计得分", "合计满分", "等次", "是否达标", "指标.A.得分", "指标.2.得分") == [
        15, 20, "合格", "达标", 10, 5,
    ]  # fmt: skip


def test_what_is_open_stays_empty(workspace, ask):
    row = assessing.start_assessment(workspace, add_site(workspace).id)
    found_in_order(workspace, row.id)
    assessing.record_answers(workspace, row.id, {"A1": Answer({"plan": "yes"}), "B1": Answer("yes")})
    names = (
        "合计得分",
        "等次",
        "是否达标",
        "条款.A1.得分",
        "条款.A2.得分",
        "指标.A.得分",
        "条款.A2.打分",
        "评估日期",
        "证书编号",
    )
    assert ask(row.id, *names) == [None] * len(names)
    assert ask(row.id, "条款.B1.得分", "指标.B.得分", "前置条件.G1.结果") == [5, 5, None]


def test_what_is_set_aside_has_a_reason_and_no_points(workspace, ask):
    row = scored(workspace, B1=Answer(na="停业装修"))
    assert ask(row.id, "条款.B1.得分", "条款.B1.不适用原因", "指标.B.得分", "条款.A1.不适用原因") == [
        None,
        "停业装修",
        None,
        None,
    ]


def test_the_certificate_is_told_once_there_is_one(workspace, ask):
    row = scored(workspace)
    brought(workspace, row.id, Stage.CERTIFIED)
    number, issued, until, stage = ask(row.id, "证书编号", "发证日期", "有效期至", "评估阶段")
    assert number == browsing.list_certificates(workspace)[0].number
    assert (issued, stage) == (workspace.today().isoformat(), "已发证")
    assert date.fromisoformat(str(until)) > workspace.today()


def test_every_field_is_given_by_the_service(workspace, zh):
    row = scored(workspace)
    brought(workspace, row.id, Stage.CERTIFIED)
    template = sheet_of({"A1": " ".join(f"{name}={{{{{name}}}}}" for name in FIELDS)})
    content = filling_templates.fill(workspace, row.id, template, "t.xlsx", zh)
    told = dict(part.split("=") for part in str(values(content)["A1"]).split(" ") if "=" in part)
    unknown = {
        "site.address",
        "site.credit_code",
        "site.contact",
        "site.phone",
        "assessment.date",
        "certificate.document",
    }
    assert {name for name in FIELDS if not told.get(name)} == unknown, "this site has none of these"


def test_a_sheet_that_is_kept_from_a_person_is_kept_from_the_workbook_too(workspace, zh):
    whole = started(workspace)
    sheet = alone(workspace, whole.id, LI)
    alone(workspace, whole.id, ZHAO)
    template = sheet_of({"A1": "{{条款.A1.打分}}"})
    with pytest.raises(UserError) as refused:
        filling_templates.fill(workspace.acting_as(ZHAO), sheet.id, template, "t.xlsx", zh)
    assert refused.value.code == "teaming.hidden"
    mine = filling_templates.fill(workspace.acting_as(LI), sheet.id, template, "t.xlsx", zh)
    assert values(mine) == {"A1": "是; 是"}


def test_made_up_data_say_so(tmp_path, clock, zh):
    workspace = open_workspace(tmp_path, criteria(), person="王敏", example=True, clock=clock)
    try:
        row = scored(workspace)
        content = filling_templates.fill(workspace, row.id, sheet_of({"A1": "{{单位名称}}"}), "t.xlsx", zh)
        assert values(content) == {"A1": "甲单位（示例数据）"}
    finally:
        workspace.close()


def test_several_are_written_or_none_and_problems_name_the_site(workspace, zh):
    rows = [scored(workspace, add_site(workspace, name)) for name in ("甲", "乙")]
    good, bad = sheet_of({"A1": "{{单位名称}}"}), sheet_of({"A1": "{{条款.A9.得分}}"})
    keys = [row.id for row in rows]
    written = filling_templates.fill_several(workspace, keys, good, "t.xlsx", zh)
    assert [(site, values(content)["A1"]) for site, content in written] == [("甲", "甲"), ("乙", "乙")]
    with pytest.raises(ProblemsFound) as refused:
        filling_templates.fill_several(workspace, keys, bad, "t.xlsx", zh)
    assert [problem.place for problem in refused.value.problems] == ["甲 · 表!A1", "乙 · 表!A1"]


# --- the workbook to begin with


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["small", "quarry", "school"])
def test_a_starter_can_be_filled_in_at_once_and_is_the_same_every_time(name, language):
    wording = Wording(shipped.wording_catalogue(), language)
    checklist = read_checklist((SAMPLES / f"{name}.yaml").read_bytes(), name)
    content = filling_templates.starter_template(checklist, wording)
    assert filling_templates.check_template(content, "t.xlsx", checklist, wording) == ()
    assert content == filling_templates.starter_template(checklist, wording)
    sheets = [" ".join(map(str, values(content, title).values())) for title in titles(content)]
    assert all(f"{{{{{field}}}}}" in sheets[1] for field in FIELDS)
    assert "form_starter." not in "".join(sheets), "every word of it is worded"


def titles(content: bytes) -> list[str]:
    import io  # noqa: PLC0415

    import openpyxl  # noqa: PLC0415

    return openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def test_a_starter_of_a_filled_assessment_names_every_item(workspace, zh):
    row = scored(workspace)
    checklist = browsing.sheet(workspace, row.id).checklist
    content = filling_templates.fill(workspace, row.id, filling_templates.starter_template(checklist, zh), "t", zh)
    found = list(values(content).values())
    assert {"领导", "抽样", "餐厨垃圾单独收运", "没有违法"} <= set(map(str, found))
    assert "{{" not in "".join(map(str, found))
    assert "{{条款.A1.得分}}" in values(content, "占位符一览").values(), "the list is left as it is"


def test_a_template_for_another_checklist_is_told_before_it_is_used(workspace, zh):
    small = read_checklist((SAMPLES / "small.yaml").read_bytes(), "small")
    quarry = read_checklist((SAMPLES / "quarry.yaml").read_bytes(), "quarry")
    problems = filling_templates.check_template(filling_templates.starter_template(small, zh), "t", quarry, zh)
    assert {problem.code for problem in problems} == {"form_template.few_items", "form_template.few_groups"}
