"""Print lists of names, before and after the naming and of what is valid, and the artwork of plaques."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.documents.name_list_data import ListEntry, ListGroup, ListKind, NameList
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import naming, reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.documents.plaque import Plaque
    from wufei_cells.domain.batches import Batch
    from wufei_cells.domain.register import AssessmentRow, CertificateRow

NOTICED = (Stage.NOTICED, Stage.NAMED, Stage.CERTIFIED)
NAMED = (Stage.NAMED, Stage.CERTIFIED)


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which list is wanted, and what the register does not say of it."""

    kind: ListKind
    batch: str = ""
    """Which batch, by id or title. A batch says itself when it was noticed and named."""
    on: date | None = None
    """The day below the list; of valid certificates the day on which they are."""
    notice_from: date | None = None
    notice_until: date | None = None
    contact: str = ""
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """One unit with what decides its place in a list."""

    category: str
    district: str
    name: str
    category_text: Text
    official: bool
    certificate: CertificateRow | None = None


def name_list(workspace: Workspace, wanted: ListRequest) -> NameList:
    """Gather a list of names from the register; looking writes nothing.

    - A notice names the sites of its batch; without a batch those that are approved and wait for one.
    - A naming names the sites of its batch; without a batch those whose certificates bear its document number.
    - The list of what is valid names every site whose certificate is valid on the day.

    Raises:
        UserError: there is no such batch; a naming says neither its batch nor its document number.
    """
    with workspace.database.reading() as connection:
        batch = naming.require_batch(connection, wanted.batch) if wanted.batch else None
        found = _units(workspace, connection, wanted, batch.id if batch else "")
        of = _told_by_batch(wanted, batch.batch) if batch else wanted
        profile = reading.profile(connection)
        official = all(unit.official for unit in found)
        return NameList(
            kind=wanted.kind,
            city=profile.city,
            issuer=profile.issuer,
            on=of.on or workspace.today(),
            groups=_groups(workspace, connection, found),
            batch=Text(batch.batch.title) if batch and wanted.kind is not ListKind.VALID else Text(""),
            document_number=of.document_number.strip() if wanted.kind is ListKind.NAMING else "",
            period=(of.notice_from, of.notice_until) if of.notice_from and of.notice_until else None,
            contact=" ".join(of.contact.split()),
            example=workspace.example,
            official=official,
        )


def name_list_pdf(data: NameList, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print a list, in the language of the wording.

    Raises:
        ProblemsFound: it cannot be published like this.
    """
    from wufei_cells.documents.name_list import render_name_list  # noqa: PLC0415 - loads reportlab

    return render_name_list(data, fonts, wording)


def name_list_text(data: NameList, wording: Wording) -> str:
    """Write a list to paste into a page or a message, in the language of the wording.

    Raises:
        ProblemsFound: it cannot be published like this.
    """
    from wufei_cells.documents import name_list_words  # noqa: PLC0415 - beside the other documents

    return name_list_words.name_list_text(data, wording)


def plaques(
    workspace: Workspace, certificates: Iterable[str], fonts: DocumentFonts, wording: Wording, *, width: int = 600
) -> bytes:
    """Draw the artwork of plaques, a page for each certificate, at real size.

    Args:
        workspace: the register.
        certificates: by id or number.
        fonts: the fonts of documents.
        wording: the words beside those of the records.
        width: of the plaque in millimetres.

    Raises:
        ProblemsFound: certificates that are not valid today, all of them at once.
        UserError: there is no such certificate; a text does not fit; the width is no plaque's.
    """
    from wufei_cells.documents.plaque import render_plaques  # noqa: PLC0415 - loads reportlab

    with workspace.database.reading() as connection:
        rows = [reading.certificate(workspace, connection, key) for key in dict.fromkeys(certificates)]
    if not rows:
        raise UserError("paper.no_certificates")
    refused = [row for row in rows if row.state is not CertificateState.VALID]
    if refused:
        raise ProblemsFound(
            Problem("paper.plaque_not_valid", row.number, {"number": row.number, "unit": row.site_name})
            for row in refused
        )
    return render_plaques([_plaque(row) for row in rows], fonts, wording, width=width)


def _plaque(row: CertificateRow) -> Plaque:
    from wufei_cells.documents.plaque import Plaque  # noqa: PLC0415 - loads reportlab

    return Plaque(
        title=row.category_text["zh"],
        unit=row.site_name,
        issuer=row.issuer["zh"],
        named_on=row.named_on or row.issued_on,
        number=row.number,
        example=row.example,
    )


# --- whom a list names


def _told_by_batch(wanted: ListRequest, batch: Batch) -> ListRequest:
    """Let the batch say what it knows."""
    notice = wanted.kind is ListKind.NOTICE
    return ListRequest(
        kind=wanted.kind,
        on=wanted.on or (batch.notice_from if notice else batch.named_on),
        notice_from=batch.notice_from or wanted.notice_from,
        notice_until=batch.notice_until or wanted.notice_until,
        contact=batch.contact or wanted.contact,
        document_number=batch.document_number or wanted.document_number,
    )


def _units(workspace: Workspace, connection: Connection, wanted: ListRequest, batch: str) -> list[_Named]:
    issued = certificate_queries.certificates(connection, on=wanted.on or workspace.today())
    if wanted.kind is ListKind.VALID:
        return [_holder(row) for row in issued if row.state is CertificateState.VALID]
    if batch:
        stages = NOTICED if wanted.kind is ListKind.NOTICE else NAMED
        rows = [row for row in assessment_queries.assessments_of_batch(connection, batch) if row.stage in stages]
        held = {row.assessment: row for row in issued} if wanted.kind is ListKind.NAMING else {}
        return [_unit(workspace, connection, row, held.get(row.id)) for row in rows]
    if wanted.kind is ListKind.NOTICE:
        waiting = [row for row in assessment_queries.assessments(connection) if row.stage is Stage.APPROVED]
        return [_unit(workspace, connection, row, None) for row in waiting]
    if not wanted.document_number.strip():
        raise UserError("paper.which_naming")
    return [_holder(row) for row in issued if row.document_number == wanted.document_number.strip()]


def _holder(row: CertificateRow) -> _Named:
    text = Text(row.category_text["zh"], row.category_text.get("en", ""))
    return _Named(row.category, row.district, row.site_name, text, row.official, row)


def _unit(
    workspace: Workspace, connection: Connection, row: AssessmentRow, certificate: CertificateRow | None
) -> _Named:
    checklist = reading.checklist(workspace, connection, row.edition)
    return _Named(row.category, row.district, row.site_name, checklist.category.text, checklist.official, certificate)


def _groups(workspace: Workspace, connection: Connection, found: Iterable[_Named]) -> tuple[ListGroup, ...]:
    """Put units under their categories, in the order of the city; within one by district and name."""
    profile = reading.profile(connection)
    of_category = {category.key: place for place, category in enumerate(reading.categories(workspace, connection))}
    of_district = {district.key: place for place, district in enumerate(profile.districts)}

    def place(unit: _Named) -> tuple[object, ...]:
        return (
            of_category.get(unit.category, len(of_category)),
            unit.category,
            of_district.get(unit.district, len(of_district)),
            unit.name,
        )

    groups: dict[str, list[_Named]] = {}
    for unit in sorted(found, key=place):
        groups.setdefault(unit.category, []).append(unit)
    texts = {district.key: district.text for district in profile.districts}
    return tuple(
        ListGroup(
            units[0].category_text,
            tuple(_entry(unit, texts.get(unit.district, Text(unit.district))) for unit in units),
        )
        for units in groups.values()
    )


def _entry(unit: _Named, district: Text) -> ListEntry:
    held = unit.certificate
    if held is None:
        return ListEntry(unit.name, district)
    return ListEntry(unit.name, district, held.number, held.valid_until)
