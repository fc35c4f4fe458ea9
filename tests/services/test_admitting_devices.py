"""A device that nobody knows is found, compared by its words, and admitted; its key stays with the acceptance."""

from __future__ import annotations

import pytest

from tests.samples.registers import HandClock, add_site, open_register
from tests.services.exchanged import names, taken, written
from wufei_cells.domain.enrolments import Enrolment
from wufei_cells.errors import UserError
from wufei_cells.services import conflicts, enrolled, enrolling, side_view, stating


def test_a_stranger_is_found_by_a_short_id_or_a_name_and_admitted_by_its_words(tmp_path, desks):
    [here] = desks("王敏")
    (tmp_path / "stranger").mkdir()
    stranger = open_register(tmp_path / "stranger", HandClock(), person="生人")
    add_site(stranger, "丙单位")
    taken(here, *written(stranger, tmp_path / "x"))
    [waiting] = side_view.waiting(here)
    for key in (waiting.device, waiting.device[:8].upper(), waiting.name):
        found = side_view.find_candidate(here, key)
        assert (found.device, found.words) == (waiting.device, waiting.words)
    for key in ("", waiting.device[:3], "ab" * 16, here.database.device_uuid):
        with pytest.raises(UserError) as error:
            side_view.find_candidate(here, key)
        assert error.value.code == "trust.unheard_device", key
    with pytest.raises(UserError) as error:
        side_view.admit(here, waiting.device, words="苹果 苹果 苹果 苹果 苹果 苹果")
    assert error.value.code == "trust.other_device_words"
    assert names(here) == set()
    side_view.admit(here, waiting.device, words=waiting.words.en)
    assert names(here) == {"丙单位"}
    rows = {row.device: row for row in enrolled.participants(here).devices}
    assert rows[waiting.device].words == waiting.words, "its key stays with the acceptance"
    stranger.close()


def test_two_who_accept_one_device_each_in_their_way_do_not_contradict_each_other(tmp_path, desks):
    here, there = desks("王敏", "李工")
    (tmp_path / "stranger").mkdir()
    stranger = open_register(tmp_path / "stranger", HandClock(), person="生人")
    taken(here, *written(stranger, tmp_path / "x"))
    device = stranger.database.device_uuid
    side_view.admit(here, device, "生人的电脑")
    enrolling.accept_unknown(there, device, "另一台")
    taken(there, *written(here, tmp_path / "a"))
    taken(here, *written(there, tmp_path / "b"))
    assert [conflicts.count(one) for one in (here, there)] == [0, 0]
    assert all(row.words for row in enrolled.participants(there).devices if row.device == device)
    stranger.close()


def test_an_acceptance_with_the_key_of_somebody_else_shows_no_words(desks):
    [here] = desks("王敏")
    device, key = "ab" * 16, here.database.identity.key.public
    with here.database.writing() as connection:
        stating.write(here, connection, [stating.draft_of(Enrolment(device, key, "x", "", ""))])
    rows = {row.device: row for row in enrolled.participants(here).devices}
    assert (rows[device].accepted, rows[device].words) == (True, None)
