"""Carrying a running assessment over to another edition: nothing is lost, nothing counts that was not looked at."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.samples.editions import entry, publish, small, with_item, without, yes_no
from tests.samples.registers import FULL_MARKS, add_site, scored
from tests.store.foreign import Act, acts_in, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Relation
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, carrying_over, certifying, checking, deciding, retiring


def refused(work) -> str:
    with pytest.raises(UserError) as error:
        work()
    return error.value.code


def reworded(data, key="A1", text="领导机构") -> dict:
    """The data with another text of an entry."""
    entry(data, key)["text"] = text
    return data


def started(workspace, **answers: Answer):
    """A running assessment under the first edition, answered in full unless told otherwise."""
    row = assessing.start_assessment(workspace, add_site(workspace).id)
    assessing.record_answers(workspace, row.id, answers or FULL_MARKS)
    return row


def sheet(workspace, row):
    return browsing.sheet(workspace, row.id)


# --- what becomes of the answers


def test_a_new_edition_does_not_touch_what_is_running(workspace):
    row = started(workspace)
    before = sheet(workspace, row)
    publish(workspace, reworded(small()))
    assert sheet(workspace, row) == before


def test_answers_to_the_same_words_are_carried_with_author_and_time(workspace, clock):
    row = started(workspace)
    answered_at = clock.second
    clock.forward(days=3)
    publish(workspace, reworded(small()))
    carried = carrying_over.carry_over(workspace.acting_as("周主任"), row.id).after
    assert set(carried.answers) == {"G1", "A2", "B1"}
    assert {(answer.author, answer.at) for answer in carried.answers.values()} == {("王敏", answered_at)}
    assert (carried.assessment.started_at, carried.assessment.assessors) == (row.started_at, row.assessors)


def test_a_changed_entry_counts_as_not_answered_and_shows_the_old_answer(workspace):
    row = started(workspace)
    publish(workspace, reworded(small()))
    after = carrying_over.carry_over(workspace, row.id).after
    assert after.scorecard.missing[0].startswith("A1")
    assert after.scorecard.total.low == Fraction(15)
    [earlier] = after.rechecks["A1"]
    assert (earlier.row.answer, earlier.entry.text.zh, earlier.relation) == (
        FULL_MARKS["A1"],
        "领导",
        Relation.REWORDED,
    )


def test_a_removed_entry_keeps_its_answer_on_file(workspace):
    row = started(workspace)
    publish(workspace, without(small(full=None), "B1"))
    after = carrying_over.carry_over(workspace, row.id).after
    [archived] = after.archived.values()
    assert (archived.row.item, archived.row.answer, archived.entry.text.zh) == ("B1", Answer("yes"), "餐厨垃圾单独收运")
    assert after.scorecard.finished
    assert "B1" not in after.answers


def test_renumbering_carries_answers_along(workspace):
    row = started(workspace)
    data = small()
    entry(data, "A2").update(key="A7", number="A7", **{"from": [{"key": "A2", "relation": "same"}]})
    publish(workspace, data)
    done = carrying_over.carry_over(workspace, row.id)
    assert done.carried["A7"] == "A2"
    assert done.after.answers["A7"].item == "A7"
    assert done.after.scorecard.finished
    assert (done.rechecks, done.archived, done.new) == ({}, {}, ())


def test_an_answer_under_the_new_key_replaces_the_one_that_was_carried(workspace):
    row = started(workspace)
    data = small()
    entry(data, "A2").update(key="A7", number="A7", **{"from": [{"key": "A2", "relation": "same"}]})
    publish(workspace, data)
    carried = carrying_over.carry_over(workspace, row.id).after.answers["A7"]
    worse = Answer({"part": "80", "whole": "100"})
    change = assessing.record_answer(workspace, row.id, "A7", worse, seen=carried.heads)
    assert (change.row.values, change.scorecard.total.low) == (1, 10)
    assert sheet(workspace, row).answers["A7"].answer == worse
    assessing.record_answer(workspace, row.id, "A7", Answer())
    assert sheet(workspace, row).scorecard.missing == ("A7",), "cleared is cleared: the carried one does not return"


def test_swapped_keys_do_not_swap_answers(workspace):
    row = started(workspace, **{**FULL_MARKS, "G1": Answer("no")})
    data = with_item(small(full=None), yes_no("C1"))
    publish(workspace, data)
    carrying_over.carry_over(workspace, row.id)
    assessing.record_answer(workspace, row.id, "C1", Answer("no"))
    swapped = with_item(small("3", full=None), yes_no("C1"))
    first, second = entry(swapped, "B1"), entry(swapped, "C1")
    first.update(key="C1", number="C1", **{"from": [{"key": "B1", "relation": "same"}]})
    second.update(key="B1", **{"from": [{"key": "C1", "relation": "same"}]})
    publish(workspace, swapped)
    after = carrying_over.carry_over(workspace, row.id).after
    assert {key: after.answers[key].answer.value for key in ("B1", "C1")} == {"B1": "no", "C1": "yes"}


def test_a_merged_entry_shows_the_answers_of_all_it_goes_back_to(workspace):
    row = started(workspace)
    data = without(small(full=None), "B1")
    merged = yes_no("M", "5", **{"from": [{"key": "B1", "relation": "merged"}, {"key": "A1", "relation": "merged"}]})
    publish(workspace, with_item(without(data, "A1"), merged))
    after = carrying_over.carry_over(workspace, row.id).after
    assert [(earlier.row.item, earlier.relation) for earlier in after.rechecks["M"]] == [
        ("A1", Relation.MERGED),
        ("B1", Relation.MERGED),
    ]
    assert after.archived == {}
    assert refused(lambda: carrying_over.accept_recheck(workspace, row.id, "M")) == "carrying.several_proposals"
    carrying_over.accept_recheck(workspace, row.id, "M", origin="B1")
    assert sheet(workspace, row).answers["M"].answer == Answer("yes")
    assert sheet(workspace, row).rechecks == {}


def test_a_split_entry_shows_its_answer_with_each_part(workspace):
    row = started(workspace)
    data = small(full=None)
    entry(data, "B1").update(text="收运单独", **{"from": [{"key": "B1", "relation": "split"}]})
    publish(workspace, with_item(data, yes_no("B2", "2", **{"from": [{"key": "B1", "relation": "split"}]}), group=1))
    rechecks = carrying_over.carry_over(workspace, row.id).rechecks
    assert {key: [one.row.item for one in earlier] for key, earlier in rechecks.items()} == {"B1": ["B1"], "B2": ["B1"]}


def test_answers_find_their_way_through_several_editions(workspace):
    row = started(workspace)
    second = small()
    entry(second, "A2").update(key="A7", number="A7", **{"from": [{"key": "A2", "relation": "same"}]})
    publish(workspace, second)
    carrying_over.carry_over(workspace, row.id)
    third = small("3")
    entry(third, "A2").update(key="A8", number="A8", **{"from": [{"key": "A7", "relation": "stricter"}]})
    entry(third, "A8")["scoring"] = "更严"
    publish(workspace, third)
    done = carrying_over.carry_over(workspace, row.id)
    [earlier] = done.rechecks["A8"]
    assert (earlier.row.item, earlier.relation) == ("A2", Relation.STRICTER)
    assert done.after.assessment.came_from == (row.edition, done.before.edition_id)


def test_an_emptied_answer_is_neither_looked_at_again_nor_kept_on_file(workspace):
    row = started(workspace, A1=Answer({"plan": "yes", "staff": "no"}), B1=Answer("yes"))
    assessing.record_answers(workspace, row.id, {"A1": Answer(), "B1": Answer()})
    publish(workspace, without(reworded(small(full=None)), "B1"))
    done = carrying_over.carry_over(workspace, row.id)
    assert (done.rechecks, done.archived) == ({}, {})


# --- looking at them again


def test_accepting_an_old_answer_is_an_answer_of_who_accepts_it(workspace, clock):
    row = started(workspace, A1=Answer({"plan": "yes", "staff": "no"}, note="已查"))
    publish(workspace, reworded(small()))
    waiting = carrying_over.carry_over(workspace, row.id).after
    assert carrying_over.fits(waiting, "A1", waiting.rechecks["A1"][0])
    clock.forward(days=1)
    change = carrying_over.accept_recheck(workspace.acting_as("周主任"), row.id, "A1")
    assert (change.row.answer.note, change.row.author, change.row.at, change.row.values) == (
        "已查",
        "周主任",
        clock.second,
        1,
    )
    assert change.scorecard.item("A1").got.low == 2
    assert sheet(workspace, row).rechecks == {}
    assert refused(lambda: carrying_over.accept_recheck(workspace, row.id, "A1")) == "carrying.no_proposal"


def test_an_old_answer_that_does_not_fit_the_new_rule_cannot_be_accepted(workspace):
    row = started(workspace)
    data = small()
    entry(data, "A1")["rule"] = {"yes_no": "5"}
    publish(workspace, data)
    waiting = carrying_over.carry_over(workspace, row.id).after
    assert not carrying_over.fits(waiting, "A1", waiting.rechecks["A1"][0])
    with pytest.raises(ProblemsFound):
        carrying_over.accept_recheck(workspace, row.id, "A1")
    assert "A1" in sheet(workspace, row).rechecks


def test_an_assessment_is_not_finished_over_what_waits_to_be_looked_at(workspace):
    """A bonus that nobody confirms is not missing: without this it would be lost without a word."""
    bonus = {"key": "X", "text": "加分", "cap": "5", "items": [yes_no("X1")]}
    publish(workspace, small(bonus=bonus))
    row = started(workspace, **FULL_MARKS, X1=Answer("yes"))
    changed = {**bonus, "items": [yes_no("X1", text="改过的加分项")]}
    publish(workspace, small("3", bonus=changed))
    carrying_over.carry_over(workspace, row.id)
    with pytest.raises(ProblemsFound) as found:
        assessing.finish_assessment(workspace, row.id)
    assert [(problem.code, problem.place) for problem in found.value.problems] == [("carrying.not_rechecked", "X1")]
    assessing.record_answer(workspace, row.id, "X1", Answer())
    assert assessing.finish_assessment(workspace, row.id).total == 20


def test_what_the_facts_exclude_need_not_be_looked_at_again(workspace):
    row = started(workspace)
    publish(workspace, reworded(small(), "B1"))
    carrying_over.carry_over(workspace, row.id)
    assessing.record_answers(workspace, row.id, {}, facts={"canteen": "no"})
    assert assessing.finish_assessment(workspace, row.id).passed


def test_a_carried_assessment_goes_all_the_way_to_its_certificate(workspace):
    row = started(workspace)
    publish(workspace, without(reworded(small(full=None)), "B1"))
    carrying_over.carry_over(workspace, row.id)
    carrying_over.accept_recheck(workspace, row.id, "A1")
    finished = assessing.finish_assessment(workspace, row.id)
    assert (finished.total, finished.level) == (15, "pass")
    deciding.decide(workspace, row.id, approve=True)
    certificate = certifying.issue_certificate(workspace, row.id)
    assert certificate.edition == "2"
    assert checking.doctor(workspace).sound


# --- preview, refusals, taking it back


def test_a_preview_shows_what_would_happen_and_writes_nothing(workspace):
    row = started(workspace)
    publish(workspace, without(reworded(small(full=None)), "B1"))
    before = acts_in(workspace.database)
    preview = carrying_over.preview_carry_over(workspace, row.id)
    assert acts_in(workspace.database) == before
    done = carrying_over.carry_over(workspace, row.id)
    assert (preview.carried, preview.rechecks, preview.archived) == (done.carried, done.rechecks, done.archived)
    assert (preview.before, preview.after.scorecard) == (done.before, done.after.scorecard)


def test_new_entries_are_named(workspace):
    row = started(workspace)
    publish(workspace, with_item(small(full=None), yes_no("C1")))
    assert carrying_over.preview_carry_over(workspace, row.id).new == ("C1",)


def test_what_was_only_not_answered_is_no_new_entry(workspace):
    row = started(workspace, G1=FULL_MARKS["G1"])
    publish(workspace, with_item(reworded(small(full=None)), yes_no("A3")))
    done = carrying_over.preview_carry_over(workspace, row.id)
    assert (done.new, done.added) == (("A1", "A2", "A3", "B1"), ("A3",))


def test_only_what_is_running_is_carried_over(workspace):
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    publish(workspace, small())
    assert refused(lambda: carrying_over.carry_over(workspace, row.id)) == "carrying.not_running"
    assessing.reopen_assessment(workspace, row.id, reason="按新版")
    assert carrying_over.carry_over(workspace, row.id).after.scorecard.finished


def test_an_assessment_stays_where_it_is_or_where_it_may_not_go(workspace):
    row = started(workspace)
    assert refused(lambda: carrying_over.carry_over(workspace, row.id)) == "carrying.same_edition"
    second = publish(workspace, small())
    retiring.retire_edition(workspace, second, reason="有误")
    assert refused(lambda: carrying_over.carry_over(workspace, row.id, second)) == "editions.retired"
    assert refused(lambda: carrying_over.carry_over(workspace, row.id, "x")) == "register.unknown_edition"
    assert refused(lambda: carrying_over.undo_carry_over(workspace, row.id)) == "carrying.nothing_to_undo"
    assert sheet(workspace, row).assessment == browsing.assessment(workspace, row.id)


def test_what_was_answered_since_stays_on_record_when_the_step_is_taken_back(workspace):
    row = started(workspace)
    second = publish(workspace, reworded(small()))
    carrying_over.carry_over(workspace, row.id)
    assessing.record_answers(workspace, row.id, {"A1": Answer({"plan": "no", "staff": "no"}), "B1": Answer("no")})
    back = carrying_over.undo_carry_over(workspace, row.id)
    assert back.edition_id == row.edition
    assert back.answers["B1"].answer == Answer("no"), "the words are the same in both editions"
    assert back.answers["A1"].answer == FULL_MARKS["A1"], "what stood before the step"
    assert not back.rechecks
    again = carrying_over.carry_over(workspace, row.id, second).after
    assert again.rechecks["A1"][0].row.answer == FULL_MARKS["A1"]
    told = [act.new["value"] for act in browsing.history(workspace, row.id) if act.cell == "answer.A1"]
    assert told == [{"plan": "yes", "staff": "yes"}, {"plan": "no", "staff": "no"}, {"plan": "yes", "staff": "yes"}]


def test_a_conflict_about_an_entry_that_is_gone_holds_nothing_up(workspace):
    row = started(workspace)
    words = sheet(workspace, row).answers["B1"].entry
    other = {"value": "no", "na": None, "note": "", "entry": words}
    take_in(workspace.database, [Act("laptop", 1, "answer", row.id, "answer.B1", 900, other, ())])
    assert refused(lambda: assessing.finish_assessment(workspace, row.id)) == "assessing.conflicts"
    publish(workspace, without(small(full=None), "B1"))
    carrying_over.carry_over(workspace, row.id)
    assert assessing.finish_assessment(workspace, row.id).total == 15


def test_a_conflict_about_a_carried_answer_is_settled_under_its_new_key(workspace):
    row = started(workspace)
    words = sheet(workspace, row).answers["B1"].entry
    other = {"value": "no", "na": None, "note": "", "entry": words}
    data = small()
    entry(data, "B1").update(key="B7", number="B7", **{"from": [{"key": "B1", "relation": "same"}]})
    publish(workspace, data)
    carrying_over.carry_over(workspace, row.id)
    take_in(workspace.database, [Act("laptop", 1, "answer", row.id, "answer.B1", 900, other, ())])
    assert sheet(workspace, row).answers["B7"].values == 2
    assert refused(lambda: assessing.finish_assessment(workspace, row.id)) == "assessing.conflicts"
    assessing.record_answer(workspace, row.id, "B7", Answer("yes"))
    assert assessing.finish_assessment(workspace, row.id).total == 20


def test_two_desks_that_carry_over_to_different_editions_are_told_and_doing_it_again_settles_it(workspace):
    row = started(workspace)
    second = publish(workspace, small())
    third = publish(workspace, small("3"))
    carrying_over.carry_over(workspace, row.id, third)
    with workspace.database.reading() as connection:
        from wufei_cells.store.assessment_queries import header  # noqa: PLC0415

        other = {**header(connection, row.id), "edition": second}
    take_in(workspace.database, [Act("laptop", 1, "assessment", row.id, "header", 900, other, ())])
    assert refused(lambda: assessing.finish_assessment(workspace, row.id)) == "assessing.conflicts"
    carrying_over.carry_over(workspace, row.id, third)
    assert assessing.finish_assessment(workspace, row.id).total == 20


def test_carrying_over_does_not_make_an_assessment_the_latest_of_its_site(workspace, clock):
    """Two desks may start one each; the one that was started later stays the later one."""
    row = started(workspace)
    clock.forward(hours=1)
    header = {"site": row.site, "edition": row.edition, "column": "onsite", "assessors": ["李"], "visited_on": None}
    take_in(workspace.database, [Act("laptop", 1, "assessment", "later", "header", 900, header, ())])
    assert browsing.site(workspace, row.site).assessment == "later"
    publish(workspace, small())
    clock.forward(days=1)
    carrying_over.carry_over(workspace, row.id)
    assert browsing.site(workspace, row.site).assessment == "later"
    assert browsing.assessment(workspace, row.id).started_at == row.started_at
    assert checking.doctor(workspace).sound


# --- many at once


def many(workspace, count: int = 4) -> list:
    rows = [assessing.start_assessment(workspace, add_site(workspace, f"单位{n}").id) for n in range(count)]
    for row in rows:
        assessing.record_answers(workspace, row.id, FULL_MARKS)
    assessing.finish_assessment(workspace, rows[0].id)
    return rows


def test_all_running_assessments_are_carried_over_and_back_together(workspace):
    rows = many(workspace)
    before = [sheet(workspace, row) for row in rows]
    second = publish(workspace, reworded(small()))
    told: list[tuple[int, int]] = []
    moved = carrying_over.carry_over_all(workspace, "office", report=lambda *far: told.append(far))
    assert set(moved) == {row.id for row in rows[1:]}
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert [sheet(workspace, row).edition_id for row in rows] == [rows[0].edition, second, second, second]
    assert carrying_over.carry_over_all(workspace, "office") == ()
    assert set(carrying_over.undo_carry_over_all(workspace, moved)) == set(moved)
    assert [sheet(workspace, row) for row in rows] == before


def test_what_is_stopped_half_way_changes_nothing(workspace):
    rows = many(workspace)
    publish(workspace, small())
    before = acts_in(workspace.database)

    class StoppedError(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        carrying_over.carry_over_all(workspace, "office", report=stop)
    assert acts_in(workspace.database) == before
    assert {sheet(workspace, row).edition_id for row in rows} == {rows[0].edition}


def test_taking_many_back_leaves_what_was_finished_meanwhile(workspace):
    rows = many(workspace)
    second = publish(workspace, small())
    moved = carrying_over.carry_over_all(workspace, "office", second)
    assessing.finish_assessment(workspace, rows[1].id)
    assert set(carrying_over.undo_carry_over_all(workspace, moved)) == {rows[2].id, rows[3].id}
    assert browsing.assessment(workspace, rows[1].id).stage is Stage.FINISHED
