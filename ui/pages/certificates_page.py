"""Certificates: what can be issued, what was issued, and each one as it prints."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.certificate_steps import CertificateSteps
from ui.models.certificates_model import (
    Certificates,
    RowsModel,
    issued_columns,
    load_certificates,
    ready_columns,
)
from ui.models.sites_model import SiteFilter
from ui.pages.page import Page
from ui.widgets.answer_editor import tight
from ui.widgets.certificate_preview import CertificatePreview
from ui.widgets.fitted_table import FittedTable
from ui.widgets.plain import plain_label
from ui.widgets.state_view import StateView
from wufei_cells.domain.register import AssessmentRow, CertificateRow
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext, Change

READY, ISSUED = "ready", "issued"
LISTS = (READY, ISSUED)
SIZES = (700, 440)
GIVING_WAY = {READY: (2, 3, 1), ISSUED: (2, 3, 4)}  # columns, in the order in which they give way


@dataclass(frozen=True, slots=True)
class View:
    """Where the page stood: which list, what was looked for, what was selected."""

    list: str
    words: str
    key: str


class CertificatesPage(Page):
    """Lists certificates and shows the chosen one; see ``Page`` for the signals."""

    title_key = "frame.room.certificates"
    guide_key = "certificates"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        """Build the page; nothing is loaded until it is shown."""
        super().__init__(context, parent)
        self._loaded = False
        self._wanted = ("", "")  # a list and a key to select once the rows are there
        self._to_issue = ""
        self._previewed = ""
        self.steps = CertificateSteps(context, self)
        self._build_models()
        self._build_widgets()
        self._build_layout()
        self._connect_signals()
        self.show_list(READY)
        self.retranslate()

    # --- build

    def _build_models(self) -> None:
        self.ready = RowsModel[AssessmentRow](self._context, ready_columns(), "id", self)
        self.issued = RowsModel[CertificateRow](self._context, issued_columns(), "id", self)
        self.models: dict[str, RowsModel[AssessmentRow] | RowsModel[CertificateRow]] = {
            READY: self.ready,
            ISSUED: self.issued,
        }

    def _build_widgets(self) -> None:
        self.chips = {name: QPushButton(self) for name in LISTS}
        for chip in self.chips.values():
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
        self.search_edit = QLineEdit(self)
        self.search_edit.setClearButtonEnabled(True)
        self._glass = QAction(self)
        self.search_edit.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.tables = {name: FittedTable(self.models[name], several=True) for name in LISTS}
        self.buttons = {name: QPushButton(self) for name in ("issue", "open", "save", "print")}
        self.buttons["issue"].setProperty("role", "accent")
        self.count_label = plain_label("muted")
        self.preview = CertificatePreview(self._context)

    def _build_layout(self) -> None:
        above = tight(QHBoxLayout())
        for chip in self.chips.values():
            above.addWidget(chip)
        above.addWidget(self.search_edit, 1)
        self.list_stack = QStackedWidget(self)
        for table in self.tables.values():
            self.list_stack.addWidget(table)
        self.list_state = StateView(self._context, self.list_stack)
        below = tight(QHBoxLayout())
        below.addWidget(self.count_label, 1)
        for button in self.buttons.values():
            below.addWidget(button)
        left = QWidget()
        column = tight(QVBoxLayout(left))
        column.addLayout(above)
        column.addWidget(self.list_state, 1)
        column.addLayout(below)
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False, handleWidth=12)
        splitter.addWidget(left)
        splitter.addWidget(self.preview)
        left.setMinimumWidth(460)
        self.preview.setMinimumWidth(280)
        splitter.setSizes(list(SIZES))
        self.state_view = StateView(self._context, splitter)
        self.state_view.expect_content()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.addWidget(self.state_view)

    def _connect_signals(self) -> None:
        for chip in self.chips.values():
            chip.clicked.connect(self._on_chip_clicked)
        self.search_edit.textChanged.connect(self._on_words_edited)
        for table in self.tables.values():
            table.selectionModel().selectionChanged.connect(self._on_selection_changed)
            table.selectionModel().currentRowChanged.connect(self._on_selection_changed)
            table.row_opened.connect(self._on_row_opened)
        for button in self.buttons.values():
            button.clicked.connect(self._on_button_clicked)
        for keys, slot in ((QKeySequence.StandardKey.Print, self._print), (QKeySequence.StandardKey.Save, self._save)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)
        self.state_view.action_triggered.connect(self._on_state_action)
        self.list_state.action_triggered.connect(self._on_list_action)
        self.steps.issued.connect(self._on_issued)
        self.preview.pdf_view.failed.connect(self._on_preview_failed)
        events = self._context.events
        events.certificate_changed.connect(self._on_changed)
        events.assessment_changed.connect(self._on_changed)
        events.site_changed.connect(self._on_changed)
        events.scheme_changed.connect(self.retranslate)

    # --- public

    @property
    def list(self) -> str:
        """Which list is shown: ``ready`` or ``issued``."""
        return LISTS[self.list_stack.currentIndex()]

    def refresh(self) -> None:
        """Ask for both lists in the background."""
        self.state_view.show_loading()
        self._context.ask(self, load_certificates, self._on_loaded, self._on_load_failed)

    def show_list(self, name: str) -> None:
        """Show what can be issued, or what was issued."""
        self.list_stack.setCurrentIndex(LISTS.index(name))
        for known, chip in self.chips.items():
            chip.setChecked(known == name)
        self._show_counts()
        self._show_selected()

    def show_certificate(self, certificate: str) -> None:
        """Show one certificate, whatever was looked for before."""
        self._select(ISSUED, certificate)

    def issue_for(self, assessment: str) -> None:
        """Lead to issuing the certificate of an assessment."""
        self._to_issue = assessment
        self._select(READY, assessment)

    def view_state(self) -> View:
        """Say which list is shown and what is selected in it."""
        row = self._current()
        return View(self.list, self.search_edit.text(), row.id if row else "")

    def restore_view(self, state: object) -> None:
        """Show the same list with the same row selected."""
        if isinstance(state, View):
            self.search_edit.setText(state.words)
            self._wanted = (state.list, state.key)
            self._find_wanted()

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.search_edit.setPlaceholderText(tr("certificates.search"))
        self.search_edit.setAccessibleName(tr("certificates.search"))
        self._glass.setIcon(theme.icon("search", "muted"))
        for name, icon in (("issue", ""), ("open", "open"), ("save", "save"), ("print", "printer")):
            if icon:
                self.buttons[name].setIcon(theme.icon(icon))
        for name, table in self.tables.items():
            table.setAccessibleName(tr(f"certificates.list_{name}"))
            table.verticalHeader().setDefaultSectionSize(theme.row_height())
            widths = [column.width for column in self.models[name].columns[1:]]
            table.set_columns(widths, GIVING_WAY[name], theme.pixels("body"))
            self.models[name].retranslate()
        self.preview.retranslate()
        self._show_counts()
        self._previewed = ""  # the paper is printed in the language of the window
        self._show_selected()

    # --- slots: rows

    def _on_loaded(self, certificates: Certificates) -> None:
        kept = self._current()
        self._loaded = True
        self.ready.set_rows(certificates.ready, certificates.places)
        self.issued.set_rows(certificates.issued, certificates.places)
        if certificates.ready or certificates.issued:
            self.state_view.show_content()
        else:
            words = ("certificates.empty_title", "certificates.empty_text", "certificates.empty_action")
            self.state_view.show_empty(*words, icon="certificate")
        if not self._wanted[0]:
            name = (
                self.list
                if self.models[self.list].total
                else next((name for name in LISTS if self.models[name].total), self.list)
            )
            self._wanted = (name, kept.id if kept else "")
        self._find_wanted()

    def _on_load_failed(self, error: Exception) -> None:
        self.state_view.show_error(error)
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)

    def _on_state_action(self) -> None:
        if self._loaded and not self.ready.total and not self.issued.total:
            self.sites_requested.emit(SiteFilter())
        else:
            self.refresh()

    def _on_list_action(self) -> None:
        self.search_edit.clear()

    def _on_changed(self, change: Change) -> None:
        if change.initiator is not self.steps:
            self.mark_stale()

    def _on_words_edited(self, words: str) -> None:
        for model in self.models.values():
            model.set_words(words)
        self._show_counts()
        self._select_first()

    def _on_chip_clicked(self) -> None:
        sender = self.sender()
        name = next((name for name, chip in self.chips.items() if chip is sender), READY)
        self.show_list(name)
        self._select_first()
        self.tables[name].setFocus()

    def _on_selection_changed(self, *_changes: object) -> None:
        self._show_selected()

    def _on_row_opened(self, _index: QModelIndex) -> None:
        if self.list == READY:
            self._issue()
        else:
            self.buttons["open"].setFocus()

    # --- slots: steps

    def _on_button_clicked(self) -> None:
        sender = self.sender()
        name = next((name for name, button in self.buttons.items() if button is sender), "")
        {"issue": self._issue, "open": self._open, "save": self._save, "print": self._print}[name]()

    def _issue(self) -> None:
        self.steps.issue(self._selected(self.ready))

    def _open(self) -> None:
        self.steps.open(self._selected(self.issued))

    def _save(self) -> None:
        self.steps.save(self._selected(self.issued))

    def _print(self) -> None:
        self.steps.print(self._selected(self.issued))

    def _on_issued(self, certificates: tuple[CertificateRow, ...]) -> None:
        if certificates:
            self._wanted = (ISSUED, certificates[0].id)
        self.refresh()

    # --- painting

    def _show_counts(self) -> None:
        tr = self._context.i18n.tr
        for name, chip in self.chips.items():
            chip.setText(tr(f"certificates.chip_{name}", count=self.models[name].total))
        model = self.models[self.list]
        shown, total = model.rowCount(), model.total
        if self._loaded and not total:
            self.list_state.show_empty(f"certificates.none_{self.list}", f"certificates.none_{self.list}_text")
        elif self._loaded and not shown:
            self.list_state.show_filtered("certificates.filtered", count=total)
        else:
            self.list_state.show_content()
        self.count_label.setText(tr("certificates.count", shown=shown, total=total) if shown != total else "")

    def _show_selected(self) -> None:
        """Offer what can be done with the selected rows, and show the current one as it prints."""
        tr = self._context.i18n.tr
        ready, issued = self._selected(self.ready), self._selected(self.issued)
        here = self.list == READY
        self.buttons["issue"].setVisible(here)
        self.buttons["issue"].setEnabled(bool(ready))
        many = len(ready) > 1
        self.buttons["issue"].setText(
            tr("certificates.issue_n", count=len(ready)) if many else tr("certificates.issue")
        )
        for name in ("open", "save", "print"):
            button = self.buttons[name]
            button.setVisible(not here)
            button.setEnabled(bool(issued))
            button.setText(
                tr(f"certificates.{name}_n" if len(issued) > 1 else f"certificates.{name}", count=len(issued))
            )
        self._preview(self._current())

    def _preview(self, row: AssessmentRow | CertificateRow | None) -> None:
        tr = self._context.i18n.tr
        key = row.id if row else ""
        if isinstance(row, CertificateRow):
            if key != self._previewed:
                self._previewed = key
                self.steps.render((row,), partial(self._on_rendered, row))
            return
        self._previewed = ""
        if row is None:
            self.preview.show_message(tr("certificates.preview_none"))
        else:
            self.preview.show_message(tr("certificates.preview_ready"), row.site_name)

    def _on_rendered(self, row: CertificateRow, content: bytes) -> None:
        if row.id == self._previewed:
            self.preview.show_pdf(content, f"{row.number} · {row.site_name}")

    def _on_preview_failed(self, error: Exception) -> None:
        self._context.tasks.failed.emit(error)

    # --- selecting

    def _current(self) -> AssessmentRow | CertificateRow | None:
        return self.models[self.list].row_at(self.tables[self.list].currentIndex())

    def _selected(self, model: RowsModel[AssessmentRow] | RowsModel[CertificateRow]) -> tuple:
        table = next(table for name, table in self.tables.items() if self.models[name] is model)
        rows = sorted(table.selectionModel().selectedRows(), key=QModelIndex.row)
        return tuple(row for index in rows if (row := model.row_at(index)) is not None)

    def _select(self, name: str, key: str) -> None:
        self._wanted = (name, key)
        if self.search_edit.text():
            self.search_edit.clear()
            self._wanted = (name, key)
        if self._loaded and self.models[name].index_of(key).isValid():
            self._find_wanted()
        else:
            self.mark_stale()

    def _select_first(self) -> None:
        table = self.tables[self.list]
        if not table.currentIndex().isValid() and table.model().rowCount():
            self._set_current(table.model().index(0, 0))
        self._show_selected()

    def _find_wanted(self) -> None:
        """Show the list and select the row that is wanted, once the rows are there."""
        name, key = self._wanted
        if not self._loaded or not name:
            return
        self._wanted = ("", "")
        self.show_list(name)
        found = self.models[name].index_of(key)
        if found.isValid():
            self._set_current(found)
        self._select_first()
        if self._to_issue and self._to_issue == key:
            self._to_issue = ""
            if found.isValid():
                self._issue()

    def _set_current(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        table = self.tables[self.list]
        table.selectionModel().setCurrentIndex(index, flags)
        table.scrollTo(index)
