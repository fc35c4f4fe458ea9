"""The two big targets of the exchange: write out, take in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext

HEIGHT = 84
ICON = 32
TARGETS = (("write_out", "upload"), ("take_in", "download"))


class Target(QPushButton):
    """A button with a sentence under its word."""

    def __init__(self, context: AppContext, name: str, icon: str) -> None:
        super().__init__()
        self._context = context
        self._name, self._icon_name = name, icon
        self.icon_label = plain_label()
        self.title_label = plain_label("section")
        self.text_label = plain_label("muted", wrap=True)
        self.setMinimumHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(self.title_label)
        words.addWidget(self.text_label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addWidget(self.icon_label)
        row.addLayout(words, 1)
        for label in (self.icon_label, self.title_label, self.text_label):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Ask for the room of the words inside, not for that of a caption."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Be as high as the words need at the width there is."""
        layout = self.layout()
        if layout is None:
            return super().minimumSizeHint()
        width = max(self.width(), 240)
        return QSize(240, max(HEIGHT, layout.totalHeightForWidth(width)))

    def retranslate(self) -> None:
        """Write the words anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self.title_label.setText(tr(f"exchange.{self._name}"))
        self.text_label.setText(tr(f"exchange.{self._name}_text"))
        self.setAccessibleName(self.title_label.text())
        self.setAccessibleDescription(self.text_label.text())
        role = "accent" if self.isEnabled() else "muted"
        self.icon_label.setPixmap(theme.pixmap(self._icon_name, role, ICON, self.devicePixelRatioF()))
        self.updateGeometry()


class Targets(QWidget):
    """Both beside each other.

    Signals:
        write_out_requested: the person wants to write a package.
        take_in_requested: the person wants to choose files to take in.
    """

    write_out_requested = Signal()
    take_in_requested = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.write_out, self.take_in = (Target(context, name, icon) for name, icon in TARGETS)
        self.write_out.clicked.connect(self.write_out_requested)
        self.take_in.clicked.connect(self.take_in_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.write_out, 1)
        row.addWidget(self.take_in, 1)

    def retranslate(self) -> None:
        """Write the words anew."""
        self.write_out.retranslate()
        self.take_in.retranslate()
