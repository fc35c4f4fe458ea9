"""Issue certificates: a day, the number of the naming document, and what will be printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.desk_style import desk_style
from ui.widgets.fitting import fit_to_words
from wufei_cells.services.certifying import valid_until

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.context import AppContext
    from ui.models.issue_draft import IssueDraft

WIDTH = 560
LONGEST_DOCUMENT = 60


class IssueDialog(QDialog):
    """Shows what issuing will do and asks once, because it cannot be undone.

    Signals:
        issue_confirmed: the certificates are to be issued (day, number of the document).
    """

    issue_confirmed = Signal(object, str)

    def __init__(
        self,
        context: AppContext,
        drafts: Sequence[IssueDraft],
        parent: QWidget | None = None,
        *,
        document: str = "",
    ) -> None:
        """Build the dialog; ``document`` is the number of the document by which all of them were named."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._drafts = tuple(drafts)
        self._build_widgets(document)
        self._build_layout()
        self.day_edit.dateChanged.connect(self._show_draft)
        self.document_edit.textChanged.connect(self._show_draft)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.retranslate()

    # --- build

    def _build_widgets(self, document: str) -> None:
        self.heading_label = _label("section")
        self.sites_list = QListWidget()
        self.sites_list.addItems([draft.row.site_name for draft in self._drafts])
        self.sites_list.setMaximumHeight(120)
        self.sites_list.setVisible(len(self._drafts) > 1)
        today = date.today()  # noqa: DTZ011 - the day where the person is
        self.day_edit = QDateEdit(QDate(today.year, today.month, today.day))
        self.day_edit.setCalendarPopup(True)
        self.day_edit.setDisplayFormat("yyyy-MM-dd")
        self.until_label = _label()
        self.document_edit = QLineEdit(document)
        self.document_edit.setMaxLength(LONGEST_DOCUMENT)
        self.day_label, self.until_title, self.document_label = QLabel(), QLabel(), QLabel()
        self.preview_title = _label("caption")
        self.paper = QFrame()
        self.paper.setProperty("role", "card")
        self.title_label = _label("section")
        self.title_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.body_label = _label()
        self.details_label = _label("muted")
        self.hint_label = _label("muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.confirm_button = QPushButton()
        self.confirm_button.setProperty("role", "accent")
        self.buttons.addButton(self.confirm_button, QDialogButtonBox.ButtonRole.AcceptRole)

    def _build_layout(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(self.day_label, self.day_edit)
        form.addRow(self.until_title, self.until_label)
        form.addRow(self.document_label, self.document_edit)
        paper = QVBoxLayout(self.paper)
        paper.setContentsMargins(16, 12, 16, 12)
        paper.setSpacing(8)
        for widget in (self.title_label, self.body_label, self.details_label):
            paper.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(self.heading_label)
        column.addWidget(self.sites_list)
        column.addLayout(form)
        for widget in (self.preview_title, self.paper, self.hint_label, self.buttons):
            column.addWidget(widget)
        self.setMinimumWidth(WIDTH)
        self.setStyleSheet(desk_style(self._context.theme))

    # --- public

    @property
    def day(self) -> date:
        """The day of issue."""
        chosen = self.day_edit.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def retranslate(self) -> None:
        """Write everything anew."""
        tr = self._context.i18n.tr
        count = len(self._drafts)
        self.setWindowTitle(tr("certificates.issue_title"))
        one = tr("certificates.issue_one", site=self._drafts[0].row.site_name)
        self.heading_label.setText(one if count == 1 else tr("certificates.issue_many", count=count))
        self.day_label.setText(tr("certificates.issued_on"))
        self.day_edit.setAccessibleName(tr("certificates.issued_on"))
        self.until_title.setText(tr("certificates.valid_until"))
        self.document_label.setText(tr("certificates.document"))
        self.document_edit.setAccessibleName(tr("certificates.document"))
        self.document_edit.setPlaceholderText(tr("certificates.document_hint"))
        self.preview_title.setText(tr("certificates.will_be_printed" if count == 1 else "certificates.first_printed"))
        self.hint_label.setText(tr("certificates.issue_hint"))
        self.confirm_button.setText(tr("certificates.issue") if count == 1 else tr("certificates.issue_n", count=count))
        self._show_draft()

    # --- slots

    def _show_draft(self) -> None:
        i18n, draft, document = self._context.i18n, self._drafts[0], self.document_edit.text().strip()
        until = valid_until(self.day, draft.profile.validity_years)
        self.until_label.setText(i18n.day(until))
        self.title_label.setText(draft.title(i18n))
        self.body_label.setText(draft.body(i18n, self.day, until, document))
        details = [
            i18n.tr("certificates.detail_number", number=i18n.tr("certificates.number_at_issue")),
            i18n.tr("certificates.detail_score", total=draft.total(), level=draft.level(i18n)),
            i18n.tr("certificates.detail_valid", issued=i18n.day(self.day), until=i18n.day(until)),
            i18n.tr("certificates.detail_issuer", issuer=i18n.text(draft.profile.issuer)),
        ]
        if document:
            details.append(i18n.tr("certificates.detail_document", document=document))
        self.details_label.setText("\n".join(details))
        fit_to_words(self, WIDTH)

    def _on_accepted(self) -> None:
        self.issue_confirmed.emit(self.day, self.document_edit.text().strip())
        self.accept()


def _label(role: str = "") -> QLabel:
    label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
    if role:
        label.setProperty("role", role)
    return label
