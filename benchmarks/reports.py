"""A briefing and a monthly report of 10,000 sites, as PDF and as workbook, against counting the board alone.

The register is read anew for each, as a command does; in the window the cases are in memory already.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.board_register import board_register
from benchmarks.result import Result
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.reports.vocabulary import ReportKind
from wufei_cells.services import board_reading, reporting
from wufei_cells.services.board_memory import BoardMemory
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

SITES = 10_000
RUNS = 3
KINDS = (ReportKind.BRIEFING, ReportKind.MONTHLY)


def run() -> list[Result]:
    """Measure both reports in both forms."""
    files = shipped.font_files()
    fonts = DocumentFonts({face: files[face] for face in Face})
    words = Wording(shipped.wording_catalogue(), "zh")
    with tempfile.TemporaryDirectory() as folder:
        workspace = board_register(Path(folder), SITES)
        try:
            bare = _timed(workspace, board_reading.board)
            results: list[Result] = []
            for kind in KINDS:
                made_after = reporting.template(shipped.report_templates()[kind], kind)
                pdf = partial(_pdf, made_after=made_after, wording=words, fonts=fonts)
                results.append(Result(f"{kind.value} as PDF, {SITES:,} sites", _timed(workspace, pdf), bare))
                book = partial(_workbook, made_after=made_after, wording=words)
                results.append(Result(f"{kind.value} as workbook, {SITES:,} sites", _timed(workspace, book), bare))
            return results
        finally:
            workspace.close()


def _pdf(workspace: Workspace, *, made_after: reporting.ReportTemplate, wording: Wording, fonts: DocumentFonts) -> None:
    reporting.pdf(workspace, made_after, wording, fonts)


def _workbook(workspace: Workspace, *, made_after: reporting.ReportTemplate, wording: Wording) -> None:
    reporting.workbook(workspace, made_after, wording)


def _timed(workspace: Workspace, work: Callable[[Workspace], object]) -> float:
    times: list[float] = []
    for _run in range(RUNS):
        fresh = replace(workspace, board_memory=BoardMemory())
        begin = perf_counter()
        work(fresh)
        times.append((perf_counter() - begin) * 1000)
    return median(times)
