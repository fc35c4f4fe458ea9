"""Score answers files against a checklist file, without a register: one, or several columns put together by weight."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from wufei_cells.checklists.document import with_parameters
from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.command_line import authoring_commands
from wufei_cells.command_line.answers_file import read_answers
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import Checklist, NaPolicy
from wufei_cells.errors import UserError
from wufei_cells.scoring.columns import composite
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services import explaining
from wufei_cells.services.column_results import composite_lines
from wufei_cells.services.total_wording import other_rules
from wufei_cells.wording import Wording


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    score = commands.add_parser("score", parents=[common], help="按文件打分 / score an answers file")
    score.add_argument("--checklist", type=Path, required=True, metavar="FILE")
    score.add_argument("--profile", type=Path, metavar="FILE", help="城市的参数 / a city's own numbers")
    score.add_argument(
        "--answers",
        action="append",
        required=True,
        metavar="[COLUMN=]FILE.json",
        help="几份评分合成时写 栏目=文件 / COLUMN=FILE where several scores make up the result",
    )
    score.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="评估日期 / day of the assessment")
    score.set_defaults(run=score_files)


def score_files(session: Session, args: argparse.Namespace) -> int:
    """Score answers files against a checklist file."""
    content = authoring_commands.read_and_tell(session, args.checklist)
    checklist = read_checklist(content, args.checklist.name)
    if args.profile:
        profile = read_profile(read_input(args.profile), args.profile.name)
        checklist = with_parameters(checklist, profile.parameters)
    on: date = args.on or date.today()  # noqa: DTZ011 - the day where the person is
    if checklist.scoring.columns:
        return _score_columns(session, checklist, args.answers, on)
    if len(args.answers) > 1:
        raise UserError("score.no_columns", count=len(args.answers))
    file = Path(args.answers[0])
    facts, answers = read_answers(read_input(file), file.name)
    card = evaluate(checklist, facts, answers, on=on)
    others = other_rules(card, checklist, facts, answers, on=on)
    lines = score_lines(card, checklist, session.wording, others, on=on)
    return session.show(scorecard_json(card, session.wording), lines)


def _score_columns(session: Session, checklist: Checklist, written: list[str], on: date) -> int:
    """Score each column and put them together."""
    cards: dict[str, Scorecard] = {}
    for entry in written:
        key, sign, name = entry.partition("=")
        if not sign:
            allowed = ", ".join(column.key for column in checklist.scoring.columns)
            raise UserError("score.column_needed", found=entry, allowed=allowed)
        facts, answers = read_answers(read_input(Path(name)), Path(name).name)
        cards[key] = evaluate(checklist, facts, answers, on=on)
    result = composite(checklist, cards, on=on)
    data = {
        "total": number(result.total.low) if result.total.settled and not result.missing else None,
        "range": [number(result.total.low), number(result.total.high)],
        "level": result.level,
        "passed": result.passed,
        "missing": list(result.missing),
        "columns": {key: scorecard_json(card, session.wording) for key, card in cards.items()},
    }
    return session.show(data, composite_lines(checklist, cards, result, session.wording))


def score_lines(
    card: Scorecard,
    checklist: Checklist,
    wording: Wording,
    others: Mapping[NaPolicy, Scorecard] | None = None,
    *,
    on: date | None = None,
) -> list[str]:
    """Say how an assessment stands, and why; also what it would be under ``others``, rules for what does not apply."""
    lines = explaining.explain(card, checklist, wording, others or {}, on=on)
    verdict = explaining.verdict(card, checklist, wording, on=on)
    return [verdict, *(f"{'  ' * line.depth}{line.sentence}" for line in lines)]


def scorecard_json(card: Scorecard, wording: Wording) -> dict[str, object]:
    """Give a scorecard as plain data: numbers as text, exact where a decimal can be, cut to two places elsewhere."""
    finished = card.finished
    return {
        "total": number(card.total.low) if finished else None,
        "level": card.level,
        "passed": card.passed,
        "range": [number(card.total.low), number(card.total.high)],
        "base": number(card.base.low) if finished else None,
        "bonus": number(card.bonus.low) if finished else None,
        "deductions": number(card.deductions.low) if finished else None,
        "full": number(card.full),
        "gates": [{"item": gate.key, "ok": gate.ok, "kind": gate.code.removeprefix("gate.")} for gate in card.gates],
        "groups": [
            {
                "key": group.key,
                "got": number(group.got.low) if group.got.settled else None,
                "range": [number(group.got.low), number(group.got.high)],
                "full": number(group.full),
                "needed": None if group.needed is None else number(group.needed),
            }
            for group in card.groups
        ],
        "items": [
            {
                "key": item.key,
                "got": number(item.got.low) if item.got.settled else None,
                "range": [number(item.got.low), number(item.got.high)],
                "full": number(item.full),
                "applies": item.applies,
            }
            for item in card.items
        ],
        "missing": list(card.missing),
        "cautions": [wording.problem(caution) for caution in card.cautions],
        "exact": {"total": exact(card.total.low)} if finished else {},
    }


def number(value: Fraction) -> str:
    """Write a number: exact as a decimal where it has one, else cut to two places."""
    written = exact(value)
    return printed(value) if "/" in written else written
