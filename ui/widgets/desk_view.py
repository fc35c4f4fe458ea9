"""The scoring desk as it stands on the screen: list, item, guidance, and the bar that never hides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.archived_answers import ArchivedAnswers
from ui.widgets.banner import Banner
from ui.widgets.conflict_panel import MOST_KEYS
from ui.widgets.desk_header import DeskHeader
from ui.widgets.desk_style import desk_style
from ui.widgets.facts_form import FactsForm
from ui.widgets.guidance_pane import GuidancePane
from ui.widgets.item_card import ItemCard
from ui.widgets.item_list import ItemList
from ui.widgets.list_filters import ListFilters
from ui.widgets.plain import plain_label
from ui.widgets.score_bar import ScoreBar
from ui.widgets.side_tabs import SideTabs
from ui.widgets.view_tabs import ViewTabs

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from ui.context import AppContext

SIZES = (272, 540, 320)
NARROWEST = (240, 380, 224)
GUIDANCE_FROM = 900  # pixels of width under which there is no room for the guidance beside list and item
FILTERED = ("items", "grid")
"""The views that the filters above them concern."""
OF_ITEM = ("note", "basis", "na")
"""Commands about the item on the desk; other views have no fields to turn to."""

# Keys and the command each one gives, by what is held down with them. Plain keys work wherever no text is being typed.
COMMANDS: dict[str, dict[Qt.Key, str]] = {
    "": {
        Qt.Key.Key_Up: "previous",
        Qt.Key.Key_K: "previous",
        Qt.Key.Key_Down: "following",
        Qt.Key.Key_J: "following",
        Qt.Key.Key_Left: "part_before",
        Qt.Key.Key_Right: "part_after",
        Qt.Key.Key_N: "na",
        Qt.Key.Key_M: "note",
        Qt.Key.Key_G: "go",
        Qt.Key.Key_F: "filter",
        Qt.Key.Key_U: "undo",
        Qt.Key.Key_R: "redo",
        Qt.Key.Key_E: "evidence",
        Qt.Key.Key_Q: "findings",
        Qt.Key.Key_T: "team",
        Qt.Key.Key_D: "basis",
        Qt.Key.Key_V: "view",
        Qt.Key.Key_W: "why",
        Qt.Key.Key_Y: "accept",
        Qt.Key.Key_Delete: "clear",
        Qt.Key.Key_Backspace: "clear",
    },
    "Ctrl+": {
        Qt.Key.Key_Z: "undo",
        Qt.Key.Key_Y: "redo",
        Qt.Key.Key_F: "go",
        Qt.Key.Key_P: "print",
        Qt.Key.Key_V: "paste",
    },
    "Alt+": {
        Qt.Key.Key_M: "note",
        Qt.Key.Key_D: "basis",
        Qt.Key.Key_N: "na",
        Qt.Key.Key_F: "filter",
        Qt.Key.Key_V: "view",
    },
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PLAIN = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class GoEdit(QLineEdit):
    """Takes words to look for in the list, or the number of an item; Enter goes there and nowhere else.

    Signals:
        number_entered: Enter was pressed (what was typed).
    """

    number_entered = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter for itself."""
        if event.key() in ENTER:
            event.accept()
            self.number_entered.emit(self.text().strip())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.clear()  # the list shows everything again; the desk takes the keyboard back
        super().keyPressEvent(event)


class DeskView(QWidget):
    """Holds the parts of the desk and turns keys into commands.

    Signals:
        command_given: a key was pressed that asks for something (name of the command, see ``COMMANDS``; besides
            these ``next``, ``finish`` and ``leave``).
        digit_given: a digit was pressed.
        position_given: a digit was pressed together with Alt (the place it names, counted from zero).
        filter_chosen: another filter for the list was chosen (its name).
        way_chosen: only what is checked in one way is to be listed (its name; empty: in any way).
        number_entered: the person typed the number of the item to go to.
        words_typed: the person looks for words in the list (what was typed so far).
        view_chosen: another view of the same answers was chosen (its name).
    """

    command_given = Signal(str)
    digit_given = Signal(int)
    position_given = Signal(int)
    filter_chosen = Signal(str)
    way_chosen = Signal(str)
    number_entered = Signal(str)
    words_typed = Signal(str)
    view_chosen = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._build_widgets()
        self._build_left()
        self._build_layout()
        self.go_edit.number_entered.connect(self.number_entered)
        self.go_edit.textChanged.connect(self.words_typed)
        self.view_tabs.chosen.connect(self.view_chosen)
        self.filters.filter_chosen.connect(self.filter_chosen)
        self.filters.way_chosen.connect(self.way_chosen)
        context.events.scheme_changed.connect(self.dress)
        self._add_shortcuts()
        self.dress()

    # --- build

    def _add_shortcuts(self) -> None:
        """Take keys with Alt before a field does: it would write the letter."""
        self._shortcuts: dict[QShortcut, str] = {}
        for key, command in COMMANDS["Alt+"].items():
            shortcut = QShortcut(QKeySequence(f"Alt+{QKeySequence(key).toString()}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_shortcut)
            self._shortcuts[shortcut] = command
        for position in range(MOST_KEYS):
            shortcut = QShortcut(QKeySequence(f"Alt+{position + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.position_given.emit, position))

    def _build_widgets(self) -> None:
        i18n, theme = self._context.i18n, self._context.theme
        self.header = DeskHeader(i18n, theme, self)
        self.banner = Banner(theme, self)
        self.go_edit = GoEdit(self)
        self.go_edit.setClearButtonEnabled(True)
        self.filters = ListFilters(i18n, self)
        self.item_list = ItemList(theme, self)
        self.archived = ArchivedAnswers(i18n, theme, self)
        self.card = ItemCard(i18n, theme, self)
        self.facts_card = QFrame(self)
        self.facts_card.setProperty("role", "card")
        self.facts_title = plain_label("section", wrap=True)
        self.facts_text = plain_label("muted", wrap=True)
        self.facts_form = FactsForm(self._context, self.facts_card)
        self.site_button = QPushButton(self.facts_card)
        self.guidance = GuidancePane(i18n, self)
        self.side = SideTabs(i18n, self)
        self.side.add("guidance", "desk.side_guidance", self.guidance)
        self.view_tabs = ViewTabs(i18n, self)
        self.bar = ScoreBar(i18n, theme, self)

    def _build_left(self) -> None:
        self.left = QWidget(self)
        column = tight(QVBoxLayout(self.left))
        column.addWidget(self.go_edit)
        column.addWidget(self.item_list, 1)
        column.addWidget(self.archived)

    def _build_layout(self) -> None:
        facts = QVBoxLayout(self.facts_card)
        facts.setContentsMargins(16, 12, 16, 12)
        facts.setSpacing(12)
        for widget in (self.facts_title, self.facts_text, self.facts_form):
            facts.addWidget(widget)
        facts.addWidget(self.site_button, 0, Qt.AlignmentFlag.AlignLeft)
        facts.addStretch(1)
        self.middle = QStackedWidget(self)
        self._cards: dict[str, QWidget] = {}
        self.mount_card("", self.card)
        self.mount_card("facts.", self.facts_card)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(8)
        for place, widget in enumerate((self.left, self.middle, self.side)):
            widget.setMinimumWidth(NARROWEST[place])
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(place, int(place == 1))
        self.splitter.setSizes(list(SIZES))
        body = QVBoxLayout()
        body.setContentsMargins(16, 0, 16, 8)
        body.setSpacing(8)
        body.addWidget(self.banner)
        top = tight(QHBoxLayout(), 16)
        top.addWidget(self.view_tabs, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        top.addWidget(self.filters, 1)
        body.addLayout(top)
        self.views = QStackedWidget(self)
        body.addWidget(self.views, 1)
        self._views: dict[str, QWidget] = {}
        self.mount_view("items", "desk.view_items", self.splitter)
        layout = tight(QVBoxLayout(self), 0)
        layout.addWidget(self.header)
        layout.addLayout(body, 1)
        layout.addWidget(self.bar)

    # --- public

    def dress(self) -> None:
        """Take the looks of the desk from the theme."""
        self.setStyleSheet(desk_style(self._context.theme))

    def mount_view(self, name: str, title_key: str, view: QWidget) -> None:
        """Offer one more view of the same answers; the first one is in view."""
        self._views[name] = view
        self.views.addWidget(view)
        self.view_tabs.add(name, title_key)

    @property
    def view(self) -> str:
        """The view that is shown."""
        return self.view_tabs.current

    def show_view(self, name: str) -> None:
        """Bring a view up."""
        self.view_tabs.choose(name)
        self.views.setCurrentWidget(self._views[name])
        self.filters.setVisible(name in FILTERED)

    def view_after(self, name: str) -> str:
        """Give the view that comes after one, and after the last the first."""
        names = list(self._views)
        return names[(names.index(name) + 1) % len(names)]

    def mount_card(self, name: str, card: QWidget) -> None:
        """Keep one more card for the middle of the desk."""
        area = _scrolled(card)
        self.middle.addWidget(area)
        self._cards[name] = area

    def show_card(self, name: str) -> None:
        """Show the card of an item, or another one in its place."""
        self.middle.setCurrentWidget(self._cards.get(name, self._cards[""]))

    def begin_go(self) -> None:
        """Put the cursor where the number of an item is typed."""
        self.go_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.go_edit.selectAll()

    def retranslate(self) -> None:
        """Write everything anew that the page does not write."""
        tr = self._context.i18n.tr
        self.go_edit.setPlaceholderText(tr("desk.go_hint"))
        self.go_edit.setAccessibleName(tr("desk.go_hint"))
        self.item_list.setAccessibleName(tr("desk.item_list"))
        self.facts_title.setText(tr("desk.facts"))
        self.facts_text.setText(tr("desk.facts_text"))
        self.site_button.setText(tr("desk.open_site"))
        for part in (
            self.header,
            self.card,
            self.facts_form,
            self.guidance,
            self.archived,
            self.bar,
            self.view_tabs,
            self.filters,
            self.side.tabs,
        ):
            part.retranslate()

    # --- Qt events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave list and item the room when the window is very narrow."""
        super().resizeEvent(event)
        self.side.setVisible(self.width() >= GUIDANCE_FROM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn a key into a command, unless text is being typed."""
        command = self._command(event)
        if command:
            self.command_given.emit(command)
        elif not typing_text() and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9 and not event.modifiers() & ~PLAIN:
            self.digit_given.emit(event.key() - Qt.Key.Key_0.value)
        else:
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> str:
        key = Qt.Key(event.key())
        if key in ENTER:
            focused = QApplication.focusWidget()
            if isinstance(focused, QPushButton):
                focused.click()
                return ""
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            return "finish" if control else "next"
        if key == Qt.Key.Key_Escape:
            return "leave"
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return COMMANDS["Ctrl+"].get(key, "")
        if typing_text() or event.modifiers() & ~PLAIN:
            return ""
        return COMMANDS[""].get(key, "")

    # --- slots

    def _on_shortcut(self) -> None:
        sender = self.sender()
        command = self._shortcuts[sender] if isinstance(sender, QShortcut) else ""
        if command and (self.view == "items" or command not in OF_ITEM):
            self.command_given.emit(command)


def typing_text() -> bool:
    """Tell whether the cursor stands in a field, where keys mean letters."""
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit | QAbstractSpinBox | QComboBox)


class _CardArea(QScrollArea):
    """Scrolls a card with the page keys only: the arrow keys go from item to item."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave all other keys to the desk."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            super().keyPressEvent(event)
        else:
            event.ignore()


def _scrolled(widget: QWidget) -> QScrollArea:
    area = _CardArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
