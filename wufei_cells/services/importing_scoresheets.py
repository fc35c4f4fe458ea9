"""Take scoresheets back in that people filled in: look at everything first, then write what was chosen as one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from wufei_cells.checklists.document import entry_hash
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId
from wufei_cells.errors import Problem, ProblemsFound, UserError, why
from wufei_cells.progress import Report, silent
from wufei_cells.services import blindness, prechecking, reading
from wufei_cells.services.scoresheet_changes import Change, ChangeState, compare
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording
from wufei_cells.workbooks.reading.pictures import PlacedPicture
from wufei_cells.workbooks.reading.workbook import file_content, read_workbook
from wufei_cells.workbooks.scoresheets.finding import FoundScoresheet, find_scoresheets
from wufei_cells.workbooks.scoresheets.labels import Labels
from wufei_cells.workbooks.scoresheets.reading import ReadScoresheet, read_scoresheet

MANY = 0.5
"""From so large a part of changed answers on, a person is asked to look whether a column was sorted by itself."""
FEWEST = 8
MOST_NAMED = 5
MOST_PICTURES = 400_000_000
"""Bytes of the pictures of all files together that wait in memory for somebody to decide."""


@dataclass(frozen=True, slots=True)
class PictureBeside:
    """A picture that lies beside an entry and would become its evidence."""

    item: str
    label: str
    place: str
    picture: PlacedPicture = field(repr=False)


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """What one scoresheet would change.

    Attributes:
        file: the name of its file.
        assessment: whose sheet it is.
        site_name: the site that was assessed.
        column: whose scores.
        changes: what would change.
        pictures: what would become evidence.
        problems: what cannot be taken, each with its place.
        notes: what a person should know.
        unchanged: how many answers stay as they are.
        alarm: whether so much differs that perhaps a column was sorted by itself; then nothing is chosen beforehand.
    """

    file: str
    assessment: AssessmentId
    site_name: str
    column: str
    changes: tuple[Change, ...] = ()
    pictures: tuple[PictureBeside, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    unchanged: int = 0
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What was found in one file; with ``problems`` it could not be read, or holds no scoresheet that is known here."""

    name: str
    sheets: tuple[SheetPreview, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """Everything that some files would change."""

    files: tuple[FilePreview, ...]

    @property
    def sheets(self) -> tuple[SheetPreview, ...]:
        """All scoresheets, in the order of the files."""
        return tuple(sheet for file in self.files for sheet in file.sheets)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems; those of sheets name their place, those of files the file."""
        whole = (problem for file in self.files for problem in file.problems)
        inside = (
            replace(problem, place=f"{sheet.file} {problem.place}".strip())
            for sheet in self.sheets
            for problem in sheet.problems
        )
        return (*whole, *inside)


def preview(
    workspace: Workspace, files: Iterable[tuple[str, bytes]], wording: Wording, *, progress: Report = silent
) -> ImportPreview:
    """Say what some files would change; nothing is written.

    Args:
        workspace: the register.
        files: names and contents; whatever is wrong with one of them stands in its preview.
        wording: the language of places and values.
        progress: told after each file; may raise to stop.
    """
    waiting = list(files)
    found: list[FilePreview] = []
    for done, (name, content) in enumerate(waiting, start=1):
        found.append(_file(workspace, name, content, wording))
        progress(done, len(waiting))
    return ImportPreview(tuple(_without_rivals(_with_few_pictures(found))))


def preview_files(
    workspace: Workspace, files: Iterable[Path], wording: Wording, *, progress: Report = silent
) -> ImportPreview:
    """Say what files on the disk would change, as ``preview`` does; none is kept in memory longer than needed."""
    waiting = list(files)
    found: list[FilePreview] = []
    for done, path in enumerate(waiting, start=1):
        try:
            found.append(_file(workspace, path.name, file_content(path), wording))
        except ProblemsFound as error:
            found.append(FilePreview(path.name, problems=error.problems))
        except OSError as error:
            found.append(FilePreview(path.name, problems=(_unread(path, error),)))
        progress(done, len(waiting))
    return ImportPreview(tuple(_without_rivals(_with_few_pictures(found))))


def _unread(path: Path, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem("file.not_found", path.name, {"path": str(path)})
    return Problem("file.not_readable", path.name, {"path": str(path), "detail": why(error)})


def _file(workspace: Workspace, name: str, content: bytes, wording: Wording) -> FilePreview:
    try:
        book = read_workbook(content, name)
    except ProblemsFound as error:
        return FilePreview(name, problems=error.problems)
    sheets = find_scoresheets(book.sheets, wording)
    if not sheets:
        return FilePreview(name, problems=(Problem("import.no_scoresheet", name),))
    previews: list[SheetPreview] = []
    problems: list[Problem] = []
    for found in sheets:
        pictures = [one for one in book.pictures if one.sheet == found.cells.title]
        try:
            with workspace.database.reading() as connection:
                previews.append(_sheet(workspace, connection, name, found, pictures, wording))
        except UserError as error:
            if error.code == "register.unknown_assessment":
                problems.append(Problem("import.unknown_assessment", name, {"sheet": found.cells.title}))
            else:
                problems.append(Problem(error.code, name, error.values))
    return FilePreview(name, tuple(previews), tuple(problems), book.notes)


def _sheet(
    workspace: Workspace,
    connection: Connection,
    name: str,
    found: FoundScoresheet,
    pictures: Sequence[PlacedPicture],
    wording: Wording,
) -> SheetPreview:
    refuse_closed(workspace, connection, found.id.assessment)
    sheet = reading.sheet(workspace, connection, found.id.assessment)
    written_for = reading.checklist(workspace, connection, found.id.edition)
    read = read_scoresheet(found, written_for, sheet.on, wording)
    if found.id.edition != sheet.edition_id:
        _drop_other_words(read, sheet, written_for)
    compared = compare(connection, sheet, read, wording)
    beside, lost = _pictures(sheet, read, pictures, wording)
    notes = [*_absent(sheet, written_for, read, wording), *read.notes, *lost]
    given = sum(1 for change in compared.changes if change.author) + read.refused
    alarm = given >= FEWEST and given > MANY * len(sheet.answers)
    if alarm:
        values = {"count": given, "of": len(sheet.answers)}
        notes.insert(0, Problem("import.many_changes", found.cells.title, values))
    return SheetPreview(
        name,
        sheet.assessment.id,
        sheet.assessment.site_name,
        sheet.assessment.column,
        compared.changes,
        tuple(beside),
        (*read.problems, *compared.problems),
        tuple(notes),
        compared.unchanged,
        alarm,
    )


def _absent(
    sheet: reading.Sheet, written_for: reading.Checklist, read: ReadScoresheet, wording: Wording
) -> list[Problem]:
    """Tell which entries have no row any more."""
    gone = [entry for entry in written_for.entries() if entry.key not in read.seen]
    if not gone:
        return []
    labels = Labels(written_for, sheet.on, wording)
    named = "；".join(labels.of(entry) for entry in gone[:MOST_NAMED]) + ("…" if len(gone) > MOST_NAMED else "")
    return [Problem("import.rows_absent", "", {"count": len(gone), "items": named})]


def refuse_closed(workspace: Workspace, connection: Connection, assessment_id: str) -> None:
    """Refuse what takes no answers: it is closed, shut out, somebody else's, or not this person's work.

    Raises:
        UserError: it is one of these.
    """
    row = reading.assessment(connection, assessment_id)
    blindness.refuse_writing(workspace, connection, assessment_id)
    if row.stage is not Stage.SCORING:
        raise UserError("assessing.not_open", site=row.site_name, stage=row.stage.value)
    prechecking.refuse_shut_out(connection, assessment_id)


def _drop_other_words(read: ReadScoresheet, sheet: reading.Sheet, written_for: reading.Checklist) -> None:
    """Leave out answers to words that the edition in force has changed since the sheet was written."""
    today = {entry.key: entry_hash(entry) for entry in sheet.checklist.entries()}
    same = {entry.key for entry in written_for.entries() if today.get(entry.key) == entry_hash(entry)}
    for key, entry in list(read.entries.items()):
        if key not in same:
            del read.entries[key]
            if entry.touched:
                read.problems.append(Problem("import.words_changed", entry.place, {"label": key}))


def _pictures(
    sheet: reading.Sheet, read: ReadScoresheet, pictures: Sequence[PlacedPicture], wording: Wording
) -> tuple[list[PictureBeside], list[Problem]]:
    """Give pictures to the entries beside which they lie; those that lie beside none are told."""
    numbers = {entry.key: entry.number or entry.key for entry in sheet.checklist.entries()}
    beside: list[PictureBeside] = []
    lost: list[Problem] = []
    for one in pictures:
        place = wording.say("import.place", sheet=one.sheet, cell=one.cell)
        item = read.rows.get(one.row, "")
        if item and sheet.unlocked(item):
            beside.append(PictureBeside(item, numbers.get(item, item), place, one))
        else:
            code = "import.picture_locked" if item else "import.picture_nowhere"
            lost.append(Problem(code, place, {"name": one.name}))
    return beside, lost


def _with_few_pictures(files: Sequence[FilePreview]) -> list[FilePreview]:
    """Leave out the pictures of files that are too many to wait in memory together, and say so."""
    left = MOST_PICTURES
    kept: list[FilePreview] = []
    for file in files:
        contents = {
            id(one.picture.content): len(one.picture.content) for sheet in file.sheets for one in sheet.pictures
        }
        left -= sum(contents.values())
        if contents and left < 0:
            told = Problem("import.pictures_too_many", file.name, {"limit": MOST_PICTURES // 1_000_000})
            bare = tuple(replace(sheet, pictures=()) for sheet in file.sheets)
            kept.append(replace(file, sheets=bare, problems=(*file.problems, told)))
        else:
            kept.append(file)
    return kept


# --- several files about the same answers


def _without_rivals(files: Sequence[FilePreview]) -> Iterator[FilePreview]:
    """Mark what two files want differently, and keep what they want alike only once."""
    wanted: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for file in files:
        for sheet in file.sheets:
            for change in sheet.changes:
                wanted[sheet.assessment, change.key].setdefault(repr(change.outcome), sheet.file)
    taken: set[tuple[str, str, str]] = set()
    for file in files:
        yield replace(file, sheets=tuple(_marked(sheet, wanted, taken) for sheet in file.sheets))


def _marked(
    sheet: SheetPreview, wanted: Mapping[tuple[str, str], Mapping[str, str]], taken: set[tuple[str, str, str]]
) -> SheetPreview:
    kept: list[Change] = []
    for change in sheet.changes:
        outcomes = wanted[sheet.assessment, change.key]
        once = (sheet.assessment, change.key, repr(change.outcome))
        if once not in taken:
            taken.add(once)
            kept.append(replace(change, state=ChangeState.RIVAL) if len(outcomes) > 1 else change)
    return replace(sheet, changes=tuple(kept))
