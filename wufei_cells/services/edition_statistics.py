"""Count what became of the items of one edition, site after site."""

from __future__ import annotations

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.scoring.one_entry import EntryScorer
from wufei_cells.services.counted_cells import CountedCell
from wufei_cells.services.item_statistics import statistics_of

_NOTHING = Answer()


class EditionStatistics:
    """The items of one edition over the sites that were assessed with it."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.sites = 0
        self.statistics = statistics_of(checklist)
        self._scorers = {key: EntryScorer(checklist, key) for key in self.statistics}

    def take(self, cell: CountedCell) -> None:
        """Count one site."""
        self.sites += 1
        facts, answers, on = cell.facts, cell.answers, cell.row.on
        for key, one in self.statistics.items():
            one.take(self._scorers[key].score(facts, answers.get(key, _NOTHING), on))
