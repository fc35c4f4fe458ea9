"""Commands on checklists: list the editions, check a file, publish."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.checklists.profile_reading import read_profile
from wufei_cells.checklists.reading import read_checklist
from wufei_cells.command_line import (
    authoring_commands,
    carry_commands,
    draft_commands,
    edition_commands,
    publication_lines,
    score_commands,
)
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import EditionRow
from wufei_cells.errors import ProblemsFound
from wufei_cells.services import browsing, checking, city_numbers, publishing


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("checklist", help="评估标准 / checklists").add_subparsers(required=True, metavar="WHAT")
    listing = group.add_parser("list", parents=[common], help="列出各版 / list editions")
    listing.set_defaults(run=list_editions)
    check = group.add_parser("check", parents=[common], help="检查文件 / check a file")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--profile", type=Path, metavar="FILE", help="城市的参数 / a city's own numbers")
    check.set_defaults(run=check_file)
    schema = group.add_parser("schema", parents=[common], help="文件格式 / JSON Schema of a kind of file")
    schema.add_argument("kind", nargs="?", choices=shipped.schema_names(), default="checklist")
    schema.set_defaults(run=print_schema)
    publish = group.add_parser("publish", parents=[common], help="发布标准 / publish a checklist file")
    publish.add_argument("file", type=Path, metavar="FILE")
    publish.set_defaults(run=publish_file)
    edition_commands.add_commands(group, common)
    draft_commands.add_commands(group, common)
    authoring_commands.add_commands(group, common)
    carry_commands.add_to_checklists(group, common)
    profile = commands.add_parser("profile", help="城市配置 / city profile")
    adopting = profile.add_subparsers(required=True, metavar="WHAT").add_parser(
        "adopt", parents=[common], help="采用城市配置 / work with another city's profile"
    )
    adopting.add_argument("file", type=Path, metavar="FILE")
    adopting.set_defaults(run=adopt_profile)
    score_commands.add_commands(commands, common)


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
                "effective_until": row.effective_until.isoformat() if row.effective_until else None,
                "state": row.state.value,
                "districts": list(row.districts),
                "full": str(checklist.full),
                "items": sum(1 for _item in checklist.items()),
                "gates": len(checklist.gates),
            }
        )
        kind = session.say("cli.official" if checklist.official else "cli.model")
        title = session.text(checklist.title)
        lines.append(f"{row.key}  {row.edition}  {title}  {kind}  {_days(session, row)}  {row.id[:12]}")
    return session.show(rows, lines)


def _days(session: Session, row: EditionRow) -> str:
    """Say how an edition stands today, and on which days it may be used."""
    state = session.say(f"edition_state.{row.state.value}")
    if row.effective_until is None:
        return session.say("cli.edition_days", state=state, day=row.effective_from)
    return session.say("cli.edition_days_until", state=state, day=row.effective_from, until=row.effective_until)


def check_file(session: Session, args: argparse.Namespace) -> int:
    """Check a checklist file and list all problems."""
    profile = read_profile(read_input(args.profile), args.profile.name) if args.profile else None
    found, overrides = _found_in(session, args.file, profile)
    problems = [_problem_json(session, entry) for entry in found]
    data: dict[str, object] = {"file": str(args.file), "ok": not found, "problems": problems}
    if profile:
        data["overridden"] = publication_lines.override_json(session, overrides)
    heading = session.say("cli.check_found", count=len(found)) if found else session.say("cli.check_sound")
    lines = (f"  {session.wording.problem(entry.problem)}{_from_city(session, entry)}" for entry in found)
    told = publication_lines.override_lines(session, overrides)
    session.show(data, [f"{args.file}: {heading}", *lines, *(f"  {line}" for line in told)])
    return 1 if found else 0


def _found_in(
    session: Session, file: Path, profile: Profile | None
) -> tuple[tuple[checking.CityProblem, ...], tuple[city_numbers.Override, ...]]:
    """List what is wrong with a file or a workbook, then what is under a city's numbers, and which these replace."""
    try:
        content = authoring_commands.read_and_tell(session, file)
        checklist = read_checklist(content, file.name)
    except ProblemsFound as found:
        return tuple(checking.CityProblem(problem, {}) for problem in found.problems), ()
    if profile is None:
        return (), ()
    return checking.check_for_city(content, file.name, profile), city_numbers.overridden(checklist, profile)


def _problem_json(session: Session, entry: checking.CityProblem) -> dict[str, object]:
    problem = entry.problem
    data: dict[str, object] = {
        "code": problem.code,
        "place": problem.place,
        "sentence": session.say(problem.code, **problem.values),
    }
    if entry.numbers:
        numbers = {key: city_numbers.number_text(number, session.wording) for key, number in entry.numbers.items()}
        data["city_numbers"] = numbers
    return data


def _from_city(session: Session, entry: checking.CityProblem) -> str:
    """Say which numbers of the city bring a problem about."""
    said = (
        session.say("cli.city_number", name=key, value=city_numbers.number_text(number, session.wording))
        for key, number in entry.numbers.items()
    )
    return "".join(said)


def print_schema(_session: Session, args: argparse.Namespace) -> int:
    """Print the JSON Schema of checklists or profiles, as it stands; it is the same in both languages."""
    print(shipped.schema(args.kind), end="")
    return 0


def publish_file(session: Session, args: argparse.Namespace) -> int:
    """Publish a checklist file in the register."""
    content = authoring_commands.read_and_tell(session, args.file)
    return publication_lines.published(session, publishing.publish_file(session.workspace, content, args.file.name))


def adopt_profile(session: Session, args: argparse.Namespace) -> int:
    """Make a city profile the register's own."""
    profile = publishing.adopt_profile_file(session.workspace, read_input(args.file), args.file.name)
    data = {"key": profile.key, "version": profile.version, "city": {"zh": profile.city.zh, "en": profile.city.en}}
    return session.show(data, [session.say("cli.adopted", city=session.text(profile.city), version=profile.version)])
