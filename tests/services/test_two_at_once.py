"""Two programs on one register at the same moment: what may happen once happens once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.samples.registers import FULL_MARKS, HandClock, add_site, open_register, scored
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, certifying, checking, deciding, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import Workspace

ROUNDS = 6
LESS = Answer({"plan": "yes", "staff": "no"})


@pytest.fixture
def desks(tmp_path, clock):
    """The same register, opened twice as two programs would."""
    opened = [open_register(tmp_path, clock, person=person) for person in ("王敏", "李工")]
    yield opened
    assert checking.doctor(opened[0]).sound
    for workspace in opened:
        workspace.close()


def at_once(desks: list[Workspace], *work: Callable[[Workspace], object]) -> list[str]:
    """Let each desk do its work at one moment; give how each ended."""
    barrier = Barrier(len(desks))

    def run(desk: Workspace, task: Callable[[Workspace], object]) -> str:
        barrier.wait()
        try:
            task(desk)
        except ProblemsFound as found:
            return found.problems[0].code
        except UserError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(len(desks)) as pool:
        return sorted(pool.map(run, desks, work if len(work) > 1 else work * len(desks)))


def test_a_site_gets_one_open_assessment(desks):
    for number in range(ROUNDS):
        site = add_site(desks[0], f"单位{number}").id
        ended = at_once(desks, lambda desk, site=site: assessing.start_assessment(desk, site))
        assert ended == ["assessing.already_open", "done"]


def test_a_name_is_taken_once(desks):
    for number in range(ROUNDS):
        draft = SiteDraft(f"单位{number}", "office", "east")
        assert at_once(desks, lambda desk, draft=draft: registering.add_site(desk, draft)) == [
            "done",
            "site.duplicate_name",
        ]


def test_an_assessment_gets_one_certificate_and_every_certificate_a_number_of_its_own(desks):
    for number in range(ROUNDS):
        row = scored(desks[0], add_site(desks[0], f"单位{number}"))
        assessing.finish_assessment(desks[0], row.id)
        decided = at_once(desks, lambda desk, row=row: deciding.decide(desk, row.id, approve=True))
        assert decided == ["done", "step.approve"]
        issued = at_once(desks, lambda desk, row=row: certifying.issue_certificate(desk, row.id))
        assert issued == ["done", "step.certify"]
    numbers = [row.number for row in browsing.list_certificates(desks[0])]
    assert sorted(numbers) == [f"SC-JG-2026-{number:03}" for number in range(1, ROUNDS + 1)]


def test_two_certificates_issued_at_one_moment_have_two_numbers(desks):
    rows = [scored(desks[0], add_site(desks[0], f"单位{number}")) for number in range(2)]
    for row in rows:
        assessing.finish_assessment(desks[0], row.id)
        deciding.decide(desks[0], row.id, approve=True)
    ended = at_once(
        desks,
        lambda desk: certifying.issue_certificate(desk, rows[0].id),
        lambda desk: certifying.issue_certificate(desk, rows[1].id),
    )
    assert ended == ["done", "done"]
    assert len({row.number for row in browsing.list_certificates(desks[0])}) == 2


def test_an_answer_is_in_the_result_or_is_refused(desks):
    for number in range(ROUNDS):
        row = scored(desks[0], add_site(desks[0], f"单位{number}"))
        at_once(
            desks,
            lambda desk, row=row: assessing.finish_assessment(desk, row.id),
            lambda desk, row=row: assessing.record_answer(desk, row.id, "A1", LESS),
        )
        finished = browsing.assessment(desks[0], row.id)
        assert finished.stage is Stage.FINISHED
        assert finished.total == browsing.sheet(desks[1], row.id).scorecard.total.low
        deciding.decide(desks[0], row.id, approve=True)
        certifying.issue_certificate(desks[1], row.id)  # the basis is that of the result


def test_two_who_answer_different_items_disturb_nobody(desks):
    row = assessing.start_assessment(desks[0], add_site(desks[0]).id)
    halves = [{"G1": FULL_MARKS["G1"], "A1": FULL_MARKS["A1"]}, {"A2": FULL_MARKS["A2"], "B1": FULL_MARKS["B1"]}]
    ended = at_once(
        desks,
        lambda desk: [assessing.record_answer(desk, row.id, *entry, seen=()) for entry in halves[0].items()],
        lambda desk: [assessing.record_answer(desk, row.id, *entry, seen=()) for entry in halves[1].items()],
    )
    assert ended == ["done", "done"]
    assert assessing.finish_assessment(desks[0], row.id).total == 20


def test_both_may_open_a_new_register_at_one_moment(tmp_path):
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        folder.mkdir()
        barrier = Barrier(3)

        def opened(person: str, folder=folder, barrier=barrier) -> Workspace:
            barrier.wait()
            return open_register(folder, HandClock(), person=person)

        with ThreadPoolExecutor(3) as pool:
            workspaces = list(pool.map(opened, ("王敏", "李工", "赵工")))
        assert len({workspace.database.device_uuid for workspace in workspaces}) == 1
        assert len(browsing.editions(workspaces[0])) == 1
        assert checking.doctor(workspaces[0]).sound
        for workspace in workspaces:
            workspace.close()
