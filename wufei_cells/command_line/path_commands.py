"""What would get a site to the next level: a command that only thinks aloud."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.amounts import exact
from wufei_cells.errors import UserError
from wufei_cells.services import advising, browsing


def add_commands(assess: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command, among those on assessments."""
    path = assess.add_parser("path", parents=[common], help="达到下一等次的捷径 / the shortest way up")
    path.add_argument("assessment", metavar="ASSESSMENT")
    path.add_argument("--to", metavar="LEVEL", help="等次的代号 / key of the level")
    path.add_argument(
        "--effort",
        action="append",
        default=[],
        metavar="ITEM=N",
        help="整改的难度，0 为不能整改 / what an item costs, 0: cannot be done",
    )
    path.set_defaults(run=show_path)


def show_path(session: Session, args: argparse.Namespace) -> int:
    """Show the cheapest set of items that reaches a level."""
    sheet = browsing.sheet(session.workspace, find_assessment(session, args.assessment).id)
    advice = advising.advise(sheet, session.wording, target=args.to, efforts=_efforts(args.effort))
    if advice is None:
        return session.show({"target": None, "steps": []}, [session.say("advising.none")])
    path = advice.path
    data = {
        "target": path.target,
        "reachable": path.reachable,
        "effort": path.effort,
        "now": exact(path.now),
        "then": exact(path.then),
        "needed": exact(path.needed),
        "steps": [
            {
                "item": step.key,
                "now": None if step.now is None else exact(step.now),
                "then": None if step.then is None else exact(step.then),
                "forced": step.forced,
            }
            for step in path.steps
        ],
    }
    return session.show(data, [advice.heading, *(f"  {step}" for step in advice.steps)])


def _efforts(written: list[str]) -> dict[str, int]:
    efforts: dict[str, int] = {}
    for entry in written:
        key, _sign, number = entry.partition("=")
        if not key or not number.isdecimal() or len(number) > 3:
            raise UserError("advising.effort", found=entry[:40])
        efforts[key] = int(number)
    return efforts
