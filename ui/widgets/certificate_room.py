"""The furniture of the room of certificates: chips, search, a table for each list, buttons, and the paper beside it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.certificate_preview import CertificatePreview
from ui.widgets.certificate_story_pane import CertificateStoryPane
from ui.widgets.fitted_table import FittedTable
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QAbstractItemModel

    from ui.context import AppContext

SIZES = (700, 440)
TOOLS = ("numbers", "public", "ledger")
ICONS = {"open": "open", "save": "save", "print": "printer", "list": "table", "history": "history"}


class OrderedFlow(FlowLayout):
    """Lines of widgets whose order can change."""

    def put_in_order(self, widgets: Sequence[QWidget]) -> None:
        """Lay the widgets out in another order."""
        self._entries.sort(key=lambda entry: widgets.index(entry.widget()))
        self.invalidate()


class CertificateRoom(QWidget):
    """Shows one list at a time, the steps that go with it, and the chosen certificate.

    Signals:
        list_chosen: the person wants another list (its name).
        step_chosen: a step was pressed (its name).
        tool_chosen: something about the whole room was pressed (its name).
    """

    list_chosen = Signal(str)
    step_chosen = Signal(str)
    tool_chosen = Signal(str)

    def __init__(
        self,
        context: AppContext,
        models: Mapping[str, QAbstractItemModel],
        steps: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the room for the lists of some models and all the steps there are."""
        super().__init__(parent)
        self._context = context
        self.names = tuple(models)
        self._order: tuple[str, ...] = ()
        self.chips = {name: self._chip(name) for name in models}
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.search_edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.verify_button = QPushButton(self)
        self.tools_button = QPushButton(self)
        self.tools_menu = QMenu(self.tools_button)
        self.tools = {name: self._tool(name) for name in TOOLS}
        self.tools_button.setMenu(self.tools_menu)
        self.tables = {name: FittedTable(model, several=True) for name, model in models.items()}
        self.buttons = {name: self._button(name) for name in steps}
        self.more_button = QPushButton(self)
        self.more_menu = QMenu(self.more_button)
        self.more_menu.setToolTipsVisible(True)
        self.more_button.setMenu(self.more_menu)
        self.more = {name: self._action(name) for name in steps}
        self.count_label = plain_label("muted")
        self.preview = CertificatePreview(context)
        self.story = CertificateStoryPane(context)
        self.verify_button.clicked.connect(self._on_verify)
        self._build_layout()

    # --- build

    def _chip(self, name: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName(name)
        chip.setCheckable(True)
        chip.setProperty("role", "chip")
        chip.clicked.connect(self._on_chip)
        return chip

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.clicked.connect(self._on_step)
        return button

    def _action(self, name: str) -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        action.triggered.connect(self._on_step)
        return action

    def _tool(self, name: str) -> QAction:
        action = QAction(self)
        action.setObjectName(name)
        action.triggered.connect(self._on_tool)
        self.tools_menu.addAction(action)
        return action

    def _build_layout(self) -> None:
        self.list_stack = QStackedWidget(self)
        for table in self.tables.values():
            self.list_stack.addWidget(table)
        self.list_state = StateView(self._context, self.list_stack)
        chips, below = QWidget(), QWidget()
        flow = FlowLayout(chips)
        for chip in self.chips.values():
            flow.addWidget(chip)
        self._below = OrderedFlow(below)
        for button in (*self.buttons.values(), self.more_button):
            self._below.addWidget(button)
        above = tight(QHBoxLayout())
        above.addWidget(self.search_edit, 1)
        above.addWidget(self.verify_button)
        above.addWidget(self.tools_button)
        left = QWidget()
        column = tight(QVBoxLayout(left))
        column.addWidget(chips)
        column.addLayout(above)
        column.addWidget(self.list_state, 1)
        column.addWidget(self.count_label)
        column.addWidget(below)
        right = QWidget()
        paper = tight(QVBoxLayout(right))
        paper.addWidget(self.preview, 1)
        paper.addWidget(self.story)
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=12)
        splitter.addWidget(left)
        splitter.addWidget(right)
        left.setMinimumWidth(460)
        right.setMinimumWidth(280)
        splitter.setSizes(list(SIZES))
        tight(QVBoxLayout(self)).addWidget(splitter)

    # --- public

    @property
    def list(self) -> str:
        """Which list is shown."""
        return self.names[self.list_stack.currentIndex()]

    @property
    def table(self) -> FittedTable:
        """The table of the list that is shown."""
        return self.tables[self.list]

    def show_list(self, name: str) -> None:
        """Show a list."""
        self.list_stack.setCurrentIndex(self.names.index(name))
        for known, chip in self.chips.items():
            chip.setChecked(known == name)

    def show_lists(self, used: Sequence[str]) -> None:
        """Offer only these lists."""
        for name, chip in self.chips.items():
            chip.setVisible(name in used)

    def show_steps(self, shown: Sequence[str], more: Sequence[str], hindrances: Mapping[str, str]) -> None:
        """Offer steps: the first stands out, the last ones are in a menu; what cannot be done now says why."""
        why = {name: self._context.i18n.tr(key) if key else "" for name, key in hindrances.items()}
        self._put_in_order((*shown, *(name for name in self.buttons if name not in shown)))
        for name, button in self.buttons.items():
            button.setVisible(name in shown)
            button.setEnabled(why.get(name) == "")
            button.setToolTip(why.get(name, ""))
            button.setAccessibleDescription(button.toolTip())
            role = "accent" if shown and name == shown[0] else ""
            if button.property("role") != role:
                button.setProperty("role", role)
                button.style().polish(button)
            if name in ICONS:
                button.setIcon(
                    self._context.theme.icon(ICONS[name], "on_accent" if role and button.isEnabled() else "text")
                )
        self.more_menu.clear()
        for name in more:
            action = self.more[name]
            action.setEnabled(not why[name])
            action.setToolTip(why[name])
            said = self._context.i18n.tr(f"certificates.step_{name}")
            action.setText(f"{said}\t{why[name]}" if why[name] else said)
            self.more_menu.addAction(action)
        self.more_button.setVisible(bool(more))

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.search_edit.setPlaceholderText(tr("certificates.search"))
        self.search_edit.setAccessibleName(tr("certificates.search"))
        self._glass.setIcon(theme.icon("search", "muted"))
        self.verify_button.setText(tr("certificates.verify_ask"))
        self.verify_button.setIcon(theme.icon("check"))
        self.tools_button.setText(tr("certificates.tools"))
        self.more_button.setText(tr("certificates.more"))
        for name, action in self.tools.items():
            action.setText(tr(f"certificates.tool_{name}"))
        for name, button in self.buttons.items():
            button.setText(tr(f"certificates.step_{name}"))
            self.more[name].setText(tr(f"certificates.step_{name}"))
        for name, table in self.tables.items():
            table.setAccessibleName(tr(f"certificates.list_{name}"))
            table.verticalHeader().setDefaultSectionSize(theme.row_height())
        self.preview.retranslate()

    def _put_in_order(self, names: Sequence[str]) -> None:
        """Lay the buttons out in an order; that is also the order of the Tab key."""
        if tuple(names) == self._order:
            return
        self._order = tuple(names)
        buttons = [*(self.buttons[name] for name in names), self.more_button]
        self._below.put_in_order(buttons)
        for before, button in pairwise([self.table, *buttons]):
            QWidget.setTabOrder(before, button)

    # --- slots

    def _on_chip(self) -> None:
        self.list_chosen.emit(self.sender().objectName())

    def _on_step(self) -> None:
        self.step_chosen.emit(self.sender().objectName())

    def _on_tool(self) -> None:
        self.tool_chosen.emit(self.sender().objectName())

    def _on_verify(self) -> None:
        self.tool_chosen.emit("verify")
