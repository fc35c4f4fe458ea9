"""Find an entry and its answers under the editions that sites are pinned to; each edition is looked at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.register import AnswerRow, AssessmentId, EditionId
from wufei_cells.scoring.one_entry import EntryScorer
from wufei_cells.services import reading
from wufei_cells.services.answer_sorting import Pin, sort_answers
from wufei_cells.services.site_answers import Across, SiteAnswer
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, item_queries
from wufei_cells.store.item_queries import Choice, PinnedRow

if TYPE_CHECKING:
    from wufei_cells.store.journal import Connection

_NOTHING = Answer()


class AcrossReading:
    """Finds an entry and its answers under the editions that sites are pinned to; each edition is looked at once."""

    def __init__(self, workspace: Workspace, connection: Connection, edition: EditionId, key: str) -> None:
        self._workspace = workspace
        self._connection = connection
        self._edition = edition
        self._key = key
        self._checklist = reading.checklist(workspace, connection, edition)
        self._words = self._hashes(edition)[key]
        self._places: dict[EditionId, tuple[str, bool] | None] = {}
        self._scorers: dict[EditionId, EntryScorer] = {}

    def place(self, edition: EditionId) -> tuple[str, bool] | None:
        """Give the key the entry has in an edition, and whether its words are the same; ``None``: it is not there."""
        if edition not in self._places:
            self._places[edition] = self._found(edition)
        return self._places[edition]

    def across(self, choice: Choice, asked: Sequence[tuple[PinnedRow, tuple[str, bool]]]) -> Across:
        """Put together what the assessments say."""
        keys = sorted({key for _row, (key, _same) in asked})
        answers = item_queries.answers_to(self._connection, choice, keys)
        evidence = item_queries.evidence_counts(self._connection, choice, keys)
        needed = {fact for row, _place in asked for fact in self._scorer(row.edition).facts}
        today = item_queries.facts_of_sites(self._connection, choice, needed) if needed else {}
        rows: list[SiteAnswer] = []
        facts: dict[AssessmentId, Mapping[str, str]] = {}
        for row, (key, same) in asked:
            known = today.get(row.site, {}) if row.sealed is None else row.sealed
            if needed:
                facts[row.id] = known
            stored, waits = self._counting(row, key, answers.get((row.id, key)))
            scored = self._scorer(row.edition).score(known, stored.answer if stored else _NOTHING, row.on)
            rows.append(
                SiteAnswer(
                    assessment=row.id,
                    site=row.site,
                    site_name=row.site_name,
                    district=row.district,
                    stage=row.stage,
                    assessors=row.assessors,
                    edition=row.edition,
                    item=key,
                    same_words=same,
                    outcome=scored.outcome,
                    points=scored.points,
                    full=self._scorer(row.edition).full,
                    evidence=evidence.get((row.id, key), 0),
                    on=row.on,
                    waits=waits,
                    locked=bool(row.returned) and key not in row.returned,
                    answer=stored.answer if stored else _NOTHING,
                    author=stored.author if stored else "",
                    at=stored.at if stored else None,
                    heads=stored.heads if stored else (),
                    values=stored.values if stored else 1,
                )
            )
        reference = self._scorer(self._edition)
        return Across(self._edition, self._checklist, reference.entry, reference.taken, tuple(rows), facts)

    def _found(self, edition: EditionId) -> tuple[str, bool] | None:
        hashes = self._hashes(edition)
        if self._words & hashes.get(self._key, frozenset()):
            return self._key, True
        same = next((key for key, words in hashes.items() if words & self._words), None)
        if same is not None:
            return same, True
        kin = self._kin(edition)
        return (kin, False) if kin is not None else None

    def _kin(self, edition: EditionId) -> str | None:
        """Give the entry of another edition that goes back to this one, or that this one goes back to."""
        other = reading.checklist(self._workspace, self._connection, edition)
        memory = self._workspace.memory
        if other.effective_from > self._checklist.effective_from:
            traced = memory.lineage((self._edition, edition), (self._checklist, other))
            later = (key for key, origins in traced.items() if any(origin == self._key for origin, _how in origins))
            return next(later, None)
        traced = memory.lineage((edition, self._edition), (other, self._checklist))
        return next((origin for origin, _how in traced.get(self._key, ())), None)

    def _counting(self, row: PinnedRow, key: str, stored: AnswerRow | None) -> tuple[AnswerRow | None, bool]:
        """Give the answer that counts, and whether one to earlier words waits to be looked at."""
        if stored is not None and stored.entry in self._hashes(row.edition)[key]:
            return stored, False
        if stored is None and not row.came_from:
            return None, False
        every = assessment_queries.answers(self._connection, row.id)
        words = {item: answer.entry for item, answer in every.items()}
        pin = Pin(row.id, row.edition, row.came_from)
        found = sort_answers(self._workspace, self._connection, pin, words)
        waits = any(every[origin.key].answer.given for origin in found.rechecks.get(key, ()))
        if key not in found.current:
            return None, waits
        return replace(every[found.current[key]], heads=stored.heads if stored else ()), False

    def _scorer(self, edition: EditionId) -> EntryScorer:
        if edition not in self._scorers:
            place = self.place(edition)
            assert place is not None
            checklist = reading.checklist(self._workspace, self._connection, edition)
            self._scorers[edition] = EntryScorer(checklist, place[0])
        return self._scorers[edition]

    def _hashes(self, edition: EditionId) -> Mapping[str, frozenset[str]]:
        checklist = reading.checklist(self._workspace, self._connection, edition)
        return self._workspace.memory.hashes(edition, checklist)
