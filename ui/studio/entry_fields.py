"""Fields that only entries of the tree have: their key, their sources, where they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from ui.studio.fields import Bench, ChoiceField, Field, LineField, Part, beside, word
from ui.studio.rows import Group, RowsPart
from ui.widgets.answer_editor import tight
from ui.widgets.plain import caption, plain_label
from wufei_cells.checklists.draft_names import renamed
from wufei_cells.checklists.drafting import entries_at, string_at
from wufei_cells.checklists.outline import text_at
from wufei_cells.domain.checklists import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wufei_cells.checklists.yaml_source import Data, Path

KEY_WIDTH = 96


class KeyField(LineField):
    """The key of an entry. It changes when the field is left, together with everything that names the entry."""

    def __init__(self, bench: Bench, path: Path, caption: str = "studio.entry.key") -> None:
        """Build the field; the path is that of the entry."""
        self._entry = path
        super().__init__(bench, (*path, "key"), caption)
        self.edit.left.connect(self._on_left)
        self.refresh()

    def refresh(self) -> None:
        """Show the key, as wide as it is."""
        super().refresh()
        self.widen(self.edit, self.edit.text(), KEY_WIDTH)

    def take(self, text: str) -> None:
        """Wait until the field is left."""

    def _on_left(self) -> None:
        session = self.bench.session
        typed = self.edit.text().strip()
        if typed != self.read():
            session.apply(renamed(session.data, self._entry, typed), self.path)


class SourcesField(Field):
    """The documents an entry rests on, chosen from those of the checklist."""

    def __init__(self, bench: Bench, path: Path, caption: str) -> None:
        super().__init__(bench, path, caption)
        self.button = QPushButton(bench.tr("studio.sources.choose"), self)
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        self.button.setVisible(not self.read_only)
        self.names_label = plain_label(wrap=True)
        inside = QWidget(self)
        row = tight(QHBoxLayout(inside))
        row.addWidget(self.names_label, 1)
        row.addWidget(self.button)
        self.hold(inside)
        self.refresh()

    def widgets(self) -> Sequence[QWidget]:
        """Give the button."""
        return (self.button,)

    def refresh(self) -> None:
        """Name the chosen documents."""
        titles = dict(self._known())
        chosen = [str(key) for key in entries_at(self.data, ())]
        names = [titles.get(key) or key for key in chosen]
        self.names_label.setText(self.bench.tr("studio.list_comma").join(names) or self.bench.tr("studio.sources.none"))

    def toggle(self, key: str) -> None:
        """Choose a document, or let it go."""
        chosen = entries_at(self.data, ())
        self.write([each for each in chosen if each != key] if key in chosen else [*chosen, key])

    def _known(self) -> list[tuple[str, str]]:
        sources = entries_at(self.bench.session.data, ("sources",))
        return [(string_at(source, ("key",)), self.bench.i18n.text(text_at(source, ("title",)))) for source in sources]

    def _fill(self) -> None:
        self.menu.clear()
        chosen = entries_at(self.data, ())
        for key, title in self._known():
            action = self.menu.addAction(caption(title or key))
            action.setCheckable(True)
            action.setChecked(key in chosen)
            action.setData(key)
            action.triggered.connect(self._on_triggered)
        if self.menu.isEmpty():
            self.menu.addAction(self.bench.tr("studio.sources.nothing")).setEnabled(False)

    def _on_triggered(self) -> None:
        action = self.sender()
        self.toggle(str(action.data()))  # type: ignore[attr-defined]  # only actions of the menu are connected


class OriginsForm(RowsPart):
    """Which entries of the last edition an entry goes back to, and how."""

    add_key = "studio.origins.add"

    def row(self, path: Path) -> Part:
        """Show one of them."""
        form = Group(self.bench, path)
        key = LineField(self.bench, (*path, "key"))
        key.edit.setAccessibleName(self.bench.tr("studio.origins.key"))
        key.edit.setFixedWidth(KEY_WIDTH)
        options = [(relation.value, self.bench.tr(f"relation.{relation.value}")) for relation in Relation]
        relation = ChoiceField(self.bench, (*path, "relation"), "", options, usual="same")
        relation.box.setAccessibleName(self.bench.tr("studio.origins.relation"))
        form.add(beside(word(self.bench.tr("studio.origins.from")), key, relation))
        return form

    def template(self, entries: list[Data]) -> Data:
        """Begin with an entry that was reworded."""
        del entries
        return {"key": string_at(self.bench.session.value(self.path[:-1]), ("key",)), "relation": "reworded"}
