"""The impact preview as rows: each site before and after, and through what it would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.models.certificates_model import TableColumn
from wufei_cells.domain.amounts import printed
from wufei_cells.services.measure_wording import score_text

if TYPE_CHECKING:
    from ui.context import Places
    from ui.i18n import I18n
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.services.impact_comparison import CellImpact, Verdict

SHIFT_LOOKS: dict[str, tuple[str, str]] = {
    "fails": ("failed", "failed"),
    "lower": ("down", "attention"),
    "open": ("information", "information"),
    "same": ("check", "not_applicable"),
    "higher": ("up", "passed"),
    "passes": ("check", "passed"),
}
MOST_REASONS = 6


def impact_columns() -> tuple[TableColumn[CellImpact], ...]:
    """Declare the columns."""
    return (
        TableColumn("checklists.impact.site", _site, 0),
        TableColumn("checklists.impact.district", _district, 5),
        TableColumn("checklists.impact.stage", _stage, 5),
        TableColumn("checklists.impact.before", _before, 10.5),
        TableColumn("checklists.impact.after", _after, 10.5),
        TableColumn("checklists.impact.shift", _shift, 7, look=_look),
    )


def _site(_i18n: I18n, _places: Places, cell: CellImpact) -> str:
    return cell.site_name


def _district(i18n: I18n, places: Places, cell: CellImpact) -> str:
    return i18n.text(places.district(cell.district))


def _stage(i18n: I18n, _places: Places, cell: CellImpact) -> str:
    return i18n.tr(f"ui.stage.{cell.stage.value}")


def _before(i18n: I18n, _places: Places, cell: CellImpact) -> str:
    return _verdict(i18n, cell.before)


def _after(i18n: I18n, _places: Places, cell: CellImpact) -> str:
    return _verdict(i18n, cell.after)


def _verdict(i18n: I18n, verdict: Verdict) -> str:
    state = {True: "passed", False: "failed", None: "open"}[verdict.passed]
    return i18n.tr(f"checklists.impact.{state}", score=score_text(verdict.total))


def _shift(i18n: I18n, _places: Places, cell: CellImpact) -> str:
    return i18n.tr(f"checklists.shift_one.{cell.shift.value}")


def _look(cell: CellImpact) -> tuple[str, str]:
    return SHIFT_LOOKS[cell.shift.value]


def reasons_of(cell: CellImpact, after: Checklist, before: Checklist, i18n: I18n) -> str:
    """Say through which items and gates a site would change, the largest difference first."""
    lines: list[str] = []
    for effect in cell.items[:MOST_REASONS]:
        name = _name(effect.key, after, before, i18n)
        sign = "+" if effect.difference > 0 else "−"
        key = f"checklists.impact.item_{effect.change.value}"
        line = i18n.tr(key, name=name, difference=f"{sign}{printed(abs(effect.difference))}")
        if effect.unanswered:
            line = i18n.tr("checklists.impact.unanswered", line=line)
        elif effect.assumed:
            line = i18n.tr("checklists.impact.assumed", line=line)
        lines.append(line)
    for gate in cell.gates[:MOST_REASONS]:
        name = _name(gate.key, after, before, i18n)
        ok = gate.after.ok if gate.after else True
        state = {True: "met", False: "failed", None: "open"}[ok]
        lines.append(i18n.tr(f"checklists.impact.gate_{state}", name=name))
    if len(cell.items) > MOST_REASONS:
        lines.append(i18n.tr("checklists.impact.more", count=len(cell.items) - MOST_REASONS))
    return "\n".join(lines) or i18n.tr("checklists.impact.no_reason")


def _name(key: str, after: Checklist, before: Checklist, i18n: I18n) -> str:
    """Name an entry; one that is gone has its name in the edition before."""
    entry = after.entry(key) or before.entry(key)
    return f"{entry.number} {i18n.text(entry.text)}" if entry else key
