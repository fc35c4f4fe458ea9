"""Commands on dual-random sampling: make the list, draw, look, check, print."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.documents.drawing_words import DrawingWords
from wufei_cells.domain.drawing_document import drawing_document
from wufei_cells.domain.drawings import Choice, ConflictOn, Declared, DrawingPlan, DrawingRow, Pool
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import UserError
from wufei_cells.scoring.drawing import Verification
from wufei_cells.services import drawing, printing_drawings, saving

PDF, TEXT, JSON = ".pdf", ".txt", ".json"
SHOWN_ID = 8
PAPERS = ("protocol", "visits")


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("drawing", help="双随机抽查 / draw sites and inspectors by lot").add_subparsers(
        required=True, metavar="WHAT"
    )
    planning = group.add_parser("plan", parents=[common], help="拟名单 / make the list and its hash")
    _add_choice(planning)
    planning.add_argument("-o", "--output", type=Path, metavar="FILE.txt|FILE.pdf", help="写入文件 / write the list")
    planning.set_defaults(run=plan)
    drawing_it = group.add_parser("draw", parents=[common], help="抽取 / draw")
    _add_choice(drawing_it)
    drawing_it.add_argument("--seed", required=True, metavar="TEXT", help="种子 / what nobody could choose alone")
    drawing_it.add_argument("--source", required=True, metavar="TEXT", help="种子来源 / where it can be looked up")
    drawing_it.add_argument("--announced", default="", metavar="HASH", help="公布的哈希值 / hash published before")
    drawing_it.set_defaults(run=draw)
    listing = group.add_parser("list", parents=[common], help="列出 / list the drawings")
    listing.set_defaults(run=list_drawings)
    showing = group.add_parser("show", parents=[common], help="查看，是否已检查 / show, and what is done")
    showing.set_defaults(run=show)
    verifying = group.add_parser("verify", parents=[common], help="核验 / repeat and compare")
    verifying.set_defaults(run=verify)
    printing = group.add_parser("print", parents=[common], help="打印 / protocol, or sheets of the inspectors")
    printing.add_argument("--paper", choices=PAPERS, default=PAPERS[0])
    printing.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf|FILE.txt")
    printing.set_defaults(run=print_drawing)
    for parser in (showing, verifying, printing):
        parser.add_argument("drawing", metavar="DRAWING", help="编号、名称 / id or title")


def _add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", required=True, help="名称 / what the check is called")
    parser.add_argument("--pool", choices=[one.value for one in Pool], default=Pool.CERTIFIED.value)
    parser.add_argument("--stage", choices=[one.value for one in Stage], help="评估件的阶段 / of --pool files")
    parser.add_argument("--category", metavar="KEY")
    parser.add_argument("--district", metavar="KEY")
    parser.add_argument("--not-checked-for", dest="months", type=int, default=0, metavar="MONTHS")
    parser.add_argument("--leave-out", nargs=2, action="append", default=[], metavar=("SITE", "REASON"))
    parser.add_argument("--weighted", action="store_true", help="按风险加权 / by risk")
    parser.add_argument("--number", type=int, metavar="N")
    parser.add_argument("--percent", type=int, metavar="P")
    parser.add_argument("--inspector", action="append", default=[], metavar="NAME")
    parser.add_argument("--per-site", type=int, default=2, metavar="M", help="每处人数 / inspectors for each site")
    what = "回避：人、点位（unit:代码，district:县区）、原因 / who, where (unit:CODE, district:KEY), why"
    parser.add_argument(
        "--conflict", nargs=3, action="append", default=[], metavar=("NAME", "SITE", "REASON"), help=what
    )


def plan(session: Session, args: argparse.Namespace) -> int:
    """Make the list; with a file, write it to be published."""
    made = drawing.plan(session.workspace, _choice(args))
    target: Path | None = args.output
    if target is not None:
        _require(target, TEXT, PDF)
        if target.suffix.lower() == TEXT:
            saving.save_file(target, drawing.announced_text(made).encode())
        else:
            saving.save_file(target, printing_drawings.announcement(made, session.fonts, session.wording))
    lines = [*_plan_lines(session, made), *([session.say("cli.written", path=target)] if target else [])]
    return session.show(_plan_json(made), lines)


def draw(session: Session, args: argparse.Namespace) -> int:
    """Draw, and put it on record."""
    row = drawing.draw(
        session.workspace, _choice(args), seed=args.seed, seed_source=args.source, announced=args.announced
    )
    plan = row.drawing.plan
    lines = [session.say("drawing.cli_drawn", title=plan.choice.title, id=row.id[:SHOWN_ID]), *_facts(session, row)]
    for number, one in enumerate(row.drawing.drawn, 1):
        name = row.drawing.site(one.site).name
        lines.append(session.say("drawing.cli_result", number=number, name=name, inspectors=one.inspectors))
    return session.show({"id": row.id, **drawing_document(row.drawing)}, lines)


def list_drawings(session: Session, _args: argparse.Namespace) -> int:
    """List the drawings on record."""
    rows = drawing.drawings(session.workspace)
    data = [{"id": row.id, "author": row.author, **_summary(row)} for row in rows]
    lines = [session.say("drawing.cli_line", id=row.id[:SHOWN_ID], **_summary(row)) for row in rows]
    return session.show(data, lines or [session.say("drawing.cli_none")])


def show(session: Session, args: argparse.Namespace) -> int:
    """Show a drawing, and which of its sites were visited since."""
    row = drawing.drawing(session.workspace, args.drawing)
    found = drawing.visits(session.workspace, row.id)
    lines = [*_plan_lines(session, row.drawing.plan), *_facts(session, row)]
    for number, visit in enumerate(found, 1):
        done = session.say("drawing.cli_not_done")
        if visit.done_on:
            done = session.say("drawing.cli_done", on=visit.done_on)
        who = visit.drawn.inspectors
        lines.append(session.say("drawing.cli_visit", number=number, name=visit.site.name, inspectors=who, done=done))
    done_on = {visit.drawn.site: visit.done_on.isoformat() if visit.done_on else None for visit in found}
    return session.show({"id": row.id, **drawing_document(row.drawing), "done": done_on}, lines)


def verify(session: Session, args: argparse.Namespace) -> int:
    """Repeat a drawing on record, or one in a file, and compare; the exit code is 1 when anything differs."""
    path = Path(args.drawing)
    if path.suffix.lower() == JSON:
        found = drawing.verify_document(_document(read_input(path)))
    else:
        found = drawing.verify(session.workspace, args.drawing)
    data = {"genuine": found.genuine, "list_agrees": found.list_agrees, "result_agrees": found.result_agrees}
    session.show(data, [session.say(key) for key in _verdicts(found)])
    return 0 if found.genuine else 1


def print_drawing(session: Session, args: argparse.Namespace) -> int:
    """Write a paper of a drawing, or with .txt its list as it was hashed."""
    target: Path = args.output
    _require(target, PDF, TEXT)
    if target.suffix.lower() == TEXT:
        content = drawing.announced_text(drawing.drawing(session.workspace, args.drawing).drawing.plan).encode()
    else:
        printing = printing_drawings.protocol if args.paper == PAPERS[0] else printing_drawings.visit_sheets
        content = printing(session.workspace, args.drawing, session.fonts, session.wording)
    saving.save_file(target, content)
    return session.show({"file": str(target)}, [session.say("cli.written", path=target)])


# --- parts


def _summary(row: DrawingRow) -> dict[str, object]:
    found = row.drawing
    told = {"title": found.plan.choice.title, "on": found.plan.on.isoformat(), "count": len(found.drawn)}
    return {**told, "list_hash": found.list_hash}


def _choice(args: argparse.Namespace) -> Choice:
    return Choice(
        title=args.title,
        inspectors=tuple(args.inspector),
        pool=Pool(args.pool),
        stage=Stage(args.stage) if args.stage else None,
        category=args.category,
        district=args.district,
        checked_months=args.months,
        left_out=dict(args.leave_out),
        weighted=args.weighted,
        number=args.number,
        percent=args.percent,
        per_site=args.per_site,
        declared=tuple(_declared(*said) for said in args.conflict),
    )


def _declared(name: str, where: str, reason: str) -> Declared:
    kind, mark, rest = where.partition(":")
    if mark and kind in (ConflictOn.UNIT.value, ConflictOn.DISTRICT.value):
        return Declared(name, ConflictOn(kind), rest, reason)
    return Declared(name, ConflictOn.SITE, where, reason)


def _plan_lines(session: Session, made: DrawingPlan) -> list[str]:
    words = DrawingWords(made, session.wording)
    said = session.say(
        "drawing.cli_plan",
        candidates=len(made.candidates),
        left_out=len(made.exclusions),
        count=made.count,
        people=len(made.choice.inspectors),
        conflicts=len(made.conflicts),
    )
    lines = [said, session.say("drawing.cli_hash", hash=drawing.announced_hash(made))]
    for one in made.candidates:
        reasons = words.weight_reasons(one)
        lines.append(session.say("drawing.cli_site", name=one.name, weight=one.weight, reasons=reasons).rstrip())
    left_out = [
        session.say("drawing.cli_left_out", name=one.name, reason=words.exclusion(one)) for one in made.exclusions
    ]
    return [*lines, *left_out]


def _plan_json(made: DrawingPlan) -> dict[str, object]:
    return {
        "list_hash": drawing.announced_hash(made),
        "count": made.count,
        "sites": [{"id": one.id, "name": one.name, "weight": one.weight} for one in made.candidates],
        "left_out": [{"id": one.id, "name": one.name, "why": one.kind.value} for one in made.exclusions],
        "conflicts": [{"inspector": one.inspector, "site": one.site, "why": one.kind.value} for one in made.conflicts],
    }


def _facts(session: Session, row: DrawingRow) -> list[str]:
    found = row.drawing
    return [session.say("drawing.cli_seed", seed=found.seed, source=found.seed_source)]


def _verdicts(found: Verification) -> list[str]:
    if found.genuine:
        return ["drawing.cli_genuine"]
    told = [] if found.list_agrees else ["drawing.cli_list_differs"]
    return [*told, *([] if found.result_agrees else ["drawing.cli_result_differs"])]


def _document(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError:
        raise UserError("drawing.unreadable") from None


def _require(path: Path, *endings: str) -> None:
    if path.suffix.lower() not in endings:
        raise UserError("drawing.ending", endings=endings, found=path.name)
