"""A list counts as it was signed, by a key of the office, and never in place of a newer one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.signing.conftest import OFFICE
from wufei_cells.errors import UserError
from wufei_cells.signing.announcements import announce
from wufei_cells.signing.status_list import Entry, Standing, make_status_list, newer, read_status_list
from wufei_cells.signing.trust import Trust, trust_in

AS_OF = date(2027, 3, 1)
ENTRIES = {
    "SL-JG-2026-0001": Entry(Standing.WITHDRAWN, date(2027, 2, 1)),
    "SL-JG-2026-0002": Entry(Standing.SUSPENDED, AS_OF),
}


@pytest.fixture
def made(key, first):
    return make_status_list(key, OFFICE, AS_OF, ENTRIES, [first])


def refused(content, trust):
    with pytest.raises(UserError) as found:
        read_status_list(content, trust)
    return found.value.code.removeprefix("status_list.")


def written(document):
    return json.dumps(document, ensure_ascii=False).encode()


def test_what_was_written_is_read_back(made, trust):
    assert read_status_list(made.written(), trust) == (made, trust)


def test_every_altered_part_is_found(made, trust, first):
    document = made.document()
    entries = dict(document["certificates"])
    changes = [
        {"issuer": "别的"},
        {"as_of": "2027-03-02"},
        {"serial": 2},
        {"keys": []},
        {"certificates": {}},
        {"certificates": {**entries, "SL-JG-2026-0003": {"state": "withdrawn", "since": "2027-01-01"}}},
        {"certificates": {**entries, "SL-JG-2026-0001": {"state": "suspended", "since": "2027-02-01"}}},
        {"certificates": {**entries, "SL-JG-2026-0001": {"state": "withdrawn", "since": "2027-02-02"}}},
    ]
    assert [refused(written({**document, **change}), trust) for change in changes] == ["altered"] * len(changes)


def test_what_is_no_list_is_refused(made, trust, first):
    document = made.document()
    plain = [b"", b"{}", b"[]", b"\xff\xfe", written(first.document()), made.written()[:-9]]
    changes = (
        {"format": "wufei-status/2"},
        {"as_of": "soon"},
        {"serial": 0},
        {"serial": "1"},
        {"serial": True},
        {"more": 1},
        {"certificates": []},
        {"certificates": {"1": {"state": "valid", "since": "2027-01-01"}}},
        {"certificates": {"1": {"state": "withdrawn"}}},
        {"certificates": {"1": {"state": "withdrawn", "since": "2027-03-02"}}},
        {"certificates": {"\ud800": {"state": "withdrawn", "since": "2027-01-01"}}},
        {"keys": [{}]},
        {"keys": 5},
        {"key": 5},
        {"issuer": None},
        {"signature": "!"},
    )
    broken = [json.dumps({**document, **change}).encode() for change in changes]
    assert {refused(content, trust) for content in [*plain, *broken]} == {"unreadable"}


@given(st.binary(max_size=40))
def test_whatever_is_given_is_refused_with_a_sentence(content):
    assert refused(content, Trust()) == "unreadable"


def test_a_list_of_an_unknown_key_is_refused_even_if_it_brings_its_own(thief, first, trust):
    theirs = make_status_list(thief, OFFICE, AS_OF, {}, [announce(thief, OFFICE, AS_OF)])
    assert refused(theirs.written(), trust) == "unknown_key"


def test_a_list_may_bring_the_key_that_follows(key, later_key, first, trust):
    later = announce(later_key, OFFICE, date(2027, 1, 1), predecessor=key)
    made = make_status_list(later_key, OFFICE, AS_OF, ENTRIES, [first, later])
    found, wider = read_status_list(made.written(), trust)
    assert (found, set(wider.keys)) == (made, {first.id, later.id})


def test_a_key_that_was_given_up_signs_no_newer_lists(key, later_key, first, made):
    later = announce(later_key, OFFICE, date(2027, 1, 1), predecessor=key)
    assert refused(made.written(), trust_in([first, later])) == "key_given_up"


def test_the_newer_list_is_kept(made):
    older = replace(made, as_of=date(2027, 2, 28))
    assert newer(None, older) is older
    assert newer(older, made) is made
    assert newer(made, made) is made
    with pytest.raises(UserError, match=r"status_list\.older"):
        newer(made, older)


def test_of_one_day_the_higher_serial_is_newer(made):
    later = replace(made, serial=2)
    assert newer(made, later) is later
    with pytest.raises(UserError, match=r"status_list\.older"):
        newer(later, made)
