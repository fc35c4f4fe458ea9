"""The command that tells which items cost points, and how far evidence and corrective actions are."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator

from wufei_cells.command_line.part_options import add_part, part_wanted
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.text import Text
from wufei_cells.services import browsing, item_costs, work_status
from wufei_cells.services.item_costs import EditionCosts, ItemCost
from wufei_cells.services.work_status import WorkStatus

SHOWN = 10
"""How many items of an edition are listed for people; the JSON document has all of them."""


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    what = "失分条款、佐证和整改 / costly items, evidence, corrective actions"
    parser = commands.add_parser("statistics", parents=[common], help=what)
    add_part(parser)
    parser.set_defaults(run=statistics)


def statistics(session: Session, args: argparse.Namespace) -> int:
    """Show what was counted, category by category."""
    within = part_wanted(session, args)
    categories = [
        category
        for category in browsing.categories(session.workspace)
        if within.categories is None or category.key in within.categories
    ]
    costs = {
        one.key: item_costs.item_costs(session.workspace, one.key, districts=within.districts) for one in categories
    }
    names = {one.key: one.text for one in categories}
    lines = [line for key, editions in costs.items() for line in _cost_lines(session, names[key], editions)]
    status = work_status.work_status(session.workspace, within)
    lines += _status_lines(session, names, status)
    data = {
        "items": {key: [_costs_json(one) for one in editions] for key, editions in costs.items()},
        "status": [_status_json(one) for one in status],
    }
    return session.show(data, lines or [session.say("statistics.nothing")])


def _cost_lines(session: Session, category: Text, editions: Iterable[EditionCosts]) -> Iterator[str]:
    for one in editions:
        if one.items:
            yield session.say("statistics.costs", category=category, edition=one.edition.edition, sites=one.sites)
        yield from (_item_line(session, item) for item in one.top(SHOWN))


def _item_line(session: Session, item: ItemCost) -> str:
    one = item.statistics
    names = {"number": one.entry.number, "text": one.entry.text}
    counts = {"judged": one.judged, "lost": printed(one.lost), "share": f"{printed(item.lost_share * 100)}%"}
    line = session.say("statistics.item", **names, **counts)
    if item.lost_share_before is None:
        return line
    before = session.say("statistics.before", share=f"{printed(item.lost_share_before * 100)}%")
    return f"{line}  {before}"


def _status_lines(session: Session, categories: dict[str, Text], found: Iterable[WorkStatus]) -> Iterator[str]:
    districts = {one.key: one.text for one in browsing.profile(session.workspace).districts}
    for one in found:
        names = {
            "category": categories.get(one.category, one.category),
            "district": districts.get(one.district, one.district),
        }
        yield session.say("statistics.part", assessments=one.assessments, **names)
        if one.needed:
            yield session.say("statistics.proof", needed=one.needed, proven=one.proven, missing=one.missing)
        if one.open or one.done or one.closed:
            counts = {"open": one.open, "overdue": one.overdue, "done": one.done, "closed": one.closed}
            yield session.say("statistics.actions", **counts)


def _costs_json(found: EditionCosts) -> dict[str, object]:
    return {
        "edition": found.edition.edition,
        "id": found.edition.id,
        "sites": found.sites,
        "items": [_item_json(one) for one in found.items],
    }


def _item_json(item: ItemCost) -> dict[str, object]:
    one, before = item.statistics, item.lost_share_before
    return {
        "item": one.entry.key,
        "number": one.entry.number,
        "part": one.part.value,
        "judged": one.judged,
        "lost": exact(one.lost),
        "lost_share": exact(item.lost_share),
        "lost_share_before": None if before is None else exact(before),
        "judged_before": item.before.judged if item.before else 0,
    }


def _status_json(one: WorkStatus) -> dict[str, object]:
    return {
        "category": one.category,
        "district": one.district,
        "assessments": one.assessments,
        "evidence": {"needed": one.needed, "proven": one.proven, "missing": one.missing},
        "findings": {"open": one.open, "overdue": one.overdue, "done": one.done, "closed": one.closed},
    }
