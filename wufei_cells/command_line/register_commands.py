"""Commands on the whole register: digest, doctor, demo."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells import shipped
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.services import checking, demonstrating, reporting


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    digesting = commands.add_parser("digest", parents=[common], help="数据指纹 / fingerprint of the register")
    digesting.set_defaults(run=digest)
    examining = commands.add_parser("doctor", parents=[common], help="检查数据库 / examine the database")
    examining.add_argument("--repair", action="store_true", help="由流水重建 / rebuild the tables from the journal")
    examining.set_defaults(run=doctor)
    showing = commands.add_parser("demo", parents=[common], help="演示 / play the whole job on example data")
    showing.add_argument("folder", type=Path, metavar="DIR")
    showing.set_defaults(run=demo)


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
