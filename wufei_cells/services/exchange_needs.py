"""What is missing here: acts that somebody has, and photos and papers that acts name."""

from __future__ import annotations

from collections.abc import Mapping

from wufei_cells.domain.bundles import Holdings, Span, united, without
from wufei_cells.services import content_places
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import arrivals, bundles, erasures, heard, package_queries
from wufei_cells.store.exchange_queries import awaited_acts, unsealed_spans
from wufei_cells.store.journal import Connection

MOST_FILES = 50_000
"""Names of files in one request."""


def missing_acts(connection: Connection, also: Mapping[str, Holdings] | None = None) -> dict[str, tuple[Span, ...]]:
    """Say which acts somebody has, or names, that are not here.

    Args:
        connection: the transaction.
        also: what other devices hold beyond what is on record here.
    """
    known: dict[str, list[Span]] = {}
    holdings = [one.holds for one in heard.read(connection).values()] + list((also or {}).values())
    for holds in (*holdings, awaited_acts(connection)):
        for device, spans in holds.items():
            known.setdefault(device, []).extend(spans)
    here = acts_here(connection)
    for device, spans in here.items():  # numbers have no gaps: what lies below the last one was written, too
        known.setdefault(device, []).append((1, spans[-1][1]))
    waiting: dict[str, list[Span]] = {}
    for row in arrivals.held(connection):  # what waits to be admitted has arrived
        waiting.setdefault(row.device, []).append((row.first, row.last))
    found = {
        device: without(spans, (*here.get(device, ()), *waiting.get(device, ()))) for device, spans in known.items()
    }
    return {device: spans for device, spans in sorted(found.items()) if spans}


def acts_here(connection: Connection) -> dict[str, tuple[Span, ...]]:
    """Say which acts of which device are here."""
    sealed, own = bundles.held(connection), unsealed_spans(connection)
    return {device: united((*sealed.get(device, ()), *own.get(device, ()))) for device in (sealed.keys() | own.keys())}


def missing_files(workspace: Workspace, connection: Connection) -> tuple[str, ...]:
    """List the photos and papers that acts name and that are not on this machine."""
    erased = erasures.erased(connection)
    named = dict.fromkeys(file.sha256 for file in package_queries.named_files(connection) if file.sha256 not in erased)
    missing = (name for name in named if content_places.path_of(workspace, name) is None)
    return tuple(sorted(missing)[:MOST_FILES])
