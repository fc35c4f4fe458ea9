"""Readings of the journal that only the exchange asks for."""

from __future__ import annotations

from sqlalchemy import Connection, select

from wufei_cells.domain.bundles import Span, united
from wufei_cells.store import bundles, tables


def awaited_acts(connection: Connection) -> dict[str, tuple[Span, ...]]:
    """Give the acts that others replace and that are not here, by device."""
    awaited, device = tables.awaited, tables.device
    found: dict[str, list[Span]] = {}
    query = select(device.c.uuid, awaited.c.seq).join(device, device.c.id == awaited.c.device)
    for row in connection.execute(query):
        found.setdefault(row.uuid, []).append((row.seq, row.seq))
    return {uuid: united(spans) for uuid, spans in found.items()}


def unsealed_spans(connection: Connection) -> dict[str, tuple[Span, ...]]:
    """Give the acts that were written here and that no bundle holds yet."""
    return {device: (span,) for device, span in bundles.unsealed(connection).items()}


def conflict_cells(connection: Connection) -> frozenset[tuple[str, str]]:
    """Give the cells in which acts stand side by side that say different things."""
    conflict = tables.conflict
    return frozenset((row.entity, row.cell) for row in connection.execute(select(conflict.c.entity, conflict.c.cell)))
