"""The command that writes reports of the office, as PDF or workbook, from templates that can be changed."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.errors import UserError
from wufei_cells.reports.period import Period
from wufei_cells.reports.plain_data import report_data
from wufei_cells.reports.templates import ReportTemplate
from wufei_cells.reports.vocabulary import ReportKind
from wufei_cells.services import reporting, saving


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = commands.add_parser("report", parents=[common], help="报告 / reports as PDF or workbook")
    kinds = [kind.value for kind in ReportKind]
    meaning = (
        "进展、一页简报、月度调度、年度、县区对比、督办清单 / progress, one-page briefing, monthly dispatch, year, "
        "counties, lists for follow-up"
    )
    parser.add_argument("--kind", choices=kinds, metavar="KIND", help=f"{' | '.join(kinds)}: {meaning}")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.pdf|FILE.xlsx")
    parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="截至哪一天 / as of which day")
    parser.add_argument("--month", type=_month, metavar="YYYY-MM", help="哪个月 / of which month")
    parser.add_argument(
        "--county", "--district", dest="county", default="", metavar="COUNTY", help="只报一个县区 / one county only"
    )
    parser.add_argument("--template", type=Path, metavar="FILE.yaml", help="用自己的模板 / with a template of your own")
    parser.add_argument(
        "--write-template", type=Path, metavar="FILE.yaml", help="把自带模板写成文件 / write the shipped template"
    )
    how = "换掉已有的模板文件 / replace a template file that is there"
    parser.add_argument("--replace", action="store_true", help=how)
    parser.set_defaults(run=report)


def report(session: Session, args: argparse.Namespace) -> int:
    """Write a report; without a file show its figures as JSON, or what it says."""
    if args.write_template:
        if not args.replace:  # it may hold the office's own changes
            saving.refuse_taken(args.write_template)
        content = shipped.report_templates()[args.kind or ReportKind.PROGRESS]
        saving.save_file(args.write_template, content)
        return session.show(
            {"file": str(args.write_template)}, [session.say("report.cli_template", path=args.write_template)]
        )
    ending = args.output.suffix.lower() if args.output else ""
    if args.output and ending not in (".pdf", ".xlsx"):
        raise UserError("report.ending", name=args.output.name)
    made_after, period = _template(args), Period(args.on, args.month, args.county)
    if ending == ".pdf":
        content = reporting.pdf(session.workspace, made_after, session.wording, session.fonts, period)
    elif ending == ".xlsx":
        content = reporting.workbook(session.workspace, made_after, session.wording, period)
    else:
        found = reporting.gather(session.workspace, made_after, session.wording, period)
        return session.show(report_data(found), [found.title, found.subtitle, found.subject])
    saving.save_file(args.output, content)
    data = {"file": str(args.output), "kind": made_after.kind.value}
    return session.show(data, [session.say("cli.written", path=args.output)])


def _template(args: argparse.Namespace) -> ReportTemplate:
    if args.template is None:
        kind = args.kind or ReportKind.PROGRESS.value
        return reporting.template(shipped.report_templates()[kind], kind)
    found = reporting.template(read_input(args.template), args.template.name)
    if args.kind and found.kind.value != args.kind:
        raise UserError("report.kind_of_template", found=found.kind.value, wanted=args.kind)
    return found


def _month(text: str) -> date:
    """Read a month given on the command line."""
    return date.fromisoformat(f"{text}-01")
