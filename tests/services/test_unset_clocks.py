"""A computer whose clock fell back to 1970: the board believes the order in which it wrote, not the day it claims."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.samples.registers import add_site, brought, scored
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import assessing, board_reading
from wufei_cells.services.board_memory import BoardMemory


@pytest.fixture
def fallen(workspace, clock):
    """What is written inside ``fallen(…)`` claims 1970."""

    def write(work):
        back = clock() - datetime(1970, 1, 1, 4, tzinfo=UTC)
        clock.forward(days=-back.days)
        try:
            return work()
        finally:
            clock.forward(days=back.days)

    return write


def begun(workspace, name, edition):
    """A site that is entered and scored at once; of itself the program finds no edition in force in 1970."""
    site = add_site(workspace, name)
    return site, assessing.start_assessment(workspace, site.id, edition=edition)


def cases(workspace):
    return {case.site: case for case in board_reading.cases(workspace)}


def test_a_site_and_its_stages_from_1970_count_from_the_day_of_the_act_before(workspace, clock, fallen):
    edition = scored(workspace, add_site(workspace, "旧单位")).edition
    before = workspace.today()
    clock.forward(days=9)
    site, row = fallen(lambda: begun(workspace, "甲单位", edition))
    case = cases(workspace)[site.id]
    assert (case.registered_on, case.ways[0].entered[0].on, case.ways[0].assessment) == (before, before, row.id)
    assert case.put_right > 0
    assert board_reading.board(workspace).put_right.count == 1


def test_a_stage_from_1970_does_not_fall_back_to_the_day_of_registration(workspace, clock, fallen):
    row = scored(workspace, add_site(workspace))
    clock.forward(days=30)
    add_site(workspace, "另一家")
    latest = workspace.today()
    clock.forward(days=2)
    finished = fallen(lambda: brought(workspace, row.id, Stage.FINISHED))
    (way,) = cases(workspace)[finished.site].ways
    assert (way.entered[-1].stage, way.entered[-1].on) == (Stage.FINISHED, latest)
    (stage,) = [one for one in board_reading.board(workspace).stages if one.stage is Stage.FINISHED]
    assert (stage.sites.count, stage.longest_days) == (1, 2)


def test_reading_on_and_reading_anew_say_the_same(workspace, clock, fallen):
    edition = scored(workspace, add_site(workspace)).edition
    for number in range(3):
        board_reading.board(workspace)
        clock.forward(days=1)
        fallen(lambda number=number: begun(workspace, f"单位{number}", edition))
        clock.forward(days=1)
        add_site(workspace, f"之后{number}")
    on = workspace.today() - timedelta(days=2)
    for day in (None, on):
        again = replace(workspace, board_memory=BoardMemory())
        assert board_reading.board(workspace, day) == board_reading.board(again, day)
    assert min(case.registered_on for case in cases(workspace).values()).year > 2000
