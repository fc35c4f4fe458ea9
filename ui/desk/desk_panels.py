"""What stands around the item on the desk: other views of the same answers, and the panels beside it.

Views and panels are built when they are looked at for the first time, so that a site opens no slower for them. What
their names count is asked for in one go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from ui.context import AppContext, Change, Desk
    from ui.models.scoring_session import ScoringSession
    from ui.widgets.desk_view import DeskView

READING = ("evidence", "findings")  # panels that read when an assessment is opened; one was, before they were built
SETTLED = 300  # milliseconds after a change until what stands beside is counted anew


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the answers of an assessment."""

    assessment: str
    evidence: Mapping[str, int]
    """Pieces, by item."""
    findings: int
    """How many are not closed, with those that earlier assessments left open."""
    changed: frozenset[str]
    """Items that somebody else answered since the person looked last."""


class DeskPanels(QObject):
    """Mounts views and panels at the desk and keeps them at the item that is looked at.

    Signals:
        entry_requested: the person wants to see an item (its key).
        assessment_requested: the person wants an item of another assessment (its id, the item's key).
        counted: what stands beside was counted (Beside).
    """

    entry_requested = Signal(str)
    assessment_requested = Signal(str, str)
    counted = Signal(object)

    def __init__(self, context: AppContext, session: ScoringSession, view: DeskView) -> None:
        super().__init__(view)
        self._context = context
        self._session = session
        self._view = view
        self._key = ""
        self._beside: Beside | None = None
        self._only: frozenset[str] | None = None
        self._places: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[QWidget], QWidget]] = {}
        self.built: dict[str, Any] = {}
        """Views and panels that were looked at already, by name; each knows how to show an item and its own words."""
        self._counting = QTimer(self, singleShot=True, interval=SETTLED)
        self._counting.timeout.connect(self._count)
        for name, make in (("grid", self._make_grid), ("across", self._make_across)):
            view.mount_view(name, f"desk.view_{name}", self._place(name, make))
        panels = (("evidence", self._make_evidence), ("findings", self._make_findings), ("team", self._make_team))
        for name, make in panels:
            view.side.add(name, f"desk.side_{name}", self._place(name, make))
        view.side.shown.connect(self._on_shown)
        session.loaded.connect(self._count)
        context.events.assessment_changed.connect(self._on_changed)

    # --- public

    def show_key(self, key: str) -> None:
        """Turn to another item."""
        self._key = key
        for name in (self._view.view, self._view.side.tabs.current):
            if name in self.built:
                self._turn(name)
        self._show_counts()

    def show_view(self, name: str) -> None:
        """Bring up another view of the answers."""
        if name in self._places:
            self._open(name)
        self._view.show_view(name)
        if name in self.built:
            self.built[name].setFocus()  # into its table

    def show_only(self, keys: frozenset[str] | None) -> None:
        """List only some items in the grid, as the list beside the item does; ``None``: all."""
        self._only = keys
        if "grid" in self.built:
            self.built["grid"].show_keys(keys)

    def begin(self, name: str) -> None:
        """Bring a panel into view and begin to work in it."""
        self._view.side.setVisible(True)
        self._view.side.show_panel(name)
        if name == "team":
            self.built[name].setFocus()
        else:
            self.built[name].begin()

    def paste(self) -> bool:
        """Take evidence from the clipboard; tells whether there was something to take."""
        self._view.side.show_panel("evidence")
        return self.built["evidence"].paste()

    def flush(self) -> None:
        """Store what is still being typed in a panel."""
        if "findings" in self.built:
            self.built["findings"].flush()

    def retranslate(self) -> None:
        """Write everything anew."""
        for part in self.built.values():
            part.retranslate()

    # --- building

    def _place(self, name: str, make: Callable[[QWidget], QWidget]) -> QWidget:
        place = QWidget()
        QVBoxLayout(place).setContentsMargins(0, 0, 0, 0)
        self._places[name], self._makers[name] = place, make
        return place

    def _open(self, name: str) -> None:
        """Build what was not looked at yet, and turn it to the item."""
        if name not in self.built:
            place = self._places[name]
            self.built[name] = made = self._makers[name](place)
            layout = place.layout()
            assert layout is not None
            layout.addWidget(made)
            if name in READING:
                self.built[name].read()
        self._turn(name)

    def _turn(self, name: str) -> None:
        """Turn a view or panel to the item that is looked at."""
        part = self.built[name]
        (part.go_to if name == "grid" else part.show_key)(self._key)

    def _make_grid(self, place: QWidget) -> QWidget:
        from ui.desk.answer_grid import AnswerGrid  # noqa: PLC0415 - when it is looked at

        grid = AnswerGrid(self._context, self._session, place)
        grid.entry_requested.connect(self.entry_requested)
        if self._beside:
            grid.show_evidence(self._beside.evidence)
        grid.show_keys(self._only)
        return grid

    def _make_across(self, place: QWidget) -> QWidget:
        from ui.desk.across_view import AcrossView  # noqa: PLC0415

        across = AcrossView(self._context, self._session, place)
        across.entry_requested.connect(self.entry_requested)
        across.assessment_requested.connect(self.assessment_requested)
        return across

    def _make_evidence(self, place: QWidget) -> QWidget:
        from ui.desk.evidence_panel import EvidencePanel  # noqa: PLC0415

        return self._counting_panel("evidence", EvidencePanel(self._context, self._session, place))

    def _make_findings(self, place: QWidget) -> QWidget:
        from ui.desk.findings_panel import FindingsPanel  # noqa: PLC0415

        return self._counting_panel("findings", FindingsPanel(self._context, self._session, place))

    def _make_team(self, place: QWidget) -> QWidget:
        from ui.desk.team_panel import TeamPanel  # noqa: PLC0415

        panel = TeamPanel(self._context, self._session, place)
        panel.sheet_requested.connect(partial(self._on_sheet_requested))
        return self._counting_panel("team", panel)

    def _counting_panel(self, name: str, panel: Any) -> QWidget:
        panel.count_changed.connect(partial(self._view.side.tabs.show_count, name))
        return panel

    # --- counting

    def _on_changed(self, _change: Change) -> None:
        self._counting.start()

    def _count(self) -> None:
        row = self._session.assessment
        if row is not None:
            self._context.ask(self, partial(_read_beside, row.id), self._on_counted)

    def _on_counted(self, beside: Beside) -> None:
        row = self._session.assessment
        if row is None or row.id != beside.assessment:
            return
        self._beside = beside
        if "grid" in self.built:
            self.built["grid"].show_evidence(beside.evidence)
        self._show_counts()
        self.counted.emit(beside)

    def _show_counts(self) -> None:
        beside = self._beside
        if beside is None:
            return
        counts = {"evidence": beside.evidence.get(self._key, 0), "findings": beside.findings}
        for name, count in counts.items():
            if name not in self.built:
                self._view.side.tabs.show_count(name, count)

    # --- slots

    def _on_shown(self, name: str) -> None:
        if name in self._places:
            self._open(name)

    def _on_sheet_requested(self, sheet: str) -> None:
        self.assessment_requested.emit(sheet, self._key)


# --- in the worker thread


def _read_beside(assessment: str, desk: Desk) -> Beside:
    workspace = desk.workspace
    evidence = desk.evidencing.list_evidence(workspace, assessment)
    findings = desk.finding_faults.sheet_findings(workspace, assessment)
    return Beside(
        assessment,
        Counter(row.item for row in evidence),
        findings.waiting,
        frozenset(desk.looking.changed_since_look(workspace, assessment)),
    )
