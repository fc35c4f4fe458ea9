"""The long proof, ``python3 dev.py soak``: thousands of histories, and registers that die at any moment."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from tests.exchange import cut_power, import_scene, killing
from tests.exchange.desks import Desks
from tests.exchange.simulation import REPLICAS, World

HISTORIES = 10_000
STEPS = 60
KILLS, CUTS = 200, 300
AT_ONCE = 25
"""How many histories one process makes before it reports."""


@dataclass(frozen=True)
class Report:
    """What became of some histories."""

    happened: Counter[str]
    failed: dict[int, str]
    """By seed: what broke."""


def histories(first: int, count: int, steps: int) -> Report:
    """Make histories from seeds that follow each other."""
    report = Report(Counter(), {})
    with tempfile.TemporaryDirectory(prefix="wufei-soak-", dir=memory()) as folder:
        desks = Desks(Path(folder), REPLICAS)
        for seed in range(first, first + count):
            world = World(desks, random.Random(seed))
            try:
                world.run(steps)
            except Exception:  # noqa: BLE001 - whatever it is, the seed must be told
                report.failed[seed] = traceback.format_exc(limit=-4)
            report.happened.update(world.happened)
        desks.close()
    return report


def memory() -> str | None:
    """Give a folder in memory: whether the disk keeps what it is told is tried elsewhere."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - Linux's own folder in memory


def soak(wanted: argparse.Namespace) -> int:
    """Make all histories, telling how far it is; give how many failed."""
    seeds = range(wanted.seed, wanted.seed + wanted.histories)
    happened: Counter[str] = Counter()
    failed, done, started = 0, 0, time.monotonic()
    with ProcessPoolExecutor(wanted.processes) as pool:
        parts = [seeds[start : start + AT_ONCE] for start in range(0, len(seeds), AT_ONCE)]
        running = {pool.submit(histories, part.start, len(part), wanted.steps): len(part) for part in parts}
        for finished in as_completed(running):
            report = finished.result()
            happened.update(report.happened)
            done += running[finished]
            for seed, error in report.failed.items():
                failed += 1
                print(
                    f"seed {seed} FAILED; again: python3 dev.py soak --seed {seed} --histories 1 --kills 0 --cuts 0",
                    flush=True,
                )
                print(error, flush=True)
            rate = done / (time.monotonic() - started)
            print(f"{done} histories of {len(seeds)}, {rate:.1f} a second, {failed} failed", flush=True)
    print(", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(happened.items())))
    return failed


def die_often(wanted: argparse.Namespace) -> int:
    """Kill imports and cut the power under them; give how many went wrong."""
    with tempfile.TemporaryDirectory(prefix="wufei-soak-") as place:
        folder = Path(place)
        scene = import_scene.make(folder / "scene")
        wrong = 0
        if wanted.kills and killing.POSSIBLE:
            found = Counter(killing.kill_imports(scene, folder, wanted.kills, wanted.seed))
            print(f"{found.total()} imports killed, each whole after: {_told(found)}", flush=True)
        if wanted.cuts and cut_power.POSSIBLE:
            steps = cut_power.record(scene, folder / "recorded")
            found = cut_power.cut_often(scene, steps, folder, wanted.cuts, wanted.seed)
            wrong += cut_power.bad(found)
            print(f"power cut {found.total()} times: {_told(found)}", flush=True)
            found = cut_power.cut_often(scene, cut_power.without_syncs(steps), folder, wanted.cuts // 4, wanted.seed)
            wrong += not cut_power.bad(found)
            print(f"and {found.total()} times if nothing waited for the disk: {_told(found)}", flush=True)
        elif wanted.cuts:
            print("no cut of the power: it takes strace, which is not here", flush=True)
    return wrong


def _told(found: Counter[str]) -> str:
    return "; ".join(f"{count} {outcome}" for outcome, count in found.most_common())


def main(arguments: list[str]) -> int:
    """Run the long proof; the exit code says whether all held."""
    parser = argparse.ArgumentParser(prog="python3 dev.py soak")
    parser.add_argument("--histories", type=int, default=HISTORIES)
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first history")
    parser.add_argument("--steps", type=int, default=STEPS, help="how much happens in each")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--kills", type=int, default=KILLS, help="how many imports are killed")
    parser.add_argument("--cuts", type=int, default=CUTS, help="how often the power is cut")
    wanted = parser.parse_args(arguments)
    return int(bool(die_often(wanted) + soak(wanted)))


if __name__ == "__main__":
    os.environ.setdefault("WUFEI_DEVICES", tempfile.mkdtemp(prefix="wufei-devices-"))
    sys.exit(main(sys.argv[1:]))
