"""Read evidence: plain frozen rows, one query each."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, or_, select

from wufei_cells.domain.evidence import EvidenceFile, EvidenceId, EvidenceRow, Place
from wufei_cells.store import tables
from wufei_cells.store.queries import day_in

_file = tables.evidence_file
_piece = tables.evidence
_assessment = tables.assessment
_site = tables.site
_person = tables.person

_FILE = [_file.c[column.name].label(f"file_{column.name}") for column in _file.c]
_ROWS = (
    select(_piece, *_FILE, _person.c.name.label("author_name"))
    .select_from(_piece)
    .join(_file, _file.c.id == _piece.c.file)
    .outerjoin(_person, _person.c.id == _piece.c.author)
)
_OF_ASSESSMENTS = _ROWS.where(_piece.c.assessment.in_(bindparam("assessments", expanding=True))).order_by(
    _piece.c.item, _piece.c.at, _piece.c.name, _piece.c.file
)
_ONE_FILE = select(*_FILE).where(_file.c.id == bindparam("of_file"))
_whole = func.coalesce(_assessment.c.part_of, _assessment.c.id)
_FAMILY = select(_assessment.c.id, _assessment.c.visited_on).where(
    or_(_assessment.c.id == bindparam("of_whole"), _assessment.c.part_of == bindparam("of_whole"))
)
_WHOLE = select(_whole).where(_assessment.c.id == bindparam("of_assessment"))
_HASHES = select(_file.c.id, _file.c.likeness).where(_file.c.likeness != "")
_USES_ANYWHERE = (
    select(
        *(_piece.c.file, _piece.c.assessment, _piece.c.item, _assessment.c.site, _assessment.c.started_at),
        *(_site.c.name.label("site_name"), _whole.label("whole")),
    )
    .select_from(_piece)
    .join(_assessment, _assessment.c.id == _piece.c.assessment)
    .join(_site, _site.c.id == _assessment.c.site)
    .order_by(_assessment.c.started_at, _piece.c.assessment, _piece.c.item)
)
_USES = _USES_ANYWHERE.where(_piece.c.file.in_(bindparam("files", expanding=True)))
_COUNTS = select(_piece.c.assessment, func.count().label("pieces")).group_by(_piece.c.assessment)
_PROVEN = (
    select(func.coalesce(_assessment.c.part_of, _piece.c.assessment), _piece.c.item)
    .join(_assessment, _assessment.c.id == _piece.c.assessment)
    .distinct()
)
_EVERYTHING = (
    _ROWS.join(_assessment, _assessment.c.id == _piece.c.assessment)
    .join(_site, _site.c.id == _assessment.c.site)
    .order_by(_site.c.name, _assessment.c.started_at, _piece.c.assessment, _piece.c.at, _piece.c.name, _piece.c.file)
)
_REPEATED = _USES_ANYWHERE.where(
    _piece.c.file.in_(select(_piece.c.file).group_by(_piece.c.file).having(func.count() > 1))
)
_PLACES_OF_SITE = (
    select(_file.c.id, _file.c.latitude, _file.c.longitude)
    .select_from(_piece)
    .join(_file, _file.c.id == _piece.c.file)
    .join(_assessment, _assessment.c.id == _piece.c.assessment)
    .where(_assessment.c.site == bindparam("of_site"), _file.c.latitude.is_not(None))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Use:
    """Where a piece stands."""

    file: EvidenceId
    assessment: str
    whole: str
    """The assessment that a sheet of one column or assessor belongs to; else the assessment itself."""
    site: str
    site_name: str
    item: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class PlacedEvidence:
    """A piece and the assessment it stands in."""

    assessment: str
    row: EvidenceRow


def all_evidence(connection: Connection) -> Iterator[PlacedEvidence]:
    """Give all evidence of the register, by site and assessment, in the order it was taken in; never all at once."""
    for row in connection.execute(_EVERYTHING, execution_options={"yield_per": 2000}).mappings():
        yield PlacedEvidence(row["assessment"], _evidence_row(row))


def counts(connection: Connection) -> dict[str, int]:
    """Count the pieces of evidence by assessment."""
    return {row.assessment: int(row.pieces) for row in connection.execute(_COUNTS)}


def proven_items(connection: Connection) -> dict[str, set[str]]:
    """Name the items under which something stands, by assessment; what stands in its sheets counts as its own."""
    found: dict[str, set[str]] = {}
    for assessment, item in connection.execute(_PROVEN):
        found.setdefault(assessment, set()).add(item)
    return found


def repeated(connection: Connection) -> Iterator[Use]:
    """Give all places of those pieces that stand in more than one."""
    return map(_use, connection.execute(_REPEATED))


def evidence(connection: Connection, assessments: Collection[str]) -> tuple[EvidenceRow, ...]:
    """List what stands under the items of assessments, by item and then in the order it was taken in."""
    rows = connection.execute(_OF_ASSESSMENTS, {"assessments": list(assessments)}).mappings()
    return tuple(_evidence_row(row) for row in rows)


def file(connection: Connection, key: str) -> EvidenceFile | None:
    """Give what is known of a piece's content."""
    row = connection.execute(_ONE_FILE, {"of_file": key}).mappings().first()
    return _file_in(row) if row else None


def family(connection: Connection, assessment: str) -> dict[str, date | None]:
    """Give an assessment with the sheets that belong to it (or that it belongs to): the day of each one's visit."""
    whole = connection.execute(_WHOLE, {"of_assessment": assessment}).scalar()
    rows = connection.execute(_FAMILY, {"of_whole": whole})
    return {row.id: day_in(row.visited_on) for row in rows}


def hashes(connection: Connection) -> Iterator[tuple[str, str]]:
    """Give the perceptual hash of every picture in the register."""
    for row in connection.execute(_HASHES, execution_options={"yield_per": 5000}):
        yield row[0], row[1]


def uses(connection: Connection, files: Collection[str]) -> tuple[Use, ...]:
    """List where some pieces stand."""
    if not files:
        return ()
    return tuple(map(_use, connection.execute(_USES, {"files": list(files)})))


def places_of_site(connection: Connection, site: str) -> dict[str, Place]:
    """Give where the photos of a site were taken."""
    rows = connection.execute(_PLACES_OF_SITE, {"of_site": site})
    return {row.id: Place(row.latitude, row.longitude) for row in rows}


def referenced(connection: Connection) -> dict[str, str]:
    """Give the name of every content that is pointed to, and the name under which a person knows it."""
    pieces = connection.execute(select(_piece.c.file, func.min(_piece.c.name)).group_by(_piece.c.file))
    named = {row[0]: str(row[1]) for row in pieces}
    originals = connection.execute(select(_file.c.id, _file.c.original).where(_file.c.original.is_not(None)))
    return named | {row.original: named[row.id] for row in originals if row.id in named}


def original_of(connection: Connection, file: str) -> tuple[str, ...]:
    """Give the original that is kept beside a piece, if there is one."""
    found = connection.execute(select(_file.c.original).where(_file.c.id == file)).scalar()
    return (found,) if found else ()


def _use(row: Any) -> Use:
    return Use(
        EvidenceId(row.file),
        row.assessment,
        row.whole,
        row.site,
        row.site_name,
        row.item,
        datetime.fromisoformat(row.started_at),
    )


def _evidence_row(row: RowMapping) -> EvidenceRow:
    return EvidenceRow(
        file=_file_in(row),
        item=row["item"],
        name=row["name"],
        caption=row["caption"],
        author=row["author_name"] or row["author"],
        at=datetime.fromisoformat(row["at"]),
        until=day_in(row["until"]),
    )


def _file_in(row: RowMapping) -> EvidenceFile:
    taken, latitude = row["file_taken_at"], row["file_latitude"]
    original = row["file_original"]
    return EvidenceFile(
        id=EvidenceId(row["file_id"]),
        media_type=row["file_media_type"],
        size=row["file_size"],
        width=row["file_width"],
        height=row["file_height"],
        taken_at=datetime.fromisoformat(taken) if taken else None,
        place=Place(latitude, row["file_longitude"]) if latitude else None,
        likeness=row["file_likeness"],
        original=EvidenceId(original) if original else None,
    )
