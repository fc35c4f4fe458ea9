"""Which way Chinese gets from the keyboard into the window, on Linux.

Qt's wheels carry a plugin for IBus and none for Fcitx, which most Chinese desktops run. Fcitx 5 answers the plugin for
IBus, too; Fcitx 4 does not, and has a bridge of ours (``ui.fcitx``).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ASKED = "QT_IM_MODULE"


def choose_input_method() -> bool:
    """Before the application is made: put a way that works here in the place of one that Qt lacks.

    Returns:
        whether Fcitx 4 is to be connected as soon as the application is there.
    """
    if not sys.platform.startswith("linux") or not _wants_fcitx() or _has_plugin():
        return False
    from ui import fcitx  # noqa: PLC0415 - only where somebody runs it

    bridged = fcitx.is_needed()
    os.environ[ASKED] = "compose" if bridged else "ibus"
    return bridged


def connect_fcitx(application: QApplication) -> None:
    """Send the keys through Fcitx 4; without it, where it ended meanwhile, the keyboard works as it is."""
    from ui import fcitx  # noqa: PLC0415 - only where somebody runs it

    try:
        context = fcitx.FcitxContext(application.applicationName())
    except fcitx.FAULTS:
        return
    fcitx.FcitxInput(context, application)


def _wants_fcitx() -> bool:
    wanted = os.environ.get(ASKED) or os.environ.get("XMODIFIERS", "").removeprefix("@im=")
    return wanted.startswith("fcitx")


def _has_plugin() -> bool:
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    return any(plugins.glob("*fcitx*"))
