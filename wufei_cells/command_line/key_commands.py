"""Commands on the office's keys: make, list, back up, bring in, let another follow; and on the signed status list."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line import passphrases
from wufei_cells.command_line.assessment_commands import day
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.services import office_keys, saving
from wufei_cells.services.office_keys import KeyRow


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("key", help="签发密钥 / the office's keys").add_subparsers(
        required=True, metavar="WHAT"
    )
    making = group.add_parser("make", parents=[common], help="生成并公布 / make and announce")
    succeeding = group.add_parser("succeed", parents=[common], help="换用新密钥 / let a new key take over")
    for parser in (making, succeeding):
        passphrases.add_option(parser)
        parser.add_argument("--issuer", default="", metavar="NAME", help="密钥所属单位 / whose key it is")
        parser.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="启用日期 / from which day on")
    passphrases.add_new_option(succeeding)
    making.set_defaults(run=make)
    succeeding.set_defaults(run=succeed)
    listing = group.add_parser("list", parents=[common], help="列出 / list")
    listing.add_argument(
        "--output", type=Path, metavar="FILE", help="写出公布文件 / write the file for those who check"
    )
    listing.set_defaults(run=list_)
    exporting = group.add_parser("export", parents=[common], help="备份 / write a backup copy")
    exporting.add_argument("file", type=Path, metavar="FILE")
    exporting.add_argument("--key", default="", metavar="KEY", help="编号开头 / beginning of its name")
    exporting.set_defaults(run=export)
    importing = group.add_parser("import", parents=[common], help="带入本机 / bring a key file in")
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument(
        "--introduce", action="store_true", help="登记库里还没有密钥时公布它 / announce it as the first"
    )
    passphrases.add_option(importing)
    importing.set_defaults(run=import_)


def make(session: Session, args: argparse.Namespace) -> int:
    """Make the office's first key."""
    secret = passphrases.passphrase(session, args, repeat=True)
    key = office_keys.make_key(session.workspace, secret, issuer=args.issuer, since=args.since)
    return session.show(_row_json(_row(session, key.id)), [session.say("cli.key_made", name=key.id)])


def succeed(session: Session, args: argparse.Namespace) -> int:
    """Let a new key take over from the one in use."""
    old = office_keys.unlock(session.workspace, passphrases.passphrase(session, args))
    secret = passphrases.new_passphrase(session, args)
    key = office_keys.succeed(session.workspace, old, secret, issuer=args.issuer, since=args.since)
    return session.show(
        _row_json(_row(session, key.id)), [session.say("cli.key_succeeded", name=key.id, predecessor=old.id)]
    )


def list_(session: Session, args: argparse.Namespace) -> int:
    """List the announced keys; write them into a file where one is named."""
    rows = office_keys.list_keys(session.workspace)
    lines = [_line(session, row) for row in rows] or [session.say("cli.key_none")]
    if args.output is not None:
        saving.save_file(args.output, office_keys.announcements_file(session.workspace))
        lines.append(session.say("cli.written", path=args.output))
    return session.show([_row_json(row) for row in rows], lines)


def export(session: Session, args: argparse.Namespace) -> int:
    """Write a backup copy of a key file."""
    target = office_keys.export_key(session.workspace, args.file, key=args.key)
    return session.show({"file": str(target)}, [session.say("cli.key_exported", path=target)])


def import_(session: Session, args: argparse.Namespace) -> int:
    """Bring a key file in."""
    content = read_input(args.file)
    secret = passphrases.passphrase(session, args)
    key = office_keys.import_key(session.workspace, content, secret, introduce=args.introduce)
    return session.show(_row_json(_row(session, key.id)), [session.say("cli.key_imported", name=key.id)])


def _row(session: Session, key: str) -> KeyRow:
    return next(row for row in office_keys.list_keys(session.workspace) if row.id == key)


def _line(session: Session, row: KeyRow) -> str:
    use = "cli.key_to_come" if row.since > session.workspace.today() else "cli.key_in_use"
    until = session.say("cli.key_until", until=row.until) if row.until else session.say(use)
    place = session.say("cli.key_here" if row.present else "cli.key_elsewhere")
    return f"{row.id}  {row.issuer}  {session.say('cli.key_since', since=row.since)}  {until}  {place}"


def _row_json(row: KeyRow) -> dict[str, object]:
    return {
        "id": row.id,
        "issuer": row.issuer,
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
        "predecessor": row.predecessor,
        "present": row.present,
    }
