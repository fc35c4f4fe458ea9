"""Reading workbooks that others made: ours against openpyxl (also its read-only way) and python-calamine.

Each reading is a process of its own, so that its peak of memory is its own, and all kinds take turns. Calamine gives
values only: no percentages, no errors, nothing about formulas, and one cell in the last corner of an old
workbook ends the process.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.result import Result

RUNS = 3
LEDGER_ROWS = 100_000
SCORESHEETS = 100
SCORESHEET_ROWS = 60
OTHERS = {"normal": "openpyxl", "read_only": "openpyxl read-only", "calamine": "calamine"}


def run() -> list[Result]:
    """Measure a long ledger and many scoresheets."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_ledger(folder / "ledger" / "1.xlsx")
        for number in range(SCORESHEETS):
            _write_scoresheet(folder / "scoresheets" / f"{number}.xlsx")
        return [
            *_compared(folder / "ledger", f"ledger {LEDGER_ROWS:,} x 10"),
            *_compared(folder / "scoresheets", f"{SCORESHEETS} scoresheets"),
        ]


def _compared(folder: Path, what: str) -> list[Result]:
    found: dict[str, list[tuple[float, float]]] = {kind: [] for kind in ("ours", *OTHERS)}
    for _ in range(RUNS):
        for kind, measured in found.items():
            measured.append(_run_once(kind, folder))
    times = {kind: statistics.median(one[0] for one in measured) for kind, measured in found.items()}
    peaks = {kind: statistics.median(one[1] for one in measured) for kind, measured in found.items()}
    return [
        *(Result(f"{what} read, against {OTHERS[kind]}", times["ours"], times[kind]) for kind in OTHERS),
        *(Result(f"{what}: peak, against {OTHERS[kind]}", peaks["ours"], peaks[kind], "MB") for kind in OTHERS),
    ]


def _run_once(kind: str, folder: Path) -> tuple[float, float]:
    """Read all files of a folder in a new process; give milliseconds and the peak of its memory in megabytes."""
    command = [sys.executable, "-m", "benchmarks.reading", kind, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    milliseconds, peak = done.stdout.split()
    return float(milliseconds), float(peak)


# --- one reading


def _reader(kind: str) -> Callable[[Path], object]:
    """Give the reader of a kind; its library is loaded before the time counts."""
    if kind == "ours":
        from wufei_cells.workbooks.reading.workbook import read_workbook_file  # noqa: PLC0415 - one of four

        return read_workbook_file
    if kind == "calamine":
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - one of four

        return lambda path: [
            CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False),
        ]
    from openpyxl import load_workbook  # noqa: PLC0415 - one of four

    return lambda path: [
        list(sheet.iter_rows(values_only=True))
        for sheet in load_workbook(path, read_only=kind == "read_only", data_only=True).worksheets
    ]


def _read(kind: str, folder: Path) -> None:
    read = _reader(kind)
    started = time.perf_counter()
    for path in sorted(folder.iterdir()):
        read(path)
    milliseconds = (time.perf_counter() - started) * 1000
    print(milliseconds, _peak())


def _peak() -> float:
    """Give the peak of this process in megabytes; 0 where the system has no file that tells it.

    The usual call would count what the parent had when it started this process.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text(encoding="utf-8")) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


# --- what is read


def _write_ledger(path: Path) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 - only the parent writes

    path.parent.mkdir()
    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0%"})
        for row in range(LEDGER_ROWS):
            words = (f"SL-JG-2026-{row:06d}", f"示例单位第{row}号", "无废机关", "山阳区", "达标", f"备注{row % 1000}")
            for column, word in enumerate(words):
                sheet.write_string(row, column, word)
            sheet.write_number(row, 6, 80 + row % 200 / 10)
            sheet.write_number(row, 7, 46_000 + row % 700, day)
            sheet.write_number(row, 8, 0.5 + row % 50 / 100, share)
            sheet.write_number(row, 9, row)


def _write_scoresheet(path: Path) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 - only the parent writes

    path.parent.mkdir(exist_ok=True)
    with Workbook(path) as book:
        sheet = book.add_worksheet("打分表")
        look = book.add_format({"border": 1, "text_wrap": True})
        for row in range(SCORESHEET_ROWS):
            words = (
                f"A{row}",
                "组织领导",
                "成立领导机构，明确责任人和岗位职责",
                "查看文件和现场台账，缺一项扣一分",
                "资料",
            )
            for column, word in enumerate(words):
                sheet.write_string(row, column, word, look)
            sheet.write_number(row, 5, 5, look)
            sheet.write(row, 6, row % 5 + 0.5, look)
            sheet.write_formula(row, 7, f"=F{row + 1}-G{row + 1}", look, 5 - row % 5)


if __name__ == "__main__":
    _read(sys.argv[1], Path(sys.argv[2]))
