"""A device that no program of ours drives: it signs whatever its owner likes."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.exchange.cells_written import Place, value_for
from tests.exchange.oracle import Fact, Name
from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.bundles import ActRun, Bundle
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.exchange.bundles import HIGHEST, Seal, seal
from wufei_cells.signing.signing_key import SigningKey, device_id

UNREADABLE: tuple[tuple[Place, JsonValue], ...] = (
    (("answer", "assessment-1", "answer.A1"), "no fields at all"),
    (("answer", "assessment-1", "answer.A1"), {"value": "yes"}),
    (("answer", "assessment-1", "answer.A2"), {"value": "yes", "na": None, "note": 7, "entry": "hash"}),
    (("site", "site-1", "name"), None),
    (("site", "site-1", "name"), {"zh": "甲"}),
    (("site_fact", "site-1", "fact.canteen"), 3),
    (("finding", "finding-1", "finding"), {"text": "t1"}),
    (("assessment_state", "assessment-1", "state"), []),
    # Known kinds in cells that are not theirs: they would fill rows that belong to other cells.
    (("answer", "assessment-1", "A1"), {"value": "no", "na": None, "note": "", "entry": "hash"}),
    (("answer", "site-1", "name"), {"value": "no", "na": None, "note": "", "entry": "hash"}),
    (("site", "site-1", "id"), "site-2"),
    (("evidence", "assessment-1", f"evidence.{'ab' * 32}"), {"name": "", "caption": ""}),
    (("role", "person-1", "assessor"), True),
)
"""What no program of ours writes, and none can read."""
NEWER = (("poem", "assessment-1", "answer.A1"), ("poem", "site-1", "name"), ("poem", "poem-1", "line"))
"""Acts of kinds that only newer programs know may stand in any cell."""


class Forger:
    """One such device, with the key and the name of its owner."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.chance = chance
        self.key = SigningKey(bytes([number + 1]) * 32)
        self.device = device_id(self.key.public)
        self.author = f"joker-{number}"
        self.last = 0
        self.previous = ""

    def forge(self, places: Sequence[Place], known: Sequence[Fact]) -> tuple[list[Fact], Bundle]:
        """Write some acts that refer to what is known, and seal them."""
        first = self.last + 1 + self.chance.choice((0, 0, 0, 7))  # numbers may jump
        facts = [self._act(seq, places, known) for seq in range(first, first + self.chance.randrange(1, 5))]
        bundle = seal(run_of(facts), self.previous, Seal(self.key, self.device, self.author, "99.0"))
        self.last, self.previous = bundle.run.last, bundle.hash
        return facts, bundle

    def _act(self, seq: int, places: Sequence[Place], known: Sequence[Fact]) -> Fact:
        chance, readable = self.chance, True
        place: Place = chance.choice(places)
        value = value_for(place, chance.randrange(6))
        whim = chance.random()
        if whim < 0.25:
            (place, value), readable = chance.choice(UNREADABLE), False
        elif whim < 0.4:
            place, value = chance.choice(NEWER), {"verse": chance.randrange(3)}
        lamport = chance.choice((1, seq, 40 + seq, HIGHEST if chance.random() < 0.05 else 2 + seq))
        at = chance.choice(("1970-01-01T00:00:00+00:00", "2099-12-31T23:59:59.123456+08:00"))
        replaces = self._replaces(seq, place, known)
        return Fact(self.device, seq, *place, lamport, at, self.author, value, replaces, readable)

    def _replaces(self, seq: int, place: Place, known: Sequence[Fact]) -> frozenset[Name]:
        """Name acts of the cell, acts of other cells, acts to come of others, and acts that never were."""
        here = [fact.name for fact in known if fact.place == place[1:]]
        named = set(self.chance.sample(here, self.chance.randrange(min(len(here), 4) + 1)))
        if known and self.chance.random() < 0.3:
            other = self.chance.choice(known)
            named.add((other.device, other.seq + self.chance.choice((0, 0, 1, 2))))
        if self.chance.random() < 0.1:
            named.add(("f0" * 16, 5))
        return frozenset(name for name in named if name[0] != self.device or name[1] < seq)


def run_of(facts: Sequence[Fact]) -> ActRun:
    """Put acts that follow each other into columns."""
    return ActRun(
        facts[0].device,
        facts[0].seq,
        [fact.kind for fact in facts],
        [fact.entity for fact in facts],
        [fact.cell for fact in facts],
        [fact.lamport for fact in facts],
        [fact.at for fact in facts],
        [fact.author for fact in facts],
        [fact.value for fact in facts],
        [canonical_json(fact.value) for fact in facts],
        [tuple(sorted(fact.replaces)) for fact in facts],
    )
