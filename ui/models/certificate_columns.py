"""The columns of the lists in the room of certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.models import certificate_lists as lists
from ui.models.certificate_lists import CaseRow, PaperRow
from ui.models.certificates_model import TableColumn
from ui.theme import STATE_LOOKS
from wufei_cells.domain.amounts import printed

if TYPE_CHECKING:
    from ui.context import Places
    from ui.i18n import I18n
    from wufei_cells.domain.register import CertificateRow

DUE_LOOKS = {
    "renewal": ("history", "attention"),
    "expired": ("alert", "failed"),
    "report": ("note", "attention"),
    "order": ("alert", "failed"),
    "review": ("conflict", "conflict"),
}


def columns_of(name: str) -> tuple[tuple[TableColumn, ...], tuple[int, ...]]:
    """Declare the columns of a list, and the places of those that give way first where it is narrow."""
    site: TableColumn[Any] = TableColumn("certificates.column_site", lambda _i18n, _places, row: row.site_name, 0)
    if name == lists.NOTICES:
        return (site, _category(), _batch(), _until(), _left(), _objections()), (1, 2, 3)
    if name in lists.ON_THE_WAY:
        more = () if name == lists.TO_NOTICE else (_batch(), _objections())
        return (site, _category(), _district(), *more, _decided(), _total()), (2, 3 + len(more), 1)
    paper = (site, _number(), _issued_category())
    if name == lists.ISSUED:
        return (*paper, _issued_on(), _valid_until(), _state()), (2, 3, 4)
    if name == lists.DUE:
        return (*paper, _what(), _by()), (2, 1)
    return (*paper, _state(), _since()), (2, 4)


# --- assessments


def _category() -> TableColumn[CaseRow]:
    def text(i18n: I18n, places: Places, row: CaseRow) -> str:
        return i18n.text(places.category(row.assessment.category))

    return TableColumn("certificates.column_category", text, 5.5)


def _district() -> TableColumn[CaseRow]:
    def text(i18n: I18n, places: Places, row: CaseRow) -> str:
        return i18n.text(places.district(row.assessment.district))

    return TableColumn("certificates.column_district", text, 4.5)


def _batch() -> TableColumn[CaseRow]:
    return TableColumn(
        "certificates.column_batch", lambda _i18n, _places, row: row.batch.batch.title if row.batch else "–", 7
    )


def _until() -> TableColumn[CaseRow]:
    def text(i18n: I18n, _places: Places, row: CaseRow) -> str:
        return i18n.day(row.batch.batch.notice_until if row.batch else None)

    return TableColumn("certificates.column_notice_until", text, 5.5)


def _left() -> TableColumn[CaseRow]:
    def text(i18n: I18n, _places: Places, row: CaseRow) -> str:
        return "" if row.days_left is None else i18n.tr("certificates.days_left", days=row.days_left)

    return TableColumn("certificates.column_left", text, 4.5, right=True)


def _objections() -> TableColumn[CaseRow]:
    def text(i18n: I18n, _places: Places, row: CaseRow) -> str:
        return i18n.tr("certificates.open_objections", count=row.objections) if row.objections else "–"

    def look(row: CaseRow) -> tuple[str, str] | None:
        return ("alert", "attention") if row.objections else None

    return TableColumn("certificates.column_objections", text, 7, look=look)


def _decided() -> TableColumn[CaseRow]:
    def text(i18n: I18n, _places: Places, row: CaseRow) -> str:
        decided = row.assessment.decided_at
        return i18n.day(decided.astimezone().date() if decided else None)

    return TableColumn("certificates.column_decided", text, 5.5)


def _total() -> TableColumn[CaseRow]:
    def text(_i18n: I18n, _places: Places, row: CaseRow) -> str:
        return "" if row.assessment.total is None else printed(row.assessment.total)

    return TableColumn("certificates.column_total", text, 3.5, right=True)


# --- certificates


def _number() -> TableColumn[PaperRow]:
    return TableColumn("certificates.column_number", lambda _i18n, _places, row: row.certificate.number, 9.5)


def _issued_category() -> TableColumn[PaperRow]:
    def text(i18n: I18n, _places: Places, row: PaperRow) -> str:
        return i18n.text(row.certificate.category_text)

    return TableColumn("certificates.column_category", text, 5.5)


def _issued_on() -> TableColumn[PaperRow]:
    return TableColumn(
        "certificates.column_issued", lambda i18n, _places, row: i18n.day(row.certificate.issued_on), 5.5
    )


def _valid_until() -> TableColumn[PaperRow]:
    return TableColumn(
        "certificates.column_until", lambda i18n, _places, row: i18n.day(row.certificate.valid_until), 5.5
    )


def _state() -> TableColumn[PaperRow]:
    def text(i18n: I18n, _places: Places, row: PaperRow) -> str:
        certificate = row.certificate
        word = i18n.tr(f"ui.certificate_state.{certificate.state.value}")
        return i18n.tr("certificates.state_ordered", state=word) if ordered(certificate) else word

    def look(row: PaperRow) -> tuple[str, str]:
        return ("alert", "attention") if ordered(row.certificate) else STATE_LOOKS[row.certificate.state]

    return TableColumn("certificates.column_state", text, 8.5, look=look)


def _since() -> TableColumn[PaperRow]:
    return TableColumn("certificates.column_since", lambda i18n, _places, row: i18n.day(row.certificate.since), 5.5)


def _what() -> TableColumn[PaperRow]:
    def text(i18n: I18n, _places: Places, row: PaperRow) -> str:
        return i18n.tr(f"certificates.due_{row.due.kind.value}") if row.due else ""

    def look(row: PaperRow) -> tuple[str, str] | None:
        return DUE_LOOKS[row.due.kind.value] if row.due else None

    return TableColumn("certificates.column_due", text, 8, look=look)


def _by() -> TableColumn[PaperRow]:
    return TableColumn(
        "certificates.column_by", lambda i18n, _places, row: i18n.day(row.due.by if row.due else None), 5.5
    )


def ordered(row: CertificateRow) -> bool:
    """Tell whether something is to be put right at a unit whose certificate stands."""
    return row.ordered_until is not None and row.state.value in ("valid", "not_yet")
