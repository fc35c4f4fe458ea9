"""Every piece of evidence: where it stands, what it is, since when, by whom, and where else the same content stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from wufei_cells.evidence.media_types import ending
from wufei_cells.store import evidence_queries
from wufei_cells.workbooks.ledgers.table import Lines, Look, Row

if TYPE_CHECKING:
    from wufei_cells.domain.evidence import EvidenceFile
    from wufei_cells.domain.register import AssessmentRow, EditionId
    from wufei_cells.services.ledger_gathering import Gathering
    from wufei_cells.store.evidence_queries import PlacedEvidence, Use

_COLUMNS = (
    ("order", 6, Look.CENTER),
    ("site", 20, Look.TEXT),
    ("category", 10, Look.CENTER),
    ("district", 9, Look.CENTER),
    ("assessed_on", 11, Look.CENTER),
    ("assessors", 10, Look.TEXT),
    ("item_number", 7, Look.CENTER),
    ("item", 22, Look.TEXT),
    ("file", 20, Look.TEXT),
    ("kind", 7, Look.CENTER),
    ("taken_at", 17, Look.CENTER),
    ("taken_where", 13, Look.CENTER),
    ("size", 9, Look.CENTER),
    ("content", 13, Look.CENTER),
    ("caption", 18, Look.TEXT),
    ("holds_until", 11, Look.CENTER),
    ("attached_by", 9, Look.CENTER),
    ("attached_at", 17, Look.CENTER),
    ("also", 20, Look.TEXT),
)
"""Names, widths in characters and looks, in the order in which they stand."""
SHOWN_HASH = 12
SHOWN_USES = 3
"""How many other places of a piece are named before the rest is only counted."""
_KILOBYTE = 1024


def gather(gathering: Gathering) -> Lines:
    """Gather it, by site, assessment and item; nothing of a sheet that is kept from the person who asks."""
    count = sum(
        number
        for assessment, number in evidence_queries.counts(gathering.connection).items()
        if _meant(gathering, assessment)
    )
    return Lines(tuple(gathering.column(*column) for column in _COLUMNS), _rows(gathering), count)


def _meant(gathering: Gathering, assessment: str) -> bool:
    row = gathering.assessments.get(assessment)
    if row is None or assessment in gathering.hidden:
        return False
    return gathering.scope.holds(row.category, row.district)


def _rows(gathering: Gathering) -> Iterator[Row]:
    places = _Places(gathering)
    order = 0
    everything = evidence_queries.all_evidence(gathering.connection)
    for assessment, group in groupby(everything, key=lambda one: one.assessment):
        if _meant(gathering, assessment):
            row = gathering.assessments[assessment]
            for one in sorted(group, key=lambda one: places.of(row.edition, one.row.item)):
                order += 1
                yield (order, *_line(gathering, row, one, places))


def _line(gathering: Gathering, row: AssessmentRow, one: PlacedEvidence, places: _Places) -> Row:
    piece, file = one.row, one.row.file
    place = file.place
    return (
        row.site_name,
        gathering.category(row.category),
        gathering.district(row.district),
        row.on,
        gathering.joined(row.assessors),
        *gathering.item(row.edition, piece.item),
        piece.name,
        _kind(gathering, file),
        file.taken_at,
        f"{place.latitude}, {place.longitude}" if place else "",
        Fraction(file.size, _KILOBYTE),
        file.id[:SHOWN_HASH],
        piece.caption,
        piece.until,
        piece.author,
        piece.at,
        places.others(row, one),
    )


def _kind(gathering: Gathering, file: EvidenceFile) -> str:
    """Say what a file is: a picture, or the ending by which people know it."""
    if file.is_picture:
        return gathering.say("ledger.kind_picture")
    return ending(file.media_type).removeprefix(".").upper() or gathering.say("ledger.kind_file")


class _Places:
    """Where items stand in their editions, and where else a piece stands."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._order: dict[EditionId, Mapping[str, int]] = {}
        self._uses: dict[str, list[Use]] = {}
        for use in evidence_queries.repeated(gathering.connection):
            if use.assessment not in gathering.hidden:
                self._uses.setdefault(use.file, []).append(use)

    def of(self, edition: EditionId, item: str) -> int:
        """Give where an item stands in its edition; what stands under none comes first."""
        if edition not in self._order:
            entries = self._gathering.checklist(edition).entries()
            self._order[edition] = {"": -1, **{entry.key: place for place, entry in enumerate(entries)}}
        return self._order[edition].get(item, len(self._order[edition]))

    def others(self, row: AssessmentRow, one: PlacedEvidence) -> str:
        """Name the other places of a piece, those of other sites first."""
        uses = [use for use in self._uses.get(one.row.file.id, ()) if not _same(use, one)]
        uses.sort(key=lambda use: use.site == row.site)
        told = [self._said(row, use) for use in uses[:SHOWN_USES]]
        if len(uses) > SHOWN_USES:
            told.append(self._gathering.say("ledger.also_more", count=len(uses) - SHOWN_USES))
        return "\n".join(told)

    def _said(self, row: AssessmentRow, use: Use) -> str:
        gathering = self._gathering
        there = gathering.assessments.get(use.assessment)
        number = gathering.item(there.edition, use.item)[0] if there else ""
        item = number or gathering.say("ledger.whole_site")
        if use.assessment == row.id:
            return gathering.say("ledger.also_here", item=item)
        day = there.on.isoformat() if there else ""
        return gathering.say("ledger.also_there", site=use.site_name, day=day, item=item)


def _same(use: Use, one: PlacedEvidence) -> bool:
    return use.assessment == one.assessment and use.item == one.row.item
