"""Commands on editions: what is different between two of them, and what a county adds to its city's."""

from __future__ import annotations

import argparse
from pathlib import Path

from wufei_cells.checklists.reading import read_checklist
from wufei_cells.command_line import authoring_commands, publication_lines
from wufei_cells.command_line.session import Session, Subparsers, read_input
from wufei_cells.domain.checklists import Checklist
from wufei_cells.services import authoring, browsing, comparing_editions, overlaying

FILE_ENDINGS = (".yaml", ".yml", ".json", *authoring.WORKBOOK_ENDINGS)


def add_commands(group: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the commands, within those on checklists."""
    diff = group.add_parser("diff", parents=[common], help="比较两版 / what is different between two editions")
    name = "FILE|ID|'KEY EDITION'"
    diff.add_argument("old", metavar="OLD", help=name)
    diff.add_argument("new", metavar="NEW", help=name)
    diff.add_argument("--pdf", type=Path, metavar="FILE.pdf", help="写成修订说明 / write the change notice")
    diff.set_defaults(run=compare_editions)
    overlay = group.add_parser("overlay", parents=[common], help="发布县级补充 / publish a county's overlay")
    overlay.add_argument("file", type=Path, metavar="FILE")
    overlay.add_argument("--check", action="store_true", help="只检查 / check only")
    overlay.set_defaults(run=publish_overlay)


def compare_editions(session: Session, args: argparse.Namespace) -> int:
    """Tell what is different between two editions, each a file or one of the register's."""
    only_files = all(_is_file(name) for name in (args.old, args.new))
    old, new = (_edition(session, name, under_city=not only_files) for name in (args.old, args.new))
    comparison = comparing_editions.compare(old, new)
    data = comparing_editions.comparison_data(comparison)
    lines = comparing_editions.change_lines(comparison, session.wording)
    if args.pdf:
        comparing_editions.save_notice(comparison, args.pdf, session.fonts, session.wording)
        data["file"] = str(args.pdf)
        lines += ["", session.say("cli.written", path=args.pdf)]
    return session.show(data, lines)


def publish_overlay(session: Session, args: argparse.Namespace) -> int:
    """Check an overlay file, publish it unless told otherwise, and tell how it differs from the city's edition."""
    apply = overlaying.check_overlay_file if args.check else overlaying.publish_overlay_file
    edition = apply(session.workspace, read_input(args.file), args.file.name)
    comparison = comparing_editions.compare(edition.city, edition.county)
    county = edition.county
    assert county.overlay is not None
    names = {district.key: session.text(district.text) for district in browsing.profile(session.workspace).districts}
    values = {
        "title": session.text(county.title),
        "edition": county.edition,
        "id": edition.id[:12],
        "day": county.effective_from,
        "districts": session.say("comparing.list_separator").join(names[key] for key in county.overlay.districts),
    }
    if args.check:
        told = session.say("overlay.sound", **values)
    else:
        told = publication_lines.overlay_published(session, edition.id, **values)
    data = {
        "id": edition.id,
        "published": not args.check,
        "districts": list(county.overlay.districts),
        "extends": county.overlay.extends,
        "added": list(county.overlay.added),
        "difference": comparing_editions.comparison_data(comparison),
    }
    return session.show(data, [told, "", *comparing_editions.change_lines(comparison, session.wording)])


def _edition(session: Session, name: str, *, under_city: bool) -> Checklist:
    """Read a file, or find an edition; beside one of the register's, a file takes the city's numbers as that does."""
    if not _is_file(name):
        return comparing_editions.stored_edition(session.workspace, name)
    path = Path(name)
    content = authoring_commands.read_and_tell(session, path)
    if under_city:
        return comparing_editions.draft_in_force(session.workspace, content, path.name)
    return read_checklist(content, path.name)


def _is_file(name: str) -> bool:
    """Whether a name means a file: there is one, or it is written like one."""
    path = Path(name)
    return path.exists() or path.suffix.lower() in FILE_ENDINGS or len(path.parts) > 1
