"""Commands on visits: plan one, change it, say that it does not take place."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import time

from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.session import Session, Subparsers, filled
from wufei_cells.domain.register import AssessmentId, SiteId
from wufei_cells.domain.visits import Visit
from wufei_cells.services import visiting
from wufei_cells.services.visiting import VisitView

SHOWN_ID = 8


def clock_time(text: str) -> time:
    """Read hours and minutes as an argument."""
    return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("visit", help="走访安排 / planned visits").add_subparsers(required=True, metavar="WHAT")
    planning = group.add_parser("plan", parents=[common], help="安排走访 / plan one")
    planning.add_argument("site", metavar="SITE")
    planning.add_argument("on", type=day, metavar="YYYY-MM-DD")
    planning.set_defaults(run=plan)
    changing = group.add_parser("change", parents=[common], help="改期、换人 / another day, other people")
    changing.add_argument("visit", metavar="VISIT")
    changing.add_argument("--on", type=day, metavar="YYYY-MM-DD")
    changing.set_defaults(run=change)
    for parser in (planning, changing):
        parser.add_argument("--time", type=clock_time, metavar="HH:MM")
        parser.add_argument("--who", action="append", metavar="NAME", help="谁去，可多次写 / who goes; again for more")
        parser.add_argument("--note", metavar="TEXT")
        parser.add_argument("--assessment", metavar="ASSESSMENT", help="为哪次评估 / of which assessment")
        parser.add_argument("--past", action="store_true", help="补记以前的 / put on record what took place")
    cancelling = group.add_parser("cancel", parents=[common], help="取消 / say that it does not take place")
    cancelling.add_argument("visit", metavar="VISIT")
    cancelling.add_argument("--reason", default="", metavar="TEXT")
    cancelling.set_defaults(run=cancel)
    listing = group.add_parser("list", parents=[common], help="列出走访 / list them")
    listing.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD")
    listing.add_argument("--until", dest="last", type=day, metavar="YYYY-MM-DD")
    listing.add_argument("--site", metavar="SITE")
    listing.add_argument("--cancelled", action="store_true", help="连同取消的 / with those cancelled")
    listing.set_defaults(run=list_visits)


def plan(session: Session, args: argparse.Namespace) -> int:
    """Plan a visit; without a name, the person who works goes."""
    people = tuple(args.who or [session.workspace.person.name])
    assessment = AssessmentId(args.assessment) if args.assessment else None
    visit = Visit(SiteId(args.site), args.on, people, args.time, args.note or "", assessment)
    return _show(session, visiting.plan(session.workspace, visit, past=args.past), "visit.cli_planned")


def change(session: Session, args: argparse.Namespace) -> int:
    """Plan a visit anew; what is not said stays, and what was cancelled takes place again."""
    before = visiting.visit(session.workspace, args.visit)
    said = filled({"on": args.on, "time": args.time, "note": args.note, "assessment": args.assessment})
    people = {"people": tuple(args.who)} if args.who else {}
    visit = replace(before.said, cancelled=None, **said, **people)  # pyright: ignore[reportArgumentType] - as they were read
    return _show(session, visiting.change(session.workspace, before.id, visit, past=args.past), "visit.cli_changed")


def cancel(session: Session, args: argparse.Namespace) -> int:
    """Say that a visit does not take place."""
    return _show(session, visiting.cancel(session.workspace, args.visit, args.reason), "visit.cli_cancelled")


def list_visits(session: Session, args: argparse.Namespace) -> int:
    """List visits in the order of their days."""
    views = visiting.visits(
        session.workspace, first=args.first, last=args.last, site=args.site, with_cancelled=args.cancelled
    )
    lines = [line for view in views for line in _lines(session, view)] or [session.say("visit.cli_none")]
    return session.show([visit_json(view) for view in views], lines)


def _show(session: Session, view: VisitView, code: str) -> int:
    return session.show(visit_json(view), [session.say(code, id=view.row.id[:SHOWN_ID]), *_lines(session, view)])


def _lines(session: Session, view: VisitView) -> list[str]:
    say, said = session.say, view.row.said
    when = f"{said.on} {said.time:%H:%M}" if said.time else said.on.isoformat()
    code = "visit.cli_line" if said.cancelled is None else "visit.cli_line_cancelled"
    lines = [say(code, id=view.row.id[:SHOWN_ID], when=when, site=view.site_name or said.site, names=said.people)]
    where = tuple(part for part in (view.address, view.contact, view.phone) if part)
    lines += [say("visit.cli_where", parts=where)] if where else []
    lines += [say("visit.clash", names=clash.people, site=clash.site_name) for clash in view.clashes]
    return lines


def visit_json(view: VisitView) -> dict[str, object]:
    """Write a visit as plain data."""
    said = view.row.said
    return {
        "id": view.row.id,
        "site": said.site,
        "site_name": view.site_name,
        "category": view.category,
        "district": view.district,
        "address": view.address,
        "contact": view.contact,
        "phone": view.phone,
        "on": said.on.isoformat(),
        "time": said.time.isoformat("minutes") if said.time else None,
        "people": list(said.people),
        "note": said.note,
        "assessment": said.assessment,
        "cancelled": said.cancelled,
        "author": view.row.author,
        "at": view.row.at.isoformat(),
        "clashes": [
            {"visit": one.other, "site_name": one.site_name, "people": list(one.people)} for one in view.clashes
        ],
    }
