"""What the papers of an assessment are made from: the form to fill in by pen, and the sheet that was filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from typing import TYPE_CHECKING

from wufei_cells.domain.prechecks import PrecheckQuestion, PrecheckRow
from wufei_cells.domain.text import Text

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.evidence import EvidenceRow
    from wufei_cells.domain.findings import FindingRow
    from wufei_cells.domain.register import AnswerRow, AssessmentRow, SiteRow
    from wufei_cells.domain.signatures import SignatureRow
    from wufei_cells.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """What was entered, and what came of it; the sentences are in the language of the paper."""

    assessment: AssessmentRow
    answers: Mapping[str, AnswerRow]
    """Those that count, by key of the gate or item."""
    scorecard: Scorecard
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """By item: the answer in words and how it became points, a line each."""
    verdict: str = ""
    steps: tuple[str, ...] = ()
    """What happened to the sum of the groups on its way to the total."""
    rechecks: frozenset[str] = frozenset()
    """Entries whose answers to earlier words wait for a second look."""
    precheck: PrecheckRow = field(default_factory=PrecheckRow)
    findings: tuple[FindingRow, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    signatures: tuple[SignatureRow, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict[str, str])
    """Names by the key under which acts know a person."""
    zone: tzinfo | None = UTC
    """The clock by which times are printed; ``None``: the machine's."""


@dataclass(frozen=True, slots=True)
class FormData:
    """One edition for one site, or for whichever site it will be taken to."""

    checklist: Checklist
    edition: str
    """Hash of the edition; its first digits are printed beside the title."""
    on: date
    """The day whose numbers hold."""
    site: SiteRow | None = None
    district: Text = Text("")
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is known of the site; it decides what applies."""
    assessors: tuple[str, ...] = ()
    visited_on: date | None = None
    precheck: tuple[PrecheckQuestion, ...] = ()
    """What is asked before anything is scored."""
    rules: tuple[str, ...] = ()
    """The rules in force as sentences."""
    formulas: Mapping[str, str] = field(default_factory=dict[str, str])
    """How numbers are worked out, in words: by ``facts.<key>``, by item, by ``<item>.<part>``."""
    example: bool = False
    """Made-up data: each page says so."""
    filled: FilledSheet | None = None
    """``None``: the form to fill in by pen."""
