"""The words of the calendar: what an entry is called, and what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.agenda import AgendaEntry, AgendaKind

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.domain.text import Language, Text
    from wufei_cells.wording import Wording

_NUMBERED = (AgendaKind.RENEWAL, AgendaKind.EXPIRY, AgendaKind.ORDER)
"""Kinds whose note is the number of a certificate."""


class AgendaWords:
    """Says entries in one language."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.language: Language = "en" if wording.language == "en" else "zh"

    def say(self, key: str, **values: object) -> str:
        """Give a sentence of this area by the last part of its key."""
        return self._wording.say(f"agenda.{key}", **values)

    def kind(self, kind: AgendaKind) -> str:
        """Name a kind."""
        return self.say(f"kind.{kind.value}")

    def about(self, text: Text) -> str:
        """Give a text of the data."""
        return text.in_language(self.language)

    def title(self, entry: AgendaEntry) -> str:
        """Say an entry in one line, as a calendar shows it."""
        title = self.say("title", kind=self.kind(entry.kind), about=self.about(entry.about) or self.say("gone"))
        return f"{entry.time:%H:%M} {title}" if entry.time else title

    def detail(self, entry: AgendaEntry) -> str:
        """Say what is known besides; empty when nothing is."""
        if entry.kind is AgendaKind.TARGET:
            parts = [self.say("part", part=self.about(part), count=count) for part, count in entry.parts]
            return self.say("joint").join(parts)
        if entry.kind is AgendaKind.REPORT:
            return self.say("report_year", year=entry.note)
        if entry.kind in _NUMBERED:
            return self.say("number", number=entry.note)
        return entry.note

    def days(self, entry: AgendaEntry) -> str:
        """Say on which days it is."""
        first = self.day(entry.first)
        return first if entry.first == entry.last else self.say("days", first=first, last=self.day(entry.last))

    def day(self, day: date) -> str:
        """Say a day with its day of the week."""
        return self.say("day", day=day.isoformat(), weekday=self.say(f"weekday.{day.isoweekday()}"))
