"""Commands on checklists in workbooks: out to Excel or WPS, and back."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.services import authoring, drafting, saving

FILE_ENDINGS = (".yaml", ".yml", ".json", *authoring.WORKBOOK_ENDINGS)


def add_commands(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands, within those on checklists."""
    out = group.add_parser("to-excel", parents=[common], help="写成 Excel 工作簿 / write a workbook to edit")
    out.add_argument(
        "source", nargs="?", metavar="FILE|EDITION|DRAFT", help="不写就是空白的 / leave out for an empty one"
    )
    out.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.xlsx")
    out.set_defaults(run=to_excel)
    back = group.add_parser("from-excel", parents=[common], help="由 Excel 工作簿读回 / read a workbook back")
    back.add_argument("file", type=Path, metavar="FILE.xlsx")
    back.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.yaml")
    back.set_defaults(run=from_excel)


def to_excel(session: Session, args: argparse.Namespace) -> int:
    """Write a file, an edition or a draft as a workbook; an empty one to begin with, when nothing is named."""
    saving.save_file(args.output, _workbook(session, args.source))
    return session.show({"file": str(args.output)}, [session.say("cli.workbook_written", path=args.output)])


def _workbook(session: Session, source: str | None) -> bytes:
    if source is None:
        return authoring.workbook_of({}, session.wording)
    path = Path(source)
    if path.exists() or path.suffix.lower() in FILE_ENDINGS:
        return authoring.workbook_of_file(read_input(path), path.name, session.wording)
    if any(row.id == source for row in drafting.list_drafts(session.workspace)):
        return authoring.workbook_of(drafting.open_draft(session.workspace, source).data, session.wording)
    return authoring.workbook_of_edition(session.workspace, source, session.wording)


def from_excel(session: Session, args: argparse.Namespace) -> int:
    """Turn a workbook into a checklist file; with mistakes in it nothing is written."""
    content, name = read_input(args.file), args.file.name
    imported = authoring.import_workbook(content, name, session.wording)
    if imported.problems:
        raise ProblemsFound(imported.problems, subject=name)
    saving.save_file(args.output, imported.yaml())
    data = {"file": str(args.output), "notes": notes_json(session, imported.cautions)}
    lines = [session.say("cli.workbook_read", path=args.output)]
    return session.show(data, [*lines, *note_lines(session, imported.cautions)])


def read_and_tell(session: Session, path: Path) -> bytes:
    """Read a checklist file; of a workbook tell what was passed over in it, and which keys were made up.

    Raises:
        ProblemsFound: everything wrong with a workbook.
    """
    opened = authoring.opened(read_input(path), path.name, session.wording)
    for line in note_lines(session, opened.cautions):
        session.tell(line.strip())
    return opened.content


def notes_json(session: Session, cautions: Iterable[Problem]) -> list[dict[str, object]]:
    """Give what was passed over in a workbook, and what was decided for the person."""
    return [
        {"code": caution.code, "place": caution.place, "sentence": session.say(caution.code, **caution.values)}
        for caution in cautions
    ]


def note_lines(session: Session, cautions: Iterable[Problem]) -> list[str]:
    """Say what was passed over in a workbook, and what was decided for the person."""
    return [f"  {session.wording.problem(caution)}" for caution in cautions]
