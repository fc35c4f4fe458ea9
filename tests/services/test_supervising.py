"""After a certificate was issued: what is noted, what follows from it on which day, and what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.samples.registers import (
    FULL_MARKS,
    add_site,
    apply_for,
    brought,
    criteria,
    criteria_with_process,
    found_in_order,
    open_register,
    scored,
)
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import CertificateId
from wufei_cells.domain.supervision import Event, EventId, EventKind, EventRow, holding
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, certifying, checking, deciding, supervising
from wufei_cells.services.supervising import DueKind, months_before
from wufei_cells.store.journal import Draft

DAY = timedelta(days=1)


@pytest.fixture
def workspace(tmp_path, clock):
    opened = open_register(tmp_path, clock, given=criteria_with_process())
    yield opened
    opened.close()


@pytest.fixture
def certificate(workspace):
    """The certificate of a site of the strict city, issued today for three years."""
    row = brought(workspace, scored(workspace).id, Stage.CERTIFIED)
    return browsing.certificate(workspace, browsing.site(workspace, row.site).certificate)


def note(workspace, certificate, kind, *, reason="核查记录在卷", **more):
    event = Event(kind, more.pop("on", workspace.today()), reason, **more)
    return supervising.record_event(workspace, certificate.number, event)


def refusal(work, *arguments, **named):
    with pytest.raises(UserError) as error:
        work(*arguments, **named)
    problems = error.value.problems if isinstance(error.value, ProblemsFound) else [error.value]
    return [problem.code for problem in problems]


def test_what_follows_from_the_state_only_is_refused(workspace, certificate):
    assert refusal(note, workspace, certificate, EventKind.REINSTATE) == ["supervising.not_suspended"]
    assert refusal(note, workspace, certificate, EventKind.MENDED) == ["supervising.nothing_ordered"]
    note(workspace, certificate, EventKind.SUSPEND)
    assert refusal(note, workspace, certificate, EventKind.SUSPEND) == ["supervising.suspended"]
    note(workspace, certificate, EventKind.WITHDRAW)
    for kind in EventKind:
        more = {"year": 2026} if kind is EventKind.REPORT else {"until": workspace.today()}
        assert refusal(note, workspace, certificate, kind, **more) == ["supervising.withdrawn"]


def test_everything_wrong_with_an_entry_is_told_at_once(workspace, certificate):
    bad = {"reason": " ", "on": workspace.today() + DAY, "until": workspace.today()}
    assert refusal(note, workspace, certificate, EventKind.ORDER, **bad) == [
        "supervising.reason_needed",
        "applying.day_to_come",
        "supervising.deadline_needed",
    ]
    assert refusal(note, workspace, certificate, EventKind.CHECK, on=date(2026, 1, 1)) == ["supervising.before_issue"]
    assert refusal(note, workspace, certificate, EventKind.REPORT, year=2031) == ["supervising.year_needed"]
    assert refusal(note, workspace, certificate, EventKind.RENAME, reason="") == ["supervising.reason_needed"]
    assert supervising.events(workspace, certificate.number) == ()


def test_an_entry_that_was_a_mistake_is_struck_and_stays_in_the_history(workspace, certificate):
    gone = note(workspace, certificate, EventKind.WITHDRAW)
    assert refusal(supervising.strike, workspace, certificate.number, gone.id, reason=" ") == [
        "supervising.strike_reason"
    ]
    assert refusal(supervising.strike, workspace, certificate.number, "f" * 32, reason="x") == [
        "supervising.unknown_event"
    ]
    supervising.strike(workspace, certificate.number, gone.id[:8], reason="登错了单位")
    assert browsing.certificate(workspace, certificate.number).state is CertificateState.VALID
    assert [entry.new.get("struck") for entry in browsing.history(workspace, certificate.id)][1:] == [
        None,
        "登错了单位",
    ]
    assert apply_for(workspace, certificate.site).stage is Stage.APPLIED
    assert checking.doctor(workspace).sound


def test_with_a_clock_before_the_day_of_issue_nothing_is_entered(workspace, certificate, clock):
    clock.forward(days=-3)
    for kind in (EventKind.SUSPEND, EventKind.WITHDRAW, EventKind.CHECK):
        assert refusal(note, workspace, certificate, kind) == ["supervising.before_issue"]
    assert supervising.events(workspace, certificate.number) == ()


def test_what_changes_the_state_is_entered_in_the_order_of_the_days(workspace, certificate, clock):
    clock.forward(days=9)
    note(workspace, certificate, EventKind.SUSPEND)
    clock.forward(days=-4)
    for kind in (EventKind.SUSPEND, EventKind.REINSTATE, EventKind.WITHDRAW, EventKind.ORDER, EventKind.MENDED):
        with pytest.raises(ProblemsFound) as found:
            note(workspace, certificate, kind, until=workspace.today())
        [problem] = found.value.problems
        assert (problem.code, problem.values["last"]) == ("supervising.before_last", workspace.today() + 4 * DAY)
    note(workspace, certificate, EventKind.CHECK)
    clock.forward(days=4)
    note(workspace, certificate, EventKind.REINSTATE)


def test_a_year_is_reported_on_once_unless_the_entry_is_struck(workspace, certificate):
    first = note(workspace, certificate, EventKind.REPORT, year=2026)
    assert refusal(note, workspace, certificate, EventKind.REPORT, year=2026) == ["supervising.reported"]
    supervising.strike(workspace, certificate.number, first.id, reason="登错了单位")
    note(workspace, certificate, EventKind.REPORT, year=2026)


def test_of_a_number_given_twice_the_worse_state_is_published(workspace, certificate):
    note(workspace, certificate, EventKind.SUSPEND)
    record = browsing.history(workspace, certificate.id)[0].new
    with workspace.database.writing() as connection:  # as another device that believed to keep the numbers did
        workspace.write(connection, [Draft("certificate", "f" * 32, "record", {**record, "site": "elsewhere"})])
    [(number, (state, since))] = supervising.standing_states(workspace, workspace.today()).items()
    assert (number, state, since) == (certificate.number, CertificateState.SUSPENDED, workspace.today())


# --- what is due


def kinds(workspace, on):
    return [(entry.kind, entry.by) for entry in supervising.due(workspace, on)]


def test_renewal_is_due_six_months_before_the_end_until_a_new_file_is_opened(workspace, clock, certificate):
    last = certificate.valid_until
    for year in (2026, 2027, 2028):
        clock.moment = clock.moment.replace(year=year + 1, month=3)
        note(workspace, certificate, EventKind.REPORT, year=year)
    opens = months_before(last, 6)
    assert kinds(workspace, opens - DAY) == []
    assert kinds(workspace, opens) == [(DueKind.RENEWAL, last)]
    assert kinds(workspace, last) == [(DueKind.RENEWAL, last)]
    assert kinds(workspace, last + DAY) == [(DueKind.EXPIRED, last)]
    clock.moment = clock.moment.replace(month=8)
    again = apply_for(workspace, certificate.site)
    assert kinds(workspace, opens) == []
    row = assessing.start_assessment(workspace, again.site)
    found_in_order(workspace, row.id)
    assessing.record_answers(workspace, row.id, FULL_MARKS)
    brought(workspace, row.id, Stage.REJECTED)
    assert kinds(workspace, opens) == [(DueKind.RENEWAL, last)]


def test_a_certificate_can_be_renewed_while_the_one_before_still_holds(workspace, clock, certificate):
    clock.moment = clock.moment.replace(year=2029, month=8)
    again = apply_for(workspace, certificate.site)
    assessing.start_assessment(workspace, again.site)
    found_in_order(workspace, again.id)
    assessing.record_answers(workspace, again.id, FULL_MARKS)
    brought(workspace, again.id, Stage.CERTIFIED)
    new, old = browsing.list_certificates(workspace)
    assert (new.renews, new.state, old.state) == (old.number, CertificateState.VALID, CertificateState.VALID)
    assert browsing.progress(workspace).whole.certified == 1
    assert browsing.sites_holding(workspace) == {certificate.site}
    assert [entry.certificate.number for entry in supervising.due(workspace, old.valid_until + DAY)] == []
    note(workspace, new, EventKind.WITHDRAW)
    assert kinds(workspace, old.valid_until + DAY) == []


def test_the_yearly_report_is_due_from_the_day_after_it_should_have_come(workspace, certificate, clock):
    by = date(2027, 3, 30)
    assert kinds(workspace, by) == []
    assert kinds(workspace, by + DAY) == [(DueKind.REPORT, by)]
    clock.moment = clock.moment.replace(year=2027, month=4, day=2)
    note(workspace, certificate, EventKind.REPORT, year=2026)
    assert kinds(workspace, date(2028, 3, 30)) == []
    assert kinds(workspace, date(2028, 4, 1)) == [(DueKind.REPORT, date(2028, 3, 30))]
    [later] = supervising.due(workspace, date(2029, 4, 1))
    assert (later.by, later.years) == (date(2028, 3, 30), (2027, 2028)), "every year that is missing"


def test_an_order_is_due_after_its_day_until_it_is_mended(workspace, certificate, clock):
    by = workspace.today() + 10 * DAY
    note(workspace, certificate, EventKind.ORDER, until=by)
    assert browsing.certificate(workspace, certificate.number).ordered_until == by
    assert kinds(workspace, by) == []
    assert kinds(workspace, by + DAY) == [(DueKind.ORDER, by)]
    clock.forward(days=12)
    note(workspace, certificate, EventKind.MENDED)
    assert kinds(workspace, workspace.today()) == []


# --- one truth in two languages: events in memory, and in the words of the database

FIRST = date(2026, 11, 2)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(
            [EventKind.SUSPEND, EventKind.REINSTATE, EventKind.WITHDRAW, EventKind.ORDER, EventKind.MENDED]
        ),
        st.integers(0, 12),
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A register in which certificates are issued and supervised at will, and its site."""
    from tests.samples.registers import HandClock  # noqa: PLC0415 - its own clock, for all examples

    opened = open_register(tmp_path_factory.mktemp("law"), HandClock(), given=criteria())
    row = scored(opened, add_site(opened))
    assessing.finish_assessment(opened, row.id)
    deciding.decide(opened, row.id, approve=True)
    certificate = certifying.issue_certificate(opened, row.id)
    record = browsing.history(opened, certificate.id)[0].new
    yield opened, certificate, record
    opened.close()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(EVENTS, st.integers(1, 12), st.integers(0, 8))
def test_the_database_counts_what_the_events_say_on_every_day(held, listed, start, length):
    workspace, certificate, record = held
    issued, until = FIRST + start * DAY, FIRST + (start + length) * DAY
    rows = [
        EventRow(
            EventId(f"{at:032}"), CertificateId(certificate.id), Event(kind, FIRST + day * DAY), "", workspace.now(), 0
        )
        for at, (kind, day) in enumerate(listed)
    ]
    drafts = [
        Draft("certificate_event", certificate.id, f"event.{row.id}", supervising._document(row.event)) for row in rows
    ]
    days = {"issued_on": issued.isoformat(), "valid_until": until.isoformat()}
    with workspace.database.writing() as connection:
        standing = supervising.certificate_queries.events_of(connection, [certificate.id])[certificate.id]
        old = [Draft("certificate_event", certificate.id, f"event.{row.id}", {"struck": "x"}) for row in standing]
        workspace.write(connection, [*old, Draft("certificate", certificate.id, "record", {**record, **days}), *drafts])
        rows = list(supervising.certificate_queries.events_of(connection, [certificate.id])[certificate.id])
    for at in range(24):
        day = FIRST + at * DAY
        valid = holding(rows, issued, until, day).state is CertificateState.VALID
        assert browsing.progress(workspace, day).whole.certified == int(valid), (day, listed)
        assert len(browsing.sites_holding(workspace, day)) == int(valid), (day, listed)
