"""The command of the calendar: list what stands in it, and give it out as a file or on paper."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.documents.agenda_words import AgendaWords
from wufei_cells.domain.agenda import AgendaEntry, AgendaFilter, AgendaKind
from wufei_cells.errors import UserError
from wufei_cells.services import board_reading, printing_agenda, saving
from wufei_cells.services.agenda import agenda

PDF, ICS = ".pdf", ".ics"
DAYS = 30
"""How many are shown when nobody says otherwise."""


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    what = "工作日程 / calendar of visits, notices and deadlines"
    parser = commands.add_parser("calendar", parents=[common], help=what)
    parser.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD", help="默认今天 / today")
    parser.add_argument("--until", dest="last", type=day, metavar="YYYY-MM-DD", help=f"默认 {DAYS} 天 / {DAYS} days")
    kinds = [kind.value for kind in AgendaKind]
    parser.add_argument("--kind", action="append", choices=kinds, help="可多次写 / again for more")
    parser.add_argument("--category", metavar="CATEGORY")
    parser.add_argument("--county", "--district", dest="county", metavar="COUNTY", help="县区 / a county")
    parser.add_argument("--who", metavar="NAME", help="谁的 / whose")
    how = "写成日历文件或打印 / as a calendar file, or to print"
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.ics|FILE.pdf", help=how)
    parser.set_defaults(run=run)


def run(session: Session, args: argparse.Namespace) -> int:
    """List the calendar; with a file, write it."""
    workspace = session.workspace
    first = args.first or workspace.today()
    last = args.last or first + timedelta(days=DAYS - 1)
    kinds = frozenset(AgendaKind(kind) for kind in args.kind) if args.kind else None
    wanted = AgendaFilter(kinds, *board_reading.part_named(workspace, args.category, args.county), args.who)
    entries = agenda(workspace, first, last, wanted)
    target: Path | None = args.output
    data = {"from": first.isoformat(), "until": last.isoformat(), "entries": [_json(entry) for entry in entries]}
    if target is None:
        words = AgendaWords(session.wording)
        lines = [line for entry in entries for line in _lines(words, entry)] or [session.say("agenda.nothing")]
        return session.show(data, lines)
    match target.suffix.lower():
        case suffix if suffix == ICS:
            content = printing_agenda.agenda_file(workspace, entries, session.wording)
        case suffix if suffix == PDF:
            content = printing_agenda.agenda_pdf(workspace, first, last, session.fonts, session.wording, wanted)
        case _:
            raise UserError("agenda.ending", found=target.name)
    saving.save_file(target, content)
    return session.show({**data, "file": str(target)}, [session.say("cli.written", path=target)])


def _lines(words: AgendaWords, entry: AgendaEntry) -> list[str]:
    told = [words.detail(entry), words.say("names", names=entry.people) if entry.people else "", entry.place]
    more = "  ".join(" ".join(part.split()) for part in told if part)
    line = words.say("cli_line", days=words.days(entry), title=words.title(entry))
    return [line, f"    {more}"] if more else [line]


def _json(entry: AgendaEntry) -> dict[str, object]:
    return {
        "kind": entry.kind.value,
        "key": entry.key,
        "first": entry.first.isoformat(),
        "last": entry.last.isoformat(),
        "time": entry.time.isoformat("minutes") if entry.time else None,
        "about": entry.about.zh,
        "site": entry.site,
        "category": entry.category or None,
        "district": entry.district or None,
        "people": list(entry.people),
        "place": entry.place,
        "contact": entry.contact,
        "phone": entry.phone,
        "note": entry.note,
        "parts": [{"part": part.zh, "count": count} for part, count in entry.parts],
    }
