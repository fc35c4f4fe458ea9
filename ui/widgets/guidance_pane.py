"""The right side of the scoring desk: how to look at an item, what it rests on, and how its points came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.answer_editor import tight
from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.i18n import I18n
    from wufei_cells.domain.checklists import Checklist, Gate, Item, Source
    from wufei_cells.domain.text import Text
    from wufei_cells.services.explaining import ExplainedLine

INDENT = 12
SECTIONS = ("guidance", "evidence", "verify", "sources")


class GuidancePane(QScrollArea):
    """Shows what helps to judge the item on the desk; only to be read."""

    def __init__(self, i18n: I18n, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._i18n = i18n
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QFrame(self)
        content.setProperty("role", "card")
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(4)
        self._titles: dict[str, QLabel] = {}
        self.texts: dict[str, QLabel] = {}
        for section in SECTIONS:
            self._add_section(section)
        self.explained_title = plain_label("caption", wrap=True)
        self._layout.addWidget(self.explained_title)
        self._lines = tight(QVBoxLayout(), 4)
        self._layout.addLayout(self._lines)
        self._layout.addStretch(1)
        self.setWidget(content)
        self.retranslate()

    def _add_section(self, section: str) -> None:
        title = plain_label("caption", wrap=True)
        text = plain_label(wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        title.setBuddy(text)
        self._titles[section], self.texts[section] = title, text
        self._layout.addWidget(title)
        self._layout.addWidget(text)
        self._layout.addSpacing(8)

    # --- public

    def show_entry(self, entry: Gate | Item, checklist: Checklist, text: Callable[[Text], str]) -> None:
        """Show what helps with an item; ``text`` reads the edition's texts."""
        sources = {source.key: source for source in checklist.sources}
        cited = [self._source(sources[key]) if key in sources else key for key in entry.sources]
        self._fill("guidance", text(entry.guidance))
        self._fill("evidence", text(entry.evidence))
        self._fill("verify", " · ".join(self._i18n.tr(f"desk.verify_{way.value}") for way in entry.verify))
        self._fill("sources", "\n".join(cited))

    def clear(self) -> None:
        """Show nothing."""
        for section in SECTIONS:
            self._fill(section, "")
        self.show_explanation(())

    def show_explanation(self, lines: Sequence[ExplainedLine]) -> None:
        """Show how the item's points came about, indented as they rest on each other."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # it is only gone when the program comes to rest
                widget.deleteLater()
        self.explained_title.setVisible(bool(lines))
        for line in lines[1:] or lines:  # the first one names the item, which the card does already
            self._lines.addWidget(self._line(line, line.depth - 1 if len(lines) > 1 else 0))

    def retranslate(self) -> None:
        """Name the sections again; the page shows the item again after this."""
        for section, title in self._titles.items():
            title.setText(self._i18n.tr(f"desk.section_{section}"))
        self.explained_title.setText(self._i18n.tr("desk.section_explained"))
        self.setAccessibleName(self._i18n.tr("desk.guidance_pane"))

    # --- parts

    def _fill(self, section: str, text: str) -> None:
        self.texts[section].setText(text)
        self.texts[section].setVisible(bool(text))
        self._titles[section].setVisible(bool(text))

    def _source(self, source: Source) -> str:
        title = self._i18n.text(source.title)
        return f"{title} ({source.number})" if source.number else title

    def _line(self, line: ExplainedLine, depth: int) -> QWidget:
        whole = QWidget(self)
        row = tight(QHBoxLayout(whole))
        row.setContentsMargins(depth * INDENT, 0, 0, 0)
        sentence = plain_label(wrap=True)
        sentence.setText(line.sentence)
        points = plain_label("points")
        points.setText(line.points)
        row.addWidget(sentence, 1)
        row.addWidget(points, 0, Qt.AlignmentFlag.AlignTop)
        return whole
