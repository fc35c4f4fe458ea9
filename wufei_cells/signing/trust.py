"""Which keys are the office's: announcements that lead back to a first key, and the days each key was in use.

A first key is trusted because a person laid its announcement before us. Every later one is trusted because the key
before it signed for it. On the day another takes over, both hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from wufei_cells.signing.announcements import Announcement


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that are known, by name."""

    keys: Mapping[str, Announcement] = field(default_factory=dict[str, Announcement])

    def known(self, key: str) -> Announcement | None:
        """Give what was announced of a key."""
        return self.keys.get(key)

    def taken_over_on(self, key: str) -> date | None:
        """Give the day on which another key took over; ``None`` while none has."""
        return min((one.since for one in self.keys.values() if one.predecessor == key), default=None)

    def in_its_time(self, key: str, day: date) -> bool:
        """Tell whether what is dated on a day may still be signed with a key."""
        until = self.taken_over_on(key)
        return until is None or day <= until

    def same_office(self, one: str, other: str) -> bool:
        """Tell whether two keys belong to one office: they lead back to one first key, or bear one name."""
        first, second = self.keys.get(one), self.keys.get(other)
        if first is None or second is None:
            return False
        return first.issuer == second.issuer or self._first_of(first) == self._first_of(second)

    def extended(self, announcements: Iterable[Announcement]) -> Trust:
        """Take in successors that somebody else hands on, such as the issuer of a list.

        First keys are not taken from there, and no second successor of a key: a key that was given up and stolen could
        otherwise name a thief's.
        """
        given = [one for one in announcements if one.predecessor is not None]
        return Trust(_follow(dict(self.keys), given, forks=False))

    def _first_of(self, announcement: Announcement) -> str:
        while announcement.predecessor is not None:
            announcement = self.keys[announcement.predecessor]
        return announcement.id


def trust_in(announcements: Iterable[Announcement]) -> Trust:
    """Trust the first keys among announcements that a person vouches for, and all that follow from them."""
    given = list(announcements)
    first = {one.id: one for one in given if one.predecessor is None and one.signed_by(one.key)}
    return Trust(_follow(first, [one for one in given if one.predecessor is not None], forks=True))


def _follow(known: dict[str, Announcement], given: list[Announcement], *, forks: bool) -> Mapping[str, Announcement]:
    """Add those that a known key signed for, until no more can be added."""
    left = sorted(given, key=lambda one: (one.since, one.id))
    followed = {one.predecessor for one in known.values()}
    added = True
    while added:
        added = False
        for one in left:
            before = known.get(one.predecessor or "")
            if one.id in known or before is None or one.since < before.since or not one.signed_by(before.key):
                continue
            if one.predecessor in followed and not forks:
                continue
            known[one.id] = one
            followed.add(one.predecessor)
            added = True
    return known
