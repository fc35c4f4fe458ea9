"""Which items still need a photo or a file before an assessment can be finished, and which had better have one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.checklists import Checklist, Gate, Item, Proof
from wufei_cells.errors import Problem
from wufei_cells.scoring.scorecard import Scorecard
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
    return tuple(key for key in needed_proof(sheet.checklist, _answers(sheet), sheet.scorecard) if key not in proven)


def needed_proof(checklist: Checklist, answers: Mapping[str, Answer], card: Scorecard) -> tuple[str, ...]:
    """List the entries whose rule asks for evidence, by how they were answered, in printed order."""
    asking = (entry for entry in checklist.entries() if entry.proof is not Proof.NEVER)
    return tuple(entry.key for entry in asking if _is_needed(card, entry, answers.get(entry.key, Answer())))


def without_evidence(sheet: Sheet, proven: Collection[str]) -> tuple[str, ...]:
    """List the answered entries whose text names evidence and that have none; the rule does not ask for it."""
    refused, answers = set(missing_proof(sheet, proven)), _answers(sheet)
    return tuple(
        entry.key
        for entry in sheet.checklist.entries()
        if entry.evidence.zh
        and entry.key not in proven
        and entry.key not in refused
        and answers.get(entry.key, Answer()).value is not None
        and _applies(sheet.scorecard, entry, answers.get(entry.key, Answer()))
    )


def proof_problems(connection: Connection, sheet: Sheet) -> list[Problem]:
    """Say why an assessment cannot be finished for lack of evidence."""
    if all(entry.proof is Proof.NEVER for entry in sheet.checklist.entries()):
        return []
    missing = missing_proof(sheet, proven_items(connection, sheet.assessment.id))
    return [Problem("evidencing.required", key, {"item": named(sheet.checklist, key)}) for key in missing]


def _is_needed(card: Scorecard, entry: Gate | Item, answer: Answer) -> bool:
    """Tell whether evidence is asked for by how the entry was answered."""
    if not _applies(card, entry, answer):
        return False
    if entry.proof is Proof.ALWAYS:
        return True
    if answer.na is not None:
        return entry.proof is Proof.NOT_APPLICABLE
    if not answer.given or entry.proof is Proof.NOT_APPLICABLE:
        return False
    got, full = _points(card, entry)
    if entry.proof is Proof.SCORED:
        return got
    return full if entry.proof is Proof.FULL else not full


def _points(card: Scorecard, entry: Gate | Item) -> tuple[bool, bool]:
    """Tell whether an entry got points, and whether it got all of them; a gate that is met got all it can."""
    if isinstance(entry, Gate):
        met = any(gate.key == entry.key and gate.ok is True for gate in card.gates)
        return met, met
    score = card.item(entry.key)
    if score is None:
        return False, False
    return score.got.low > 0, score.got.low >= score.full


def _answers(sheet: Sheet) -> dict[str, Answer]:
    return {key: row.answer for key, row in sheet.answers.items()}


def _applies(card: Scorecard, entry: Gate | Item, answer: Answer) -> bool:
    """Tell whether the facts of the site let the entry stand; what an assessor set aside was asked all the same."""
    if isinstance(entry, Gate):
        return any(gate.key == entry.key for gate in card.gates)
    score = card.item(entry.key)
    return score is not None and (score.applies or answer.na is not None)
