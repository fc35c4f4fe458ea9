"""What is in conflict is listed, told with everything a person needs, settled by a person, and taken back."""

from __future__ import annotations

import pytest

from tests.samples.registers import add_site, brought, scored
from tests.services.conftest import WORDS
from tests.services.disagreements import (
    COUNTY,
    ELSEWHERE,
    KINDS,
    answer,
    finding,
    header,
    site_phone,
    stage,
    standing,
    value_of,
    written_elsewhere,
)
from wufei_cells import shipped
from wufei_cells.domain.conflicts import Choice, Disputed, How, Room
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.errors import UserError
from wufei_cells.services import assessing, browsing, conflicts, registering, roles, teaming, undoing
from wufei_cells.services.conflict_telling import title
from wufei_cells.store import conflict_queries, ledger
from wufei_cells.wording import Wording

ENGLISH = Wording(shipped.wording_catalogue(), "en")


def only(workspace, entity, cell):
    """The one conflict of a cell."""
    [row] = [row for row in conflicts.list_conflicts(workspace) if (row.entity, row.cell) == (entity, cell)]
    return row


def take(place=0):
    return Choice(How.TAKE, place)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_listed_told_settled_and_taken_back(workspace, kind):
    entity, cell = KINDS[kind](workspace)
    row = only(workspace, entity, cell)
    assert row.what in Disputed
    told = conflicts.tell(workspace, row, WORDS)
    assert len(told.values) == row.values == 2
    assert len({one.headline + "".join(line.text for line in one.lines) for one in told.values}) == 2, told.values
    assert all(one.holders and one.heads for one in told.values)
    assert len([line for line in told.history if line.standing]) == len(row.heads)
    before = {one.headline for one in told.values}

    conflicts.resolve(workspace, row, take(1), WORDS, note="电话问过")
    assert conflicts.list_conflicts(workspace) == ()
    assert value_of(workspace, entity, cell) == told.values[1].value

    assert conflicts.undo(workspace) is not None
    again = conflicts.tell(workspace, only(workspace, entity, cell), WORDS)
    assert {one.headline for one in again.values} == before
    assert again.values[0].headline == told.values[0].headline, "the one that was shown is shown again"
    assert any(line.note == "电话问过" for line in again.history)
    assert conflicts.redo(workspace) is not None
    assert conflicts.list_conflicts(workspace) == ()
    with workspace.database.reading() as connection:
        assert ledger.projection_differences(connection) == ()


@pytest.mark.parametrize("words", [WORDS, ENGLISH], ids=["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_it_is_worded(workspace, kind, words):
    entity, cell = KINDS[kind](workspace)
    told = conflicts.tell(workspace, only(workspace, entity, cell), words)
    said = [told.title, *(line.text for line in told.history)]
    said += [text for one in told.values for text in (one.headline, *(line.label for line in one.lines))]
    assert not [text for text in said if "conflict." in text or "disputed." in text or "{" in text], said


def test_every_kind_has_a_name_in_both_languages():
    catalogue = shipped.wording_catalogue()
    assert [what for what in Disputed if f"disputed.{what.value}" not in catalogue] == []


def test_an_answer_is_told_with_points_note_people_devices_and_what_stood_before(workspace):
    row = only(workspace, *answer(workspace))
    assert (row.site_name, row.item, row.room) == ("甲单位", "A2", Room.ASSESSMENT)
    told = conflicts.tell(workspace, row, WORDS)
    theirs, mine = told.values  # the later counter is shown first
    assert (theirs.holders[0].author, theirs.holders[0].device) == (COUNTY, ELSEWHERE)
    assert theirs.note == "只抽查了一半"
    assert mine.note == "全数查过"
    assert mine.holders[0].author == "王敏"
    assert float(theirs.points) < float(mine.points)
    assert told.before is not None
    assert told.before.value != mine.value
    assert len(told.history) == 3
    assert {line.field for line in mine.lines if line.differs} == {"value", "note"}


def test_where_two_changed_different_fields_a_merged_value_is_offered_and_never_taken_by_itself(workspace):
    row = assessing.start_assessment(workspace, add_site(workspace).id)
    over = standing(workspace, row.id, "header")
    before = value_of(workspace, row.id, "header")
    assessing.name_assessors(workspace, row.id, ("王敏", "赵敏"))
    value_of_renamed = value_of(workspace, row.id, "header")
    written_elsewhere(workspace, "assessment", row.id, "header", {**before, "visited_on": "2026-11-05"}, over=over)
    conflict = only(workspace, row.id, "header")
    told = conflicts.tell(workspace, conflict, WORDS)
    assert told.merged is not None
    assert told.merged.value == {
        **value_of_renamed,
        "visited_on": "2026-11-05",
    }
    conflicts.resolve(workspace, conflict, Choice(How.MERGED), WORDS)
    merged = browsing.assessment(workspace, row.id)
    assert (merged.assessors, str(merged.visited_on)) == (("王敏", "赵敏"), "2026-11-05")


def test_where_both_changed_one_field_nothing_is_merged(workspace):
    told = conflicts.tell(workspace, only(workspace, *header(workspace)), WORDS)
    assert told.merged is None
    with pytest.raises(UserError, match=r"conflict\.no_merged"):
        conflicts.resolve(workspace, told.row, Choice(How.MERGED), WORDS)


def test_what_was_there_before_can_be_brought_back(workspace):
    entity, cell = site_phone(workspace)
    conflicts.resolve(workspace, only(workspace, entity, cell), Choice(How.BEFORE), WORDS)
    assert browsing.site(workspace, entity).phone == "100"


def test_equal_values_are_no_conflict(workspace):
    site = add_site(workspace)
    registering.edit_site(workspace, site.id, phone="111")
    written_elsewhere(workspace, "site", site.id, "phone", "111")
    assert conflicts.list_conflicts(workspace) == ()


def test_what_came_in_since_the_person_looked_is_not_settled_unseen(workspace):
    entity, cell = site_phone(workspace)
    row = only(workspace, entity, cell)
    written_elsewhere(workspace, "site", entity, "phone", "333", device="d" * 32)
    with pytest.raises(UserError, match=r"conflict\.changed"):
        conflicts.resolve(workspace, row, take(), WORDS)
    assert only(workspace, entity, cell).values == 3


def test_two_different_settlements_are_a_new_conflict(workspace):
    entity, cell = site_phone(workspace)
    row = only(workspace, entity, cell)
    over = [(ref.device, ref.seq) for ref in row.heads]
    conflicts.resolve(workspace, row, take(0), WORDS)
    written_elsewhere(workspace, "site", entity, "phone", "111", over=over, lamport=900)
    assert only(workspace, entity, cell).values == 2


def test_a_settled_conflict_cannot_be_settled_again(workspace):
    row = only(workspace, *site_phone(workspace))
    conflicts.resolve(workspace, row, take(), WORDS)
    for work in (
        lambda: conflicts.tell(workspace, row, WORDS),
        lambda: conflicts.resolve(workspace, row, take(), WORDS),
    ):
        with pytest.raises(UserError, match=r"conflict\.none_left"):
            work()


@pytest.mark.parametrize(("choice", "code"), [(take(7), "no_such_value"), (Choice(How.BEFORE), "no_before")])
def test_a_choice_that_is_none_is_refused(workspace, choice, code):
    site = add_site(workspace)
    for device, said in ((ELSEWHERE, "111"), ("d" * 32, "222")):
        written_elsewhere(workspace, "site", site.id, "phone", said, device=device)
    with pytest.raises(UserError, match=code):
        conflicts.resolve(workspace, only(workspace, site.id, "phone"), choice, WORDS)


def test_who_takes_a_settlement_back_is_told_beside_who_said_it_first(workspace):
    entity, cell = site_phone(workspace)
    conflicts.resolve(workspace, only(workspace, entity, cell), take(1), WORDS)
    conflicts.undo(workspace)
    told = conflicts.tell(workspace, only(workspace, entity, cell), WORDS)
    assert {(one.holders[0].author, one.holders[0].restored_by) for one in told.values} == {
        (COUNTY, "王敏"),
        ("王敏", "王敏"),
    }


def test_the_desk_takes_a_choice_back_to_both_answers(workspace):
    entity, cell = answer(workspace)
    sheet = browsing.sheet(workspace, entity)
    assessing.record_answer(workspace, entity, "A2", sheet.conflicts["A2"][1].answer)
    assert browsing.sheet(workspace, entity).conflicts == {}
    undoing.undo(workspace, entity)
    assert only(workspace, entity, cell).values == 2


def test_a_decided_stage_is_the_offices_to_choose(workspace):
    row = brought(workspace, scored(workspace).id, Stage.APPROVED)
    over = standing(workspace, row.id, "state")
    for device, found in ((ELSEWHERE, "scoring"), ("d" * 32, "approved")):
        value = {"stage": found, "revision": 2}
        written_elsewhere(workspace, "assessment_state", row.id, "state", value, over=over, device=device)
    roles.grant(workspace, "周主任", Role.OFFICE)
    conflict = only(workspace, row.id, "state")
    told = conflicts.tell(workspace, conflict, WORDS)
    place = next(n for n, one in enumerate(told.values) if one.value["stage"] == "approved")
    with pytest.raises(UserError, match=r"roles\.not_yours"):
        conflicts.resolve(workspace, conflict, take(place), WORDS)
    conflicts.resolve(workspace.acting_as("周主任"), conflict, take(place), WORDS)
    assert browsing.assessment(workspace, row.id).stage is Stage.APPROVED


def test_a_conflict_on_a_sheet_that_is_kept_from_me_is_not_shown(workspace):
    row = scored(workspace)
    sheet, _mine = teaming.add_each_alone(workspace, row.id, ("赵敏", workspace.person.name))
    mine = {"value": "yes", "na": None, "note": "", "entry": "x"}
    written_elsewhere(workspace, "answer", sheet.id, "answer.B1", mine)
    written_elsewhere(workspace, "answer", sheet.id, "answer.B1", {**mine, "value": "no"}, device="d" * 32)
    assert conflicts.list_conflicts(workspace) == ()
    assert len(conflicts.list_conflicts(workspace.acting_as("赵敏"))) == 1


def test_a_kind_that_only_newer_programs_know_can_be_settled_too(workspace):
    for device, said in ((ELSEWHERE, {"what": 1}), ("d" * 32, {"what": 2})):
        written_elsewhere(workspace, "plan_2030", "x" * 32, "plan", said, device=device)
    row = only(workspace, "x" * 32, "plan")
    assert row.what is Disputed.OTHER
    conflicts.resolve(workspace, row, take(), WORDS)
    assert conflicts.list_conflicts(workspace) == ()


def test_a_conflict_is_named_by_site_and_matter(workspace):
    entity, cell = finding(workspace)
    assert title(only(workspace, entity, cell), WORDS) == "甲单位 · 发现的问题 A1"
    entity, cell = stage(workspace)
    assert title(only(workspace, entity, cell), ENGLISH).endswith("Stage of the assessment")


def test_a_conflict_is_found_by_the_beginning_of_its_id(workspace):
    row = only(workspace, *site_phone(workspace))
    assert conflicts.find(workspace, row.id[:6]) == row
    with pytest.raises(UserError, match=r"conflict\.unknown"):
        conflicts.find(workspace, "zz")


def test_a_settlement_replaces_every_act_that_stood(workspace):
    entity, cell = site_phone(workspace)
    row = only(workspace, entity, cell)
    conflicts.resolve(workspace, row, take(), WORDS)
    with workspace.database.reading() as connection:
        last = conflict_queries.acts_of(connection, entity, cell)[-1]
    assert set(last.replaces) == set(row.heads)
