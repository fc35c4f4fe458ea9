"""A comparison as people read it: what is new and gone, then what changed in points, rule, words and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import TYPE_CHECKING

from wufei_cells.checklists.comparison import (
    ORDER,
    Aspect,
    Change,
    Comparison,
    EntryChange,
    FieldChange,
    PartChange,
    Standing,
)
from wufei_cells.checklists.document import edition_document, edition_id
from wufei_cells.documents.change_values import ChangeValues
from wufei_cells.documents.dates import say_date
from wufei_cells.documents.rule_differences import rule_differences
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Checklist, Item

if TYPE_CHECKING:
    from wufei_cells.domain.text import Language
    from wufei_cells.wording import Wording

SHORT_TEXT = 30
_CLEAR_FROM_THE_HEADING = ("edition", "format")


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change: of what, in which respect, what it said and says."""

    subject: str
    respect: str
    old: str
    new: str
    carries: bool | None = None
    """Whether answers carry over; ``None`` where there is nothing to answer."""


@dataclass(frozen=True, slots=True)
class ChangeSection:
    """The changes of one kind."""

    key: str
    """``added``, ``removed``, an aspect, ``groups`` or ``settings``."""
    title: str
    rows: tuple[ChangeRow, ...]

    @property
    def count(self) -> int:
        """How many things changed in this way."""
        return len({row.subject for row in self.rows})


@dataclass(frozen=True, slots=True)
class ChangeNotice:
    """Everything a change notice says, in one language."""

    title: str
    editions: tuple[str, str]
    """The old and the new one, with their days."""
    summary: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    """Short figures with their captions."""
    sections: tuple[ChangeSection, ...]


def change_notice(comparison: Comparison, wording: Wording) -> ChangeNotice:
    """Put a comparison into words."""
    return _Teller(comparison, wording).notice()


class _Teller:
    """One comparison in one language. Old values are told with the names of the old edition."""

    def __init__(self, comparison: Comparison, wording: Wording) -> None:
        self.comparison = comparison
        self.wording = wording
        self.before = ChangeValues(comparison.old, wording)
        self.after = ChangeValues(comparison.new, wording)
        self.say = self.after.say

    def notice(self) -> ChangeNotice:
        comparison = self.comparison
        return ChangeNotice(
            title=self.say(
                "title_overlay" if self._is_overlay else "title", title=self.after.own(comparison.new.title)
            ),
            editions=(self._edition("old", comparison.old), self._edition("new", comparison.new)),
            summary=tuple(self._summary()),
            figures=self._figures(),
            sections=tuple(section for section in self._sections() if section.rows),
        )

    @property
    def _is_overlay(self) -> bool:
        """Whether a county's edition stands beside its city's."""
        return self.comparison.new.overlay is not None and self.comparison.old.overlay is None

    # --- the top

    def _edition(self, which: str, checklist: Checklist) -> str:
        return self.say(
            f"edition_{which}",
            title=self.after.own(checklist.title),
            edition=checklist.edition,
            day=say_date(self.wording, checklist.effective_from),
            id=edition_id(edition_document(checklist))[:12],
        )

    def _summary(self) -> Iterator[str]:
        if not self.comparison:
            yield self.say("equal")
            return
        old, new = printed(self.comparison.old.full), printed(self.comparison.new.full)
        yield self.say("full_stays", full=new) if old == new else self.say("full_changes", old=old, new=new)
        count = self.comparison.answers
        yield self.say(
            "answers", carried=count.carried, to_check=count.to_check, new=count.new, archived=count.archived
        )
        if not self.comparison.new.official:
            yield self.say("model")

    def _figures(self) -> tuple[tuple[str, str], ...]:
        of_change, of_aspect = self.comparison.of_change, self.comparison.of_aspect
        counts = {
            "added": len(of_change(Change.ADDED)),
            "removed": len(of_change(Change.REMOVED)),
            **{aspect.value: len(of_aspect(aspect)) for aspect in Aspect},
        }
        return tuple((str(count), self.say(f"figure_{key}")) for key, count in counts.items())

    # --- the sections

    def _sections(self) -> Iterator[ChangeSection]:
        comparison = self.comparison
        yield self._section("added", (self._whole(entry.new, None) for entry in comparison.of_change(Change.ADDED)))
        yield self._section("removed", (self._whole(None, entry.old) for entry in comparison.of_change(Change.REMOVED)))
        tellers: dict[Aspect, Callable[[EntryChange], Iterable[ChangeRow]]] = {Aspect.RULE: self._rule_rows}
        for aspect in Aspect:
            teller = tellers.get(aspect, lambda entry, aspect=aspect: self._field_rows(entry, aspect))
            yield self._section(aspect.value, (row for entry in comparison.of_aspect(aspect) for row in teller(entry)))
        yield self._section("groups", (row for part in comparison.groups for row in self._part_rows(part)))
        yield self._section("settings", (*self._setting_rows(), *self._other_part_rows()))

    def _section(self, key: str, rows: Iterable[ChangeRow]) -> ChangeSection:
        return ChangeSection(key, self.say(f"section_{key}"), tuple(rows))

    def _whole(self, new: Standing | None, old: Standing | None) -> ChangeRow:
        """An entry that is new or gone: its text, and what it is worth."""
        standing, values = (new, self.after) if new else (old, self.before)
        assert standing is not None
        entry = standing.entry
        told = values.own(entry.text)
        points = self.say("gate")
        if isinstance(entry, Item):
            points = self.say("points", points=printed(entry.full))
            told = f"{told}\n{self.say('scoring', scoring=values.own(entry.scoring))}"
        return ChangeRow(entry.number, points, told if old else "", told if new else "")

    def _field_rows(self, entry: EntryChange, aspect: Aspect) -> Iterator[ChangeRow]:
        for change in entry.about(aspect):
            if not (change.field == "scoring" and entry.field("rule")):
                yield self._row(self._entry_name(entry), change, carries=entry.answers_carry)

    def _rule_rows(self, entry: EntryChange) -> Iterator[ChangeRow]:
        """The printed words of a rule; where they stayed as they were, the places in which the rule differs."""
        name, words, rule = self._entry_name(entry), entry.field("scoring"), entry.field("rule")
        assert rule is not None
        if words:
            yield self._row(name, words, carries=entry.answers_carry)
            return
        found = rule_differences(rule.old, rule.new, self.before, self.after)
        colon = self.say("colon")
        old = "\n".join(f"{one.place}{colon}{one.old}" for one in found)
        new = "\n".join(f"{one.place}{colon}{one.new}" for one in found)
        yield ChangeRow(name, self.after.field(rule.field), old, new, entry.answers_carry)

    def _entry_name(self, entry: EntryChange) -> str:
        text = self.after.own(entry.standing.entry.text)
        if self.after.language == "en":
            text = shorten(text, SHORT_TEXT, placeholder="…")
        elif len(text) > SHORT_TEXT:
            text = f"{text[:SHORT_TEXT]}…"
        return f"{entry.standing.entry.number} {text}"

    def _row(self, subject: str, change: FieldChange, *, carries: bool | None = None) -> ChangeRow:
        """One field; a text that changed only in the other language is shown in that one."""
        language: Language | None = None
        respect = self.after.field(change.field)
        if change.languages and self.after.language not in change.languages:
            language = self.after.other_language
            respect = self.say(f"in_{language}", field=respect)
        if change.field == ORDER:
            return ChangeRow(subject, respect, "", self.say("reordered"), carries)
        old = self.before.value(change.field, change.old, language)
        # What an entry goes back to is in the old edition, and so are the names.
        new = (self.before if change.field == "from" else self.after).value(change.field, change.new, language)
        if old == new:  # a number that was named by its parameter is written out, or the other way round
            old, new = self.before.as_written(change.old, language), self.after.as_written(change.new, language)
        return ChangeRow(subject, respect, old, new, carries)

    # --- everything that is not answered

    def _part_rows(self, part: PartChange) -> Iterator[ChangeRow]:
        named = part.new or part.old or {}
        text = next((named[name] for name in ("text", "title") if name in named), part.key)
        values = self.after if part.new else self.before
        subject = self.say(f"subject_{part.section.value}", name=values.value("text", text))
        if part.old is None or part.new is None:
            told = values.summary(named)
            respect = self.say(f"part_{part.change.value}")
            yield ChangeRow(subject, respect, told if part.old else "", told if part.new else "")
            return
        for change in part.fields:
            row = self._row(subject, change)
            if part.used_by:
                names = self.say("list_separator").join(self._user(key) for key in part.used_by)
                row = ChangeRow(row.subject, self.say("used_by", field=row.respect, names=names), row.old, row.new)
            yield row

    def _user(self, key: str) -> str:
        grade = next((grade for grade in self.comparison.new.grades if grade.key == key), None)
        entry = self.comparison.new.entry(key)
        return self.after.own(grade.text) if grade else entry.number if entry else key

    def _other_part_rows(self) -> Iterator[ChangeRow]:
        for part in self.comparison.parts:
            yield from self._part_rows(part)

    def _setting_rows(self) -> Iterator[ChangeRow]:
        whole = self.say("whole")
        for change in self.comparison.settings:
            if change.field not in _CLEAR_FROM_THE_HEADING:
                yield self._row(whole, change)
