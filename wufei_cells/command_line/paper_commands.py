"""Commands on papers: the report of an assessment, the artwork of plaques, lists of names."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line.assessment_commands import day
from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.documents.name_list_data import ListKind
from wufei_cells.errors import UserError
from wufei_cells.services import printing_lists, printing_reports, saving
from wufei_cells.services.printing_lists import ListRequest

PDF, TEXT = ".pdf", ".txt"
WIDTH = 600


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("paper", help="报告、名单、牌匾 / reports, lists, plaques").add_subparsers(
        required=True, metavar="WHAT"
    )
    reporting = group.add_parser("report", parents=[common], help="评估报告 / report of an assessment")
    reporting.add_argument("assessment", metavar="ASSESSMENT")
    reporting.set_defaults(run=print_report)
    plaque = group.add_parser("plaque", parents=[common], help="牌匾版样 / artwork of plaques")
    plaque.add_argument("certificate", nargs="+", metavar="CERTIFICATE")
    plaque.add_argument("--width", type=int, default=WIDTH, metavar="MM", help="宽度 / width of the plaque")
    plaque.set_defaults(run=print_plaques)
    listing = group.add_parser("list", parents=[common], help="公示、通报、有效名单 / lists of names")
    listing.add_argument("--kind", choices=[kind.value for kind in ListKind], required=True)
    listing.add_argument("--batch", default="", metavar="BATCH", help="批次 / by id or title")
    listing.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="落款日期 / day below the list")
    listing.add_argument("--from", dest="notice_from", type=day, metavar="YYYY-MM-DD", help="公示开始 / first day")
    listing.add_argument("--until", dest="notice_until", type=day, metavar="YYYY-MM-DD", help="公示截止 / last day")
    listing.add_argument("--contact", default="", help="受理异议的联系方式 / where to object")
    listing.add_argument("--document", default="", metavar="NUMBER", help="文号 / number of the naming document")
    listing.set_defaults(run=print_list)
    for parser, ending in ((reporting, "FILE.pdf"), (plaque, "FILE.pdf"), (listing, "FILE.pdf|FILE.txt")):
        parser.add_argument("-o", "--output", type=Path, required=True, metavar=ending)


def print_report(session: Session, args: argparse.Namespace) -> int:
    """Write the report of an assessment."""
    _require(args.output, PDF)
    row = find_assessment(session, args.assessment)
    content = printing_reports.assessment_report(session.workspace, row.id, session.fonts, session.wording)
    return _saved(session, args.output, content)


def print_plaques(session: Session, args: argparse.Namespace) -> int:
    """Write the artwork of plaques."""
    _require(args.output, PDF)
    content = printing_lists.plaques(
        session.workspace, args.certificate, session.fonts, session.wording, width=args.width
    )
    return _saved(session, args.output, content)


def print_list(session: Session, args: argparse.Namespace) -> int:
    """Write a list of names."""
    _require(args.output, PDF, TEXT)
    names = ("batch", "on", "notice_from", "notice_until", "contact")
    wanted = ListRequest(
        ListKind(args.kind), document_number=args.document, **{name: getattr(args, name) for name in names}
    )
    data = printing_lists.name_list(session.workspace, wanted)
    if args.output.suffix.lower() == TEXT:
        content = printing_lists.name_list_text(data, session.wording).encode()
    else:
        content = printing_lists.name_list_pdf(data, session.fonts, session.wording)
    return _saved(session, args.output, content)


def _require(path: Path, *endings: str) -> None:
    if path.suffix.lower() not in endings:
        raise UserError("paper.ending", endings=endings, found=path.name)


def _saved(session: Session, path: Path, content: bytes) -> int:
    saving.save_file(path, content)
    return session.show({"file": str(path)}, [session.say("cli.written", path=path)])
