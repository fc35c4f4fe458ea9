"""What scoresheets would change, as the lines of a tree: files, sites, answers, their fields, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.i18n import I18n
    from wufei_cells.errors import Problem
    from wufei_cells.services.importing_scoresheets import FilePreview, ImportPreview, SheetPreview
    from wufei_cells.services.scoresheet_changes import Change


class LineKind(StrEnum):
    """What a line of the tree is."""

    FILE = "file"
    SITE = "site"
    CHANGE = "change"
    FIELD = "field"
    PROBLEM = "problem"
    NOTE = "note"


@dataclass(slots=True)
class ImportLine:
    """One line.

    Attributes:
        kind: what it is.
        texts: what stands in its columns, from the left.
        key: of a change: the place of its sheet among all, and its own key.
        state: of a change, how it stands to the register.
        one_of: of what files want differently: a name that they share, since only one of them can be chosen.
        below: the lines under it.
    """

    kind: LineKind
    texts: tuple[str, ...]
    key: tuple[int, str] | None = None
    state: str = ""
    one_of: str = ""
    below: list[ImportLine] = field(default_factory=list["ImportLine"])


def lines_of(found: ImportPreview, i18n: I18n) -> list[ImportLine]:
    """Give the lines of a preview, a file each on top."""
    places = iter(range(len(found.sheets)))
    return [_file(file, i18n, places) for file in found.files]


def _file(file: FilePreview, i18n: I18n, places: Iterator[int]) -> ImportLine:
    line = ImportLine(LineKind.FILE, (file.name,))
    line.below += [ImportLine(LineKind.PROBLEM, (i18n.problem(problem),)) for problem in file.problems]
    line.below += [ImportLine(LineKind.NOTE, (i18n.problem(problem),)) for problem in file.notes]
    line.below += [_sheet(sheet, i18n, next(places)) for sheet in file.sheets]
    return line


def _sheet(sheet: SheetPreview, i18n: I18n, place: int) -> ImportLine:
    counts = {"changes": len(sheet.changes), "unchanged": sheet.unchanged, "pictures": len(sheet.pictures)}
    key = "import.counts_pictures" if sheet.pictures else "import.counts"
    line = ImportLine(LineKind.SITE, (f"{sheet.site_name}　{i18n.tr(key, **counts)}",))
    line.below += [_told(LineKind.PROBLEM, problem, i18n) for problem in sheet.problems]
    line.below += [_told(LineKind.NOTE, problem, i18n) for problem in sheet.notes]
    line.below += [_change(sheet, change, i18n, place) for change in sheet.changes]
    pictures = ((one.label, one.place, one.picture.name) for one in sheet.pictures)
    for label, where, name in pictures:
        text = i18n.tr("import.picture_of", name=name, label=label, place=where)
        line.below.append(ImportLine(LineKind.NOTE, (text,)))
    return line


def _change(sheet: SheetPreview, change: Change, i18n: I18n, place: int) -> ImportLine:
    state = i18n.tr(f"import.state.{change.state.value}")
    fields = [(one.label, one.now, one.wanted, one.exported) for one in change.fields]
    name, now, wanted, exported = fields[0] if len(fields) == 1 else ("", "", "", "")
    stands = _stands(change, now, exported, i18n)
    texts = (change.label, name, stands if len(fields) == 1 else "", wanted, state, change.place)
    one_of = f"{sheet.assessment} {change.key}" if change.state.value == "rival" else ""
    line = ImportLine(LineKind.CHANGE, texts, (place, change.key), change.state.value, one_of)
    if len(fields) > 1:
        line.below = [
            ImportLine(LineKind.FIELD, ("", label, _stands(change, was, out, i18n), to, "", ""))
            for label, was, to, out in fields
        ]
    return line


def _stands(change: Change, now: str, exported: str, i18n: I18n) -> str:
    """Say what stands now; where it was changed since also who wrote it, and what was written out."""
    if not change.disputed or not change.author:
        return now
    return i18n.tr("import.stands", now=now or "—", author=change.author, exported=exported or "—")


def _told(kind: LineKind, problem: Problem, i18n: I18n) -> ImportLine:
    """Say where something is and what it is; of a file its name stands above."""
    return ImportLine(kind, (f"{problem.place}　{i18n.problem(problem)}".strip(),))
