"""Why the window stays although somebody closed it: work that must not be cut off, how far it is, and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton

from ui.widgets.plain import plain_label

if TYPE_CHECKING:
    from ui.context import AppContext


class ClosingBar(QFrame):
    """Shown from the moment somebody closes the window until the work that holds it is over.

    Signals:
        ready: all is over and the window may close.
    """

    ready = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.setProperty("role", "bar")
        self.text_label = plain_label(wrap=True)
        self.progress_bar = QProgressBar()
        self.progress_bar.setTextVisible(False)
        self.progress_bar.setFixedWidth(140)
        self.give_up_button = QPushButton()
        self.stay_button = QPushButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(self.text_label, 1)
        for widget in (self.progress_bar, self.give_up_button, self.stay_button):
            row.addWidget(widget)
        # Whoever reports the end of work still has something to say after it: the window closes a turn later.
        self._closing = QTimer(self, singleShot=True, interval=0)
        self._closing.timeout.connect(self._on_over)
        self.give_up_button.clicked.connect(self._give_up)
        self.stay_button.clicked.connect(self.hide)
        context.unfinished.changed.connect(self._show_works)
        context.unfinished.regretted.connect(self._on_regretted)
        context.events.language_changed.connect(self._show_works)
        self.hide()

    def hold(self) -> bool:
        """Tell whether work holds the window back, and show it then."""
        works = self._context.unfinished.works
        self.setVisible(bool(works))
        self._show_works()
        return bool(works)

    # --- slots

    @Slot()
    def _show_works(self) -> None:
        if self.isHidden():
            return
        tr, works = self._context.i18n.tr, self._context.unfinished.works
        if not works:
            self._closing.start()
            return
        done, total = sum(work.done for work in works), sum(work.total for work in works)
        words = " ".join(tr(work.words, count=work.total - work.done) for work in works)
        self.text_label.setText(words)
        self.setAccessibleName(words)
        self.progress_bar.setRange(0, total)
        self.progress_bar.setValue(done)
        self.progress_bar.setAccessibleName(words)
        self.give_up_button.setText(tr("frame.closing_give_up", count=total - done))
        self.stay_button.setText(tr("frame.closing_stay"))

    @Slot()
    def _give_up(self) -> None:
        for work in self._context.unfinished.works:
            work.give_up()

    @Slot(str)
    def _on_regretted(self, sentence: str) -> None:
        if not self.isHidden():
            self.hide()
            self._context.notices.post(sentence, "attention")

    @Slot()
    def _on_over(self) -> None:
        if not self.isHidden() and not self._context.unfinished.works:
            self.hide()
            self.ready.emit()
