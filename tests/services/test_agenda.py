"""The calendar: everything that has a day, once, in order; as a file and on paper."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import icalendar
import pypdfium2
import pytest

from tests.samples.registers import (
    OFFICE,
    PROCESS,
    HandClock,
    add_site,
    brought,
    open_register,
    published,
    scored,
)
from tests.services.conftest import WORDS
from tests.services.steering_samples import steering_criteria
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.agenda import AgendaFilter, AgendaKind
from wufei_cells.domain.criteria import Criteria
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.follow_ups import FollowUp, Subject
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.domain.visits import Visit
from wufei_cells.errors import UserError
from wufei_cells.services import (
    finding_faults,
    following_up,
    printing_agenda,
    registering,
    supervising,
    targeting,
    visiting,
)
from wufei_cells.services.agenda import agenda
from wufei_cells.wording import Wording

TODAY = date(2026, 11, 2)
END = date(2027, 12, 31)
FOREVER = (TODAY - timedelta(days=30), date(2029, 12, 31))
ENGLISH = Wording(shipped.wording_catalogue(), "en")


@pytest.fixture
def workspace(tmp_path):
    plain = steering_criteria()
    name, profile = plain.profile
    process = PROCESS.replace("  first_review: yes\n  four_eyes: yes\n", "").replace("  application: yes\n", "")
    given = Criteria(plain.checklists, (name, profile + process.replace("assessors: 2", "assessors: 1").encode()))
    opened = open_register(tmp_path, HandClock(), given=given)
    yield opened
    opened.close()


@pytest.fixture
def busy(workspace):
    """A register with something of each kind."""
    office = workspace.acting_as(OFFICE)
    row = scored(workspace)
    registering.edit_site(workspace, row.site, address="和平路 1 号", contact="孙经理", phone="0391-100")
    finding_faults.record_finding(
        workspace, row.id, FindingDraft("A1", text="标识不全", due="2026-11-20", responsible="孙经理")
    )
    brought(workspace, row.id, Stage.APPROVED)
    published(office, [row.id])
    workspace.clock.forward(days=7)
    certificate = brought(workspace, row.id, Stage.CERTIFIED)
    assert certificate.stage is Stage.CERTIFIED
    number = supervising.due(workspace, date(2029, 11, 1))[0].certificate.number
    today = workspace.today()
    order = Event(EventKind.ORDER, today, "台账缺页", until=today + timedelta(days=10))
    supervising.record_event(office, number, order)
    add_site(workspace, "乙单位", district="west")
    visiting.plan(workspace, Visit("甲单位", TODAY + timedelta(days=9), ("王敏",), time(9, 30), "带台账"))
    visiting.plan(workspace, Visit("乙单位", TODAY + timedelta(days=9), ("赵敏",)))
    gone = visiting.plan(workspace, Visit("乙单位", TODAY + timedelta(days=8), ("赵敏",)))
    visiting.cancel(workspace, gone.row.id, "停电")
    due = today + timedelta(days=14)
    following_up.follow_up(office, FollowUp(Subject(district="west"), "remind", today, "请抓紧申报", due=due))
    targeting.set_target(office, 1, by=END, category="office", district="west")
    return workspace


def told(workspace, first=FOREVER[0], last=FOREVER[1], **wanted):
    return agenda(workspace, first, last, AgendaFilter(**wanted))


def test_everything_that_has_a_day_is_there_once_and_in_order(busy):
    found = told(busy)
    assert [entry.first for entry in found] == sorted(entry.first for entry in found)
    kinds = [entry.kind for entry in found]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        AgendaKind.VISIT: 2,
        AgendaKind.NOTICE: 1,
        AgendaKind.FINDING: 1,
        AgendaKind.ORDER: 1,
        AgendaKind.FOLLOW_UP: 1,
        AgendaKind.REPORT: 3,
        AgendaKind.TARGET: 1,
        AgendaKind.RENEWAL: 1,
        AgendaKind.EXPIRY: 1,
    }
    by_kind = {entry.kind: entry for entry in found}
    assert by_kind[AgendaKind.EXPIRY].first == date(2029, 11, 9)
    assert by_kind[AgendaKind.RENEWAL].first == date(2029, 5, 9)
    assert by_kind[AgendaKind.NOTICE].last - by_kind[AgendaKind.NOTICE].first == timedelta(days=6)
    assert [count for _part, count in by_kind[AgendaKind.TARGET].parts] == [3, 2, 2, 1]


def test_every_day_belongs_to_exactly_the_periods_that_hold_it(busy):
    """Whoever asks for a period in halves gets the same entries; those over several days in both."""
    whole = told(busy)
    middle = TODAY + timedelta(days=9)
    halves = {*told(busy, last=middle), *told(busy, first=middle + timedelta(days=1))}
    assert halves == set(whole)
    for entry in whole:
        assert entry in told(busy, entry.first, entry.first)
        assert entry in told(busy, entry.last, entry.last)
        assert entry not in told(busy, entry.last + timedelta(days=1), entry.last + timedelta(days=1))


def test_it_is_narrowed_by_kind_part_and_person(busy):
    assert {entry.kind for entry in told(busy, kinds=frozenset({AgendaKind.VISIT}))} == {AgendaKind.VISIT}
    west = {entry.kind for entry in told(busy, district="west")}
    assert AgendaKind.EXPIRY not in west
    assert {AgendaKind.VISIT, AgendaKind.FOLLOW_UP, AgendaKind.TARGET} <= west
    assert [entry.about.zh for entry in told(busy, person="王敏")] == ["甲单位"]
    assert {entry.kind for entry in told(busy, category="school")} <= {
        *(AgendaKind.NOTICE, AgendaKind.FOLLOW_UP, AgendaKind.REPORT, AgendaKind.TARGET),
    }


def test_what_is_done_is_in_no_calendar(busy):
    [row] = following_up.follow_ups(busy)
    following_up.settle(busy, row.row.id, done_on=busy.today(), outcome="已申报")
    number = told(busy, kinds=frozenset({AgendaKind.EXPIRY}))[0].note
    supervising.record_event(busy, number, Event(EventKind.MENDED, busy.today(), "已补"))
    kinds = {entry.kind for entry in told(busy)}
    assert not kinds & {AgendaKind.FOLLOW_UP, AgendaKind.ORDER}
    supervising.record_event(busy, number, Event(EventKind.WITHDRAW, busy.today(), "弄虚作假"))
    assert not {entry.kind for entry in told(busy)} & {AgendaKind.EXPIRY, AgendaKind.RENEWAL}


def test_days_that_cannot_be_asked_for_are_refused(workspace):
    with pytest.raises(UserError, match=r"agenda\.backwards"):
        agenda(workspace, TODAY, TODAY - timedelta(days=1))
    with pytest.raises(UserError, match=r"agenda\.too_long"):
        agenda(workspace, TODAY, date(2099, 1, 1))


# --- the file


def unfolded(content: bytes) -> list[str]:
    """Read lines as RFC 5545 has them, by hand: none longer than 75 octets, no character cut in two."""
    lines = content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    found: list[str] = []
    for line in lines:
        text = line.decode()
        if text.startswith(" "):
            found[-1] += text[1:]
        else:
            found.append(text)
    return found


@pytest.mark.parametrize("words", [WORDS, ENGLISH], ids=["zh", "en"])
def test_another_calendar_reads_the_file(busy, words):
    entries = told(busy)
    content = printing_agenda.agenda_file(busy, entries, words)
    read = icalendar.Calendar.from_ical(content)
    events = read.walk("VEVENT")
    whole = [(event, entry) for event, entry in zip(events, entries, strict=True) if entry.time is None]
    assert [event.decoded("dtstart") for event, _entry in whole] == [entry.first for _event, entry in whole]
    assert [event.decoded("dtend") - timedelta(days=1) for event, _ in whole] == [entry.last for _, entry in whole]
    assert len({str(event["uid"]) for event in events}) == len(entries)
    [visit] = [event for event in events if "09:30" in event["summary"]]
    [planned] = [entry for entry in entries if entry.time is not None]
    begins = datetime.combine(planned.first, time(9, 30))
    assert (visit.decoded("dtstart"), visit.decoded("dtend")) == (begins, begins + timedelta(hours=1))
    assert visit["location"] == "和平路 1 号"
    assert "带台账" in visit["description"]
    assert "0391-100" in visit["description"]
    lines = unfolded(content)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert sum(line.startswith("DTSTART;VALUE=DATE:") for line in lines) == len(entries) - 1
    assert f"DTSTART:{begins:%Y%m%dT%H%M%S}" in lines, "a time without a zone is that of the place"
    assert not any(line.startswith("BEGIN:VALARM") for line in lines)


def test_an_entry_keeps_its_name_when_it_moves(busy):
    def names():
        read = icalendar.Calendar.from_ical(printing_agenda.agenda_file(busy, told(busy), WORDS))
        return {str(event["uid"]): event.decoded("dtstart") for event in read.walk("VEVENT")}

    before = names()
    [view] = [view for view in visiting.visits(busy) if view.row.said.time]
    visiting.change(busy, view.row.id, Visit(view.row.said.site, END, ("王敏",)))
    after = names()
    assert before.keys() == after.keys()
    assert [key for key in before if before[key] != after[key]] == [f"visit-{view.row.id}@wufei-cells"]


def test_long_chinese_notes_with_signs_of_the_format_survive(workspace):
    add_site(workspace)
    note = "带台账；看仓库,问\\三件事\n" + "𬇙水" * 60
    visiting.plan(workspace, Visit("甲单位", TODAY, ("王敏",), note=note))
    content = printing_agenda.agenda_file(workspace, told(workspace), WORDS)
    unfolded(content)
    [visit] = [
        event for event in icalendar.Calendar.from_ical(content).walk("VEVENT") if "甲单位" in str(event["summary"])
    ]
    assert str(visit["description"]).startswith(note)


# --- the paper


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.fixture(scope="module")
def fonts():
    files = shipped.font_files()
    return DocumentFonts({face: files[face] for face in Face})


@pytest.mark.parametrize("words", [WORDS, ENGLISH], ids=["zh", "en"])
def test_the_visits_of_a_week_are_printed_with_addresses_and_telephones(busy, fonts, words):
    somewhere = TODAY + timedelta(days=9)
    first = somewhere - timedelta(days=somewhere.weekday())
    last = first + timedelta(days=6)
    content = printing_agenda.agenda_pdf(busy, first, last, fonts, words)
    text = text_of(content)
    for said in ("09:30", "甲单位", "和平路", "孙经理", "0391-100", "王敏", "带台账", "乙单位", "赵敏"):
        assert said in text, said
    assert content == printing_agenda.agenda_pdf(busy, first, last, fonts, words)
    empty = printing_agenda.agenda_pdf(busy, date(2028, 1, 3), date(2028, 1, 4), fonts, words)
    assert words.say("agenda.nothing").replace(" ", "") in text_of(empty).replace(" ", "")
