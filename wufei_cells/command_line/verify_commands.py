"""Commands that check: a certificate against keys, list and register; and the signed list itself."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wufei_cells import paths
from wufei_cells.command_line import passphrases
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.evidence.media_types import media_type
from wufei_cells.services import office_keys, papers, saving, status_listing, verifying
from wufei_cells.services.verifying import Agreement, Checked, Grounds
from wufei_cells.services.workspace import system_clock

FIELDS = (
    *("number", "site_name", "category", "level", "total", "issued_on", "valid_until"),
    *("issuer", "document_number", "edition"),
)
"""What a certificate says, in the order in which it is shown."""

LONGEST_NAME_OF_FILE = 255
"""What is longer and no file is taken for a text, and not repeated."""


def add_verify(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe `certificate verify`."""
    verifying_ = group.add_parser("verify", parents=[common], help="验证 / check whether it is genuine and holds")
    verifying_.add_argument(
        "subject", metavar="FILE|TEXT", help="PDF、图片、文本文件、二维码文字，或 - / or - to paste"
    )
    verifying_.add_argument("--status", type=Path, metavar="FILE", help="状态清单 / list of what was withdrawn")
    verifying_.add_argument("--keys", type=Path, metavar="FILE", help="公布的密钥 / announced keys (key list --output)")
    verifying_.set_defaults(run=verify)


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands on the status list."""
    group = commands.add_parser("status", help="证书状态清单 / list of suspended and withdrawn certificates")
    group = group.add_subparsers(required=True, metavar="WHAT")
    writing = group.add_parser("write", parents=[common], help="签署并写出 / sign and write")
    writing.add_argument("file", type=Path, metavar="FILE")
    passphrases.add_option(writing)
    writing.set_defaults(run=write)
    reading = group.add_parser("read", parents=[common], help="收入台账 / take in")
    reading.add_argument("file", type=Path, metavar="FILE")
    reading.set_defaults(run=read)


# --- certificate verify


def verify(session: Session, args: argparse.Namespace) -> int:
    """Check every certificate in a file or text; 0 when all of them are genuine and hold."""
    grounds = _grounds(session, args)
    subject: str = args.subject
    if verifying.is_signed_text(subject):
        found = verifying.verify_text(grounds, subject)
    elif subject == "-":
        found = verifying.verify_text(grounds, sys.stdin.read())
    elif len(subject) > LONGEST_NAME_OF_FILE and not os.path.exists(subject):  # noqa: PTH110 - False for any text
        found = verifying.verify_text(grounds, subject)
    else:
        paper = papers.comparison(grounds.workspace) if grounds.workspace else None
        content = read_input(Path(subject))
        found = verifying.verify_file(grounds, content, paper=paper)
        if media_type(content) == verifying.PDF:
            found = tuple(_perhaps_scanned(one) for one in found)
    data = [{**verifying.plain(one), "notes": _notes(session, one)} for one in found]
    session.show(data, [line for one in found for line in _lines(session, one)])
    return 0 if all(one.holds for one in found) else 1


def _perhaps_scanned(checked: Checked) -> Checked:
    """Say of a PDF without a signed text how its page can be checked all the same; nothing here draws pages."""
    notes = tuple(
        replace(note, code="verify.note_no_code_in_pdf") if note.code == verifying.NO_CODE else note
        for note in checked.verification.notes
    )
    return replace(checked, verification=replace(checked.verification, notes=notes))


def _grounds(session: Session, args: argparse.Namespace) -> Grounds:
    """Rest the check on the register where there is one, unless other keys are named and no register is."""
    keys = read_input(args.keys) if args.keys else None
    status = read_input(args.status) if args.status else None
    named = getattr(args, "data", None) is not None
    if named or (keys is None and verifying.holds_register(paths.data_folder())):
        return verifying.grounds_of(session.workspace, keys=keys, status=status)
    return verifying.grounds_from_files(keys, status, system_clock().astimezone().date())


def _notes(session: Session, checked: Checked) -> list[dict[str, str]]:
    return [{"code": note.code, "text": session.wording.problem(note)} for note in checked.verification.notes]


def _lines(session: Session, checked: Checked) -> Iterable[str]:
    found, content = checked.verification, checked.verification.content
    yield session.say(f"verify.verdict_{found.verdict.value}", since=found.since or "")
    notes = [f"  {session.wording.problem(note)}" for note in found.notes]
    if not found.proved:
        yield from notes  # they say that nothing below is proved
    if content is not None:
        for name in FIELDS:
            if value := getattr(content, name):
                yield f"  {session.say(f'verify.field_{name}')}  {value}"
    if found.signer:
        yield f"  {session.say('verify.field_signer')}  {found.signer} ({found.key})"
    yield f"  {_list_line(session, checked)}"
    if checked.agreement is not Agreement.NOT_ASKED:
        names = tuple(session.say(f"verify.field_{name}") for name in checked.differences)
        yield f"  {session.say(f'verify.register_{checked.agreement.value}', fields=names)}"
    if found.proved:
        yield from notes


def _list_line(session: Session, checked: Checked) -> str:
    found = checked.verification
    if found.age is None:
        compared = checked.agreement is not Agreement.NOT_ASKED
        return session.say("verify.no_list_but_register" if compared else "verify.no_list")
    return session.say("verify.list_stale" if found.stale else "verify.list_age", as_of=found.as_of, days=found.age)


# --- status


def write(session: Session, args: argparse.Namespace) -> int:
    """Sign the list of what is suspended or withdrawn, and write it."""
    workspace = session.workspace
    key = office_keys.unlock(workspace, passphrases.passphrase(session, args))
    made = status_listing.make_list(workspace, key)
    saving.save_file(args.file, made.written())
    count = len(made.certificates)
    lines = [session.say("cli.status_written", path=args.file, count=count, as_of=made.as_of, serial=made.serial)]
    return session.show(made.document(), lines)


def read(session: Session, args: argparse.Namespace) -> int:
    """Take a list in."""
    found = status_listing.take_in(session.workspace, read_input(args.file))
    count = len(found.certificates)
    values = {"issuer": found.issuer, "count": count, "as_of": found.as_of, "serial": found.serial}
    lines = [session.say("cli.status_read", **values)]
    return session.show(found.document(), lines)
