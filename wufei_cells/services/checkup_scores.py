"""X-rays of a result: evidence that is wanting, points close to a mark, and how much was set aside."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Proof
from wufei_cells.domain.checkups import Check, Hint, Weight
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import evidence_proof
from wufei_cells.services.checkup_reading import BEFORE_SCORING, File

MOST_NAMED = 8
"""So many items are named in one sentence; of more only the number is told."""


def evidence_missing(file: File) -> Iterator[Hint]:
    """Find entries whose rule demands evidence and that have none."""
    if not file.latest or file.row.stage in BEFORE_SCORING:
        return
    if all(entry.proof is Proof.NEVER for entry in file.checklist.entries()):
        return
    weight = Weight.WARNING if file.row.stage is Stage.SCORING else Weight.ERROR
    for key in evidence_proof.missing_proof(file.sheet, _proven(file)):
        yield file.hint(Check.EVIDENCE_MISSING, weight, key, item=file.names(key))


def evidence_named(file: File) -> Iterator[Hint]:
    """Find answered entries whose text names evidence and that have none; the rule does not demand it."""
    if not file.undecided:
        return
    bare = evidence_proof.without_evidence(file.sheet, _proven(file))
    if bare:
        items = tuple(file.names(key) for key in bare[:MOST_NAMED])
        more = "…" if len(bare) > MOST_NAMED else ""
        yield file.hint(Check.EVIDENCE_NAMED, Weight.NOTE, bare[0], items=items, more=more, count=len(bare))


def edges(file: File) -> Iterator[Hint]:
    """Find marks that the points lie close to, above or below, of a result in which nothing is missing."""
    if not file.open or file.row.stage in BEFORE_SCORING or not file.sheet.scorecard.finished:
        return
    counted = _counted(file)
    if counted is None:
        return
    near = Fraction(file.register.process.edge_points)
    grades = {grade.key: grade.text for grade in file.checklist.grades}
    for index, grade in enumerate(file.sheet.scorecard.grades):
        away = counted - grade.total_needed
        if abs(away) <= near:
            yield file.hint(
                Check.EDGE_LEVEL if index else Check.EDGE_MARK,
                Weight.WARNING,
                total=printed(counted),
                needed=printed(grade.total_needed),
                away=("-" if away < 0 else "+" if away else "") + printed(abs(away)),
                level=grades[grade.key],
            )


def na_share(file: File) -> Iterator[Hint]:
    """Find results of which assessors set much aside."""
    if not file.open or file.row.stage in BEFORE_SCORING:
        return
    share, limit = file.sheet.scorecard.set_aside, file.register.process.na_share
    if share and share >= limit:
        aside = [key for key, row in file.sheet.answers.items() if row.answer.na is not None]
        values = {"share": printed(share), "limit": limit, "count": len(aside)}
        yield file.hint(Check.NA_SHARE, Weight.WARNING, aside[0] if aside else "", **values)


def _counted(file: File) -> Fraction | None:
    """Give the points that levels are held against; of several columns they were put together when it was finished."""
    card = file.sheet.scorecard
    if file.checklist.scoring.columns:
        return file.row.total
    return card.counted.low if card.counted.settled else None


def _proven(file: File) -> frozenset[str]:
    return frozenset(piece.item for piece in file.pieces)
