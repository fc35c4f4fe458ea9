"""Gather the ledger of certificates: who holds which, since when, until when, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.batches import Batch
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import AssessmentRow, CertificateRow
from wufei_cells.domain.text import Language, Text
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, naming
from wufei_cells.services.workspace import Workspace

if TYPE_CHECKING:
    from wufei_cells.wording import Wording
    from wufei_cells.workbooks.certificate_ledger import CertificateLedger, LedgerEntry


def certificate_ledger(workspace: Workspace, wording: Wording, keys: Sequence[str] | None) -> CertificateLedger:
    """Gather a ledger in the language of the wording.

    Args:
        workspace: the register.
        wording: the language, and the words for how a line stands.
        keys: certificates (by id or number) and assessments (by id), in the order in which they are to stand; every
            certificate unless told otherwise.

    Raises:
        UserError: there is nothing of such a key.
    """
    from wufei_cells.workbooks.certificate_ledger import CertificateLedger  # noqa: PLC0415 - loads openpyxl

    certificates = browsing.list_certificates(workspace)
    wanted = [row.id for row in certificates] if keys is None else list(dict.fromkeys(keys))
    gathering = _Gathering(workspace, wording, certificates)
    return CertificateLedger(
        city=gathering.said(gathering.profile.city),
        issuer=gathering.said(gathering.profile.issuer),
        as_of=workspace.today(),
        entries=tuple(gathering.entry(key) for key in wanted),
        example=workspace.example,
    )


class _Gathering:
    """What the lines of one ledger are made from."""

    def __init__(self, workspace: Workspace, wording: Wording, certificates: Sequence[CertificateRow]) -> None:
        self.profile: Profile = browsing.profile(workspace)
        self._workspace = workspace
        self._wording = wording
        self._language: Language = "en" if wording.language == "en" else "zh"
        self._certificates = {key: row for row in certificates for key in (row.id, row.number)}
        self._assessments = {row.id: row for row in browsing.list_assessments(workspace)}
        self._batches = {row.id: row.batch for row in naming.batches(workspace)}
        self._categories = {one.key: one.text for one in browsing.categories(workspace)}

    def said(self, text: Text | Mapping[str, str]) -> str:
        """Give a text of the data in the reader's language."""
        if isinstance(text, Text):
            return text.in_language(self._language)
        return text.get(self._language) or text["zh"]

    def entry(self, key: str) -> LedgerEntry:
        """Make the line of a certificate or an assessment."""
        certificate = self._certificates.get(key)
        if certificate is not None:
            return self._certificate(certificate)
        assessment = next((row for row in self._assessments.values() if row.id == key), None)
        if assessment is None:
            raise UserError("ledger.unknown", key=key)
        return self._case(assessment)

    def _certificate(self, row: CertificateRow) -> LedgerEntry:
        from wufei_cells.workbooks.certificate_ledger import LedgerEntry  # noqa: PLC0415 - loads openpyxl

        assessment = self._assessments.get(row.assessment)
        return LedgerEntry(
            category=self.said(row.category_text),
            site=row.site_name,
            district=self._district(row.district),
            leads=self._leads(row.category),
            assessed_on=assessment.on if assessment else None,
            total=Fraction(row.total),
            level=self.said(row.level),
            document=row.document_number,
            batch=row.batch,
            number=row.number,
            valid_until=row.valid_until,
            state=self._wording.say(f"ledger.state_{row.state.value}"),
        )

    def _case(self, row: AssessmentRow) -> LedgerEntry:
        from wufei_cells.workbooks.certificate_ledger import LedgerEntry  # noqa: PLC0415 - loads openpyxl

        grades = browsing.checklist(self._workspace, row.edition).grades
        level = next((self.said(grade.text) for grade in grades if grade.key == row.level), "")
        batch = next((one for key, one in self._batches.items() if key == row.batch), Batch(""))
        return LedgerEntry(
            category=self.said(self._categories.get(row.category) or Text(row.category)),
            site=row.site_name,
            district=self._district(row.district),
            leads=self._leads(row.category),
            assessed_on=row.on,
            total=row.total,
            level=level,
            document=batch.document_number,
            batch=batch.title,
            number="",
            valid_until=None,
            state=self._wording.say(f"stage.{row.stage.value}"),
        )

    def _district(self, key: str) -> str:
        district = self.profile.district(key)
        return self.said(district.text) if district else key

    def _leads(self, category: str) -> str:
        plan = self.profile.plan(category)
        separator = "、" if self._language == "zh" else ", "
        return separator.join(self.said(lead) for lead in plan.leads) if plan else ""
