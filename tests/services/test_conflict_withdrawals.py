"""Something is taken out of the register here while somebody works on it there: that is a conflict, too."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples.registers import add_site, scored
from tests.services.conftest import WORDS
from tests.services.disagreements import COUNTY, ELSEWHERE, standing, written_elsewhere
from tests.services.test_conflicts import take
from tests.store.foreign import Act, take_in
from wufei_cells.domain.conflicts import Disputed
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.services import browsing, conflicts, finding_faults, registering, undoing
from wufei_cells.services.conflict_telling import KEEP, WITHDRAW
from wufei_cells.store import withdrawal_queries
from wufei_cells.store.database import open_database
from wufei_cells.store.journal import Draft
from wufei_cells.store.withdrawal_queries import KIND


def withdraw(workspace, site):
    """Take a site out of the register, as taking an import back does."""
    with workspace.database.writing() as connection:
        undoing.write(workspace, connection, [Draft("site", site, "name", "")], places=["here"])


def knew(device, *acts):
    """What a device says it had seen."""
    return {"knew": [[act.device, act.seq] for act in acts]}


def against(workspace):
    """What is listed as worked on although it was taken out."""
    found = conflicts.list_conflicts(workspace)
    return [row for row in found if row.what in (Disputed.SITE_WITHDRAWN, Disputed.FINDING_WITHDRAWN)]


@pytest.fixture
def edited_and_withdrawn(workspace):
    """A site that is withdrawn here; its phone was changed elsewhere by somebody who had not heard of it."""
    site = add_site(workspace)
    registering.edit_site(workspace, site.id, phone="100")
    over = standing(workspace, site.id, "phone")
    withdraw(workspace, site.id)
    written_elsewhere(workspace, "site", site.id, "phone", "222", over=over)
    return site


def test_an_edit_of_any_cell_unseen_by_who_withdrew_is_told(workspace, edited_and_withdrawn):
    [row] = conflicts.list_conflicts(workspace)
    assert (row.what, row.site_name) == (Disputed.SITE_WITHDRAWN, "甲单位")
    told = conflicts.tell(workspace, row, WORDS)
    out, keep = told.values
    assert out.holders[0].author == "王敏"
    assert (keep.headline, keep.holders[0].author) == ("保留：甲单位", COUNTY)
    assert [(line.label, line.text) for line in keep.lines] == [("电话", "222")]
    assert [line.author for line in told.history][-1] == COUNTY


@pytest.mark.parametrize("place", [KEEP, WITHDRAW])
def test_it_is_settled_either_way_and_taken_back(workspace, edited_and_withdrawn, place):
    [row] = against(workspace)
    conflicts.resolve(workspace, row, take(place), WORDS)
    assert conflicts.list_conflicts(workspace) == ()
    names = [site.name for site in browsing.list_sites(workspace)]
    assert names == (["甲单位"] if place == KEEP else [])
    conflicts.undo(workspace)
    [again] = against(workspace)
    assert again.id == row.id
    assert {one.act for one in edits(workspace, edited_and_withdrawn.id)} == {
        ref for ref in row.heads if ref.device == ELSEWHERE
    }
    conflicts.redo(workspace)
    assert conflicts.list_conflicts(workspace) == ()


def test_kept_it_says_again_what_the_withdrawal_emptied_and_not_what_was_emptied_before(workspace, clock):
    site = add_site(workspace)
    registering.edit_site(workspace, site.id, address="东街 1 号", note="旧的")
    registering.edit_site(workspace, site.id, note="")
    clock.forward(minutes=5)
    cells = {"name": "", "category": "", "address": ""}
    drafts = [Draft("site", site.id, cell, value) for cell, value in cells.items()]
    with workspace.database.writing() as connection:
        undoing.write(workspace, connection, [*drafts, Draft("site_fact", site.id, "fact.canteen", None)], places=["x"])
    written_elsewhere(workspace, "site", site.id, "phone", "222")
    conflicts.resolve(workspace, against(workspace)[0], take(KEEP), WORDS, note="还在")
    [kept] = browsing.list_sites(workspace)
    assert (kept.name, kept.category, kept.facts["canteen"]) == (site.name, site.category, "yes")
    assert (kept.address, kept.phone, kept.note) == ("东街 1 号", "222", "")


def edits(workspace, entity):
    with workspace.database.reading() as connection:
        [found] = withdrawal_queries.against(connection, [entity])
        return found.edits


def test_what_was_seen_before_it_was_withdrawn_is_none(workspace):
    site = add_site(workspace)
    written_elsewhere(workspace, "site", site.id, "phone", "222")
    withdraw(workspace, site.id)
    assert conflicts.list_conflicts(workspace) == ()
    written_elsewhere(workspace, "site", site.id, "address", "东街 1 号")
    assert len(against(workspace)) == 1, "and what comes later is"


def test_a_fact_or_a_new_assessment_of_it_counts_like_a_field(workspace):
    for number, (kind, entity, cell, value) in enumerate(
        (
            ("site_fact", "", "fact.staff", "12"),
            ("assessment", "a" * 32, "header", None),
        )
    ):
        site = add_site(workspace, f"单位{number}")
        withdraw(workspace, site.id)
        edition = browsing.current_edition(workspace, "office").id
        header = {"site": site.id, "edition": edition, "column": "office", "assessors": [COUNTY], "visited_on": None}
        written_elsewhere(workspace, kind, entity or site.id, cell, value or header)
        assert [row.site_name for row in against(workspace)] == [f"单位{number}"]
        conflicts.resolve(workspace, against(workspace)[0], take(WITHDRAW), WORDS)


def test_renamed_there_and_withdrawn_here_is_one_conflict_then_the_other_edits_are_the_next(workspace):
    site = add_site(workspace)
    over = standing(workspace, site.id, "name")
    withdraw(workspace, site.id)
    written_elsewhere(workspace, "site", site.id, "name", "甲公司", over=over)
    written_elsewhere(workspace, "site", site.id, "phone", "222")
    [row] = conflicts.list_conflicts(workspace)
    told = conflicts.tell(workspace, row, WORDS)
    place = next(n for n, one in enumerate(told.values) if one.value == "")
    assert told.values[place].headline == "移出名册"
    conflicts.resolve(workspace, row, take(place), WORDS)
    assert len(against(workspace)) == 1, "who settled the name did not see the phone"


def test_a_finding_dropped_here_and_put_right_there(workspace):
    row = scored(workspace)
    found = finding_faults.record_finding(workspace, row.id, FindingDraft("A1", text="桶盖没盖"))
    finding_faults.drop_finding(workspace, found.id)
    written_elsewhere(workspace, "finding_check", found.id, "check", {"state": "done", "note": "", "on": "2026-11-03"})
    [conflict] = against(workspace)
    assert (conflict.what, conflict.assessment, conflict.item) == (Disputed.FINDING_WITHDRAWN, row.id, "A1")
    conflicts.resolve(workspace, conflict, take(KEEP), WORDS)
    kept = finding_faults.findings(workspace)[0].row
    assert (kept.finding.text, kept.state.value) == ("桶盖没盖", "done")


def test_withdrawn_there_with_what_they_had_seen(workspace):
    site = add_site(workspace)
    mine = standing(workspace, site.id, "name")
    acts = [Act(*name, "site", site.id, "", 0, "", ()) for name in mine]
    told = knew(ELSEWHERE, *acts, *seen_of(workspace, site.id))
    written_elsewhere(workspace, "site", site.id, "name", "", over=mine)
    written_elsewhere(workspace, KIND, site.id, withdrawal_queries.cell_of(ELSEWHERE), told)
    assert against(workspace) == [], "they had seen everything"
    written_elsewhere(workspace, "site", site.id, "phone", "9", device="d" * 32)
    assert len(against(workspace)) == 1


def seen_of(workspace, entity):
    names = {name for cell in ("category", "district", "fact.canteen") for name in standing(workspace, entity, cell)}
    return [Act(*name, "site", entity, "", 0, "", ()) for name in names]


@pytest.mark.parametrize("garbage", [None, [], {"knew": 5}, {"knew": [["x"], 7, {"a": 1}]}, {"own": "all", "knew": {}}])
def test_what_an_edited_file_says_was_seen_hides_nothing_and_breaks_nothing(workspace, edited_and_withdrawn, garbage):
    cell = withdrawal_queries.cell_of("f" * 32)
    written_elsewhere(workspace, KIND, edited_and_withdrawn.id, cell, garbage, device="f" * 32)
    assert len(against(workspace)) == 1


# --- the same everywhere


DEVICES = ("a" * 32, "b" * 32, "c" * 32)


@st.composite
def histories(draw):
    """What three devices wrote on one site; beside each withdrawal what its author had received by then."""
    known = {device: [] for device in DEVICES}
    received_by = {}
    acts, lamport, numbers = [], 1, dict.fromkeys(DEVICES, 0)
    for _step in range(draw(st.integers(2, 9))):
        device = draw(st.sampled_from(DEVICES))
        choosing = st.lists(st.sampled_from(acts), max_size=4, unique_by=lambda act: act.name) if acts else st.just([])
        received = draw(choosing)
        known[device] += [act for act in received if act not in known[device]]
        lamport += 1
        what = draw(st.sampled_from(["name", "phone", "address", "withdraw"]))
        cell = "name" if what == "withdraw" else what
        numbers[device] += 1
        value = "" if what == "withdraw" else f"{device[0]}{numbers[device]}"
        act = Act(device, numbers[device], "site", "s", cell, lamport, value, heads_of(known[device], cell))
        acts.append(act)
        known[device].append(act)
        if what == "withdraw":
            numbers[device] += 1
            seen = [name for at in ("phone", "address") for name in heads_of(known[device], at) if name[0] != device]
            own = withdrawal_queries.cell_of(device)
            told = {"knew": sorted([uuid, seq] for uuid, seq in seen)}
            note = Act(device, numbers[device], KIND, "s", own, lamport, told, heads_of(known[device], own))
            acts.append(note)
            received_by[device] = {one.name for one in known[device]}
            known[device].append(note)
    return acts, received_by


def heads_of(acts, cell):
    mine = [act for act in acts if act.cell == cell]
    replaced = {name for act in mine for name in act.replaces}
    return tuple(act.name for act in mine if act.name not in replaced)


def oracle(acts, received_by):
    """By what everybody had really received: standing edits that no device that withdrew it had seen."""
    names = heads_of(acts, "name")
    said = {act.name: act.value for act in acts}
    if not names or {said[name] for name in names} != {""}:
        return set()
    seen = set().union(*received_by.values())
    standing = {name for cell in ("phone", "address") for name in heads_of(acts, cell)}
    return {name for name in standing if name not in seen and name[0] not in received_by}


@settings(max_examples=40, deadline=None)
@given(told=histories(), seed=st.integers(0, 10_000))
def test_every_device_that_holds_the_same_acts_lists_the_same(tmp_path_factory, told, seed):
    acts, received_by = told
    wanted = oracle(acts, received_by)
    for shuffled in (acts, random.Random(seed).sample(acts, len(acts))):
        database = open_database(tmp_path_factory.mktemp("one") / "r.db", device_name="here")
        for some in (shuffled[: len(shuffled) // 2], shuffled[len(shuffled) // 2 :]):
            take_in(database, some)
        with database.reading() as connection:
            found = withdrawal_queries.against(connection)
        database.close()
        assert {(one.act.device, one.act.seq) for entry in found for one in entry.edits} == wanted
