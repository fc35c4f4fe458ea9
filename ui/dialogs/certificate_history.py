"""Everything that happened to a certificate and on the way to it, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.widgets.plain import literal, plain_label
from ui.widgets.sentence_delegate import SentenceDelegate

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.models.certificate_story import Story

SIZE = (760, 480)


class CertificateHistory(QDialog):
    """Lists days, what happened, and who put it on record."""

    def __init__(self, context: AppContext, story: Story, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        tr = context.i18n.tr
        self.setWindowTitle(tr("certificates.history_title"))
        heading = plain_label("section", wrap=True)
        heading.setText(story.row.site_name)
        self.tree = QTreeWidget()
        self.tree.setColumnCount(3)
        self.tree.setRootIsDecorated(False)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.tree.setAccessibleName(self.windowTitle())
        self.tree.setHeaderLabels([tr(f"certificates.history_{name}") for name in ("day", "what", "who")])
        self.tree.setItemDelegateForColumn(1, SentenceDelegate(self.tree))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for column in (0, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        for one in story.told:
            said = one.sentence(context.i18n) + (f"\n{one.more}" if one.more else "")
            item = QTreeWidgetItem(self.tree, [context.i18n.day(one.on), said, one.author])
            item.setIcon(1, context.theme.icon(*one.look))
            item.setToolTip(1, literal(said))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.tree, 1)
        column.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self.resize(*SIZE)
