"""A register, a package that another one wrote for it, and the import of the one into the other: to be cut short."""

from __future__ import annotations

import os
import random
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.samples.registers import HandClock, open_register
from wufei_cells.domain.exchange import Order
from wufei_cells.services import checking, packing, receiving, side_view, taking_packages
from wufei_cells.services.content_places import places
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.database import FILE_NAME
from wufei_cells.store.journal import Draft, append

AT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
CELLS = 40
PHOTOS = 6


@dataclass(frozen=True)
class Scene:
    """Everything that is needed to take a package in again and again."""

    base: Path
    """The folder of the register as it was before; only copies of it are opened."""
    package: Path
    before: str
    after: str
    """The digests."""
    photos: frozenset[str]

    def copy(self, folder: Path) -> Path:
        """Lay a register down that knows nothing of the package yet."""
        shutil.copytree(self.base, folder)
        return folder


def make(folder: Path) -> Scene:
    """Let two machines write into the same cells, and one write a package for the other."""
    sender, receiver = _machine(folder / "sender", "王敏"), _machine(folder / "receiver", "李强")
    _write(sender, 4, random.Random(1))
    _take_in(receiver, _package(sender, folder / "first.wufei"))
    side_view.admit(receiver, sender.database.device_uuid, "laptop")
    _write(receiver, CELLS, random.Random(2))
    _write(sender, CELLS, random.Random(3))
    photos = frozenset(_photos(sender))
    package, before = _package(sender, folder / "second.wufei"), checking.doctor(receiver)
    assert before.sound
    receiver.close()
    sender.close()
    after = folder / "after"
    shutil.copytree(folder / "receiver", after)
    done = import_into(after, package)
    assert done.before == before.digest != done.after
    return Scene(folder / "receiver", package, before.digest, done.after, photos)


@dataclass(frozen=True)
class Done:
    """What a register says of itself, before and after it has taken the package in."""

    before: str
    after: str
    photos: frozenset[str]
    inbox: int
    """How many copies are left there."""


def import_into(folder: Path, package: Path) -> Done:
    """Open a register, see that it is sound, take the package in, and see that it is sound again."""
    workspace = open_register(folder, HandClock(), person="李强")
    try:
        before = _sound(workspace)
        _take_in(workspace, package)
        after = _sound(workspace)
        evidence, _papers = places(workspace)
        held = {path.name for path in evidence.folder.glob("??/*") if evidence.state(path.name) == ""}
        return Done(before, after, frozenset(held), len(list(receiving.inbox_of(workspace).glob("*"))))
    finally:
        workspace.close()


def import_only(folder: Path, package: Path) -> None:
    """Take the package in and nothing else: what is killed, or runs out of room."""
    workspace = open_register(folder, HandClock(), person="李强")
    _take_in(workspace, package)
    workspace.close()


def database_of(folder: Path) -> Path:
    return folder / FILE_NAME


def _sound(workspace: Workspace) -> str:
    report = checking.doctor(workspace)
    # Photos that are on their way are missing until the import has been done again; nothing else may be wrong.
    assert (report.damage, report.projection, report.editions) == ((), (), ()), report
    assert all(fault.fault == "missing" for fault in report.evidence), report
    return report.digest


def _take_in(workspace: Workspace, package: Path) -> None:
    taking_packages.take_in(workspace, receiving.receive(workspace, [package]))


def _machine(folder: Path, person: str) -> Workspace:
    folder.mkdir(parents=True)
    return open_register(folder, HandClock(), person=person)


def _package(workspace: Workspace, path: Path) -> Path:
    packing.write(workspace, packing.plan(workspace, Order()), path)
    return path


def _write(workspace: Workspace, cells: int, chance: random.Random) -> None:
    drafts = [
        Draft("site", f"site-{number}", cell, chance.choice("甲乙丙") * 30)
        for number in range(cells)
        for cell in ("name", "phone", "address", "note")
    ]
    with workspace.database.writing() as connection:
        append(workspace.database, connection, drafts, author=workspace.person.id, at=AT)


def _photos(workspace: Workspace) -> list[str]:
    evidence, _papers = places(workspace)
    names = [evidence.put(random.Random(number).randbytes(60_000)) for number in range(PHOTOS)]
    said = {"media_type": "image/jpeg", "size": 60_000, "likeness": ""}
    said |= dict.fromkeys(("width", "height", "taken_at", "latitude", "longitude", "original"))
    drafts = [Draft("evidence_file", name, "file", dict(said)) for name in names]
    drafts += [Draft("evidence", "a", f"evidence.{name}.A1", {"name": "x.jpg", "caption": ""}) for name in names]
    with workspace.database.writing() as connection:
        append(workspace.database, connection, drafts, author=workspace.person.id, at=AT)
    return names


if __name__ == "__main__":
    import_only(Path(sys.argv[1]), Path(sys.argv[2]))
    os.write(1, b"the import is done")
