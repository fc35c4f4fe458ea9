"""The law of carrying over: whatever the next edition is, taking the step back leaves everything as it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.editions import entry, publish, small, with_item, without, yes_no
from tests.samples.registers import FULL_MARKS, HandClock, add_site, open_register
from tests.store.foreign import acts_in
from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.answers import Answer
from wufei_cells.services import assessing, browsing, carrying_over, checking

ITEMS = ("A1", "A2", "B1")
OTHERWISE = {
    "G1": Answer("no"),
    "A1": Answer({"plan": "no", "staff": "yes"}),
    "A2": Answer({"part": "88", "whole": "100"}),
    "B1": Answer("no"),
}


class Held:
    """Holds a register, and says so in few words when an example fails."""

    def __init__(self, workspace) -> None:
        self.workspace = workspace

    def __repr__(self) -> str:
        return "the register"


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """One register for all examples: opening one takes longer than an example."""
    opened = open_register(tmp_path_factory.mktemp("law"), HandClock())
    yield Held(opened)
    opened.close()


@st.composite
def revisions(draw):
    """A next edition: each item kept, reworded, renumbered, renumbered and reworded, split or dropped."""
    data = small(full=None)
    for key in ITEMS:
        how = draw(st.sampled_from(["keep", "reword", "renumber", "both", "split", "drop"]))
        item = entry(data, key)
        if how in ("reword", "both"):
            item["text"] = f"{key} 改过"
        if how in ("renumber", "both"):
            item.update(key=f"N-{key}", **{"from": [{"key": key, "relation": "same"}]})
        if how == "split":
            data = with_item(data, yes_no(f"S-{key}", **{"from": [{"key": key, "relation": "split"}]}))
        if how == "drop":
            data = without(data, key)
    if draw(st.booleans()):
        entry(data, "G1")["text"] = "没有违法记录"
    return with_item(data, yes_no("Z1")) if data["groups"] else None


@given(
    revision=revisions(),
    answered=st.sets(st.sampled_from(["G1", *ITEMS])),
    since=st.sets(st.sampled_from(["G1", *ITEMS])),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_carrying_over_and_taking_it_back_leaves_everything_as_it_was(register, revision, answered, since):
    if revision is None:
        return
    workspace = register.workspace
    name = f"版{len(browsing.list_sites(workspace))}"
    row = assessing.start_assessment(workspace, add_site(workspace, name).id, edition=first_edition(workspace))
    if answered:
        assessing.record_answers(workspace, row.id, {key: FULL_MARKS[key] for key in answered})
    before, acts = browsing.sheet(workspace, row.id), acts_in(workspace.database)
    # Each example has a checklist of its own: a key that another example dropped would be refused.
    target = publish(workspace, {**revision, "key": f"SMALL-{row.id[:8]}", "edition": name})
    done = carrying_over.carry_over(workspace, row.id, target)
    everything = {*done.carried.values(), *done.archived}
    everything |= {one.row.item for waiting in done.rechecks.values() for one in waiting}
    assert everything == set(answered), "every answer is carried, waits, or is kept on file"
    for key, origin in done.carried.items():
        carried, given_then = done.after.answers[key], before.answers[origin]
        assert (carried.answer, carried.author, carried.at) == (given_then.answer, given_then.author, given_then.at)
    assert carrying_over.undo_carry_over(workspace, row.id) == before
    assert acts.items() <= acts_in(workspace.database).items(), "the journal only grows"
    carrying_over.carry_over(workspace, row.id, target)
    both = [key for key in since if key in {entry.key for entry in done.after.checklist.entries()}]
    fitting = {key: OTHERWISE[key] for key in both}
    if fitting:
        assessing.record_answers(workspace, row.id, fitting)
    back = carrying_over.undo_carry_over(workspace, row.id)
    kept = {*back.answers, *(one.row.item for waiting in back.rechecks.values() for one in waiting), *back.archived}
    assert set(answered) | set(both) <= kept, "what was answered since is on record too"
    old, new = before.checklist, done.after.checklist
    goes_on = {key for key in both if entry_hash(old.entry(key)) == entry_hash(new.entry(key))}
    for key in (*before.answers, *goes_on):
        standing = OTHERWISE[key] if key in goes_on else before.answers[key].answer
        assert back.answers[key].answer == standing, "what counted before counts again"
    if not goes_on:
        assert back.scorecard == before.scorecard


def first_edition(workspace) -> str:
    return next(row.id for row in browsing.editions(workspace) if row.edition == "1")


def test_the_register_of_all_examples_is_sound(register):
    report = checking.doctor(register.workspace)
    assert report.sound, report
