"""Make the pictures in docs/screenshots: every room, in both languages and both color schemes, on the demo's data.

The window is drawn off the screen with its own fonts, so the pictures are the same on every machine apart from the
days on which the demo was played. Names of this machine do not appear in them.

    python3 dev.py shots [FOLDER]
"""

from __future__ import annotations

import contextlib
import io
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PIL import Image
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from ui.app import Start, Window
from ui.pages.assessment_page import AssessmentPage
from ui.pages.certificates_page import CertificatesPage
from ui.pages.checklists_page import ChecklistsPage
from ui.pages.sites_page import SitesPage
from wufei_cells.command_line.main import main as run_command
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.services import browsing

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1280, 800)
COLORS = 256  # of a picture's palette
ROOMS = ("overview", "sites", "assessment", "certificates", "checklists", "settings")
DEVICE = "审核组-1"


def main(arguments: list[str]) -> int:
    """Play the demo, photograph every room, and give an exit code."""
    target = Path(arguments[0]).resolve() if arguments else ROOT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    _hide_this_machine()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        with contextlib.redirect_stdout(io.StringIO()):
            code = run_command(["demo", "demo"])
        if code:
            return code
        for picture in _photograph(Path("demo") / "database", target):
            print(f"{picture.relative_to(target.parent)}  {picture.stat().st_size // 1024} kB")
    return 0


def _photograph(data: Path, target: Path) -> list[Path]:
    """Show every room in every language and scheme; give the files written."""
    application = QApplication.instance() or QApplication([__file__, "-platform", "offscreen"])
    start = Start(data=data, language="zh", person="李晓明", settings_file=Path("window.ini"), log_file=Path("log"))
    window = Window(cast("QApplication", application), start)
    window.main.resize(*SIZE)
    window.main.show()
    _wait(lambda: window.main.current_room == "overview")
    pictures: list[Path] = []
    for language in ("zh", "en"):
        window.context.i18n.set_language(language)
        for scheme in ("light", "dark"):
            window.context.dress(scheme, 14)
            for room in ROOMS:
                _enter(window, room)
                pictures.append(_save(window.main, target / f"{room}-{language}-{scheme}.png"))
    window.close()
    return pictures


def _enter(window: Window, room: str) -> None:
    """Enter a room and show something worth seeing there."""
    page = window.main.show_room(room)
    _settle(window)
    workspace = window.context.desk.workspace
    if isinstance(page, SitesPage):
        second = page.model.row_at(page.model.index(1, 0))
        assert second is not None
        page.show_site(second.id)
    elif isinstance(page, AssessmentPage):
        (scoring,) = [row for row in browsing.list_assessments(workspace) if row.stage is Stage.SCORING]
        page.open_assessment(scoring.id)
    elif isinstance(page, CertificatesPage):
        page.show_certificate(browsing.list_certificates(workspace)[0].id)
    elif isinstance(page, ChecklistsPage) and not page.in_studio:
        page.act("draft_from")
    _settle(window)


def _settle(window: Window) -> None:
    """Wait until nothing is on its way any more."""
    _pause(60)
    _wait(lambda: window.context.tasks.idle)
    _pause(400)  # previews are drawn a moment after they are asked for
    _wait(lambda: window.context.tasks.idle)
    _pause(60)


def _wait(happened: Callable[[], bool]) -> None:
    for _ in range(1500):
        if happened():
            return
        _pause(20)
    raise TimeoutError("the window did not get there")


def _pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _save(widget: QWidget, path: Path) -> Path:
    """Write a picture of a window with a palette of its own, which is a third of the size."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    with Image.open(io.BytesIO(buffer.data().data())) as picture:
        reduced = picture.convert("RGB").quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        reduced.save(path, optimize=True)
    return path


def _hide_this_machine() -> None:
    """Let the program see a machine that means nothing to a reader of the pictures."""
    platform.node = lambda: DEVICE
    platform.platform = lambda *_args, **_options: "Linux"
    qInstallMessageHandler(_quiet)


def _quiet(kind: QtMsgType, _context: object, message: str) -> None:
    """Leave out what the offscreen platform says it cannot do."""
    if "This plugin does not support" not in message:
        print(f"{kind.name}: {message}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
