"""What a search gives: hits with a title, where they belong, and where they lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.folding import fold
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.text import Text
from wufei_cells.services.search_memory import SearchMemory, Shelf
from wufei_cells.services.search_snippets import snippet
from wufei_cells.store.search_queries import TextKind, TextRow


class HitKind(StrEnum):
    """What was found; of hits that fit equally well, the kinds come in this order."""

    SITE = "site"
    CERTIFICATE = "certificate"
    ASSESSMENT = "assessment"
    ITEM = "item"
    FINDING = "finding"
    NOTE = "note"
    REASON = "reason"
    """Why an item does not apply."""
    BASIS = "basis"
    """What was seen where."""
    EVIDENCE = "evidence"
    REMARK = "remark"
    """What was said at a review, a decision, or where something was sent back."""
    OBJECTION = "objection"
    EVENT = "event"
    """Why something happened to a certificate."""
    BATCH = "batch"


class Fit(IntEnum):
    """How well something fits what was searched for."""

    EXACT = 0
    BEGINNING = 1
    INSIDE = 2


@dataclass(frozen=True, slots=True)
class Target:
    """Where a hit leads: what is not concerned stays empty."""

    site: str = ""
    assessment: str = ""
    certificate: str = ""
    edition: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    kind: HitKind
    title: Text
    where: tuple[Text, ...]
    """What it belongs to, the widest first."""
    target: Target
    fit: Fit = Fit.INSIDE


@dataclass(frozen=True, slots=True)
class Found:
    """A text that fits, not yet told."""

    kind: HitKind
    fit: Fit
    row: TextRow
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Teller:
    """Says what was found in the words of the register."""

    memory: SearchMemory
    words: tuple[str, ...]
    checklist: Callable[[str], Checklist]
    asked: Callable[[str], Shelf]
    """Gives what an edition asks."""
    place: Callable[[str, str], tuple[Text, Text]]
    """Gives the names of a category and a district."""

    def hit(self, found: Found) -> Hit:
        """Give something found as it is shown."""
        row, kind = found.row, found.kind
        match kind:
            case HitKind.SITE:
                return self._site_hit(found)
            case HitKind.ITEM:
                checklist = self.checklist(found.edition)
                where = (Text(row.texts[0]), checklist.title)
                target = Target(edition=found.edition, item=row.item)
                return Hit(kind, Text(row.texts[1], row.texts[2]), where, target, found.fit)
            case HitKind.CERTIFICATE | HitKind.ASSESSMENT:
                return self._called_after_site(found)
            case HitKind.EVENT:
                return self._event_hit(found)
            case HitKind.BATCH:
                return self._batch_hit(found)
            case _:
                return self._saying_hit(found)

    def _site_hit(self, found: Found) -> Hit:
        row = found.row
        where = [*self.place(row.category, row.district), *self._told(row.texts[1:])]
        return Hit(HitKind.SITE, Text(row.texts[0]), tuple(where), Target(site=row.site), found.fit)

    def _told(self, texts: tuple[str, ...]) -> tuple[Text, ...]:
        """Show by which other text something was found."""
        told = next((text for text in texts if any(word in fold(text) for word in self.words)), "")
        return (Text(snippet(told, self.words)),) if told else ()

    def _called_after_site(self, found: Found) -> Hit:
        row = found.row
        name = self._name(row.site)
        if found.kind is HitKind.CERTIFICATE:
            target = Target(site=row.site, certificate=row.id)
            return Hit(found.kind, Text(row.texts[0]), (name, Text(row.at)), target, found.fit)
        sheet = self.memory.sheets[row.assessment]
        title = self.checklist(sheet.edition).title
        shown = (row.at, *sheet.assessors)
        told = self._told(tuple(text for text in row.texts if text not in shown))
        where = (*told, *(Text(one) for one in shown), title)
        return Hit(found.kind, name, where, Target(site=row.site, assessment=row.assessment), found.fit)

    def _event_hit(self, found: Found) -> Hit:
        row = found.row
        paper = self.memory.shelves[TextKind.CERTIFICATE].rows.get(row.owner)
        number = (Text(paper.texts[0]),) if paper else ()
        target = Target(site=row.site, certificate=row.owner)
        return Hit(found.kind, self._cut(row), (self._name(row.site), *number, Text(row.at)), target, found.fit)

    def _batch_hit(self, found: Found) -> Hit:
        """Lead to a site of the batch: one that is on its way, or else to a certificate."""
        row = found.row
        members = [(key, sheet) for key, sheet in self.memory.sheets.items() if sheet.batch == row.id]
        key, sheet = min(members, key=lambda member: member[1].stage == Stage.CERTIFIED.value)
        papers = self.memory.shelves[TextKind.CERTIFICATE].rows.values()
        held = [paper.id for paper in papers if paper.site == sheet.site]
        certified = held[-1] if held and sheet.stage == Stage.CERTIFIED.value else ""
        target = Target(site=sheet.site, assessment=key, certificate=certified)
        where = tuple(Text(text) for text in (*row.texts[1:], row.at) if text)
        return Hit(found.kind, Text(row.texts[0]), where, target, found.fit)

    def _name(self, site: str) -> Text:
        row = self.memory.shelves[TextKind.SITE].rows.get(site)
        return Text(row.texts[0] if row else site)

    def _cut(self, row: TextRow) -> Text:
        told = next((text for text in row.texts if any(word in fold(text) for word in self.words)), row.texts[0])
        return Text(snippet(told, self.words))

    def _saying_hit(self, found: Found) -> Hit:
        row, sheet = found.row, self.memory.sheets[found.row.assessment]
        where = [self._name(sheet.site)]
        asked = self.asked(sheet.edition).rows.get(row.item)
        if asked:
            where += [Text(asked.texts[0]), Text(asked.texts[1], asked.texts[2])]
        target = Target(site=sheet.site, assessment=row.assessment, item=row.item)
        return Hit(found.kind, self._cut(row), tuple(where), target, found.fit)
