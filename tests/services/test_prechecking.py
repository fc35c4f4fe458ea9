"""Before scoring: what shuts a site out stops its assessment, with the reason, and everything can be corrected."""

from __future__ import annotations

import pytest

from tests.samples.registers import add_site, criteria_with_precheck, found_in_order, open_register, scored
from tests.store.foreign import Act, take_in
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.prechecks import PrecheckFinding
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.reports.period import Period
from wufei_cells.services import (
    assessing,
    browsing,
    checking,
    comparing_sites,
    exporting,
    prechecking,
    publishing,
    report_results,
    teaming,
    undoing,
)
from wufei_cells.services.report_facts import ReportFacts
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store.journal import Draft
from wufei_cells.wording import Wording

HOLDS = PrecheckFinding(holds=True)
REASON = "信用平台上有一条严重失信记录"
FAILS = PrecheckFinding(holds=False, reason=REASON)


@pytest.fixture
def workspace(tmp_path, clock):
    """A register of a city that asks what shuts a site out."""
    opened = open_register(tmp_path, clock, given=criteria_with_precheck("small", "school"))
    yield opened
    opened.close()


@pytest.fixture
def row(workspace):
    """An assessment that has just been started."""
    return assessing.start_assessment(workspace, add_site(workspace).id)


def asked(workspace, assessment: str) -> list[str]:
    return [question.key for question in prechecking.questions(workspace, assessment)]


def codes(error) -> set[tuple[str, str]]:
    return {(problem.place, problem.code) for problem in error.value.problems}


def test_each_category_is_asked_what_concerns_it(workspace, row):
    school = add_site(workspace, "第一小学", category="school")
    assert asked(workspace, row.id) == ["credit", "honest", "stopped"]
    assert asked(workspace, assessing.start_assessment(workspace, school.id).id) == ["credit", "honest"]


def test_what_was_found_is_kept_question_by_question(workspace, row, clock):
    prechecking.record_precheck(workspace, row.id, {"credit": HOLDS})
    standing = prechecking.record_precheck(workspace.acting_as("周主任"), row.id, {"honest": HOLDS})
    assert (standing.missing, standing.failing, standing.passed) == (("stopped",), (), False)
    assert standing.row.findings["credit"].text == "近三年没有严重失信记录"
    assert (standing.row.author, standing.row.at) == ("周主任", clock.second)
    assert prechecking.record_precheck(workspace, row.id, {"stopped": HOLDS}).passed
    assert prechecking.precheck(workspace, row.id).assessment.stage is Stage.SCORING


def test_it_is_written_once_however_often_the_same_is_said(workspace, row):
    for _ in range(3):
        found_in_order(workspace, row.id)
    assert len([act for act in browsing.history(workspace, row.id) if act.cell == "precheck"]) == 1


def test_what_fails_stops_the_assessment_with_its_reason(workspace, row, clock):
    stopped = prechecking.record_precheck(workspace, row.id, {"credit": FAILS, "honest": HOLDS}).assessment
    assert (stopped.stage, stopped.remarks, stopped.decided_by, stopped.decided_at) == (
        *(Stage.STOPPED, REASON, "王敏"),
        clock.second,
    )
    assert browsing.site(workspace, row.site).stage is Stage.STOPPED
    [state] = [act.new for act in browsing.history(workspace, row.id) if act.cell == "state"]
    assert state["reasons"] == {"credit": REASON}
    with pytest.raises(UserError, match=r"step\.stop"):
        prechecking.record_precheck(workspace, row.id, {"credit": HOLDS})


def test_the_findings_and_the_end_are_written_together_or_not_at_all(workspace, row, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("something broke")

    monkeypatch.setattr(prechecking.steps, "write_state", broken)
    with pytest.raises(RuntimeError, match="broke"):
        prechecking.record_precheck(workspace, row.id, {"credit": FAILS})
    assert prechecking.precheck(workspace, row.id).row.findings == {}


def test_bad_input_is_told_all_at_once_and_nothing_is_kept(workspace, row):
    given = {"credit": PrecheckFinding(holds=False, reason=" "), "nothing": HOLDS}
    given["honest"] = PrecheckFinding(holds=False, reason="字" * 4001)
    with pytest.raises(ProblemsFound) as error:
        prechecking.record_precheck(workspace, row.id, given)
    assert codes(error) == {
        ("precheck.credit", "prechecking.reason_needed"),
        ("precheck.nothing", "prechecking.unknown_question"),
        ("precheck.honest", "field.too_long"),
    }
    assert prechecking.precheck(workspace, row.id).row.findings == {}


def test_finishing_needs_every_question_looked_at(workspace):
    row = scored(workspace)
    prechecking.record_precheck(workspace, row.id, {"credit": None, "stopped": None})
    with pytest.raises(ProblemsFound) as error:
        assessing.finish_assessment(workspace, row.id)
    assert codes(error) == {
        ("precheck.credit", "prechecking.missing"),
        ("precheck.stopped", "prechecking.missing"),
    }
    found_in_order(workspace, row.id)
    assert assessing.finish_assessment(workspace, row.id).stage is Stage.FINISHED


def test_a_failing_one_that_is_still_being_written_is_kept_and_holds_the_end_up(workspace):
    row = scored(workspace)
    standing = prechecking.record_precheck(workspace, row.id, {"credit": FAILS}, stop=False)
    assert (standing.assessment.stage, standing.failing) == (Stage.SCORING, ("credit",))
    with pytest.raises(ProblemsFound) as error:
        assessing.finish_assessment(workspace, row.id)
    assert codes(error) == {("precheck.credit", "prechecking.failed")}


def test_a_stopped_one_is_opened_again_keeps_what_was_found_and_is_put_right(workspace):
    row = scored(workspace)
    prechecking.record_precheck(workspace, row.id, {"credit": FAILS})
    opened = assessing.reopen_assessment(workspace, row.id, reason="失信记录已修复")
    assert (opened.stage, opened.remarks, opened.decided_by) == (Stage.SCORING, "失信记录已修复", None)
    assert prechecking.precheck(workspace, row.id).failing == ("credit",)
    assert prechecking.record_precheck(workspace, row.id, {"credit": HOLDS}).passed
    assert assessing.finish_assessment(workspace, row.id).passed is True


def test_another_assessment_may_be_started_after_a_stop(workspace, row):
    prechecking.record_precheck(workspace, row.id, {"credit": FAILS})
    new = assessing.start_assessment(workspace, row.site)
    assert browsing.site(workspace, row.site).stage is Stage.SCORING
    assert prechecking.precheck(workspace, new.id).row.findings == {}


def test_a_sheet_that_belongs_to_another_one_is_asked_nothing(workspace, row):
    header = {"site": row.site, "edition": row.edition, "column": "self", "assessors": ["甲方"], "visited_on": None}
    with workspace.database.writing() as connection:
        workspace.write(connection, [Draft("assessment", "part", "header", {**header, "part_of": row.id})])
    assert asked(workspace, "part") == []
    assert prechecking.precheck(workspace, "part").passed


def test_it_is_taken_back_and_done_again(workspace, row):
    found_in_order(workspace, row.id)
    undoing.undo(workspace, row.id)
    assert prechecking.precheck(workspace, row.id).row.findings == {}
    assert checking.doctor(workspace).sound
    undoing.redo(workspace, row.id)
    assert prechecking.precheck(workspace, row.id).passed


def test_two_who_found_different_things_hold_the_end_up_until_one_settles_it(workspace):
    row = scored(workspace)
    value = {"findings": {"credit": {"holds": False, "reason": REASON, "text": "x"}}}
    take_in(workspace.database, [Act("laptop", 1, "precheck", row.id, "precheck", 900, value, ())])
    with pytest.raises(UserError, match=r"assessing\.conflicts"):
        assessing.finish_assessment(workspace, row.id)
    found_in_order(workspace, row.id)
    assert assessing.finish_assessment(workspace, row.id).stage is Stage.FINISHED


def test_a_stopped_site_is_counted_as_such_and_as_neither_assessed_nor_passed(workspace, row):
    prechecking.record_precheck(workspace, row.id, {"credit": FAILS})
    progress = browsing.progress(workspace)
    assert progress.stages == {Stage.STOPPED: 1}
    assert (progress.whole.sites, progress.whole.assessed, progress.whole.passed) == (1, 0, 0)
    assert [site.name for site in browsing.list_sites(workspace, stage=Stage.STOPPED)] == ["甲单位"]


def test_the_report_says_why_a_site_was_shut_out(workspace, row):
    prechecking.record_precheck(workspace, row.id, {"credit": FAILS})
    wording = Wording(shipped.wording_catalogue(), "zh")
    [failed] = report_results.failed(ReportFacts(workspace, wording, Period(), str))
    assert (failed["site"], failed["total"]) == ("甲单位", None)
    assert REASON in str(failed["reason"])


def test_its_scoresheet_can_still_be_written(workspace, row):
    prechecking.record_precheck(workspace, row.id, {"credit": FAILS})
    assert exporting.scoresheet(workspace, row.id, Wording(shipped.wording_catalogue(), "zh")).startswith(b"PK")


# --- where the questions come from


def test_a_city_that_lays_nothing_down_asks_nothing(tmp_path, clock):
    workspace = open_register(tmp_path, clock)
    row = scored(workspace)
    assert prechecking.questions(workspace, row.id) == ()
    assert prechecking.precheck(workspace, row.id).passed
    assert assessing.finish_assessment(workspace, row.id).stage is Stage.FINISHED
    assert [act for act in browsing.history(workspace, row.id) if act.cell == "precheck"] == []
    workspace.close()


def test_a_register_of_before_takes_the_questions_over_when_its_city_brings_them(tmp_path, clock):
    older = open_register(tmp_path, clock)
    row = scored(older)
    older.close()
    cities = {"mountain": criteria_with_precheck}
    newer = open_workspace(tmp_path, criteria_with_precheck(), person="王敏", clock=clock, cities=cities)
    assert asked(newer, row.id) == ["credit", "honest", "stopped"]
    newer.close()


def test_a_city_with_a_profile_of_its_own_is_not_asked_more_than_it_lays_down(tmp_path, clock):
    older = open_register(tmp_path, clock)
    row = scored(older)
    own = criteria_with_precheck().profile[1].decode().replace('version: "1"', 'version: "own"')
    publishing.adopt_profile_file(older, own[: own.index("precheck:")].encode(), "own.yaml")
    older.close()
    newer = open_workspace(tmp_path, criteria_with_precheck(), person="王敏", clock=clock)
    assert asked(newer, row.id) == []
    newer.close()


@pytest.mark.parametrize("city", sorted(shipped.shipped_cities()))
def test_what_the_cities_ask_is_said_in_both_languages_with_its_source(tmp_path, city):
    workspace = open_workspace(tmp_path / city, shipped.shipped_criteria(city), person="王敏", create_folder=True)
    profile = browsing.profile(workspace)
    known = {category.key for category in browsing.categories(workspace)}
    assert len(profile.precheck) > 3
    for question in profile.precheck:
        assert all((question.text.zh, question.text.en, question.source.zh, question.source.en)), question.key
        assert "本程序建议" in question.source.zh
        assert set(question.categories) <= known
    workspace.close()


# --- nothing is scored while something fails


def fail(workspace, assessment: str) -> None:
    prechecking.record_precheck(workspace, assessment, {"credit": FAILS}, stop=False)


def test_while_something_fails_no_answer_is_taken_and_what_was_answered_stays(workspace, row):
    assessing.record_answer(workspace, row.id, "B1", Answer("yes"))
    fail(workspace, row.id)
    with pytest.raises(UserError) as refused:
        assessing.record_answer(workspace, row.id, "B1", Answer("no"))
    assert refused.value.code == "prechecking.shut_out"
    assert refused.value.values["reason"] == REASON
    sheet = browsing.sheet(workspace, row.id)
    assert (sheet.answers["B1"].answer.value, sheet.shut_out) == ("yes", (REASON,))
    assert (sheet.editable, sheet.answerable) == (True, False)
    assert [act.cell for act in browsing.history(workspace, row.id)].count("answer.B1") == 1


def test_what_was_entered_by_mistake_is_set_right_and_scoring_goes_on(workspace, row):
    fail(workspace, row.id)
    prechecking.record_precheck(workspace, row.id, {"credit": HOLDS})
    assert browsing.sheet(workspace, row.id).answerable
    assert assessing.record_answer(workspace, row.id, "B1", Answer("yes")).row.values == 1


def test_taking_the_finding_back_opens_the_answers_again(workspace, row):
    fail(workspace, row.id)
    undoing.undo(workspace, row.id)
    assert browsing.sheet(workspace, row.id).shut_out == ()


def test_one_item_over_many_sites_is_refused_for_the_site_that_is_shut_out(workspace, row):
    other = assessing.start_assessment(workspace, add_site(workspace, "乙单位").id)
    fail(workspace, row.id)
    with pytest.raises(ProblemsFound) as refused:
        comparing_sites.record_across(workspace, "B1", {row.id: Answer("yes"), other.id: Answer("yes")})
    assert codes(refused) == {(row.site_name, "prechecking.shut_out")}
    assert browsing.sheet(workspace, other.id).answers == {}


def test_the_sheets_that_belong_to_an_assessment_follow_it(workspace, row):
    part = teaming.add_sheet(workspace, row.id, "self")
    assert browsing.sheet(workspace, part.id).answerable
    fail(workspace, row.id)
    assert browsing.sheet(workspace, part.id).shut_out == (REASON,)
    with pytest.raises(UserError, match=r"prechecking\.shut_out"):
        assessing.record_answer(workspace, part.id, "B1", Answer("yes"))
