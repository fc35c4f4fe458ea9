"""Random histories of registers that exchange bundles, held against the oracle after every step.

The tests run some, ``python3 dev.py soak`` many. Whoever hands in the same chances gets the same history.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

from tests.exchange.cells_written import PLACES, Place, value_for
from tests.exchange.desks import Desks
from tests.exchange.forger import Forger
from tests.exchange.oracle import Fact, Name
from tests.exchange.replica import Replica
from tests.store.foreign import acts_in
from wufei_cells.domain.register import ActRef
from wufei_cells.store import ledger
from wufei_cells.store.bulk_writing import append_many
from wufei_cells.store.journal import Draft, append

REPLICAS = 4
COPIES = 2
"""How many registers may be copied in one history."""
PEOPLE = ("王敏", "李强", "赵磊", "陈静", "copied-1", "copied-2")
MOMENTS = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2026, 11, 2, 8, 30, tzinfo=timezone(timedelta(hours=8))),
    datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC),
)


class World:
    """Registers, the bundles that are under way between them, and devices that sign whatever they like."""

    def __init__(self, desks: Desks, chance: random.Random) -> None:
        self.desks = desks
        self.chance = chance
        self.facts: dict[Name, Fact] = {}
        self.places = chance.sample(PLACES, 6)  # few, so that people meet in them
        self.air: dict[bytes, None] = {}  # every bundle there ever was, in order
        databases = desks.cleared()
        self.replicas = [Replica(one, self.facts, PEOPLE[number]) for number, one in enumerate(databases)]
        self.forgers = [Forger(number, chance) for number in range(2)]
        self.happened: Counter[str] = Counter()
        edits = (self.edit, self.edit, self.edit_from_old_form, self.edit_from_old_form, self.open_forms, self.resolve)
        travels = (self.seal, self.seal, self.deliver, self.deliver, self.deliver, self.relay, self.deliver_again)
        rare = (self.write_many, self.forge, self.judge_again, self.give_back, self.copy)
        self._steps = (*edits * 2, *travels * 2, *rare)

    def run(self, steps: int) -> None:
        """Let so much happen, and bring everything to everybody in the end."""
        for number in range(steps):
            step = self.chance.choice(self._steps)
            replica = step(self.chance.choice(self.replicas))
            if replica is not None:
                self.happened[step.__name__] += 1
                standing = replica.check(whole=number % 16 == 15)
                self.happened["conflicts seen"] += len(standing.distinct)
        self.bring_everything()
        self.compare()

    # --- people

    def edit(self, replica: Replica) -> Replica:
        """Write a cell as it stands."""
        return self._write(replica, self.chance.choice(self.places), None)

    def open_forms(self, replica: Replica) -> None:
        """Load cells into forms that are saved later, or never."""
        heads = replica.expected().heads
        for place in self.chance.sample(self.places, 3):
            seen = tuple(ActRef(*name) for name in sorted(heads.get(place[1:], ())))
            replica.forms.append((place, seen))

    def edit_from_old_form(self, replica: Replica) -> Replica | None:
        """Save a form; it replaces what it had loaded, whatever stands now."""
        if not replica.forms:
            return None
        place, seen = self.chance.choice(replica.forms)
        return self._write(replica, place, seen)

    def resolve(self, replica: Replica) -> Replica | None:
        """Settle a conflict: one act replaces all that stand."""
        for one in (replica, *self.replicas):
            torn = one.expected().distinct
            places = [place for place in self.places if place[1:] in torn]
            if places:
                return self._write(one, self.chance.choice(places), None)
        return None

    def _write(self, replica: Replica, place: Place, seen: tuple[ActRef, ...] | None) -> Replica:
        at = self.chance.choice(MOMENTS)
        draft = Draft(*place, value_for(place, self.chance.randrange(6)), seen)
        with replica.database.writing() as connection:
            written = append(replica.database, connection, [draft], author=replica.author, at=at)
        replica.note([draft], written, at)
        return replica

    def write_many(self, replica: Replica) -> Replica:
        """Write several cells in one go, as taking in a list does."""
        at, chance = self.chance.choice(MOMENTS), self.chance
        drafts = [Draft(*place, value_for(place, chance.randrange(6))) for place in chance.sample(self.places, 4)]
        with replica.database.writing() as connection:
            append_many(replica.database, connection, drafts, author=replica.author, at=at)
        replica.note_many(drafts, at)
        return replica

    # --- bundles under way

    def seal(self, replica: Replica) -> Replica:
        """Seal what was written since."""
        for content in replica.seal(self.chance.choice((1, 3, 20_000))):
            self.air[content] = None
        return replica

    def deliver(self, replica: Replica) -> Replica | None:
        """Bring some bundles, in whatever order, known or not; most are lost for now."""
        return self._bring(replica, list(self.air))

    def relay(self, replica: Replica) -> Replica | None:
        """Hand on what somebody else holds."""
        return self._bring(replica, self.chance.choice(self.replicas).held())

    def deliver_again(self, replica: Replica) -> Replica | None:
        """Bring what is known."""
        return self._bring(replica, replica.held())

    def _bring(self, replica: Replica, contents: list[bytes]) -> Replica | None:
        if not contents:
            return None
        replica.receive(self.chance.choice(contents) for _ in range(self.chance.randrange(1, 5)))
        return replica

    # --- what is rarer

    def forge(self, _replica: Replica) -> None:
        """Let a device of no program of ours sign something."""
        facts, bundle = self.chance.choice(self.forgers).forge(self.places, list(self.facts.values()))
        self.facts |= {fact.name: fact for fact in facts}
        self.air[bundle.content] = None

    def judge_again(self, replica: Replica) -> Replica:
        """Learn whose acts count."""
        replica.judge_again({forger.author for forger in self.forgers if self.chance.random() < 0.5})
        return replica

    def give_back(self, replica: Replica) -> Replica | None:
        """Take an import back."""
        if not replica.came_new:
            return None
        replica.give_back(self.chance.choice(list(replica.came_new)))
        return replica

    def copy(self, replica: Replica) -> Replica | None:
        """Copy a register: from now on there are two, and the copy seals what the first one had not sealed."""
        if len(self.replicas) == REPLICAS + COPIES:
            return None
        made = replica.copied(self.desks.copied(replica.database), PEOPLE[len(self.replicas)])
        assert made.uuid != replica.uuid
        self.replicas.append(made)
        return made

    # --- the end

    def bring_everything(self) -> None:
        """Seal everything, and bring everything to everybody, each in an order of its own."""
        for replica in self.replicas:
            self.seal(replica)
        contents = list(self.air)
        for replica in self.replicas:
            replica.judge_again(set())
            self.chance.shuffle(contents)
            here = set(replica.held())
            coming = [content for content in contents if content not in here or self.chance.random() < 0.1]
            for start in range(0, len(coming), 10):
                replica.receive(coming[start : start + 10])

    def compare(self) -> None:
        """See that all are equal, and that nothing is lost: each journal holds every act as it was written."""
        digests = set()
        for replica in self.replicas:
            assert replica.known == self.facts.keys()
            replica.check(whole=True)
            for name, act in acts_in(replica.database).items():
                fact = self.facts[name]
                assert (act.kind, act.entity, act.cell, act.value) == (fact.kind, fact.entity, fact.cell, fact.value)
                assert (act.lamport, act.at, act.author) == (fact.lamport, fact.at, fact.author)
                assert set(act.replaces) == fact.replaces
            with replica.database.reading() as connection:
                digests.add(ledger.digest(connection))
        assert len(digests) == 1
        self.happened["acts"] += len(self.facts)
        self.happened["histories"] += 1
