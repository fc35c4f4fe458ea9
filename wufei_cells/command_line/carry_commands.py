"""Commands on what another edition means: for every site before it is published, and for a running assessment."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from wufei_cells.checklists.overlay_reading import is_overlay
from wufei_cells.checklists.reading import read_source
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.command_line import authoring_commands, publication_lines
from wufei_cells.command_line.session import Session, Subparsers, find_assessment
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.checklists import Checklist
from wufei_cells.services import (
    carrying_over,
    city_numbers,
    comparing_editions,
    drafting,
    impact,
    overlaying,
    teaming,
)
from wufei_cells.services.carrying_over import CarriedPart, CarryOver
from wufei_cells.services.impact_comparison import CellImpact, Shift
from wufei_cells.services.measure_wording import score_text
from wufei_cells.services.reading import Sheet


def add_to_checklists(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command, within those on checklists."""
    trying = group.add_parser("impact", parents=[common], help="发布前看影响 / what it would mean for every site")
    trying.add_argument("source", metavar="FILE|DRAFT|EDITION")
    trying.set_defaults(run=show_impact)


def add_to_assessments(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command, within those on assessments."""
    carry = group.add_parser("carry", parents=[common], help="换到另一版 / carry over to another edition")
    carry.add_argument("assessment", metavar="ASSESSMENT")
    carry.add_argument("--to", metavar="EDITION", help="默认为正在使用的一版 / the edition in force when not given")
    what = carry.add_mutually_exclusive_group()
    what.add_argument("--preview", action="store_true", help="只看不改 / show only")
    what.add_argument("--undo", action="store_true", help="换回原来的一版 / take it back")
    carry.set_defaults(run=carry_over)
    accept = group.add_parser("accept", parents=[common], help="复核后沿用原来的回答 / keep an answer looked at again")
    accept.add_argument("assessment", metavar="ASSESSMENT")
    accept.add_argument("item", metavar="ITEM")
    accept.add_argument("--from", dest="origin", metavar="KEY", help="原来的条款代号 / key of the earlier item")
    accept.set_defaults(run=accept_recheck)


# --- carrying over


def accept_recheck(session: Session, args: argparse.Namespace) -> int:
    """Answer an item with what was answered before its words changed."""
    key = find_assessment(session, args.assessment).id
    change = carrying_over.accept_recheck(session.workspace, key, args.item, origin=args.origin)
    card = change.scorecard
    values = {"item": args.item, "score": score_text(card.total), "count": len(card.missing)}
    data = {"assessment": key, "item": args.item, "missing": list(card.missing)}
    return session.show(data, [session.say("cli.recheck_accepted", **values)])


def carry_over(session: Session, args: argparse.Namespace) -> int:
    """Carry a running assessment over to another edition, show what that would do, or take it back."""
    key = find_assessment(session, args.assessment).id
    if args.undo:
        sheet = carrying_over.undo_carry_over(session.workspace, key)
        values = {"site": sheet.site.name, "edition": f"{sheet.checklist.key} {sheet.checklist.edition}"}
        return session.show(
            {"assessment": key, "edition": sheet.edition_id}, [session.say("cli.carry_undone", **values)]
        )
    edition = comparing_editions.find_edition(session.workspace, args.to).id if args.to else None
    work = carrying_over.preview_carry_over if args.preview else carrying_over.carry_over
    done = work(session.workspace, key, edition)
    after = done.after
    counts = {name: len(getattr(done, name)) for name in ("carried", "rechecks", "archived", "new", "added")}
    values = {"site": after.site.name, "edition": f"{after.checklist.key} {after.checklist.edition}", **counts}
    heading = session.say("cli.carry_preview" if args.preview else "cli.carried", **values)
    return session.show(_carry_json(done), [heading, *_carry_lines(session, done)])


def _carry_json(done: CarryOver) -> dict[str, object]:
    return {
        "assessment": done.after.assessment.id,
        "from": done.before.edition_id,
        "to": done.after.edition_id,
        "carried": dict(done.carried),
        "rechecks": rechecks_json(done.after),
        "sheets": [_part_json(part) for part in done.parts],
        "archived": list(done.archived),
        "to_answer": list(done.new),
        "new": list(done.added),
        "before": [exact(done.before.scorecard.total.low), exact(done.before.scorecard.total.high)],
        "after": [exact(done.after.scorecard.total.low), exact(done.after.scorecard.total.high)],
    }


def _part_json(part: CarriedPart) -> dict[str, object]:
    return {
        "id": part.row.id,
        "column": part.row.column,
        "assessors": list(part.row.assessors),
        "goes_along": part.goes,
        "rechecks": rechecks_json(part.sheet) if part.sheet else None,
    }


def rechecks_json(sheet: Sheet) -> dict[str, list[dict[str, object]]]:
    """Give by entry the earlier answers that are to be looked at again, as plain data."""
    return {
        key: [{"item": one.row.item, "relation": one.relation.value if one.relation else None} for one in waiting]
        for key, waiting in sheet.rechecks.items()
    }


def recheck_lines(session: Session, sheet: Sheet) -> Iterator[str]:
    """Say which entries of an assessment are to be looked at again, and what was answered."""
    for key, waiting in sheet.rechecks.items():
        entry = sheet.checklist.entry(key)
        relation = session.say(f"relation.{waiting[0].relation.value}") if waiting[0].relation else ""
        text = session.text(entry.text) if entry else ""
        yield f"  {session.say('cli.recheck', item=key, relation=relation, text=text)}"
        for one in waiting:
            before = session.text(one.entry.text) if one.entry else ""
            yield f"    {session.say('cli.recheck_before', item=one.row.item, text=before)}"


def _carry_lines(session: Session, done: CarryOver) -> Iterator[str]:
    yield from recheck_lines(session, done.after)
    for key, one in done.archived.items():
        text = session.text(one.entry.text) if one.entry else ""
        yield f"  {session.say('cli.archived', item=key, text=text)}"
    for part in done.parts:
        yield from _part_lines(session, done.after.checklist, part)


def _part_lines(session: Session, checklist: Checklist, part: CarriedPart) -> Iterator[str]:
    values = {
        "column": teaming.column_name(checklist, part.row.column, session.wording),
        "names": part.row.assessors,
        "id": part.row.id,
    }
    if not part.goes:
        yield session.say("cli.carry_sheet_stays", **values)
    elif part.sheet is None:
        yield session.say("cli.carry_sheet_hidden", **values)
    else:
        yield session.say("cli.carry_sheet", count=len(part.sheet.rechecks), **values)
        yield from recheck_lines(session, part.sheet)


# --- impact


def show_impact(session: Session, args: argparse.Namespace) -> int:
    """Show what a file, a draft or an edition would mean for every site of its category."""
    checklist = _checklist(session, args.source)
    found = impact.impact(session.workspace, checklist)
    overrides = city_numbers.overridden_here(session.workspace, checklist)
    counts = {shift: found.count(shift) for shift in Shift}
    data = {
        "key": found.checklist.key,
        "edition": found.checklist.edition,
        "shifts": {shift.value: count for shift, count in counts.items()},
        "cells": [impact_json(cell) for cell in found.cells],
        "overridden": publication_lines.override_json(session, overrides),
    }
    told = [
        session.say("cli.impact_count", shift=session.say(f"shift.{shift.value}"), count=count)
        for shift, count in counts.items()
        if count
    ]
    lines = [" · ".join(told) if told else session.say("cli.impact_none")]
    for cell in found.cells:
        lines += _cell_lines(session, cell) if cell.shift is not Shift.SAME else ()
    lines += publication_lines.override_lines(session, overrides)
    lines += publication_lines.reuse_lines(session, checklist)
    return session.show(data, lines)


def impact_json(cell: CellImpact) -> dict[str, object]:
    """Give what a checklist would mean for one site as plain data."""
    verdicts = {
        name: {
            "range": [exact(verdict.total.low), exact(verdict.total.high)],
            "level": verdict.level,
            "passed": verdict.passed,
            "missing": list(verdict.missing),
        }
        for name, verdict in (("before", cell.before), ("after", cell.after))
    }
    items = [
        {
            "item": effect.key,
            "change": effect.change.value,
            "before": exact(effect.before),
            "after": exact(effect.after),
            "difference": exact(effect.difference),
            "assumed": effect.assumed,
            "unanswered": effect.unanswered,
        }
        for effect in cell.items
    ]
    return {
        "assessment": cell.assessment,
        "site": cell.site_name,
        "stage": cell.stage.value,
        "shift": cell.shift.value,
        **verdicts,
        "items": items,
        "gates": [effect.key for effect in cell.gates],
        "levels": [effect.key for effect in cell.grades],
    }


def _cell_lines(session: Session, cell: CellImpact) -> Iterator[str]:
    before, after = score_text(cell.before.total), score_text(cell.after.total)
    shift = session.say(f"shift.{cell.shift.value}")
    yield session.say("cli.impact_cell", site=cell.site_name, shift=shift, before=before, after=after)
    for effect in cell.items:
        code = (
            "cli.impact_unanswered"
            if effect.unanswered
            else "cli.impact_assumed"
            if effect.assumed
            else "cli.impact_item"
        )
        points = f"{'+' if effect.difference > 0 else ''}{printed(effect.difference)}"
        change = session.say(f"item_change.{effect.change.value}")
        yield f"  {session.say(code, item=effect.key, change=change, points=points)}"
    for gate in cell.gates:
        yield f"  {session.say('cli.impact_gate', item=gate.key)}"
    for grade in cell.grades:
        needed = [printed(one.total_needed) if one else "–" for one in (grade.before, grade.after)]
        if needed[0] != needed[1]:
            yield f"  {session.say('cli.impact_grade', grade=grade.key, before=needed[0], after=needed[1])}"


def _checklist(session: Session, source: str) -> Checklist:
    path = Path(source)
    if path.exists():
        content = authoring_commands.read_and_tell(session, path)
        file = parse_yaml(content, path.name)
        if is_overlay(file):
            return overlaying.check_overlay_file(session.workspace, content, path.name).county
        return read_source(file)
    if any(row.id == source for row in drafting.list_drafts(session.workspace)):
        return drafting.sound_checklist(session.workspace, drafting.open_draft(session.workspace, source).data)
    return comparing_editions.stored_edition(session.workspace, source)
