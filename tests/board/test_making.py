"""Cases are made of what clocks claimed and what certificates say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.board import strategies
from tests.board.strategies import TODAY
from wufei_cells.board.cases import Entered, Span
from wufei_cells.board.making import ClaimedWay, Found, HeldCertificate, case_of, held_in, turns_of
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import AssessmentId, SiteId
from wufei_cells.domain.supervision import holding

VALID = CertificateState.VALID
EVERY_DAY = [TODAY + timedelta(days=days) for days in range(-420, 330, 1)]


@given(st.lists(strategies.certificates(), max_size=3))
def test_a_site_holds_on_exactly_the_days_on_which_one_of_its_certificates_does(certificates):
    certificates.sort(key=lambda one: one.issued_on)
    held = held_in(turns_of(certificates))
    for day in EVERY_DAY:
        states = [holding(one.events, one.issued_on, one.valid_until, day).state for one in certificates]
        assert any(span.first <= day <= span.last for span in held) == (VALID in states), day


@given(st.lists(strategies.certificates(), max_size=3))
def test_the_days_on_which_a_site_holds_are_apart_and_rise(certificates):
    held = held_in(turns_of(certificates))
    assert all(span.first <= span.last for span in held)
    assert all(before.last + timedelta(days=1) < after.first for before, after in pairwise(held))


@given(strategies.certificates(), st.sampled_from(EVERY_DAY))
def test_one_certificate_stands_as_supervision_says(certificate, day):
    case = case_of(Found(SiteId("s"), "office", "east", TODAY, (), (certificate,)), TODAY)
    said = holding(certificate.events, certificate.issued_on, certificate.valid_until, day).state
    before_all = min([certificate.issued_on, certificate.valid_until, *(row.event.on for row in certificate.events)])
    assert case.certificate_on(day) is (said if day >= before_all or said is not CertificateState.NOT_YET else None)


@given(strategies.found())
def test_stage_days_rise_and_none_is_to_come_or_before_the_site_was_known(found):
    case = case_of(found, TODAY)
    assert case.registered_on <= TODAY or (case.held and case.registered_on <= case.held[0].first)
    for way, claimed in zip(case.ways, found.ways, strict=True):
        days = [case.registered_on, *(one.on for one in way.entered), TODAY]
        assert days == sorted(days)
        assert way.entered[-1].stage is claimed.stages[-1][0]
    assert case.stage_on(TODAY) == (
        case.ways[-1].entered[-1] if case.ways else Entered(Stage.REGISTERED, case.registered_on)
    )


def test_a_clock_that_ran_ahead_is_put_right_and_told():
    ahead = TODAY + timedelta(days=30)
    behind = TODAY - timedelta(days=200)
    registered = TODAY - timedelta(days=50)
    way = ClaimedWay(AssessmentId("a"), [(Stage.SCORING, behind), (Stage.FINISHED, ahead), (Stage.APPROVED, None)])
    case = case_of(Found(SiteId("s"), "office", "east", registered, [way]), TODAY)
    assert case.ways[0].entered == (
        Entered(Stage.SCORING, registered),
        Entered(Stage.FINISHED, TODAY),
        Entered(Stage.APPROVED, TODAY),
    )
    assert case.put_right == 3


def test_a_later_remark_at_the_same_stage_does_not_start_its_time_anew():
    days = [TODAY - timedelta(days=back) for back in (9, 5, 1)]
    way = ClaimedWay(
        AssessmentId("a"), [(Stage.SCORING, days[0]), (Stage.FINISHED, days[1]), (Stage.FINISHED, days[2])]
    )
    case = case_of(Found(SiteId("s"), "office", "east", days[0], [way]), TODAY)
    assert case.ways[0].entered[-1] == Entered(Stage.FINISHED, days[1])


def test_a_certificate_from_before_the_site_was_entered_counts_from_its_first_day():
    earlier = TODAY - timedelta(days=100)
    certificate = HeldCertificate(earlier, date(2029, 1, 1))
    case = case_of(Found(SiteId("s"), "office", "east", TODAY, (), (certificate,)), TODAY)
    assert (case.registered_on, case.held) == (earlier, (Span(earlier, date(2029, 1, 1)),))
    assert case.put_right == 0
