"""Many conflicts in one go, by a rule that a person chose; and every device ends where the settlement says."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.registers import FULL_MARKS, HandClock, add_site, open_register
from tests.services.conftest import WORDS
from tests.services.disagreements import (
    COUNTY,
    ELSEWHERE,
    answer,
    check,
    header,
    new_site,
    site_phone,
    stage,
    standing,
    value_of,
    written_elsewhere,
)
from tests.store.foreign import Act, acts_in, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.conflicts import Choice, How, Rule, RuleKind
from wufei_cells.services import assessing, browsing, conflicts, registering
from wufei_cells.services.conflict_merging import merge
from wufei_cells.services.explaining import verdict
from wufei_cells.store import ledger
from wufei_cells.store.database import open_database
from wufei_cells.store.journal import heads


@pytest.fixture
def several(workspace):
    """Four conflicts of different kinds."""
    return {work.__name__: work(workspace) for work in (answer, site_phone, header, check)}


def decided(workspace, rule):
    outcome = conflicts.by_rule(workspace, conflicts.list_conflicts(workspace), rule, WORDS)
    return {one.told.row.kind: one.outcome for one in outcome.settled}, {one.row.kind for one in outcome.left}


def test_the_values_of_a_person(workspace, several):
    settled, left = decided(workspace, Rule(RuleKind.PERSON, COUNTY))
    assert settled.keys() == {"answer", "site", "assessment", "finding_check"}
    assert settled["site"].value == "222"
    assert not left
    assert len(conflicts.list_conflicts(workspace)) == 4, "a preview writes nothing"


def test_the_values_of_a_device(workspace, several):
    settled, left = decided(workspace, Rule(RuleKind.DEVICE, "没有这台"))
    assert not settled
    assert len(left) == 4
    settled, _left = decided(workspace, Rule(RuleKind.DEVICE, ELSEWHERE))
    assert settled["answer"].note == "只抽查了一半"


def test_the_values_of_who_is_named_as_assessor(workspace, several):
    settled, left = decided(workspace, Rule(RuleKind.VISITOR))
    assert settled["answer"].note == "全数查过"
    assert "site" in left, "a site has no assessor"


def test_the_lower_points(workspace, several):
    settled, left = decided(workspace, Rule(RuleKind.LOWER_POINTS))
    assert settled.keys() == {"answer"}
    assert settled["answer"].note == "只抽查了一半"
    assert left == {"site", "assessment", "finding_check"}


def test_the_later_time_as_the_devices_claim_it(workspace, several):
    settled, _left = decided(workspace, Rule(RuleKind.LATER))
    assert settled["site"].value == "222"


def test_what_was_there_before_both(workspace, several):
    settled, left = decided(workspace, Rule(RuleKind.BEFORE))
    assert settled["site"].value == "100"
    assert left == {"finding_check"}, "nobody had checked it before"


def test_a_rule_settles_all_in_one_step_and_leaves_what_it_cannot_decide(workspace, several):
    rows = conflicts.list_conflicts(workspace)
    outcome = conflicts.resolve_by_rule(workspace, rows, Rule(RuleKind.BEFORE), WORDS)
    assert (len(outcome.settled), len(outcome.left)) == (3, 1)
    assert [row.kind for row in conflicts.list_conflicts(workspace)] == ["finding_check"]
    conflicts.undo(workspace)
    assert {row.id for row in conflicts.list_conflicts(workspace)} == {row.id for row in rows}


def test_what_changed_since_it_was_listed_is_left(workspace, several):
    rows = conflicts.list_conflicts(workspace)
    written_elsewhere(workspace, "site", several["site_phone"][0], "phone", "333", device="d" * 32)
    conflicts.resolve_by_rule(workspace, rows, Rule(RuleKind.PERSON, COUNTY), WORDS)
    assert [row.kind for row in conflicts.list_conflicts(workspace)] == ["site"]


def test_the_names_that_a_rule_can_have(workspace, several):
    told = [conflicts.tell(workspace, row, WORDS) for row in conflicts.list_conflicts(workspace)]
    assert conflicts.names_for(told, RuleKind.PERSON) == (COUNTY, "王敏")
    assert ELSEWHERE in conflicts.names_for(told, RuleKind.DEVICE)


def test_a_stage_is_never_merged_and_prechecks_are_by_question():
    assert merge("assessment_state", {"stage": "a", "x": 1}, [{"stage": "b", "x": 1}, {"stage": "a", "x": 2}]) is None
    before = {"findings": {"a": {"holds": None}, "b": {"holds": None}}}
    one, two = ({"findings": {**before["findings"], key: {"holds": True}}} for key in "ab")
    assert merge("precheck", before, [one, two]) == {"findings": {"a": {"holds": True}, "b": {"holds": True}}}


FIELDS = ("name", "caption", "until")


@given(
    before=st.fixed_dictionaries(dict.fromkeys(FIELDS, st.integers(0, 2))),
    sides=st.lists(st.fixed_dictionaries(dict.fromkeys(FIELDS, st.integers(0, 2))), min_size=2, max_size=3),
)
def test_a_merge_keeps_every_change_or_is_none(before, sides):
    merged = merge("evidence", before, sides)
    wanted = {name: {side[name] for side in sides if side[name] != before[name]} for name in FIELDS}
    if any(len(changes) > 1 for changes in wanted.values()):
        assert merged is None
    elif merged is not None:
        assert merged == {name: next(iter(wanted[name]), before[name]) for name in FIELDS}
    else:
        assert {name: next(iter(wanted[name]), before[name]) for name in FIELDS} in sides


def test_a_range_of_points_while_an_answer_is_in_conflict(workspace):
    assessment, _cell = answer(workspace)
    sheet = browsing.sheet(workspace, assessment)
    apart = []
    for one in sheet.conflicts["A2"]:
        assessing.record_answer(workspace, assessment, "A2", one.answer)
        apart.append(browsing.sheet(workspace, assessment).scorecard.total.low)
    assert not sheet.scorecard.total.settled
    assert (sheet.scorecard.total.low, sheet.scorecard.total.high) == (min(apart), max(apart))
    item = sheet.scorecard.item("A2")
    assert item is not None
    assert not item.got.settled
    assert sheet.scorecard.missing == ()
    assert not sheet.scorecard.finished
    assert "不一样" in verdict(sheet.scorecard, sheet.checklist, WORDS)


def test_what_different_answers_make_of_the_verdict_is_open(workspace):
    assessment, _cell = answer(workspace)
    over = standing(workspace, assessment, "answer.G1")
    said = value_of(workspace, assessment, "answer.G1")
    assessing.record_answer(workspace, assessment, "G1", Answer("yes", note="查过"))
    written_elsewhere(workspace, "answer", assessment, "answer.G1", {**said, "value": "no"}, over=over)
    card = browsing.sheet(workspace, assessment).scorecard
    assert (card.passed, card.level) == (None, None)
    assert next(gate for gate in card.gates if gate.key == "G1").ok is None


def test_facts_in_conflict_give_a_range_too(workspace):
    site = new_site(workspace)
    row = assessing.start_assessment(workspace, site.id)
    assessing.record_answers(workspace, row.id, FULL_MARKS)
    alone = []
    for canteen in ("yes", "no"):
        registering.edit_site(workspace, site.id, facts={"canteen": canteen})
        alone.append(browsing.sheet(workspace, row.id).scorecard.total)
    over = standing(workspace, site.id, "fact.canteen")
    for device, value in ((ELSEWHERE, "no"), ("d" * 32, "yes")):
        written_elsewhere(workspace, "site_fact", site.id, "fact.canteen", value, over=over, device=device)
    total = browsing.sheet(workspace, row.id).scorecard.total
    assert (total.low, total.high) == (min(one.low for one in alone), max(one.high for one in alone))


# --- every replica


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 1), undone=st.booleans(), seed=st.integers(0, 999))
def test_a_settlement_converges_on_every_device_in_every_order(tmp_path_factory, place, undone, seed):
    folder = tmp_path_factory.mktemp("office")
    workspace = open_register(folder, HandClock())
    entity, cell = site_phone(workspace)
    stage(workspace)
    [row] = [one for one in conflicts.list_conflicts(workspace) if one.entity == entity]
    conflicts.resolve(workspace, row, Choice(How.TAKE, place), WORDS)
    if undone:
        conflicts.undo(workspace)
    acts = [act for act in acts_in(workspace.database).values() if act.kind != "edition"]
    wanted = standing_everywhere(workspace.database, acts)
    workspace.close()
    shuffled = random.Random(seed).sample(acts, len(acts))
    other = open_database(tmp_path_factory.mktemp("county") / "r.db", device_name="county")
    for some in (shuffled[::2], shuffled[1::2]):
        take_in(other, some)
    assert standing_everywhere(other, acts) == wanted
    with other.reading() as connection:
        assert ledger.projection_differences(connection) == ()
    other.close()
    assert (entity, cell) in {(act.entity, act.cell) for act in acts}


def standing_everywhere(database, acts: list[Act]):
    """What stands in every cell of these acts."""
    with database.reading() as connection:
        cells = sorted({(act.entity, act.cell) for act in acts})
        return {place: sorted((head.uuid, head.seq) for head in heads(connection, *place)) for place in cells}


def test_sites_are_never_in_conflict_by_being_there_twice(workspace):
    add_site(workspace)
    assert conflicts.count(workspace) == 0
