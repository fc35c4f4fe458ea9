"""The office's signature on what it says of devices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wufei_cells.domain.enrolments import Enrolment, Revocation, read_enrolment, read_revocation
from wufei_cells.signing.enrolments import is_signed_by, sign
from wufei_cells.signing.signing_key import device_id, generate

OFFICE, DEVICE = generate(), generate()
ID = device_id(DEVICE.public)
ENROLMENT = Enrolment(ID, DEVICE.public, "王敏的电脑", "p1", "王敏", ("assessor",), ("east",), date(2026, 1, 1))


def test_a_statement_is_read_as_it_was_signed():
    signed = sign(OFFICE, ENROLMENT)
    read = read_enrolment(ID, signed.document())
    assert read == signed
    assert is_signed_by(read, OFFICE.public)
    assert not is_signed_by(read, DEVICE.public)
    revoked = sign(OFFICE, Revocation(ID, 12, "电脑被盗", handed=(("ab" * 16, 3),)))
    assert read_revocation(ID, revoked.document()) == revoked
    assert is_signed_by(revoked, OFFICE.public)


def test_a_signature_covers_everything_and_the_device():
    value = sign(OFFICE, ENROLMENT).document()
    for changed in ({"roles": ["office"]}, {"until": "2030-01-01"}, {"after": 9}, {"serial": 2}, {"person": "p2"}):
        assert not is_signed_by(read_enrolment(ID, {**value, **changed}), OFFICE.public), changed
    assert not is_signed_by(read_enrolment("ab" * 16, value), OFFICE.public)
    assert not is_signed_by(replace(sign(OFFICE, ENROLMENT), seal=None), OFFICE.public)


def test_an_enrolment_that_names_another_key_than_the_devices_is_none():
    assert not is_signed_by(sign(OFFICE, replace(ENROLMENT, key=OFFICE.public)), OFFICE.public)


def test_what_a_newer_program_adds_is_kept_and_signed_once_more():
    newer = {**ENROLMENT.document(), "signed": None, "color": "green"}
    read = read_enrolment(ID, newer)
    again = sign(generate(), sign(OFFICE, read))
    assert again.document()["color"] == "green"
    assert read_enrolment(ID, again.document()).roles == ("assessor",)
    assert is_signed_by(sign(OFFICE, read), OFFICE.public)


def test_what_is_no_statement_is_none():
    value = sign(OFFICE, ENROLMENT).document()
    for wrong in (None, [], {}, {**value, "serial": -1}, {**value, "serial": True}, {**value, "from": "soon"}):
        assert read_enrolment(ID, wrong) is None
    assert read_revocation(ID, {"after": "3"}) is None
