"""What opens the file of a site: its application, and beginning to assess it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui.dialogs import application_dialog, start_dialog
from ui.dialogs.application_dialog import ApplicationDialog, ApplicationForm
from ui.dialogs.start_dialog import StartDialog, StartForm
from wufei_cells.domain.lifecycle import CLOSED, Stage

if TYPE_CHECKING:
    from ui.context import AppContext
    from wufei_cells.domain.register import SiteRow


class OpeningSteps(QObject):
    """Opens these dialogs for a site.

    Signals:
        applied: an application was taken in or changed (AssessmentRow).
        started: an assessment was begun (AssessmentRow).
    """

    applied = Signal(object)
    started = Signal(object)

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window

    def apply(self, site: SiteRow) -> None:
        """Show the application of a site: the one of its open file, or an empty form for a new one."""
        new = site.stage in CLOSED or site.stage is Stage.REGISTERED
        job = partial(application_dialog.load_form, site.id, None if new else site.assessment)
        self._context.ask(self, job, self._on_application)

    def start(self, site: SiteRow) -> None:
        """Ask who assesses a site."""
        self._context.ask(self, partial(start_dialog.load_form, site.id), self._on_start)

    def _on_application(self, form: ApplicationForm) -> None:
        dialog = ApplicationDialog(self._context, form, self._window)
        dialog.taken.connect(self.applied)
        dialog.open()

    def _on_start(self, form: StartForm) -> None:
        dialog = StartDialog(self._context, form, self._window)
        dialog.taken.connect(self.started)
        dialog.open()
