"""X-rays of who did what: the same person twice, too few assessors, signatures, sheets that nobody compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from wufei_cells.domain.checkups import Check, Hint, Weight
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.signatures import Signer
from wufei_cells.services.checkup_reading import BEFORE_SCORING, File
from wufei_cells.store import team_queries


def four_eyes(file: File) -> Iterator[Hint]:
    """Find reviews and decisions of somebody who assessed, and both by one person."""
    row = file.row
    weight = Weight.ERROR if file.register.process.four_eyes else Weight.NOTE
    reviewer, decider = folded(row.reviewed_by), folded(row.decided_by)
    if not reviewer and not decider:
        return
    assessed = _assessed(file)
    if reviewer in assessed:
        yield file.hint(Check.REVIEWED_OWN, weight, name=row.reviewed_by)
    if decider in assessed:
        yield file.hint(Check.DECIDED_OWN, weight, name=row.decided_by)
    if reviewer and reviewer == decider:
        yield file.hint(Check.DECIDED_REVIEWED, weight, name=row.decided_by)


def assessors_few(file: File) -> Iterator[Hint]:
    """Find assessments by fewer people than the city wants."""
    least = file.register.process.assessors
    found = len(_people(file.row.assessors))
    if file.open and file.row.stage not in BEFORE_SCORING and found < least:
        yield file.hint(Check.ASSESSORS_FEW, Weight.WARNING, found=found, least=least)


def signatures(file: File) -> Iterator[Hint]:
    """Find signatures under something else than what stands, and assessors who have not signed what stands."""
    if not file.open or file.row.stage in BEFORE_SCORING:
        return
    bases = file.register.bases
    signed = list(file.signatures)
    for one in signed:
        if one.basis != bases[one.sheet]:
            yield file.hint(Check.SIGNATURE_STALE, Weight.WARNING, name=one.name)
    if file.row.stage is Stage.SCORING:
        return
    holding = {one.name for one in signed if one.part is Signer.ASSESSOR and one.basis == bases[one.sheet]}
    found, needed = len(_people(holding)), len(_people(file.row.assessors))
    if found < needed:
        yield file.hint(Check.SIGNATURES_FEW, Weight.NOTE, found=found, needed=needed)


def blind_unused(file: File) -> Iterator[Hint]:
    """Find sheets that were scored alone, are all ready, and of which nothing was taken over."""
    alone = file.blind_parts
    if not file.open or len(alone) < 2 or any(part.stage is Stage.SCORING for part in alone):
        return
    taken = set(team_queries.origins(file.register.connection, file.row.id).values())
    if not taken & {part.id for part in alone}:
        names = tuple(name for part in alone for name in part.assessors)
        yield file.hint(Check.BLIND_UNUSED, Weight.WARNING, names=names)


def _assessed(file: File) -> frozenset[str]:
    """Give who is named as an assessor or wrote answers, on the assessment or on the sheets scored alone."""
    sheets = [file.row, *file.blind_parts]
    named = [name for sheet in sheets for name in sheet.assessors]
    wrote = [name for sheet in sheets for name in file.register.authors.get(sheet.id, ())]
    return _people((*named, *wrote))


def _people(names: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(name) for name in names)


def folded(name: str | None) -> str:
    """Give a name as it is compared: however it was typed."""
    return " ".join(unicodedata.normalize("NFC", name or "").split())
