"""Cases as a register may hold them, made up by hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from wufei_cells.board.making import ClaimedWay, Found, HeldCertificate, case_of
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, CertificateId, SiteId
from wufei_cells.domain.supervision import Event, EventId, EventKind, EventRow

TODAY = date(2026, 11, 22)
CATEGORIES = ("office", "school")
DISTRICTS = ("east", "west", "north")

near = st.integers(-400, 60).map(lambda days: TODAY + timedelta(days=days))
"""Days around today, some of which clocks claim wrongly."""
limits = st.dictionaries(st.sampled_from(Stage), st.integers(1, 60))
telling = st.sampled_from([EventKind.SUSPEND, EventKind.REINSTATE, EventKind.WITHDRAW, EventKind.CHECK])


@st.composite
def certificates(draw, number=0):
    issued = draw(near)
    until = issued + timedelta(days=draw(st.integers(-2, 120)))
    rows = [
        EventRow(
            EventId(f"e{place}"),
            CertificateId(f"c{number}"),
            Event(draw(telling), issued + timedelta(days=draw(st.integers(-5, 130)))),
            "",
            datetime(2026, 1, 1, tzinfo=UTC),
            draw(st.integers(0, 3)),
        )
        for place in range(draw(st.sampled_from([0, 0, 1, 2, 4])))
    ]
    return HeldCertificate(issued, until, tuple(rows))


@st.composite
def found(draw, number=0):
    ways = [
        ClaimedWay(
            AssessmentId(f"a{number}-{place}"),
            draw(st.lists(st.tuples(st.sampled_from(Stage), st.one_of(near, st.none())), min_size=1, max_size=5)),
        )
        for place in range(draw(st.integers(0, 2)))
    ]
    held = [draw(certificates(place)) for place in range(draw(st.sampled_from([0, 1, 1, 2])))]
    held.sort(key=lambda one: one.issued_on)
    site, category, district = SiteId(f"s{number}"), *(draw(st.sampled_from(keys)) for keys in (CATEGORIES, DISTRICTS))
    return Found(site, category, district, draw(st.one_of(near, st.none())), ways, held)


@st.composite
def cases(draw, most=8):
    return [case_of(draw(found(number)), TODAY) for number in range(draw(st.integers(0, most)))]
