"""Commands on follow-ups: put one on record, list them, say what came of one."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.command_line.target_commands import part_name
from wufei_cells.domain.follow_ups import FollowUp, FollowUpRow, Subject
from wufei_cells.domain.register import SiteId
from wufei_cells.domain.targets import Target
from wufei_cells.errors import UserError
from wufei_cells.services import board_reading, following_up
from wufei_cells.services.following_up import FollowUpView

SHOWN_ID = 8


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("follow-up", help="督办 / follow-ups").add_subparsers(required=True, metavar="WHAT")
    adding = group.add_parser("add", parents=[common], help="记一条督办 / put one on record")
    adding.add_argument("text", metavar="TEXT", help="督办什么 / what it is about")
    _add_subject(adding)
    adding.add_argument("--level", metavar="KEY", help="不写为下一级 / the next one when not given")
    adding.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
    adding.add_argument("--due", type=day, metavar="YYYY-MM-DD", help="答复期限 / by when an answer is asked for")
    adding.add_argument("--document", default="", metavar="NUMBER", help="文号 / number of the document")
    adding.set_defaults(run=add)
    listing = group.add_parser("list", parents=[common], help="列出督办 / list them")
    _add_subject(listing)
    listing.add_argument("--open", action="store_true", help="只列未办结 / only those that wait")
    listing.add_argument("--overdue", action="store_true", help="只列逾期 / only those past their day")
    listing.set_defaults(run=list_follow_ups)
    settling = group.add_parser("settle", parents=[common], help="办结 / say what came of one")
    settling.add_argument("follow_up", metavar="FOLLOW-UP")
    settling.add_argument("outcome", metavar="TEXT", help="办得怎样 / what came of it")
    settling.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
    settling.set_defaults(run=settle)
    removing = group.add_parser("remove", parents=[common], help="删去记错的 / take one out")
    removing.add_argument("follow_up", metavar="FOLLOW-UP")
    removing.set_defaults(run=remove)


def _add_subject(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--site", metavar="SITE", help="单位 / a site")
    parser.add_argument("--county", "--district", dest="district", metavar="COUNTY", help="县区 / a county")
    parser.add_argument("--category", metavar="CATEGORY", help="类别 / a category")


def _subject(session: Session, args: argparse.Namespace) -> Subject:
    category, district = board_reading.part_named(session.workspace, args.category, args.district)
    return Subject(SiteId(args.site) if args.site else None, district, category)


def add(session: Session, args: argparse.Namespace) -> int:
    """Put a follow-up on record."""
    workspace, subject = session.workspace, _subject(session, args)
    proposed = following_up.next_level(workspace, subject)
    if proposed is None:
        raise UserError("following_up.no_levels")
    said = FollowUp(
        subject, args.level or proposed.key, args.on or workspace.today(), args.text, args.document, args.due
    )
    return _told(session, following_up.follow_up(workspace, said), "follow_up.cli_added")


def list_follow_ups(session: Session, args: argparse.Namespace) -> int:
    """List follow-ups, newest first."""
    subject = _subject(session, args)
    views = following_up.follow_ups(
        session.workspace,
        subject=subject if subject != Subject() else None,
        only_open=args.open,
        only_overdue=args.overdue,
    )
    lines = [line for view in views for line in _lines(session, view)] or [session.say("follow_up.cli_none")]
    return session.show([_view_json(view) for view in views], lines)


def settle(session: Session, args: argparse.Namespace) -> int:
    """Say what came of a follow-up."""
    on = args.on or session.workspace.today()
    row = following_up.settle(session.workspace, args.follow_up, done_on=on, outcome=args.outcome)
    return _told(session, row, "follow_up.cli_settled")


def remove(session: Session, args: argparse.Namespace) -> int:
    """Take a follow-up off the record."""
    following_up.remove(session.workspace, args.follow_up)
    return session.show({"removed": args.follow_up}, [session.say("follow_up.cli_removed", id=args.follow_up)])


def _told(session: Session, row: FollowUpRow, code: str) -> int:
    return session.show(_json(row), [session.say(code, id=row.id[:SHOWN_ID])])


def _lines(session: Session, view: FollowUpView) -> list[str]:
    say, said = session.say, view.row.said
    of = said.subject
    about = view.site_name or part_name(session, Target(of.category, of.district, 0, said.on))
    state = "done" if not view.open else "overdue" if view.overdue else "open"
    first = say(
        "follow_up.cli_line",
        id=view.row.id[:SHOWN_ID],
        on=said.on,
        level=session.text(view.level.text),
        about=about,
        state=say(f"follow_up.state.{state}"),
    )
    lines = [first, say("follow_up.cli_text", text=" ".join(said.text.split()), due=said.due or "–")]
    if said.done_on:
        lines.append(say("follow_up.cli_outcome", on=said.done_on, outcome=" ".join(said.outcome.split())))
    return lines


def _view_json(view: FollowUpView) -> dict[str, object]:
    return {**_json(view.row), "site_name": view.site_name, "open": view.open, "overdue": view.overdue}


def _json(row: FollowUpRow) -> dict[str, object]:
    said = row.said
    return {
        "id": row.id,
        "site": said.subject.site,
        "district": said.subject.district,
        "category": said.subject.category,
        "level": said.level,
        "on": said.on.isoformat(),
        "text": said.text,
        "document_number": said.document_number,
        "due": said.due.isoformat() if said.due else None,
        "done_on": said.done_on.isoformat() if said.done_on else None,
        "outcome": said.outcome,
        "author": row.author,
        "at": row.at.isoformat(),
    }
