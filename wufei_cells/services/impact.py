"""Show what a checklist would do to the sites that are assessed already, before it is published. Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wufei_cells.checklists.document import with_parameters
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.lifecycle import PASSED, Stage
from wufei_cells.domain.register import EditionId
from wufei_cells.progress import Report, silent
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.services import reading
from wufei_cells.services.counted_cells import CountedCell, counted_cells, scorecard_of
from wufei_cells.services.edition_memory import hashes_of
from wufei_cells.services.impact_comparison import (
    CellImpact,
    ItemChange,
    Passage,
    Shift,
    grade_effects,
    verdict_of,
)
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Connection

STAGES = (Stage.SCORING, Stage.FINISHED, Stage.REVIEWED, *sorted(PASSED))


@dataclass(frozen=True, slots=True)
class Impact:
    """What a checklist would mean for every site of its category."""

    checklist: Checklist
    """Under the city's parameters."""
    cells: tuple[CellImpact, ...]
    """The worst first."""
    changes: Mapping[ItemChange, int] = field(default_factory=dict[ItemChange, int])
    """How often items make a difference, by what became of them."""

    def count(self, shift: Shift) -> int:
        """Count the sites for which it would mean this."""
        return sum(1 for cell in self.cells if cell.shift is shift)


def impact(workspace: Workspace, checklist: Checklist, *, report: Report = silent) -> Impact:
    """Score every running, finished, approved and certified site of a category under a checklist, read-only.

    Answers count where the words are the same. Where they changed, an old answer that fits the new rule is assumed,
    and said to be; what then is still unanswered leaves the result open.

    Args:
        workspace: the register.
        checklist: a draft or an edition, before the city's parameters are put in.
        report: told how far it is.

    Raises:
        ProblemsFound: with the city's numbers the checklist makes no sense.
    """
    with workspace.database.reading() as connection:
        after = with_parameters(checklist, reading.profile(connection).parameters)
        found = _cells(workspace, connection, after)
        editions = {cell.row.edition for cell in found}
        pinned = {edition: reading.checklist(workspace, connection, edition) for edition in editions}
    preview = _Preview(workspace, pinned, after)
    results: list[CellImpact] = []
    for number, cell in enumerate(found, 1):
        results.append(preview.of(cell))
        report(number, len(found))
    order = list(Shift)
    worst_first = sorted(results, key=lambda cell: order.index(cell.shift))
    changes = Counter(effect.change for cell in results for effect in cell.items)
    return Impact(after, tuple(worst_first), dict(changes))


def _cells(workspace: Workspace, connection: Connection, checklist: Checklist) -> list[CountedCell]:
    """Read the sites that the checklist would be used for."""
    districts = checklist.overlay.districts if checklist.overlay else ()
    found = counted_cells(workspace, connection, checklist.category.key, STAGES)
    return [cell for cell in found if not districts or cell.row.district in districts]


class _Preview:
    """Scores sites under both editions; what depends on the editions alone is worked out once."""

    def __init__(self, workspace: Workspace, pinned: Mapping[EditionId, Checklist], after: Checklist) -> None:
        self._after = after
        hashes = hashes_of(after)
        memory = workspace.memory
        self._passages = {
            edition: Passage(before, memory.hashes(edition, before), after, hashes)
            for edition, before in pinned.items()
        }
        self._fitting: dict[tuple[str, str, bool, date], bool] = {}

    def of(self, cell: CountedCell) -> CellImpact:
        """Give what the checklist would mean for one site."""
        row = cell.row
        passage = self._passages[row.edition]
        answers, assumed = self._answers(passage, cell)
        before = scorecard_of(passage.before, cell.facts, cell.answers, row.on)
        after = scorecard_of(self._after, {**row.facts, **(row.sealed or {})}, answers, row.on)
        verdicts = verdict_of(before), verdict_of(after)
        return CellImpact(
            assessment=row.assessment,
            site=row.site,
            site_name=row.site_name,
            district=row.district,
            stage=row.stage,
            edition=row.edition,
            before=verdicts[0],
            after=verdicts[1],
            shift=passage.shift(*verdicts),
            items=passage.items(before, after, assumed),
            gates=passage.gates(before, after),
            grades=grade_effects(before, after),
        )

    def _answers(self, passage: Passage, cell: CountedCell) -> tuple[dict[str, Answer], frozenset[str]]:
        """Give the answers there would be, and the entries of which they are assumed only."""
        answers: dict[str, Answer] = {}
        assumed: set[str] = set()
        for link in passage.links:
            if link.carried is not None and link.carried in cell.answers:
                answers[link.key] = cell.answers[link.carried]
                continue
            known = (cell.answers[origin] for origin in link.origins if origin in cell.answers)
            fitting = next((answer for answer in known if self._fits(link.key, answer, cell.row.on)), None)
            if fitting is not None:
                answers[link.key] = fitting
                assumed.add(link.key)
        return answers, frozenset(assumed)

    def _fits(self, key: str, answer: Answer, on: date) -> bool:
        if not answer.given:
            return False
        place = (key, canonical_json(answer.value), answer.na is not None, on)
        fits = self._fitting.get(place)
        if fits is None:
            fits = self._fitting[place] = not answer_problems(self._after, key, answer, on=on)
        return fits
