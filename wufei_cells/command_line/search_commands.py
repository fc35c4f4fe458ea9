"""The command that searches everything."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.domain.text import Text
from wufei_cells.services import searching
from wufei_cells.services.searching import Hit


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    finding = commands.add_parser("search", parents=[common], help="查找一切 / search everything")
    finding.add_argument("words", nargs="+", metavar="WORDS")
    finding.add_argument("--limit", type=_count, default=searching.LIMIT, metavar="N")
    finding.set_defaults(run=search)


def search(session: Session, args: argparse.Namespace) -> int:
    """Find what holds all the words, the best first."""
    hits = searching.search(session.workspace, " ".join(args.words), args.limit)
    lines = [_line(session, hit) for hit in hits] or [session.say("cli.search_nothing")]
    return session.show([_hit_json(hit) for hit in hits], lines)


def _line(session: Session, hit: Hit) -> str:
    where = " · ".join(session.text(part) for part in hit.where if part)
    parts = (session.say(f"search.kind.{hit.kind.value}"), session.text(hit.title), where, _key(hit)[:8])
    return "  ".join(part for part in parts if part)


def _key(hit: Hit) -> str:
    """Give the id by which other commands take what was found."""
    target = hit.target
    return target.certificate or target.edition or target.assessment or target.site


def _hit_json(hit: Hit) -> dict[str, object]:
    names = ("site", "assessment", "certificate", "edition", "item")
    return {
        "kind": hit.kind.value,
        "fit": hit.fit.name.lower(),
        "title": _text_json(hit.title),
        "where": [_text_json(part) for part in hit.where],
        **{name: found for name in names if (found := getattr(hit.target, name))},
    }


def _text_json(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en} if text.en else {"zh": text.zh}


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count
