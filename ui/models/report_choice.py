"""What a report is asked for in the window, and the jobs that write it in the worker thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.errors import EnvironmentFault, why
from wufei_cells.reports.period import Period
from wufei_cells.reports.vocabulary import ReportKind

if TYPE_CHECKING:
    from ui.context import AppContext, Desk, Places
    from ui.tasks import TaskProgress
    from wufei_cells.reports.templates import ReportTemplate

MONTHS_OFFERED = 24


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """One report."""

    kind: ReportKind
    period: Period
    language: str
    template: Path | None = None
    """A file of the office's own; ``None``: the one that comes with the program."""


@dataclass(frozen=True, slots=True)
class ReportPlaces:
    """What there is to choose from."""

    today: date
    counties: Mapping[str, str]


def load_choices(context: AppContext, places: Places, desk: Desk) -> ReportPlaces:
    """Ask for the counties and the day of the register."""
    names = {key: context.i18n.text(text) for key, text in places.districts.items()}
    return ReportPlaces(desk.workspace.today(), names)


def months_before(today: date) -> list[date]:
    """Give the first days of the months that are offered, the newest first."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS_OFFERED:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def write_pdf(choice: ReportChoice, context: AppContext, desk: Desk, _progress: TaskProgress | None = None) -> bytes:
    """Write it as PDF."""
    wording = context.i18n.wording.speaking(choice.language)
    return desk.reporting.pdf(
        desk.workspace, _template(choice, context, desk), wording, context.document_fonts(), choice.period
    )


def write_workbook(choice: ReportChoice, context: AppContext, desk: Desk, _progress: TaskProgress) -> bytes:
    """Write it as a workbook."""
    wording = context.i18n.wording.speaking(choice.language)
    return desk.reporting.workbook(desk.workspace, _template(choice, context, desk), wording, choice.period)


def shipped_template(kind: ReportKind, context: AppContext, _desk: Desk, _progress: TaskProgress) -> bytes:
    """Give the template that comes with the program, to begin with."""
    return context.report_templates()[kind.value]


def _template(choice: ReportChoice, context: AppContext, desk: Desk) -> ReportTemplate:
    if choice.template is None:
        return desk.reporting.template(context.report_templates()[choice.kind.value], choice.kind.value)
    return desk.reporting.template(_content(choice.template), choice.template.name)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFault("file.not_readable", path=str(path), detail=why(error)) from error
