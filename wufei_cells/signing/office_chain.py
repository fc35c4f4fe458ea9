"""Which keys speak for the office: those that lead down from a key that a person here has pinned.

Anybody can send the announcement of a key that calls itself the office's. So nothing counts that does not lead back to
a *pin*: a key whose words the person compared when the device joined, or that was made here.

A key that another follows speaks no longer by itself: what it said of devices counts only where the key that follows it
said it again. So an office key that was given up is of no use to a thief, who could otherwise go on signing, back-dated
at will. Where two keys claim to follow one (a thief's would), only what both say counts, until a person pins one of
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from wufei_cells.signing.announcements import Announcement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OfficeChain:
    """The keys under the pins."""

    pin: str
    """The key in which trust begins today; empty while nothing is pinned."""
    accepted: frozenset[Announcement]
    """What is announced of the keys under all pins, earlier ones as well: what they signed is still genuine."""
    followers: Mapping[str, tuple[str, ...]]
    """By key, those that follow it."""

    @property
    def keys(self) -> Mapping[str, bytes]:
        """Give the keys from the pin of today down, by name, each before those that follow it."""
        public = {one.id: one.key for one in self.accepted}
        found = {self.pin: public[self.pin]} if self.pin in public else {}
        waiting = [*found]
        for key in waiting:
            after = self.followers.get(key, ())
            found.update({one: public[one] for one in after})
            waiting += after
        return found

    @property
    def forked(self) -> tuple[str, ...]:
        """Name the keys that more than one key claims to follow: a person has to say which one is the office's."""
        return tuple(sorted(key for key in self.keys if len(self.followers.get(key, ())) > 1))

    def vouched(self, said: Mapping[str, AbstractSet[T]]) -> frozenset[T]:
        """Give what counts of what each key said, by name."""
        counts: dict[str, frozenset[T]] = {}
        for key in reversed([*self.keys]):  # those that follow come before the one they follow
            after = [counts[one] for one in self.followers.get(key, ())]
            counts[key] = after[0].intersection(*after[1:]) if after else frozenset(said.get(key, ()))
        return counts.get(self.pin, frozenset())


def office_chain(pins: Sequence[str], announcements: Iterable[Announcement]) -> OfficeChain:
    """Follow the announcements from the pins, of which the last one is that of today."""
    left = sorted(set(announcements), key=lambda one: (one.since, one.id, one.signature))
    accepted = {one for one in left if one.id in pins and one.predecessor is None and one.signed_by(one.key)}
    public = {one.id: one for one in accepted}
    added = True
    while added:
        added = False
        for one in left:
            before = public.get(one.predecessor or "")
            # Each key follows one other at most, so that no two of them follow each other.
            if one.id in public or before is None or one.since < before.since or not one.signed_by(before.key):
                continue
            accepted.add(one)
            public[one.id] = one
            added = True
    followers: dict[str, tuple[str, ...]] = {}
    for one in sorted(accepted, key=lambda one: one.id):
        if one.predecessor:
            followers[one.predecessor] = (*followers.get(one.predecessor, ()), one.id)
    return OfficeChain(pins[-1] if pins else "", frozenset(accepted), followers)
