"""What every ledger is gathered with: the register in one transaction, and the reader's words for what is in it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from wufei_cells.domain.batches import Batch
from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.domain.register import AssessmentRow, CertificateRow, EditionId, EditionRow, SiteRow
from wufei_cells.domain.text import Language, Text
from wufei_cells.errors import UserError
from wufei_cells.services import blindness, edition_choice, reading
from wufei_cells.store import assessment_queries, certificate_queries, office_queries, queries
from wufei_cells.workbooks.ledgers.table import Column, Look

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.ledgers import Scope
    from wufei_cells.progress import Report
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.store.journal import Connection
    from wufei_cells.wording import Wording


ENGLISH_WIDTHS: Mapping[str, float] = {
    "category": 15,
    "district": 12,
    "stage": 11,
    "edition": 10,
    "item": 34,
    "leads": 26,
    "level": 11,
    "certificate_state": 11,
    "severity": 13,
    "finding_state": 13,
}
"""Columns whose English words need more room than the Chinese ones, in characters."""


class Gathering:
    """Reads the register whole, each kind of rows once, and says everything in the reader's language."""

    def __init__(
        self, workspace: Workspace, connection: Connection, wording: Wording, scope: Scope, report: Report
    ) -> None:
        self.workspace, self.connection, self.wording = workspace, connection, wording
        self.report = report
        """To be told while rows are counted that must all be known before the first can be written."""
        self.language: Language = "en" if wording.language == "en" else "zh"
        self.profile = reading.profile(connection)
        self.today = workspace.today()
        self.listed = "、" if self.language == "zh" else ", "
        """Stands between what is listed in a cell."""
        self._districts = {one.key: one.text for one in self.profile.districts}
        self.scope = replace(
            scope,
            category=_key_of(scope.category, self._categories, "site.unknown_category"),
            district=_key_of(scope.district, self._districts, "site.unknown_district"),
        )

    # --- rows

    @cached_property
    def sites(self) -> tuple[SiteRow, ...]:
        """The sites that are meant, by category and district in the city's order, then by name."""
        rows = certificate_queries.with_states(self.connection, queries.sites(self.connection), self.today)
        meant = [row for row in rows if self.scope.holds(row.category, row.district)]
        return tuple(sorted(meant, key=lambda row: (*self.place_of(row.category, row.district), row.name, row.id)))

    @cached_property
    def assessments(self) -> Mapping[str, AssessmentRow]:
        """All assessments, and the sheets that belong to them, by id."""
        whole = assessment_queries.assessments(self.connection)
        return {row.id: row for row in (*whole, *assessment_queries.all_parts(self.connection))}

    @cached_property
    def certificates(self) -> tuple[CertificateRow, ...]:
        """All certificates, newest first."""
        return certificate_queries.certificates(self.connection, on=self.today)

    @cached_property
    def hidden(self) -> Container[str]:
        """The sheets that are kept from the person who asks while others score alone."""
        return blindness.hidden_sheets(self.workspace, self.connection)

    @cached_property
    def editions(self) -> Mapping[str, EditionRow]:
        """All editions that were ever published, by id."""
        rows = edition_choice.editions(self.workspace, self.connection, of_all_cities=True)
        return {row.id: row for row in rows}

    def checklist(self, edition: EditionId) -> Checklist:
        """Give an edition."""
        return reading.checklist(self.workspace, self.connection, edition)

    def batch(self, key: str | None) -> Batch:
        """Give a batch; an empty one where there is none."""
        return self._batches.get(key or "", Batch(""))

    # --- words

    def say(self, key: str, **values: object) -> str:
        """Give a sentence."""
        return self.wording.say(key, **values)

    def said(self, text: Text | Mapping[str, str]) -> str:
        """Give a text of the data."""
        if isinstance(text, Text):
            return text.in_language(self.language)
        return text.get(self.language) or text["zh"]

    def column(self, name: str, width: float, look: Look = Look.CENTER) -> Column:
        """Make a column with the head of this name."""
        if self.language == "en":
            width = max(width, ENGLISH_WIDTHS.get(name, width))
        return Column(self.say(f"ledger.column_{name}"), width, look)

    def joined(self, texts: Sequence[str]) -> str:
        """List texts in a cell."""
        return self.listed.join(texts)

    def category(self, key: str) -> str:
        """Name a category."""
        return self.said(self._categories.get(key) or Text(key))

    def district(self, key: str) -> str:
        """Name a district."""
        return self.said(self._districts.get(key) or Text(key))

    def leads(self, category: str) -> str:
        """Name the lead departments of a category."""
        plan = self.profile.plan(category)
        return self.joined([self.said(lead) for lead in plan.leads]) if plan else ""

    def edition(self, key: str) -> str:
        """Name an edition as lists do."""
        row = self.editions.get(key)
        return row.edition if row else ""

    def level(self, edition: EditionId, key: str | None) -> str:
        """Name a level of an edition; empty where none is reached."""
        grades = self.checklist(edition).grades if key else ()
        return next((self.said(grade.text) for grade in grades if grade.key == key), "")

    def item(self, edition: EditionId, key: str) -> tuple[str, str]:
        """Give number and words of an entry; of what stands under no item, that it does."""
        if not key:
            return "", self.say("ledger.whole_site")
        entry = self.checklist(edition).entry(key)
        return (entry.number, self.said(entry.text)) if entry else (key, "")

    def state(self, state: CertificateState | None) -> str:
        """Say how a certificate stands."""
        return self.say(f"ledger.state_{state.value}") if state else ""

    def place_of(self, category: str, district: str) -> tuple[int, str, int, str]:
        """Give where a category and a district stand in the city's order."""
        categories, districts = self._orders
        last = len(categories) + len(districts)
        return categories.get(category, last), category, districts.get(district, last), district

    @cached_property
    def _categories(self) -> Mapping[str, Text]:
        return {one.key: one.text for one in reading.categories(self.workspace, self.connection)}

    @cached_property
    def _batches(self) -> Mapping[str, Batch]:
        return {row.id: row.batch for row in office_queries.batches(self.connection)}

    @cached_property
    def _orders(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        categories, districts = (
            {key: place for place, key in enumerate(keys)} for keys in (self._categories, self._districts)
        )
        return categories, districts


def _key_of(named: str, known: Mapping[str, Text], code: str) -> str:
    """Find the key of what a person named by it or in their words; empty means all.

    Raises:
        UserError: the city has nothing of that name.
    """
    found = [key for key, text in known.items() if named in (key, text.zh, text.en)]
    if named and not found:
        raise UserError(code, found=named, allowed=tuple(known.values()))
    return found[0] if named else ""
