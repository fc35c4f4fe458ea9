"""A certificate holds only as it was signed, with a key in its time, and while nothing speaks against it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import base45
import cbor2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wufei_cells.signing.announcements import announce
from wufei_cells.signing.content import encode
from wufei_cells.signing.proofs import MARK, prove
from wufei_cells.signing.status_list import Entry, Standing, make_status_list
from wufei_cells.signing.trust import Trust, trust_in
from wufei_cells.signing.verdicts import PROVED, Verdict, verify

TODAY = date(2026, 12, 1)


def parts(text):
    return cbor2.loads(base45.b45decode(text.removeprefix(MARK)))


def joined(payload, key, signature):
    return MARK + base45.b45encode(cbor2.dumps([payload, key, signature])).decode()


def codes(found):
    return [note.code.removeprefix("verify.note_") for note in found.notes]


def listing(key, trust, as_of, **states):
    entries = {number: Entry(Standing(state), as_of) for number, state in states.items()}
    return make_status_list(key, "办公室", as_of, entries, trust.keys.values())


# --- genuine


def test_a_genuine_certificate_in_force_is_valid_and_says_everything(text, trust, content, key):
    found = verify(text, trust, None, TODAY)
    assert (found.verdict, found.content, found.key) == (Verdict.VALID, content, key.id)
    assert (found.age, found.stale, found.notes) == (None, False, ())


@pytest.mark.parametrize("around", [" {}", "{}\n", "\n\t{}  \r\n", "\ufeff{}"[1:]])
def test_space_around_and_line_breaks_inside_do_no_harm(text, trust, around):
    broken = "\r\n".join(text[at : at + 60] for at in range(0, len(text), 60))
    assert verify(around.format(text), trust, None, TODAY).verdict is Verdict.VALID
    assert verify(around.format(broken), trust, None, TODAY).verdict is Verdict.VALID


@pytest.mark.parametrize(
    ("today", "verdict"),
    [
        (date(2026, 11, 1), Verdict.NOT_YET_VALID),
        (date(2026, 11, 2), Verdict.VALID),
        (date(2029, 11, 2), Verdict.VALID),
        (date(2029, 11, 3), Verdict.EXPIRED),
    ],
)
def test_it_holds_from_the_day_of_issue_to_its_last_day(text, trust, today, verdict):
    assert verify(text, trust, None, today).verdict is verdict


def test_a_specimen_and_a_model_checklist_are_named(key, content, trust):
    found = verify(prove(key, replace(content, example=True, model=True)), trust, None, TODAY)
    assert (found.verdict, codes(found)) == (Verdict.VALID, ["example", "model"])


def test_a_certificate_in_another_offices_name_says_so(key, content, trust):
    found = verify(prove(key, replace(content, issuer="别的办公室")), trust, None, TODAY)
    assert codes(found) == ["other_issuer"]


# --- altered


def test_every_altered_field_is_found(key, content, text, trust):
    _, name, signature = parts(text)
    others = {"certificate": "ff" * 16, "record": b"\1" * 16, "example": True, "model": True}
    others |= dict.fromkeys(("issued_on", "valid_until"), date(2030, 1, 1))
    for part in fields(content):
        other = replace(content, **{part.name: others.get(part.name, getattr(content, part.name)) or "别的"})
        if other == content:
            other = replace(content, **{part.name: "别的"})
        found = verify(joined(encode(other), name, signature), trust, None, TODAY)
        assert (found.verdict, found.content) == (Verdict.ALTERED, other), part.name


def test_every_altered_letter_is_found(text, trust):
    for at, letter in enumerate(text):
        for other in {"A", "0", " ", "z", letter.lower()} - {letter}:
            found = verify(text[:at] + other + text[at + 1 :], trust, None, TODAY)
            assert found.verdict in (Verdict.UNREADABLE, Verdict.ALTERED, Verdict.UNKNOWN_KEY), (at, other)


def test_every_altered_bit_of_the_signed_bytes_is_found(text, trust):
    for index in range(3):
        for at in range(len(parts(text)[index])):
            changed = parts(text)
            changed[index] = changed[index][:at] + bytes([changed[index][at] ^ 4]) + changed[index][at + 1 :]
            assert verify(joined(*changed), trust, None, TODAY).verdict not in PROVED


def test_a_text_that_was_cut_off_or_added_to_is_found(text, trust):
    for end in range(len(text)):
        assert verify(text[:end], trust, None, TODAY).verdict is Verdict.UNREADABLE
    for more in ("0", "00", "000", text):
        assert verify(text + more, trust, None, TODAY).verdict is Verdict.UNREADABLE


def test_the_signature_of_another_certificate_does_not_fit(key, content, text, trust):
    other = parts(prove(key, replace(content, number="SL-JG-2026-0002")))
    mine = parts(text)
    assert verify(joined(other[0], mine[1], mine[2]), trust, None, TODAY).verdict is Verdict.ALTERED
    assert verify(joined(mine[0], mine[1], other[2]), trust, None, TODAY).verdict is Verdict.ALTERED


def test_a_signature_made_for_something_else_does_not_fit(key, content, trust):
    payload = encode(content)
    for purpose in (b"", b"wufei-cells key 1\x00", b"wufei-cells status 1\x00"):
        forged = joined(payload, bytes.fromhex(key.id), key.sign(purpose + payload))
        assert verify(forged, trust, None, TODAY).verdict is Verdict.ALTERED


def test_another_key_that_bears_the_name_of_ours_does_not_fit(thief, key, content, trust):
    payload, _, signature = parts(prove(thief, content))
    assert verify(joined(payload, bytes.fromhex(key.id), signature), trust, None, TODAY).verdict is Verdict.ALTERED


@given(st.one_of(st.text(), st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:").map(MARK.__add__)))
@example(MARK)
@example("")
@example(MARK + base45.b45encode(b"\x83" * 3000).decode())
def test_whatever_is_pasted_gets_a_verdict(text):
    assert verify(text, Trust(), None, TODAY).verdict is Verdict.UNREADABLE


@given(st.lists(st.binary(max_size=70), max_size=4))
def test_whatever_is_packed_gets_a_verdict(packed):
    found = verify(MARK + base45.b45encode(cbor2.dumps(packed)).decode(), Trust(), None, TODAY)
    assert found.verdict is Verdict.UNREADABLE


# --- keys


def test_an_unknown_key_proves_nothing_but_shows_what_it_says(thief, content, trust):
    found = verify(prove(thief, content), trust, None, TODAY)
    assert (found.verdict, found.content, found.signer) == (Verdict.UNKNOWN_KEY, content, "")
    assert codes(found) == ["key_unknown"]


def test_certificates_of_the_key_before_stay_genuine_and_new_ones_do_not_come_from_it(
    key, later_key, content, text, first
):
    later = announce(later_key, first.issuer, content.issued_on + timedelta(days=10), predecessor=key)
    trust = trust_in([later, first])
    assert verify(text, trust, None, TODAY).verdict is Verdict.VALID
    assert verify(prove(later_key, content), trust, None, TODAY).verdict is Verdict.VALID
    on_the_day = replace(content, issued_on=later.since)
    assert verify(prove(key, on_the_day), trust, None, TODAY).verdict is Verdict.VALID
    after = replace(content, issued_on=later.since + timedelta(days=1))
    found = verify(prove(key, after), trust, None, TODAY)
    assert (found.verdict, codes(found)) == (Verdict.UNKNOWN_KEY, ["key_given_up"])
    assert verify(prove(later_key, after), trust, None, TODAY).verdict is Verdict.VALID


# --- the list


def test_the_list_suspends_and_withdraws(key, text, trust, content):
    for standing in Standing:
        status = listing(key, trust, TODAY, **{content.number: standing.value})
        found = verify(text, trust, status, TODAY)
        assert (found.verdict.value, found.since, found.age) == (standing.value, TODAY, 0)
    assert verify(text, trust, listing(key, trust, TODAY, other="withdrawn"), TODAY).verdict is Verdict.VALID


def test_withdrawn_is_said_before_expired_and_expired_before_suspended(key, text, trust, content):
    late = date(2035, 1, 1)
    withdrawn = listing(key, trust, TODAY, **{content.number: "withdrawn"})
    suspended = listing(key, trust, TODAY, **{content.number: "suspended"})
    assert verify(text, trust, withdrawn, late).verdict is Verdict.WITHDRAWN
    assert verify(text, trust, suspended, late).verdict is Verdict.EXPIRED


@pytest.mark.parametrize(("days", "stale"), [(0, False), (30, False), (31, True)])
def test_the_age_of_the_list_is_told(key, text, trust, days, stale):
    found = verify(text, trust, listing(key, trust, TODAY), TODAY + timedelta(days=days))
    assert (found.age, found.stale) == (days, stale)


def test_a_slow_clock_does_not_make_an_expired_certificate_hold(key, text, trust, content):
    after = content.valid_until + timedelta(days=1)
    found = verify(text, trust, listing(key, trust, after), date(2027, 1, 1))
    assert (found.verdict, found.judged_on, codes(found)) == (Verdict.EXPIRED, after, ["clock"])


def test_a_slow_clock_is_named_where_only_the_day_of_issue_shows_it(text, trust):
    found = verify(text, trust, None, date(1970, 1, 1))
    assert (found.verdict, codes(found)) == (Verdict.NOT_YET_VALID, ["before_issue"])


def test_the_list_of_another_office_says_nothing_about_ours(thief, text, trust, first, content):
    both = trust_in([first, announce(thief, "别市办公室", date(2026, 1, 1))])
    status = listing(thief, both, TODAY, **{content.number: "withdrawn"})
    found = verify(text, both, status, TODAY)
    assert (found.verdict, found.as_of, codes(found)) == (Verdict.VALID, None, ["list_of_others"])
