"""Cut the power in the middle of an import, and see what is left.

What was written and not synced may be there, or not, or in parts, in whatever order; a name may be there without its
content. What ``fsync`` was called for is there.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.exchange import disk_trace
from tests.exchange.disk_trace import POSSIBLE, Step
from tests.exchange.import_scene import Scene, import_into

__all__ = ["POSSIBLE", "bad", "cut_often", "record", "without_syncs"]

SECTOR = 512


def record(scene: Scene, folder: Path) -> list[Step]:
    """Import once, in a process that is watched."""
    scene.copy(folder)
    return disk_trace.record(folder, "tests.exchange.import_scene", str(folder), str(scene.package))


# --- the disk


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    waiting: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.waiting:
            _apply(self.durable, step)
        self.waiting.clear()

    def left(self, chance: random.Random, share: float) -> bytes:
        """Give what could be there when only a share of what waits was done."""
        content = bytearray(self.durable)
        for step in self.waiting:
            for part in _sectors(step):
                if chance.random() < share:
                    _apply(content, part)
        return bytes(content)


def _sectors(step: Step) -> Iterator[Step]:
    if step.what != "write":
        yield step
        return
    for start in range(0, len(step.content), SECTOR):
        yield Step("write", step.path, step.offset + start, step.content[start : start + SECTOR])


def _apply(content: bytearray, step: Step) -> None:
    if step.what == "truncate":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
    else:
        content.extend(bytes(max(step.offset - len(content), 0)))
        content[step.offset : step.offset + len(step.content)] = step.content


class Disk:
    """A disk that does what it is asked later, or never, unless it is asked to sync."""

    def __init__(self, start: Path) -> None:
        self._names = {
            str(path.relative_to(start)): _File(bytearray(path.read_bytes()))
            for path in start.rglob("*")
            if path.is_file() and not path.name.endswith("-shm")
        }
        self._durable_names = dict(self._names)
        self._renamed: list[tuple[str, _File | None]] = []

    def do(self, step: Step) -> None:
        """Take a step."""
        if step.what == "create" and step.path not in self._names:
            self._name(step.path, _File())
        elif step.what in ("write", "truncate") and step.path in self._names:
            self._names[step.path].waiting.append(step)
        elif step.what == "sync" and step.path in self._names:
            self._names[step.path].sync()
        elif step.what == "sync":  # a folder
            self._put_names(len(self._renamed), self._durable_names)
            self._renamed.clear()
        elif step.what == "rename":
            moved = self._names[step.path]
            self._name(step.path, None)
            self._name(step.to, moved)
        elif step.what == "unlink":
            self._name(step.path, None)

    def _name(self, path: str, file: _File | None) -> None:
        self._renamed.append((path, file))
        if file is None:
            self._names.pop(path, None)
        else:
            self._names[path] = file

    def _put_names(self, count: int, names: dict[str, _File]) -> None:
        for path, file in self._renamed[:count]:
            if file is None:
                names.pop(path, None)
            else:
                names[path] = file

    def lay_down(self, folder: Path, chance: random.Random) -> None:
        """Write a state that a power cut could leave now."""
        names = dict(self._durable_names)
        share = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        self._put_names(chance.choice((0, len(self._renamed), chance.randint(0, len(self._renamed)))), names)
        folder.mkdir()
        for path, file in names.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.left(chance, share))


# --- trying


def cut_often(scene: Scene, steps: Sequence[Step], folder: Path, times: int, seed: int) -> Counter[str]:
    """Cut the power so many times at random steps; count how the registers were found."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    for number in range(times):
        cut = chance.randrange(len(steps) + 1)
        disk = Disk(scene.base)
        for step in steps[:cut]:
            disk.do(step)
        place = folder / str(number)
        disk.lay_down(place, chance)
        answered = any(step.what == "done" for step in steps[:cut])
        found[_found(scene, place, answered=answered)] += 1
        shutil.rmtree(place)
    return found


def _found(scene: Scene, place: Path, *, answered: bool) -> str:
    try:
        done = import_into(place, scene.package)
    except Exception as error:  # noqa: BLE001 - whatever a register does that a power cut has left
        return f"BAD: {type(error).__name__}"
    if done.before not in (scene.before, scene.after) or (done.after, done.photos) != (scene.after, scene.photos):
        return "BAD: neither as before nor as after"
    if answered and done.before != scene.after:
        return "BAD: an import that was answered is gone"
    return "imported" if done.before == scene.after else "not imported"


def bad(found: Counter[str]) -> int:
    """Count what must not be."""
    return sum(count for outcome, count in found.items() if outcome.startswith("BAD"))


def without_syncs(steps: Sequence[Step]) -> list[Step]:
    """Give the same as a program would do that never waits for the disk."""
    return [step for step in steps if step.what != "sync"]
