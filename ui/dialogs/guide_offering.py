"""F1 in a dialog: opens the guide at what the dialog is for.

The window's own F1 does not reach a dialog that keeps the window waiting, so each such dialog has a guide of its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from ui.models.guide_book import PLACES
from ui.models.keys import WINDOW

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog

    from ui.context import AppContext


def offer_guide(dialog: QDialog, context: AppContext, place: str) -> None:
    """Let F1 open the guide from a dialog; ``place`` is one of ``PLACES``, others offer nothing."""
    if place in PLACES:
        QShortcut(QKeySequence(WINDOW["guide"]), dialog).activated.connect(partial(_open, dialog, context, place))


def _open(dialog: QDialog, context: AppContext, place: str) -> None:
    from ui.dialogs.guide_dialog import GuideDialog  # noqa: PLC0415 - not part of the start

    guide = dialog.findChild(GuideDialog) or GuideDialog(context, place, dialog)
    guide.open_chapter(place)
    guide.show()
    guide.raise_()
