"""The calendar as a file that other calendars take (RFC 5545). The only home of icalendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from wufei_cells.documents.agenda_words import AgendaWords
from wufei_cells.domain.agenda import AgendaKind

if TYPE_CHECKING:
    from icalendar import Component

    from wufei_cells.domain.agenda import AgendaEntry
    from wufei_cells.domain.text import Text
    from wufei_cells.wording import Wording

NAMESPACE = "wufei-cells"
LENGTH = timedelta(hours=1)
"""How long a visit takes: nobody says so when it is planned."""


def write_agenda(entries: Iterable[AgendaEntry], city: Text, wording: Wording, *, key: str, at: datetime) -> bytes:
    """Write entries as events of whole days, or an hour from a known time on, in the language of the wording.

    The same entry has the same id in every file, so a calendar that takes a newer file in changes what it has.

    Args:
        entries: what is written.
        city: whose calendar it is.
        wording: all words but those of the register.
        key: the city's key; entries of the whole city are told apart by it.
        at: when it was written, in UTC.
    """
    words = AgendaWords(wording)
    calendar = Calendar()
    _add(calendar, "prodid", f"-//Wufei Cells//{words.language.upper()}")
    _add(calendar, "version", "2.0")
    _add(calendar, "method", "PUBLISH")
    _add(calendar, "x-wr-calname", words.say("name", city=words.about(city)))
    for entry in entries:
        calendar.add_component(_event(entry, words, key, at))
    return calendar.to_ical()


def _event(entry: AgendaEntry, words: AgendaWords, key: str, at: datetime) -> Event:
    event = Event()
    of_city = f"-{key}" if entry.kind in (AgendaKind.REPORT, AgendaKind.TARGET) else ""
    _add(event, "uid", f"{entry.kind.value}-{entry.key}{of_city}@{NAMESPACE}")
    _add(event, "dtstamp", at)
    first, after = _span(entry)
    _add(event, "dtstart", first)
    _add(event, "dtend", after)
    _add(event, "summary", words.title(entry))
    if entry.place:
        _add(event, "location", entry.place)
    lines = [words.detail(entry), *_people(entry, words)]
    if any(lines):
        _add(event, "description", "\n".join(line for line in lines if line))
    _add(event, "categories", [words.kind(entry.kind)])
    _add(event, "transp", "TRANSPARENT")  # a deadline keeps nobody from a meeting
    return event


def _span(entry: AgendaEntry) -> tuple[date, date]:
    """Give when an entry begins, and the first moment after it; a time without a zone is that of the place."""
    if entry.time is None or entry.first != entry.last:
        return entry.first, entry.last + timedelta(days=1)
    begins = datetime.combine(entry.first, entry.time.replace(tzinfo=None))
    return begins, begins + LENGTH


def _people(entry: AgendaEntry, words: AgendaWords) -> list[str]:
    found: list[str] = []
    if entry.people:
        found.append(words.say("people", names=entry.people))
    if entry.contact or entry.phone:
        found.append(words.say("contact", contact=f"{entry.contact} {entry.phone}".strip()))
    return found


def _add(component: Component, name: str, value: object) -> None:
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType] - the library says nothing of its values
