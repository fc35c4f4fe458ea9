"""Keys are trusted where they lead back to a first key that a person vouches for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.signing.conftest import OFFICE
from wufei_cells.errors import UserError
from wufei_cells.signing.announcements import announce, read_announcement, read_announcements, write_announcements
from wufei_cells.signing.trust import trust_in

MAY, JUNE = date(2027, 5, 1), date(2027, 6, 1)


def test_an_announcement_is_read_back(first, key, later_key):
    later = announce(later_key, OFFICE, MAY, predecessor=key)
    assert read_announcement(json.loads(json.dumps(first.document()))) == first
    assert read_announcements(write_announcements([first, later])) == (first, later)
    assert read_announcements(json.dumps(later.document()).encode("utf-8-sig")) == (later,)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "wufei-key/2"},
        {"key": "AAAA"},
        {"key": 5},
        {"issuer": ""},
        {"issuer": 5},
        {"issuer": "甲\x1b[2J"},
        {"since": "20260101"},
        {"since": "never"},
        {"predecessor": "xyz"},
        {"predecessor": 0},
        {"signature": "AA"},
        {"signature": None},
        {"more": 1},
    ],
)
def test_what_is_written_otherwise_is_no_announcement(first, change):
    with pytest.raises(UserError, match="bad_announcement"):
        read_announcement({**first.document(), **change})


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"format": "wufei-keys/1", "keys": []}', b"[" * 9999]
)
def test_what_is_no_file_of_announcements_is_refused(content):
    with pytest.raises(UserError, match="bad_announcement"):
        read_announcements(content)


def test_a_first_key_signs_for_itself_and_each_later_one_is_signed_for(first, key, later_key, thief):
    second = announce(later_key, OFFICE, MAY, predecessor=key)
    third = announce(thief, OFFICE, JUNE, predecessor=later_key)
    trust = trust_in([third, second, first])
    assert set(trust.keys) == {first.id, second.id, third.id}
    assert (trust.taken_over_on(first.id), trust.taken_over_on(third.id)) == (MAY, None)
    assert trust.same_office(first.id, third.id)
    assert set(trust_in([third, first]).keys) == {first.id}


def test_nothing_altered_is_trusted(first, key, later_key):
    second = announce(later_key, OFFICE, MAY, predecessor=key)
    for change in ({"since": JUNE}, {"issuer": "别的"}, {"signature": bytes(64)}):
        assert not trust_in([replace(first, **change)]).keys
        assert set(trust_in([first, replace(second, **change)]).keys) == {first.id}


def test_a_key_cannot_follow_one_that_came_later(first, key, later_key):
    early = announce(later_key, OFFICE, date(2020, 1, 1), predecessor=key)
    assert set(trust_in([first, early]).keys) == {first.id}


def test_a_key_that_signs_for_itself_as_a_follower_is_not_trusted(first, thief):
    forged = replace(announce(thief, OFFICE, MAY), predecessor=first.id)
    assert set(trust_in([first, forged]).keys) == {first.id}


def test_others_hand_on_successors_but_no_first_keys_and_no_second_successor(first, key, later_key, thief):
    later = announce(later_key, OFFICE, MAY, predecessor=key)
    trust = trust_in([first])
    assert set(trust.extended([announce(thief, OFFICE, MAY), later]).keys) == {first.id, later.id}
    stolen = announce(thief, OFFICE, date(2026, 2, 1), predecessor=key)
    assert set(trust_in([first, later]).extended([stolen]).keys) == {first.id, later.id}


def test_two_machines_may_each_let_a_key_follow(first, key, later_key, thief):
    both = [announce(later_key, OFFICE, MAY, predecessor=key), announce(thief, OFFICE, JUNE, predecessor=key)]
    assert len(trust_in([first, *both]).keys) == 3
    assert trust_in([first, *both]).taken_over_on(first.id) == MAY
