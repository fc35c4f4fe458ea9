"""Writing ledgers: a long table against the libraries alone, and the whole way from a large register.

Each way of writing runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from io import BytesIO
from pathlib import Path

from benchmarks.register import filled_workspace
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.domain.ledgers import LedgerKind
from wufei_cells.services import ledgers
from wufei_cells.services.workspace import open_workspace
from wufei_cells.wording import Wording
from wufei_cells.workbooks.ledgers.table import Column, Look, Table

ROWS = 100_000
SITES = 10_000
DAY = date(2026, 11, 2)
LOOKS = (Look.CENTER, Look.TEXT, *(Look.CENTER,) * 8, Look.TEXT, Look.CENTER)
COLUMNS = tuple(Column(f"列 {number}", 14, look) for number, look in enumerate(LOOKS, 1))


def run() -> Iterator[Result]:
    """Measure every way of writing one table, then whole ledgers of a register."""
    ours = _apart("ours")
    for name in WRITERS:
        if name != "ours":
            bare = _apart(name)
            title = name.replace("_", " ")
            yield Result(f"{ROWS:,} rows x {len(COLUMNS)}: ours / {title}", ours["ms"], bare["ms"])
            yield Result(f"{ROWS:,} rows x {len(COLUMNS)}, peak: ours / {title}", ours["mb"], bare["mb"], "MB")
    table = _apart("xlsxwriter_plain", SITES)
    for kind in LedgerKind:
        whole = _apart(f"register_{kind.value}", SITES)
        yield Result(f"{SITES:,} sites being scored, {kind.value} / plain table", whole["ms"], table["ms"])
        yield Result(f"{SITES:,} sites, {kind.value}, peak / plain table", whole["mb"], table["mb"], "MB")


def _apart(name: str, rows: int = ROWS) -> dict[str, float]:
    """Measure one way of writing in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.ledgers", name, str(rows)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    for number in range(count):
        yield (
            *(number, f"第{number}单位有限责任公司", "无废机关", "解放区", f"91410800{number:010d}", DAY),
            *(Fraction(200 + number % 700, 9), "达标", f"示例〔2026〕{number % 40}号", None),
            *("市机关事务中心、市城市管理局、市生态环境局", "有效"),
        )


def ours(count: int) -> bytes:
    """Write the table as ledgers are written."""
    from wufei_cells.workbooks.ledgers.writing import write_ledger  # noqa: PLC0415

    table = Table("标题", "关于", "", "台账", "第 &P 页，共 &N 页", COLUMNS, 2, DAY, "zh")
    return write_ledger(table, _rows(count), count=count)  # pyright: ignore[reportArgumentType]


def openpyxl(count: int, *, write_only: bool = False) -> bytes:
    """Write bare cells with openpyxl."""
    from openpyxl import Workbook  # noqa: PLC0415

    workbook, target = Workbook(write_only=write_only), BytesIO()
    sheet = workbook.create_sheet() if write_only else workbook.worksheets[0]
    for row in _rows(count):
        sheet.append([float(value) if isinstance(value, Fraction) else value for value in row])
    workbook.save(target)
    return target.getvalue()


def openpyxl_write_only(count: int) -> bytes:
    """Write bare cells with openpyxl, row by row."""
    return openpyxl(count, write_only=True)


def xlsxwriter_plain(count: int, *, constant_memory: bool = False) -> bytes:
    """Write bare cells with XlsxWriter."""
    from xlsxwriter import Workbook  # noqa: PLC0415

    target = BytesIO()
    options = {"default_date_format": "yyyy-mm-dd", "constant_memory": constant_memory}
    with Workbook(target, options) as workbook:
        sheet = workbook.add_worksheet()
        for place, row in enumerate(_rows(count)):
            sheet.write_row(place, 0, [float(value) if isinstance(value, Fraction) else value for value in row])
    return target.getvalue()


def xlsxwriter_constant_memory(count: int) -> bytes:
    """Write bare cells with XlsxWriter, row by row."""
    return xlsxwriter_plain(count, constant_memory=True)


WRITERS: dict[str, Callable[[int], bytes]] = {
    each.__name__: each for each in (ours, openpyxl, openpyxl_write_only, xlsxwriter_plain, xlsxwriter_constant_memory)
}


def _register(kind: LedgerKind, folder: str, sites: int) -> Callable[[int], bytes]:
    """Make a register of open assessments, all answered, and give what writes its ledger."""
    # Filled in another process: filling takes more memory than writing does.
    code = f"import benchmarks.ledgers as own; own.fill({folder!r}, {sites})"
    subprocess.run([sys.executable, "-c", code], check=True)
    workspace = open_workspace(Path(folder), shipped.shipped_criteria(), person="bench")
    wording = Wording(shipped.wording_catalogue(), "zh")
    return lambda _count: ledgers.ledger(workspace, kind, wording)


def fill(folder: str, sites: int) -> None:
    """Fill a register."""
    workspace, _assessment = filled_workspace(Path(folder), assessments=sites)
    workspace.close()


def _peak() -> float:
    """Give the most memory the process ever held, in megabytes, without what its parent had before it."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main(name: str, count: int) -> int:
    """Measure one way of writing and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        of_register = name.removeprefix("register_")
        write = WRITERS[name] if name in WRITERS else _register(LedgerKind(of_register), folder, count)
        began = time.perf_counter()
        content = write(count)
        taken = time.perf_counter() - began
    print(json.dumps({"ms": taken * 1000, "mb": _peak(), "bytes": len(content)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
