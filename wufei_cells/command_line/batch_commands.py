"""Commands on batches: publish sites for objections, take them out, name them by a document."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date

from wufei_cells.command_line.assessment_data import assessment_json, day
from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.batches import BatchRow
from wufei_cells.errors import ProblemsFound
from wufei_cells.services import naming, papers

SHOWN_ID = 8


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands on batches."""
    group = commands.add_parser("batch", help="公示与命名 / notices and naming").add_subparsers(
        required=True, metavar="WHAT"
    )
    notice = group.add_parser("notice", parents=[common], help="公示 / publish for objections")
    notice.add_argument("title", metavar="TITLE")
    notice.add_argument("assessments", nargs="+", metavar="ASSESSMENT")
    notice.add_argument("--from", dest="notice_from", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
    notice.add_argument("--until", dest="notice_until", type=day, required=True, metavar="YYYY-MM-DD")
    notice.add_argument("--contact", required=True, help="异议向谁提 / where to object")
    notice.set_defaults(run=publish_notice, free="assessments")
    naming_parser = group.add_parser("name", parents=[common], help="命名 / name by a document")
    naming_parser.add_argument(
        "batch", metavar="BATCH", help="批次，或新一批的名称 / a batch, or the title of a new one"
    )
    naming_parser.add_argument(
        "assessments", nargs="*", metavar="ASSESSMENT", help="不公示的城市直接命名 / where the city gives no notice"
    )
    _document(naming_parser)
    naming_parser.set_defaults(run=name, free="assessments")
    correcting = group.add_parser("correct", parents=[common], help="更正文号 / correct the document")
    correcting.add_argument("batch", metavar="BATCH")
    _document(correcting)
    correcting.set_defaults(run=correct)
    listing = group.add_parser("list", parents=[common], help="列出批次 / list")
    listing.set_defaults(run=list_batches)
    showing = group.add_parser("show", parents=[common], help="查看一批 / show one")
    showing.add_argument("batch", metavar="BATCH")
    showing.set_defaults(run=show_batch)
    taking = group.add_parser("take-out", parents=[common], help="移出公示 / take a site out of its notice")
    taking.add_argument("assessment", metavar="ASSESSMENT")
    taking.add_argument("--reason", required=True)
    taking.set_defaults(run=take_out)


def _document(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--document", required=True, metavar="NUMBER", help="文号 / its number")
    parser.add_argument("--named-on", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")


def publish_notice(session: Session, args: argparse.Namespace) -> int:
    """Put approved sites into a public notice."""
    found = _found(session, args.assessments)
    _refuse_unprintable(session, found)
    row = naming.publish_notice(
        session.workspace,
        found,
        title=args.title,
        notice_from=args.notice_from or session.workspace.today(),
        notice_until=args.notice_until,
        contact=args.contact,
    )
    return _show_batch(session, row)


def name(session: Session, args: argparse.Namespace) -> int:
    """Name the sites of a batch, or, where the city gives no notice, sites as a new batch."""
    number: str = args.document
    named_on: date = args.named_on or session.workspace.today()
    if args.assessments:
        found, title = _found(session, args.assessments), str(args.batch)
        _refuse_unprintable(session, found)
        row = naming.name_sites(session.workspace, found, title=title, document_number=number, named_on=named_on)
    else:
        known = naming.batch(session.workspace, args.batch).id
        _refuse_unprintable(session, [one.id for one in naming.members(session.workspace, known)])
        row = naming.name_batch(session.workspace, args.batch, document_number=number, named_on=named_on)
    return _show_batch(session, row)


def correct(session: Session, args: argparse.Namespace) -> int:
    """Correct the document of a named batch."""
    named_on = args.named_on or naming.batch(session.workspace, args.batch).batch.named_on or session.workspace.today()
    row = naming.correct_batch(session.workspace, args.batch, document_number=args.document, named_on=named_on)
    return _show_batch(session, row)


def list_batches(session: Session, _args: argparse.Namespace) -> int:
    """List the batches."""
    rows = naming.batches(session.workspace)
    lines = [_batch_line(session, row) for row in rows] or [session.say("cli.no_batches")]
    return session.show([_batch_json(row) for row in rows], lines)


def show_batch(session: Session, args: argparse.Namespace) -> int:
    """Show a batch with its sites."""
    return _show_batch(session, naming.batch(session.workspace, args.batch))


def take_out(session: Session, args: argparse.Namespace) -> int:
    """Take a site out of its notice."""
    found = find_assessment(session, args.assessment)
    row = naming.take_out(session.workspace, found.id, reason=args.reason)
    return session.show(assessment_json(row), [session.say("cli.taken_out", site=row.site_name)])


# --- parts


def _refuse_unprintable(session: Session, assessments: Iterable[str]) -> None:
    """Refuse sites whose certificates could not be printed: later, their names are public and the naming is done."""
    problems = papers.unprintable(session.workspace, session.press, assessments)
    if problems:
        raise ProblemsFound(problems)


def _found(session: Session, keys: Iterable[str]) -> list[str]:
    return [find_assessment(session, key).id for key in keys]


def _show_batch(session: Session, row: BatchRow) -> int:
    rows = naming.members(session.workspace, row.id)
    lines = [_batch_line(session, row)]
    lines += [f"  {one.site_name}  {session.say(f'stage.{one.stage.value}')}" for one in rows]
    members = [{"assessment": one.id, "site_name": one.site_name, "stage": one.stage.value} for one in rows]
    return session.show({**_batch_json(row), "members": members}, lines)


def _batch_line(session: Session, row: BatchRow) -> str:
    said, line = (
        row.batch,
        session.say("cli.batch_line", id=row.id[:SHOWN_ID], title=row.batch.title, count=row.members),
    )
    if said.notice_from and said.notice_until:
        line += session.say("cli.batch_notice", first=said.notice_from, last=said.notice_until)
    if said.named_on:
        line += session.say("cli.batch_named", number=said.document_number, on=said.named_on)
    return line + (session.say("cli.batch_disputed") if row.values > 1 else "")


def _batch_json(row: BatchRow) -> dict[str, object]:
    said = row.batch
    return {
        "id": row.id,
        "title": said.title,
        "notice_from": said.notice_from.isoformat() if said.notice_from else None,
        "notice_until": said.notice_until.isoformat() if said.notice_until else None,
        "contact": said.contact,
        "document_number": said.document_number,
        "named_on": said.named_on.isoformat() if said.named_on else None,
        "noticed": row.noticed,
        "named": row.named,
        "certified": row.certified,
        "disputed": row.values > 1,
    }
