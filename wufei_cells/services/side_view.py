"""What waits beside the journal: bundles of devices that nobody has admitted, and what contradicts the journal."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from wufei_cells.domain.text import Text
from wufei_cells.exchange.bundles import key_of, read_bundle
from wufei_cells.services import enrolling
from wufei_cells.services.package_merging import UNKNOWN, Merging
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
    with workspace.database.reading() as connection:
        rows = arrivals.held(connection)
    found: list[Waiting] = []
    for (device, reason), group in groupby(rows, key=lambda row: (row.signer, row.reason)):
        bundles = list(group)
        words = fingerprint(key_of(bundles[-1].content))
        acts = sum(one.last - one.first + 1 for one in bundles)
        found.append(Waiting(device, bundles[-1].name, words, reason, acts))
    return tuple(found)


def admit(workspace: Workspace, device: str, name: str = "") -> int:
    """Admit a device whose words its person confirmed, and take in what waits of it.

    Returns:
        How many acts are new.

    Raises:
        UserError: the office enrols devices here, so that it has to enrol this one.
    """
    enrolling.accept_unknown(workspace, device, name)
    return take_in_admitted(workspace)


def take_in_admitted(workspace: Workspace) -> int:
    """Take in what waits of devices that are admitted by now; gives how many acts are new."""
    with workspace.database.writing() as connection:
        rows = [row for row in arrivals.held(connection) if row.reason == UNKNOWN]
        arrivals.release(connection, [row.hash for row in rows])
        mergings: dict[str, Merging] = {}
        for row in rows:
            merging = mergings.setdefault(row.arrival, Merging(connection, row.arrival))
            merging.wait(row.name, read_bundle(row.content))
        for merging in mergings.values():
            merging.take_waiting()
        return sum(outcome.new_acts for one in mergings.values() for outcome in one.outcomes.values())
