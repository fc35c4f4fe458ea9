"""Commands on an office's own workbook: fill it in with assessments, check it, write one to begin with."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line.session import Session, Subparsers, find_assessment, read_input
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import browsing, comparing_editions, filling_templates, saving


def add_to(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    filling = group.add_parser("fill", parents=[common], help="填入自己的表格 / fill in a workbook of one's own")
    filling.add_argument("assessment", nargs="*", metavar="ASSESSMENT")
    filling.add_argument("--category", metavar="CATEGORY", help="这一类全部单位的评估 / of all sites of a category")
    filling.add_argument("--template", type=Path, required=True, metavar="FILE.xlsx")
    where = "几份评估写进一个文件夹 / a folder for several assessments"
    filling.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.xlsx", help=where)
    filling.set_defaults(run=fill)
    checking = group.add_parser("check-template", parents=[common], help="检查表格模板 / find what is wrong with one")
    checking.add_argument("template", type=Path, metavar="FILE.xlsx")
    starting = group.add_parser("template", parents=[common], help="生成表格模板 / write a workbook to begin with")
    for parser, run in ((checking, check), (starting, start)):
        parser.add_argument("category", nargs="?", metavar="CATEGORY", help="类别 / category of sites")
        parser.add_argument("--site", metavar="SITE", help="单位 / for the category and district of this site")
        parser.add_argument("--edition", metavar="ID", help="标准版本 / an edition other than the one in force")
        parser.set_defaults(run=run)
    starting.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")


def fill(session: Session, args: argparse.Namespace) -> int:
    """Write one assessment into a file, or several into a folder; all of them or none."""
    content, name = read_input(args.template), args.template.name
    if args.category is None and len(args.assessment) == 1 and not args.output.is_dir():
        row = find_assessment(session, args.assessment[0])
        return _saved(
            session, args.output, filling_templates.fill(session.workspace, row.id, content, name, session.wording)
        )
    keys = [find_assessment(session, key).id for key in args.assessment] + _of_category(session, args.category)
    if not keys:
        raise UserError("form_template.for_what")
    found = filling_templates.fill_several(session.workspace, keys, content, name, session.wording)
    files = saving.save_files(args.output, found, ".xlsx")
    told = [session.say("cli.written", path=file) for file in files]
    return session.show({"files": [str(file) for file in files]}, told)


def check(session: Session, args: argparse.Namespace) -> int:
    """Say everything that is wrong with a template; with a category also what does not fit its checklist."""
    wanted = args.category or args.site or args.edition
    checklist = _checklist(session, args) if wanted else None
    content, name = read_input(args.template), args.template.name
    problems = filling_templates.check_template(content, name, checklist, session.wording)
    if problems:
        raise ProblemsFound(problems, subject=name)
    return session.show(
        {"file": str(args.template), "problems": []}, [session.say("form_template.cli_sound", file=name)]
    )


def start(session: Session, args: argparse.Namespace) -> int:
    """Write a workbook with all placeholders of a checklist."""
    checklist = _checklist(session, args)
    return _saved(session, args.output, filling_templates.starter_template(checklist, session.wording))


def _checklist(session: Session, args: argparse.Namespace) -> Checklist:
    workspace = session.workspace
    if args.edition:
        return browsing.checklist(workspace, comparing_editions.find_edition(workspace, args.edition).id)
    if args.site:
        site = browsing.site(workspace, args.site)
        return browsing.checklist(workspace, browsing.current_edition(workspace, site.category, site.district).id)
    if not args.category:
        raise UserError("form_template.for_what")
    return browsing.checklist(workspace, browsing.current_edition(workspace, args.category).id)


def _of_category(session: Session, category: str | None) -> list[str]:
    """List the latest assessments of the sites of a category."""
    if category is None:
        return []
    browsing.current_edition(session.workspace, category)  # a category nobody knows is told
    rows = browsing.list_sites(session.workspace, category=category)
    return [row.assessment for row in rows if row.assessment is not None]


def _saved(session: Session, path: Path, content: bytes) -> int:
    saving.save_file(path, content)
    return session.show({"file": str(path)}, [session.say("cli.written", path=path)])
