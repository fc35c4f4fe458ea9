"""Laws of a team: nobody learns what is scored alone before all are ready; what is taken over is the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.samples.editions import entry, publish, small
from tests.samples.registers import FULL_MARKS, HandClock, add_site, open_register
from tests.services.teams import pair
from wufei_cells.domain.answers import Answer, Basis, BasisRow, Kept
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    browsing,
    carrying_over,
    evidence_checks,
    evidencing,
    finding_faults,
    looking,
    searching,
    signing_off,
    teaming,
)

PEOPLE = ("李晓明", "赵强", "周敏")
VIEWERS = (*PEOPLE, "王敏")


class Held:
    """Holds a register, and says so in few words when an example fails."""

    def __init__(self, workspace) -> None:
        self.workspace = workspace
        self.hands = {name: workspace.acting_as(name) for name in VIEWERS}

    def __repr__(self) -> str:
        return "the register"


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """One register for all examples: opening one takes longer than an example."""
    opened = open_register(tmp_path_factory.mktemp("law"), HandClock())
    data = small()
    entry(data, "A1")["text"] = "领导改过"
    publish(opened, data)
    yield Held(opened)
    opened.close()


def secret(name: str, site: str) -> str:
    """A word that one sheet says and no other one of all examples."""
    return f"暗号{name}{site}号"


def told(call) -> str:
    """Everything a service gives, as text; nothing where it refuses."""
    try:
        return repr(call())
    except UserError:
        return ""


def everything(workspace, whole: str, sheet: str, findings: tuple[str, ...], word: str) -> dict[str, str]:
    """What the services tell this person of an assessment, of one of its sheets and of the findings on it."""
    site = browsing.assessment(workspace, whole).site
    calls = {
        "sheet": lambda: browsing.sheet(workspace, sheet),
        "history": lambda: browsing.history(workspace, sheet),
        "of the whole": lambda: (browsing.sheet(workspace, whole), browsing.history(workspace, whole)),
        "listed": lambda: (browsing.list_assessments(workspace), browsing.list_sites(workspace)),
        "beside": lambda: teaming.side_by_side(workspace, whole),
        "differences": lambda: teaming.differences(workspace, sheet),
        "carried over": lambda: carrying_over.preview_carry_over(workspace, sheet),
        "signed": lambda: signing_off.signatures(workspace, sheet),
        "finding": lambda: [finding_faults.finding(workspace, key) for key in findings],
        "history of a finding": lambda: [browsing.history(workspace, key) for key in findings],
        "findings": lambda: finding_faults.findings(workspace),
        "findings of the site": lambda: finding_faults.findings(workspace, site=site),
        "findings of the sheet": lambda: finding_faults.sheet_findings(workspace, sheet),
        "findings of the whole": lambda: finding_faults.sheet_findings(workspace, whole),
        "put right": lambda: [finding_faults.mark_done(workspace, key) for key in findings],
        "checked": lambda: [finding_faults.check_again(workspace, key, closed=True) for key in findings],
        "evidence": lambda: evidencing.list_evidence(workspace, sheet),
        "odd evidence": lambda: (
            evidence_checks.checks(workspace, sheet),
            evidence_checks.likenesses(workspace, sheet),
        ),
        "likenesses of the whole": lambda: evidence_checks.likenesses(workspace, whole),
        "written by others": lambda: looking.changed_since_look(workspace, sheet),
        "found": lambda: searching.search(workspace, word),
        "carried over with the whole": lambda: carrying_over.preview_carry_over(workspace, whole),
        "put together": lambda: (teaming.composite(workspace, sheet), teaming.team(workspace, sheet)),
    }
    return {name: told(call) for name, call in calls.items()}


STEPS = st.lists(st.tuples(st.sampled_from(["score", "lock", "unlock", "drop"]), st.sampled_from(PEOPLE)), max_size=9)


@given(steps=STEPS)
@settings(max_examples=20, deadline=None)
def test_nobody_learns_what_somebody_wrote_who_scores_alone_before_all_are_ready(register, steps):
    workspace = register.workspace
    site = add_site(workspace, f"单位{len(browsing.list_sites(workspace))}")
    first = browsing.editions(workspace)[-1].id
    whole = assessing.start_assessment(workspace, site.id, edition=first).id
    sheets: dict[str, str] = {}
    findings: dict[str, tuple[str, ...]] = {}
    states: dict[str, str] = {}
    for step, name in [("score", PEOPLE[0]), *steps]:
        hand = register.hands[name]
        if step == "score" and name not in sheets:
            sheets[name] = teaming.add_sheet(workspace, whole, "onsite", [name], alone=True).id
            note = {key: Answer(answer.value, note=secret(name, site.name)) for key, answer in FULL_MARKS.items()}
            assessing.record_answers(hand, sheets[name], note)
            draft = FindingDraft("A2", "major", secret(name, site.name))
            findings[name] = (finding_faults.record_finding(hand, sheets[name], draft).id,)
            evidencing.attach(
                hand, sheets[name], ["A2"], [(f"{secret(name, site.name)}.txt", secret(name, site.name).encode())]
            )
            states[name] = "open"
        elif step == "lock" and states.get(name) == "open":
            teaming.lock(hand, sheets[name])
            states[name] = "locked"
        elif step == "unlock" and states.get(name) in ("locked", "dropped"):
            teaming.unlock(hand, sheets[name], reason="再看")
            states[name] = "open"
        elif step == "drop" and states.get(name) in ("open", "locked"):
            teaming.drop(workspace, sheets[name], reason="不用了")
            states[name] = "dropped"
    for owner, sheet in sheets.items():
        ready = states[owner] == "locked" and "open" not in states.values()
        word = secret(owner, site.name)
        for viewer in VIEWERS:
            hand = register.hands[viewer]
            found = {
                name for name, text in everything(hand, whole, sheet, findings[owner], word).items() if word in text
            }
            row = next(row for row in teaming.sheets(hand, whole) if row.id == sheet)
            if viewer == owner or ready:
                assert {"sheet", "finding", "findings", "findings of the sheet", "evidence"} <= found
                assert row.total is not None
            else:
                assert not found
                assert row.total is None
                assert browsing.assessment(hand, sheet).total is None


NOTES = st.text(st.characters(categories=["L", "N", "P"]), max_size=8)
JUDGEMENTS = {
    "G1": st.sampled_from(["yes", "no"]),
    "A1": st.fixed_dictionaries({"plan": st.sampled_from(["yes", "no"]), "staff": st.sampled_from(["yes", "no"])}),
    "A2": st.integers(0, 100).map(lambda part: {"part": str(part), "whole": "100"}),
    "B1": st.sampled_from(["yes", "no"]),
}
BASIS = Basis("2026年第三季度", "台账", (BasisRow("二号库"),))


@st.composite
def answer_to(draw, key):
    """An answer to an item, with everything that can come with one."""
    kept = Kept(notes={"deducted": draw(NOTES)}) if draw(st.booleans()) else Kept()
    if key != "G1" and draw(st.integers(0, 4)) == 0:
        return Answer(na="没有这种情况", note=draw(NOTES), kept=kept)
    bases = {"": BASIS} if key == "A2" and draw(st.booleans()) else {}
    return Answer(draw(JUDGEMENTS[key]), note=draw(NOTES), bases=bases, kept=kept)


@given(
    otherwise=st.fixed_dictionaries({key: answer_to(key) for key in JUDGEMENTS}),
    wanted=st.sets(st.sampled_from(sorted(JUDGEMENTS)), min_size=1),
)
@settings(max_examples=20, deadline=None)
def test_what_is_taken_over_is_exactly_what_the_sheet_says(register, otherwise, wanted):
    workspace = register.workspace
    site = add_site(workspace, f"单位{len(browsing.list_sites(workspace))}")
    whole = assessing.start_assessment(workspace, site.id).id
    _one, two = pair(workspace, whole, **otherwise)
    teaming.take_over(workspace, whole, dict.fromkeys(wanted, two.id))
    source, record = browsing.sheet(workspace, two.id).answers, browsing.sheet(workspace, whole).answers
    assert {key: record[key].answer for key in record} == {key: source[key].answer for key in wanted}
    side = teaming.differences(workspace, whole)
    assert {row.key for row in side.rows if row.origin == two.id} == wanted
    assert all(row.opinions[0].points == row.opinion(two.id).points for row in side.rows if row.key in wanted)
