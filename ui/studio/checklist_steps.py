"""What is done with checklists, from the list and from the studio: begin, compare, publish, carry over, retire."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import Change
from ui.dialogs.carry_over_dialog import CarryOverDialog
from ui.dialogs.compare_dialog import CompareDialog
from ui.dialogs.impact_dialog import ImpactDialog
from ui.dialogs.new_checklist_dialog import Beginning, NewChecklistDialog
from ui.dialogs.problems_dialog import ProblemsDialog
from ui.dialogs.publish_dialog import PublishDialog
from ui.dialogs.reason_dialog import ReasonDialog
from ui.dialogs.save_dialog import FOLDER, SaveDialog
from ui.models.versions import in_force_beside, read_version, version_data
from wufei_cells.errors import ProblemsFound, UserError, why
from wufei_cells.services.saving import file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Desk
    from ui.models.editions_model import ChecklistRow
    from ui.models.versions import Version
    from ui.tasks import TaskProgress
    from wufei_cells.checklists.yaml_source import Data
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.register import ActRef, AssessmentId, EditionId, EditionRow
    from wufei_cells.services.checklist_files import FileRead
    from wufei_cells.services.drafting import OpenDraft
    from wufei_cells.wording import Wording

ENDINGS = {"excel": ".xlsx", "yaml": ".yaml"}
READABLE = "*.yaml *.yml *.json *.xlsx *.xlsm *.xls *.et *.xlsb *.ods"


class ChecklistSteps(QObject):
    """Asks what has to be asked and does it in the background.

    Signals:
        begun: a draft was begun; it is to be opened (OpenDraft).
        published: a draft is an edition now (EditionId).
        discarded: a draft is gone (its id).
    """

    begun = Signal(object)
    published = Signal(str)
    discarded = Signal(str)

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._tr = context.i18n.tr

    # --- beginning

    def begin_empty(self) -> None:
        """Ask for what kind of cell, and begin."""
        self._context.ask(self, _beginning, self._on_categories)

    def begin_from_edition(self, row: ChecklistRow) -> None:
        """Begin the next edition."""
        self._context.ask(self, partial(_from_edition, row.id), self._on_begun)

    def begin_from_file(self) -> None:
        """Ask for a file and begin with what stands in it."""
        folder = self._context.preferences.text(FOLDER, str(Path.home()))
        words = self._tr("checklists.readable", endings=READABLE)
        dialog = QFileDialog(self._window, self._tr("checklists.choose_file"), folder, words)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def read_file(self, name: str) -> None:
        """Begin with what stands in a file; mistakes in it come along, to be put right in the studio."""
        path = Path(name)
        self._context.preferences.remember(FOLDER, str(path.parent))
        work = partial(_read_file, path, self._context.i18n.wording)
        label = self._tr("checklists.reading", name=path.name)
        self._context.work(self, work, self._on_file_read, partial(self._on_unreadable, path.name), label=label)

    def _on_file_read(self, read: FileRead) -> None:
        if not read.remarks:
            self._on_data(read.data)
            return
        found = ProblemsFound(read.remarks, subject=read.name)
        dialog = ProblemsDialog(self._context, read.name, found, self._window, readable=True)
        dialog.opening_requested.connect(partial(self._on_data, read.data))
        dialog.open()

    def _on_categories(self, beginning: Beginning) -> None:
        dialog = NewChecklistDialog(self._context, beginning, self._window)
        dialog.begun.connect(self._on_data)
        dialog.open()

    def _on_data(self, data: Data) -> None:
        self._context.ask(self, partial(_begin, data), self._on_begun)

    def _on_begun(self, draft: OpenDraft) -> None:
        self._context.events.checklists_changed.emit(Change(draft.row.id))
        self.begun.emit(draft)

    def _on_unreadable(self, name: str, error: Exception) -> None:
        if isinstance(error, ProblemsFound):
            ProblemsDialog(self._context, name, error, self._window).open()
        else:
            self._context.tasks.failed.emit(error)

    # --- looking

    def compare(self, versions: Sequence[Version], one: Version) -> None:
        """Hold a version against the edition in force, or the one before."""
        before = in_force_beside(versions, one)
        if before is None:
            self._context.notices.post(self._tr("checklists.nothing_to_compare"), "information")
            return
        old, new = (before, one) if one.draft or not before.draft else (one, before)
        CompareDialog(self._context, versions, old, new, self._window).open()

    def show_impact(self, checklist: Checklist, title: str) -> None:
        """Show what a checklist would mean for every site."""
        ImpactDialog(self._context, checklist, title, self._window).open()

    def show_impact_of(self, version: Version) -> None:
        """Show what an edition that is to come would mean for every site."""
        show = partial(self._on_read_for_impact, version.label)
        self._context.ask(self, partial(_read, version), show)

    def _on_read_for_impact(self, title: str, checklist: Checklist) -> None:
        self.show_impact(checklist, title)

    # --- publishing and after

    def publish(
        self, checklist: Checklist, draft: Version, versions: Sequence[Version], heads: tuple[ActRef, ...]
    ) -> None:
        """Show what publishing does, and ask."""
        before = in_force_beside([version for version in versions if not version.draft or version == draft], draft)
        dialog = PublishDialog(self._context, checklist, draft, before, self._window)
        dialog.publish_confirmed.connect(partial(self._publish, draft.id, heads))
        dialog.comparison_requested.connect(partial(self.compare, versions, draft))
        dialog.impact_requested.connect(partial(self.show_impact, checklist, draft.label))
        dialog.open()

    def _publish(self, draft: str, heads: tuple[ActRef, ...]) -> None:
        self._context.ask(self, partial(_publish, draft, heads), self._on_published)

    def _on_published(self, answer: tuple[EditionRow, EditionRow | None]) -> None:
        row, other = answer
        day, name = self._context.i18n.day(row.effective_from), f"{row.key} {row.edition}"
        if other is not None:
            used = f"{other.key} {other.edition}"
            self._context.notices.post(self._tr("checklists.published_unused", edition=name, other=used), "attention")
        else:
            key = "checklists.published" if row.state.value == "in_force" else "checklists.published_to_come"
            self._context.notices.post(self._tr(key, edition=name, day=day), "passed")
        self._context.events.checklists_changed.emit(Change(row.id))
        self._context.events.progress_changed.emit()
        self.published.emit(row.id)

    def carry_over(self, category: str, edition: str, title: str) -> None:
        """Ask which running assessments are to go on under an edition."""
        dialog = CarryOverDialog(self._context, category, edition, title, self._window)
        dialog.carried.connect(self._on_carried)
        dialog.open()

    def _on_carried(self, assessments: tuple[AssessmentId, ...]) -> None:
        text = self._tr("checklists.carry.done", count=len(assessments))
        self._context.notices.post(text, "passed", partial(self._carry_back, assessments))
        self._tell_assessments(assessments)

    def _carry_back(self, assessments: tuple[AssessmentId, ...]) -> None:
        label = self._tr("checklists.carry.undoing")
        self._context.work(self, partial(_carry_back, assessments), self._on_carried_back, label=label)

    def _on_carried_back(self, assessments: tuple[AssessmentId, ...]) -> None:
        self._context.notices.post(self._tr("checklists.carry.undone", count=len(assessments)), "passed")
        self._tell_assessments(assessments)

    def _tell_assessments(self, assessments: tuple[AssessmentId, ...]) -> None:
        for assessment in assessments:
            self._context.events.assessment_changed.emit(Change(assessment, self))

    # --- taking away

    def retire(self, row: ChecklistRow) -> None:
        """Ask why, and take an edition out of use."""
        name = f"{self._context.i18n.text(row.title)} {row.edition}"
        dialog = ReasonDialog(self._context, "retire", name, self._window)
        dialog.reason_given.connect(partial(self._retire, row.id))
        dialog.open()

    def reinstate(self, edition: str) -> None:
        """Take a retired edition into use again."""
        self._context.ask(self, partial(_reinstate, edition), self._on_reinstated)

    def discard(self, draft: str) -> None:
        """Take a draft out of the list; it can be brought back."""
        self._context.ask(self, partial(_discard, draft), self._on_discarded)

    def _retire(self, edition: str, reason: str) -> None:
        self._context.ask(self, partial(_retire, edition, reason), self._on_retired)

    def _on_retired(self, row: EditionRow) -> None:
        undo = partial(self.reinstate, row.id)
        name = f"{row.key} {row.edition}"
        self._context.notices.post(self._tr("checklists.retired", edition=name), "passed", undo)
        self._context.events.checklists_changed.emit(Change(row.id))

    def _on_reinstated(self, row: EditionRow) -> None:
        name = f"{row.key} {row.edition}"
        self._context.notices.post(self._tr("checklists.reinstated", edition=name), "passed")
        self._context.events.checklists_changed.emit(Change(row.id))

    def _on_discarded(self, draft: OpenDraft) -> None:
        undo = partial(self._bring_back, draft)
        text = self._tr("checklists.discarded", title=draft.row.title)
        self._context.notices.post(text, "passed", undo)
        self._context.events.checklists_changed.emit(Change(draft.row.id))
        self.discarded.emit(draft.row.id)

    def _bring_back(self, draft: OpenDraft) -> None:
        self._context.ask(self, partial(_bring_back, draft), self._on_brought_back)

    def _on_brought_back(self, row: object) -> None:
        del row
        self._context.events.checklists_changed.emit(Change(""))

    # --- exporting

    def export(self, kind: str, version: Version) -> None:
        """Ask where to, and write a draft or an edition as a file that can be read in again."""
        dialog = SaveDialog(self._context, f"{file_name(version.label)}{ENDINGS[kind]}", self._window)
        dialog.path_chosen.connect(partial(self.export_to, version))
        dialog.open()

    def export_to(self, version: Version, path: Path) -> None:
        """Write a draft or an edition; the ending says what kind of file it is."""
        work = partial(_export, version, path, self._context.i18n.wording)
        self._context.work(self, work, self._on_exported, label=self._tr("checklists.exporting"))

    def _on_exported(self, path: Path) -> None:
        self._context.notices.post(self._tr("checklists.saved", path=path), "passed")


# --- in the worker thread


def _beginning(desk: Desk) -> Beginning:
    taken = frozenset((row.key, row.edition) for row in desk.browsing.editions(desk.workspace))
    return Beginning(desk.browsing.categories(desk.workspace), desk.workspace.today(), taken)


def _begin(data: Data, desk: Desk) -> OpenDraft:
    return desk.drafting.begin_draft(desk.workspace, data)


def _read_file(path: Path, wording: Wording, desk: Desk, _progress: TaskProgress) -> FileRead:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError("file.not_readable", path=str(path), detail=why(error)) from error
    return desk.checklist_files.read_file(content, path.name, wording)


def _from_edition(edition: str, desk: Desk) -> OpenDraft:
    return desk.drafting.begin_from_edition(desk.workspace, edition)


def _read(version: Version, desk: Desk) -> Checklist:
    return read_version(desk, version)


def _publish(draft: str, heads: tuple[ActRef, ...], desk: Desk) -> tuple[EditionRow, EditionRow | None]:
    edition: EditionId = desk.drafting.publish_draft(desk.workspace, draft, seen=heads)
    row = next(row for row in desk.browsing.editions(desk.workspace) if row.id == edition)
    return row, desk.edition_choice.used_instead(desk.workspace, edition)


def _carry_back(assessments: tuple[AssessmentId, ...], desk: Desk, progress: TaskProgress) -> tuple[AssessmentId, ...]:
    return desk.carrying_over.undo_carry_over_all(desk.workspace, assessments, report=progress.report)


def _retire(edition: str, reason: str, desk: Desk) -> EditionRow:
    return desk.retiring.retire_edition(desk.workspace, edition, reason=reason)


def _reinstate(edition: str, desk: Desk) -> EditionRow:
    return desk.retiring.reinstate_edition(desk.workspace, edition)


def _discard(draft: str, desk: Desk) -> OpenDraft:
    before = desk.drafting.open_draft(desk.workspace, draft)
    desk.drafting.discard_draft(desk.workspace, draft)
    return before


def _bring_back(draft: OpenDraft, desk: Desk) -> object:
    return desk.drafting.save_draft(desk.workspace, draft.row.id, draft.data)


def _export(version: Version, path: Path, wording: Wording, desk: Desk, _progress: TaskProgress) -> Path:
    return desk.checklist_files.write_file(path, version_data(desk, version), wording)
