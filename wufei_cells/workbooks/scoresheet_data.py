"""What a scoresheet is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.register import AnswerRow, AssessmentRow, EditionId, SiteRow
    from wufei_cells.domain.text import Text
    from wufei_cells.scoring.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class ScoresheetData:
    """One assessment with everything its scoresheet shows. The scorecard must come from these facts and answers."""

    checklist: Checklist
    edition: EditionId
    """Hash of the edition; its first digits are printed beside the title."""
    site: SiteRow
    district: Text
    """Name of the site's county or district."""
    assessment: AssessmentRow
    facts: Mapping[str, str]
    answers: Mapping[str, AnswerRow]
    """By key of the gate or item."""
    scorecard: Scorecard
    example: bool = False
    """Made-up data: the sheet says so on every page."""
    verdict: str = ""
    """The result in one sentence, in the language of the sheet."""
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])
    """Why points were lost, by item key, in the language of the sheet; the assessor's note follows it."""
    self_scorecard: Scorecard | None = None
    """The unit's own opinion on the same edition, for the column beside the assessors'."""
