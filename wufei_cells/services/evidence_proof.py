"""Which items still need a photo or a file before an assessment can be finished, and which had better have one."""

from __future__ import annotations

from collections.abc import Collection

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Gate, Item, Proof
from wufei_cells.errors import Problem
from wufei_cells.services.naming_entries import named
from wufei_cells.services.reading import Sheet
from wufei_cells.store import evidence_queries
from wufei_cells.store.journal import Connection


def proven_items(connection: Connection, assessment_id: str) -> frozenset[str]:
    """Name the items under which something stands, in the assessment or in a sheet that belongs to it."""
    members = evidence_queries.family(connection, assessment_id)
    return frozenset(row.item for row in evidence_queries.evidence(connection, members.keys()))


def missing_proof(sheet: Sheet, proven: Collection[str]) -> tuple[str, ...]:
    """List the entries whose rule asks for evidence and that have none, in printed order.

    A sheet of one column or assessor needs none of its own: the whole assessment is held against the rule.
    """
    if sheet.assessment.part_of is not None:
        return ()
    return tuple(
        entry.key for entry in sheet.checklist.entries() if entry.key not in proven and _is_needed(sheet, entry)
    )


def without_evidence(sheet: Sheet, proven: Collection[str]) -> tuple[str, ...]:
    """List the answered entries whose text names evidence and that have none; the rule does not ask for it."""
    refused = set(missing_proof(sheet, proven))
    return tuple(
        entry.key
        for entry in sheet.checklist.entries()
        if entry.evidence.zh
        and entry.key not in proven
        and entry.key not in refused
        and _answer(sheet, entry).value is not None
        and _applies(sheet, entry)
    )


def proof_problems(connection: Connection, sheet: Sheet) -> list[Problem]:
    """Say why an assessment cannot be finished for lack of evidence."""
    if all(entry.proof is Proof.NEVER for entry in sheet.checklist.entries()):
        return []
    missing = missing_proof(sheet, proven_items(connection, sheet.assessment.id))
    return [Problem("evidencing.required", key, {"item": named(sheet.checklist, key)}) for key in missing]


def _is_needed(sheet: Sheet, entry: Gate | Item) -> bool:
    """Tell whether evidence is asked for by how the entry was answered."""
    answer = _answer(sheet, entry)
    if entry.proof is Proof.NEVER or not _applies(sheet, entry):
        return False
    if entry.proof is Proof.ALWAYS:
        return True
    if answer.na is not None:
        return entry.proof is Proof.NOT_APPLICABLE
    if not answer.given or entry.proof is Proof.NOT_APPLICABLE:
        return False
    got, full = _points(sheet, entry)
    if entry.proof is Proof.SCORED:
        return got
    return full if entry.proof is Proof.FULL else not full


def _points(sheet: Sheet, entry: Gate | Item) -> tuple[bool, bool]:
    """Tell whether an entry got points, and whether it got all of them; a gate that is met got all it can."""
    if isinstance(entry, Gate):
        met = any(gate.key == entry.key and gate.ok is True for gate in sheet.scorecard.gates)
        return met, met
    score = sheet.scorecard.item(entry.key)
    if score is None:
        return False, False
    return score.got.low > 0, score.got.low >= score.full


def _answer(sheet: Sheet, entry: Gate | Item) -> Answer:
    row = sheet.answers.get(entry.key)
    return row.answer if row else Answer()


def _applies(sheet: Sheet, entry: Gate | Item) -> bool:
    """Tell whether the facts of the site let the entry stand; what an assessor set aside was asked all the same."""
    if isinstance(entry, Gate):
        return any(gate.key == entry.key for gate in sheet.scorecard.gates)
    score = sheet.scorecard.item(entry.key)
    return score is not None and (score.applies or _answer(sheet, entry).na is not None)
