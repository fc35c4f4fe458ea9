"""Check the program in the window, and gather what helps whoever looks after it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from ui import self_check
from ui.dialogs.gathered_text_dialog import GatheredTextDialog
from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from ui.tasks import TaskProgress
    from wufei_cells.services.self_checking import Outcome, Shipped
    from wufei_cells.services.supporting import Surroundings
    from wufei_cells.wording import Wording

ASKED = ("XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "QT_IM_MODULE", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR")
"""Settings of the desktop that change how the window behaves; none holds a name."""


def show_check(context: AppContext, parent: QWidget) -> GatheredTextDialog:
    """Check the program and show what came of it."""
    dialog = GatheredTextDialog(context, "support.check_title", "support.check_running", parent)
    checks = _Checks(context.everything, _window_outcomes(context), context.i18n.wording)
    dialog.gather(checks.report, "support.check_head")
    return dialog


def show_support(context: AppContext, parent: QWidget) -> GatheredTextDialog:
    """Gather what helps, and show it before anything is copied."""
    from wufei_cells.services.supporting import Surroundings  # noqa: PLC0415 - with the services

    dialog = GatheredTextDialog(context, "support.text_title", "support.gather_running", parent)
    around = Surroundings(context.data_folder, context.log_file, _machine(context))
    checks = _Checks(context.everything, _window_outcomes(context), context.i18n.wording)
    dialog.gather(_Support(checks, around).text, "support.text_head")
    return dialog


def _window_outcomes(context: AppContext) -> tuple[Outcome, ...]:
    """Run the checks that want this thread; they are quick."""
    from wufei_cells.services import self_checking  # noqa: PLC0415 - with the services

    return self_checking.run(self_check.window_checks(context.everything()))


@dataclass(frozen=True, slots=True)
class _Checks:
    """What the worker thread adds to the checks of the window."""

    everything: Callable[[], Shipped]
    of_window: tuple[Outcome, ...]
    wording: Wording

    def outcomes(self) -> tuple[Outcome, ...]:
        """Run the other checks."""
        from wufei_cells.services import self_checking  # noqa: PLC0415 - the same

        shipped = self.everything()
        core = self_checking.run(self_checking.core_checks(shipped))
        return (*core, *self.of_window, *self_checking.run(self_check.page_checks(shipped)))

    def report(self, _desk: Desk, _progress: TaskProgress) -> str:
        """Write the outcomes, what failed first."""
        from wufei_cells.services import self_checking  # noqa: PLC0415 - the same

        ordered = sorted(self.outcomes(), key=lambda outcome: outcome.passed)
        return "\n".join(self_checking.report(ordered, self.wording))


@dataclass(frozen=True, slots=True)
class _Support:
    """Gathers the text in the worker thread."""

    checks: _Checks
    around: Surroundings

    def text(self, desk: Desk, _progress: TaskProgress) -> str:
        """Write it; a register that does not open is told by its error."""
        from wufei_cells.services import supporting  # noqa: PLC0415 - the same

        outcomes = self.checks.outcomes()
        try:
            workspace = desk.workspace
        except WufeiError as error:
            workspace = error
        return supporting.support_text(workspace, self.around, outcomes, self.checks.wording)


def _machine(context: AppContext) -> dict[str, str]:
    """Say what the window runs on."""
    screens = QGuiApplication.screens()
    sizes = (f"{one.size().width()}x{one.size().height()} @{one.devicePixelRatio():g}" for one in screens)
    theme = context.theme
    return {
        "qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "screens": ", ".join(sizes),
        "window": f"{context.i18n.language}, {theme.scheme}, {theme.type_size}",
        **{name: os.environ[name] for name in ASKED if os.environ.get(name)},
    }
