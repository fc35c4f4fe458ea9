"""Commands on checklists that are being written, and on taking editions out of use."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.checklists.yaml_writing import yaml_text
from wufei_cells.command_line import authoring_commands, publication_lines
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.register import DraftRow, EditionRow
from wufei_cells.services import authoring, comparing_editions, drafting, retiring
from wufei_cells.services.checklist_files import content_of


def add_commands(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands, within those on checklists."""
    drafts = group.add_parser("draft", help="草稿 / drafts").add_subparsers(required=True, metavar="WHAT")
    listing = drafts.add_parser("list", parents=[common], help="列出 / list")
    listing.set_defaults(run=list_drafts)
    new = drafts.add_parser("new", parents=[common], help="由文件或已有的一版起草 / from a file or an edition")
    new.add_argument("source", metavar="FILE|EDITION")
    new.set_defaults(run=new_draft)
    save = drafts.add_parser("save", parents=[common], help="以文件覆盖 / put a file in its place")
    save.add_argument("draft", metavar="DRAFT")
    save.add_argument("file", type=Path, metavar="FILE")
    save.set_defaults(run=save_draft)
    for name, handler, meaning in (
        ("show", show_draft, "写成文件的样子 / as a file"),
        ("check", check_draft, "检查 / list problems"),
        ("publish", publish_draft, "发布 / publish"),
        ("discard", discard_draft, "删除 / discard"),
    ):
        parser = drafts.add_parser(name, parents=[common], help=meaning)
        parser.add_argument("draft", metavar="DRAFT")
        parser.set_defaults(run=handler)
    retire = group.add_parser("retire", parents=[common], help="停用一版 / take an edition out of use")
    retire.add_argument("edition", metavar="EDITION")
    what = retire.add_mutually_exclusive_group(required=True)
    what.add_argument("--reason", help="停用的原因 / why")
    what.add_argument("--undo", action="store_true", help="恢复使用 / take it into use again")
    retire.set_defaults(run=retire_edition)


# --- drafts


def list_drafts(session: Session, _args: argparse.Namespace) -> int:
    """List the drafts."""
    rows = drafting.list_drafts(session.workspace)
    lines = [session.say("cli.draft", title=row.title, id=row.id, author=row.author, at=row.at) for row in rows]
    return session.show([_draft_json(row) for row in rows], lines or [session.say("cli.no_drafts")])


def new_draft(session: Session, args: argparse.Namespace) -> int:
    """Begin a draft with what stands in a file or in an edition."""
    path = Path(args.source)
    if path.exists():
        content = _read(session, path)
        draft = drafting.begin_from_file(session.workspace, content, path.name)
    else:
        edition = comparing_editions.find_edition(session.workspace, args.source)
        draft = drafting.begin_from_edition(session.workspace, edition.id)
    return _saved(session, draft.row)


def save_draft(session: Session, args: argparse.Namespace) -> int:
    """Put what stands in a file in the place of a draft."""
    content = _read(session, args.file)
    data = parse_yaml(content, args.file.name).data
    return _saved(session, drafting.save_draft(session.workspace, args.draft, data))


def show_draft(session: Session, args: argparse.Namespace) -> int:
    """Write a draft as the file it would be."""
    data = drafting.open_draft(session.workspace, args.draft).data
    return session.show(data, [yaml_text(data).rstrip("\n")])


def check_draft(session: Session, args: argparse.Namespace) -> int:
    """List everything that keeps a draft from being published."""
    draft = drafting.open_draft(session.workspace, args.draft)
    problems = drafting.told(drafting.find_problems(session.workspace, draft.data))
    data = [
        {"code": problem.code, "place": problem.place, "sentence": session.say(problem.code, **problem.values)}
        for problem in problems
    ]
    heading = session.say("cli.check_found", count=len(problems)) if problems else session.say("cli.check_sound")
    session.show(data, [heading, *(f"  {session.wording.problem(problem)}" for problem in problems)])
    return 1 if problems else 0


def publish_draft(session: Session, args: argparse.Namespace) -> int:
    """Publish a draft."""
    return publication_lines.published(session, drafting.publish_draft(session.workspace, args.draft))


def discard_draft(session: Session, args: argparse.Namespace) -> int:
    """Take a draft out of the list."""
    row = drafting.open_draft(session.workspace, args.draft).row
    drafting.discard_draft(session.workspace, row.id)
    return session.show(_draft_json(row), [session.say("cli.draft_discarded", title=row.title)])


def _read(session: Session, path: Path) -> bytes:
    """Read a file or a workbook with the mistakes that a draft may have."""
    content = read_input(path, content_of)
    if not authoring.is_workbook(content, path.name):
        return content
    imported = authoring.import_workbook(content, path.name, session.wording)
    for line in authoring_commands.note_lines(session, imported.cautions):
        session.tell(line.strip())
    return imported.yaml()


def _saved(session: Session, row: DraftRow) -> int:
    return session.show(_draft_json(row), [session.say("cli.draft_saved", title=row.title, id=row.id)])


def _draft_json(row: DraftRow) -> dict[str, object]:
    at = row.at.isoformat()
    names = {"id": row.id, "title": row.title, "category": row.category, "based_on": row.based_on}
    return {**names, "author": row.author, "at": at, "conflict": row.values > 1}


# --- editions


def retire_edition(session: Session, args: argparse.Namespace) -> int:
    """Take an edition out of use, or into use again."""
    edition = comparing_editions.find_edition(session.workspace, args.edition).id
    if args.undo:
        row = retiring.reinstate_edition(session.workspace, edition)
        line = session.say("cli.edition_reinstated", edition=_name(row))
    else:
        row = retiring.retire_edition(session.workspace, edition, reason=args.reason)
        line = session.say("cli.edition_retired", edition=_name(row), day=row.retired_on)
    return session.show({"id": row.id, "state": row.state.value, "reason": row.reason}, [line])


def _name(row: EditionRow) -> str:
    return f"{row.key} {row.edition}"
