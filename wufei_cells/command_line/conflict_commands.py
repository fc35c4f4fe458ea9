"""Commands on what is in conflict: list it, settle one, or many by a rule that a person chooses."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.domain.conflicts import NAMING, Choice, ConflictTold, How, Rule, RuleKind, ValueTold
from wufei_cells.errors import UserError
from wufei_cells.services import conflicts

if TYPE_CHECKING:
    from wufei_cells.command_line.session import Session, Subparsers


def add_commands(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    listing = group.add_parser("conflicts", parents=[common], help="有冲突的内容 / what is in conflict")
    listing.set_defaults(run=show_conflicts)
    settling = group.add_parser("resolve", parents=[common], help="处理冲突 / settle a conflict")
    settling.add_argument("conflict", nargs="?", default="", metavar="ID")
    how = settling.add_mutually_exclusive_group()
    how.add_argument("--take", type=int, metavar="N", help="选第 N 种写法 / take the value numbered N")
    how.add_argument("--before", action="store_true", help="恢复分歧以前的 / what was there before both")
    how.add_argument("--merged", action="store_true", help="合并 / the merged value")
    rules = "|".join(f"{kind.value}=NAME" if kind in NAMING else kind.value for kind in RuleKind)
    how.add_argument("--rule", metavar="RULE", help=f"按规则处理所有的 / settle all by a rule: {rules}")
    settling.add_argument("--note", default="", help="为什么 / why")
    settling.add_argument("--dry-run", action="store_true", help="只看结果，不写入 / write nothing")
    settling.set_defaults(run=resolve)


def show_conflicts(session: Session, _args: argparse.Namespace) -> int:
    """List what is in conflict, with every value and who says it."""
    workspace = session.workspace
    told = [conflicts.tell(workspace, row, session.wording) for row in conflicts.list_conflicts(workspace)]
    lines = [session.say("conflict.cli_count" if told else "conflict.cli_none", count=len(told))]
    for one in told:
        lines += _lines(session, one)
    return session.show([_json(one) for one in told], lines)


def resolve(session: Session, args: argparse.Namespace) -> int:
    """Settle one conflict, or all that a rule can decide."""
    if args.rule is not None:
        return _by_rule(session, _rule(args.rule), dry=args.dry_run)
    if args.take is not None:
        choice = Choice(How.TAKE, args.take - 1)
    elif args.before or args.merged:
        choice = Choice(How.BEFORE if args.before else How.MERGED)
    else:
        raise UserError("conflict.choose_one")
    row = conflicts.find(session.workspace, args.conflict)
    if args.dry_run:
        told, key = conflicts.tell(session.workspace, row, session.wording), "conflict.cli_would"
        conflicts.refuse_unfit(told, choice)
    else:
        told = conflicts.resolve(session.workspace, row, choice, session.wording, note=args.note)
        key = "conflict.cli_settled"
    outcome = told.outcome(choice)
    assert outcome is not None
    line = session.say(key, title=told.title, said=_said(session, outcome))
    return session.show({"conflict": row.id, "value": outcome.value, "written": not args.dry_run}, [line])


def _by_rule(session: Session, rule: Rule, *, dry: bool) -> int:
    workspace, wording = session.workspace, session.wording
    work = conflicts.by_rule if dry else conflicts.resolve_by_rule
    outcome = work(workspace, conflicts.list_conflicts(workspace), rule, wording)
    lines = [session.say("conflict.later_warning")] if rule.kind is RuleKind.LATER else []
    key = "conflict.cli_would" if dry else "conflict.cli_settled"
    lines += [session.say(key, title=one.told.title, said=_said(session, one.outcome)) for one in outcome.settled]
    lines += [session.say("conflict.cli_left", title=one.title) for one in outcome.left]
    counts = {"settled": len(outcome.settled), "left": len(outcome.left)}
    lines.append(session.say("conflict.cli_sum_dry" if dry else "conflict.cli_sum", **counts))
    settled = [{"conflict": one.told.row.id, "value": one.outcome.value} for one in outcome.settled]
    left = [one.row.id for one in outcome.left]
    return session.show({"settled": settled, "left": left, "written": not dry}, lines)


def _rule(text: str) -> Rule:
    name, _, value = text.partition("=")
    key = name.strip().replace("-", "_")
    if key not in set(RuleKind):
        raise UserError("conflict.rule_unknown", rule=text, allowed=tuple(kind.value for kind in RuleKind))
    kind = RuleKind(key)
    if kind in NAMING and not value.strip():
        raise UserError("conflict.rule_unnamed")
    return Rule(kind, value.strip())


# --- in words


def _lines(session: Session, told: ConflictTold) -> Iterator[str]:
    yield session.say("conflict.cli_row", id=told.row.id, title=told.title, values=len(told.values))
    for place, value in enumerate(told.values, 1):
        yield session.say("conflict.cli_value", place=place, said=_said(session, value))
        for holder in value.holders:
            at = f"{holder.at.astimezone():%Y-%m-%d %H:%M}"
            yield session.say("conflict.cli_holder", name=holder.author, at=at, device=holder.device)
        for line in value.lines:
            if line.differs:
                yield session.say("conflict.cli_line", label=line.label, text=line.text)
    if told.before:
        yield session.say("conflict.cli_before", said=_said(session, told.before))
    if told.merged:
        yield session.say("conflict.cli_merged", said=_said(session, told.merged))


def _said(session: Session, value: ValueTold) -> str:
    points = session.say("conflict.points", points=value.points) if value.points else ""
    return " · ".join(" ".join(part.split()) for part in (value.headline, points, value.note) if part)


def _json(told: ConflictTold) -> dict[str, object]:
    row = told.row
    return {
        "id": row.id,
        "title": told.title,
        "what": row.what.value,
        "kind": row.kind,
        "entity": row.entity,
        "cell": row.cell,
        "site": row.site,
        "assessment": row.assessment,
        "item": row.item,
        "room": row.room.value,
        "values": [_value_json(value) for value in told.values],
        "before": told.before.value if told.before else None,
        "merged": told.merged.value if told.merged else None,
    }


def _value_json(value: ValueTold) -> dict[str, object]:
    held = [
        {"author": one.author, "at": one.at.isoformat(), "device": one.device, "restored_by": one.restored_by}
        for one in value.holders
    ]
    differs = [line.field for line in value.lines if line.differs]
    said = {"said": value.headline, "points": value.points, "note": value.note, "value": value.value}
    return {**said, "by": held, "differs": differs, "acts": [[ref.device, ref.seq] for ref in value.heads]}
