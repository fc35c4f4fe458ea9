"""The command that tells who is strict and how far people agree."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.amounts import exact
from wufei_cells.scoring.rater_agreement import Coefficient
from wufei_cells.services import agreement_wording, board_reading, browsing, calibration_report
from wufei_cells.services.calibration_report import Calibration
from wufei_cells.services.rating_together import ItemAgreement, PairAgreement
from wufei_cells.services.strictness import Strictness


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = commands.add_parser("calibration", parents=[common], help="评估人宽严与一致程度 / how assessors compare")
    parser.add_argument(
        "--category", action="append", default=[], metavar="KEY", help="只看某一类别，可多次 / of a category"
    )
    parser.add_argument("--names", action="store_true", help="写出姓名，限市级 / name people, for the office only")
    parser.set_defaults(run=calibration)


def calibration(session: Session, args: argparse.Namespace) -> int:
    """Compare the people who score, category by category."""
    wanted = board_reading.within_named(session.workspace, args.category).categories
    categories = [one for one in browsing.categories(session.workspace) if wanted is None or one.key in wanted]
    lines: list[str] = []
    data: list[dict[str, object]] = []
    for category in categories:
        found = calibration_report.calibration(session.workspace, category.key, session.wording, named=args.names)
        if wanted is None and not found.strictness and not found.together.entries:
            continue
        lines += agreement_wording.told(found, category.text, session.wording)
        data.append(_json(found))
    return session.show({"categories": data}, lines or [session.say("calibration.none_together")])


def _json(found: Calibration) -> dict[str, object]:
    together = found.together
    return {
        "category": found.category,
        "named": found.named,
        "strictness": [_strictness(one) for one in found.strictness],
        "together": {
            "sites": together.sites,
            "entries": together.entries,
            "same": together.same,
            "weighted_kappa": _coefficient(together.overall),
            "pairs": [_pair(one) for one in together.pairs],
            "items": [_item(one) for one in together.items],
        },
    }


def _strictness(one: Strictness) -> dict[str, object]:
    counts = {"answers": one.answers, "items": one.items, "others": one.others}
    return {"person": one.who, **counts, "deviation_of_full_marks": exact(one.deviation)}


def _pair(one: PairAgreement) -> dict[str, object]:
    counts = {"sites": one.sites, "entries": one.entries, "same": one.same}
    measures = {"weighted_kappa": _coefficient(one.points), "icc_of_totals": _coefficient(one.totals)}
    return {"people": list(one.people), **counts, **measures}


def _item(one: ItemAgreement) -> dict[str, object]:
    counts = {"sites": one.sites, "same": one.same}
    names = {"item": one.entry.key, "number": one.entry.number}
    return {**names, **counts, "method": one.method.value, "kappa": _coefficient(one.beyond_chance)}


def _coefficient(found: Coefficient) -> dict[str, object]:
    """Give a value only where it may be told, as the sentences do."""
    value = None if found.told is None else round(float(found.told), 4)
    return {"value": value, "count": found.count, "fewest": found.fewest}
