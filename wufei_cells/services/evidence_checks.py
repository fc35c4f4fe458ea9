"""What is odd about evidence: the same photo elsewhere, another time or place than the visit, no picture in a .jpg."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from statistics import median

from wufei_cells.domain.evidence import EvidenceRow, Likeness, Place
from wufei_cells.errors import Problem
from wufei_cells.evidence.likeness import BITS, near_pairs
from wufei_cells.services import blindness, evidencing, reading
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import evidence_queries
from wufei_cells.store.evidence_queries import Use

FAR = 2.0
"""Kilometers between a photo and the site's other ones from which on it is worth a look."""
_EARTH = 6371.0


@dataclass(frozen=True, slots=True)
class Caution:
    """Something about a piece that a person should look at: a code with both values; nothing is refused for it."""

    row: EvidenceRow
    problem: Problem


def likenesses(workspace: Workspace, assessment_id: str) -> tuple[Likeness, ...]:
    """Find pieces of an assessment that stand in another one, or look like a picture there; the same ones first.

    Sheets that belong to the same assessment are no others.
    """
    with workspace.database.reading() as connection:
        blindness.refuse_hidden(workspace, connection, assessment_id)
        own = {*evidence_queries.family(connection, assessment_id), *blindness.hidden_sheets(workspace, connection)}
        rows = {str(row.file.id): row for row in evidence_queries.evidence(connection, [assessment_id])}
        mine = {key: row.file.likeness for key, row in rows.items()}
        pairs = {(name, other): bits for name, other, bits in near_pairs(mine, evidence_queries.hashes(connection))}
        pairs |= {(key, key): 0 for key in mine}
        uses: dict[str, list[Use]] = {}
        for use in evidence_queries.uses(connection, sorted({other for _name, other in pairs})):
            if use.assessment not in own:
                uses.setdefault(use.file, []).append(use)
    found = [
        Likeness(
            row=rows[name],
            other=use.file,
            assessment=use.assessment,
            site=use.site,
            site_name=use.site_name,
            item=use.item,
            started_at=use.started_at,
            same=name == use.file,
            share=Fraction(BITS - bits, BITS),
        )
        for (name, other), bits in pairs.items()
        for use in uses.get(other, ())
    ]
    return tuple(sorted(found, key=lambda one: (not one.same, -one.share, one.started_at, one.row.file.id)))


def checks(workspace: Workspace, assessment_id: str) -> tuple[Caution, ...]:
    """List photos taken on another day than the visit or far off, what is no photo, and what is past its day."""
    with workspace.database.reading() as connection:
        row = reading.assessment(connection, assessment_id)
        blindness.refuse_hidden(workspace, connection, assessment_id)
        days = {day for day in evidence_queries.family(connection, assessment_id).values() if day}
        rows = evidencing.evidence_of(workspace, connection, assessment_id)
        places = evidence_queries.places_of_site(connection, row.site)
    today = workspace.today()
    found = [(_content(one), _time(one, days), _place(one, places), _until(one, today)) for one in rows]
    return tuple(caution for of_one in found for caution in of_one if caution)


def days_of_visit(workspace: Workspace, assessment_id: str) -> tuple[date, ...]:
    """Give the days on which the site was visited, as far as the assessment and its sheets say."""
    with workspace.database.reading() as connection:
        return tuple(sorted({day for day in evidence_queries.family(connection, assessment_id).values() if day}))


def outside_visit(taken_at: datetime | None, days: Iterable[date]) -> bool:
    """Tell whether a photo was taken on none of the days of a visit; without a day or a time nothing can be told."""
    known = set(days)
    return taken_at is not None and bool(known) and taken_at.date() not in known


def _content(row: EvidenceRow) -> Caution | None:
    other = evidencing.other_content(row.name, row.file.media_type)
    return Caution(row, replace(other, place=row.item)) if other else None


def _time(row: EvidenceRow, days: set[date]) -> Caution | None:
    taken = row.file.taken_at
    if taken is None or not outside_visit(taken, days):
        return None
    visited = ", ".join(day.isoformat() for day in sorted(days))
    values = {"taken": taken.isoformat(" ", "minutes"), "visited": visited}
    return Caution(row, Problem("evidencing.outside_visit", row.item, values))


def _until(row: EvidenceRow, today: date) -> Caution | None:
    if row.until is None or row.until >= today:
        return None
    return Caution(row, Problem("evidencing.past_its_day", row.item, {"until": row.until.isoformat()}))


def _place(row: EvidenceRow, places: Mapping[str, Place]) -> Caution | None:
    others = [place for key, place in places.items() if key != row.file.id]
    if row.file.place is None or not others:
        return None
    middle = _middle(others)
    away = kilometers(row.file.place, middle)
    if away <= FAR:
        return None
    values = {
        "distance": f"{away:.1f}",
        "place": f"{row.file.place.latitude}, {row.file.place.longitude}",
        "others": f"{middle.latitude}, {middle.longitude}",
    }
    return Caution(row, Problem("evidencing.far_from_site", row.item, values))


def _middle(places: list[Place]) -> Place:
    """Give the place in the middle; one photo that is far off does not move it."""
    latitude = median(float(place.latitude) for place in places)
    longitude = median(float(place.longitude) for place in places)
    return Place(f"{latitude:.6f}", f"{longitude:.6f}")


def kilometers(one: Place, other: Place) -> float:
    """Measure the distance between two places along the earth's surface."""
    north, other_north = math.radians(float(one.latitude)), math.radians(float(other.latitude))
    east = math.radians(float(other.longitude) - float(one.longitude))
    half = math.sin((other_north - north) / 2) ** 2 + math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(half)))
