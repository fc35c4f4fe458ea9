"""The ledgers of an office: what each says of a register, and to whom."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from tests.evidence.conftest import camera_tags, scene, written
from tests.samples.registers import FULL_MARKS, add_site, brought, scored
from tests.services.teams import LI, ZHAO, alone, started
from tests.workbooks.ledger_reading import lines, sheet_of
from wufei_cells import shipped
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.ledgers import LedgerKind, Scope
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import UserError
from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.services import (
    assessing,
    browsing,
    comparing_sites,
    evidencing,
    finding_faults,
    ledgers,
    registering,
    teaming,
    time_machine,
)
from wufei_cells.wording import Wording

ZH, EN = (Wording(shipped.wording_catalogue(), language) for language in ("zh", "en"))
NO = Answer("no")


def told(workspace, kind, *, wording=ZH, **scope):
    return lines(ledgers.ledger(workspace, LedgerKind(kind), wording, Scope(**scope)))


def one_of(rows, column, value):
    (found,) = [row for row in rows if row[column] == value]
    return found


def add_photo(workspace, assessment, item, seed=1):
    content = written(scene(seed), exif=camera_tags())
    return evidencing.attach(workspace, assessment, [item], [(f"IMG_{seed}.jpg", content)])


# --- all of them


@pytest.mark.parametrize("wording", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("kind", LedgerKind)
def test_a_register_of_nothing_gives_a_ledger_of_nothing(workspace, kind, wording):
    content = ledgers.ledger(workspace, kind, wording)
    sheet = sheet_of(content)
    assert lines(content) == []
    assert sheet.title == wording.say(f"ledger.sheet_{kind.value}")
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [text for text in texts if "ledger." in text or "sites." in text], "a word is missing"
    assert ledgers.ledger(workspace, kind, wording) == content


@pytest.mark.parametrize("kind", LedgerKind)
def test_a_full_register_is_told_in_words_only_and_the_same_twice(workspace, kind):
    row = scored(workspace, add_site(workspace, "=甲"), A1=Answer({"plan": "no", "staff": "yes"}))
    finding_faults.record_finding(workspace, row.id, FindingDraft("B1", "minor", "+缺桶"))
    add_photo(workspace, row.id, "A1")
    brought(workspace, row.id, Stage.CERTIFIED)
    content = ledgers.ledger(workspace, kind, ZH)
    assert len(lines(content)) >= 1
    cells = [cell for row in sheet_of(content).iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert ledgers.ledger(workspace, kind, ZH) == content


def test_a_ledger_holds_one_district_and_one_category_only_when_asked_for(workspace):
    add_site(workspace, "东单位", "east")
    add_site(workspace, "西单位", "west")
    for named in ("west", "西区"):
        assert [row["单位名称"] for row in told(workspace, "sites", district=named)] == ["西单位"]
    assert len(told(workspace, "summary", category="无废机关")) == 2
    assert "西区" in str(sheet_of(ledgers.ledger(workspace, LedgerKind.SITES, ZH, Scope(district="west")))["A2"].value)
    for wrong in ({"district": "nowhere"}, {"category": "无废月球"}):
        with pytest.raises(UserError, match="unknown"):
            told(workspace, "sites", **wrong)


def test_the_writing_tells_how_far_it_is_and_can_be_given_up(workspace):
    for name in "甲乙丙":
        scored(workspace, add_site(workspace, name))
    said = []
    ledgers.ledger(workspace, LedgerKind.SUMMARY, ZH, report=lambda *far: said.append(far))
    assert said[-3:] == [(1, 3), (2, 3), (3, 3)]
    assert said[:3] == [(0, 3)] * 3, "while open assessments are scored, it can be given up, too"


def test_a_ledger_of_an_earlier_day_is_without_what_came_later(workspace, clock):
    add_site(workspace, "先来")
    day = workspace.today()
    clock.forward(days=3)
    add_site(workspace, "后到")
    past = time_machine.open_as_of(workspace, day)
    try:
        content = ledgers.ledger(past, LedgerKind.SUMMARY, ZH)
        assert [row["单位名称"] for row in lines(content)] == ["先来"]
        assert day.isoformat() in sheet_of(content)["A2"].value
    finally:
        past.close()


# --- summary


def test_the_summary_says_of_every_site_how_far_it_is(workspace, clock):
    add_site(workspace, "未评")
    scored(workspace, add_site(workspace, "打分中"))
    partly = assessing.start_assessment(workspace, add_site(workspace, "半途").id)
    assessing.record_answers(workspace, partly.id, {key: FULL_MARKS[key] for key in ("G1", "A1")})
    certified = scored(workspace, add_site(workspace, "有证"))
    finding_faults.record_finding(workspace, certified.id, FindingDraft("", "minor", "小问题"))
    brought(workspace, certified.id, Stage.CERTIFIED)
    certificate = browsing.list_certificates(workspace)[0]
    rows = told(workspace, "summary")
    assert [row["序号"] for row in rows] == [1, 2, 3, 4]
    plain = one_of(rows, "单位名称", "未评")
    assert (plain["阶段"], plain["得分"], plain["结论"], plain["未关闭问题"]) == ("已登记", None, None, 0)
    open_ = one_of(rows, "单位名称", "半途")
    total = browsing.sheet(workspace, partly.id).scorecard.total
    assert (open_["得分"], open_["结论"]) == (None, "尚未评完")
    assert open_["未评完时的得分范围"] == f"{printed(total.low)}–{printed(total.high)}"
    ready = one_of(rows, "单位名称", "打分中")
    assert (ready["得分"], ready["等次"], ready["结论"], ready["未评完时的得分范围"]) == (20, "良好", "通过", None)
    done = one_of(rows, "单位名称", "有证")
    assert (done["得分"], done["等次"], done["结论"], done["证书编号"]) == (20, "良好", "通过", certificate.number)
    assert (done["有效期至"].date(), done["证书状态"], done["未关闭问题"]) == (certificate.valid_until, "有效", 1)
    assert (done["评估人"], done["标准版次"]) == ("王敏", "1")
    assert done["评估日期"].date() == certified.on


def test_a_site_that_is_assessed_anew_keeps_the_document_of_its_certificate(workspace, clock):
    site = add_site(workspace)
    brought(workspace, scored(workspace, site).id, Stage.CERTIFIED)
    before = browsing.list_certificates(workspace)[0]
    clock.forward(days=1)
    assessing.start_assessment(workspace, site.id)
    (row,) = told(workspace, "summary")
    assert (row["阶段"], row["证书编号"], row["命名文号"] or "") == ("打分中", before.number, before.document_number)


# --- items


def test_the_statistics_of_items_agree_with_one_item_over_many_sites(workspace):
    scored(workspace, add_site(workspace, "甲"), A1=Answer({"plan": "no", "staff": "yes"}), B1=NO)
    scored(workspace, add_site(workspace, "乙"), A2=Answer({"part": "86", "whole": "100"}))
    scored(workspace, add_site(workspace, "丙"), A2=Answer(na="没有"), G1=NO)
    assessing.start_assessment(workspace, add_site(workspace, "丁").id)
    rows = told(workspace, "items")
    for key in FULL_MARKS:
        found = comparing_sites.across(workspace, "office", key)
        counts = found.distribution.counts
        row = one_of(rows, "条款号", found.entry.number)
        assert row["没有失分"] == counts[Outcome.MET]
        assert row["有失分"] == counts[Outcome.DEDUCTED]
        assert row["不适用"] == counts[Outcome.NOT_APPLICABLE]
        assert row["未填完"] == counts[Outcome.OPEN] + counts[Outcome.UNCLAIMED]
        assert row["参评单位"] == len(found.rows) - counts[Outcome.EXCLUDED]
        if found.full is not None:
            points = [one.comparable for one in found.rows if one.comparable is not None]
            lost = sum((found.full - one for one in points), Fraction(0))
            assert (row["失分合计"], row["已判单位"]) == (float(printed(lost)), len(points))
            assert row["平均失分"] == float(printed(lost / len(points)))
            assert row["一分未得"] == points.count(Fraction(0))
            assert Fraction(str(row["平均得分率"])) == Fraction(
                int(sum(points) / len(points) / found.full * 10_000), 10_000
            )


def test_the_items_where_most_is_lost_come_first(workspace):
    scored(workspace, add_site(workspace, "甲"), A1=Answer({"plan": "no", "staff": "yes"}), B1=NO)
    scored(workspace, add_site(workspace, "乙"))
    rows = told(workspace, "items")
    assert [(row["失分名次"], row["条款号"]) for row in rows[:2]] == [(1, "B1"), (2, "A1")]
    assert {row["失分名次"] for row in rows[2:]} == {3}
    shares = [row["平均得分率"] for row in rows]
    assert shares == sorted(shares)
    assert one_of(rows, "条款号", "G1")["种类"] == "前置条件"


# --- evidence


def test_every_piece_of_evidence_is_told_with_where_else_it_stands(workspace):
    first = assessing.start_assessment(workspace, add_site(workspace, "甲").id, visited_on=date(2026, 10, 30))
    second = assessing.start_assessment(workspace, add_site(workspace, "乙").id)
    add_photo(workspace, first.id, "B1")
    add_photo(workspace, first.id, "A1")
    add_photo(workspace, second.id, "A2")
    add_photo(workspace, second.id, "A1", seed=2)
    key = evidencing.list_evidence(workspace, first.id)[0].file.id
    evidencing.caption(workspace, first.id, key, "A1", "东门")
    rows = told(workspace, "evidence")
    assert [(row["序号"], row["单位名称"], row["条款号"]) for row in rows] == [
        *((1, "乙", "A1"), (2, "乙", "A2"), (3, "甲", "A1"), (4, "甲", "B1")),
    ]
    alone_, other, here, _last = rows
    assert (alone_["同一文件还用在"], alone_["类型"], alone_["上传人"]) == (None, "照片", "王敏")
    assert here["拍摄时间"].isoformat() == "2026-10-30T09:12:00"
    assert (here["说明"], here["内容指纹（SHA-256 前 12 位）"], here["条款内容"]) == ("东门", key[:12], "领导")
    assert here["同一文件还用在"].split("\n") == ["乙（2026-11-02）A2", "本次评估 B1"]
    assert other["同一文件还用在"].split("\n") == ["甲（2026-10-30）A1", "甲（2026-10-30）B1"]


# --- corrective actions


def test_corrective_actions_say_what_is_overdue_today(workspace, clock):
    row = scored(workspace, add_site(workspace, "甲"))
    due = (workspace.today() + timedelta(days=10)).isoformat()
    late = FindingDraft("B1", "major", "缺桶", "补桶", "后勤科", due)
    kept = finding_faults.record_finding(workspace, row.id, late)
    closed = finding_faults.record_finding(workspace, row.id, FindingDraft("", "minor", "积水", due=due))
    finding_faults.check_again(workspace, closed.id, closed=True, note="已清")
    assert one_of(told(workspace, "findings"), "发现的问题", "缺桶")["逾期天数"] is None
    clock.forward(days=13)
    rows = told(workspace, "findings")
    told_late = one_of(rows, "发现的问题", "缺桶")
    assert (told_late["逾期天数"], told_late["整改状态"], told_late["程度"]) == (3, "待整改", "严重不符合")
    assert (told_late["条款号"], told_late["责任人"]) == ("B1", "后勤科")
    assert told_late["整改期限"].date() == kept.finding.due
    told_closed = one_of(rows, "发现的问题", "积水")
    assert (told_closed["逾期天数"], told_closed["条款内容"], told_closed["复查情况"]) == (None, "全场", "已清")


# --- sites


def test_the_list_of_sites_has_the_fields_of_the_form_in_the_words_of_the_reader(workspace):
    site = add_site(workspace, "甲", "west")
    more = {"credit_code": "91350100M000100Y43", "contact": "孙经理", "phone": "0391-1234567", "note": "=x"}
    registering.edit_site(workspace, site.id, facts={"staff": "120.5"}, **{"address": "人民路 1 号", **more})
    (row,) = told(workspace, "sites")
    assert row == {
        "单位名称": "甲",
        "类别": "无废机关",
        "县区": "西区",
        "地址": "人民路 1 号",
        "统一社会信用代码": more["credit_code"],
        "联系人": "孙经理",
        "电话": "0391-1234567",
        "备注": "=x",
        "有食堂": "是",
        "人数": 120.5,
    }
    (row,) = told(workspace, "sites", wording=EN)
    assert (row["Category"], row["Has a canteen"]) == ("Waste-Free Office", "Yes")


# --- who may see what


def test_nobody_learns_from_a_ledger_what_others_score_alone(workspace):
    whole = started(workspace)
    own = alone(workspace, whole.id, LI, A2=Answer({"part": "10", "whole": "100"}))
    theirs = alone(workspace, whole.id, ZHAO)
    mine = workspace.acting_as(LI)
    finding_faults.record_finding(mine, own.id, FindingDraft("A2", "major", "只有李晓明看到的问题"))
    add_photo(mine, own.id, "A2")
    for kind in LedgerKind:
        seen = str(told(workspace.acting_as(ZHAO), kind))
        assert "只有李晓明看到" not in seen
        assert "IMG_1" not in seen
    assert [row["未关闭问题"] for row in told(workspace.acting_as(ZHAO), "summary")] == [0]
    assert [row["已判单位"] for row in told(workspace.acting_as(ZHAO), "items")] == [0] * len(FULL_MARKS)
    assert len(told(mine, "findings")) == len(told(mine, "evidence")) == 1
    for name, sheet in ((LI, own), (ZHAO, theirs)):
        teaming.lock(workspace.acting_as(name), sheet.id)
    assert len(told(workspace.acting_as(ZHAO), "findings")) == len(told(workspace.acting_as(ZHAO), "evidence")) == 1


def test_the_double_of_a_hidden_photo_is_not_told(workspace):
    whole = started(workspace)
    own = alone(workspace, whole.id, LI)
    alone(workspace, whole.id, ZHAO)
    other = assessing.start_assessment(workspace, add_site(workspace, "乙单位").id)
    add_photo(workspace.acting_as(LI), own.id, "A2")
    add_photo(workspace, other.id, "A1")
    (row,) = told(workspace.acting_as(ZHAO), "evidence")
    assert (row["单位名称"], row["同一文件还用在"]) == ("乙单位", None)
    assert "甲单位" in str(told(workspace.acting_as(LI), "evidence"))
