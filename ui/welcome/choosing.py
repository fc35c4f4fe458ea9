"""What the welcome asks for, and what it is given to do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import Role

if TYPE_CHECKING:
    from wufei_cells.domain.text import Text
    from wufei_cells.progress import Report


class Way(StrEnum):
    """How somebody begins."""

    NEW = "new"
    JOIN = "join"
    OPEN = "open"
    DEMO = "demo"


ROLES = (Role.ASSESSOR, Role.REVIEWER, Role.OFFICE)
NEXT = {(Way.NEW, Role.OFFICE): "office_keys", (Way.JOIN, None): "devices"}
"""Which dialog is offered when the register is open, by the way and the role; ``None``: whatever the role is."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose."""

    language: str
    city: str
    person: str
    role: Role
    """What they say of themselves. It steers what is offered, and claims no right: roles are given by the office."""
    way: Way
    source: Path | None = None
    """The folder or file that is opened, or the office's package to join with."""

    @property
    def next_dialog(self) -> str:
        """Which dialog comes next; none where the office's package is taken in instead."""
        if self.way is Way.JOIN and self.source is not None:
            return ""
        return NEXT.get((self.way, self.role)) or NEXT.get((self.way, None)) or ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun: where the window opens, and what it does then."""

    chosen: Chosen
    folder: Path
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Works:
    """What is done in the worker thread; the services behind it are loaded by the first that asks."""

    cities: Callable[[], tuple[tuple[str, Text], ...]]
    """The cities that come with the program, the one a register starts with first."""
    begin: Callable[[Chosen, Report], Begun]
    """Begin: it all worked when this returns, and nothing is left when it raises."""
