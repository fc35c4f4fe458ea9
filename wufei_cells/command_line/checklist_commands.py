"""Commands on checklists: list the editions, check a file, score answers without a register."""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path

from wufei_cells.checklists.document import with_parameters
from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.command_line.answers_file import read_answers
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import Checklist
from wufei_cells.scoring.evaluate import evaluate
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services import browsing, checking, explaining, publishing
from wufei_cells.wording import Wording


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("checklist", help="评估标准 / checklists").add_subparsers(required=True, metavar="WHAT")
    listing = group.add_parser("list", parents=[common], help="列出各版 / list editions")
    listing.set_defaults(run=list_editions)
    check = group.add_parser("check", parents=[common], help="检查文件 / check a file")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=check_file)
    publish = group.add_parser("publish", parents=[common], help="发布标准 / publish a checklist file")
    publish.add_argument("file", type=Path, metavar="FILE")
    publish.set_defaults(run=publish_file)
    profile = commands.add_parser("profile", help="城市配置 / city profile")
    adopting = profile.add_subparsers(required=True, metavar="WHAT").add_parser(
        "adopt", parents=[common], help="采用城市配置 / work with another city's profile"
    )
    adopting.add_argument("file", type=Path, metavar="FILE")
    adopting.set_defaults(run=adopt_profile)
    score = commands.add_parser("score", parents=[common], help="按文件打分 / score an answers file")
    score.add_argument("--checklist", type=Path, required=True, metavar="FILE")
    score.add_argument("--profile", type=Path, metavar="FILE", help="城市的参数 / a city's own numbers")
    score.add_argument("--answers", type=Path, required=True, metavar="FILE.json")
    score.set_defaults(run=score_files)


def list_editions(session: Session, _args: argparse.Namespace) -> int:
    """List the editions in the register."""
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    for row in browsing.editions(session.workspace):
        checklist = browsing.checklist(session.workspace, row.id)
        rows.append(
            {
                "id": row.id,
                "key": row.key,
                "edition": row.edition,
                "category": row.category,
                "title": {"zh": checklist.title.zh, "en": checklist.title.en},
                "official": checklist.official,
                "effective_from": row.effective_from.isoformat(),
                "full": str(checklist.full),
                "items": sum(1 for _item in checklist.items()),
                "gates": len(checklist.gates),
            }
        )
        kind = session.say("cli.official" if checklist.official else "cli.model")
        lines.append(f"{row.key}  {row.edition}  {session.text(checklist.title)}  {kind}  {row.id[:12]}")
    return session.show(rows, lines)


def check_file(session: Session, args: argparse.Namespace) -> int:
    """Check a checklist file and list all problems."""
    problems = checking.check_checklist(read_input(args.file), args.file.name)
    data = {
        "file": str(args.file),
        "ok": not problems,
        "problems": [
            {"code": problem.code, "place": problem.place, "sentence": session.say(problem.code, **problem.values)}
            for problem in problems
        ],
    }
    heading = session.say("cli.check_found", count=len(problems)) if problems else session.say("cli.check_sound")
    session.show(data, [f"{args.file}: {heading}", *(f"  {session.wording.problem(entry)}" for entry in problems)])
    return 1 if problems else 0


def publish_file(session: Session, args: argparse.Namespace) -> int:
    """Publish a checklist file in the register."""
    edition = publishing.publish_file(session.workspace, read_input(args.file), args.file.name)
    checklist = browsing.checklist(session.workspace, edition)
    data = {"id": edition, "key": checklist.key, "edition": checklist.edition, "category": checklist.category.key}
    title = session.text(checklist.title)
    values = {"title": title, "edition": checklist.edition, "id": edition[:12], "day": checklist.effective_from}
    return session.show(data, [session.say("cli.published", **values)])


def adopt_profile(session: Session, args: argparse.Namespace) -> int:
    """Make a city profile the register's own."""
    profile = publishing.adopt_profile_file(session.workspace, read_input(args.file), args.file.name)
    data = {"key": profile.key, "version": profile.version, "city": {"zh": profile.city.zh, "en": profile.city.en}}
    return session.show(data, [session.say("cli.adopted", city=session.text(profile.city), version=profile.version)])


def score_files(session: Session, args: argparse.Namespace) -> int:
    """Score an answers file against a checklist file."""
    checklist = read_checklist(read_input(args.checklist), args.checklist.name)
    if args.profile:
        profile = read_profile(read_input(args.profile), args.profile.name)
        checklist = with_parameters(checklist, dict(profile.parameters))
    facts, answers = read_answers(read_input(args.answers), args.answers.name)
    card = evaluate(checklist, facts, answers)
    return session.show(scorecard_json(card, session.wording), score_lines(card, checklist, session.wording))


def score_lines(card: Scorecard, checklist: Checklist, wording: Wording) -> list[str]:
    """Say how an assessment stands, and why, line by line."""
    lines = explaining.explain(card, checklist, wording)
    return [explaining.verdict(card, checklist, wording), *(f"{'  ' * line.depth}{line.sentence}" for line in lines)]


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
