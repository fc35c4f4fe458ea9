"""The studio: the tree at the left, the form in the middle, the trial at the right, the problems below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.studio.checklist_tree import ChecklistTree
from ui.studio.entry_forms import entry_form, kind_at
from ui.studio.fields import Bench
from ui.studio.form_pane import FormPane
from ui.studio.place_words import PlaceWords, entry_path
from ui.studio.problems_list import ProblemsList
from ui.studio.setting_forms import SECTIONS, section_of, setting_form
from ui.studio.studio_bar import StudioBar, TreeBar
from ui.studio.studio_style import studio_style
from ui.studio.translations_pane import TranslationsPane
from ui.studio.tree_places import GATES
from ui.studio.try_pane import TryPane
from ui.widgets.answer_editor import tight
from ui.widgets.banner import Banner
from ui.widgets.plain import plain_label
from wufei_cells.checklists.draft_entries import entry_paths, with_extra
from wufei_cells.checklists.drafting import at
from wufei_cells.checklists.outline import outline
from wufei_cells.domain.amounts import plain

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.studio.draft_session import DraftSession
    from wufei_cells.checklists.yaml_source import Data, Path

TABS = ("items", "settings", "translations")
WIDTHS = (250, 500, 318)
HEIGHTS = (560, 120)
NAV_WIDTH = 168
LONGEST_TITLE = 60  # characters of an entry's text above its form
PANES = "studio/panes"
"""Where the preferences keep how wide the panes are."""


class StudioView(QWidget):
    """Shows one draft, or one published edition to look at.

    Signals:
        asked: the person wants something done: back, publish, compare, impact, save, excel, yaml, discard.
    """

    asked = Signal(str)

    def __init__(
        self, context: AppContext, session: DraftSession, title: str, reason: str = "", parent: QWidget | None = None
    ) -> None:
        """Build the studio; ``reason`` says why an edition can only be looked at."""
        super().__init__(parent)
        self.session = session
        self.bench = Bench(session, context)
        self._words = PlaceWords(context.i18n)
        self._tab = "items"
        self._build_widgets(title)
        self._build_layout()
        self._connect_signals()
        self.setStyleSheet(studio_style(context.theme))
        if reason:
            self.banner.say(reason, "lock", "information")
        shown = self.tree.current_path
        self.tree.choose(first_entry(session.data))
        if self.tree.current_path == shown:  # else the tree has said so
            self._show_entry(shown)
        self.show_tab("items")
        self._on_linted()

    # --- build

    def _build_widgets(self, title: str) -> None:
        bench = self.bench
        self.bar = StudioBar(bench, title)
        self.banner = Banner(bench.theme, self)
        self.tree = ChecklistTree(bench)
        self.tree_bar = TreeBar(bench)
        self.total_label = plain_label("caption", wrap=True)
        self.form_pane = FormPane(bench)
        self.try_pane = TryPane(bench)
        self.section_list = QListWidget()
        self.section_list.setAccessibleName(bench.tr("studio.tab.settings"))
        self.section_list.addItems([bench.tr(f"studio.settings.{name}") for name in SECTIONS])
        self.section_list.setFixedWidth(NAV_WIDTH)
        self.section_list.setSpacing(4)
        self.setting_pane = FormPane(bench)
        self.translations_pane = TranslationsPane(bench)
        self.problems_list = ProblemsList(bench)

    def _build_layout(self) -> None:
        left = QWidget()
        column = tight(QVBoxLayout(left), 6)
        column.addWidget(self.tree_bar)
        column.addWidget(self.tree, 1)
        column.addWidget(self.total_label)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=10)
        for widget, least in ((left, 210), (self.form_pane, 360), (self.try_pane, 240)):
            widget.setMinimumWidth(least)
            self.splitter.addWidget(widget)
        for place, share in enumerate((2, 5, 3)):
            self.splitter.setStretchFactor(place, share)
        if not self.splitter.restoreState(self.bench.context.preferences.bytes(PANES)):
            self.splitter.setSizes(list(WIDTHS))
        settings = QWidget()
        row = tight(QHBoxLayout(settings), 10)
        row.addWidget(self.section_list)
        row.addWidget(self.setting_pane, 1)
        self.stack = QStackedWidget()
        for widget in (self.splitter, settings, self.translations_pane):
            self.stack.addWidget(widget)
        self.halves = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False, handleWidth=8)
        self.halves.addWidget(self.stack)
        self.halves.addWidget(self.problems_list)
        self.halves.setSizes(list(HEIGHTS))
        self.halves.setStretchFactor(0, 1)
        self.problems_list.setMinimumHeight(64)
        whole = tight(QVBoxLayout(self))
        whole.addWidget(self.bar)
        whole.addWidget(self.banner)
        whole.addWidget(self.halves, 1)

    def _connect_signals(self) -> None:
        session = self.session
        session.changed.connect(self._on_changed)
        session.shown.connect(self.show_place)
        session.linted.connect(self._on_linted)
        session.tried.connect(self.try_pane.refresh)
        self.splitter.splitterMoved.connect(self._on_panes_moved)
        self.bar.asked.connect(self._on_asked)
        self.bar.tab_chosen.connect(self.show_tab)
        self.tree.entry_chosen.connect(self._show_entry)
        self.tree.entry_opened.connect(self.form_pane.begin)
        self.tree_bar.asked.connect(self.act_on_tree)
        self.section_list.currentRowChanged.connect(self._on_section_chosen)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Undo), session.undo),
            (QKeySequence("Ctrl+Y"), session.redo),
            (QKeySequence("Ctrl+Shift+Z"), session.redo),
            (QKeySequence("F8"), self.next_problem),
            (QKeySequence(QKeySequence.StandardKey.Save), self._on_save_key),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # --- public

    @property
    def tab(self) -> str:
        """Which tab is shown."""
        return self._tab

    @Slot(str)
    def show_tab(self, name: str) -> None:
        """Show the items, the settings or the translations."""
        self._tab = name
        self.stack.setCurrentIndex(TABS.index(name))
        self.bar.mark_tab(name)
        if name == "translations":
            self.translations_pane.refresh()
        elif name == "settings":
            if self.section_list.currentRow() < 0:  # not built before somebody wants to see it
                self.section_list.setCurrentRow(0)
            self.setting_pane.refresh()
            self.setting_pane.mark_problems()

    @Slot(object)
    def show_place(self, path: Path) -> None:
        """Lead to a place of the draft: its tab, its entry, its field."""
        entry = entry_path(path)
        if entry or path[:1] in (GATES, ("groups",)):
            self.show_tab("items")
            self.tree.choose(entry or path)
            if len(path) > len(entry):
                self.form_pane.jump(path)
            else:
                self.tree.setFocus()
            return
        self.show_tab("settings")
        self.section_list.setCurrentRow(list(SECTIONS).index(section_of(path)))
        self.setting_pane.jump(path)

    @Slot()
    def next_problem(self) -> None:
        """Lead to the next problem after the one that was shown last."""
        count = self.problems_list.topLevelItemCount()
        if count:
            current = self.problems_list.currentIndex().row()
            self.problems_list.lead_to((current + 1) % count)

    @Slot(str)
    def act_on_tree(self, what: str) -> None:
        """Do what a button above the tree or its menu says."""
        if what in ("up", "down"):
            self.tree.shift(-1 if what == "up" else 1)
        elif what == "remove":
            self.tree.remove()
        elif what == "duplicate":
            self.tree.duplicate()
        elif what in ("bonus", "deductions"):
            self._add_extra(what)
        else:
            self._add_entry(what)

    # --- slots

    @Slot(object, bool)
    def _on_changed(self, place: Path, typing: bool) -> None:
        del place
        self.tree.show_tree()
        self._say_total()
        for pane in (self.form_pane, self.setting_pane):
            if not typing or pane.isVisible():
                pane.refresh()
        self._title_entry()
        self.bar.refresh()
        if self._tab == "translations":
            self.translations_pane.refresh()

    @Slot()
    def _on_linted(self) -> None:
        problems = self.session.problems
        self.problems_list.show_problems(problems)
        self.problems_list.setVisible(bool(problems))
        self.bar.show_problems(len(problems))
        self.tree.show_problems({entry_path(problem.path) or problem.path for problem in problems} - {()})
        for pane in (self.form_pane, self.setting_pane):
            if pane.isVisible():
                pane.mark_problems()
        self.try_pane.refresh()
        self._say_total()

    @Slot(object)
    def _show_entry(self, path: Path) -> None:
        kind = kind_at(path)
        if not kind or at(self.session.data, path) is None:
            message = "studio.gates.hint" if path == GATES else "studio.tree.empty"
            title = self.bench.tr("studio.gates") if path == GATES else ""
            self.form_pane.show_form(title, None, self.bench.tr(message))
        else:
            self.form_pane.show_form(self._entry_title(path), lambda: entry_form(self.bench, path))
        self.try_pane.show_entry(path)

    @Slot(int)
    def _on_section_chosen(self, row: int) -> None:
        name = list(SECTIONS)[max(row, 0)]
        title = self.bench.tr(f"studio.settings.{name}")
        self.setting_pane.show_form(title, lambda: setting_form(self.bench, name))

    @Slot(str)
    def _on_asked(self, what: str) -> None:
        if what == "undo":
            self.session.undo()
        elif what == "redo":
            self.session.redo()
        elif what == "problems":
            self.next_problem()
        else:
            self.asked.emit(what)

    @Slot()
    def _on_panes_moved(self) -> None:
        self.bench.context.preferences.remember(PANES, self.splitter.saveState())

    @Slot()
    def _on_save_key(self) -> None:
        self.asked.emit("save")

    # --- the rest

    def _add_entry(self, list_name: str) -> None:
        self.tree.add(list_name)
        self.form_pane.begin()

    def _add_extra(self, name: str) -> None:
        session = self.session
        if at(session.data, (name,)) is None:
            session.apply(with_extra(session.data, name, session.reserved), (name,))
        session.shown.emit((name,))
        self.form_pane.begin()

    def _entry_title(self, path: Path) -> str:
        name = self._words.entry(self.session.data, path, LONGEST_TITLE)
        return f"{self.bench.tr(f'studio.one.{kind_at(path)}')} {name}"

    def _title_entry(self) -> None:
        path = self.tree.current_path
        if kind_at(path) and at(self.session.data, path) is not None:
            self.form_pane.set_title(self._entry_title(path))

    def _say_total(self) -> None:
        whole = outline(self.session.data)
        tr = self.bench.tr
        text = tr("studio.total", total=plain(whole.points), count=whole.count_items())
        if whole.mismatched and whole.stated is not None:
            text = tr("studio.total_mismatch", total=plain(whole.points), stated=plain(whole.stated))
        self.total_label.setText(text)
        self.total_label.setProperty("role", "attention" if whole.mismatched else "caption")
        self.total_label.style().polish(self.total_label)

    def sizeHint(self) -> QSize:
        """Ask for the room three panes need."""
        return QSize(1040, 640)


def first_entry(data: Data) -> Path:
    """Give the entry to begin with: the first item, or whatever there is."""
    paths = list(entry_paths(data))
    return next((path for path in paths if kind_at(path) == "items"), next(iter(paths), ()))
