"""X-rays of evidence: past its day, taken at another time than the visit, the same photo in another file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wufei_cells.domain.checkups import Check, Hint, Weight
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.evidence.likeness import BITS, NEAR, near_pairs
from wufei_cells.evidence.near_among import near_among
from wufei_cells.services.checkup_reading import File, RegisterReading
from wufei_cells.services.evidence_checks import outside_visit
from wufei_cells.store import evidence_queries
from wufei_cells.store.checkup_queries import Piece


def evidence_expired(file: File) -> Iterator[Hint]:
    """Find evidence that has run out; of holders of certificates, too, who are to renew it."""
    if not file.open and not (file.latest and file.row.stage is Stage.CERTIFIED):
        return
    weight = Weight.WARNING if file.open else Weight.NOTE
    for piece in _once(file.pieces):
        if piece.until is not None and piece.until < file.register.today:
            values = {"name": piece.name, "until": piece.until, "item": file.names(piece.item)}
            yield file.hint(Check.EVIDENCE_EXPIRED, weight, piece.item, **values)


def photo_time(file: File) -> Iterator[Hint]:
    """Find photos that were taken on none of the days of the visit."""
    if not file.open:
        return
    days = {row.visited_on for row in (file.row, *file.parts) if row.visited_on is not None}
    for piece in _once(file.pieces):
        if piece.taken_at is not None and outside_visit(piece.taken_at, days):
            values = {"name": piece.name, "taken": piece.taken_at.date(), "visited": min(days)}
            yield file.hint(Check.PHOTO_TIME, Weight.WARNING, piece.item, **values)


# --- the same photo elsewhere


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where a photo stands, as other files speak of it."""

    whole: str
    site: str
    site_name: str
    year: int


class PhotoComparison:
    """Knows of every photo of the register where it stands, and which others it looks like."""

    def __init__(self, register: RegisterReading) -> None:
        photos = {piece.file: piece.likeness for file in register.files for piece in file.pieces if piece.is_photo}
        hashes = {key: written for key, written in photos.items() if written}
        self._bearers: dict[str, list[str]] = {}
        self._near: dict[str, dict[str, int]] = {}
        self._hashes = hashes
        if register.only is None:
            self._note_all(hashes)
        else:
            self._note_of(register, hashes)
        others = {key for keys in self._bearers.values() for key in keys}
        self._places = _places(register, {*photos, *others})

    def hints(self, file: File) -> Iterator[Hint]:
        """Find photos of an open file that stand in another one, or look like one there."""
        if not file.open:
            return
        for piece in _once(file.pieces):
            if not piece.is_photo:
                continue
            same = self._elsewhere(file, piece.file)
            if same:
                yield _hint(file, piece, Check.PHOTO_SAME, Weight.WARNING, same[0], count=len(same))
                continue
            alike = ((self._elsewhere(file, other), bits) for other, bits in self._alike(piece.file))
            found = next(((places, bits) for places, bits in alike if places), None)
            if found:
                share = int(Fraction(100 * (BITS - found[1]), BITS))
                yield _hint(file, piece, Check.PHOTO_ALIKE, Weight.NOTE, found[0][0], share=share)

    def _alike(self, photo: str) -> Iterator[tuple[str, int]]:
        """Give the photos that look like one, the nearest first."""
        own = self._hashes.get(photo)
        if own is None:
            return
        for written, bits in sorted(self._near.get(own, {}).items(), key=lambda entry: (entry[1], entry[0])):
            yield from ((other, bits) for other in self._bearers[written] if other != photo)

    def _elsewhere(self, file: File, photo: str) -> list[Elsewhere]:
        found = {place for place in self._places.get(photo, ()) if place.whole != file.row.id}
        return sorted(found, key=lambda place: (place.site == file.row.site, place.site_name, place.year, place.whole))

    def _note_all(self, hashes: Mapping[str, str]) -> None:
        """Look through all photos for every pair among them."""
        for key, written in sorted(hashes.items()):
            self._bearers.setdefault(written, []).append(key)
        self._near = {written: {written: 0} for written in self._bearers}
        for one, other, bits in near_among(self._bearers, most=NEAR):
            self._near[one][other] = self._near[other][one] = bits

    def _note_of(self, register: RegisterReading, hashes: Mapping[str, str]) -> None:
        """Look through all photos of the register for those that look like a few."""
        stored = dict(evidence_queries.hashes(register.connection)) if hashes else {}
        for name, other, bits in near_pairs(hashes, stored.items()):
            self._near.setdefault(hashes[name], {})[stored[other]] = bits
            known = self._bearers.setdefault(stored[other], [])
            if other not in known:
                known.append(other)
        for known in self._bearers.values():
            known.sort()


def _hint(file: File, piece: Piece, check: Check, weight: Weight, place: Elsewhere, **values: object) -> Hint:
    told = {"name": piece.name, "other": place.site_name, "year": place.year, **values}
    return file.hint(check, weight, piece.item, **told)


def _places(register: RegisterReading, photos: set[str]) -> Mapping[str, tuple[Elsewhere, ...]]:
    found: dict[str, tuple[Elsewhere, ...]] = {}
    if register.only is None:
        for file in register.files:
            place = Elsewhere(file.row.id, file.row.site, file.row.site_name, file.row.started_at.year)
            for key in {piece.file for piece in file.pieces if piece.is_photo}:
                found[key] = (*found.get(key, ()), place)
        return found
    for use in evidence_queries.uses(register.connection, sorted(photos)):
        if use.assessment not in register.hidden:
            place = Elsewhere(use.whole, use.site, use.site_name, use.started_at.year)
            found[use.file] = (*found.get(use.file, ()), place)
    return found


def _once(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give each content once, where it stands first."""
    seen: set[str] = set()
    for piece in pieces:
        if piece.file not in seen:
            seen.add(piece.file)
            yield piece
