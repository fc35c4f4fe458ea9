"""A site is taken back with its list here and worked on there: whoever keeps it gets it back whole, everywhere."""

from __future__ import annotations

from dataclasses import replace

from tests.samples.registers import scored
from tests.samples.site_lists import plain_list
from tests.services.conftest import WORDS
from tests.services.exchanged import names, taken, written
from wufei_cells.domain.conflicts import Choice, Disputed, How
from wufei_cells.domain.register import SiteRow
from wufei_cells.services import browsing, checking, conflicts, registering, site_list_undoing, site_lists
from wufei_cells.services.conflict_telling import KEEP
from wufei_cells.services.workspace import Workspace


def listed(workspace: Workspace) -> SiteRow:
    """Take a list with one site in, in which everything is said."""
    row = ["甲单位", "", "机关", "东区", "东街 1 号", "孙经理", "0391-7700001", "有食堂", "是", "12"]
    shown = site_lists.preview(workspace, [("名单.xlsx", plain_list(row))], WORDS)
    site_lists.take_in(workspace, shown, {one.number: None for one in shown.rows}, WORDS)
    return browsing.list_sites(workspace)[0]


def test_a_site_taken_back_here_and_assessed_there_is_kept_whole(desks, tmp_path):
    here, there = desks("王敏", "李工")
    site = listed(here)
    assert (site.category, site.address, site.facts["staff"]) == ("office", "东街 1 号", "12")
    taken(there, *written(here, tmp_path / "a"))
    here.clock.forward(minutes=5)
    site_list_undoing.take_back(here)
    assert names(here) == set()
    scored(there, site)
    taken(here, *written(there, tmp_path / "b"))
    taken(there, *written(here, tmp_path / "c"))
    [conflict] = conflicts.list_conflicts(here)
    conflicts.resolve(here, conflict, Choice(How.TAKE, KEEP), WORDS, note="单位还在")
    taken(there, *written(here, tmp_path / "d"))
    for one in (here, there):
        [kept] = browsing.list_sites(one)
        same = replace(kept, assessment=site.assessment, stage=site.stage)
        assert same == replace(site, assessment=same.assessment), "as it was, with the assessment"
        assert conflicts.list_conflicts(one) == ()
        assert checking.doctor(one).sound
    conflicts.undo(here)
    assert names(here) == set()
    [again] = conflicts.list_conflicts(here)
    assert again.id == conflict.id, "one step takes all of it back"
    conflicts.redo(here)
    assert browsing.list_sites(here) == browsing.list_sites(there)


def test_a_field_that_was_changed_there_meanwhile_is_kept_as_it_was_changed(desks, tmp_path):
    here, there = desks("王敏", "李工")
    site = listed(here)
    taken(there, *written(here, tmp_path / "a"))
    here.clock.forward(minutes=5)
    site_list_undoing.take_back(here)
    registering.edit_site(there, site.id, phone="222")
    taken(here, *written(there, tmp_path / "b"))
    conflict = next(one for one in conflicts.list_conflicts(here) if one.what is Disputed.SITE_WITHDRAWN)
    conflicts.resolve(here, conflict, Choice(How.TAKE, KEEP), WORDS)
    [kept] = browsing.list_sites(here)
    assert (kept.phone, kept.address, kept.category) == ("222", "东街 1 号", "office")
    assert conflicts.list_conflicts(here) == ()
