"""What waits: each line as long as its list, and the same as the lists that other rooms show."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks.campaign import campaign
from tests.board.strategies import TODAY
from wufei_cells import shipped
from wufei_cells.board.matters import Matter
from wufei_cells.board.standing import Within
from wufei_cells.domain.follow_ups import FollowUp, Subject
from wufei_cells.services import board_reading, browsing, following_up, supervising
from wufei_cells.services.board_todo import todo
from wufei_cells.services.supervising import DueKind
from wufei_cells.services.workspace import open_workspace


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A register in the middle of a campaign, with an overdue follow-up on a district and one on a site."""
    folder = tmp_path_factory.mktemp("todo") / "data"
    made = campaign(folder, 60, today=TODAY, seed=5)
    made.close()
    workspace = open_workspace(folder, shipped.shipped_criteria(), person="周主任")
    on = workspace.today()
    level, site = following_up.levels(workspace)[0].key, browsing.list_sites(workspace)[0]
    other = next(one.key for one in browsing.profile(workspace).districts if one.key != site.district)
    days = {"on": on - timedelta(days=9), "due": on - timedelta(days=2)}
    for subject in (Subject(district=other), Subject(site=site.id)):
        following_up.follow_up(workspace, FollowUp(subject, level, days["on"], "请加快", due=days["due"]))
    yield workspace, site, other
    workspace.close()


def counted(workspace, board):
    return {line.matter: line for line in todo(workspace, board)}


def test_who_is_stuck_is_who_the_stages_say(city):
    workspace, _site, _other = city
    board = board_reading.board(workspace)
    line = counted(workspace, board)[Matter.STUCK]
    assert line.count == len(line.sites) == sum(row.stuck.count for row in board.stages) > 0


def test_certificates_are_those_of_the_room_of_certificates(city):
    workspace, _site, _other = city
    lines = counted(workspace, board_reading.board(workspace))
    due = supervising.due(workspace)
    for kind, matter in ((DueKind.RENEWAL, Matter.RENEWALS), (DueKind.EXPIRED, Matter.EXPIRED)):
        sites = {one.certificate.site for one in due if one.kind is kind}
        assert (lines[matter].sites if matter in lines else frozenset()) == sites


def test_a_part_of_the_city_has_its_own(city):
    workspace, site, other = city
    whole = counted(workspace, board_reading.board(workspace))
    assert whole[Matter.FOLLOW_UPS].count == 2
    for district in (site.district, other):
        within = Within(districts=frozenset({district}))
        part = counted(workspace, board_reading.board(workspace, within=within))
        assert part[Matter.FOLLOW_UPS].count == 1
        assert part[Matter.STUCK].sites < whole[Matter.STUCK].sites


def test_an_earlier_day_has_only_what_follows_from_the_record(city):
    workspace, _site, _other = city
    board = board_reading.board(workspace, workspace.today() - timedelta(days=200))
    assert set(counted(workspace, board)) <= {Matter.STUCK, Matter.PUT_RIGHT}
