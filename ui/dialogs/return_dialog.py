"""Send an assessment back: tick the items that are to be mended and say of each what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.dialogs.step_dialog import StepDialog, text_field
from ui.models.desk_items_model import LOOKS, ItemState
from ui.widgets.answer_editor import tight
from ui.widgets.plain import literal, plain_label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.context import AppContext, Desk
    from wufei_cells.domain.register import AssessmentRow

SIZE = (860, 620)
ICON = 16
KEY = Qt.ItemDataRole.UserRole
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
DOUBTFUL = frozenset({ItemState.DEDUCTED, ItemState.FAILED, ItemState.UNANSWERED, ItemState.PARTIAL, ItemState.RECHECK})
"""What is listed first: where something is most likely to be mended."""


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """An item that can be sent back."""

    key: str
    number: str
    title: str
    remark: str
    """Its points, or how it stands."""
    state: ItemState


class ReturnDialog(StepDialog):
    """Takes the items, a remark for each, and a word for the whole."""

    def __init__(
        self,
        context: AppContext,
        assessment: AssessmentRow,
        items: Sequence[ReturnItem],
        ticked: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; ``ticked`` are items that are proposed, with the remark for each."""
        super().__init__(context, parent)
        self._assessment = assessment
        self._items = {item.key: item for item in sorted(items, key=lambda item: item.state not in DOUBTFUL)}
        self._remarks = dict(ticked)
        self._key = ""
        self._build_widgets()
        self._build_layout()
        self._fill(ticked)
        self.search_edit.textChanged.connect(self._on_search)
        self.list.currentItemChanged.connect(self._on_entered)
        self.list.itemChanged.connect(self._on_ticked)
        self.list.left.connect(self.remark_edit.setFocus)
        self.remark_edit.textChanged.connect(self._on_typed)
        self.buttons.accepted.connect(self._on_accepted)
        self.retranslate()
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.check()

    # --- build

    def _build_widgets(self) -> None:
        self.text_label = plain_label("muted", wrap=True)
        self.search_edit = QLineEdit()
        self.search_edit.setClearButtonEnabled(True)
        self.list = _Items()
        self.item_label = plain_label("section", wrap=True)
        self.remark_label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.remark_edit = text_field(120)
        self.remark_label.setBuddy(self.remark_edit)
        self.reason_label = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.reason_edit = text_field(64)
        self.reason_label.setBuddy(self.reason_edit)
        self.hint_label = plain_label("muted", wrap=True)

    def _build_layout(self) -> None:
        left, right = tight(QVBoxLayout()), tight(QVBoxLayout())
        for widget in (self.search_edit, self.list):
            left.addWidget(widget)
        for widget in (self.item_label, self.remark_label, self.remark_edit):
            right.addWidget(widget)
        right.addStretch(1)
        for widget in (self.reason_label, self.reason_edit):
            right.addWidget(widget)
        beside = QHBoxLayout()
        beside.setSpacing(16)
        beside.addLayout(left, 11)
        beside.addLayout(right, 10)
        self.body.addWidget(self.text_label)
        self.body.addLayout(beside, 1)
        self.body.addWidget(self.hint_label)
        self.resize(*SIZE)

    def _fill(self, ticked: Mapping[str, str]) -> None:
        first = [key for key in ticked if key in self._items]
        for key in [*first, *(key for key in self._items if key not in ticked)]:
            item = self._items[key]
            words = "  ".join(filter(None, (item.number, item.title.replace("\n", " "), item.remark)))
            entry = QListWidgetItem(words, self.list)
            entry.setData(KEY, key)
            entry.setToolTip(literal(item.title))
            icon, color = LOOKS[item.state]
            if icon:
                entry.setIcon(self._context.theme.icon(icon, color))
            entry.setFlags(entry.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            entry.setCheckState(Qt.CheckState.Checked if key in ticked else Qt.CheckState.Unchecked)

    # --- public

    @property
    def chosen(self) -> dict[str, str]:
        """The ticked items, with what was written of each."""
        entries = [self.list.item(at) for at in range(self.list.count())]
        ticked = [str(entry.data(KEY)) for entry in entries if entry.checkState() == Qt.CheckState.Checked]
        return {key: self._remarks.get(key, "").strip() for key in self._items if key in ticked}

    def retranslate(self) -> None:
        """Write everything anew."""
        tr, row = self._context.i18n.tr, self._assessment
        self.setWindowTitle(tr("desk.return_title"))
        self.heading_label.setText(row.site_name)
        more = bool(row.returned)
        number = row.revision if more else row.revision + 1
        self.text_label.setText(tr("desk.return_more_text" if more else "desk.return_text", number=number))
        self.search_edit.setPlaceholderText(tr("desk.return_search"))
        self.search_edit.setAccessibleName(tr("desk.return_search"))
        self.list.setAccessibleName(tr("desk.return_items"))
        self.remark_label.setText(tr("desk.return_remark"))
        self.remark_edit.setAccessibleName(tr("desk.return_remark"))
        self.remark_edit.setPlaceholderText(tr("desk.return_remark_hint"))
        self.reason_label.setText(tr("desk.return_reason"))
        self.reason_edit.setAccessibleName(tr("desk.return_reason"))

    def ready(self) -> bool:
        """Tell whether an item is ticked and each of them has its remark."""
        chosen = self.chosen
        return bool(chosen) and all(chosen.values())

    def check(self) -> None:
        """Offer the step, or say what is wanting."""
        super().check()
        tr, chosen = self._context.i18n.tr, self.chosen
        bare = [self._items[key].number or key for key, remark in chosen.items() if not remark]
        numbers = tr("desk.list_separator").join(bare)
        if not chosen:
            self.hint_label.setText(tr("desk.return_none"))
        else:
            key = "desk.return_bare" if bare else "desk.return_count"
            self.hint_label.setText(tr(key, count=len(chosen), items=numbers))
        self.confirm_button.setText(tr("desk.return_button", count=len(chosen)))

    # --- slots

    def _on_search(self, words: str) -> None:
        wanted = words.casefold().split()
        for at in range(self.list.count()):
            entry = self.list.item(at)
            entry.setHidden(not all(word in entry.text().casefold() for word in wanted))

    def _on_entered(self, entry: QListWidgetItem | None, _before: QListWidgetItem | None = None) -> None:
        self._key = str(entry.data(KEY)) if entry is not None else ""
        item = self._items.get(self._key)
        self.item_label.setText(f"{item.number} {item.title}" if item else "")
        self.remark_edit.setEnabled(item is not None)
        blocked = self.remark_edit.blockSignals(True)
        self.remark_edit.setPlainText(self._remarks.get(self._key, ""))
        self.remark_edit.blockSignals(blocked)

    def _on_ticked(self, entry: QListWidgetItem) -> None:
        if entry.checkState() == Qt.CheckState.Checked:
            self.list.setCurrentItem(entry)
        self.check()

    def _on_typed(self) -> None:
        """Keep what is written of the item; writing of it means that it is to be sent back."""
        self._remarks[self._key] = self.remark_edit.toPlainText()
        entry = self.list.currentItem()
        if entry is not None and self._remarks[self._key].strip():
            entry.setCheckState(Qt.CheckState.Checked)
        self.check()

    def _on_accepted(self) -> None:
        reason = self.reason_edit.toPlainText().strip()
        self.take(partial(_send_back, self._assessment.id, self.chosen, reason))


class _Items(QListWidget):
    """Lists items; Enter goes on to the remark instead of confirming the dialog."""

    def __init__(self) -> None:
        super().__init__()
        self.left = self.itemActivated
        self.setWordWrap(False)
        self.setIconSize(QSize(ICON, ICON))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter."""
        super().keyPressEvent(event)
        if Qt.Key(event.key()) in ENTER:
            event.accept()


def _send_back(assessment: str, remarks: Mapping[str, str], reason: str, desk: Desk) -> AssessmentRow:
    return desk.returning.send_back(desk.workspace, assessment, remarks, reason=reason)
