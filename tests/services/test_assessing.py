"""Scoring a site: what is answered is kept, checked and rescored, and nobody's judgement is lost."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from tests.samples.registers import FULL_MARKS, add_site, scored, words_of
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer, Column
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, deciding, registering
from wufei_cells.services.reading import Sheet
from wufei_cells.store import tables


def code(work) -> str:
    with pytest.raises(UserError) as refused:
        work()
    return refused.value.code


def problems(work) -> dict[str, str]:
    with pytest.raises(ProblemsFound) as found:
        work()
    return {problem.place: problem.code for problem in found.value.problems}


def started(workspace, name: str = "甲"):
    return assessing.start_assessment(workspace, add_site(workspace, name).id)


def count_acts(workspace) -> int:
    with workspace.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.act)).scalar_one()


def elsewhere(workspace, assessment: str, item: str, answer: Answer, *, seq: int = 1, replaces=()) -> Act:
    """Somebody answered on another device; the act arrives now."""
    words = words_of(workspace, assessment, item)
    value = {"value": answer.value, "na": answer.na, "note": answer.note, "entry": words}
    act = Act("laptop", seq, "answer", assessment, f"answer.{item}", 500 + seq, value, tuple(replaces))
    take_in(workspace.database, [act])
    return act


# --- starting


def test_an_assessment_is_pinned_to_the_edition_in_effect(workspace, clock):
    site = add_site(workspace)
    row = assessing.start_assessment(
        workspace, site.id, assessors=(" 李工 ", "", "赵工"), visited_on=date(2026, 10, 30)
    )
    assert row.edition == browsing.current_edition(workspace, "office").id
    assert (row.site, row.site_name, row.stage, row.column) == (site.id, site.name, Stage.SCORING, Column.ONSITE)
    assert (row.assessors, row.visited_on) == (("李工", "赵工"), date(2026, 10, 30))
    assert row.started_at == clock.second
    assert (row.total, row.level, row.passed, row.answered) == (None, None, None, 0)
    assert browsing.site(workspace, site.id).stage is Stage.SCORING


def test_whoever_starts_it_is_its_assessor_when_nobody_is_named(workspace):
    assert started(workspace).assessors == ("王敏",)


def test_a_site_has_one_open_assessment(workspace):
    row = started(workspace)
    assert code(lambda: assessing.start_assessment(workspace, row.site)) == "assessing.already_open"
    assert len(browsing.list_assessments(workspace, site=row.site)) == 1


def test_nothing_starts_for_a_site_or_by_an_edition_that_is_not_there(workspace):
    assert code(lambda: assessing.start_assessment(workspace, "nobody")) == "register.unknown_site"
    site = add_site(workspace)
    assert code(lambda: assessing.start_assessment(workspace, site.id, edition="0" * 64)) == "register.unknown_edition"
    assert problems(lambda: assessing.start_assessment(workspace, site.id, assessors=("a\x1b",))) == {
        "assessors": "field.control_character"
    }
    assert browsing.list_assessments(workspace) == ()


# --- answering


def test_an_answer_gives_the_new_scorecard_and_is_what_the_sheet_shows(workspace, clock):
    row = started(workspace)
    change = assessing.record_answer(workspace, row.id, "A1", Answer({"plan": "yes"}, note="缺人员文件"))
    assert change.scorecard.item("A1").got.low == 2
    assert change.scorecard.item("A1").got.high == 5
    sheet = browsing.sheet(workspace, row.id)
    assert sheet.answers == {"A1": change.row}
    assert sheet.scorecard == change.scorecard
    assert (change.row.author, change.row.at, change.row.values) == ("王敏", clock.second, 1)
    assert sheet.editable


@pytest.mark.parametrize(
    "answer",
    [
        Answer({"plan": "yes", "staff": "no"}),
        Answer({"plan": "yes"}),
        Answer(na="没有这项业务", note="核对过"),
        Answer(None, note="只有备注"),
        Answer({"plan": "no", "staff": "no"}, note="第一行\n第二行\t䶮𬇙"),
    ],
)
def test_an_answer_comes_back_as_it_was_given(workspace, answer):
    row = started(workspace)
    change = assessing.record_answer(workspace, row.id, "A1", answer)
    assert browsing.sheet(workspace, row.id).answers["A1"] == change.row
    assert change.row.answer == answer


def test_an_empty_answer_clears_the_item(workspace):
    row = scored(workspace)
    assert browsing.assessment(workspace, row.id).answered == 4
    change = assessing.record_answer(workspace, row.id, "A1", Answer())
    assert change.scorecard.missing == ("A1",)
    assert browsing.assessment(workspace, row.id).answered == 3


def test_everything_that_does_not_fit_is_said_at_once_and_nothing_is_saved(workspace):
    row = started(workspace)
    before = count_acts(workspace)
    given = {
        "Z9": Answer("yes"),
        "A2": Answer({"part": "many", "whole": "100"}),
        "B1": Answer("perhaps"),
        "G1": Answer(na="没有"),
        "A1": Answer({"plan": "yes"}, note="长" * 4001),
    }
    found = problems(lambda: assessing.record_answers(workspace, row.id, {**given}))
    assert found == {
        "Z9": "answer.unknown_item",
        "A2": "answer.not_number",
        "B1": "answer.not_yes_no",
        "G1": "answer.na_forbidden",
        "A1": "field.too_long",
    }
    assert count_acts(workspace) == before


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "半个字\ud800"])
def test_invisible_characters_are_refused_in_notes_and_reasons(workspace, text):
    row = started(workspace)
    for answer in (Answer("yes", note=text), Answer(na=text)):
        assert problems(lambda answer=answer: assessing.record_answer(workspace, row.id, "B1", answer)) == {
            "B1": "field.control_character"
        }


def test_half_a_character_within_a_value_is_refused_too(workspace):
    row = started(workspace)
    assert code(lambda: assessing.record_answer(workspace, row.id, "B1", Answer("\ud800"))) == "problems.found"


def test_answers_and_facts_are_saved_together_or_not_at_all(workspace):
    row = started(workspace)
    before = count_acts(workspace)
    assert problems(lambda: assessing.record_answers(workspace, row.id, FULL_MARKS, facts={"roof": "flat"})) == {
        "facts.roof": "site.unknown_fact"
    }
    assert problems(
        lambda: assessing.record_answers(workspace, row.id, {"B1": Answer("perhaps")}, facts={"canteen": "no"})
    ) == {"B1": "answer.not_yes_no"}
    assert count_acts(workspace) == before
    [change, *_others] = assessing.record_answers(workspace, row.id, {"G1": Answer("yes")}, facts={"canteen": "no"})
    assert not change.scorecard.item("B1").applies
    assert browsing.site(workspace, row.site).facts == {"canteen": "no"}


def test_a_fact_that_changes_during_scoring_changes_what_applies(workspace):
    row = scored(workspace)
    assert browsing.sheet(workspace, row.id).scorecard.total.low == 20
    registering.edit_site(workspace, row.site, facts={"canteen": None})
    assert "facts.canteen" in browsing.sheet(workspace, row.id).scorecard.missing


def test_each_answer_keeps_the_hash_of_what_it_answered(workspace):
    scored(workspace)
    with workspace.database.reading() as connection:
        hashes = {answer.item: answer.entry_hash for answer in connection.execute(select(tables.answer))}
    assert set(hashes) == set(FULL_MARKS)
    assert len(set(hashes.values())) == 4
    assert all(len(entry) == 64 for entry in hashes.values())


def test_nothing_is_answered_in_an_assessment_that_is_not_there(workspace):
    assert code(lambda: assessing.record_answer(workspace, "none", "A1", Answer())) == "register.unknown_assessment"


# --- two people


def test_an_answer_from_a_stale_form_stands_beside_the_other_and_both_are_kept(workspace):
    row = started(workspace)
    form = browsing.sheet(workspace, row.id).answers
    assert "B1" not in form
    assessing.record_answer(workspace.acting_as("李工"), row.id, "B1", Answer("no", note="没有分类"), seen=())
    change = assessing.record_answer(workspace, row.id, "B1", Answer("yes"), seen=())
    assert change.row.values == 2
    assert len(change.row.heads) == 2
    sheet = browsing.sheet(workspace, row.id)
    assert sheet.answers["B1"].values == 2
    written = [
        (entry.author, entry.new["value"]) for entry in browsing.history(workspace, row.id) if entry.cell == "answer.B1"
    ]
    assert written == [("李工", "no"), ("王敏", "yes")]


def test_while_two_judgements_stand_the_assessment_cannot_be_finished(workspace):
    row = scored(workspace)
    elsewhere(workspace, row.id, "B1", Answer("no"))
    with pytest.raises(UserError) as refused:
        assessing.finish_assessment(workspace, row.id)
    assert refused.value.code == "assessing.conflicts"
    assert refused.value.values["items"] == ("B1",)


def test_an_answer_that_names_all_that_stands_settles_it(workspace):
    row = scored(workspace)
    elsewhere(workspace, row.id, "B1", Answer("no"))
    standing = browsing.sheet(workspace, row.id).answers["B1"]
    assert (standing.values, standing.answer.value) == (2, "no")  # the later by count is shown meanwhile
    change = assessing.record_answer(workspace, row.id, "B1", Answer("yes"), seen=standing.heads)
    assert (change.row.values, len(change.row.heads)) == (1, 1)
    assert assessing.finish_assessment(workspace, row.id).total == 20


def test_two_who_judge_alike_are_in_no_conflict(workspace):
    row = scored(workspace)
    sheet = browsing.sheet(workspace, row.id)
    for person in ("李工", "赵工"):
        seen = sheet.answers["B1"].heads
        assessing.record_answer(workspace.acting_as(person), row.id, "B1", Answer("no"), seen=seen)
    assert browsing.sheet(workspace, row.id).answers["B1"].values == 1
    assert assessing.finish_assessment(workspace, row.id).total == 15


def test_a_conflict_about_the_site_holds_its_assessment_up_too(workspace):
    row = scored(workspace)
    take_in(workspace.database, [Act("laptop", 1, "site_fact", row.site, "fact.canteen", 9, "no", ())])
    assert code(lambda: assessing.finish_assessment(workspace, row.id)) == "assessing.conflicts"


# --- finishing and opening again


def test_a_finished_assessment_keeps_its_result_and_the_facts_it_rests_on(workspace):
    row = scored(workspace, A2=Answer({"part": "84", "whole": "100"}))
    finished = assessing.finish_assessment(workspace, row.id)
    assert (finished.stage, finished.total, finished.level, finished.passed) == (Stage.FINISHED, 14, None, False)
    registering.edit_site(workspace, row.site, facts={"canteen": "no"})
    sheet = browsing.sheet(workspace, row.id)
    assert sheet.facts == {"canteen": "yes"}
    assert sheet.scorecard.total.low == 14
    assert not sheet.editable


def test_a_total_that_no_decimal_can_write_is_kept_exactly(workspace):
    row = scored(workspace, A1=Answer({"plan": "yes", "staff": "no"}), B1=Answer(na="食堂停用"))
    finished = assessing.finish_assessment(workspace, row.id)
    assert finished.total == Fraction(12, 15) * 20
    row = scored(workspace, add_site(workspace, "乙"), A1=Answer(na="无"), A2=Answer({"part": "88", "whole": "100"}))
    assert assessing.finish_assessment(workspace, row.id).total == Fraction(13, 15) * 20
    assert browsing.assessment(workspace, row.id).total == Fraction(52, 3)


def test_what_is_missing_is_named_item_by_item(workspace):
    row = started(workspace)
    assessing.record_answer(workspace, row.id, "A1", Answer({"plan": "yes"}))
    registering.edit_site(workspace, row.site, facts={"canteen": None})
    assert problems(lambda: assessing.finish_assessment(workspace, row.id)) == {
        "G1": "assessing.missing",
        "A1.staff": "assessing.missing",
        "A2": "assessing.missing",
        "B1": "assessing.missing",
        "facts.canteen": "assessing.missing",
    }


def test_a_finished_assessment_takes_no_answers(workspace):
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    assert code(lambda: assessing.record_answer(workspace, row.id, "B1", Answer("no"))) == "assessing.not_open"


def test_opened_again_it_can_be_scored_on_and_has_no_result(workspace):
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    assert code(lambda: assessing.reopen_assessment(workspace, row.id, reason="  ")) == "assessing.reason_needed"
    opened = assessing.reopen_assessment(workspace, row.id, reason=" 补充材料 ")
    assert (opened.stage, opened.total, opened.passed, opened.basis) == (Stage.SCORING, None, None, None)
    assert opened.remarks == "补充材料"
    assessing.record_answer(workspace, row.id, "B1", Answer("no"))
    assert assessing.finish_assessment(workspace, row.id).total == 15


def test_the_latest_assessment_of_a_site_is_the_one_started_last_whatever_the_clock_says(workspace, clock):
    site = add_site(workspace)
    for _turn in range(4):
        row = scored(workspace, site, G1=Answer("no"))
        assessing.finish_assessment(workspace, row.id)
        deciding.decide(workspace, row.id, approve=False, remarks="不符合前置条件")
        assert browsing.site(workspace, site.id).assessment == row.id
        assert browsing.list_assessments(workspace, site=site.id)[0].id == row.id
    clock.forward(days=-100)
    row = assessing.start_assessment(workspace, site.id)
    assert browsing.site(workspace, site.id).assessment == row.id
    assert browsing.site(workspace, site.id).stage is Stage.SCORING


def test_sheets_are_frozen(workspace):
    sheet = browsing.sheet(workspace, scored(workspace).id)
    assert isinstance(sheet, Sheet)
    with pytest.raises(AttributeError):
        sheet.facts = {}
