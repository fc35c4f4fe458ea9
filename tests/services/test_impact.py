"""What a checklist would mean for every site, before it is published: who changes level, and through which item."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.editions import as_file, entry, publish, small, with_item, without, yes_no
from tests.samples.registers import FULL_MARKS, HandClock, add_site, open_register, scored
from tests.store.foreign import acts_in
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound
from wufei_cells.services import assessing, browsing, carrying_over, certifying, deciding, drafting, registering
from wufei_cells.services.impact import impact
from wufei_cells.services.impact_comparison import ItemChange, Shift


def draft(data):
    return read_checklist(as_file(data), "draft.json")


def effects(cell) -> dict[str, tuple[ItemChange, Fraction]]:
    return {effect.key: (effect.change, effect.difference) for effect in cell.items}


def certified(workspace, name: str = "甲单位", **answers: Answer):
    row = scored(workspace, add_site(workspace, name), **answers)
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    certifying.issue_certificate(workspace, row.id)
    return browsing.assessment(workspace, row.id)


# --- what it would mean


def test_an_edition_that_changes_nothing_means_nothing(workspace):
    row = certified(workspace)
    [cell] = impact(workspace, draft(small())).cells
    assert (cell.assessment, cell.shift, cell.items, cell.gates, cell.grades) == (row.id, Shift.SAME, (), (), ())
    assert (cell.before, cell.before.total.low) == (cell.after, row.total)


def test_a_stricter_rule_names_the_item_through_which_the_level_falls(workspace):
    certified(workspace, A2=Answer({"part": "90", "whole": "100"}))
    data = small()
    entry(data, "A2")["rule"]["steps"] = {"points": "-1", "short_of": "92"}
    [cell] = impact(workspace, draft(data)).cells
    assert (cell.before.level, cell.after.level, cell.shift) == ("good", "pass", Shift.LOWER)
    [effect] = cell.items
    assert (effect.key, effect.change, effect.difference, effect.assumed) == ("A2", ItemChange.CHANGED, -2, True)


def test_a_lower_mark_is_named_although_no_item_changed(workspace):
    certified(workspace, A2=Answer({"part": "88", "whole": "100"}))
    data = small()
    data["scoring"]["grades"][1]["total_at_least"] = "18"
    [cell] = impact(workspace, draft(data)).cells
    assert (cell.before.level, cell.after.level, cell.shift, cell.items) == ("pass", "good", Shift.HIGHER, ())
    [grade] = cell.grades
    assert (grade.key, grade.before.total_needed, grade.after.total_needed) == ("good", 19, 18)


def test_a_new_gate_leaves_it_open_until_somebody_looks(workspace):
    certified(workspace)
    data = small()
    data["gates"].append({"key": "G2", "text": "没有信访", "verify": ["document"]})
    [cell] = impact(workspace, draft(data)).cells
    assert (cell.shift, cell.after.missing, cell.after.passed) == (Shift.OPEN, ("G2",), None)
    assert [gate.key for gate in cell.gates] == ["G2"]


def test_a_new_item_leaves_it_open_or_fails_it_when_nothing_could_save_it(workspace):
    certified(workspace, A2=Answer({"part": "86", "whole": "100"}))
    data = with_item(small(full=None), yes_no("C1"))
    [cell] = impact(workspace, draft(data)).cells
    assert cell.shift is Shift.OPEN
    assert effects(cell) == {}, "for sure it counts for nothing yet"
    data["scoring"]["grades"] = [{"key": "pass", "text": "合格", "total_at_least": "22"}]
    [cell] = impact(workspace, draft(data)).cells
    assert cell.shift is Shift.FAILS


def test_what_does_not_fit_the_new_rule_has_to_be_answered_anew(workspace):
    certified(workspace)
    data = small()
    entry(data, "A1")["rule"] = {"yes_no": "5"}
    [cell] = impact(workspace, draft(data)).cells
    assert cell.after.missing == ("A1",)
    [effect] = cell.items
    assert (effect.key, effect.unanswered, effect.assumed, effect.difference) == ("A1", True, False, -5)


def test_a_removed_item_and_what_makes_up_for_it(workspace):
    certified(workspace)
    [cell] = impact(workspace, draft(without(small(full=None), "B1"))).cells
    assert effects(cell) == {"B1": (ItemChange.REMOVED, -5)}
    assert cell.after.total.low == 15


def test_a_renumbered_item_is_the_same_item(workspace):
    certified(workspace)
    data = small()
    entry(data, "A2").update(key="A7", number="A7", **{"from": [{"key": "A2", "relation": "same"}]})
    [cell] = impact(workspace, draft(data)).cells
    assert (cell.items, cell.shift) == ((), Shift.SAME)


def test_another_weight_is_told_from_other_words(workspace):
    certified(workspace)
    data = small(full=None)
    entry(data, "B1")["weight"] = "10"
    [cell] = impact(workspace, draft(data)).cells
    assert effects(cell) == {"B1": (ItemChange.WEIGHED, 5)}


def test_a_split_item_is_counted_once(workspace):
    certified(workspace)
    data = small(full=None)
    entry(data, "B1").update(full="2", rule={"yes_no": "2"}, **{"from": [{"key": "B1", "relation": "split"}]})
    half = yes_no("B2", "3", applies={"fact": "canteen"}, **{"from": [{"key": "B1", "relation": "split"}]})
    [cell] = impact(workspace, draft(with_item(data, half, group=1))).cells
    assert effects(cell) == {"B1": (ItemChange.CHANGED, -3), "B2": (ItemChange.CHANGED, 3)}
    assert {effect.assumed for effect in cell.items} == {True}


def test_a_failed_site_may_come_to_pass(workspace):
    row = scored(workspace, G1=Answer("no"))
    assessing.finish_assessment(workspace, row.id)
    data = small()
    del data["gates"]
    [cell] = impact(workspace, draft(data)).cells
    assert (cell.before.passed, cell.after.passed, cell.shift) == (False, True, Shift.PASSES)
    assert [(gate.key, gate.before.ok, gate.after) for gate in cell.gates] == [("G1", False, None)]


def test_the_facts_of_then_hold_and_new_ones_are_taken_from_the_site(workspace):
    row = certified(workspace)
    registering.edit_site(workspace, row.site, facts={"canteen": "no", "staff": "12"})
    data = small()
    entry(data, "A1")["applies"] = {"fact": "staff", "at_least": "10"}
    [cell] = impact(workspace, draft(data)).cells
    assert (cell.before.total.low, cell.after.total.low) == (20, 20)


# --- for whom


def test_running_finished_approved_and_certified_sites_are_looked_at_and_no_others(workspace):
    certified(workspace, "甲")
    running = assessing.start_assessment(workspace, add_site(workspace, "乙").id)
    finished = scored(workspace, add_site(workspace, "丙"))
    assessing.finish_assessment(workspace, finished.id)
    rejected = scored(workspace, add_site(workspace, "丁"))
    assessing.finish_assessment(workspace, rejected.id)
    deciding.decide(workspace, rejected.id, approve=False, remarks="不符")
    add_site(workspace, "戊")
    cells = impact(workspace, draft(small())).cells
    assert {cell.site_name: cell.stage for cell in cells} == {
        "甲": Stage.CERTIFIED,
        "乙": Stage.SCORING,
        "丙": Stage.FINISHED,
    }
    assert next(cell for cell in cells if cell.assessment == running.id).after.passed is None


def test_only_the_latest_assessment_of_a_site_counts(workspace):
    row = certified(workspace)
    again = assessing.start_assessment(workspace, row.site)
    [cell] = impact(workspace, draft(small())).cells
    assert cell.assessment == again.id


def test_a_districts_own_edition_is_tried_on_its_sites_only(workspace):
    certified(workspace, "甲")
    row = scored(workspace, add_site(workspace, "乙", "west"))
    data = small(overlay={"extends": row.edition, "districts": ["west"], "added": []})
    assert [cell.site_name for cell in impact(workspace, draft(data)).cells] == ["乙"]


def test_sites_under_several_editions_are_each_held_against_their_own(workspace):
    certified(workspace, "甲")
    publish(workspace, reworded())
    scored(workspace, add_site(workspace, "乙"))
    cells = {cell.site_name: cell for cell in impact(workspace, draft({**reworded(), "edition": "3"})).cells}
    assert cells["乙"].items == ()
    assert cells["甲"].after.total.low == 20
    assert len({cell.edition for cell in cells.values()}) == 2


def reworded():
    data = small()
    entry(data, "A1")["text"] = "领导机构"
    return data


def test_answers_that_wait_to_be_looked_at_again_do_not_count(workspace):
    row = scored(workspace)
    publish(workspace, reworded())
    carrying_over.carry_over(workspace, row.id)
    [cell] = impact(workspace, draft({**reworded(), "edition": "3"})).cells
    assert cell.before.total == cell.after.total
    assert cell.before.total.low == 15


def test_the_worst_come_first_and_are_counted(workspace):
    certified(workspace, "甲")
    certified(workspace, "乙", A2=Answer({"part": "86", "whole": "100"}))
    data = small()
    data["scoring"]["grades"] = [{"key": "good", "text": "良好", "total_at_least": "19"}]
    found = impact(workspace, draft(data))
    assert [(cell.site_name, cell.shift) for cell in found.cells] == [("乙", Shift.FAILS), ("甲", Shift.SAME)]
    assert (found.count(Shift.FAILS), found.count(Shift.SAME), found.count(Shift.OPEN)) == (1, 1, 0)


# --- how


def test_nothing_is_written(workspace):
    certified(workspace)
    before = acts_in(workspace.database)
    impact(workspace, draft(reworded()))
    assert acts_in(workspace.database) == before


def test_the_citys_numbers_are_used(workspace):
    certified(workspace, A2=Answer({"part": "85", "whole": "100"}))
    found = impact(workspace, draft(small()))
    assert found.checklist.parameters[0].value == 15
    assert found.cells[0].after.passed


def test_a_draft_of_the_register_is_tried_without_publishing_it(workspace):
    certified(workspace)
    kept = drafting.begin_draft(workspace, reworded())
    found = impact(workspace, drafting.sound_checklist(workspace, kept.data))
    assert found.cells[0].after.total.low == 20
    with pytest.raises(ProblemsFound):
        drafting.sound_checklist(workspace, {"title": "未完"})


def test_it_says_how_far_it_is_and_stops_when_told(workspace):
    certified(workspace, "甲")
    certified(workspace, "乙")
    told: list[tuple[int, int]] = []
    impact(workspace, draft(small()), report=lambda *far: told.append(far))
    assert told == [(1, 2), (2, 2)]

    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        impact(workspace, draft(small()), report=stop)


# --- the law


class Held:
    """Holds a register, and says so in few words when an example fails."""

    def __init__(self, workspace) -> None:
        self.workspace = workspace

    def __repr__(self) -> str:
        return "the register"


ANSWERS = {
    "A1": [Answer({"plan": plan, "staff": staff}) for plan in ("yes", "no") for staff in ("yes", "no")],
    "A2": [Answer({"part": part, "whole": "100"}) for part in ("79", "88", "100")] + [Answer(na="没有")],
    "B1": [Answer("yes"), Answer("no")],
}


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A register with a site for every way to answer."""
    opened = open_register(tmp_path_factory.mktemp("impact"), HandClock())
    number = 0
    for first in ANSWERS["A1"]:
        for second in ANSWERS["A2"]:
            number += 1
            row = assessing.start_assessment(opened, add_site(opened, f"单位{number}").id)
            given_answers = {**FULL_MARKS, "A1": first, "A2": second, "B1": ANSWERS["B1"][number % 2]}
            assessing.record_answers(opened, row.id, given_answers)
    yield Held(opened)
    opened.close()


@st.composite
def revisions(draw):
    data = small(full=None)
    data["scoring"]["not_applicable"] = draw(st.sampled_from(["rescale", "prorate", "full", "zero"]))
    data["scoring"]["grades"] = [{"key": "pass", "text": "合格", "total_at_least": "3"}]
    for key in ("A1", "A2", "B1"):
        how = draw(st.sampled_from(["keep", "reword", "renumber", "weigh", "split", "drop"]))
        item = entry(data, key)
        if how == "reword":
            item["text"] = "改过"
        if how == "renumber":
            item.update(key=f"N-{key}", **{"from": [{"key": key, "relation": "same"}]})
        if how == "weigh":
            item["weight"] = draw(st.sampled_from(["1", "7.5", "30"]))
        if how == "split":
            data = with_item(data, yes_no(f"S-{key}", **{"from": [{"key": key, "relation": "split"}]}))
        if how == "drop" and key != "A2":
            data = without(data, key)
    data["scoring"]["grades"] = [{"key": "pass", "text": "合格", "total_at_least": "1"}]
    return with_item(data, yes_no("Z1")) if draw(st.booleans()) else data


@given(revision=revisions())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_items_account_for_the_whole_difference(many, revision):
    for cell in impact(many.workspace, draft(revision)).cells:
        differences = [effect.difference for effect in cell.items]
        assert sum(differences) == cell.after.total.low - cell.before.total.low
        assert [abs(one) for one in differences] == sorted((abs(one) for one in differences), reverse=True)
        sheet = browsing.sheet(many.workspace, cell.assessment)
        assert (cell.before.total, cell.before.level) == (sheet.scorecard.total, sheet.scorecard.level)
