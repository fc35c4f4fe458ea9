"""A check tells what the office signed, how it stands, and whether this register says the same."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date

import pytest
import segno
from PIL import Image

from tests.samples.registers import add_site, open_register, scored
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import Problem, UserError
from wufei_cells.services import assessing, certifying, deciding, office_keys, status_listing, supervising, verifying
from wufei_cells.services.verifying import Agreement
from wufei_cells.signing import key_file
from wufei_cells.signing.proofs import prove
from wufei_cells.signing.records import content_of
from wufei_cells.signing.verdicts import Verdict
from wufei_cells.store import key_queries

PASSPHRASE = "一二三四五六七八"  # noqa: S105 - opens nothing but what the tests make


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """The strength of the passphrase's protection is tested with the file itself."""
    monkeypatch.setattr(key_file, "ROUNDS", 1_000)


@pytest.fixture
def key(workspace):
    return office_keys.make_key(workspace, PASSPHRASE)


def issued(workspace, key, name="甲单位"):
    row = scored(workspace, add_site(workspace, name))
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    return certifying.issue_certificate(workspace, row.id, key=key)


def content(workspace, certificate):
    with workspace.database.reading() as connection:
        records = key_queries.records(connection, certificate.number)
    return content_of(records[0])


@pytest.fixture
def certificate(workspace, key):
    return issued(workspace, key)


@pytest.fixture
def text(certificate):
    return certificate.proof


def check(workspace, text, **how):
    [found] = verifying.verify_text(verifying.grounds_of(workspace, **how), text)
    return found


def codes(found):
    return [note.code.removeprefix("verify.note_") for note in found.verification.notes]


def withdraw(workspace, certificate, kind=EventKind.WITHDRAW):
    supervising.record_event(workspace, certificate.id, Event(kind, workspace.today(), reason="弄虚作假"))


# --- against the register


def test_what_the_register_issued_is_valid_and_agrees(workspace, text, certificate):
    found = check(workspace, text)
    assert (found.verification.verdict, found.agreement, found.holds) == (Verdict.VALID, Agreement.AGREES, True)
    said = found.verification.content
    assert said is not None
    assert (said.number, said.site_name, said.issued_on) == (certificate.number, "甲单位", certificate.issued_on)


def test_a_number_with_something_else_in_it_is_named_although_the_signature_is_right(workspace, key, text, certificate):
    forged = replace(content(workspace, certificate), site_name="乙单位", record=bytes(16))
    found = check(workspace, prove(key, forged))
    assert (found.verification.verdict, found.agreement) == (Verdict.VALID, Agreement.DIFFERS)
    assert found.differences == ("site_name", "record")
    assert not found.holds


def test_a_number_of_another_machine_is_unknown_and_may_still_hold(workspace, key, text, certificate):
    other = replace(content(workspace, certificate), number="SC-JG-2026-999")
    found = check(workspace, prove(key, other))
    assert (found.agreement, found.holds) == (Agreement.UNKNOWN, True)


@pytest.mark.parametrize("kind", [EventKind.SUSPEND, EventKind.WITHDRAW])
def test_what_the_register_took_back_does_not_hold(workspace, text, certificate, kind, clock):
    withdraw(workspace, certificate, kind)
    found = check(workspace, text)
    names = {EventKind.SUSPEND: "suspended", EventKind.WITHDRAW: "withdrawn"}
    assert (found.verification.verdict.value, found.verification.since) == (names[kind], workspace.today())
    assert codes(found)[-1] == f"register_{names[kind]}"
    assert not found.holds


def test_what_is_not_proved_is_not_compared(workspace, text):
    found = check(workspace, text[:-1] + ("0" if text[-1] != "0" else "1"))
    assert (found.agreement, found.holds) == (Agreement.NOT_ASKED, False)


# --- from files


def pdf(*texts):
    return b"%PDF-1.7\n/Keywords (" + ", ".join(texts).encode() + b")\n%%EOF"


def test_all_certificates_of_a_pdf_are_checked(workspace, key, text):
    second = issued(workspace, key, "乙单位").proof
    found = verifying.verify_file(verifying.grounds_of(workspace), pdf(text, second))
    assert [one.verification.content.site_name for one in found if one.holds] == ["甲单位", "乙单位"]


def test_the_paper_of_a_pdf_can_be_compared(workspace, text):
    def odd(paper, said):
        return (Problem("paper.differs", values={"number": said.number, "size": len(paper)}),)

    [found] = verifying.verify_file(verifying.grounds_of(workspace), pdf(text), paper=odd)
    assert [note.code for note in found.verification.notes][-1] == "paper.differs"


def test_a_photo_of_the_code_is_checked(workspace, text):
    drawn, taken = io.BytesIO(), io.BytesIO()
    segno.make(text, error="m", boost_error=False).save(drawn, kind="png", scale=5, border=4)
    sheet = Image.new("RGB", (900, 1200), "white")
    sheet.paste(Image.open(drawn).convert("RGB"), (300, 600))
    sheet.rotate(90, expand=True).save(taken, "JPEG", quality=70)
    [found] = verifying.verify_file(verifying.grounds_of(workspace), taken.getvalue())
    assert found.holds


def test_files_without_a_certificate_say_so(workspace):
    blank = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(blank, "PNG")
    for content_ in (pdf(), blank.getvalue()):
        [found] = verifying.verify_file(verifying.grounds_of(workspace), content_)
        assert (found.verification.verdict, codes(found)) == (Verdict.UNREADABLE, ["no_code"])
    for content_ in (b"", b"\x00\xff" * 50, "会议纪要".encode("gb18030")):
        [found] = verifying.verify_file(verifying.grounds_of(workspace), content_)
        assert found.verification.verdict is Verdict.UNREADABLE


def test_files_are_enough(workspace, key, text, certificate):
    keys = office_keys.announcements_file(workspace)
    withdraw(workspace, certificate)
    status = status_listing.make_list(workspace, key).written()
    today = date(2026, 12, 1)
    [plain] = verifying.verify_text(verifying.grounds_from_files(keys, None, today), text)
    assert (plain.verification.verdict, plain.agreement) == (Verdict.VALID, Agreement.NOT_ASKED)
    [listed] = verifying.verify_text(verifying.grounds_from_files(keys, status, today), text)
    assert (listed.verification.verdict, listed.verification.age) == (Verdict.WITHDRAWN, 29)
    [nobody] = verifying.verify_text(verifying.grounds_from_files(None, None, today), text)
    assert nobody.verification.verdict is Verdict.UNKNOWN_KEY
    json.dumps([verifying.plain(one) for one in (plain, listed, nobody)])


# --- the list


def test_a_list_holds_only_what_is_suspended_or_withdrawn(workspace, key, certificate):
    issued(workspace, key, "乙单位")
    assert status_listing.make_list(workspace, key).certificates == {}
    withdraw(workspace, certificate)
    made = status_listing.make_list(workspace, key)
    assert list(made.certificates) == [certificate.number]
    assert (made.as_of, made.issuer) == (date(2026, 11, 2), "山城市无废办")


def test_a_list_that_was_taken_in_counts_on_another_machine(workspace, key, text, certificate, tmp_path, clock):
    folder = tmp_path / "another"
    folder.mkdir()
    other = open_register(folder, clock)
    copy = office_keys.export_key(workspace, tmp_path / "copy.pem").read_bytes()
    office_keys.import_key(other, copy, PASSPHRASE, introduce=True)
    assert check(other, text).holds
    withdraw(workspace, certificate)
    status_listing.take_in(other, status_listing.make_list(workspace, key).written())
    found = check(other, text)
    assert (found.verification.verdict, found.agreement) == (Verdict.WITHDRAWN, Agreement.UNKNOWN)
    other.close()


def test_an_older_list_is_not_taken_in_and_the_newer_one_stays(workspace, key, clock):
    older = status_listing.make_list(workspace, key)
    clock.forward(days=9)
    newer = status_listing.make_list(workspace, key)
    assert status_listing.take_in(workspace, newer.written()) == newer
    with pytest.raises(UserError, match=r"status_list\.older"):
        status_listing.take_in(workspace, older.written())
    assert verifying.grounds_of(workspace).status == newer
    assert verifying.grounds_of(workspace, status=older.written()).status == newer
    clock.forward(days=-5)
    with pytest.raises(UserError, match="clock_slow"):
        status_listing.make_list(workspace, key)


def test_an_older_list_of_the_same_day_brings_nothing_back(workspace, key, text, certificate):
    before = status_listing.make_list(workspace, key)
    withdraw(workspace, certificate)
    after = status_listing.make_list(workspace, key)
    assert (before.serial, after.serial) == (1, 2)
    assert verifying.grounds_of(workspace).status == after, "what was written here is known here"
    with pytest.raises(UserError, match=r"status_list\.older"):
        status_listing.take_in(workspace, before.written())
    assert verifying.grounds_of(workspace, status=before.written()).status == after


def test_only_the_key_in_use_signs_lists(workspace, key):
    office_keys.succeed(workspace, key, PASSPHRASE)
    with pytest.raises(UserError, match="given_up"):
        status_listing.make_list(workspace, key)
