"""Charts of the board by parts: categories, districts and lead departments as bars, the table of both, the stages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wufei_cells.charts.bars import BarRow, Bars
from wufei_cells.charts.figures import Figure, Series
from wufei_cells.charts.heat import Heat, HeatCell, HeatRow
from wufei_cells.charts.marks import Pattern, Tone
from wufei_cells.domain.amounts import printed
from wufei_cells.domain.lifecycle import CHAIN, Stage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wufei_cells.board.standing import Board, Part, StageRow
    from wufei_cells.domain.targets import Target
    from wufei_cells.services.board_words import BoardWords

ORDER = (Stage.REGISTERED, *CHAIN, Stage.STOPPED, Stage.REJECTED)
"""The way, and then where it ends otherwise."""
TOLD = 3
"""Rows that the sentence about a whole chart names."""


def category_bars(board: Board, words: BoardWords) -> Bars:
    """Show each category with its target."""
    rows = [(words.category(key), part, _target(board, key, None)) for key, part in board.categories.items()]
    return _bars("category", rows, words)


def district_bars(board: Board, words: BoardWords) -> Bars:
    """Show each district with its target."""
    rows = [(words.district(key), part, _target(board, None, key)) for key, part in board.districts.items()]
    return _bars("district", rows, words)


def lead_bars(board: Board, words: BoardWords) -> Bars:
    """Show what each lead department answers for, by the targets of its categories where all have one."""
    rows = [(words.text(lead.text), lead.part, None) for lead in board.leads]
    return _bars("lead", rows, words)


def heat(board: Board, words: BoardWords) -> Heat:
    """Show districts by categories: valid cells of sites, toned by the target of the cell, or by its sites."""
    say, keys = words.say, tuple(board.categories)
    planned = any(row.target.category and row.target.district for row in board.targets)
    scale = tuple(say(f"heat.scale_{number}") for number in range(1, 6))
    return Heat(
        title=say("heat.title"),
        said=say("heat.said", districts=len(board.districts), categories=len(keys)),
        head=say("heat.head"),
        columns=_apart([words.category(key) for key in keys]),
        rows=tuple(
            HeatRow(
                words.district(district),
                tuple(_heat_cell(board, (category, district), words, planned=planned) for category in keys),
                _total(words.district(district), say("heat.total"), part, words),
            )
            for district, part in board.districts.items()
        ),
        totals=tuple(
            _total(say("heat.total"), words.category(key), part, words) for key, part in board.categories.items()
        ),
        whole=_whole(board, words),
        total_text=say("heat.total"),
        scale=scale,
    )


def stages(board: Board, words: BoardWords) -> Bars:
    """Show where sites stand, how long they have, and who has for too long."""
    say, rows = words.say, sorted(board.stages, key=lambda row: ORDER.index(row.stage))
    limited = any(row.limit is not None for row in rows)
    heads = ("sites", "median", "longest", *(("limit",) if limited else ()))
    sites, stuck = sum(row.sites.count for row in rows), sum(row.stuck.count for row in rows)
    return Bars(
        title=say("stages.title"),
        said=say("stages.said", sites=sites, stuck=stuck),
        head=say("stages.head"),
        series=(
            Series(say("stages.in_time"), Tone.ACCENT),
            *((Series(say("stages.stuck"), Tone.ATTENTION, Pattern.STRIPES),) if limited else ()),
        ),
        rows=tuple(_stage_row(row, words, limited=limited) for row in rows),
        figure_heads=tuple(say(f"stages.{head}") for head in heads),
    )


# --- bars


def _bars(kind: str, rows: Sequence[tuple[str, Part, Target | None]], words: BoardWords) -> Bars:
    say = words.say
    told = [_bar_row(name, part, target, words) for name, part, target in rows]
    targets = any(target for *_, target in rows)
    title = say(f"bars.{kind}_to_targets" if targets else f"bars.{kind}_title")
    return Bars(
        title=title,
        said=say("bars.said", title=title, rows=words.sentences(row.said for row in told[:TOLD])),
        head=say(f"bars.{kind}_head"),
        series=(Series(say("bars.valid"), Tone.ACCENT), Series(say("bars.rest"), Tone.SOFT, Pattern.STRIPES)),
        rows=tuple(told),
        target_text=say("bars.target") if targets else "",
        figure_heads=(say("bars.figures_head"),),
    )


def _bar_row(name: str, part: Part, target: Target | None, words: BoardWords) -> BarRow:
    say, valid, sites = words.say, part.valid, part.sites
    said = say("bars.row", name=name, sites=sites.count, valid=valid.count)
    if target:
        said = say("bars.row_target", said=said, target=target.count, by=target.by)
    rest = sites.count - valid.count
    return BarRow(
        name=name,
        parts=(
            Figure(valid.count, say("bars.valid_said", name=name, count=valid.count), valid.behind),
            Figure(rest, say("bars.rest_said", name=name, count=rest), replace(sites.behind, holding=False)),
        ),
        said=said,
        key=sites.behind,
        target=target.count if target else None,
        figures=(f"{valid.count} / {sites.count}",),
    )


def _target(board: Board, category: str | None, district: str | None) -> Target | None:
    """Give the target of a part that comes next; after the last, the last."""
    own = sorted(
        (row.target for row in board.targets if (row.target.category, row.target.district) == (category, district)),
        key=lambda target: target.by,
    )
    return next((target for target in own if target.by >= board.on), own[-1] if own else None)


# --- the table of categories and districts


def _apart(names: Sequence[str]) -> tuple[str, ...]:
    """Leave out the words that all names begin with: columns are narrow, and these tell nothing apart."""
    words = [name.split(" ") for name in names]
    if len(names) < 2 or any(len(one) < 2 or one[0] != words[0][0] for one in words):
        return tuple(names)
    return _apart([" ".join(one[1:]) for one in words])


def _heat_cell(board: Board, place: tuple[str, str], words: BoardWords, *, planned: bool) -> HeatCell | None:
    part, target = board.cells.get(place), _target(board, *place)
    category, district = place
    names = {"district": words.district(district), "category": words.category(category)}
    if part is None or not part.sites.count:
        return None if target is None else _empty(target, names, words)
    said = words.say("heat.cell", sites=part.sites.count, valid=part.valid.count, **names)
    if target:
        said = words.say("heat.cell_target", said=said, target=target.count)
    most = None if planned else part.sites.count  # tones of targets and of sites do not go together
    most = target.count if target else most
    return HeatCell(_ratio(part), said, part.valid.count, most, part.sites.behind)


def _empty(target: Target, names: dict[str, str], words: BoardWords) -> HeatCell:
    said = words.say("heat.cell", sites=0, valid=0, **names)
    return HeatCell("0 / 0", words.say("heat.cell_target", said=said, target=target.count), 0, target.count)


def _total(district: str, category: str, part: Part, words: BoardWords) -> HeatCell:
    said = words.say("heat.cell", district=district, category=category, sites=part.sites.count, valid=part.valid.count)
    return HeatCell(_ratio(part), said, part.valid.count, None, part.sites.behind)


def _whole(board: Board, words: BoardWords) -> HeatCell:
    rest = board.sites.count - board.valid.count
    said = words.say("bars.all", sites=board.sites.count, valid=board.valid.count, rest=rest)
    return HeatCell(f"{board.valid.count} / {board.sites.count}", said, board.valid.count, None, board.sites.behind)


def _ratio(part: Part) -> str:
    return f"{part.valid.count} / {part.sites.count}"


# --- stages


def _stage_row(row: StageRow, words: BoardWords, *, limited: bool) -> BarRow:
    say, stage, count = words.say, words.stage(row.stage), row.sites.count
    said = plain = say("stages.row", stage=stage, count=count)
    if row.median_days is not None:
        said = say("stages.row_days", said=said, median=printed(row.median_days), longest=row.longest_days)
    if row.limit is not None:
        said = say("stages.row_stuck", said=said, stuck=row.stuck.count, limit=row.limit)
    stuck = say("stages.stuck_said", stage=stage, count=row.stuck.count, limit=row.limit or 0)
    parts = (
        Figure(count - row.stuck.count, plain, row.sites.behind),
        *((Figure(row.stuck.count, stuck, row.stuck.behind),) if limited else ()),
    )
    median = None if row.median_days is None else printed(row.median_days)
    days = [median, row.longest_days, *([row.limit] if limited else [])]
    figures = (str(count), *(_days(one, words) for one in days))
    return BarRow(name=stage, parts=parts, said=said, key=row.sites.behind, figures=figures)


def _days(days: str | int | None, words: BoardWords) -> str:
    return words.say("stages.none") if days is None else words.say("stages.days", days=days)
