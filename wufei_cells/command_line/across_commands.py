"""The command that shows one item over many sites."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.scoring.one_entry import Outcome
from wufei_cells.services import browsing, comparing_sites
from wufei_cells.services.answer_wording import answer_in_words
from wufei_cells.services.calibration_wording import told
from wufei_cells.services.measure_wording import score_text
from wufei_cells.services.site_answers import Across, SiteAnswer
from wufei_cells.services.strictness import Strictness


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = commands.add_parser("across", parents=[common], help="一条多家 / one item over many sites")
    parser.add_argument("category", metavar="CATEGORY", help="类别或标准标识 / a category, or the id of an edition")
    parser.add_argument("item", metavar="ITEM", help="条款 / item")
    parser.add_argument("--district", metavar="DISTRICT", help="只看一个县区 / one district only")
    parser.add_argument("--strict", action="store_true", help="比较各评估人宽严 / compare the assessors")
    parser.set_defaults(run=across)


def across(session: Session, args: argparse.Namespace) -> int:
    """Show how every site of a category stands at one item."""
    found = comparing_sites.across(session.workspace, args.category, args.item, district=args.district)
    lines = [f"{found.entry.number}  {session.text(found.entry.text)}"]
    lines += [_line(session, found, row) for row in found.rows]
    lines += _together(session, found)
    data: dict[str, object] = {
        "edition": found.edition,
        "item": found.entry.key,
        "number": found.entry.number,
        "full": None if found.full is None else exact(found.full),
        "sites": [_site_json(row) for row in found.rows],
        "together": _together_json(found),
    }
    if args.strict:  # who is strict is told to nobody who did not ask
        lines += told(found.strictness, session.wording)
        data["strictness"] = [_strictness_json(one) for one in found.strictness]
    return session.show(data, lines)


def _line(session: Session, found: Across, row: SiteAnswer) -> str:
    facts = found.facts.get(row.assessment, {})
    checklist = browsing.checklist(session.workspace, row.edition)
    entry = checklist.entry(row.item)
    answer = answer_in_words(entry, row.answer, checklist, facts, session.wording, on=row.on, brief=True)
    points = "" if row.points is None or row.full is None else f"{score_text(row.points)} / {printed(row.full)}"
    words = "" if row.same_words else session.say("across.cli_other_words")
    parts = (row.site_name, session.say(f"stage.{row.stage.value}"), points, answer, row.answer.note, row.author, words)
    return "  ".join(part.replace("\n", " ") for part in parts if part)


def _together(session: Session, found: Across) -> list[str]:
    together = found.distribution
    counts = [
        session.say(f"across.cli_{outcome.value}", count=together.counts[outcome])
        for outcome in Outcome
        if together.counts[outcome]
    ]
    lines = [session.say("explain.list_separator").join(counts)] if counts else [session.say("across.cli_none")]
    if together.median is not None and together.span is not None:
        span = score_text(together.span)
        median = printed(together.median)
        code = "across.cli_one" if together.compared == 1 else "across.cli_points"
        lines.append(session.say(code, median=median, points=span, span=span, count=together.compared))
    return lines


def _site_json(row: SiteAnswer) -> dict[str, object]:
    return {
        "assessment": row.assessment,
        "site": row.site,
        "site_name": row.site_name,
        "district": row.district,
        "stage": row.stage.value,
        "edition": row.edition,
        "item": row.item,
        "same_words": row.same_words,
        "outcome": row.outcome.value,
        "points": None if row.points is None else {"low": exact(row.points.low), "high": exact(row.points.high)},
        "full": None if row.full is None else exact(row.full),
        "value": row.answer.value,
        "na": row.answer.na,
        "note": row.answer.note,
        "evidence": row.evidence,
        "author": row.author,
        "at": row.at.isoformat() if row.at else None,
        "waits_for_second_look": row.waits,
        "values": row.values,
    }


def _together_json(found: Across) -> dict[str, object]:
    together = found.distribution
    half = together.middle_half
    return {
        "counts": {outcome.value: together.counts[outcome] for outcome in Outcome},
        "compared": together.compared,
        "median": None if together.median is None else exact(together.median),
        "middle_half": None if half is None else [exact(half[0]), exact(half[1])],
        "points": {exact(value): count for value, count in together.points.items()},
    }


def _strictness_json(one: Strictness) -> dict[str, object]:
    return {
        "person": one.who,
        "answers": one.answers,
        "others": one.others,
        "deviation_of_full_marks": exact(one.deviation),
    }
