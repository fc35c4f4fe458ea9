"""Signatures at the end of a visit: what was signed, and whether it is still what stands."""

from __future__ import annotations

import pytest

from tests.samples.registers import scored
from tests.services.teams import LI, ZHAO, alone, started
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.signatures import Signer
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, signing_off, teaming, undoing

STROKES = (((10, 20), (300, 180)), ((400, 5),))


@pytest.fixture
def row(workspace):
    return scored(workspace)


def test_a_signature_is_kept_as_drawn_with_who_signed_for_whom(workspace, row, clock):
    given = signing_off.sign(workspace, row.id, " 张  厂长 ", Signer.UNIT, STROKES)
    assert (given.name, given.part, given.strokes, given.holds) == ("张 厂长", Signer.UNIT, STROKES, True)
    assert (given.signed_at, given.author) == (clock.second, workspace.person.name)
    assert signing_off.signatures(workspace, row.id) == (given,)


def test_a_further_signature_and_finishing_leave_it_standing_and_another_answer_does_not(workspace, row):
    signing_off.sign(workspace, row.id, LI, Signer.ASSESSOR, STROKES)
    signing_off.sign(workspace, row.id, ZHAO, Signer.ASSESSOR, STROKES)
    assessing.finish_assessment(workspace, row.id)
    assert [one.holds for one in signing_off.signatures(workspace, row.id)] == [True, True]
    assessing.reopen_assessment(workspace, row.id, reason="补看")
    assessing.record_answer(workspace, row.id, "B1", Answer("no"))
    assert [one.holds for one in signing_off.signatures(workspace, row.id)] == [False, False]
    signing_off.sign(workspace, row.id, LI, Signer.ASSESSOR, STROKES)
    assert [one.holds for one in signing_off.signatures(workspace, row.id)] == [False, False, True]


def test_taking_one_away_can_be_taken_back(workspace, row, clock):
    given = signing_off.sign(workspace, row.id, LI, Signer.ASSESSOR, STROKES)
    clock.forward(hours=2)
    signing_off.remove(workspace, given.id)
    assert signing_off.signatures(workspace, row.id) == ()
    undoing.undo(workspace, row.id)
    assert signing_off.signatures(workspace, row.id) == (given,)
    undoing.undo(workspace, row.id)
    assert signing_off.signatures(workspace, row.id) == ()
    with pytest.raises(UserError, match=r"signing\.unknown"):
        signing_off.remove(workspace, given.id)


@pytest.mark.parametrize(
    ("name", "strokes", "codes"),
    [
        ("", (), ["signing.no_name", "signing.empty"]),
        ("李", (((1, 1),),), ["signing.empty"]),
        ("李", (((0, 0), (1001, 0)),), ["signing.outside"]),
        ("李", (((0, 0), (0.5, 0)),), ["signing.outside"]),
        ("李", (((0, 0), (True, 0)),), ["signing.outside"]),
        ("李", (((0, 0), (1, 0)), ()), ["signing.outside"]),
        ("李", (((0, 0), (1, 0)),) * 201, ["signing.too_long"]),
        ("李", (((0, 0),) * 20_001,), ["signing.too_long"]),
        ("李\x00", STROKES, ["field.control_character"]),
        ("李" * 121, STROKES, ["field.too_long"]),
    ],
)
def test_everything_wrong_is_told_and_nothing_is_kept(workspace, row, name, strokes, codes):
    with pytest.raises(ProblemsFound) as found:
        signing_off.sign(workspace, row.id, name, Signer.ASSESSOR, strokes)
    assert [problem.code for problem in found.value.problems] == codes
    assert signing_off.signatures(workspace, row.id) == ()


def test_whoever_scores_alone_signs_their_own_sheet(workspace):
    sheet = alone(workspace, started(workspace).id, LI)
    with pytest.raises(UserError, match=r"teaming\.hidden"):
        signing_off.sign(workspace, sheet.id, ZHAO, Signer.ASSESSOR, STROKES)
    assert signing_off.sign(workspace.acting_as(LI), sheet.id, LI, Signer.ASSESSOR, STROKES).holds
    teaming.lock(workspace.acting_as(LI), sheet.id)
    assert signing_off.signatures(workspace, sheet.id)[0].holds
