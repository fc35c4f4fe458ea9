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
    from wufei_cells.domain.batches import Batch

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
        batches: Sequence[Batch | None] = (),
    ) -> None:
        """Build the dialog; ``batches`` are those in which the sites were named, in the same order.

        The number of its batch is printed on a certificate unless another one is typed.
        """
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self._drafts = tuple(drafts)
        self._batches = tuple(batches) or (None,) * len(self._drafts)
        self._build_widgets()
        self._build_layout()
        self.day_edit.dateChanged.connect(self._show_draft)
        self.document_edit.textChanged.connect(self._show_draft)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        context.events.language_changed.connect(self.retranslate)
        self.retranslate()

    # --- build

    def _build_widgets(self) -> None:
        self.heading_label = _label("section")
        self.sites_list = QListWidget()
        several = len(self._documents()) > 1
        for draft, batch in zip(self._drafts, self._batches, strict=True):
            number = batch.document_number if batch and several else ""
            self.sites_list.addItem(f"{draft.row.site_name} · {number}" if number else draft.row.site_name)
        self.sites_list.setMaximumHeight(120)
        self.sites_list.setVisible(len(self._drafts) > 1)
        today = date.today()  # noqa: DTZ011 - the day where the person is
        self.day_edit = QDateEdit(QDate(today.year, today.month, today.day))
        self.day_edit.setCalendarPopup(True)
        self.day_edit.setDisplayFormat("yyyy-MM-dd")
        self.until_label = _label()
        self.document_edit = QLineEdit(self._only_document())
        self.document_edit.setMaxLength(LONGEST_DOCUMENT)
        self.named_label = _label("caption")
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
        form.addRow("", self.named_label)
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
        documents = self._documents()
        hint = "certificates.document_of_each" if len(documents) > 1 else "certificates.document_hint"
        self.document_edit.setPlaceholderText(self._only_document() or tr(hint))
        self.named_label.setText("\n".join(self._named(*entry) for entry in documents.items()))
        self.named_label.setVisible(bool(documents))
        self.preview_title.setText(tr("certificates.will_be_printed" if count == 1 else "certificates.first_printed"))
        self.hint_label.setText(tr("certificates.issue_hint"))
        self.confirm_button.setText(tr("certificates.issue") if count == 1 else tr("certificates.issue_n", count=count))
        self._show_draft()

    def _documents(self) -> dict[str, list[str]]:
        """Give the numbers of naming documents, each with the titles of the batches, one for each site."""
        found: dict[str, list[str]] = {}
        for batch in self._batches:
            if batch and batch.document_number:
                found.setdefault(batch.document_number, []).append(batch.title)
        return found

    def _only_document(self) -> str:
        """Give the number by which all of them were named; empty where it was not one."""
        documents = self._documents()
        number, titles = next(iter(documents.items()), ("", []))
        return number if len(documents) == 1 and len(titles) == len(self._drafts) else ""

    def _named(self, document: str, titles: Sequence[str]) -> str:
        """Say which number is printed when nothing is typed, and for how many where there are several."""
        alone = len(titles) == len(self._drafts)
        key = "certificates.document_from" if alone else "certificates.document_from_some"
        values = {"document": document, "batch": "、".join(dict.fromkeys(titles)), "count": len(titles)}
        return self._context.i18n.tr(key, **values)

    # --- slots

    def _show_draft(self) -> None:
        i18n, draft, batch = self._context.i18n, self._drafts[0], self._batches[0]
        document = self.document_edit.text().strip() or (batch.document_number if batch else "")
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
