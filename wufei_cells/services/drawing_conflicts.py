"""Who does not visit which site: what was declared, and what the register knows by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wufei_cells.domain.drawings import Candidate, Conflict, ConflictKind, ConflictOn, Declared, one_line
from wufei_cells.domain.register import AssessmentRow, SiteRow
from wufei_cells.store import drawing_queries, queries, team_queries
from wufei_cells.store.journal import Connection


@dataclass
class Conflicts:
    """Finds the conflicts of interest between inspectors and the sites of a list."""

    connection: Connection
    inspectors: Sequence[str]
    declared: Sequence[Declared]
    """With the ids of sites, not their names."""
    sites: Mapping[str, SiteRow]
    assessments: Mapping[str, AssessmentRow]
    _people: Mapping[str, str] = field(init=False)
    _signatories: Mapping[str, str] = field(init=False)
    _authors: Mapping[str, set[str]] = field(init=False)
    _on_sheets: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._people = {key: one_line(name) for key, name in queries.people(self.connection).items()}
        self._authors = drawing_queries.authors(self.connection)
        self._signatories = drawing_queries.signatories(self.connection)
        self._on_sheets = {}
        for part in team_queries.all_parts(self.connection):
            self._on_sheets.setdefault(part.whole, set()).update(map(one_line, part.assessors))

    def of(self, candidates: Sequence[Candidate]) -> tuple[Conflict, ...]:
        """List all conflicts, by site in the order of the list, the declared ones first."""
        return tuple(conflict for one in candidates for conflict in (*self._declared(one), *self._known(one)))

    def _declared(self, candidate: Candidate) -> Iterator[Conflict]:
        site = self.sites[candidate.id]
        subject = {ConflictOn.SITE: site.id, ConflictOn.UNIT: site.credit_code, ConflictOn.DISTRICT: site.district}
        for said in self.declared:
            if subject[said.on] == said.subject:
                yield Conflict(said.inspector, site.id, ConflictKind.DECLARED, said.reason)

    def _known(self, candidate: Candidate) -> Iterator[Conflict]:
        involved = self._involved(candidate)
        for name in self.inspectors:
            for kind, people in involved.items():
                if name in people:
                    yield Conflict(name, candidate.id, kind)

    def _involved(self, candidate: Candidate) -> Mapping[ConflictKind, set[str]]:
        """Give who had to do with a site: its unit, and those who worked on its current file."""
        unit = {one_line(self.sites[candidate.id].contact), one_line(self._signatories.get(candidate.assessment, ""))}
        row = self.assessments.get(candidate.assessment)
        if row is None:
            return {ConflictKind.WORKS_THERE: unit}
        authors = {self._people.get(one, one) for one in self._authors.get(row.id, ())}
        return {
            ConflictKind.ASSESSED: {*map(one_line, row.assessors), *authors, *self._on_sheets.get(row.id, set())},
            ConflictKind.REVIEWED: {one_line(row.reviewed_by or "")},
            ConflictKind.DECIDED: {one_line(row.decided_by or "")},
            ConflictKind.WORKS_THERE: unit,
        }
