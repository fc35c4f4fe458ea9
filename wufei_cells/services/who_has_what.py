"""Who has what: every device that is known of, up to where its acts are here, and what it lacks itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from wufei_cells.domain.bundles import Holdings, Span, without
from wufei_cells.domain.exchange import DeviceStanding, ExchangeState
from wufei_cells.errors import UserError
from wufei_cells.services import conflicts, device_naming, exchange_needs
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import arrivals, heard
from wufei_cells.store.authority import Authority
from wufei_cells.store.heard import Heard
from wufei_cells.store.journal import Connection
from wufei_cells.store.ledger import digest
from wufei_cells.store.office_queries import devices


def state(workspace: Workspace, *, with_digest: bool = False) -> ExchangeState:
    """Tell who has what.

    Args:
        workspace: the register.
        with_digest: whether to work out the digest over all acts, which is equal wherever the same acts are; it reads
            the whole journal.
    """
    with workspace.database.reading() as connection:
        rows = _standings(workspace, connection)
        files = exchange_needs.missing_files(workspace, connection)
        proof = digest(connection) if with_digest else ""
    return ExchangeState(rows, files, conflicts.count(workspace), proof)


def names(workspace: Workspace) -> Mapping[str, str]:
    """Give what people call the devices, by uuid; no two look alike."""
    with workspace.database.reading() as connection:
        return device_naming.names(connection)


def find_device(workspace: Workspace, key: str) -> str:
    """Find a device by its id, the beginning of it, its name, what it is called here, or who works there.

    Raises:
        UserError: there is none, or there are several.
    """
    with workspace.database.reading() as connection:
        rows = _standings(workspace, connection)
    others = [row for row in rows if not row.own]
    found = [row.uuid for row in others if row.uuid.startswith(key) or key in (row.name, row.called, row.person)]
    if len(found) != 1:
        raise UserError("exchange.several_devices" if found else "exchange.unknown_device", device=key)
    return found[0]


def _standings(workspace: Workspace, connection: Connection) -> tuple[DeviceStanding, ...]:
    here, missing = exchange_needs.acts_here(connection), exchange_needs.missing_acts(connection)
    said, names, called = heard.read(connection), devices(connection), device_naming.names(connection)
    revoked = Authority.of(connection).statements.revoked
    waiting: dict[str, int] = {}
    for row in arrivals.held(connection):
        waiting[row.signer] = waiting.get(row.signer, 0) + row.last - row.first + 1
    own = workspace.database.device_uuid
    known = {own, *here, *missing, *said, *waiting}
    rows = [
        DeviceStanding(
            uuid=device,
            name=names.get(device) or (said[device].name if device in said else ""),
            called=called.get(device) or device[:8],
            person=workspace.person.name if device == own else said[device].person if device in said else "",
            own=device == own,
            heard_at=_moment(said.get(device), received=False),
            received_at=_moment(said.get(device), received=True),
            last=max((last for spans in (here, missing) for _first, last in spans.get(device, ())), default=0),
            held=here.get(device, ()),
            missing=missing.get(device, ()),
            lacks=None if device in {own, *revoked} or device not in said else _beyond(here, said[device].holds),
            held_back=waiting.get(device, 0),
            revoked_after=revoked[device].after if device in revoked else None,
        )
        for device in known
    ]
    return tuple(sorted(rows, key=lambda row: (not row.own, row.name, row.uuid)))


def _moment(said: Heard | None, *, received: bool) -> datetime | None:
    return datetime.fromisoformat(said.received_at if received else said.at) if said else None


def _beyond(here: Holdings, there: Holdings) -> int:
    """Count the acts that are here and not there."""
    return sum(_size(without(spans, there.get(device, ()))) for device, spans in here.items())


def _size(spans: Iterable[Span]) -> int:
    return sum(last - first + 1 for first, last in spans)
