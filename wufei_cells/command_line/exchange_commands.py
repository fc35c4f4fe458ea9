"""Commands on packages: write them, look into them, take them in, see who has what."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.command_line import passphrases
from wufei_cells.command_line.exchange_lines import (
    device_json,
    device_line,
    minute,
    missing_lines,
    preview_json,
    preview_lines,
    waiting_line,
)
from wufei_cells.domain.exchange import ImportPreview, Order, Photos, Scope
from wufei_cells.errors import ProblemsFound
from wufei_cells.services import browsing, erasing, packing, receiving, side_view, taking_packages, who_has_what
from wufei_cells.services.receiving import Received

if TYPE_CHECKING:
    from wufei_cells.command_line.session import Session, Subparsers

MEGABYTE = 1_000_000


def add_commands(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    _describe_writing(group, common)
    _describe_taking(group, common)


def _describe_writing(group: Subparsers, common: argparse.ArgumentParser) -> None:
    export = group.add_parser("export", parents=[common], help="写出交换包 / write a package")
    export.add_argument("output", type=Path, metavar="OUT")
    export.add_argument("--to", default="", metavar="DEVICE", help="给谁 / for whom; without it, for everyone")
    scope = export.add_mutually_exclusive_group()
    scope.add_argument("--all", action="store_true", help="全部 / everything")
    scope.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="某天以来 / from a day on")
    scope.add_argument("--site", default="", metavar="SITE", help="只要一个单位 / one site only")
    photos = [photo.value for photo in Photos]
    export.add_argument("--photos", choices=photos, default=Photos.LACKING.value, help="照片 / photos")
    export.add_argument("--limit-mb", type=float, metavar="MB", help="每一份最大 / the most of a part")
    export.add_argument("--locked", action="store_true", help="只有对方能打开 / only the receiver can open it")
    export.add_argument("--sealed", action="store_true", help="用口令封装 / close it with a passphrase")
    export.add_argument("--dry-run", action="store_true", help="只估计大小 / only tell how much it would be")
    _add_replace(export)
    passphrases.add_option(export)
    export.set_defaults(run=export_package)
    for name, purpose, told in (
        ("request", packing.REQUEST, "索要缺少的内容 / ask for what is missing"),
        ("receipt", packing.RECEIPT, "告诉对方收到了什么 / tell what arrived"),
    ):
        page = group.add_parser(name, parents=[common], help=told)
        page.add_argument("output", type=Path, metavar="OUT")
        page.add_argument("--to", default="", metavar="DEVICE")
        _add_replace(page)
        page.set_defaults(run=write_page, purpose=purpose)


def _add_replace(parser: argparse.ArgumentParser) -> None:
    told = "同名文件已有时换掉它 / replace a file of this name"
    parser.add_argument("--replace", action="store_true", help=told)


def _describe_taking(group: Subparsers, common: argparse.ArgumentParser) -> None:
    for name, run, told in (
        ("preview", preview, "看看收进来会怎样 / what taking files in would do"),
        ("import", import_packages, "收进交换包 / take packages in"),
    ):
        taking = group.add_parser(name, parents=[common], help=told)
        taking.add_argument("files", nargs="+", type=Path, metavar="FILE")
        taking.add_argument("--sealed", action="store_true", help="用口令打开 / open it with a passphrase")
        passphrases.add_option(taking)
        taking.set_defaults(run=run)
    status = group.add_parser("status", parents=[common], help="谁有什么 / who has what")
    status.add_argument("--digest", action="store_true", help="同时算出校验值 / with the digest over all acts")
    status.set_defaults(run=show_status)
    group.add_parser("imports", parents=[common], help="收进记录 / what was taken in").set_defaults(run=show_imports)
    removing = group.add_parser("erase", parents=[common], help="永久删除一张照片 / erase a photo for good")
    removing.add_argument("file", metavar="SHA256")
    removing.add_argument("--reason", required=True)
    removing.set_defaults(run=erase)
    undoing = group.add_parser("undo", parents=[common], help="撤回一次收进 / take an import back")
    undoing.add_argument("import_id", metavar="ID")
    undoing.set_defaults(run=undo)


# --- writing


def export_package(session: Session, args: argparse.Namespace) -> int:
    """Write a package, or say how much it would be."""
    scope = Scope.LACKING
    for wanted, named in ((Scope.ALL, args.all), (Scope.SINCE, args.since), (Scope.SITE, args.site)):
        scope = wanted if named else scope
    site = browsing.site(session.workspace, args.site).id if args.site else ""
    order = Order(
        to=who_has_what.find_device(session.workspace, args.to) if args.to else "",
        scope=scope,
        since=args.since,
        site=site,
        photos=Photos(args.photos),
        limit=round(args.limit_mb * MEGABYTE) if args.limit_mb else None,
        passphrase=passphrases.passphrase(session, args, repeat=True) if args.sealed else "",
        locked=args.locked,
    )
    planned = packing.plan(session.workspace, order)
    size = planned.estimate
    data: dict[str, object] = {
        "acts": size.acts,
        "files": size.files,
        "missing_files": size.missing_files,
        "bytes": size.size,
        "parts": size.parts,
        "everything": size.unknown or scope is Scope.ALL,
    }
    lines = [session.say("cli.package_planned", acts=size.acts, files=size.files, size=size.size, parts=size.parts)]
    lines += [session.say("cli.package_everything")] if size.unknown else []
    lines += [session.say("cli.package_files_missing", count=size.missing_files)] if size.missing_files else []
    if not args.dry_run:
        if not args.replace:
            packing.refuse_taken(packing.part_paths(args.output, size.parts))
        written = packing.write(session.workspace, planned, args.output)
        data["written"] = [{"file": str(one.path), "bytes": one.size, "sha256": one.sha256} for one in written]
        lines += [session.say("cli.package_written", path=one.path, size=one.size) for one in written]
        lines.append(session.say("cli.safe_to_remove"))
    return session.show(data, lines)


def write_page(session: Session, args: argparse.Namespace) -> int:
    """Write a request or a receipt."""
    to = who_has_what.find_device(session.workspace, args.to) if args.to else ""
    if not args.replace:
        packing.refuse_taken([args.output])
    written = packing.write_page(session.workspace, args.purpose, to, args.output)
    line = session.say(f"cli.{args.purpose}_written", path=written.path)
    return session.show({"file": str(written.path), "bytes": written.size}, [line])


# --- taking in


def preview(session: Session, args: argparse.Namespace) -> int:
    """Tell what taking files in would do."""
    received = _receive(session, args)
    try:
        found = taking_packages.preview(session.workspace, received)
    finally:
        receiving.discard(received)
    _refuse_nothing(found)
    return session.show(preview_json(session, found), preview_lines(session, found))


def import_packages(session: Session, args: argparse.Namespace) -> int:
    """Take files in; those with problems are left out and told."""
    received = _receive(session, args)
    try:
        done = taking_packages.take_in(session.workspace, received)
    finally:
        receiving.discard(received)  # whoever tries again names the files again
    lines = [*preview_lines(session, done.preview), session.say("cli.taken_in", id=done.arrival, files=done.files)]
    data = {**preview_json(session, done.preview), "import": done.arrival, "new_files": done.files}
    session.show(data, lines)
    return 1 if any(one.problems for one in done.preview.files) else 0


def undo(session: Session, args: argparse.Namespace) -> int:
    """Take an import back."""
    found = taking_packages.find_arrival(session.workspace, args.import_id)
    acts = taking_packages.undo(session.workspace, found)
    return session.show({"import": found, "acts": acts}, [session.say("cli.import_undone", acts=acts)])


def erase(session: Session, args: argparse.Namespace) -> int:
    """Erase a photo or a paper for good."""
    file = erasing.find(session.workspace, args.file)
    erasing.erase(session.workspace, file, args.reason)
    return session.show({"file": file}, [session.say("cli.erased", file=file[:12])])


def show_imports(session: Session, _args: argparse.Namespace) -> int:
    """List what was taken in."""
    rows = taking_packages.list_arrivals(session.workspace)
    lines = [
        session.say(
            "cli.import_undone_line" if row.undone_at else "cli.import_line",
            id=row.id[:8],
            at=minute(row.at),
            person=row.person,
            senders=row.senders,
            acts=row.acts,
            photos=row.photos,
            conflicts=row.conflicts,
        )
        for row in rows
    ]
    data = [
        {
            "id": row.id,
            "at": row.at.isoformat(),
            "person": row.person,
            "undone_at": row.undone_at.isoformat() if row.undone_at else None,
            "files": list(row.files),
            "senders": list(row.senders),
            "acts": row.acts,
            "photos": row.photos,
            "conflicts": row.conflicts,
        }
        for row in rows
    ]
    return session.show(data, lines or [session.say("cli.no_imports")])


def _receive(session: Session, args: argparse.Namespace) -> tuple[Received, ...]:
    secret = passphrases.passphrase(session, args) if args.sealed else ""
    return receiving.receive(session.workspace, args.files, passphrase=secret)


def _refuse_nothing(found: ImportPreview) -> None:
    """Raise what is wrong where no file can be taken in at all."""
    problems = [problem for one in found.files for problem in one.problems]
    if problems and all(one.problems for one in found.files):
        raise ProblemsFound(problems)


# --- who has what


def show_status(session: Session, args: argparse.Namespace) -> int:
    """Tell who has what, and what waits."""
    found = who_has_what.state(session.workspace, with_digest=args.digest)
    waiting = side_view.waiting(session.workspace)
    lines = [device_line(session, row) for row in found.devices]
    lines += list(missing_lines(session, {row.uuid: row.missing for row in found.devices if row.missing}))
    lines += [waiting_line(session, one) for one in waiting]
    lines += [session.say("cli.files_missing", count=len(found.missing_files))] if found.missing_files else []
    lines += [session.say("cli.conflicts_open", count=found.conflicts)] if found.conflicts else []
    lines += [session.say("cli.digest", digest=found.digest)] if found.digest else []
    data = {
        "devices": [device_json(row) for row in found.devices],
        "waiting": [
            {
                "device": one.device,
                "name": one.name,
                "words": session.text(one.words),
                "reason": one.reason,
                "acts": one.acts,
            }
            for one in waiting
        ],
        "missing_files": list(found.missing_files),
        "conflicts": found.conflicts,
        **({"digest": found.digest} if found.digest else {}),
    }
    return session.show(data, lines)
