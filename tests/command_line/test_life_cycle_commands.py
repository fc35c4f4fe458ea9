"""The whole way by typed commands: ``assess apply`` to ``certificate withdraw``, ``batch``, ``role``, ``number``."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from tests.samples.registers import COLLEAGUE, COUNTY, OFFICE, HandClock, criteria_with_process
from wufei_cells import shipped
from wufei_cells.command_line import session
from wufei_cells.domain.lifecycle import CertificateState, Role
from wufei_cells.domain.numbering import NumberUse
from wufei_cells.domain.objections import ObjectionKind, Outcome
from wufei_cells.domain.supervision import EventKind
from wufei_cells.services.supervising import DueKind
from wufei_cells.services.workspace import open_workspace

TODAY = date.today()  # noqa: DTZ011 - as the commands read it
DAY = timedelta(days=1)


@pytest.fixture
def strict(small_criteria, monkeypatch):
    """Ship a sample city that goes the whole way."""
    monkeypatch.setattr(shipped, "shipped_criteria", criteria_with_process)


@pytest.fixture
def clock(monkeypatch):
    """A clock that the commands read; it stands a week back."""
    clock = HandClock(datetime.now(UTC) - 7 * DAY)
    monkeypatch.setattr(session, "open_workspace", partial(open_workspace, clock=clock))
    return clock


@pytest.fixture
def approved(strict, ask, site, answers_file):
    """An assessment that was applied for, sent back once, reviewed and approved."""
    applied = ask("assess", "apply", "甲单位", "--signatory", "孙经理", "--highlights", "无纸化")
    assert (applied["stage"], applied["application"]["signatory"]) == ("applied", "孙经理")
    row = ask("assess", "start", site["id"])["id"]
    assert row == applied["id"]
    assert ask("assess", "assessors", row, "王敏", COLLEAGUE)["assessors"] == ["王敏", COLLEAGUE]
    ask("assess", "precheck", row, "--ok", "all")
    ask("assess", "answer", row, "--file", answers_file)
    ask("assess", "finish", row)
    back = ask("assess", "return", row, "--item", "A2=请补抽样记录", "--reason", "其余符合", person=COUNTY)
    assert (back["returned"], back["revision"], back["stage"]) == ({"A2": "请补抽样记录"}, 2, "scoring")
    ask("assess", "answer", row, "A2", "--note", "已补")
    ask("assess", "finish", row)
    assert ask("assess", "review", row, person=COUNTY)["reviewed_by"] == COUNTY
    assert ask("decide", row, "--approve", person=OFFICE)["stage"] == "approved"
    return row


def test_a_site_goes_the_whole_way(clock, run, ask, approved):
    first = TODAY - 7 * DAY
    notice = ("batch", "notice", "第一批", "甲单位", "--contact", "0391-12345", "--until", first + 6 * DAY)
    refused = run(*notice, "--from", first - DAY, person=OFFICE)
    assert (refused.code, f"最早从{first}开始" in refused.err) == (1, True)
    published = ask(*notice, person=OFFICE)
    assert [one["stage"] for one in published["members"]] == ["noticed"]
    said = ask("assess", "objection", approved, "听说台账是借的", "--item", "A2", "--name", "匿名", person=OFFICE)
    clock.forward(days=7)
    refused = run("batch", "name", "第一批", "--document", "5号", person=OFFICE)
    assert (refused.code, "1 条异议没有处理" in refused.err) == (1, True)
    assert said["id"][:8] in run("assess", "objections").out
    settled = ask("assess", "settle", said["id"][:8], "--dismissed", "--reason", "属实", person=OFFICE)
    assert (settled["outcome"], settled["settled_by"]) == ("dismissed", OFFICE)
    named = ask("batch", "name", "第一批", "--document", "5号", person=OFFICE)
    assert (named["named"], named["named_on"]) == (1, TODAY.isoformat())
    assert ask("batch", "correct", "第一批", "--document", "6号", person=OFFICE)["document_number"] == "6号"
    certificate = ask("certificate", "issue", approved, person=OFFICE)
    assert certificate["document_number"] == "6号"
    assert ask("batch", "list")[0]["certified"] == 1
    assert ask("batch", "show", "第一批")["members"][0]["stage"] == "certified"
    lines = run("number", "list").out.splitlines()
    assert lines[0] == f"SC-JG-{TODAY.year}- 1–1  已签发"
    assert "由“" in lines[1]


def test_a_certificate_is_watched_over(clock, run, ask, approved):
    ask("batch", "notice", "一", approved, "--until", TODAY - DAY, "--contact", "x", person=OFFICE)
    clock.forward(days=7)
    ask("batch", "name", "一", "--document", "5号", person=OFFICE)
    number = ask("certificate", "issue", approved, person=OFFICE)["number"]

    def note(kind, *more):
        return ask("certificate", kind, number, *more, person=OFFICE)

    assert note("report", "--year", TODAY.year)["year"] == TODAY.year
    assert note("check", "--reason", "现场看过")["state"] == "valid"
    assert note("order", "--reason", "标识褪色", "--until", TODAY)["until"] == TODAY.isoformat()
    due = ask("certificate", "due", "--on", TODAY + DAY)
    assert [(one["kind"], one["number"]) for one in due] == [("order", number)]
    assert "整改未完成" in run("certificate", "due", "--on", TODAY + DAY).out
    assert note("mended", "--reason", "已换")["state"] == "valid"
    held = note("suspend", "--reason", "被投诉", "--document", "7号")
    assert (held["state"], held["document_number"]) == ("suspended", "7号")
    assert note("reinstate", "--reason", "不实")["state"] == "valid"
    gone = note("withdraw", "--reason", "弄虚作假")
    assert gone["until"][:4] == str(TODAY.year + 3)
    refused = run("assess", "apply", "甲单位", "--signatory", "孙经理")
    assert (refused.code, "不能再申报" in refused.err) == (1, True)
    assert len(ask("certificate", "events", number)) == 7
    assert ask("certificate", "strike", number, gone["id"][:8], "--reason", "登错了", person=OFFICE)["state"] == "valid"
    assert len(run("certificate", "events", number).out.splitlines()) == 6


def test_a_site_is_taken_out_of_its_notice(run, ask, approved):
    ask("batch", "notice", "一", approved, "--until", TODAY + 6 * DAY, "--contact", "x", person=OFFICE)
    assert ask("batch", "take-out", approved, "--reason", "名称有误", person=OFFICE)["stage"] == "approved"
    assert ask("batch", "show", "一")["members"] == []


def test_what_was_sent_back_is_shown_with_its_remark(run, ask, approved):
    ask("assess", "return", approved, "--item", "B1=请补照片", person=COUNTY)
    out = run("assess", "show", approved).out
    assert "请补照片" in out
    refused = run("assess", "return", approved, "--item", "B1", person=COUNTY)
    assert "请写成 条款=意见" in refused.err


def test_an_appeal_that_is_upheld_asks_for_the_next_step(run, ask, approved):
    said = ask("assess", "appeal", approved, "台账在库里", "--item", "A2", "--due", TODAY + 9 * DAY)
    out = run("assess", "settle", said["id"], "--upheld", "--reason", "属实", person="另一人").out
    assert "请退回整改" in out


def test_roles_are_granted_listed_and_withdrawn(run, ask, site):
    assert ask("role", "list") == {"assessor": [], "reviewer": [], "office": []}
    assert "所有人都可以" in run("role", "list").out
    assert run("role", "grant", COUNTY, "reviewer").code == 1
    ask("role", "grant", OFFICE, "office")
    assert ask("role", "grant", COUNTY, "reviewer", person=OFFICE)["reviewer"] == [COUNTY]
    assert "不归王敏办" in run("role", "grant", "王敏", "assessor").err
    assert ask("role", "withdraw", COUNTY, "reviewer", person=OFFICE)["reviewer"] == []
    assert OFFICE in run("role", "list").out


def test_numbers_are_handed_out_to_devices_that_are_known(run, ask, site, data):
    refused = run("number", "hand-out", "office", "不存在的电脑", 5)
    assert (refused.code, "已知的有" in refused.err) == (1, True)
    assert ask("number", "list") == {"keeper": None, "ranges": []}
    assert "还没有签发过" in run("number", "list").out
    with closing(open_workspace(data, shipped.shipped_criteria(), person="王敏")) as workspace:
        own = workspace.database.device_uuid
    refused = run("number", "hand-out", "office", own, 5)
    assert (refused.code, "用不着分号" in refused.err) == (1, True)
    keeper = run("number", "keep", "不存在的电脑")
    assert keeper.code == 1
    assert run("number", "hand-out", "office", "x", 0).code == 1


def test_every_word_made_of_parts_is_there():
    catalogue = shipped.wording_catalogue()
    made = [f"event.{kind.value}" for kind in EventKind] + [f"due.{kind.value}" for kind in DueKind]
    made += [f"objection.kind.{kind.value}" for kind in ObjectionKind]
    made += [f"objection.outcome.{outcome.value}" for outcome in Outcome]
    made += [f"number.use.{use.value}" for use in NumberUse] + [f"role.{role.value}" for role in Role]
    made += [f"certificatestate.{state.value}" for state in CertificateState]
    assert [key for key in made if key not in catalogue] == []
