"""What an assessment report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wufei_cells.documents.form_data import FormData
    from wufei_cells.domain.evidence import EvidenceId
    from wufei_cells.scoring.scorecard import Span


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A photo as it is printed: a JPEG made small for paper."""

    content: bytes
    width: int
    """In pixels, as ``height``; only their ratio matters."""
    height: int


@dataclass(frozen=True, slots=True)
class ExplainedPoint:
    """A sentence that explains the result; deeper ones belong to the one before them."""

    depth: int
    sentence: str


@dataclass(frozen=True, slots=True)
class AssessmentReportData:
    """One assessment as it stands, with everything that its result rests on."""

    form: FormData
    """The sheet that was filled in."""
    total: Span
    """The points of the result; where a checklist puts columns together, theirs."""
    level: str | None
    """Key of the level that was reached."""
    passed: bool | None
    explanation: Mapping[str, tuple[ExplainedPoint, ...]] = field(default_factory=dict[str, tuple[ExplainedPoint, ...]])
    """How the result came about, by what it is about: ``columns``, ``sum``, ``levels``, ``others``, ``cautions``."""
    pictures: Mapping[EvidenceId, PaperPicture] = field(default_factory=dict["EvidenceId", "PaperPicture"])
    """The photos that can be printed."""
    damaged: frozenset[EvidenceId] = frozenset()
    """Files on this machine that are not what was taken in, or cannot be read."""
    certificate: str = ""
    """Number of the certificate that was issued on it."""

    def __post_init__(self) -> None:
        if self.form.filled is None:
            raise ValueError("a report needs a sheet that was filled in")
