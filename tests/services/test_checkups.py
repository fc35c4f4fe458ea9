"""X-rays: each check tells when its cause is there, and no longer when it is mended; one file and all agree."""

from __future__ import annotations

import string
from datetime import date

import pytest

from tests.samples.registers import add_site, scored
from tests.services.checkup_causes import (
    LASTING,
    MENDED,
    TODAY,
    certified,
    conflict,
    decided_own,
    found,
    lay_down,
    photo,
    put,
)
from tests.services.teams import LI, ZHAO, alone, started
from tests.store.foreign import Act, take_in
from wufei_cells import shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checkups import Cell, Check, Weight
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    browsing,
    checkups,
    evidencing,
    finding_faults,
    office_keys,
    registering,
    teaming,
)
from wufei_cells.signing import key_file
from wufei_cells.store import certificate_queries
from wufei_cells.wording import Wording


@pytest.fixture
def workspace(workspace):
    """The sample city, for which nothing is a close call, so that full marks alone give no hint."""
    lay_down(workspace, edge_points="0")
    return workspace


def test_every_check_is_tried_here():
    assert {Check(case.__name__) for case in MENDED} == set(Check) - LASTING


@pytest.mark.parametrize("case", MENDED, ids=lambda case: case.__name__)
def test_a_check_tells_while_its_cause_is_there_and_one_file_says_what_the_register_says(workspace, clock, case):
    check, steps = Check(case.__name__), case(workspace, clock)
    assessment = next(steps)
    hints = checkups.of_file(workspace, assessment)
    assert check in {hint.check for hint in hints}
    assert all(hint.site and hint.assessment for hint in hints)
    wording = Wording(shipped.wording_catalogue(), "zh")
    assert not any("{" in checkups.sentence(hint, wording) for hint in hints)
    agree(workspace, assessment)
    assert next(steps, None) is None
    assert check not in found(workspace, assessment)
    agree(workspace, assessment)


def agree(workspace, assessment):
    site = browsing.assessment(workspace, assessment).site
    of_all = [hint for hint in checkups.of_register(workspace) if hint.site == site]
    assert of_all == list(checkups.of_file(workspace, assessment))


# --- what is exact about them


def test_nothing_is_told_of_full_marks_on_record(workspace):
    row = scored(workspace)
    assert checkups.of_file(workspace, row.id) == checkups.of_register(workspace) == ()


def test_a_close_call_is_one_on_both_sides_of_the_mark_and_no_further(workspace):
    lay_down(workspace, edge_points="1")
    row = scored(workspace)
    told = {}
    for part in range(820, 891, 5):
        assessing.record_answer(workspace, row.id, "A2", Answer({"part": str(part), "whole": "1000"}))
        total = browsing.sheet(workspace, row.id).scorecard.total.low
        told[total] = Check.EDGE_MARK in found(workspace, row.id)
    assert any(told.values())
    assert told == {total: abs(total - 15) <= 1 for total in told}


def test_a_share_is_high_from_the_percentage_on_that_the_city_names(workspace):
    row = scored(workspace, B1=Answer(None, "没有食堂"))
    for limit, high in (("24", True), ("25", True), ("26", False)):
        lay_down(workspace, na_share=limit)
        assert (Check.NA_SHARE in found(workspace, row.id)) is high


def test_a_hint_leads_to_the_item(workspace, clock):
    row = next(conflict(workspace, clock))
    [hint] = [one for one in checkups.of_file(workspace, row) if one.check is Check.CONFLICT]
    assert (hint.weight, hint.assessment, hint.item) == (Weight.ERROR, row, "B1")


def test_four_eyes_make_the_same_person_a_contradiction(workspace, clock):
    row = next(decided_own(workspace, clock))
    for wanted, weight in (("no", Weight.NOTE), ("yes", Weight.ERROR)):
        lay_down(workspace, four_eyes=wanted)
        [hint] = [one for one in checkups.of_file(workspace, row) if one.check is Check.DECIDED_OWN]
        assert hint.weight is weight


def test_facts_that_change_after_the_certificate_break_nothing(workspace):
    row, _certificate = certified(workspace)
    registering.edit_site(workspace, row.site, facts={"canteen": "no"})
    assert not {Check.BASIS_CHANGED, Check.SEAL_BROKEN} & found(workspace, row.id)


def test_photos_of_one_file_and_its_sheets_are_not_held_against_each_other(workspace):
    row = started(workspace)
    sheet = alone(workspace, row.id, workspace.person.name)
    put(workspace, row.id, photo())
    put(workspace, sheet.id, photo(), photo(quality=60))
    assert not {Check.PHOTO_SAME, Check.PHOTO_ALIKE} & found(workspace, row.id)
    agree(workspace, row.id)


def test_one_file_that_cannot_be_read_hides_nothing_of_the_others(workspace, clock):
    told = next(conflict(workspace, clock))
    row = scored(workspace, add_site(workspace, "乙单位"))
    lost = {"site": row.site, "edition": "0" * 64, "column": "onsite", "assessors": ["王敏"], "visited_on": None}
    take_in(workspace.database, [Act("laptop", 9, "assessment", "ghost", "header", 990, lost, ())])
    hints = checkups.of_register(workspace)
    assert {hint.assessment for hint in hints if hint.check is Check.CONFLICT} == {told}
    [unread] = [hint for hint in hints if hint.check is Check.NOT_CHECKED]
    assert (unread.assessment, unread.values["reason"]) == ("ghost", "register.unknown_edition")


# --- certificates on record for good


def another_certificate(workspace, certificate, number):
    """A certificate that another device issued."""
    with workspace.database.reading() as connection:
        record = {**certificate_queries.record_of(connection, certificate), "number": number}
    take_in(workspace.database, [Act("laptop", 7, "certificate", "f" * 32, "record", 970, record, ())])


def test_a_number_that_stands_on_two_certificates_is_told_at_both(workspace):
    row, certificate = certified(workspace)
    another_certificate(workspace, certificate, "SC-JG-2026-001")
    told = [hint for hint in checkups.of_file(workspace, row.id) if hint.check is Check.CERTIFICATE_TWICE]
    assert {hint.certificate for hint in told} == {certificate, "f" * 32}


def test_numbers_that_nothing_explains_are_told_of_the_register(workspace):
    _row, certificate = certified(workspace)
    another_certificate(workspace, certificate, "SC-JG-2026-005")
    [hint] = [hint for hint in checkups.of_register(workspace) if hint.check is Check.CERTIFICATE_LOST]
    assert (hint.site, hint.values["first"], hint.values["last"]) == ("", 2, 4)


def test_a_certificate_without_a_signature_is_told_only_where_the_office_had_a_key(workspace, clock, monkeypatch):
    monkeypatch.setattr(key_file, "ROUNDS", 1_000)
    row, _certificate = certified(workspace)
    assert Check.CERTIFICATE_UNSIGNED not in found(workspace, row.id)
    office_keys.make_key(workspace, "一二三四五六七八", since=TODAY)
    assert Check.CERTIFICATE_UNSIGNED in found(workspace, row.id)
    clock.forward(days=1)
    assert Check.CERTIFICATE_UNSIGNED in found(workspace, row.id)


# --- what may not be seen


def test_the_sheet_of_somebody_who_scores_alone_tells_nothing_to_others_until_all_are_ready(workspace):
    row = started(workspace)
    sheets = {name: alone(workspace, row.id, name) for name in (LI, ZHAO)}
    mine = workspace.acting_as(LI)
    put(mine, sheets[LI].id, photo())
    put(workspace, started(workspace, "乙单位").id, photo())
    finding_faults.record_finding(mine, sheets[LI].id, FindingDraft(text="焚烧垃圾", severity="major"))
    secret = {Check.PHOTO_SAME, Check.FINDING_MAJOR}
    assert secret <= found(mine, row.id)
    assert not secret & {hint.check for hint in checkups.of_register(workspace)}
    assert not secret & found(workspace.acting_as(ZHAO), row.id)
    with pytest.raises(UserError, match=r"teaming\.hidden"):
        checkups.of_file(workspace.acting_as(ZHAO), sheets[LI].id)
    for name, sheet in sheets.items():
        teaming.lock(workspace.acting_as(name), sheet.id)
    assert secret <= {hint.check for hint in checkups.of_register(workspace)}


# --- until when evidence holds


def test_the_day_until_which_a_piece_holds_stays_with_it_under_all_its_items(workspace):
    row = scored(workspace)
    [piece] = put(workspace, row.id, b"%PDF-1.7")
    evidencing.set_until(workspace, row.id, piece, date(2027, 1, 31))
    evidencing.link(workspace, row.id, piece, ["A1"])
    evidencing.caption(workspace, row.id, piece, "B1", "排污许可证")
    rows = evidencing.list_evidence(workspace, row.id)
    assert {(one.item, one.until) for one in rows} == {("A1", date(2027, 1, 31)), ("B1", date(2027, 1, 31))}
    evidencing.set_until(workspace, row.id, piece, None)
    assert {one.until for one in evidencing.list_evidence(workspace, row.id)} == {None}
    with pytest.raises(UserError, match=r"evidencing\.until_far"):
        evidencing.set_until(workspace, row.id, piece, date(1026, 1, 31))
    with pytest.raises(UserError, match=r"evidencing\.not_there"):
        evidencing.set_until(workspace, row.id, "0" * 64, TODAY)


def test_every_hint_is_a_sentence_in_both_languages_that_names_the_same_things():
    catalogue = shipped.wording_catalogue()
    for key in [f"checkup.{check.value}" for check in Check] + [f"check.{check.value}" for check in Check]:
        texts = catalogue[key]
        named = [{name for _, name, _, _ in string.Formatter().parse(texts[one]) if name} for one in ("zh", "en")]
        assert named[0] == named[1], key
    assert {f"weight.{weight.value}" for weight in Weight} | {f"cell.{cell.value}" for cell in Cell} <= set(catalogue)
