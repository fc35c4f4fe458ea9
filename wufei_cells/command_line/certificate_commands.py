"""Commands on certificates: issue, list, print."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line import passphrases, verify_commands
from wufei_cells.command_line.assessment_commands import day
from wufei_cells.command_line.page_commands import add_page
from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.register import CertificateRow
from wufei_cells.services import browsing, certifying, office_keys, papers, saving


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("certificate", help="证书 / certificates").add_subparsers(required=True, metavar="WHAT")
    issuing = group.add_parser("issue", parents=[common], help="签发 / issue")
    issuing.add_argument("assessment", metavar="ASSESSMENT")
    issuing.add_argument("--issued-on", type=day, metavar="YYYY-MM-DD")
    issuing.add_argument("--document", default="", metavar="NUMBER", help="文号 / number of the naming document")
    passphrases.add_option(issuing)
    issuing.set_defaults(run=issue)
    listing = group.add_parser("list", parents=[common], help="列出证书 / list")
    listing.set_defaults(run=list_certificates)
    printing = group.add_parser("print", parents=[common], help="生成 PDF / write as PDF")
    printing.add_argument("certificate", nargs="+", metavar="NUMBER")
    printing.add_argument("--output", type=Path, metavar="FILE.pdf")
    printing.set_defaults(run=print_certificates)
    add_page(group, common)
    verify_commands.add_verify(group, common)


def issue(session: Session, args: argparse.Namespace) -> int:
    """Issue the certificate of an approved assessment."""
    assessment = find_assessment(session, args.assessment).id
    key = None
    if certifying.signs(session.workspace):
        key = office_keys.unlock(session.workspace, passphrases.passphrase(session, args))
    row = certifying.issue_certificate(
        session.workspace,
        assessment,
        issued_on=args.issued_on,
        document_number=args.document,
        press=session.press,
        key=key,
    )
    return session.show(
        certificate_json(row), [session.say("cli.issued", site=row.site_name, number=row.number, until=row.valid_until)]
    )


def list_certificates(session: Session, _args: argparse.Namespace) -> int:
    """List certificates."""
    rows = browsing.list_certificates(session.workspace)
    lines = [f"{row.number}  {row.site_name}  {row.issued_on} – {row.valid_until}" for row in rows]
    return session.show([certificate_json(row) for row in rows], lines or [session.say("cli.no_certificates")])


def print_certificates(session: Session, args: argparse.Namespace) -> int:
    """Write certificates into one PDF."""
    content = papers.print_file(session.workspace, session.press, args.certificate)
    target = args.output or Path(f"{saving.file_name(args.certificate[0])}.pdf")
    saving.save_file(target, content)
    return session.show({"file": str(target)}, [session.say("cli.written", path=target)])


def certificate_json(row: CertificateRow) -> dict[str, object]:
    """Give a certificate as plain data."""
    names = ("id", "number", "site", "site_name", "assessment", "category", "district", "total", "document_number")
    return {
        **{name: getattr(row, name) for name in names},
        "issued_on": row.issued_on.isoformat(),
        "valid_until": row.valid_until.isoformat(),
        "state": row.state.value,
        "basis": row.basis,
        "example": row.example,
    }
