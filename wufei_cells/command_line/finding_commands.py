"""Commands on findings: note one, list them, note that one was put right, check one again."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.findings import FindingDraft, FindingRow, FindingState, ListedFinding, Severity
from wufei_cells.services import finding_faults

SHOWN_ID = 8


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("finding", help="问题与整改 / findings").add_subparsers(required=True, metavar="WHAT")
    adding = group.add_parser("add", parents=[common], help="记录问题 / note one")
    adding.add_argument("assessment", metavar="ASSESSMENT")
    adding.add_argument("text", metavar="TEXT")
    adding.add_argument("--item", default="", metavar="ITEM", help="不写为全场 / the whole site when not given")
    grades = " | ".join(Severity)
    adding.add_argument("--severity", default=Severity.MINOR.value, metavar="GRADE", help=grades)
    adding.add_argument("--action", default="", help="整改要求 / what is to be done")
    adding.add_argument("--responsible", default="", metavar="NAME")
    adding.add_argument("--due", default="", metavar="YYYY-MM-DD")
    adding.set_defaults(run=add)
    listing = group.add_parser("list", parents=[common], help="列出问题 / list them")
    listing.add_argument("assessment", nargs="?", metavar="ASSESSMENT", help="不写为全部 / all when not given")
    listing.add_argument("--site", metavar="SITE")
    listing.add_argument("--state", choices=[state.value for state in FindingState])
    listing.add_argument("--overdue", action="store_true", default=None)
    listing.set_defaults(run=list_findings)
    for name, meaning, handler in (
        ("done", "已整改 / the unit put it right", done),
        ("check", "复查 / check again", check),
    ):
        parser = group.add_parser(name, parents=[common], help=meaning)
        parser.add_argument("finding", metavar="FINDING")
        parser.add_argument("--note", default="")
        parser.add_argument("--on", default="", metavar="YYYY-MM-DD")
        if name == "check":
            verdict = parser.add_mutually_exclusive_group(required=True)
            verdict.add_argument("--closed", action="store_true", help="已整改到位 / it is in order now")
            verdict.add_argument("--open", action="store_true", help="仍未整改 / it is still open")
        parser.set_defaults(run=handler)


def add(session: Session, args: argparse.Namespace) -> int:
    """Note a finding."""
    row = find_assessment(session, args.assessment)
    draft = FindingDraft(args.item, args.severity, args.text, args.action, args.responsible, args.due)
    found = finding_faults.record_finding(session.workspace, row.id, draft)
    return session.show(_json(found), [session.say("cli.finding_recorded", id=found.id[:SHOWN_ID])])


def list_findings(session: Session, args: argparse.Namespace) -> int:
    """List findings of the register or of one assessment, those due first in front."""
    state = FindingState(args.state) if args.state else None
    of = find_assessment(session, args.assessment).id if args.assessment else None
    found = finding_faults.findings(session.workspace, site=args.site, assessment=of, state=state, overdue=args.overdue)
    lines = [line for one in found for line in _lines(session, one)] or [session.say("cli.finding_none")]
    data = [{**_json(one.row), "site": one.site, "site_name": one.site_name} for one in found]
    return session.show(data, lines)


def done(session: Session, args: argparse.Namespace) -> int:
    """Note that the unit says it put things right."""
    key = finding_faults.finding(session.workspace, args.finding).row.id
    row = finding_faults.mark_done(session.workspace, key, note=args.note, on=args.on)
    return _told(session, row, "cli.finding_done")


def check(session: Session, args: argparse.Namespace) -> int:
    """Note what a check showed."""
    key = finding_faults.finding(session.workspace, args.finding).row.id
    row = finding_faults.check_again(session.workspace, key, closed=args.closed, note=args.note, on=args.on)
    return _told(session, row, "cli.finding_checked")


def _told(session: Session, row: FindingRow, code: str) -> int:
    state = session.say(f"finding.state.{row.state.value}")
    return session.show(_json(row), [session.say(code, state=state)])


def _lines(session: Session, one: ListedFinding) -> list[str]:
    say, found = session.say, one.row.finding
    state = say(f"finding.state.{one.row.state.value}")
    if one.row.overdue(session.workspace.today()):
        state = say("cli.finding_overdue", state=state)
    first = say(
        "cli.finding_line",
        id=one.row.id[:SHOWN_ID],
        severity=say(f"finding.severity.{found.severity.value}"),
        state=state,
        item=found.item or say("cli.finding_whole_site"),
        text=" ".join(found.text.split()),
    )
    second = say(
        "cli.finding_line_more",
        site=one.site_name,
        action=" ".join(found.action.split()) or "–",
        responsible=found.responsible or "–",
        due=found.due.isoformat() if found.due else "–",
    )
    return [first, second]


def _json(row: FindingRow) -> dict[str, object]:
    found = row.finding
    return {
        "id": row.id,
        "assessment": row.assessment,
        "item": found.item,
        "severity": found.severity.value,
        "text": found.text,
        "action": found.action,
        "responsible": found.responsible,
        "due": found.due.isoformat() if found.due else None,
        "state": row.state.value,
        "check_note": row.check_note,
        "checked_by": row.checked_by,
        "checked_on": row.checked_on.isoformat() if row.checked_on else None,
        "author": row.author,
        "at": row.at.isoformat(),
    }
