"""Commands on certificates: issue, list, print."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wufei_cells.command_line import passphrases, supervision_commands, verify_commands
from wufei_cells.command_line.assessment_commands import day
from wufei_cells.command_line.page_commands import add_page
from wufei_cells.command_line.session import Session, Subparsers, find_assessment, read_input
from wufei_cells.domain.ledgers import LedgerKind
from wufei_cells.domain.lifecycle import CertificateState
from wufei_cells.domain.register import CertificateRow
from wufei_cells.services import browsing, certifying, ledgers, office_keys, papers, saving, sealing_papers


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
    printing.add_argument(
        "--pkcs12", type=Path, metavar="FILE.p12", help="再加盖电子签名 / seal it with a PKCS#12 file"
    )
    passphrases.add_option(printing)
    printing.set_defaults(run=print_certificates)
    exporting_ = group.add_parser("export", parents=[common], help="台账 Excel / ledger as a workbook")
    exporting_.add_argument("--output", type=Path, required=True, metavar="FILE.xlsx")
    exporting_.set_defaults(run=export)
    add_page(group, common)
    verify_commands.add_verify(group, common)
    supervision_commands.add_supervision(group, common)


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
    if not row.proof and not session.as_json:  # a program reads it in the document
        print(session.say("cli.issued_unsigned", number=row.number), file=sys.stderr)
    return session.show(
        certificate_json(row), [session.say("cli.issued", site=row.site_name, number=row.number, until=row.valid_until)]
    )


def list_certificates(session: Session, _args: argparse.Namespace) -> int:
    """List certificates."""
    rows = browsing.list_certificates(session.workspace)
    states = {state: session.say(f"certificatestate.{state.value}") for state in CertificateState}
    lines = [f"{row.number}  {row.site_name}  {row.issued_on} – {row.valid_until}  {states[row.state]}" for row in rows]
    return session.show([certificate_json(row) for row in rows], lines or [session.say("cli.no_certificates")])


def print_certificates(session: Session, args: argparse.Namespace) -> int:
    """Write certificates into one PDF; on request with a seal that PDF readers know."""
    content = papers.print_file(session.workspace, session.press, args.certificate)
    if args.pkcs12:
        opened = read_input(args.pkcs12), passphrases.passphrase(session, args)
        content = sealing_papers.sealing(sealing_papers.open_seal(*opened, session.workspace.now()))(content)
    target = args.output or Path(f"{saving.file_name(args.certificate[0])}.pdf")
    saving.save_file(target, content)
    return session.show({"file": str(target)}, [session.say("cli.written", path=target)])


def export(session: Session, args: argparse.Namespace) -> int:
    """Write the ledger of certificates as a workbook."""
    content = ledgers.ledger(session.workspace, LedgerKind.CERTIFICATES, session.wording)
    saving.save_file(args.output, content)
    return session.show({"file": str(args.output)}, [session.say("cli.written", path=args.output)])


def certificate_json(row: CertificateRow) -> dict[str, object]:
    """Give a certificate as plain data."""
    names = ("id", "number", "site", "site_name", "assessment", "category", "district", "total", "document_number")
    return {
        **{name: getattr(row, name) for name in names},
        "issued_on": row.issued_on.isoformat(),
        "valid_until": row.valid_until.isoformat(),
        "state": row.state.value,
        "since": row.since.isoformat() if row.since else None,
        "ordered_until": row.ordered_until.isoformat() if row.ordered_until else None,
        "batch": row.batch,
        "named_on": row.named_on.isoformat() if row.named_on else None,
        "renews": row.renews,
        "template": row.template,
        "paper": row.paper,
        "signed": bool(row.proof),
        "proof": row.proof,
        "basis": row.basis,
        "example": row.example,
    }
