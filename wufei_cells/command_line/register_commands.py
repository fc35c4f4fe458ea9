"""Commands on the whole register: progress, digest, doctor, demo."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.command_line.assessment_commands import day
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.register import Progress, Tally
from wufei_cells.services import browsing, checking, demonstrating, reporting


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    progressing = commands.add_parser("progress", parents=[common], help="进度 / progress towards the goal")
    progressing.add_argument("--on", type=day, metavar="YYYY-MM-DD")
    progressing.set_defaults(run=progress)
    digesting = commands.add_parser("digest", parents=[common], help="数据指纹 / fingerprint of the register")
    digesting.set_defaults(run=digest)
    examining = commands.add_parser("doctor", parents=[common], help="检查数据库 / examine the database")
    examining.add_argument("--repair", action="store_true", help="由流水重建 / rebuild the tables from the journal")
    examining.set_defaults(run=doctor)
    showing = commands.add_parser("demo", parents=[common], help="演示 / play the whole job on example data")
    showing.add_argument("folder", type=Path, metavar="DIR")
    showing.set_defaults(run=demo)


def progress(session: Session, args: argparse.Namespace) -> int:
    """Show the progress towards the goal."""
    found = browsing.progress(session.workspace, args.on)
    lines = [session.say("cli.progress", count=found.whole.certified, goal=found.goal, by=found.by, on=found.on)]
    names = {category.key: session.text(category.text) for category in browsing.categories(session.workspace)}
    names |= {entry.key: session.text(entry.text) for entry in browsing.profile(session.workspace).districts}
    for part in (found.categories, found.districts):
        lines += [
            f"  {names.get(key, key)}  {session.say('cli.tally', **_counts(tally))}" for key, tally in part.items()
        ]
    return session.show(progress_json(found), lines)


def digest(session: Session, _args: argparse.Namespace) -> int:
    """Print the fingerprint of everything the register holds."""
    found = checking.digest(session.workspace)
    return session.show({"digest": found}, [found])


def doctor(session: Session, args: argparse.Namespace) -> int:
    """Examine the database, and rebuild its tables when asked."""
    if args.repair:
        checking.repair(session.workspace)
    found = checking.doctor(session.workspace)
    data = {
        "sound": found.sound,
        "acts": found.acts,
        "digest": found.digest,
        "damage": list(found.damage),
        "projection": list(found.projection),
        "editions": list(found.editions),
        "evidence": [{"file": one.file, "name": one.name, "fault": one.fault} for one in found.evidence],
    }
    lines = [session.say("cli.doctor_sound" if found.sound else "cli.doctor_found", acts=found.acts)]
    lines += [session.say("cli.doctor_damage", detail=detail) for detail in found.damage]
    lines += [session.say("cli.doctor_projection", table=table) for table in found.projection]
    lines += [session.say("cli.doctor_edition", edition=edition) for edition in found.editions]
    lines += [
        session.say(f"cli.doctor_evidence_{one.fault}", name=one.name, file=one.file[:12]) for one in found.evidence
    ]
    session.show(data, lines)
    return 0 if found.sound else 1


def demo(session: Session, args: argparse.Namespace) -> int:
    """Play the whole job on example data and leave its papers in a folder."""
    session.refuse_past()
    result = demonstrating.play(
        args.folder,
        shipped.demo_story(),
        shipped.shipped_criteria(),
        session.press,
        report=reporting.template(shipped.report_templates()["progress"], "progress"),
        tell=session.tell,
    )
    return session.show(result.as_data(), result.summary)


def progress_json(found: Progress) -> dict[str, object]:
    """Give progress as plain data."""
    return {
        "on": found.on.isoformat(),
        "goal": found.goal,
        "by": found.by.isoformat(),
        "certified": found.whole.certified,
        "remaining": max(found.goal - found.whole.certified, 0),
        "whole": _counts(found.whole),
        "categories": {key: _counts(tally) for key, tally in found.categories.items()},
        "districts": {key: _counts(tally) for key, tally in found.districts.items()},
        "cells": [
            {"category": category, "district": district, **_counts(tally)}
            for (category, district), tally in sorted(found.cells.items())
        ],
        "stages": {stage.value: count for stage, count in found.stages.items()},
    }


def _counts(tally: Tally) -> dict[str, int]:
    names = ("sites", "assessed", "passed", "certified")
    return {name: getattr(tally, name) for name in names}
