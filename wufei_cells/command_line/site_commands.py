"""Commands on sites: add, edit, list, show."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from wufei_cells.command_line.session import Session, Subparsers, filled
from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import SiteRow
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, registering, trial_papers
from wufei_cells.services.registering import SiteDraft

FIELDS = ("name", "category", "district", "address", "credit_code", "contact", "phone", "note")


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands."""
    group = commands.add_parser("site", help="单位 / sites").add_subparsers(required=True, metavar="WHAT")
    adding = group.add_parser("add", parents=[common], help="登记单位 / enter a site")
    editing = group.add_parser("edit", parents=[common], help="修改单位 / change a site")
    editing.add_argument("site", metavar="SITE")
    for parser, needed in ((adding, True), (editing, False)):
        for field in FIELDS:
            parser.add_argument(f"--{field.replace('_', '-')}", required=needed and field in FIELDS[:3])
        parser.add_argument("--fact", action="append", default=[], metavar="KEY=VALUE")
    adding.set_defaults(run=add_site)
    editing.set_defaults(run=edit_site)
    listing = group.add_parser("list", parents=[common], help="列出单位 / list sites")
    listing.add_argument("--search", default="")
    listing.add_argument("--category")
    listing.add_argument("--district")
    listing.add_argument("--stage", choices=[stage.value for stage in Stage])
    listing.set_defaults(run=list_sites)
    showing = group.add_parser("show", parents=[common], help="查看单位 / show a site with its history")
    showing.add_argument("site", metavar="SITE")
    showing.set_defaults(run=show_site)


def add_site(session: Session, args: argparse.Namespace) -> int:
    """Enter a site."""
    given = filled({field: getattr(args, field) for field in FIELDS})
    texts = {name: str(value) for name, value in given.items()}
    row = registering.add_site(session.workspace, SiteDraft(**texts, facts=_facts(args.fact)))
    _tell_unprintable(session, row)
    return session.show(site_json(row), [session.say("cli.site_added", name=row.name, id=row.id)])


def edit_site(session: Session, args: argparse.Namespace) -> int:
    """Change fields of a site."""
    given = filled({field: getattr(args, field) for field in FIELDS})
    changed = {name: str(value) for name, value in given.items()}
    row = registering.edit_site(session.workspace, args.site, facts=_facts(args.fact), **changed)
    _tell_unprintable(session, row)
    return session.show(site_json(row), [session.say("cli.site_changed", name=row.name)])


def list_sites(session: Session, args: argparse.Namespace) -> int:
    """List sites."""
    rows = browsing.list_sites(
        session.workspace,
        search=args.search,
        category=args.category,
        district=args.district,
        stage=Stage(args.stage) if args.stage else None,
    )
    names = _names(session)
    lines = [_line(session, row, names) for row in rows] or [session.say("cli.no_sites")]
    return session.show([site_json(row) for row in rows], lines)


def show_site(session: Session, args: argparse.Namespace) -> int:
    """Show a site, its assessments and its history."""
    row = browsing.site(session.workspace, args.site)
    acts = browsing.history(session.workspace, row.id)
    assessments = browsing.list_assessments(session.workspace, site=row.id)
    data = {
        **site_json(row),
        "assessments": [{"id": entry.id, "stage": entry.stage.value} for entry in assessments],
        "history": [
            {"at": act.at.isoformat(), "author": act.author, "device": act.device, "cell": act.cell}
            | {"old": act.old, "new": act.new}
            for act in acts
        ],
    }
    lines = [_line(session, row, _names(session))]
    lines += [f"  {entry.id}  {session.say(f'stage.{entry.stage.value}')}" for entry in assessments]
    lines += [
        f"  {act.at.astimezone():%Y-%m-%d %H:%M}  {act.author}  {act.cell}: {act.old or ''} → {act.new}"
        for act in acts
        if act.kind in ("site", "site_fact")
    ]
    return session.show(data, lines)


def site_json(row: SiteRow) -> dict[str, object]:
    """Give a site as plain data."""
    return {
        "id": row.id,
        **{field: getattr(row, field) for field in FIELDS},
        "facts": dict(row.facts),
        "stage": row.stage.value,
        "assessment": row.assessment,
        "total": None if row.total is None else exact(row.total),
        "level": row.level,
        "certificate": row.certificate_number,
        "certificate_state": row.certificate_state.value if row.certificate_state else None,
        "valid_until": row.valid_until.isoformat() if row.valid_until else None,
    }


def _tell_unprintable(session: Session, row: SiteRow) -> None:
    """Say on the side that a certificate could not bear this name; it can still be mended."""
    if trial_papers.is_plain(row.name):
        return
    for problem in trial_papers.unprintable_site(session.workspace, session.press, row):
        print(session.wording.problem(problem), file=sys.stderr)


def _names(session: Session) -> dict[tuple[str, str], str]:
    """Give what categories and districts are called in the language spoken."""
    districts = browsing.profile(session.workspace).districts
    named = {("category", one.key): session.text(one.text) for one in browsing.categories(session.workspace)}
    return named | {("district", one.key): session.text(one.text) for one in districts}


def _line(session: Session, row: SiteRow, names: Mapping[tuple[str, str], str]) -> str:
    kept = {"category": row.category, "district": row.district}
    where = [names.get((what, key), key) for what, key in kept.items()]
    parts = [row.id[:8], row.name, *where, session.say(f"stage.{row.stage.value}")]
    if row.total is not None:
        parts.append(printed(row.total))
    if row.certificate_number:
        parts.append(row.certificate_number)
        if row.certificate_state and row.certificate_state is not CertificateState.VALID:
            parts.append(session.say(f"certificatestate.{row.certificate_state.value}"))
    return "  ".join(parts)


def _facts(given: list[str]) -> dict[str, str | None]:
    facts: dict[str, str | None] = {}
    for pair in given:
        key, equals, value = pair.partition("=")
        if not equals or not key.strip():
            raise UserError("cli.fact", found=pair)
        facts[key.strip()] = value.strip() or None
    return facts
