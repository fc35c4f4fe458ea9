"""Begin a checklist with nothing in it: for which kind of cell, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.answer_editor import tight
from ui.widgets.fitting import fit_to_words
from ui.widgets.plain import plain_label, problem_label, show_problem
from wufei_cells.checklists.draft_entries import empty_checklist
from wufei_cells.checklists.drafting import with_value
from wufei_cells.checklists.fields import KEY_PATTERN

if TYPE_CHECKING:
    from datetime import date

    from ui.context import AppContext
    from wufei_cells.domain.checklists import Category

WIDTH = 520
FIELDS = ("category", "name", "code", "key", "title")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new checklist can begin with: the categories there are, the day, and the editions that are taken."""

    categories: tuple[Category, ...]
    today: date
    taken: frozenset[tuple[str, str]] = frozenset()
    """Key and edition of everything that is published."""

    def edition(self, key: str) -> str:
        """Give the first edition of this year that nobody has published."""
        numbers = (f"{self.today.year}.{number}" for number in count(1))
        return next(edition for edition in numbers if (key, edition) not in self.taken)


class NewChecklistDialog(QDialog):
    """Asks for the few words a checklist cannot begin without.

    Signals:
        begun: a checklist is to be begun (plain data).
    """

    begun = Signal(object)

    def __init__(self, context: AppContext, beginning: Beginning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._beginning = beginning
        self._categories = beginning.categories
        self._build_widgets()
        self._build_layout()
        self.category_box.currentIndexChanged.connect(self._on_category_chosen)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self._on_category_chosen()
        fit_to_words(self, WIDTH)

    # --- build

    def _build_widgets(self) -> None:
        tr, text = self._context.i18n.tr, self._context.i18n.text
        self.setWindowTitle(tr("checklists.new.title"))
        self.hint_label = plain_label("muted", wrap=True)
        self.hint_label.setText(tr("checklists.new.hint"))
        self.category_box = QComboBox()
        for category in self._categories:
            self.category_box.addItem(text(category.text), category.key)
        self.category_box.addItem(tr("checklists.new.another"), "")
        self.edits = {name: QLineEdit() for name in FIELDS if name != "category"}
        self.labels = {name: QLabel(tr(f"checklists.new.{name}")) for name in FIELDS}
        self.problem_labels = {name: problem_label() for name in FIELDS}
        for name, edit in self.edits.items():
            edit.setMaxLength(LONGEST)
            edit.setAccessibleName(tr(f"checklists.new.{name}"))
            edit.setPlaceholderText(tr(f"checklists.new.{name}_hint"))
        self.category_box.setAccessibleName(tr("checklists.new.category"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.begin_button = QPushButton(tr("checklists.new.begin"))
        self.begin_button.setProperty("role", "accent")
        self.begin_button.setDefault(True)
        self.buttons.addButton(self.begin_button, QDialogButtonBox.ButtonRole.AcceptRole)

    def _build_layout(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for name in FIELDS:
            inside = QWidget()
            column = tight(QVBoxLayout(inside), 2)
            column.addWidget(self.category_box if name == "category" else self.edits[name])
            column.addWidget(self.problem_labels[name])
            form.addRow(self.labels[name], inside)
        self._form = form
        column = tight(QVBoxLayout(self), 12)
        column.setContentsMargins(16, 16, 16, 12)
        column.addWidget(self.hint_label)
        column.addLayout(form)
        column.addStretch(1)
        column.addWidget(self.buttons)

    # --- slots

    def _on_category_chosen(self, _place: int = 0) -> None:
        """Ask for name and letters only of a new category; propose a key and a title for a known one."""
        category = self._category()
        for row in (1, 2):
            self._form.setRowVisible(row, category is None)
        tr = self._context.i18n.tr
        self.edits["key"].setText(f"WF-{category.code}" if category else "")
        name = self._context.i18n.text(category.text) if category else ""
        self.edits["title"].setText(tr("checklists.new.proposed", category=name) if category else "")

    def _category(self) -> Category | None:
        key = self.category_box.currentData()
        return next((category for category in self._categories if category.key == key), None)

    def _on_accepted(self) -> None:
        texts = {name: edit.text().strip() for name, edit in self.edits.items()}
        category = self._category()
        wrong = self._problems(texts, new=category is None)
        for name, edit in self.edits.items():
            show_problem(edit, self.problem_labels[name], wrong.get(name, ""))
        if wrong:
            fit_to_words(self, WIDTH)
            return
        code = category.code if category else texts["code"].upper()
        key = category.key if category else texts["code"].lower()
        edition = self._beginning.edition(texts["key"])
        data = empty_checklist(texts["key"], edition, key, code, self._beginning.today.isoformat())
        name = {"zh": category.text.zh, "en": category.text.en} if category else {"zh": texts["name"]}
        data = with_value(data, ("category", "text"), {lang: text for lang, text in name.items() if text})
        self.begun.emit(with_value(data, ("title",), {"zh": texts["title"]}))
        self.accept()

    def _problems(self, texts: dict[str, str], *, new: bool) -> dict[str, str]:
        tr = self._context.i18n.tr
        keys = ("code", "key") if new else ("key",)
        wrong = {
            name: tr("studio.problem.field.not_key", found=texts[name])
            for name in keys
            if not KEY_PATTERN.fullmatch(texts[name])
        }
        for name in ("name", "title") if new else ("title",):
            if not texts[name]:
                wrong[name] = tr("studio.problem.field.missing", field=tr(f"checklists.new.{name}"))
        return wrong
