"""Two versions of a checklist held against each other: what is new and gone, what changed, and what answers do."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.save_dialog import SaveDialog
from ui.models.versions import compare_versions
from ui.widgets.answer_editor import tight
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import literal, plain_label
from ui.widgets.state_view import StateView
from wufei_cells.services.saving import file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext, Desk
    from ui.models.versions import Version
    from ui.tasks import TaskProgress
    from wufei_cells.checklists.comparison import Comparison
    from wufei_cells.services.comparing_editions import ChangeNotice, ChangeRow

COLUMNS = ("subject", "respect", "old", "new", "answers")
SHARES = (22, 12, 28, 28, 10)  # percent of the width
SIZE = (980, 640)


class CompareDialog(QDialog):
    """Shows the change notice of two versions, which can be chosen; it can be saved as a document."""

    def __init__(
        self,
        context: AppContext,
        versions: Sequence[Version],
        old: Version,
        new: Version,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._versions = tuple(versions)
        self._comparison: Comparison | None = None
        self.notice: ChangeNotice | None = None
        self._build_widgets()
        self._build_layout()
        for box, version in ((self.old_box, old), (self.new_box, new)):
            box.setCurrentIndex(self._versions.index(version))
            box.activated.connect(self.refresh)
        self.state_view.action_triggered.connect(self.refresh)
        self.save_button.clicked.connect(self._on_save)
        self.buttons.rejected.connect(self.reject)
        self.resize(*SIZE)
        self.refresh()

    # --- build

    def _build_widgets(self) -> None:
        tr = self._context.i18n.tr
        self.setWindowTitle(tr("checklists.compare.title"))
        self.old_box, self.new_box = QComboBox(), QComboBox()
        for box, key in ((self.old_box, "checklists.compare.old"), (self.new_box, "checklists.compare.new")):
            box.addItems([version.label for version in self._versions])
            box.setAccessibleName(tr(key))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(30)
        self.summary_label = plain_label(wrap=True, selectable=True)
        self.figures = QWidget()
        self._figures_row = FlowLayout(self.figures, spacing=20)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(len(COLUMNS))
        self.tree.setHeaderLabels([tr(f"comparing.column_{name}") for name in COLUMNS])
        self.tree.setAccessibleName(tr("checklists.compare.title"))
        self.tree.setWordWrap(True)
        self.tree.setIndentation(12)
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.save_button = QPushButton(self._context.theme.icon("pdf"), tr("checklists.compare.save"))
        self.buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)

    def _build_layout(self) -> None:
        tr = self._context.i18n.tr
        inside = QWidget()
        inner = tight(QVBoxLayout(inside))
        for widget in (self.summary_label, self.figures):
            inner.addWidget(widget)
        inner.addWidget(self.tree, 1)
        self.state_view = StateView(self._context, inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        for key, box in (("checklists.compare.old", self.old_box), ("checklists.compare.new", self.new_box)):
            label = plain_label("caption")
            label.setText(tr(key))
            column.addWidget(label)
            column.addWidget(box)
        column.addWidget(self.state_view, 1)
        column.addWidget(self.buttons)

    # --- public

    def refresh(self, _place: int = 0) -> None:
        """Compare what is chosen, in the background."""
        old, new = (self._versions[box.currentIndex()] for box in (self.old_box, self.new_box))
        self.save_button.setEnabled(False)
        self.state_view.show_loading()
        self._context.ask(self, partial(compare_versions, old, new), self._on_compared, self.state_view.show_error)

    # --- slots

    def _on_compared(self, comparison: Comparison) -> None:
        from wufei_cells.services.comparing_editions import change_notice  # noqa: PLC0415 - loaded by the worker

        self._comparison = comparison
        self.notice = change_notice(comparison, self._context.i18n.wording)
        self.summary_label.setText("\n".join(self.notice.summary))
        self._show_figures(self.notice.figures)
        self._fill(self.notice)
        self.save_button.setEnabled(True)
        self.state_view.show_content()

    def _show_figures(self, figures: tuple[tuple[str, str], ...]) -> None:
        while (item := self._figures_row.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        for figure, caption in figures:
            if figure == "0":
                continue
            label = QLabel(f"{caption} {figure}", self.figures)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._figures_row.addWidget(label)
            label.show()

    def _fill(self, notice: ChangeNotice) -> None:
        self.tree.clear()
        bold = self._context.theme.font("body", bold=True)
        for section in notice.sections:
            top = QTreeWidgetItem(self.tree, [f"{section.title} {section.count}"])
            top.setFirstColumnSpanned(True)
            top.setFont(0, bold)
            for row in section.rows:
                top.addChild(self._row(row))
            top.setExpanded(True)
        self.tree.setVisible(bool(notice.sections))
        width = max(self.tree.viewport().width(), SIZE[0] - 60)
        for column, share in enumerate(SHARES):
            self.tree.setColumnWidth(column, width * share // 100)

    def _row(self, row: ChangeRow) -> QTreeWidgetItem:
        tr, theme = self._context.i18n.tr, self._context.theme
        key = {True: "comparing.answers_carry", False: "comparing.answers_check", None: ""}[row.carries]
        item = QTreeWidgetItem([row.subject, row.respect, row.old, row.new, tr(key) if key else ""])
        for column, text in enumerate((row.subject, row.respect, row.old, row.new)):
            item.setToolTip(column, literal(text))
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        if row.carries is False:
            item.setIcon(4, theme.icon("alert", "attention"))
        return item

    def _on_save(self) -> None:
        if self.notice is not None:
            dialog = SaveDialog(self._context, f"{file_name(self.notice.title)}.pdf", self)
            dialog.path_chosen.connect(self._on_path_chosen)
            dialog.open()

    def _on_path_chosen(self, path: Path) -> None:
        if self._comparison is not None:
            paper = (self._context.document_fonts, self._context.i18n.wording)
            job = partial(_save, self._comparison, path, paper)
            label = self._context.i18n.tr("checklists.compare.saving")
            self._context.work(self, job, self._on_saved, label=label)

    def _on_saved(self, path: Path) -> None:
        self._context.notices.post(self._context.i18n.tr("checklists.saved", path=path), "passed")


def _save(comparison: Comparison, path: Path, paper: tuple, desk: Desk, _progress: TaskProgress) -> Path:
    fonts, wording = paper
    return desk.comparing_editions.save_notice(comparison, path, fonts(), wording)
