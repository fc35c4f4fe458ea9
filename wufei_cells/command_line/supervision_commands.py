"""Commands on what happens to a certificate after it was issued, and on what is due."""

from __future__ import annotations

import argparse
from datetime import date, timedelta

from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.supervision import Event, EventKind, EventRow
from wufei_cells.services import browsing, supervising
from wufei_cells.services.supervising import Due

SHOWN_ID = 8
_MEANINGS = {
    EventKind.SUSPEND: "暂停 / put on hold",
    EventKind.REINSTATE: "恢复 / let it hold again",
    EventKind.WITHDRAW: "撤销 / take back for good",
    EventKind.CHECK: "抽查符合 / looked at again and in order",
    EventKind.ORDER: "限期整改 / to be put right by a day",
    EventKind.MENDED: "整改完成 / what was ordered is done",
    EventKind.REPORT: "年度报告 / the yearly report came in",
    EventKind.RENAME: "更名，理由处写新名称 / the unit has a new name, given as the reason",
}


def add_supervision(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    for kind, meaning in _MEANINGS.items():
        parser = group.add_parser(kind.value, parents=[common], help=meaning)
        parser.add_argument("certificate", metavar="NUMBER")
        parser.add_argument("--reason", required=kind is not EventKind.REPORT, default="")
        parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
        parser.add_argument("--document", default="", metavar="NUMBER", help="文号 / number of the document")
        if kind is EventKind.ORDER:
            parser.add_argument("--until", type=day, required=True, metavar="YYYY-MM-DD")
        if kind is EventKind.REPORT:
            parser.add_argument("--year", type=int, required=True)
        parser.set_defaults(run=record, kind=kind)
    showing = group.add_parser("events", parents=[common], help="证书的记录 / what happened to it")
    showing.add_argument("certificate", metavar="NUMBER")
    showing.set_defaults(run=list_events)
    striking = group.add_parser("strike", parents=[common], help="更正误登 / strike a mistaken entry")
    striking.add_argument("certificate", metavar="NUMBER")
    striking.add_argument("event", metavar="EVENT")
    striking.add_argument("--reason", required=True)
    striking.set_defaults(run=strike)
    listing = group.add_parser("due", parents=[common], help="待办 / what is due")
    listing.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
    listing.set_defaults(run=list_due)


def record(session: Session, args: argparse.Namespace) -> int:
    """Put on record what happened to a certificate."""
    on: date = args.on or session.workspace.today()
    until, year = getattr(args, "until", None), getattr(args, "year", None)
    event = Event(args.kind, on, args.reason, until, args.document, year)
    row = supervising.record_event(session.workspace, args.certificate, event)
    held = browsing.certificate(session.workspace, row.certificate)
    values = {"number": held.number, "site": held.site_name}
    state = session.say(f"certificatestate.{held.state.value}")
    lines = [session.say("cli.event_recorded", what=_what(session, row), state=state, **values)]
    if row.event.kind is EventKind.WITHDRAW and row.event.until:
        lines.append(session.say("cli.event_barred", until=row.event.until, **values))
    return session.show({**_json(row), "number": held.number, "state": held.state.value}, lines)


def list_events(session: Session, args: argparse.Namespace) -> int:
    """List what happened to a certificate, in the order of the days."""
    rows = supervising.events(session.workspace, args.certificate)
    return session.show(
        [_json(row) for row in rows], [_line(session, row) for row in rows] or [session.say("cli.no_events")]
    )


def strike(session: Session, args: argparse.Namespace) -> int:
    """Strike a mistaken entry."""
    supervising.strike(session.workspace, args.certificate, args.event, reason=args.reason)
    held = browsing.certificate(session.workspace, args.certificate)
    state = session.say(f"certificatestate.{held.state.value}")
    line = session.say("cli.event_struck", number=held.number, site=held.site_name, state=state)
    return session.show({"number": held.number, "state": held.state.value}, [line])


def list_due(session: Session, args: argparse.Namespace) -> int:
    """List what waits to be done about certificates, the most urgent first."""
    rows = supervising.due(session.workspace, args.on)
    lines = [_due_line(session, row) for row in rows]
    return session.show([_due_json(row) for row in rows], lines or [session.say("cli.nothing_due")])


def _what(session: Session, row: EventRow) -> str:
    return session.say(f"event.{row.event.kind.value}")


def _line(session: Session, row: EventRow) -> str:
    said = row.event
    more = [str(said.year) if said.year else "", f"→ {said.until}" if said.until else "", said.document_number]
    parts = [f"{said.on}", row.id[:SHOWN_ID], _what(session, row), *more, " ".join(said.reason.split()), row.author]
    return "  ".join(part for part in parts if part)


def _due_line(session: Session, row: Due) -> str:
    held = row.certificate
    values: dict[str, object] = {"by": row.by, "number": held.number, "site": held.site_name}
    if row.years:
        values |= {"years": tuple(map(str, row.years)), "since": row.by + timedelta(days=1)}
    return session.say(f"due.{row.kind.value}", **values)


def _due_json(row: Due) -> dict[str, object]:
    held = row.certificate
    return {
        "kind": row.kind.value,
        "by": row.by.isoformat(),
        "years": list(row.years),
        "number": held.number,
        "site": held.site,
        "site_name": held.site_name,
    }


def _json(row: EventRow) -> dict[str, object]:
    said = row.event
    return {
        "id": row.id,
        "certificate": row.certificate,
        "kind": said.kind.value,
        "on": said.on.isoformat(),
        "reason": said.reason,
        "until": said.until.isoformat() if said.until else None,
        "document_number": said.document_number,
        "year": said.year,
        "author": row.author,
        "at": row.at.isoformat(),
    }
