"""Who scores strictly, over all items of a category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.register import EditionId
from wufei_cells.progress import Report, silent
from wufei_cells.scoring.one_entry import EntryScorer, Outcome
from wufei_cells.services import reading
from wufei_cells.services.strictness import Sample, Strictness, strictness
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import item_queries
from wufei_cells.store.cell_queries import CellRow, cells
from wufei_cells.store.item_queries import COMPARED, Choice


def calibration(workspace: Workspace, category: str, *, report: Report = silent) -> tuple[Strictness, ...]:
    """Compare the people who answered, over all items of a category; the strictest first.

    Answers are compared where the very same words were answered. Nothing of it is stored, printed or shown unless
    somebody asks.

    Args:
        workspace: the register.
        category: the category.
        report: told how far it is.
    """
    choice = Choice(category, COMPARED)
    with workspace.database.reading() as connection:
        found = tuple(cells(connection, category, COMPARED))
        editions = {cell.edition for cell in found}
        checklists = {edition: reading.checklist(workspace, connection, edition) for edition in editions}
        authors = {(assessment, item): who for assessment, item, who in item_queries.authors(connection, choice)}
    sampler = _Sampler(workspace, checklists, authors)
    samples: list[Sample] = []
    for number, cell in enumerate(found, 1):
        samples += sampler.samples(cell)
        report(number, len(found))
    return strictness(samples)


class _Sampler:
    """Gives what can be compared of an assessment, item by item; words tell which items are the same."""

    def __init__(
        self, workspace: Workspace, checklists: Mapping[EditionId, Checklist], authors: Mapping[tuple[str, str], str]
    ) -> None:
        self._hashes = {
            edition: workspace.memory.hashes(edition, checklist) for edition, checklist in checklists.items()
        }
        self._checklists = checklists
        self._authors = authors
        self._scorers: dict[tuple[EditionId, str], EntryScorer] = {}

    def samples(self, cell: CellRow) -> Iterable[Sample]:
        """Give the answers to the very words of the edition the assessment is pinned to."""
        facts = cell.facts if cell.sealed is None else cell.sealed
        hashes = self._hashes[cell.edition]
        for key, judgement in cell.judgements.items():
            if judgement.entry not in hashes.get(key, ()) or not judgement.answer.given:
                continue
            scorer = self._scorer(cell.edition, key)
            scored = scorer.score(facts, judgement.answer, cell.on)
            if scored.points is None or not scorer.full or scored.outcome not in (Outcome.MET, Outcome.DEDUCTED):
                continue
            share = scored.points.low / scorer.full
            words = min(hashes[key])  # an answer of long ago may carry another hash of the same words
            yield Sample(words, self._authors[cell.assessment, key], -share if scorer.taken else share)

    def _scorer(self, edition: EditionId, key: str) -> EntryScorer:
        place = (edition, key)
        if place not in self._scorers:
            self._scorers[place] = EntryScorer(self._checklists[edition], key)
        return self._scorers[place]
