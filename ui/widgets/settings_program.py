"""The program itself: which version this is, what it is made of, whether it works here, what to send for support."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal, Slot, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui.widgets.flow_layout import FlowLayout
from ui.widgets.plain import plain_label
from wufei_cells.release import program_version

if TYPE_CHECKING:
    from ui.context import AppContext

# Everything that is part of the running program, with its license; a test compares it with what is really needed.
LIBRARIES = (
    ("PySide6-Essentials", "LGPL-3.0 (Qt)"),
    ("shiboken6", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("typing_extensions", "PSF-2.0"),
    ("reportlab", "BSD-3-Clause"),
    ("rl_accel", "BSD-3-Clause"),
    ("charset-normalizer", "MIT"),
    ("pillow", "MIT-CMU"),
    ("openpyxl", "MIT"),
    ("et_xmlfile", "MIT"),
    ("XlsxWriter", "BSD-2-Clause"),
    ("PyYAML", "MIT"),
    ("platformdirs", "MIT"),
    ("pypdfium2", "Apache-2.0 / BSD-3-Clause (PDFium)"),
    ("cryptography", "Apache-2.0 / BSD-3-Clause"),
    ("cffi", "MIT-0"),
    ("pycparser", "BSD-3-Clause"),
    ("cbor2", "MIT"),
    ("base45", "BSD-2-Clause"),
    ("segno", "BSD-3-Clause"),
    ("zxing-cpp", "Apache-2.0"),
    ("pyHanko", "MIT"),
    ("pyhanko-certvalidator", "MIT"),
    ("asn1crypto", "MIT"),
    ("oscrypto", "MIT"),
    ("lxml", "BSD-3-Clause"),
    ("uritools", "MIT"),
    ("tzlocal", "MIT"),
    ("tzdata", "Apache-2.0"),
    ("aiohttp", "Apache-2.0 AND MIT"),
    ("aiohappyeyeballs", "PSF-2.0"),
    ("aiosignal", "Apache-2.0"),
    ("attrs", "MIT"),
    ("certifi", "MPL-2.0"),
    ("frozenlist", "Apache-2.0"),
    ("idna", "BSD-3-Clause"),
    ("multidict", "Apache-2.0"),
    ("propcache", "Apache-2.0"),
    ("yarl", "Apache-2.0"),
    ("Jinja2", "BSD-3-Clause"),
    ("MarkupSafe", "BSD-3-Clause"),
    ("zstandard", "BSD-3-Clause"),
    ("pyrage", "MIT"),
    ("icalendar", "BSD-2-Clause"),
    ("jeepney", "MIT"),
    ("python-dateutil", "Apache-2.0 / BSD-3-Clause"),
)
NO_BREAK = "\N{NO-BREAK SPACE}"
ROWS = ("self_check", "update", "support")
ICONS = {"self_check": "check", "update": "download", "support": "copy"}
KEYS = {"self_check": "check", "update": "install", "support": "gather"}


class ProgramSection(QWidget):
    """Tells which program this is; its buttons lead to dialogs.

    Signals:
        opening_requested: the person wants one of the dialogs (a name of ``ROWS``).
    """

    opening_requested = Signal(str)

    def __init__(self, context: AppContext, *, offered: frozenset[str], parent: QWidget | None = None) -> None:
        """Build the section.

        Args:
            context: of the window.
            offered: the names of the dialogs that there are.
            parent: of the section.
        """
        super().__init__(parent)
        self._context = context
        self._title = plain_label("section")
        self.version_label = plain_label(wrap=True, selectable=True)
        self.open_buttons = {name: QPushButton() for name in ROWS if name in offered}
        self.folder_button = QPushButton()
        self.about_label = plain_label("muted", wrap=True, selectable=True)
        buttons = FlowLayout()
        for name, button in self.open_buttons.items():
            button.setObjectName(name)
            button.clicked.connect(self._on_clicked)
            buttons.addWidget(button)
        buttons.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._title)
        column.addWidget(self.version_label)
        column.addLayout(buttons)
        column.addWidget(self.about_label)
        self.folder_button.clicked.connect(self._open_folder)
        self.retranslate()

    # --- public

    @Slot()
    def retranslate(self) -> None:
        """Write everything anew."""
        tr, theme = self._context.i18n.tr, self._context.theme
        self._title.setText(tr("support.section"))
        self.version_label.setText(self._versions())
        for name, button in self.open_buttons.items():
            button.setText(tr(f"support.{KEYS[name]}"))
            button.setToolTip(tr(f"support.{KEYS[name]}_tip"))
            button.setIcon(theme.icon(ICONS[name]))
        self.folder_button.setText(tr("support.folder"))
        self.folder_button.setToolTip(tr("support.folder_tip"))
        self.folder_button.setIcon(theme.icon("folder"))
        self.about_label.setText(self._about())

    # --- slots and the rest

    @Slot()
    def _on_clicked(self) -> None:
        self.opening_requested.emit(self.sender().objectName())

    @Slot()
    def _open_folder(self) -> None:
        folder = self._context.log_file.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            said = self._context.i18n.tr("settings.folder_not_opened", path=str(folder))
            self._context.notices.post(said, "attention")

    def _versions(self) -> str:
        tr, system = self._context.i18n.tr, platform.platform()
        machine = {"python": platform.python_version(), "qt": qVersion(), "sqlite": sqlite3.sqlite_version}
        lines = (tr("support.version", version=program_version()), tr("support.machine", **machine, system=system))
        return "\n".join(lines)

    def _about(self) -> str:
        tr = self._context.i18n.tr
        parts = (f"{name} {_version(name)}".strip() + f" ({license_name})" for name, license_name in LIBRARIES)
        libraries = " · ".join(part.replace(" ", NO_BREAK) for part in parts)
        heading = tr("support.libraries", count=len(LIBRARIES))
        return "\n".join([tr("settings.about_fonts"), tr("settings.about_icons"), "", heading, libraries])


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a built program leaves out what it does not ask for
        return ""
