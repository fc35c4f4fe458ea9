"""The place of the studio in its room: opens drafts and editions, keeps drafts saved, rebuilds when words change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.models.versions import Version
from ui.studio.draft_keeper import DraftKeeper
from ui.studio.draft_session import DraftSession
from ui.studio.fields import discard
from ui.studio.studio_view import StudioView
from ui.widgets.answer_editor import tight
from wufei_cells.checklists.drafting import string_at
from wufei_cells.checklists.outline import text_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.context import AppContext
    from ui.studio.checklist_steps import ChecklistSteps
    from wufei_cells.checklists.yaml_source import Data
    from wufei_cells.domain.checklists import Checklist
    from wufei_cells.domain.register import DraftRow
    from wufei_cells.services.drafting import OpenDraft


class StudioDesk(QWidget):
    """Holds the studio while something is open, and does with it what the bar offers.

    Signals:
        left: the person wants to go back to the list.
    """

    left = Signal()

    def __init__(self, context: AppContext, steps: ChecklistSteps, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._steps = steps
        self.others: Sequence[Version] = ()
        """What a draft can be held against."""
        self.session: DraftSession | None = None
        self.keeper: DraftKeeper | None = None
        self.view: StudioView | None = None
        self._edition: Version | None = None
        self._reason = ""
        self._column = tight(QVBoxLayout(self))

    # --- public

    @property
    def checklist(self) -> Checklist | None:
        """What is open, once nothing is wrong with it."""
        if self.session is None:
            return None
        self.session.lint_now()
        return None if self.session.problems else self.session.checklist

    @property
    def version(self) -> Version | None:
        """What is open, as something to compare, publish or export."""
        if self.session is None:
            return None
        if self.keeper is None:
            return self._edition
        data, i18n = self.session.data, self._context.i18n
        title, edition = i18n.text(text_at(data, ("title",))), string_at(data, ("edition",))
        label = i18n.tr("checklists.version", title=title, edition=edition, state=i18n.tr("checklists.draft"))
        return Version(self.keeper.row.id, label, draft=True, category=string_at(data, ("category", "key")))

    def open_draft(self, draft: OpenDraft, reserved: frozenset[str] = frozenset()) -> None:
        """Open a draft to be written."""
        self._close()
        session = DraftSession(draft.data, reserved=reserved, parent=self)
        keeper = DraftKeeper(self._context, session, draft.row, self)
        keeper.state_changed.connect(self._say_state)
        keeper.conflicted.connect(self._on_conflicted)
        self.session, self.keeper, self._reason = session, keeper, ""
        self._build()
        if draft.row.values > 1:
            self._on_conflicted(draft.row)

    def open_edition(self, edition: Version, data: Data, reason: str) -> None:
        """Open a published edition to be looked at; ``reason`` says why it cannot be changed."""
        self._close()
        self._edition = edition
        self.session = DraftSession(data, read_only=True, parent=self)
        self._reason = reason
        self._build()

    def close_draft(self) -> None:
        """Forget what is open; what is not saved is lost on purpose (it was published or discarded)."""
        if self.keeper is not None:
            self.keeper.blockSignals(True)
            self.keeper.stop()
        self._close(save=False)

    def flush(self) -> None:
        """Save at once what is not saved."""
        if self.keeper is not None:
            self.keeper.flush()

    def when_saved(self, then: Callable[[], object]) -> None:
        """Save, and do something then; an edition has nothing to save."""
        if self.keeper is not None:
            self.keeper.when_saved(then)
        else:
            then()

    @Slot()
    def retranslate(self) -> None:
        """Build the studio anew in the language and the colors in use; what is open stays, where it was."""
        if self.view is not None:
            tab, path = self.view.tab, self.view.tree.current_path
            self._build()
            self.view.show_tab(tab)
            self.view.tree.choose(path)

    # --- the rest

    def _build(self) -> None:
        assert self.session is not None
        old = self.view
        title = self._context.i18n.text(text_at(self.session.data, ("title",)))
        edition = string_at(self.session.data, ("edition",))
        self.view = StudioView(self._context, self.session, f"{title} {edition}".strip(), self._reason)
        self.view.asked.connect(self._on_asked)
        self.view.banner.action_triggered.connect(self._on_insisted)
        self._column.addWidget(self.view)
        self.setFocusProxy(self.view.tree)
        if old is not None:
            self._column.removeWidget(old)
            discard(old)
        self._say_state()

    def _close(self, *, save: bool = True) -> None:
        if save:
            self.flush()
        for part in (self.view, self.keeper, self.session):
            if isinstance(part, QWidget):
                self._column.removeWidget(part)
                discard(part)
            elif isinstance(part, QObject):
                part.deleteLater()
        self.view = self.keeper = self.session = None

    # --- slots

    def _on_asked(self, what: str) -> None:
        acts: dict[str, Callable[[], object]] = {
            "back": self.left.emit,
            "save": self.flush,
            "publish": partial(self.when_saved, self._publish),
            "compare": partial(self.when_saved, self._compare),
            "impact": self._show_impact,
            "excel": partial(self.when_saved, partial(self._export, "excel")),
            "yaml": partial(self.when_saved, partial(self._export, "yaml")),
            "discard": self._discard,
        }
        acts[what]()

    def _publish(self) -> None:
        checklist = self.checklist
        if self.keeper is not None and self.version is not None and checklist is not None:
            versions = [*self._held_against(), self.version]
            self._steps.publish(checklist, self.version, versions, self.keeper.row.heads)

    def _compare(self) -> None:
        if self.version is not None:
            self._steps.compare([*self._held_against(), self.version], self.version)

    def _show_impact(self) -> None:
        checklist = self.checklist
        if checklist is None or self.version is None:
            self._context.notices.post(self._context.i18n.tr("checklists.unsound_short"), "attention")
        else:
            self._steps.show_impact(checklist, self.version.label)

    def _export(self, kind: str) -> None:
        if self.version is not None:
            self._steps.export(kind, self.version)

    def _discard(self) -> None:
        if self.keeper is not None:
            self._steps.discard(self.keeper.row.id)

    def _held_against(self) -> list[Version]:
        own = self.version.id if self.version else ""
        return [version for version in self.others if not version.draft and version.id != own]

    @Slot()
    def _say_state(self, _state: str = "") -> None:
        if self.view is not None:
            state = self.keeper.state if self.keeper else "read_only"
            self.view.bar.say_state(self._context.i18n.tr(f"studio.state.{state}"))

    def _on_conflicted(self, row: DraftRow) -> None:
        if self.view is not None:
            tr = self._context.i18n.tr
            self.view.banner.say(
                tr("studio.conflict", count=row.values), "conflict", "conflict", tr("studio.conflict_insist")
            )

    @Slot()
    def _on_insisted(self) -> None:
        if self.keeper is not None and self.view is not None:
            self.keeper.insist()
            self.view.banner.say("")
