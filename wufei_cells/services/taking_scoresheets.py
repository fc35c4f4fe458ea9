"""Write what was chosen of scoresheets that came back: everything in one transaction, and as one step to take back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import Answer
from wufei_cells.domain.register import AssessmentId
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.progress import Report, silent
from wufei_cells.services import assessing, evidencing, reading, undoing
from wufei_cells.services.importing_scoresheets import ImportPreview, SheetPreview, refuse_closed
from wufei_cells.services.scoresheet_changes import Change, ChangeState
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Connection, Draft

if TYPE_CHECKING:
    from wufei_cells.evidence.pictures import Prepared

ChangeKey = tuple[int, str]
"""The place of a scoresheet among all of a preview, and the key of a change in it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written.

    Attributes:
        answers: how many answers.
        facts: how many facts of sites.
        pictures: how many pieces of evidence.
        places: the assessments, to take the step back with ``undoing.undo``.
        left_out: what was not written after all, and why.
    """

    answers: int
    facts: int
    pictures: int
    places: tuple[AssessmentId, ...]
    left_out: tuple[Problem, ...]


def usual_choice(found: ImportPreview) -> frozenset[ChangeKey]:
    """Choose what nobody else has changed since, in sheets that raise no alarm: of the rest a person decides."""
    return frozenset(
        (place, change.key)
        for place, sheet in enumerate(found.sheets)
        for change in sheet.changes
        if change.state is ChangeState.CHANGED and not sheet.alarm
    )


def take(
    workspace: Workspace,
    found: ImportPreview,
    chosen: Collection[ChangeKey],
    *,
    pictures: bool = True,
    progress: Report = silent,
) -> Taken:
    """Write what was chosen.

    What has changed in the register since the preview is left out and told; so is a picture that cannot be kept.

    Args:
        workspace: the register.
        found: the preview.
        chosen: the changes to be written; of those that exclude each other only one may be among them.
        pictures: whether pictures become evidence of the entries beside which they lie.
        progress: told after each picture; may raise to stop before anything is written.

    Raises:
        ProblemsFound: two files want different things of the same answer and both were chosen.
    """
    workspace.refuse_past()
    _refuse_rivals(found, chosen)
    taking = _Taking(workspace, found, chosen)
    if pictures:
        taking.keep_pictures(progress)
    with workspace.database.writing() as connection:
        for place, sheet in enumerate(found.sheets):
            taking.add(connection, place, sheet)
        if taking.drafts:
            undoing.write(workspace, connection, taking.drafts, places=taking.places)
    return taking.taken()


class _Taking:
    """Gathers the acts of one import."""

    def __init__(self, workspace: Workspace, found: ImportPreview, chosen: Collection[ChangeKey]) -> None:
        self._workspace = workspace
        self._found = found
        self._chosen = chosen
        self._kept: dict[int, list[evidencing.NewPiece]] = {}
        self._left_out: list[Problem] = []
        self._places: dict[AssessmentId, None] = {}
        self.drafts: list[Draft] = []

    @property
    def places(self) -> list[AssessmentId]:
        """The assessments that are written on."""
        return list(self._places)

    def taken(self) -> Taken:
        """Say what was written."""
        kinds = Counter(draft.kind for draft in self.drafts)
        return Taken(kinds["answer"], kinds["site_fact"], kinds["evidence"], tuple(self._places), tuple(self._left_out))

    def add(self, connection: Connection, place: int, sheet: SheetPreview) -> None:
        """Add the acts of one scoresheet."""
        wanted = [change for change in sheet.changes if (place, change.key) in self._chosen]
        beside = self._kept.get(place, [])
        if not wanted and not beside:
            return
        try:
            refuse_closed(self._workspace, connection, sheet.assessment)
        except UserError as error:
            self._left_out.append(Problem(error.code, sheet.file, error.values))
            return
        links = evidencing.link_drafts(self._workspace, connection, sheet.assessment, beside)
        found = [*self._answers(connection, sheet, wanted), *links]
        self.drafts += found
        if found:
            self._places[sheet.assessment] = None

    def _answers(self, connection: Connection, sheet: SheetPreview, wanted: Sequence[Change]) -> list[Draft]:
        """Give the acts for what still stands as it did in the preview."""
        now = reading.sheet(self._workspace, connection, sheet.assessment)
        answers: dict[str, Answer] = {}
        drafts: list[Draft] = []
        for change in wanted:
            if _stands(now, change) != change.stands:
                place = f"{sheet.file} {change.place}"
                self._left_out.append(Problem("import.changed_since", place, {"label": change.label}))
            elif change.answer is None:
                fact = change.key.removeprefix("facts.")
                drafts.append(Draft("site_fact", now.site.id, f"fact.{fact}", change.value))
            else:
                answers[change.key] = change.answer
        seen = {key: now.answers[key].heads for key in answers if key in now.answers}
        return [*drafts, *assessing.answer_drafts(now.checklist, sheet.assessment, answers, seen)]

    def keep_pictures(self, progress: Report) -> None:
        """Put the contents of all pictures on the disk; the record speaks of them only afterwards."""
        beside = [(place, one) for place, sheet in enumerate(self._found.sheets) for one in sheet.pictures]
        prepared: dict[bytes, Prepared | UserError] = {}
        for done, (place, one) in enumerate(beside, start=1):
            content = one.picture.content
            if content not in prepared:
                prepared[content] = _prepared(content)
            ready = prepared[content]
            if isinstance(ready, UserError):
                self._left_out.append(Problem(ready.code, f"{one.place} {one.picture.name}", ready.values))
            else:
                evidencing.keep(self._workspace, ready)
                self._kept.setdefault(place, []).append(evidencing.NewPiece(one.item, one.picture.name, ready))
            progress(done, len(beside))


def _refuse_rivals(found: ImportPreview, chosen: Collection[ChangeKey]) -> None:
    seen: dict[tuple[str, str], SheetPreview] = {}
    problems: list[Problem] = []
    for place, sheet in enumerate(found.sheets):
        for change in sheet.changes:
            if (place, change.key) not in chosen:
                continue
            first = seen.setdefault((sheet.assessment, change.key), sheet)
            if first is not sheet:
                values = {"label": change.label, "first": first.file, "second": sheet.file}
                problems.append(Problem("import.both_files", sheet.site_name, values))
    if problems:
        raise ProblemsFound(problems)


def _stands(sheet: reading.Sheet, change: Change) -> Answer | str:
    if change.is_fact:
        return sheet.facts.get(change.key.removeprefix("facts."), "")
    row = sheet.answers.get(change.key)
    return row.answer if row else Answer()


def _prepared(content: bytes) -> Prepared | UserError:
    try:
        return evidencing.prepare(content)
    except UserError as error:
        return error
