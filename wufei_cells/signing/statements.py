"""What the office's statements come to: which device stands for whom, from which act on, and which is revoked.

Given all enrolments, revocations and announced keys of a journal, in any order.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.enrolments import Enrolment, Revocation, Statement, read_enrolment, read_revocation
from wufei_cells.domain.lifecycle import Role
from wufei_cells.errors import UserError
from wufei_cells.signing.announcements import Announcement, read_announcement
from wufei_cells.signing.enrolments import is_signed_by
from wufei_cells.signing.office_chain import OfficeChain, office_chain

ENROLMENT, REVOCATION, OFFICE_KEY = "enrolment", "revocation", "office_key"

Act = tuple[str, str, JsonValue]
"""Kind, entity and value."""


@dataclass(frozen=True)
class Statements:
    """What counts of what was said."""

    chain: OfficeChain
    signed: bool
    """Whether the pinned office has said anything: then people's own acceptances count no longer."""
    counted: frozenset[Statement]
    """The statements that count, without their seals."""
    sealed: tuple[Statement, ...] = ()
    """The same as they were signed by the keys that speak for the office today."""
    said: Mapping[str, frozenset[Statement]] = field(default_factory=dict[str, frozenset[Statement]])
    """What each of the office's keys signed, whether it counts or not."""

    @cached_property
    def enrolled(self) -> Mapping[str, Mapping[str, tuple[Enrolment, ...]]]:
        """Give the enrolments by device and person."""
        found: dict[str, dict[str, tuple[Enrolment, ...]]] = {}
        for one in self.counted if self.signed else ():
            if isinstance(one, Enrolment):
                people = found.setdefault(one.device, {})
                people[one.person] = (*people.get(one.person, ()), one)
        return found

    @cached_property
    def accepted(self) -> frozenset[str]:
        """Give the devices that people accepted by their words, while no office says who is enrolled."""
        return frozenset(one.device for one in self.counted if not self.signed and isinstance(one, Enrolment))

    @cached_property
    def revoked(self) -> Mapping[str, Revocation]:
        """Give the revocation that holds for each device."""
        found: dict[str, Revocation] = {}
        for one in self.counted:
            if isinstance(one, Revocation) and (one.device not in found or _holds_before(one, found[one.device])):
                found[one.device] = one
        return {device: one for device, one in found.items() if one.after is not None}

    @cached_property
    def known(self) -> Mapping[str, int]:
        """Give how far the office vouches for what devices wrote before it enrolled any."""
        found: dict[str, int] = {}
        for people in self.enrolled.values():
            for device, last in (entry for ones in people.values() for one in ones for entry in one.known):
                found[device] = max(last, found.get(device, 0))
        return found

    def hands_on(self, signer: str, device: str, seq: int) -> bool:
        """Tell whether one device may hand on an act of another, whose place it took."""
        people = self.enrolled.get(signer, {})
        if not any(device in one.instead_of for ones in people.values() for one in ones):
            return False
        revoked = self.revoked.get(signer)
        return revoked is None or seq <= dict(revoked.handed).get(device, 0)

    def roles(self, device: str, person: str, seq: int) -> frozenset[Role] | None:
        """Give the roles in which a person works on a device at one of its acts; ``None``: not enrolled there."""
        reaching = [one for one in self.enrolled.get(device, {}).get(person, ()) if one.after < seq]
        if not reaching:
            return None
        highest = max(one.serial for one in reaching)
        first, *others = (one.held for one in reaching if one.serial == highest)
        return first.intersection(*others)

    def revocations(self, device: str) -> tuple[Revocation, ...]:
        """Give everything that counts of what was said about revoking a device."""
        return tuple(one for one in self.counted if isinstance(one, Revocation) and one.device == device)

    def standing(self) -> tuple[Enrolment, ...]:
        """Give the enrolments of today: of each person on each device the latest, without revoked devices."""
        found = [
            max(ones, key=lambda one: (one.serial, one.statement))
            for device, people in self.enrolled.items()
            if device not in self.revoked
            for ones in people.values()
        ]
        return tuple(sorted(found, key=lambda one: (one.name, one.device, one.person_name, one.person)))

    def proves_itself(self, kind: str, entity: str, value: JsonValue) -> bool:
        """Tell whether a statement or an announced key counts; while nothing is pinned, nobody can say otherwise."""
        if kind == OFFICE_KEY:
            return not self.chain.pin or canonical_json(value) in self._announced
        statement = _read(kind, entity, value)
        if statement is None:
            return False
        if statement.seal is None:
            return not self.signed
        key = self.chain.keys.get(statement.seal.key)
        if not self.chain.pin or key is None:
            return not self.chain.pin
        return is_signed_by(statement, key) and _bare(statement) in self.counted

    @cached_property
    def _announced(self) -> frozenset[str]:
        return frozenset(canonical_json(one.document()) for one in self.chain.accepted)


def statements_in(acts: Iterable[Act], pins: Sequence[str]) -> Statements:
    """Find what counts of all statements and announcements of a journal, under the keys that are pinned."""
    given = list(acts)
    chain = office_chain(pins, _announcements(given))
    statements = [one for kind, entity, value in given if (one := _read(kind, entity, value)) is not None]
    keys = chain.keys
    said: dict[str, set[Statement]] = {}
    genuine: list[Statement] = []
    for one in statements:
        if one.seal is not None and one.seal.key in keys and is_signed_by(one, keys[one.seal.key]):
            genuine.append(one)
            said.setdefault(one.seal.key, set()).add(_bare(one))
    if said:
        counted, last = chain.vouched(said), {key for key in keys if not chain.followers.get(key)}
        sealed = [one for one in genuine if one.seal and one.seal.key in last and _bare(one) in counted]
        by_key = {key: frozenset(ones) for key, ones in said.items()}
        return Statements(chain, signed=True, counted=counted, sealed=_in_order(sealed), said=by_key)
    return Statements(chain, signed=False, counted=frozenset(one for one in statements if one.seal is None))


def _in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(dict.fromkeys(statements), key=lambda one: (one.statement, str(one.seal))))


def _announcements(acts: Iterable[Act]) -> list[Announcement]:
    found: list[Announcement] = []
    for kind, _entity, value in acts:
        if kind == OFFICE_KEY:
            with contextlib.suppress(UserError):
                found.append(read_announcement(value))
    return found


def _read(kind: str, entity: str, value: JsonValue) -> Statement | None:
    if kind == ENROLMENT:
        return read_enrolment(entity, value)
    return read_revocation(entity, value) if kind == REVOCATION else None


def _bare(statement: Statement) -> Statement:
    return replace(statement, seal=None)


def _holds_before(one: Revocation, other: Revocation) -> bool:
    """Whether a revocation holds where another is there, too: the later one, and of two of one serial the stricter."""
    if one.serial != other.serial:
        return one.serial > other.serial
    return _reach(one) < _reach(other)


def _reach(one: Revocation) -> tuple[int, int, str]:
    lifted = one.after is None
    return (1 if lifted else 0, one.after or 0, one.statement)
