"""The bars of the studio: what is open and what can be done with it; and what can be done in the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.studio.fields import Bench

TABS = (("items", "checklist"), ("settings", "settings"), ("translations", "languages"))
MORE = (("excel", "table"), ("yaml", "save"), ("discard", "remove"))


class StudioBar(QWidget):
    """What is open, whether it is saved, what is wrong, and what can be done.

    Signals:
        asked: the person wants something done (what).
        tab_chosen: the person wants another tab (its name).
    """

    asked = Signal(str)
    tab_chosen = Signal(str)

    def __init__(self, bench: Bench, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.title_label = ElidedLabel("section")
        self.title_label.setText(title)
        self.state_label = plain_label("caption")
        self.back_button = self._button("back", "studio.back")
        self.undo_button = self._button("undo", "studio.undo", text=False)
        self.redo_button = self._button("redo", "studio.redo", text=False)
        self.problems_button = self._button("problems", "", icon="check")
        self.compare_button = self._button("compare", "studio.compare")
        self.impact_button = self._button("impact", "studio.impact")
        self.publish_button = self._button("publish", "studio.publish")
        self.publish_button.setProperty("role", "accent")
        self.tabs = {name: self._tab(name, icon) for name, icon in TABS}
        self.more_button = QToolButton(self)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.more_button)
        self.more_button.setMenu(self.menu)
        self._build_layout()
        self._dress()
        self.refresh()
        self.show_problems(len(bench.session.problems))

    # --- build

    def _button(self, what: str, key: str, *, text: bool = True, icon: str = "") -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(what)
        words = self._bench.tr(key) if key else ""
        button.setIcon(self._bench.theme.icon(icon or what, "on_accent" if what == "publish" else "text"))
        button.setIconSize(QSize(16, 16))
        if text:
            button.setText(words)
        else:
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setProperty("role", "flat")
            button.setFixedWidth(36)
        button.clicked.connect(self._on_clicked)
        return button

    def _tab(self, name: str, icon: str) -> QPushButton:
        chip = QPushButton(self._bench.theme.icon(icon), self._bench.tr(f"studio.tab.{name}"), self)
        chip.setObjectName(name)
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        chip.clicked.connect(self._on_tab_clicked)
        return chip

    def _build_layout(self) -> None:
        above = tight(QHBoxLayout(), 8)
        above.addWidget(self.back_button)
        above.addWidget(self.title_label, 1)
        above.addWidget(self.state_label)
        for button in (self.compare_button, self.impact_button, self.more_button, self.publish_button):
            above.addWidget(button)
        below = tight(QHBoxLayout(), 8)
        for chip in self.tabs.values():
            below.addWidget(chip)
        below.addStretch(1)
        for button in (self.problems_button, self.undo_button, self.redo_button):
            below.addWidget(button)
        column = tight(QVBoxLayout(self))
        column.addLayout(above)
        column.addLayout(below)

    def _dress(self) -> None:
        tr, editable = self._bench.tr, not self._bench.session.read_only
        self.more_button.setIcon(self._bench.theme.icon("more"))
        self.more_button.setToolTip(tr("studio.more_actions"))
        self.more_button.setAccessibleName(tr("studio.more_actions"))
        for what, icon in MORE:
            if what == "discard" and not editable:
                continue
            action = self.menu.addAction(self._bench.theme.icon(icon), tr(f"studio.menu.{what}"))
            action.setData(what)
            action.triggered.connect(self._on_triggered)
        for button in (self.publish_button, self.undo_button, self.redo_button, self.impact_button):
            button.setVisible(editable)

    # --- public

    def refresh(self) -> None:
        """Offer undo and redo as there is something to take back."""
        session = self._bench.session
        self.undo_button.setEnabled(session.can_undo)
        self.redo_button.setEnabled(session.can_redo)

    def show_problems(self, count: int) -> None:
        """Say how many problems there are; without any the checklist can be published."""
        tr, theme = self._bench.tr, self._bench.theme
        self.problems_button.setText(tr("studio.problems_count", count=count) if count else tr("studio.no_problems"))
        self.problems_button.setIcon(theme.icon("alert", "failed") if count else theme.icon("check", "passed"))
        self.problems_button.setToolTip(tr("studio.next_problem") if count else "")
        self.problems_button.setEnabled(bool(count))
        self.publish_button.setEnabled(not count)

    def say_state(self, text: str) -> None:
        """Say whether the draft is saved."""
        self.state_label.setText(text)

    def mark_tab(self, name: str) -> None:
        """Mark the tab that is shown."""
        for known, chip in self.tabs.items():
            chip.setChecked(known == name)

    # --- slots

    def _on_clicked(self) -> None:
        self.asked.emit(self.sender().objectName())

    def _on_tab_clicked(self) -> None:
        self.tab_chosen.emit(self.sender().objectName())

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.asked.emit(str(action.data()))


class TreeBar(QWidget):
    """The buttons above the tree.

    Signals:
        asked: the person wants something done (items, groups, gates, bonus, deductions, up, down, duplicate, remove).
    """

    asked = Signal(str)

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVisible(not bench.session.read_only)
        self.add_button = QToolButton(self)
        self.add_button.setText(bench.tr("studio.add"))
        self.add_button.setIcon(bench.theme.icon("plus"))
        self.add_button.setIconSize(QSize(16, 16))
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.add_button)
        for name in ("items", "groups", "gates", "bonus", "deductions"):
            action = self.menu.addAction(bench.tr(f"studio.add.{name}"))
            action.setData(name)
            action.triggered.connect(self._on_triggered)
        self.add_button.setMenu(self.menu)
        row = tight(QHBoxLayout(self), 2)
        row.addWidget(self.add_button)
        row.addStretch(1)
        self.buttons: dict[str, QToolButton] = {}
        for name, icon in (("up", "up"), ("down", "down"), ("duplicate", "copy"), ("remove", "remove")):
            button = QToolButton(self)
            button.setProperty("role", "row")
            button.setObjectName(name)
            button.setIcon(bench.theme.icon(icon))
            button.setIconSize(QSize(16, 16))
            button.setToolTip(bench.tr(f"studio.tree.{name}"))
            button.setAccessibleName(bench.tr(f"studio.tree.{name}"))
            button.clicked.connect(self._on_clicked)
            self.buttons[name] = button
            row.addWidget(button)

    def _on_clicked(self) -> None:
        self.asked.emit(self.sender().objectName())

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.asked.emit(str(action.data()))
