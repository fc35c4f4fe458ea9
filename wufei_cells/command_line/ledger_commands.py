"""The command that writes a ledger as a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.ledgers import LedgerKind, Scope
from wufei_cells.services import ledgers, saving


def add_to(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = group.add_parser("ledger", parents=[common], help="写一份台账 / write a ledger")
    kinds = [kind.value for kind in LedgerKind]
    meaning = (
        "汇总、条款失分、证据、整改、证书、单位名单 / summary, where points are lost, evidence, "
        "corrective actions, certificates, sites"
    )
    parser.add_argument("kind", choices=kinds, metavar="KIND", help=f"{' | '.join(kinds)}: {meaning}")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    parser.add_argument("--category", default="", metavar="CATEGORY", help="只写一个类别 / one category only")
    parser.add_argument("--district", default="", metavar="DISTRICT", help="只写一个县区 / one district only")
    parser.set_defaults(run=write)


def write(session: Session, args: argparse.Namespace) -> int:
    """Write a ledger."""
    kind, scope = LedgerKind(args.kind), Scope(args.category, args.district)
    saving.save_file(args.output, ledgers.ledger(session.workspace, kind, session.wording, scope))
    data = {"file": str(args.output), "kind": kind.value}
    return session.show(data, [session.say("cli.written", path=args.output)])
