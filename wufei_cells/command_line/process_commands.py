"""Commands on the way of one assessment: apply, review, send back, object, settle."""

from __future__ import annotations

import argparse
from datetime import date

from wufei_cells.command_line.assessment_data import assessment_json, day
from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.applications import Application
from wufei_cells.domain.objections import Objection, ObjectionKind, ObjectionRow, Outcome
from wufei_cells.domain.register import AssessmentRow
from wufei_cells.errors import UserError
from wufei_cells.services import applying, assessing, browsing, deciding, objecting, returning

SHOWN_ID = 8


def add_to_assessments(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands on one assessment."""
    _add_apply(group, common)
    people = group.add_parser("assessors", parents=[common], help="评估人 / who assesses")
    people.add_argument("assessment", metavar="ASSESSMENT")
    people.add_argument("names", nargs="+", metavar="NAME")
    people.set_defaults(run=name_assessors, free="names")
    reviewing = group.add_parser("review", parents=[common], help="县级初审 / review for the county")
    reviewing.add_argument("assessment", metavar="ASSESSMENT")
    reviewing.add_argument("--remarks", default="")
    reviewing.set_defaults(run=review)
    sending = group.add_parser("return", parents=[common], help="退回整改 / send back to be mended")
    sending.add_argument("assessment", metavar="ASSESSMENT")
    sending.add_argument(
        "--item", action="append", default=[], metavar="ITEM=REMARK", help="条款和意见，可多次 / once for each item"
    )
    sending.add_argument("--reason", default="", help="总的意见 / about it as a whole")
    sending.set_defaults(run=send_back)
    for kind, meaning in (
        (ObjectionKind.OBJECTION, "登记异议 / an objection to the notice"),
        (ObjectionKind.APPEAL, "登记申诉 / an appeal of the unit"),
    ):
        _add_objection(group, common, kind, meaning)
    listing = group.add_parser("objections", parents=[common], help="异议和申诉 / objections and appeals")
    listing.add_argument("assessment", nargs="?", metavar="ASSESSMENT", help="不写为全部 / all when not given")
    listing.set_defaults(run=list_objections)
    settling = group.add_parser("settle", parents=[common], help="处理异议、申诉 / settle one")
    settling.add_argument("objection", metavar="OBJECTION")
    verdict = settling.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--upheld", dest="outcome", action="store_const", const=Outcome.UPHELD, help="成立")
    verdict.add_argument("--dismissed", dest="outcome", action="store_const", const=Outcome.DISMISSED, help="不成立")
    settling.add_argument("--reason", required=True)
    settling.set_defaults(run=settle)


def _add_apply(group: Subparsers, common: argparse.ArgumentParser) -> None:
    parser = group.add_parser("apply", parents=[common], help="登记申报 / take in an application")
    parser.add_argument("site", metavar="SITE")
    parser.add_argument("--signatory", required=True, metavar="NAME", help="承诺书签署人 / who signed the commitment")
    parser.add_argument("--applied-on", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
    parser.add_argument("--committed-on", type=day, metavar="YYYY-MM-DD", help="默认同申报日 / the same day")
    parser.add_argument("--recommended-by", default="", metavar="NAME", help="推荐单位 / who recommends it")
    parser.add_argument("--highlights", default="", help="特色亮点 / what it is proud of")
    parser.set_defaults(run=apply)


def _add_objection(group: Subparsers, common: argparse.ArgumentParser, kind: ObjectionKind, meaning: str) -> None:
    parser = group.add_parser(kind.value, parents=[common], help=meaning)
    parser.add_argument("assessment", metavar="ASSESSMENT")
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--item", default="", metavar="ITEM", help="不写为整个结果 / the whole result when not given")
    parser.add_argument("--name", default="", help="提出人 / who objects")
    parser.add_argument("--contact", default="")
    parser.add_argument("--received-on", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
    parser.add_argument("--due", type=day, metavar="YYYY-MM-DD", help="答复期限 / by when to answer")
    parser.set_defaults(run=object_to, kind=kind)


# --- one assessment


def apply(session: Session, args: argparse.Namespace) -> int:
    """Take in a unit's application."""
    site = browsing.site(session.workspace, args.site)
    applied_on: date = args.applied_on or session.workspace.today()
    application = Application(
        applied_on, args.signatory, args.committed_on or applied_on, args.recommended_by, args.highlights
    )
    row = applying.apply(session.workspace, site.id, application)
    return session.show(
        {**assessment_json(row), "application": _application_json(application)},
        [session.say("cli.applied", site=row.site_name, id=row.id)],
    )


def name_assessors(session: Session, args: argparse.Namespace) -> int:
    """Say anew who assesses."""
    row = find_assessment(session, args.assessment)
    row = assessing.name_assessors(session.workspace, row.id, tuple(args.names))
    return session.show(
        assessment_json(row), [session.say("cli.assessors_named", site=row.site_name, names=row.assessors)]
    )


def review(session: Session, args: argparse.Namespace) -> int:
    """Recommend a finished assessment for the county."""
    found = find_assessment(session, args.assessment)
    row = deciding.review(session.workspace, found.id, remarks=args.remarks)
    return session.show(assessment_json(row), [f"{row.site_name}  {session.say(f'stage.{row.stage.value}')}"])


def send_back(session: Session, args: argparse.Namespace) -> int:
    """Send an assessment back to be mended in some items."""
    found = find_assessment(session, args.assessment)
    remarks: dict[str, str] = {}
    for given in args.item:
        item, sign, remark = str(given).partition("=")
        if not sign or not item:
            raise UserError("cli.remark_written", given=str(given)[:60])
        remarks[_item(session, found, item)] = remark
    row = returning.send_back(session.workspace, found.id, remarks, reason=args.reason)
    line = session.say("cli.sent_back", site=row.site_name, items=tuple(row.returned), revision=row.revision)
    return session.show(assessment_json(row), [line])


def object_to(session: Session, args: argparse.Namespace) -> int:
    """Put an objection or an appeal on record."""
    found = find_assessment(session, args.assessment)
    said = Objection(
        assessment=found.id,
        kind=args.kind,
        text=args.text,
        received_on=args.received_on or session.workspace.today(),
        item=_item(session, found, args.item) if args.item else "",
        name=args.name,
        contact=args.contact,
        due=args.due,
    )
    row = objecting.take_in(session.workspace, said)
    return session.show(_objection_json(row), [session.say("cli.objection_taken_in", id=row.id[:SHOWN_ID])])


def list_objections(session: Session, args: argparse.Namespace) -> int:
    """List objections and appeals, in the order they came in."""
    of = find_assessment(session, args.assessment).id if args.assessment else None
    rows = objecting.objections(session.workspace, of)
    names = {row.id: row.site_name for row in browsing.list_assessments(session.workspace)}
    lines = [_objection_line(session, row, names.get(row.objection.assessment, "")) for row in rows]
    return session.show([_objection_json(row) for row in rows], lines or [session.say("cli.no_objections")])


def settle(session: Session, args: argparse.Namespace) -> int:
    """Uphold or dismiss an objection or an appeal."""
    row = objecting.settle(session.workspace, args.objection, args.outcome, args.reason)
    lines = [session.say(f"objection.outcome.{row.outcome.value}")]
    if row.outcome is Outcome.UPHELD:
        lines.append(session.say("cli.objection_upheld"))
    return session.show(_objection_json(row), lines)


# --- parts


def _item(session: Session, row: AssessmentRow, wanted: str) -> str:
    """Give the key of an item that was named by its key or its printed number."""
    entries = browsing.checklist(session.workspace, row.edition).entries()
    return next((entry.key for entry in entries if entry.number == wanted and entry.key != wanted), wanted)


def _application_json(said: Application) -> dict[str, object]:
    return {
        "applied_on": said.applied_on.isoformat(),
        "signatory": said.signatory,
        "committed_on": said.committed_on.isoformat(),
        "recommended_by": said.recommended_by,
        "highlights": said.highlights,
    }


def _objection_line(session: Session, row: ObjectionRow, site: str) -> str:
    said = row.objection
    return session.say(
        "cli.objection_line",
        id=row.id[:SHOWN_ID],
        kind=session.say(f"objection.kind.{said.kind.value}"),
        site=site,
        item=said.item or "–",
        on=said.received_on,
        outcome=session.say(f"objection.outcome.{row.outcome.value}"),
        text=" ".join(said.text.split()),
    )


def _objection_json(row: ObjectionRow) -> dict[str, object]:
    said = row.objection
    return {
        "id": row.id,
        "assessment": said.assessment,
        "revision": row.revision,
        "kind": said.kind.value,
        "item": said.item,
        "text": said.text,
        "name": said.name,
        "contact": said.contact,
        "received_on": said.received_on.isoformat(),
        "due": said.due.isoformat() if said.due else None,
        "outcome": row.outcome.value,
        "reason": row.reason,
        "settled_by": row.settled_by,
        "settled_on": row.settled_on.isoformat() if row.settled_on else None,
    }
