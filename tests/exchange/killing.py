"""Kill a program at any moment of an import, and see what is left."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from tests.exchange.import_scene import Scene, database_of, import_into, import_only

_FORKED = "forkserver"
POSSIBLE = _FORKED in multiprocessing.get_all_start_methods()


def kill_imports(scene: Scene, folder: Path, times: int, seed: int) -> Iterator[str]:
    """Kill so many imports at random moments; tell each time how far the register was, and whether all was well.

    Raises:
        AssertionError: a register was not sound, held half an import, or did not reach the digest by importing again.
    """
    chance = random.Random(seed)
    whole = min(_timed(scene, folder / f"whole-{number}") for number in range(4))
    for number in range(times):
        copy = scene.copy(folder / str(number))
        run_import(copy, scene.package, kill_after=chance.uniform(0, whole * 1.8))
        yield whole_after(scene, copy)
        shutil.rmtree(copy)


def whole_after(scene: Scene, folder: Path) -> str:
    """Take the package in again where a first import was cut short; tell what was there before."""
    cut = "log" if database_of(folder).with_name(f"{database_of(folder).name}-wal").exists() else "no log"
    inbox = "copy in the inbox" if any((folder / "inbox").glob("*")) else "inbox empty"
    done = import_into(folder, scene.package)
    assert done.before in (scene.before, scene.after)
    assert done.after == scene.after
    assert done.photos == scene.photos
    return f"{'imported' if done.before == scene.after else 'not imported'}, {cut}, {inbox}"


def _timed(scene: Scene, folder: Path) -> float:
    started = time.monotonic()
    assert run_import(scene.copy(folder), scene.package) == 0
    shutil.rmtree(folder)
    return time.monotonic() - started


def run_import(folder: Path, package: Path, kill_after: float | None = None) -> int | None:
    """Import in a process of its own and give its exit code.

    One that has everything loaded makes the process, so that little but the import is cut short.
    """
    context = multiprocessing.get_context(_FORKED)
    context.set_forkserver_preload(["tests.exchange.import_scene"])
    process = context.Process(target=import_only, args=(folder, package))
    process.start()
    process.join(kill_after)
    process.kill()
    process.join()
    return process.exitcode
