"""Commands on evidence: put photos and files under an item, list them, write them into a folder."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from wufei_cells.command_line.session import Session, Subparsers, find_assessment, read_input
from wufei_cells.domain.evidence import EvidenceRow, Likeness
from wufei_cells.errors import EnvironmentFault, Problem, ProblemsFound, UserError, WufeiError, why
from wufei_cells.services import browsing, evidence_checks, evidence_proof, evidencing, saving
from wufei_cells.services.reading import Sheet


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("evidence", help="照片和文件 / photos and files").add_subparsers(
        required=True, metavar="WHAT"
    )
    adding = group.add_parser("add", parents=[common], help="添加 / put under an item")
    adding.add_argument("assessment", metavar="ASSESSMENT")
    adding.add_argument("item", metavar="ITEM", help='条款编号，"" 为整次评估 / key of the item, "" for the whole')
    adding.add_argument("files", type=Path, nargs="+", metavar="FILE")
    adding.add_argument("--keep-original", action="store_true", help="同时保留原件 / keep photos as they came, too")
    adding.add_argument("--strip-place", action="store_true", help="去掉拍摄地点 / take the place out of photos")
    adding.set_defaults(run=add)
    listing = group.add_parser("list", parents=[common], help="列出 / list, with what is odd about it")
    listing.add_argument("assessment", metavar="ASSESSMENT")
    listing.set_defaults(run=list_)
    dating = group.add_parser("until", parents=[common], help="有效期至 / until when a piece holds")
    dating.add_argument("assessment", metavar="ASSESSMENT")
    dating.add_argument("file", metavar="ID", help="列表中的编号或其开头 / its id as listed, or its beginning")
    dating.add_argument(
        "day", nargs="?", type=date.fromisoformat, metavar="YYYY-MM-DD", help="不写则去掉有效期 / leave out: no end"
    )
    dating.set_defaults(run=until)
    writing = group.add_parser("save", parents=[common], help="写到文件夹 / write all into a folder")
    writing.add_argument("assessment", metavar="ASSESSMENT")
    writing.add_argument("folder", type=Path, metavar="FOLDER")
    writing.set_defaults(run=save)


def add(session: Session, args: argparse.Namespace) -> int:
    """Take files in; what cannot be taken is named, the rest is."""
    row = find_assessment(session, args.assessment)
    unread: list[Problem] = []
    done = evidencing.attach(
        session.workspace,
        row.id,
        [args.item],
        _contents(args.files, unread),
        keep_original=args.keep_original,
        strip_place=args.strip_place,
    )
    problems = (*unread, *done.problems)
    data = {
        "taken": list(done.taken),
        "problems": [_problem_json(problem, session) for problem in problems],
        "notes": [_problem_json(problem, session) for problem in done.notes],
    }
    item = args.item or session.say("cli.evidence_whole")
    lines = [session.say("cli.evidence_taken", count=len(done.taken), item=item)]
    lines += [session.wording.problem(note) for note in done.notes]
    session.show(data, lines)
    if problems:
        raise ProblemsFound(problems)
    return 0


def list_(session: Session, args: argparse.Namespace) -> int:
    """List what stands under the items, what is odd about it, and where something is wanting."""
    row = find_assessment(session, args.assessment)
    rows = evidencing.list_evidence(session.workspace, row.id)
    sheet = browsing.sheet(session.workspace, row.id)
    alike = evidence_checks.likenesses(session.workspace, row.id)
    cautions = evidence_checks.checks(session.workspace, row.id)
    wanting = evidence_proof.without_evidence(sheet, {one.item for one in rows})
    data = {
        "evidence": [_row_json(one) for one in rows],
        "cautions": [{"file": one.row.file.id, **_problem_json(one.problem, session)} for one in cautions],
        "likenesses": [_likeness_json(one) for one in alike],
        "without_evidence": list(wanting),
    }
    lines = [_row_line(session, sheet, one) for one in rows] or [session.say("cli.evidence_none")]
    lines += [f"{one.row.name}: {session.wording.say(one.problem.code, **one.problem.values)}" for one in cautions]
    lines += [_likeness_line(session, one) for one in alike]
    if wanting:
        lines.append(session.say("cli.evidence_without", items=", ".join(wanting)))
    return session.show(data, lines)


def until(session: Session, args: argparse.Namespace) -> int:
    """Say until which day a piece holds, or that it does not run out."""
    row = find_assessment(session, args.assessment)
    rows = evidencing.list_evidence(session.workspace, row.id)
    found = {one.file.id: one.name for one in rows if one.file.id.startswith(args.file)}
    if len(found) != 1:
        raise UserError("evidencing.not_there", file=args.file[:12])
    key, name = found.popitem()
    evidencing.set_until(session.workspace, row.id, key, args.day)
    line = "cli.evidence_until" if args.day else "cli.evidence_no_until"
    data = {"file": key, "until": args.day.isoformat() if args.day else None}
    return session.show(data, [session.say(line, name=name, until=args.day)])


def save(session: Session, args: argparse.Namespace) -> int:
    """Write all pieces into a folder, under names that say where they belong."""
    row = find_assessment(session, args.assessment)
    rows = evidencing.list_evidence(session.workspace, row.id)
    sheet = browsing.sheet(session.workspace, row.id)
    folder: Path = args.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault("file.not_writable", path=str(folder), detail=why(error)) from error
    written: list[str] = []
    problems: list[Problem] = []
    counted: Counter[str] = Counter()
    for one in rows:
        counted[one.item] += 1
        name = evidencing.readable_name(one, counted[one.item], _number(sheet, one.item))
        try:
            saving.save_file(folder / name, evidencing.read(session.workspace, one.file.id))
        except UserError as error:
            problems.append(Problem(error.code, one.name, error.values))
        else:
            written.append(name)
    session.show({"files": written}, [session.say("cli.evidence_saved", count=len(written), path=folder)])
    if problems:
        raise ProblemsFound(problems)
    return 0


def _contents(paths: Iterable[Path], unread: list[Problem]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            yield path.name, read_input(path)
        except WufeiError as error:
            unread.append(Problem(error.code, path.name, error.values))


def _number(sheet: Sheet, item: str) -> str:
    entry = sheet.checklist.entry(item)
    return item if entry is None else getattr(entry, "number", "") or item


def _row_line(session: Session, sheet: Sheet, row: EvidenceRow) -> str:
    taken = row.file.taken_at
    line = session.say(
        "cli.evidence_row",
        item=_number(sheet, row.item) or session.say("cli.evidence_whole"),
        name=row.name,
        type=row.file.media_type,
        size=-(-row.file.size // 1024),
        taken=taken.isoformat(" ", "minutes") if taken else session.say("cli.evidence_no_time"),
        id=row.file.id[:12],
    )
    if row.received:
        return line
    return f"{line}  {session.say('cli.evidence_erased' if row.erased else 'cli.evidence_missing')}"


def _row_json(row: EvidenceRow) -> dict[str, object]:
    file = row.file
    return {
        "file": file.id,
        "item": row.item,
        "name": row.name,
        "caption": row.caption,
        "until": row.until.isoformat() if row.until else None,
        "author": row.author,
        "at": row.at.isoformat(),
        "media_type": file.media_type,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "taken_at": file.taken_at.isoformat() if file.taken_at else None,
        "place": [file.place.latitude, file.place.longitude] if file.place else None,
        "original": file.original,
        "received": row.received,
    }


def _likeness_json(one: Likeness) -> dict[str, object]:
    return {
        "file": one.row.file.id,
        "other": one.other,
        "assessment": one.assessment,
        "site": one.site,
        "site_name": one.site_name,
        "item": one.item,
        "same": one.same,
        "share": str(one.share),
    }


def _likeness_line(session: Session, one: Likeness) -> str:
    key = "cli.evidence_same" if one.same else "cli.evidence_similar"
    item = one.item or session.say("cli.evidence_whole")
    return session.say(key, name=one.row.name, site=one.site_name, year=one.started_at.year, item=item)


def _problem_json(problem: Problem, session: Session) -> dict[str, object]:
    sentence = session.wording.say(problem.code, **problem.values)
    return {"code": problem.code, "place": problem.place, "text": sentence}
