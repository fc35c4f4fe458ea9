"""The pre-check: what shuts a site out before anything is scored, such as a record of dishonesty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from wufei_cells.domain.register import ActRef
from wufei_cells.domain.text import Text


@dataclass(frozen=True, slots=True)
class PrecheckQuestion:
    """One thing that must not be the case; a city's profile lists them."""

    key: str
    text: Text
    """Said as what must hold: no record of serious dishonesty within three years."""
    source: Text = Text("")
    categories: tuple[str, ...] = ()
    """The categories it is asked of; empty for all."""

    def concerns(self, category: str) -> bool:
        """Tell whether it is asked of sites of a category."""
        return not self.categories or category in self.categories


@dataclass(frozen=True, slots=True)
class PrecheckFinding:
    """What was found to one question: whether it holds, and why not."""

    holds: bool
    reason: str = ""
    text: str = ""
    """The question as it was asked then; a later profile may ask otherwise."""


@dataclass(frozen=True, slots=True)
class PrecheckRow:
    """The pre-check of one assessment as it was recorded."""

    findings: Mapping[str, PrecheckFinding] = field(default_factory=dict[str, PrecheckFinding])
    author: str = ""
    at: datetime | None = None
    heads: tuple[ActRef, ...] = ()

    def missing(self, questions: tuple[PrecheckQuestion, ...]) -> tuple[str, ...]:
        """Name the questions that nobody has looked at yet."""
        return tuple(question.key for question in questions if question.key not in self.findings)

    @property
    def failing(self) -> tuple[str, ...]:
        """Name the questions that shut the site out."""
        return tuple(key for key, finding in self.findings.items() if not finding.holds)

    def complete(self, questions: tuple[PrecheckQuestion, ...]) -> bool:
        """Tell whether every question was looked at."""
        return not self.missing(questions)

    @property
    def passed(self) -> bool:
        """Whether nothing that was looked at shuts the site out."""
        return not self.failing
