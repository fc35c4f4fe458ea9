"""Merging what others changed, against the bare writes and against geodiff on the same answers.

Half a million answers; both sides change as many, and one in fifty on both. The bare writes are the same rows put into
the journal and into the table of answers, without asking what they mean. geodiff compares two databases that hold the
answers alone, and keeps no history.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.merging_register import (
    ANSWERS,
    UPDATE,
    Changed,
    Laptop,
    admit,
    answers_only,
    base_register,
    copied,
    floor_rows,
    laptop,
)
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.domain.exchange import Order, Photos, Scope
from wufei_cells.services import backing_up, browsing, packing, receiving, taking_packages
from wufei_cells.services.bundling import seal_pending
from wufei_cells.services.workspace import Workspace, open_workspace
from wufei_cells.store import bundles, heard
from wufei_cells.store.heard import Heard
from wufei_cells.store.journal import Draft, append

SIZES = (10_000, 100_000)
DAY = 400
LAPTOPS, EACH = 20, 5_000
MEGABYTE = 1_000_000


def run() -> Iterator[Result]:
    """Measure packages of several sizes, one day's work, twenty laptops, and the whole history."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "base").mkdir()
        with closing(base_register(folder / "base")) as base:
            yield from _history(base)
            for size in (*SIZES, DAY):
                yield from _merging(base, folder, size)
            yield from _collecting(base, folder)
            yield from _memory(base, folder)


def _history(base: Workspace) -> Iterator[Result]:
    with base.database.reading() as connection:
        sealed = sum(row.size for row in bundles.rows(connection))
        whole = sum(row.size for row in bundles.rows(connection)) + sealed
    size = base.database.path.stat().st_size - whole + sealed
    yield Result(f"full history of {ANSWERS:,} answers / database", sealed / MEGABYTE, size / MEGABYTE, "MB")


# --- one package


def _merging(base: Workspace, folder: Path, size: int) -> Iterator[Result]:
    theirs, ours = _numbers(size)
    sender = laptop(base, theirs, 1)
    changed = laptop(base, ours, 2).changes
    make = _making(base, folder, sender.changes)
    package = sender.package(folder / f"{size}.wufei", _city(base))
    with closing(copied(base, folder / f"office-{size}")) as office:
        admit(office, sender)
        _write(office, changed)
        seal_pending(office)
        backing_up.before_import(office)
        floor = _floor(office, sender, folder / "floor.db")
        merge = _timed(lambda: _import(office, package))
        again = _timed(lambda: _import(office, package))
    shutil.rmtree(folder / f"office-{size}")
    geodiff = _geodiff(folder / "geodiff", sender.changes, changed)
    bytes_ = package.stat().st_size / 1000
    yield Result(f"{size:,} changes: import / bare writes", merge, floor)
    yield Result(f"{size:,} changes: make + merge / geodiff", make + merge, geodiff["make"] + geodiff["merge"])
    yield Result(f"{size:,} changes: package / geodiff's file", bytes_, geodiff["bytes"] / 1000, "kB")
    yield Result(f"{size:,} changes: import once more / first time", again, merge)


def _numbers(size: int) -> tuple[list[int], list[int]]:
    """Choose which answers each side changes; of a day's work, whole sites."""
    chance = random.Random(size)
    if size == DAY:
        first = list(range(DAY))
        return first, list(range(DAY - DAY // 50, 2 * DAY - DAY // 50))
    picked = chance.sample(range(ANSWERS), 2 * size - size // 50)
    return picked[:size], picked[size - size // 50 :]


def _making(base: Workspace, folder: Path, changes: tuple[Changed, ...]) -> float:
    """Measure sealing and writing what one real register changed, for a receiver that has the rest."""
    with closing(copied(base, folder / "laptop")) as sender:
        _write(sender, changes)
        with sender.database.writing() as connection:
            held = {base.database.device_uuid: ((1, _last(base)),)}
            heard.note(
                connection, Heard(base.database.device_uuid, "office", "x", "2026-11-02", "2026-11-02", held, ())
            )
        order = Order(to=base.database.device_uuid, scope=Scope.LACKING, photos=Photos.NONE)
        took = _timed(lambda: packing.write(sender, packing.plan(sender, order), folder / "made.wufei"))
    shutil.rmtree(folder / "laptop")
    return took


def _last(base: Workspace) -> int:
    with base.database.reading() as connection:
        return int(str(connection.exec_driver_sql("SELECT max(seq) FROM act").scalar()))


def _write(workspace: Workspace, changes: tuple[Changed, ...]) -> None:
    """Change answers as a person at this register did."""
    drafts = [
        Draft(
            "answer",
            one.place[0],
            f"answer.{one.place[1]}",
            {"entry": "0" * 64, "na": None, "note": one.note, "value": {"choice": one.choice}},
        )
        for one in changes
    ]
    with workspace.database.writing() as connection:
        append(workspace.database, connection, drafts, author=workspace.person.id, at=workspace.now())


def _import(office: Workspace, package: Path) -> None:
    taking_packages.take_in(office, receiving.receive(office, [package]))


def _floor(office: Workspace, sender: Laptop, copy: Path) -> float:
    """Measure the same rows written without asking what they mean, with the settings of the register."""
    with closing(sqlite3.connect(office.database.path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    acts, answers = floor_rows(sender, 9)
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO act VALUES ({','.join('?' * 12)})", acts)
        connection.executemany(UPDATE, answers)
        connection.execute("COMMIT")

    took = _timed(write)
    connection.close()
    copy.unlink()
    return took


def _geodiff(folder: Path, theirs: tuple[Changed, ...], ours: tuple[Changed, ...]) -> dict[str, float]:
    from pygeodiff import GeoDiff  # noqa: PLC0415 - only this one is compared with it

    folder.mkdir()
    base = answers_only(folder / "base.db", ())
    other, mine = answers_only(folder / "theirs.db", theirs, "a"), answers_only(folder / "mine.db", ours, "b")
    diff, tool = folder / "theirs.diff", GeoDiff()
    make = _timed(lambda: tool.create_changeset(str(base), str(other), str(diff)))
    rebased, conflicts = folder / "rebased.diff", folder / "conflicts.json"

    def merge() -> None:
        tool.create_rebased_changeset(str(base), str(mine), str(diff), str(rebased), str(conflicts))
        tool.apply_changeset(str(other), str(rebased))

    merged = _timed(merge)
    found = {"make": make, "merge": merged, "bytes": float(diff.stat().st_size)}
    shutil.rmtree(folder)
    return found


# --- twenty laptops


def _collecting(base: Workspace, folder: Path) -> Iterator[Result]:
    chance = random.Random(20)
    laptops = [laptop(base, chance.sample(range(ANSWERS), EACH), seed) for seed in range(LAPTOPS)]
    packages = [one.package(folder / f"laptop-{n}.wufei", _city(base)) for n, one in enumerate(laptops)]
    with closing(copied(base, folder / "office")) as office:
        admit(office, *laptops)
        backing_up.before_import(office)
        ours = _timed(lambda: taking_packages.take_in(office, receiving.receive(office, packages)))
    shutil.rmtree(folder / "office")
    yield Result(f"{LAPTOPS} packages x {EACH:,}: ours / geodiff", ours, _geodiff_collecting(folder / "geo", laptops))


def _geodiff_collecting(folder: Path, laptops: list[Laptop]) -> float:
    folder.mkdir()
    base = answers_only(folder / "base.db", ())
    office = folder / "office.db"
    shutil.copy(base, office)
    took = sum(_collect_one(folder, base, office, one, str(number)) for number, one in enumerate(laptops))
    shutil.rmtree(folder)
    return took


def _collect_one(folder: Path, base: Path, office: Path, one: Laptop, number: str) -> float:
    """Rebase what one laptop changed on what the office has, and apply it there."""
    from pygeodiff import GeoDiff  # noqa: PLC0415 - only this one is compared with it

    tool, theirs = GeoDiff(), answers_only(folder / f"{number}.db", one.changes, number)
    so_far, rebased, conflicts = (str(folder / f"{name}-{number}") for name in ("office", "rebased", "conflicts"))

    def collect() -> None:
        tool.create_changeset(str(base), str(office), so_far)
        if number == "0":  # nothing to rebase on
            tool.create_changeset(str(base), str(theirs), rebased)
        else:
            tool.create_rebased_changeset(str(base), str(theirs), so_far, rebased, conflicts)
        tool.apply_changeset(str(office), rebased)

    took = _timed(collect)
    theirs.unlink()
    return took


# --- memory


def _memory(base: Workspace, folder: Path) -> Iterator[Result]:
    """Measure by how much an import of the largest package lets a process grow beyond what it is once it runs."""
    theirs, _ours = _numbers(SIZES[-1])
    sender = laptop(base, theirs, 1)
    package = sender.package(folder / "large.wufei", _city(base))
    with closing(copied(base, folder / "memory")) as office:
        admit(office, sender)
        backing_up.before_import(office)
    command = [sys.executable, "-m", "benchmarks.exchange", str(folder / "memory"), str(package)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    yield Result(f"{SIZES[-1]:,} changes, peak: after / before the import", told["after"], told["before"], "MB")


def _grow(folder: Path, package: Path) -> None:
    with closing(
        open_workspace(folder, shipped.shipped_criteria(), person="bench", devices=folder / "devices")
    ) as office:
        browsing.list_sites(office)
        before = _peak()
        _import(office, package)
        print(json.dumps({"before": before, "after": _peak()}))


def _peak() -> float:
    """Give the most memory that this process had; what it inherited from its parent does not count."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) * 1024 / MEGABYTE


def _city(workspace: Workspace) -> str:
    return browsing.profile(workspace).key


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    _grow(Path(sys.argv[1]), Path(sys.argv[2]))
