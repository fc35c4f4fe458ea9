"""What an earlier edition said and what was answered to it, as labels: old words with what went from them marked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.theme import Theme
    from wufei_cells.services.earlier_answers import EarlierTold, OldWords


class EarlierWords(QWidget):
    """Shows one earlier answer, only to be read."""

    def __init__(self, i18n: I18n, theme: Theme, told: EarlierTold, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self._theme = theme
        self.told = told
        self._column = tight(QVBoxLayout(self), 2)
        self.title_label = self._line(
            "part_title", i18n.tr("desk.earlier_title", number=told.number, how=told.relation)
        )
        for key, words in (("desk.earlier_text", told.text), ("desk.earlier_scoring", told.scoring)):
            if words.text:
                self._line("caption", i18n.tr(key))
                self._column.addWidget(self._marked(words))
        self._line("caption", i18n.tr("desk.earlier_answer"))
        self.answer_label = self._line("", told.answer)
        if told.note:
            self._line("", i18n.tr("desk.earlier_note", note=told.note))
        self._line("caption", i18n.tr("desk.earlier_by", name=told.author, at=i18n.moment(told.at)))

    def _line(self, role: str, text: str) -> QLabel:
        label = plain_label(role, wrap=True, selectable=True)
        label.setText(text)
        self._column.addWidget(label)
        return label

    def _marked(self, words: OldWords) -> QLabel:
        """Strike through what went; everything is escaped, for data is never read as markup."""
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        color = self._theme.color("attention").name()
        pieces: list[str] = []
        place = 0
        for start, end in words.changed:
            pieces.append(escape(words.text[place:start]))
            pieces.append(
                f'<span style="color:{color};text-decoration:line-through">{escape(words.text[start:end])}</span>'
            )
            place = end
        pieces.append(escape(words.text[place:]))
        label.setText("".join(pieces).replace("\n", "<br>"))
        label.setAccessibleName(words.text)
        return label
