"""The latest assessments of a category with the answers that count under their editions, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services import reading
from wufei_cells.services.answer_sorting import sort_answers
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.cell_queries import CellRow, cells
from wufei_cells.store.journal import Connection


@dataclass(frozen=True, slots=True)
class CountedCell:
    """The latest assessment of a site."""

    row: CellRow
    answers: Mapping[str, Answer]
    """Those that count under the edition it is pinned to."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What its points rest on: the facts as they were when it was finished, else as they are today."""
        return self.row.facts if self.row.sealed is None else self.row.sealed


def counted_cells(
    workspace: Workspace, connection: Connection, category: str, stages: Iterable[Stage]
) -> Iterator[CountedCell]:
    """Give the latest assessments of a category that are at some stages, by the names of their sites."""
    for row in cells(connection, category, stages):
        words = {key: judgement.entry for key, judgement in row.judgements.items()}
        current = sort_answers(workspace, connection, reading.pin_of(row), words).current
        yield CountedCell(row, {key: row.judgements[origin].answer for key, origin in current.items()})


def scorecard_of(checklist: Checklist, facts: Mapping[str, str], answers: Mapping[str, Answer], on: date) -> Scorecard:
    """Score; answers that no rule can read (another program may have written them) count as not given."""
    usable = reading.fitting_facts(checklist, facts)
    try:
        return evaluate(checklist, usable, answers, on=on)
    except ProblemsFound as found:
        unread = {problem.place.split(".", maxsplit=1)[0] for problem in found.problems}
        return evaluate(checklist, usable, {key: answers[key] for key in answers if key not in unread}, on=on)
