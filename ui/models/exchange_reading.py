"""What the room of the exchange shows, asked for at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.models.devices_reading import OFFICE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ui.context import Desk
    from wufei_cells.domain.exchange import ArrivalRow, ExchangeState
    from wufei_cells.domain.text import Text
    from wufei_cells.services.side_view import Waiting

MOST_ARRIVALS = 50
"""Imports that are listed, the last one first."""


@dataclass(frozen=True, slots=True)
class Board:
    """Who has what, what waits, what came."""

    state: ExchangeState
    waiting: tuple[Waiting, ...]
    arrivals: tuple[ArrivalRow, ...]
    by_office: bool
    """Whether the office says who takes part."""
    words: Mapping[str, Text]
    """The words of the keys of devices, by uuid, where they are known."""
    own: str
    """This machine."""
    today: date

    @property
    def names(self) -> Mapping[str, str]:
        """What people call the devices."""
        return {row.uuid: row.called for row in self.state.devices}

    @property
    def alone(self) -> bool:
        """Whether nothing was ever exchanged."""
        return len(self.state.devices) <= 1 and not self.waiting and not self.arrivals


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits in the room."""

    conflicts: int
    waiting: int


def load_board(desk: Desk) -> Board:
    """Ask for all of it; runs in the worker thread."""
    workspace = desk.workspace
    found = desk.enrolled.participants(workspace)
    return Board(
        desk.who_has_what.state(workspace),
        desk.side_view.waiting(workspace),
        desk.taking_packages.list_arrivals(workspace)[:MOST_ARRIVALS],
        found.mode.value == OFFICE,
        {row.device: row.words for row in found.devices if row.words is not None},
        workspace.database.device_uuid,
        workspace.today(),
    )


def load_counts(desk: Desk) -> Counts:
    """Count what waits for somebody; runs in the worker thread."""
    devices = {one.device for one in desk.side_view.waiting(desk.workspace)}
    return Counts(desk.conflicts.count(desk.workspace), len(devices))
