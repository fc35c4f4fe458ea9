"""A change notice as plain lines, for terminals and messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wufei_cells.documents.change_sections import ChangeRow, change_notice

if TYPE_CHECKING:
    from wufei_cells.checklists.comparison import Comparison
    from wufei_cells.wording import Wording

SHORT = 60  # characters that stand side by side on one line


def change_lines(comparison: Comparison, wording: Wording) -> list[str]:
    """Write a comparison line by line, in the language of the wording."""
    return list(_lines(comparison, wording))


def _lines(comparison: Comparison, wording: Wording) -> Iterator[str]:
    notice = change_notice(comparison, wording)
    yield notice.title
    yield from notice.editions
    yield from notice.summary
    for section in notice.sections:
        yield ""
        yield wording.say("comparing.heading", section=section.title, count=section.count)
        for row in section.rows:
            first, *further = _row(row, wording)
            line = wording.say("comparing.line_to_check", line=first) if row.carries is False else first
            yield from (f"  {told}" for told in (line, *further))


def _row(row: ChangeRow, wording: Wording) -> list[str]:
    """One change: on a line where it is short, else the old words above the new ones."""
    named = {"subject": row.subject, "respect": row.respect}
    old, new = row.old.splitlines(), row.new.splitlines()
    if not old or not new:
        return [
            wording.say("comparing.line_one", **named, text=(old or new)[0]),
            *(f"    {line}" for line in (old or new)[1:]),
        ]
    if len(old) == len(new) == 1 and len(row.old) + len(row.new) <= SHORT:
        return [wording.say("comparing.line_both", **named, old=row.old, new=row.new)]
    told = [(key, line) for key, lines in (("old", old), ("new", new)) for line in lines]
    return [
        wording.say("comparing.line_head", **named),
        *(wording.say(f"comparing.line_{key}", line=line) for key, line in told),
    ]
