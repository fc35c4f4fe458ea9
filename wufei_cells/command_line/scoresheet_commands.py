"""Commands on scoresheets: write them out, look at what came back, take it in."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import browsing, exporting, saving

if TYPE_CHECKING:
    from wufei_cells.services.importing_scoresheets import ImportPreview, SheetPreview
    from wufei_cells.services.scoresheet_changes import Change


def add_to(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    export = group.add_parser("export", parents=[common], help="导出评分表 / write scoresheets")
    export.add_argument("assessment", nargs="*", metavar="ASSESSMENT")
    export.add_argument("--category", metavar="CATEGORY", help="这一类全部单位 / of all sites of a category")
    where = "几份评分表写进一个文件夹 / a folder for several"
    export.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx", help=where)
    export.set_defaults(run=export_scoresheets)
    looking = group.add_parser("preview", parents=[common], help="看评分表会改什么 / what scoresheets would change")
    taking = group.add_parser("import", parents=[common], help="导入评分表 / take scoresheets in")
    for parser in (looking, taking):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    looking.set_defaults(run=show_preview)
    conflicts = "表里和库里都改过的，以表为准 / where both sides changed, the workbook's answer counts"
    taking.add_argument("--conflicts", action="store_true", help=conflicts)
    only = "只导入这些条款，可重复 / only these items, may be repeated"
    taking.add_argument("--item", action="append", default=[], metavar="ITEM", help=only)
    taking.add_argument("--no-pictures", action="store_true", help="不要图片 / leave pictures out")
    taking.set_defaults(run=import_files)


def export_scoresheets(session: Session, args: argparse.Namespace) -> int:
    """Write one scoresheet into a file, or several into a folder."""
    rows = [find_assessment(session, key) for key in args.assessment]
    if args.category is not None:
        browsing.current_edition(session.workspace, args.category)  # a category nobody knows is told
        sites = browsing.list_sites(session.workspace, category=args.category)
        rows += [browsing.assessment(session.workspace, site.assessment) for site in sites if site.assessment]
    if not rows:
        raise UserError("cli.export_what")
    sheets = ((row.site_name, exporting.scoresheet(session.workspace, row.id, session.wording)) for row in rows)
    if len(rows) == 1 and not (args.output and args.output.is_dir()):
        name, content = next(sheets)
        file = saving.save_file(args.output or Path(f"{saving.file_name(name)}.xlsx"), content)
        return session.show({"file": str(file)}, [session.say("cli.written", path=file)])
    files = saving.save_files(args.output or Path(), sheets, ".xlsx")
    told = [session.say("cli.written", path=file) for file in files]
    return session.show({"files": [str(file) for file in files]}, told)


def show_preview(session: Session, args: argparse.Namespace) -> int:
    """Say what scoresheets would change; nothing is written."""
    found = _preview(session, args.files)
    return session.show(_json(session, found), _lines(session, found))


def import_files(session: Session, args: argparse.Namespace) -> int:
    """Take scoresheets in; what nobody else has changed since unless told otherwise."""
    from wufei_cells.services.scoresheet_changes import ChangeState  # noqa: PLC0415 - few commands read workbooks
    from wufei_cells.services.taking_scoresheets import take, usual_choice  # noqa: PLC0415 - the same

    found = _preview(session, args.files)
    if found.files and all(file.problems for file in found.files):
        raise ProblemsFound(found.problems)
    wanted = set(args.item)
    known = {change.key.removeprefix("facts.") for sheet in found.sheets for change in sheet.changes}
    if wanted - known:
        raise UserError("cli.no_such_change", items=tuple(sorted(wanted - known)))
    chosen = {
        (place, change.key)
        for place, sheet in enumerate(found.sheets)
        for change in sheet.changes
        if ((place, change.key) in usual_choice(found)) or (args.conflicts and change.state is ChangeState.CONFLICT)
    }
    if wanted:
        chosen = {(place, key) for place, key in chosen if key in wanted or key.removeprefix("facts.") in wanted}
    taken = take(session.workspace, found, chosen, pictures=not args.no_pictures)
    waiting = sum(len(sheet.changes) for sheet in found.sheets) - len(chosen)
    values = {"answers": taken.answers, "facts": taken.facts, "pictures": taken.pictures}
    problems = (*found.problems, *taken.left_out)
    lines = [session.say("import.taken", **values)]
    lines += [session.say("import.not_chosen", count=waiting)] if waiting else []
    data = {**values, "not_chosen": waiting, "assessments": list(taken.places), "problems": _told(session, problems)}
    session.show(data, [*lines, *_told(session, problems)])
    return 1 if any(file.problems for file in found.files) else 0


def _preview(session: Session, files: Iterable[Path]) -> ImportPreview:
    from wufei_cells.services.importing_scoresheets import preview_files  # noqa: PLC0415 - few commands read workbooks

    return preview_files(session.workspace, files, session.wording)


def _told(session: Session, problems: Iterable[Problem]) -> list[str]:
    return [session.wording.problem(problem) for problem in problems]


def _lines(session: Session, found: ImportPreview) -> Iterator[str]:
    for file in found.files:
        yield file.name
        yield from (f"  {line}" for line in _told(session, (*file.problems, *file.notes)))
        for sheet in file.sheets:
            yield f"  {_heading(session, sheet)}"
            yield from (f"    {line}" for line in _told(session, (*sheet.notes, *sheet.problems)))
            yield from (f"    {line}" for change in sheet.changes for line in _change_lines(session, change))
            for one in sheet.pictures:
                values = {"name": one.picture.name, "label": one.label, "place": one.place}
                yield f"    {session.say('import.picture_of', **values)}"


def _heading(session: Session, sheet: SheetPreview) -> str:
    values = {"changes": len(sheet.changes), "unchanged": sheet.unchanged, "pictures": len(sheet.pictures)}
    return (
        f"{sheet.site_name}  {session.say('import.counts_pictures' if sheet.pictures else 'import.counts', **values)}"
    )


def _change_lines(session: Session, change: Change) -> Iterator[str]:
    yield f"{change.label}  [{session.say(f'import.state.{change.state.value}')}]  {change.place}"
    for one in change.fields:
        now = one.now or "—"
        if change.disputed and change.author:
            now = session.say("import.stands", now=now, author=change.author, exported=one.exported or "—")
        yield f"  {one.label}: {now} → {one.wanted or '—'}"


def _json(session: Session, found: ImportPreview) -> dict[str, object]:
    return {
        "files": [
            {
                "name": file.name,
                "problems": _told(session, file.problems),
                "notes": _told(session, file.notes),
                "sheets": [_sheet_json(session, sheet) for sheet in file.sheets],
            }
            for file in found.files
        ]
    }


def _sheet_json(session: Session, sheet: SheetPreview) -> dict[str, object]:
    return {
        "assessment": sheet.assessment,
        "site": sheet.site_name,
        "column": sheet.column,
        "changes": [_change_json(change) for change in sheet.changes],
        "pictures": [{"item": one.item, "place": one.place, "name": one.picture.name} for one in sheet.pictures],
        "problems": _told(session, sheet.problems),
        "notes": _told(session, sheet.notes),
        "unchanged": sheet.unchanged,
    }


def _change_json(change: Change) -> dict[str, object]:
    fields = [
        {"field": one.label, "exported": one.exported, "now": one.now, "wanted": one.wanted} for one in change.fields
    ]
    return {
        "key": change.key,
        "label": change.label,
        "place": change.place,
        "state": change.state.value,
        "fields": fields,
    }
