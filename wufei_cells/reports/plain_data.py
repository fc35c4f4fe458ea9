"""A report as plain data, for JSON."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import singledispatch

from wufei_cells.domain.amounts import exact
from wufei_cells.reports.blocks import (
    Block,
    ChartBlock,
    Gauge,
    GoalBar,
    Heading,
    Lead,
    Paragraph,
    Ratio,
    Report,
    Signature,
    TableBlock,
    Tiles,
    Value,
)


def report_data(report: Report) -> dict[str, object]:
    """Give everything that a report says."""
    return {
        "kind": report.kind.value,
        "title": report.title,
        "on": report.on.isoformat(),
        "issuer": report.issuer,
        "language": report.language,
        "example": report.example,
        "blocks": [_data(block) for block in report.blocks],
    }


def value_data(value: Value) -> object:
    """Give a value: days as text, fractions without loss, a ratio as two numbers; bars say nothing new."""
    match value:
        case date():
            return value.isoformat()
        case Fraction():
            return exact(value)
        case Ratio():
            return {"part": value.part, "whole": value.whole}
        case Gauge():
            return None
        case _:
            return value


@singledispatch
def _data(block: Block) -> dict[str, object]:
    return {"block": type(block).__name__.lower()}


@_data.register
def _lead(block: Lead) -> dict[str, object]:
    return {"block": "sentence", "text": block.text}


@_data.register
def _heading(block: Heading) -> dict[str, object]:
    return {"block": "heading", "text": block.text}


@_data.register
def _paragraph(block: Paragraph) -> dict[str, object]:
    return {"block": "paragraph", "text": block.text}


@_data.register
def _tiles(block: Tiles) -> dict[str, object]:
    return {"block": "figures", "figures": {tile.key: value_data(tile.value) for tile in block.tiles}}


@_data.register
def _goal(block: GoalBar) -> dict[str, object]:
    return {"block": "chart", "chart": "goal", "goal": block.goal, "rows": [list(part) for part in block.parts]}


@_data.register
def _chart(block: ChartBlock) -> dict[str, object]:
    table = block.chart.table()
    rows = [[entry.isoformat() if isinstance(entry, date) else entry for entry in row] for row in table.rows]
    return {
        "block": "chart",
        "chart": block.key,
        "title": block.chart.title,
        "empty": block.empty or None,
        "columns": list(table.header),
        "rows": [] if block.empty else rows,
    }


@_data.register
def _table(block: TableBlock) -> dict[str, object]:
    kept = [place for place, column in enumerate(block.columns) if column.key != "progress"]

    def line(cells: tuple[Value, ...]) -> dict[str, object]:
        return {block.columns[place].key: value_data(cells[place]) for place in kept}

    return {
        "block": "table",
        "table": block.kind.value,
        "title": block.title,
        "rows": [line(row.cells) for row in block.rows if not row.strong],
        "sums": [line(row.cells) for row in block.rows if row.strong],
    }


@_data.register
def _signature(block: Signature) -> dict[str, object]:
    return {"block": "signature", "lines": list(block.lines)}
