"""Commands on lists of sites: see what they would do, take chosen rows in, take an import back."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.site_lists import NEW_SITE, Fate, LeftOut, ListPreview, Outcome, PreviewRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import site_list_undoing, site_lists
from wufei_cells.services.site_list_words import change_lines, fate_word

SHOWN_ID = 8
_ROWS = re.compile(r"(\d{1,9})(?:-(\d{1,9})|=(\S+))?")


def add_to(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands below those on Excel."""
    sites = group.add_parser("sites", help="单位名单 / lists of sites").add_subparsers(required=True, metavar="WHAT")
    looking = sites.add_parser("preview", parents=[common], help="看会怎样，不写入 / see what it would do")
    looking.add_argument("--all", action="store_true", dest="everything", help="也列没有变化的 / unchanged rows, too")
    looking.set_defaults(run=preview)
    taking = sites.add_parser("import", parents=[common], help="导入选定的行 / take chosen rows in")
    which = taking.add_mutually_exclusive_group(required=True)
    which.add_argument("--yes-to-all", action="store_true", help="新的和有改动的都导入 / all that is new or changed")
    which.add_argument("--only-new", action="store_true", help="只导入新的 / only what is new")
    which.add_argument("--rows", metavar="3,5,8-12,14=new,15=SITE", help="按预览的行号 / by number of the preview")
    taking.set_defaults(run=take_in)
    for parser in (looking, taking):
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    back = sites.add_parser("take-back", parents=[common], help="撤回上一次导入 / take the last import back")
    back.set_defaults(run=take_back)


def preview(session: Session, args: argparse.Namespace) -> int:
    """Show what every row would do; nothing is written."""
    shown = _preview(session, args.files)
    rows = shown.rows if args.everything else shown.of(*(fate for fate in Fate if fate is not Fate.SAME))
    lines = [_summary(session, shown), *(line for row in rows for line in _row_lines(session, row, shown))]
    return session.show(_preview_json(session, shown), lines)


def take_in(session: Session, args: argparse.Namespace) -> int:
    """Take chosen rows in as one step."""
    shown = _preview(session, args.files)
    if args.rows is not None:
        choices = dict(_chosen(args.rows, shown))
    else:
        wanted = (Fate.NEW,) if args.only_new else (Fate.NEW, Fate.CHANGED)
        choices = {row.number: None for row in shown.of(*wanted)}
    done = site_lists.take_in(session.workspace, shown, choices, session.wording)
    told = {"count": done.count, "new": len(done.new), "changed": len(done.changed)}
    lines = [_summary(session, shown)]
    lines.append(session.say("site_list.cli_imported", **told) if done.count else session.say("site_list.cli_nothing"))
    lines += [_left_line(session, left) for left in done.left_out]
    data = {"new": list(done.new), "changed": list(done.changed)}
    left = [{"row": one.number, "name": one.name, **_problem_json(session, one.why)} for one in done.left_out]
    return session.show({**data, "left_out": left, "preview": _preview_json(session, shown)}, lines)


def take_back(session: Session, _args: argparse.Namespace) -> int:
    """Take the person's last import back."""
    back = site_list_undoing.take_back(session.workspace)
    lines = [session.say("site_list.cli_taken_back", new=back.new, changed=back.changed)]
    lines += [
        session.say("site_list.cli_stayed", name=one.name, why=session.wording.problem(one.why)) for one in back.stayed
    ]
    stayed = [{"site": one.site, "name": one.name, **_problem_json(session, one.why)} for one in back.stayed]
    return session.show({"new": back.new, "changed": back.changed, "stayed": stayed}, lines)


def _preview(session: Session, files: Iterable[Path]) -> ListPreview:
    """Read the files; those that cannot be read are told on the side, unless none can.

    Raises:
        ProblemsFound: nothing could be read.
    """
    contents = [(path.name, read_input(path)) for path in files]
    shown = site_lists.preview(session.workspace, contents, session.wording)
    if shown.problems and not shown.rows:
        raise ProblemsFound(shown.problems, subject=", ".join(name for name, _content in contents))
    if not session.as_json:
        for problem in (*shown.problems, *shown.notes):
            print(session.wording.problem(problem), file=sys.stderr)
    return shown


def _chosen(written: str, shown: ListPreview) -> Iterator[tuple[int, str | None]]:
    rows = {row.number: row for row in shown.rows}
    for part in filter(None, re.split(r"[,，、\s]+", written)):
        found = _ROWS.fullmatch(part)
        if found is None:
            raise UserError("site_list.cli_rows", found=part)
        first = int(found[1])
        last = int(found[2] or first)
        if not first <= last <= len(rows) or first < 1:
            raise UserError("site_list.cli_no_row", number=last if first else first, count=len(rows))
        for number in range(first, last + 1):
            yield number, _answer(rows[number], found[3])


def _answer(row: PreviewRow, written: str | None) -> str | None:
    """Give the site that is meant by the beginning of its id; what is none of them is refused when it is written."""
    if written is None or written == NEW_SITE:
        return written
    meant = [one.site for one in row.outcomes if one.site and len(written) >= SHOWN_ID and one.site.startswith(written)]
    return meant[0] if len(meant) == 1 else written


# --- showing


def _summary(session: Session, shown: ListPreview) -> str:
    counts = {fate.value: len(shown.of(fate)) for fate in Fate}
    return session.say("site_list.cli_summary", count=len(shown.rows), **counts)


def _row_lines(session: Session, row: PreviewRow, shown: ListPreview) -> Iterator[str]:
    fate = fate_word(row.fate, session.wording)
    yield session.say("site_list.cli_row", number=row.number, fate=fate, name=row.name, place=row.place)
    for outcome in row.outcomes:
        if row.fate is Fate.DOUBTFUL:
            yield _answer_line(session, row, outcome)
        for line in change_lines(outcome, shown.names, session.wording):
            yield f"   {'   ' if row.fate is Fate.DOUBTFUL else ''}{line}"
    for problem in (*row.problems, *row.remarks):
        yield f"   ! {session.wording.problem(problem)}"


def _answer_line(session: Session, row: PreviewRow, outcome: Outcome) -> str:
    if outcome.site is None:
        return session.say("site_list.cli_answer_new", number=row.number)
    return session.say("site_list.cli_answer", number=row.number, answer=outcome.site[:SHOWN_ID], name=outcome.name)


def _left_line(session: Session, left: LeftOut) -> str:
    why = session.wording.problem(left.why)
    return session.say("site_list.cli_left_out", number=left.number, name=left.name, place=left.place, why=why)


def _preview_json(session: Session, shown: ListPreview) -> dict[str, object]:
    return {
        "counts": {fate.value: len(shown.of(fate)) for fate in Fate},
        "problems": [_problem_json(session, problem) for problem in shown.problems],
        "notes": [_problem_json(session, note) for note in shown.notes],
        "rows": [_row_json(session, row) for row in shown.rows],
    }


def _row_json(session: Session, row: PreviewRow) -> dict[str, object]:
    outcomes = [
        {
            "site": outcome.site,
            "name": outcome.name,
            "changes": [{"field": one.field, "old": one.old, "new": one.new} for one in outcome.changes],
        }
        for outcome in row.outcomes
    ]
    return {
        "row": row.number,
        "place": row.place,
        "name": row.name,
        "fate": row.fate.value,
        "outcomes": outcomes,
        "problems": [_problem_json(session, problem) for problem in row.problems],
        "remarks": [_problem_json(session, remark) for remark in row.remarks],
    }


def _problem_json(session: Session, problem: Problem) -> dict[str, object]:
    message = session.say(problem.code, **problem.values)
    return {"code": problem.code, "place": problem.place, "message": message}
