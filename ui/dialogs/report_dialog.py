"""Reports of the office: which one, as of when, of which county, in which language; seen before it is saved."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ui.context import load_places
from ui.dialogs.paper_writing import PaperWriting
from ui.dialogs.save_dialog import FOLDER
from ui.models.report_choice import (
    ReportChoice,
    ReportPlaces,
    load_choices,
    months_before,
    shipped_template,
    write_pdf,
    write_workbook,
)
from ui.widgets.answer_editor import tight
from ui.widgets.certificate_preview import CertificatePreview
from ui.widgets.day_edit import DayEdit
from ui.widgets.desk_style import desk_style
from ui.widgets.plain import plain_label
from wufei_cells.errors import ProblemsFound, WufeiError
from wufei_cells.reports.period import Period
from wufei_cells.reports.vocabulary import ReportKind

if TYPE_CHECKING:
    from ui.context import AppContext, Places

SIZE = (1120, 700)
LEFT = 360
REST = 250  # milliseconds after the last change before the report is drawn anew
READABLE = "*.yaml *.yml"
TODAY, ONE_DAY = "today", "day"


class ReportDialog(QDialog):
    """Offers every report, and shows it as it will print."""

    def __init__(
        self, context: AppContext, kind: ReportKind = ReportKind.MONTHLY, parent: QWidget | None = None
    ) -> None:
        """Build the dialog with a kind chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._context = context
        self._writing = PaperWriting(context, self if parent is None else parent)  # goes on when the dialog is gone
        self._template: Path | None = None
        self._asked = 0
        self._build_widgets(kind)
        self._build_layout()
        self._connect_signals()
        self._show_kind()
        self.resize(*SIZE)
        context.ask(self, load_places, self._on_places)

    # --- build

    def _build_widgets(self, kind: ReportKind) -> None:
        tr, theme = self._context.i18n.tr, self._context.theme
        self.setWindowTitle(tr("report.ui_title"))
        self.kind_box = QComboBox()
        for each in ReportKind:
            self.kind_box.addItem(tr(f"report.kind.{each.value}"), each.value)
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind.value))
        self.about_label = plain_label("muted", wrap=True)
        self.when_box, self.day_edit, self.county_box = QComboBox(), DayEdit(), QComboBox()
        self.when_box.addItem(tr("report.ui_today"), TODAY)
        self.when_box.addItem(tr("report.ui_one_day"), ONE_DAY)
        self.county_box.addItem(tr("report.ui_whole_city"), "")
        self.language_box = QComboBox()
        for language in ("zh", "en"):
            self.language_box.addItem(tr(f"report.ui_language.{language}"), language)
        self.language_box.setCurrentIndex(self.language_box.findData(self._context.i18n.language))
        self.template_label = plain_label("muted", wrap=True)
        self.own_button = QPushButton(theme.icon("open"), tr("report.ui_own_template"))
        self.shipped_button = QPushButton(theme.icon("undo"), tr("report.ui_shipped_template"))
        self.export_button = QPushButton(theme.icon("save"), tr("report.ui_export_template"))
        self.export_button.setToolTip(tr("report.ui_export_tip"))
        self.preview = CertificatePreview(self._context)
        self.preview.retranslate()
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.excel_button = QPushButton(theme.icon("table"), tr("report.ui_excel"))
        self.pdf_button = QPushButton(theme.icon("pdf", "on_accent"), tr("report.ui_pdf"))
        self.pdf_button.setProperty("role", "accent")
        self.pdf_button.setDefault(True)
        for button in (self.excel_button, self.pdf_button):
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)

    def _build_layout(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._form())
        self.splitter.addWidget(self.preview)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([LEFT, SIZE[0] - LEFT])
        whole = tight(QVBoxLayout(self), 8)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.addWidget(self.splitter, 1)
        whole.addWidget(self.buttons)
        self.setStyleSheet(desk_style(self._context.theme))

    def _form(self) -> QWidget:
        tr = self._context.i18n.tr
        left = QWidget()
        column = tight(QVBoxLayout(left), 8)
        column.setContentsMargins(0, 0, 8, 0)
        self._fields = fields = QFormLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(8)
        rows = (
            ("report.ui_kind", self.kind_box),
            ("report.ui_when", self.when_box),
            ("report.ui_day", self.day_edit),
            ("report.ui_county", self.county_box),
            ("report.ui_language", self.language_box),
        )
        for key, widget in rows:
            label = plain_label()
            label.setText(tr(key))
            label.setBuddy(widget)
            widget.setAccessibleName(label.text())
            fields.addRow(label, widget)
        column.addLayout(fields)
        column.addWidget(self.about_label)
        column.addSpacing(12)
        column.addWidget(self.template_label)
        acts = tight(QHBoxLayout(), 8)
        acts.addWidget(self.own_button)
        acts.addWidget(self.shipped_button)
        column.addLayout(acts)
        column.addWidget(self.export_button)
        column.addStretch(1)
        return left

    def _connect_signals(self) -> None:
        self.kind_box.currentIndexChanged.connect(self._on_kind)
        self.when_box.currentIndexChanged.connect(self._show_kind)
        self.county_box.currentIndexChanged.connect(self._show_kind)
        self.language_box.currentIndexChanged.connect(self._show_kind)
        self.day_edit.dateChanged.connect(self._show_kind)
        self._rest.timeout.connect(self._ask)
        self.own_button.clicked.connect(self.choose_file)
        self.shipped_button.clicked.connect(self.use_shipped)
        self.export_button.clicked.connect(self._export)
        self.pdf_button.clicked.connect(self._save_pdf)
        self.excel_button.clicked.connect(self._save_workbook)
        self.preview.pdf_view.failed.connect(self._context.tasks.failed)
        self.buttons.rejected.connect(self.reject)

    # --- public

    @property
    def choice(self) -> ReportChoice:
        """The report that is chosen."""
        when, county = str(self.when_box.currentData()), str(self.county_box.currentData() or "")
        on = self.day_edit.day if when == ONE_DAY else None
        month = None if when in (TODAY, ONE_DAY) else date.fromisoformat(f"{when}-01")
        language = str(self.language_box.currentData())
        return ReportChoice(
            ReportKind(self.kind_box.currentData()), Period(on, month, county), language, self._template
        )

    def use_file(self, name: str) -> None:
        """Make the report after a template of the office's own."""
        self._template = Path(name)
        self._context.preferences.remember(FOLDER, str(self._template.parent))
        self._show_kind()

    @Slot()
    def use_shipped(self) -> None:
        """Make the report after the template that comes with the program."""
        self._template = None
        self._show_kind()

    @Slot()
    def choose_file(self) -> None:
        """Ask for a template file."""
        tr = self._context.i18n.tr
        folder = self._context.preferences.text(FOLDER, str(Path.home()))
        dialog = QFileDialog(self, tr("report.ui_own_template"), folder, READABLE)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.use_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # --- asking and showing

    def _on_places(self, places: Places) -> None:
        self._context.ask(self, partial(load_choices, self._context, places), self._on_choices)

    def _on_choices(self, found: ReportPlaces) -> None:
        tr = self._context.i18n.tr
        self.day_edit.show_day(found.today)
        for month in months_before(found.today):
            self.when_box.addItem(tr("report.ui_month", month=f"{month:%Y-%m}"), f"{month:%Y-%m}")
        for key, name in found.counties.items():
            self.county_box.addItem(name, key)
        self._show_kind()

    @Slot()
    def _on_kind(self) -> None:
        """A template is made for one kind: another kind begins with the program's."""
        self._template = None
        self._show_kind()

    @Slot()
    def _show_kind(self) -> None:
        tr, choice = self._context.i18n.tr, self.choice
        self.about_label.setText(tr(f"report.about.{choice.kind.value}"))
        self._fields.setRowVisible(self.day_edit, self.when_box.currentData() == ONE_DAY)
        own = choice.template is not None
        self.shipped_button.setVisible(own)
        name = choice.template.name if choice.template else ""
        self.template_label.setText(tr("report.ui_template_own" if own else "report.ui_template", file=name))
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        """Draw the report as it is chosen now; an answer that comes after another question counts for nothing."""
        self._asked += 1
        asked, choice = self._asked, self.choice
        if not self.preview.showing_pdf:
            self.preview.show_message(self._context.i18n.tr("report.ui_drawing"))
        self._context.ask(
            self,
            partial(write_pdf, choice, self._context),
            partial(self._on_drawn, asked),
            partial(self._on_refused, asked),
        )

    def _on_drawn(self, asked: int, content: bytes) -> None:
        if asked == self._asked:
            self.preview.show_pdf(content, self.kind_box.currentText())
            self._allow(ready=True)

    def _on_refused(self, asked: int, error: Exception) -> None:
        if asked != self._asked:
            return
        if not isinstance(error, WufeiError):
            self._context.tasks.failed.emit(error)
            return
        self._allow(ready=False)
        self.preview.show_message("\n\n".join(self._told(error)))

    def _told(self, error: WufeiError) -> list[str]:
        i18n = self._context.i18n
        if isinstance(error, ProblemsFound):
            return [f"{problem.place}\n{i18n.problem(problem)}" for problem in error.problems]
        return [i18n.error(error)]

    def _allow(self, *, ready: bool) -> None:
        for button in (self.pdf_button, self.excel_button):
            button.setEnabled(ready)

    # --- saving

    @Slot()
    def _save_pdf(self) -> None:
        self._writing.save(self._name(), ".pdf", partial(write_pdf, self.choice, self._context), self)

    @Slot()
    def _save_workbook(self) -> None:
        self._writing.save(self._name(), ".xlsx", partial(write_workbook, self.choice, self._context), self)

    @Slot()
    def _export(self) -> None:
        kind = self.choice.kind
        name = self._context.i18n.tr("report.ui_template_name", kind=self.kind_box.currentText())
        self._writing.save(name, ".yaml", partial(shipped_template, kind, self._context), self)

    def _name(self) -> str:
        parts = [self.kind_box.currentText()]
        parts += [self.county_box.currentText()] if self.county_box.currentData() else []
        when = str(self.when_box.currentData())
        if when == ONE_DAY:
            parts.append(self.day_edit.day.isoformat())
        elif when != TODAY:
            parts.append(when)
        return " ".join(parts)
