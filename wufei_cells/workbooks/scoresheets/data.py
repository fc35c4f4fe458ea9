"""What a scoresheet is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import NaPolicy
from wufei_cells.domain.lifecycle import Stage

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
    """Why an item has its points, by key, where that is to be told; the assessor's note follows it."""
    rules: Mapping[str, str] = field(default_factory=dict[str, str])
    """The rules in force by code, as sentences in the language of the sheet; the one for what does not apply first."""
    steps: tuple[str, ...] = ()
    """What happened to the sum of the groups on its way to the total, one sentence for each step."""

    @property
    def on(self) -> date:
        """The day whose numbers hold."""
        return self.assessment.on

    @property
    def keeps_what_does_not_apply(self) -> bool:
        """Whether an item that does not apply still counts, with points that the rules lay down."""
        return self.checklist.scoring.na_policy in (NaPolicy.FULL, NaPolicy.ZERO, NaPolicy.SHARE)

    @property
    def open(self) -> bool:
        """Whether anything can be filled in."""
        return self.assessment.stage is Stage.SCORING

    def unlocked(self, key: str) -> bool:
        """Whether an entry can be filled in: of an assessment that was sent back only what it was sent back for."""
        return self.open and (not self.assessment.returned or key in self.assessment.returned)

    def taken(self) -> frozenset[str]:
        """Name the items whose points are taken off the total."""
        group = self.checklist.deductions.group if self.checklist.deductions else None
        return frozenset(item.key for item in group.all_items()) if group else frozenset()

    def extra(self) -> frozenset[str]:
        """Name the items outside full marks: nothing noted there means that there is nothing."""
        bonus = self.checklist.bonus
        return self.taken().union(item.key for item in bonus.group.all_items()) if bonus else self.taken()
