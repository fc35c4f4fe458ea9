"""What a certificate will say, before it is issued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed

if TYPE_CHECKING:
    from datetime import date

    from ui.context import Desk
    from ui.i18n import I18n
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.profiles import Profile
    from wufei_cells.domain.register import AssessmentRow


@dataclass(frozen=True, slots=True)
class IssueDraft:
    """One assessment that a certificate is to be issued on, with the edition it was scored by."""

    row: AssessmentRow
    checklist: Checklist
    profile: Profile

    def level(self, i18n: I18n) -> str:
        """Name the level that was reached."""
        grade = next((grade for grade in self.checklist.grades if grade.key == self.row.level), None)
        return i18n.text(grade.text) if grade else ""

    def total(self) -> str:
        """Write the score."""
        return "" if self.row.total is None else printed(self.row.total)

    def title(self, i18n: I18n) -> str:
        """Give the heading of the certificate."""
        slots = {"category": i18n.text(self.checklist.category.text)}
        return i18n.text(self.profile.certificate.title).format_map(_Slots(slots))

    def body(self, i18n: I18n, issued: date, until: date, document: str) -> str:
        """Give the text of the certificate; what is only known at issue is named in brackets."""
        slots = {
            "site": self.row.site_name,
            "category": i18n.text(self.checklist.category.text),
            "city": i18n.text(self.profile.city),
            "number": i18n.tr("certificates.number_at_issue"),
            "issued": i18n.day(issued),
            "valid_until": i18n.day(until),
            "checklist": i18n.text(self.checklist.title),
            "edition": self.checklist.edition,
            "total": self.total(),
            "level": self.level(i18n),
            "document": document,
        }
        return i18n.text(self.profile.certificate.body).format_map(_Slots(slots))


def load_drafts(rows: tuple[AssessmentRow, ...], desk: Desk) -> tuple[IssueDraft, ...]:
    """Ask for what the certificates of these assessments will say; runs in the worker thread."""
    profile = desk.browsing.profile(desk.workspace)
    return tuple(IssueDraft(row, desk.browsing.checklist(desk.workspace, row.edition), profile) for row in rows)


class _Slots(Mapping[str, str]):
    """Fills a slot that nobody knows with its own name, in brackets."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def __getitem__(self, key: str) -> str:
        return self._values.get(key, f"[{key}]")

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
