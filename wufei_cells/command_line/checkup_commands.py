"""The command that holds one file or the whole register against itself."""

from __future__ import annotations

import argparse
from collections import Counter

from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.checkups import Hint, Weight
from wufei_cells.services import checkups


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    checking = commands.add_parser(
        "checkup", parents=[common], help="体检：一份评估或整个登记库 / X-rays of one assessment or the whole register"
    )
    checking.add_argument("assessment", nargs="?", metavar="ASSESSMENT")
    checking.set_defaults(run=checkup)


def checkup(session: Session, args: argparse.Namespace) -> int:
    """List what does not agree and what had better be looked at twice, the heaviest first; it is no failure."""
    if args.assessment is None:
        hints = checkups.of_register(session.workspace)
    else:
        hints = checkups.of_file(session.workspace, find_assessment(session, args.assessment).id)
    counts = Counter(hint.weight for hint in hints)
    told = {f"{weight.value}s": counts[weight] for weight in Weight}
    lines = [_line(session, hint) for hint in hints]
    lines.append(session.say("cli.checkup_count", **told) if hints else session.say("cli.checkup_nothing"))
    return session.show([_hint_json(session, hint) for hint in hints], lines)


def _line(session: Session, hint: Hint) -> str:
    weight = session.say(f"weight.{hint.weight.value}")
    site = hint.site_name or session.say("checkup.register")
    parts = (f"[{weight}]", site, checkups.sentence(hint, session.wording), hint.assessment[:8])
    return "  ".join(part for part in parts if part)


def _hint_json(session: Session, hint: Hint) -> dict[str, object]:
    names = ("site", "site_name", "assessment", "item", "certificate")
    return {
        "check": hint.check.value,
        "weight": hint.weight.value,
        **{name: found for name in names if (found := getattr(hint, name))},
        "text": checkups.sentence(hint, session.wording),
    }
