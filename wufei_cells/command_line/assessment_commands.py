"""Commands on assessments: start, answer, show, finish, open again, decide."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from wufei_cells.command_line import basis_options, carry_commands, path_commands, precheck_commands, process_commands
from wufei_cells.command_line.answers_file import fact_texts, parse_json, read_answers_file
from wufei_cells.command_line.assessment_data import assessment_json, day
from wufei_cells.command_line.score_commands import score_lines, scorecard_json
from wufei_cells.command_line.session import Session, Subparsers, find_assessment, read_input
from wufei_cells.domain.answers import Answer, JsonValue, answer_document
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AnswerRow, AssessmentRow
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    answering,
    assessing,
    browsing,
    column_results,
    deciding,
    explaining,
    mending,
    returning,
    standing_answers,
    undoing,
)
from wufei_cells.services.mending import Mended
from wufei_cells.services.total_wording import other_rules

FILE_HELP = "条款: 值、{na: 理由} 或 show --json 的写法 / item: value, {na: reason}, or as show --json has it"


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("assess", help="评估 / assessments").add_subparsers(required=True, metavar="WHAT")
    starting = group.add_parser("start", parents=[common], help="开始评估 / start")
    starting.add_argument("site", metavar="SITE")
    starting.add_argument("--assessor", action="append", default=[], metavar="NAME")
    starting.add_argument("--visited-on", type=day, metavar="YYYY-MM-DD")
    starting.add_argument("--column", metavar="COLUMN", help="self, first, onsite, final …")
    starting.set_defaults(run=start)
    answering_parser = group.add_parser("answer", parents=[common], help="打分 / answer")
    answering_parser.add_argument("assessment", metavar="ASSESSMENT")
    answering_parser.add_argument("item", nargs="?", metavar="ITEM")
    answering_parser.add_argument(
        "value", nargs="?", metavar="VALUE", help='文字或 JSON,"" 为清空 / text or JSON, "" clears'
    )
    answering_parser.add_argument("--na", metavar="REASON", help="不适用及理由 / not applicable, and why")
    answering_parser.add_argument("--note", help="不写则保留原备注 / left as it is when not given")
    basis_options.add_options(answering_parser)
    answering_parser.add_argument("--file", type=Path, metavar="FILE.json", help=FILE_HELP)
    answering_parser.set_defaults(run=answer)
    for name, handler, meaning in (
        ("show", show, "查看 / show the score and why"),
        ("finish", finish, "完成评估 / close"),
        ("reopen", reopen, "重新打开 / open again"),
    ):
        parser = group.add_parser(name, parents=[common], help=meaning)
        parser.add_argument("assessment", metavar="ASSESSMENT")
        if name == "reopen":
            parser.add_argument("--reason", required=True)
        parser.set_defaults(run=handler)
    path_commands.add_commands(group, common)
    precheck_commands.add_to_assessments(group, common)
    carry_commands.add_to_assessments(group, common)
    process_commands.add_to_assessments(group, common)
    deciding_parser = commands.add_parser("decide", parents=[common], help="决定 / decide")
    deciding_parser.add_argument("assessment", metavar="ASSESSMENT")
    verdict = deciding_parser.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--approve", action="store_true")
    verdict.add_argument("--reject", action="store_true")
    deciding_parser.add_argument("--remarks", default="")
    deciding_parser.set_defaults(run=decide)
    undoing_parser = group.add_parser("undo", parents=[common], help="撤回本人上一步 / take back what you did last")
    undoing_parser.add_argument("assessment", metavar="ASSESSMENT")
    undoing_parser.set_defaults(run=undo)


def start(session: Session, args: argparse.Namespace) -> int:
    """Start an assessment."""
    site = browsing.site(session.workspace, args.site)
    row = assessing.start_assessment(
        session.workspace,
        site.id,
        column=args.column,
        assessors=tuple(args.assessor),
        visited_on=args.visited_on,
    )
    return session.show(assessment_json(row), [session.say("cli.assessment_started", site=row.site_name, id=row.id)])


def answer(session: Session, args: argparse.Namespace) -> int:
    """Answer one item, or many from a file."""
    row = find_assessment(session, args.assessment)
    sheet = browsing.sheet(session.workspace, row.id)
    facts: dict[str, JsonValue] = {}
    given: dict[str, Answer] = {}
    if args.file:
        file = read_answers_file(read_input(args.file), args.file.name)
        facts = file.facts
        for item, entry in file.answers.items():
            given[item] = entry if item in file.whole else answering.given_anew(sheet, item, entry)
    if args.item:
        given[args.item] = _given(sheet, args)
    if not given and not facts:
        raise UserError("cli.nothing_to_answer")
    assessing.record_answers(session.workspace, row.id, given, facts=fact_texts(facts))
    sheet = browsing.sheet(session.workspace, row.id)
    data = {"assessment": row.id, "answered": list(given), **scorecard_json(sheet.scorecard, session.wording)}
    return session.show(data, [explaining.verdict(sheet.scorecard, sheet.checklist, session.wording, on=sheet.on)])


def _given(sheet: browsing.Sheet, args: argparse.Namespace) -> Answer:
    """Give what stands for an item, apart from what the command speaks of."""
    if args.value is not None and args.na is not None:
        raise UserError("cli.value_and_na", item=args.item)
    if args.value is None and args.na is None and args.note is None and not basis_options.are_given(args):
        raise UserError("cli.nothing_to_answer")
    given = answering.standing_answer(sheet, args.item)
    if args.na is not None:
        given = answering.given_anew(sheet, args.item, Answer(na=str(args.na)))
    elif args.value is not None:
        given = answering.given_anew(sheet, args.item, Answer(_value(args.value)))
    given = basis_options.apply(sheet, args, given)
    return given if args.note is None else replace(given, note=str(args.note))


def show(session: Session, args: argparse.Namespace) -> int:
    """Show an assessment's score and the reasons for it."""
    row = find_assessment(session, args.assessment)
    sheet = browsing.sheet(session.workspace, row.id)
    mended = returning.mended(session.workspace, row.id)
    lines = [f"{row.site_name}  {_standing(session, row)}", *_returned_lines(session, sheet, mended)]
    given = {key: entry.answer for key, entry in sheet.answers.items()}
    others = other_rules(sheet.scorecard, sheet.checklist, sheet.facts, given, on=sheet.on)
    lines += score_lines(sheet.scorecard, sheet.checklist, session.wording, others, on=sheet.on)
    lines += _columns_together(session, row.id)
    if sheet.rechecks:
        lines.append(session.say("cli.rechecks", count=len(sheet.rechecks)))
        lines += carry_commands.recheck_lines(session, sheet)
    lines += _conflict_lines(session, sheet)
    data = {
        **assessment_json(row),
        "answers": {key: _answer_json(entry) for key, entry in sheet.answers.items()},
        "conflicts": {
            key: [{**_answer_json(entry), "at": entry.at.isoformat()} for entry in standing]
            for key, standing in sheet.conflicts.items()
        },
        "rechecks": carry_commands.rechecks_json(sheet),
        "mended": _mended_json(mended),
        "score": scorecard_json(sheet.scorecard, session.wording),
    }
    return session.show(data, lines)


def _standing(session: Session, row: AssessmentRow) -> str:
    """Say how an assessment stands; a sheet of a team is locked or left out, and nobody decides about it."""
    if row.part_of is None or row.stage is Stage.SCORING:
        return session.say(f"stage.{row.stage.value}")
    return session.say("team.state_locked" if row.stage is Stage.FINISHED else "team.state_dropped")


def _returned_lines(session: Session, sheet: browsing.Sheet, mended: Sequence[Mended]) -> list[str]:
    """Say what an assessment was sent back for, and what became of it."""
    numbers = {entry.key: entry.number or entry.key for entry in sheet.checklist.entries()}
    became = {told.item: told for told in mending.tell_mended(sheet, mended, session.wording)}
    lines: list[str] = []
    for item, remark in {**{told.item: told.remark for told in became.values()}, **sheet.assessment.returned}.items():
        lines.append(session.say("cli.returned_item", item=numbers.get(item, item), remark=remark))
        if item in became:
            told = became[item]
            changes = session.say("mending.and").join(told.changes)
            lines.append(session.say("cli.mended_item", before=told.before, after=told.after, changes=changes))
    return lines


def _mended_json(mended: Sequence[Mended]) -> list[dict[str, object]]:
    return [
        {
            "item": one.item,
            "remark": one.remark,
            "before": answer_document(one.before),
            "after": answer_document(one.after),
            "evidence_added": one.added,
            "evidence_removed": one.removed,
            "touched": one.touched,
        }
        for one in mended
    ]


def _answer_json(row: AnswerRow) -> dict[str, object]:
    return {**answer_document(row.answer), "author": row.author}


def _conflict_lines(session: Session, sheet: browsing.Sheet) -> list[str]:
    """List the answers that stand side by side; answering once more settles it."""
    lines: list[str] = []
    for key in sheet.conflicts:
        told = standing_answers.tell_conflict(sheet, key, session.wording)
        lines.append(session.say("cli.conflict", item=key, count=len(told)))
        for one in told:
            said = " · ".join(filter(None, (one.answer, one.points and session.say("cli.points", points=one.points))))
            at = f"{one.at.astimezone():%Y-%m-%d %H:%M}"
            lines.append(session.say("cli.conflict_line", name=one.author, at=at, answer=said, note=one.note).rstrip())
    return lines


def _columns_together(session: Session, assessment: str) -> tuple[str, ...]:
    """Say what several columns make together, where the checklist names any."""
    found = column_results.composite(session.workspace, assessment)
    return (
        column_results.composite_lines(found.checklist, found.cards, found.composite, session.wording) if found else ()
    )


def finish(session: Session, args: argparse.Namespace) -> int:
    """Close an assessment."""
    row = find_assessment(session, args.assessment)
    bare = assessing.wanting_evidence(session.workspace, row.id)
    untouched = returning.untouched(session.workspace, row.id)
    row = assessing.finish_assessment(session.workspace, row.id)
    sheet = browsing.sheet(session.workspace, row.id)
    lines = [explaining.verdict(sheet.scorecard, sheet.checklist, session.wording, on=sheet.on)]
    if bare:
        lines.append(session.say("cli.finished_bare", site=row.site_name, numbers="、".join(bare)))
    if untouched:
        print(session.say("cli.finished_untouched", site=row.site_name, numbers="、".join(untouched)), file=sys.stderr)
    data = {**assessment_json(row), "without_evidence": list(bare), "untouched": list(untouched)}
    return session.show(data, lines)


def reopen(session: Session, args: argparse.Namespace) -> int:
    """Open an assessment again."""
    row = assessing.reopen_assessment(
        session.workspace, find_assessment(session, args.assessment).id, reason=args.reason
    )
    return session.show(assessment_json(row), [session.say("cli.reopened", site=row.site_name)])


def decide(session: Session, args: argparse.Namespace) -> int:
    """Approve or reject a finished assessment."""
    row = deciding.decide(
        session.workspace, find_assessment(session, args.assessment).id, approve=args.approve, remarks=args.remarks
    )
    return session.show(assessment_json(row), [f"{row.site_name}  {session.say(f'stage.{row.stage.value}')}"])


def undo(session: Session, args: argparse.Namespace) -> int:
    """Take back the person's last step on an assessment, which may have been a whole import."""
    row = find_assessment(session, args.assessment)
    taken = undoing.undo(session.workspace, row.id)
    if taken is None:
        raise UserError("cli.nothing_to_undo", site=row.site_name)
    cells = sorted({cell for _entity, cell in taken.cells})
    code = "cli.undo_left" if taken.left else "cli.undone"
    return session.show(
        {"cells": cells, "left": list(taken.left)}, [session.say(code, count=len(taken.cells), site=row.site_name)]
    )


def _value(text: str) -> JsonValue:
    """Read a value: JSON where it is a list or mapping, else the text as it stands; numbers stay text."""
    if not text.strip():
        return None
    if text.lstrip()[:1] not in ("{", "["):
        return text.strip()
    try:
        return parse_json(text.encode(), "VALUE")
    except ProblemsFound as found:
        raise UserError("cli.value", detail=str(found.problems[0].values.get("detail", ""))) from None
