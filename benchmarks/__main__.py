"""Run the measurements and print a table: ``python -m benchmarks [AREA …]``; the areas are the names below."""

from __future__ import annotations

import platform
import sys

from benchmarks import (
    answers,
    board,
    certificates,
    checkups,
    code_reading,
    desk,
    exchange,
    impact,
    installed,
    key_presses,
    ledgers,
    lint,
    print_run,
    reading,
    reports,
    scoresheets,
    scoring,
    start,
    verification,
)
from benchmarks.result import Result

AREAS = {
    "start": start.run,
    "answers": answers.run,
    "board": board.run,
    "certificates": certificates.run,
    "checkups": checkups.run,
    "codes": code_reading.run,
    "desk": desk.run,
    "exchange": exchange.run,
    "impact": impact.run,
    "installed": installed.run,
    "keys": key_presses.run,
    "ledgers": ledgers.run,
    "lint": lint.run,
    "print_run": print_run.run,
    "reading": reading.run,
    "reports": reports.run,
    "scoresheets": scoresheets.run,
    "scoring": scoring.run,
    "verification": verification.run,
}


def main(wanted: list[str]) -> int:
    """Measure what is wanted (everything) and print the figures."""
    unknown = [name for name in wanted if name not in AREAS]
    if unknown:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(AREAS)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; medians, ratio = ours / bare")
    print(f"{'what':<58}{'ours':>12}{'bare':>12}{'ratio':>9}")
    for name in wanted or list(AREAS):
        for result in AREAS[name]():
            print(_line(result), flush=True)
    return 0


def _line(result: Result) -> str:
    digits = 2 if result.unit == "ms" else 0
    ours, bare = (f"{value:.{digits}f} {result.unit}" for value in (result.ours, result.bare))
    return f"{result.name:<58}{ours:>12}{bare:>12}{result.ratio:>9.2f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
