"""What waits beside the journal: bundles of devices that nobody has admitted, and what contradicts the journal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.exchange.bundles import key_of, read_bundle
from wufei_cells.services import enrolling, who_has_what
from wufei_cells.services.package_merging import UNKNOWN, Merging
from wufei_cells.services.reading import SHORTEST_ID
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.fingerprints import fingerprint
from wufei_cells.store import arrivals


@dataclass(frozen=True, slots=True)
class Waiting:
    """A device whose acts wait."""

    device: str
    """The one that signed them."""
    name: str
    """As it calls itself."""
    words: Text
    """The words of its key, to be compared with the person."""
    reason: str
    """``unknown_device`` or ``contradiction``."""
    acts: int


def waiting(workspace: Workspace) -> tuple[Waiting, ...]:
    """List the devices whose acts wait."""
    found: list[Waiting] = []
    with workspace.database.reading() as connection:
        for (device, reason), group in groupby(arrivals.held(connection), key=lambda row: (row.signer, row.reason)):
            bundles = list(group)
            words = fingerprint(key_of(arrivals.held_content(connection, bundles[-1].hash)))
            acts = sum(one.last - one.first + 1 for one in bundles)
            found.append(Waiting(device, bundles[-1].name, words, reason, acts))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device that can be admitted once its words are compared."""

    device: str
    name: str
    words: Text


def find_candidate(workspace: Workspace, key: str) -> Candidate:
    """Find a device to be admitted, among those that wait or are known of.

    Args:
        workspace: the register.
        key: its id, the beginning of it, or its name where only one is called so.

    Raises:
        UserError: the office enrols devices here; there is none, or more than one; or nothing that it signed is here,
            so that it has no words to compare.
    """
    with workspace.database.reading() as connection:
        enrolling.refuse_accepting(connection)
    names = {row.uuid: row.name for row in who_has_what.state(workspace).devices if not row.own}
    names |= {one.device: one.name for one in waiting(workspace) if one.name or one.device not in names}
    found = [one for one in names if one == key.lower()] or [one for one in names if key and names[one] == key]
    if not found and len(key) >= SHORTEST_ID:
        found = [one for one in names if one.startswith(key.lower())]
    if len(found) != 1:
        raise UserError("trust.several_devices" if found else "trust.unheard_device", device=key)
    [device] = found
    with workspace.database.reading() as connection:
        public = enrolling.key_here(connection, device)
    if not public:
        raise UserError("trust.no_key", name=names[device] or device[:8])
    return Candidate(device, names[device], fingerprint(public))


def admit(workspace: Workspace, device: str, name: str = "", *, words: str = "") -> int:
    """Admit a device whose words its person confirmed, and take in what waits of it.

    Returns:
        How many acts are new.

    Raises:
        UserError: the office enrols devices here, so that it has to enrol this one; or ``words`` are not its words.
    """
    enrolling.accept_unknown(workspace, device, name, words=words)
    return take_in_admitted(workspace)


def take_in_admitted(workspace: Workspace) -> int:
    """Take in what waits of devices that are admitted by now; gives how many acts are new."""
    with workspace.database.writing() as connection:
        rows = [row for row in arrivals.held(connection) if row.reason == UNKNOWN]
        mergings: dict[str, Merging] = {}
        for row in rows:
            merging = mergings.setdefault(row.arrival, Merging(connection, row.arrival))
            merging.wait(row.name, read_bundle(arrivals.held_content(connection, row.hash)))
        arrivals.release(connection, [row.hash for row in rows])
        for merging in mergings.values():
            merging.take_waiting()
        return sum(outcome.new_acts for one in mergings.values() for outcome in one.outcomes.values())
