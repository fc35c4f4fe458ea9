"""Commands that update the program from a file and go back to the version of before."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import paths
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.errors import UserError
from wufei_cells.services import updating
from wufei_cells.services.updating import RegisterBack, Standing, Update
from wufei_cells.updates.plan import Plan


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("update", help="更新本程序 / update the program").add_subparsers(
        required=True, metavar="WHAT"
    )
    checking = group.add_parser("check", parents=[common], help="核对更新文件 / check an update file")
    installing = group.add_parser("install", parents=[common], help="换成新版本 / put it in place")
    for parser in (checking, installing):
        parser.add_argument("file", type=Path, metavar="FILE")
    keys_help = "用这个文件夹里的公钥核对 / folder of the public keys to accept"
    checking.add_argument("--release-keys", type=Path, metavar="DIR", help=keys_help)
    checking.set_defaults(run=check)
    installing.set_defaults(run=install)
    going_back = group.add_parser("back", parents=[common], help="换回上一个版本 / go back to the version before")
    choice = going_back.add_mutually_exclusive_group()
    restore_help = "台账也恢复到更新前，现在的另存 / registers go back, too; as they are now they are kept beside"
    choice.add_argument("--restore-registers", action="store_true", help=restore_help)
    leave_help = "台账保持现状，旧版本打不开 / leave registers as they are; that version will not open them"
    choice.add_argument("--leave-registers", action="store_true", help=leave_help)
    going_back.set_defaults(run=back)
    standing = group.add_parser("status", parents=[common], help="现在是什么版本 / which version this is")
    standing.set_defaults(run=status)


def check(session: Session, args: argparse.Namespace) -> int:
    """Check a file and say what it would bring."""
    update = updating.check(args.file, keys=args.release_keys)
    running = updating.running().version
    lines = _update_lines(session, update, running)
    if updating.standing().program is None:
        lines.append(session.say("update.from_source_note"))
    return session.show(_update_json(update, running), lines)


def install(session: Session, args: argparse.Namespace) -> int:
    """Check a file, make the new version ready, and leave the rest to the helper."""
    updating.refuse_here()
    update = updating.check(args.file)
    running = updating.running().version
    for line in _update_lines(session, update, running):
        session.tell(line)
    ready = updating.install(update, [_folder(session)], step=lambda key: session.tell(session.say(key)))
    updating.hand_over(ready)
    done = session.say("update.handed_over", version=ready.new)
    return session.show({**_update_json(update, running), "kept": ready.outgoing}, [done])


def back(session: Session, args: argparse.Namespace) -> int:
    """Put the version of before in place again."""
    way = updating.way_back([_folder(session)])
    for one in way.refused:
        session.tell(_register_line(session, one, way.record.old))
    if way.refused and not (args.restore_registers or args.leave_registers):
        raise UserError("update.choose_registers", version=way.record.old)
    ready = updating.go_back(way, restore=args.restore_registers)
    updating.hand_over(ready)
    kept = [restore.newer for restore in ready.restore]
    lines = [session.say("update.register_kept", path=path) for path in kept]
    data = {"from": ready.old, "to": ready.new, "kept": ready.outgoing, "registers_kept": kept}
    return session.show(data, [*lines, session.say("update.handed_back", version=ready.new, newer=ready.old)])


def status(session: Session, _args: argparse.Namespace) -> int:
    """Say which version runs, whose updates it takes, and what is kept."""
    found = updating.standing()
    return session.show(_standing_json(found), standing_lines(session, found))


def standing_lines(session: Session, found: Standing) -> list[str]:
    """Say how the program stands with its updates, line by line."""
    values = {"version": found.running.version, "platform": found.running.platform}
    lines = [session.say("update.running", **values)]
    if found.program is None:
        return [*lines, session.say("update.from_source_note")]
    lines.append(session.say("update.folder", path=str(found.program)))
    lines += [session.say("update.key", words=words) for words in found.keys] or [session.say("update.no_keys")]
    if found.record:
        lines.append(session.say("update.kept", version=found.record.old, folder=found.record.kept))
    if found.pending:
        lines.append(pending_line(session, found.pending))
    return lines


def pending_line(session: Session, pending: Plan) -> str:
    """Say what is under way, or why it did not happen."""
    values = {"old": pending.old, "new": pending.new}
    if pending.failed:
        reason = session.say(pending.failed, path=pending.detail, detail=pending.detail)
        return session.say("update.pending.failed", **values, reason=reason)
    return session.say(f"update.pending.{pending.state.value}", **values)


def _folder(session: Session) -> Path:
    return getattr(session.args, "data", None) or paths.data_folder()


def _update_lines(session: Session, update: Update, running: str) -> list[str]:
    size = f"{update.manifest.size / 1_000_000:.0f}"
    values = {"running": running or "?", "version": update.manifest.version, "size": size}
    return [
        session.say("update.good", **values),
        session.say("update.signed_by", words=updating.signer_words(update)),
    ]


def _register_line(session: Session, one: RegisterBack, version: str) -> str:
    if one.backup is None:
        return session.say("update.register_no_copy", path=str(one.register), version=version)
    values = {"path": str(one.register), "version": version, "count": one.since, "backup": str(one.backup)}
    return session.say("update.register_newer", **values)


def _update_json(update: Update, running: str) -> dict[str, object]:
    words = updating.signer_words(update)
    return {
        "from": running,
        "to": update.manifest.version,
        "platform": update.manifest.platform,
        "glibc": update.manifest.glibc or None,
        "schema": update.manifest.schema,
        "signed_by": {"zh": words.zh, "en": words.en},
        "size": update.size,
        "unpacked": update.manifest.size,
        "files": len(update.manifest.files),
    }


def _standing_json(found: Standing) -> dict[str, object]:
    pending = found.pending
    return {
        "version": found.running.version,
        "platform": found.running.platform,
        "program": str(found.program) if found.program else None,
        "keys": [{"zh": words.zh, "en": words.en} for words in found.keys],
        "kept": {"version": found.record.old, "folder": found.record.kept} if found.record else None,
        "pending": {"state": pending.state.value, "from": pending.old, "to": pending.new, "failed": pending.failed}
        if pending
        else None,
    }
