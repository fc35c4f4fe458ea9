"""Make the pictures in docs/screenshots: every room, in both languages and both color schemes, on the demo's data.

Of the scoring desk there is one picture for each view and each panel; what the demo leaves out, such as photos and a
second assessor, is put there first with the program's own commands.

The window is drawn off the screen with its own fonts, so the pictures are the same on every machine apart from the
days on which the demo was played. Names of this machine do not appear in them.

    python3 dev.py shots [FOLDER]
"""

from __future__ import annotations

import contextlib
import io
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook, load_workbook
from PIL import Image, ImageDraw
from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from benchmarks.campaign import campaign
from tools.exchange_story import write_packages
from tools.few_colors import reduced
from ui.app import Start, Window, dressed
from ui.cycles import CycleCollector
from ui.dialogs.guide_dialog import GuideDialog
from ui.dialogs.openers import open_dialog
from ui.dialogs.scoresheet_import_dialog import ScoresheetImportDialog
from ui.dialogs.site_list_dialog import SiteListDialog
from ui.dialogs.take_in_dialog import TakeInDialog
from ui.dialogs.verify_dialog import VerifyDialog
from ui.dialogs.write_out_dialog import WriteOutDialog
from ui.pages.assessment_page import AssessmentPage
from ui.pages.certificates_page import CertificatesPage
from ui.pages.checklists_page import ChecklistsPage
from ui.pages.exchange_page import ExchangePage
from ui.pages.overview_page import OverviewPage
from ui.pages.sites_page import SitesPage
from ui.preferences import Preferences
from ui.welcome.welcome_window import WelcomeWindow
from ui.welcome_works import welcome_works
from wufei_cells import shipped
from wufei_cells.command_line.main import main as run_command
from wufei_cells.services import browsing, receiving, taking_packages
from wufei_cells.services.workspace import open_workspace

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1280, 800)
ROOMS = ("overview", "sites", "assessment", "certificates", "checklists", "exchange", "settings")
OF_ANSWERS = ("quality", "indicators")
"""Tabs of the overview that show what the demo answered; the others need two years of history: a made campaign."""
OF_HISTORY = ("progress", "pipeline", "renewals")
VIEWS = ("grid", "across")
PANELS = ("evidence", "findings", "team")
DIALOGS = ("checkup", "drawing", "template", "ledgers", "devices")
"""Dialogs that have a picture each, as the window calls them."""
CHAPTER = "certificates"
DEVICE, PERSON = "审核组-1", "李晓明"
SITE, ITEM = "韩愈陵园", "B1"
PHOTOS = {"东门至茶棚.jpg": (2, "#7d9b76"), "茶棚至神道.jpg": (1, "#a3916c")}
"""Names, how many bins are to be seen, and the color of the ground."""
FINDING = ("茶棚以西一段主路100米没有垃圾桶", "--item", ITEM, "--severity", "minor", "--action", "补设一组分类垃圾桶")
SHEET = "韩愈陵园.xlsx"
CLERK = {"A2": "3", "A3": "2", "B1": "也许"}
"""What a clerk puts into the scoresheet, by item."""
LIST = "修武县单位名单.xlsx"
SENT = "packages"
"""The folder of what other machines have sent."""
LISTED = (
    ("修武县无废细胞单位名单", "", "", "", ""),
    ("单位名称", "细胞类型", "所属县区", "统一社会信用代码", "联系人"),
    ("修武县第一实验小学", "机关", "修武县", "", "孙老师"),
    (SITE, "", "", "", "园区办"),
    ("修武县顺达包装有限公司", "工厂", "修武县", "9.1410E+17", "周经理"),
    ("云台山冰菊合作社", "景区", "修无县", "", ""),
)
"""A list of sites as a county sends one."""
STORY: tuple[tuple[str, ...], ...] = (
    ("assess", "answer", SITE, ITEM, "--row", "东门至茶棚: 0", "--row", "茶棚至神道: 1", "--source", "现场步测"),
    ("evidence", "add", SITE, ITEM, *PHOTOS),
    ("finding", "add", SITE, *FINDING, "--responsible", "园林科", "--due", "2026-12-31"),
    ("team", "add", SITE, "--alone", "陈静"),
    ("team", "add", SITE, "--alone", "王芳"),
    ("excel", "export", SITE, "-o", SHEET),
    ("assess", "answer", SITE, "A2", "partly", "--note", "电话里核实过"),
)
"""What is noted at a site that is being scored, as the commands to note it."""


def main(arguments: list[str]) -> int:
    """Play the demo, photograph every room, and give an exit code."""
    target = Path(arguments[0]).resolve() if arguments else ROOT / "docs" / "screenshots"
    target.mkdir(parents=True, exist_ok=True)
    _hide_this_machine()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        os.environ["WUFEI_DEVICES"] = str(Path(folder) / "devices")  # keys of registers that nobody will see again
        with contextlib.redirect_stdout(io.StringIO()):
            code = run_command(["demo", "demo"])
            code = code or _tell_story()
        if code:
            return code
        with contextlib.closing(campaign(Path("campaign"), today=datetime.now().astimezone().date(), example=True)):
            pass
        pictures = _photograph(Path("demo") / "database", target)
        pictures += _photograph_history(Path("campaign"), target) + _photograph_welcome(target)
        for picture in pictures:
            print(f"{picture.relative_to(target.parent)}  {picture.stat().st_size // 1024} kB")
    return 0


def _tell_story() -> int:
    """Put at one site what the demo leaves out; give an exit code."""
    for name, (bins, ground) in PHOTOS.items():
        _draw_photo(bins, ground).save(name)
    data = ("--data", str(Path("demo") / "database"), "--as", PERSON)
    Path(SENT).mkdir()
    packages = write_packages(Path("demo") / "database", SITE, Path(SENT))
    code = max(run_command([*data, *command]) for command in STORY)
    workspace = open_workspace(Path("demo") / "database", shipped.shipped_criteria(), person=PERSON)
    with contextlib.closing(workspace):
        taking_packages.take_in(workspace, receiving.receive(workspace, packages[-1:]))
    _fill_sheet(Path(SHEET))
    book = Workbook()
    for row in LISTED:
        book.worksheets[0].append(row)
    book.save(LIST)
    return code


def _fill_sheet(path: Path) -> None:
    """Answer in the scoresheet as a clerk would."""
    book = load_workbook(path)
    sheet: Any = book.worksheets[0]
    heads = next(row for row in sheet.iter_rows() if row[0].value == "number")
    places = {cell.value: cell.column for cell in heads}
    for row in sheet.iter_rows():
        key = str(row[places["key"] - 1].value).removeprefix("entry:").partition("#")[0]
        if key in CLERK:
            row[places["answer"] - 1].value = CLERK[key]
            row[places["note"] - 1].value = "见台账第 3 页" if key == "A3" else row[places["note"] - 1].value
    book.save(path)


def _draw_photo(bins: int, ground: str) -> Image.Image:
    """Draw a path with bins beside it: a picture that is nobody's."""
    photo = Image.new("RGB", (1200, 900), "#cfe0ea")
    draw = ImageDraw.Draw(photo)
    draw.rectangle((0, 420, 1200, 900), fill=ground)
    draw.polygon(((520, 420), (680, 420), (1150, 900), (50, 900)), fill="#d8d2c4")
    for number in range(bins):
        left, color = 120 + 480 * number, ("#2f6db5", "#5a5f66")[number % 2]
        draw.rounded_rectangle((left, 470, left + 150, 720), 16, fill=color)
        draw.rounded_rectangle((left - 14, 444, left + 164, 486), 12, fill="#33383d")
    return photo


def _photograph(data: Path, target: Path) -> list[Path]:
    """Show every room in every language and scheme; give the files written."""
    pictures: list[Path] = []
    window = _open(data)
    for ending in _dresses(window):
        for room in ROOMS:
            _enter(window, room)
            if room == "overview":
                pictures += _photograph_board(window, OF_ANSWERS, target, ending)
            else:
                pictures.append(_save(window.main, target / f"{room}-{ending}"))
            if room == "assessment":
                pictures += _photograph_desk(window, target, ending)
        pictures += _photograph_dialogs(window, target, ending)
    window.close()
    return pictures


def _photograph_history(data: Path, target: Path) -> list[Path]:
    """Show the overview of a city that has been at it for two years."""
    pictures: list[Path] = []
    window = _open(data)
    for ending in _dresses(window):
        _settle(window)
        pictures += _photograph_board(window, OF_HISTORY, target, ending)
    window.close()
    return pictures


def _photograph_welcome(target: Path) -> list[Path]:
    """Show what a person sees at the very first start."""
    application = cast("QApplication", QApplication.instance())
    pictures: list[Path] = []
    cycles = CycleCollector()
    for language in ("zh", "en"):
        for scheme in ("light", "dark"):
            settings = Preferences(Path("welcome.ini"))
            settings.remember("window/scheme", scheme)
            looks = dressed(application, Start(language=language), settings)
            place = Path("C:/Users/张三/AppData/Local/wufei-cells")  # no folder of this machine is in the picture
            window = WelcomeWindow(looks.i18n, looks.theme, welcome_works(place), folder=place)
            window.form.person_edit.setText(PERSON)
            window.show()
            _wait(lambda window=window: window.form.city_box.count() > 0)
            _pause(60)
            pictures.append(_save(window, target / f"welcome-{language}-{scheme}.png"))
            window.reject()
            looks.i18n.release()
    cycles.stop()
    return pictures


def _open(data: Path) -> Window:
    application = QApplication.instance() or QApplication([__file__, "-platform", "offscreen"])
    start = Start(data=data, language="zh", person=PERSON, settings_file=Path("window.ini"), log_file=Path("log"))
    window = Window(cast("QApplication", application), start)
    window.main.resize(*SIZE)
    window.main.show()
    _wait(lambda: window.main.current_room == "overview")
    return window


def _dresses(window: Window) -> Iterator[str]:
    """Dress the window in each language and scheme, and give how the names of its pictures end."""
    for language in ("zh", "en"):
        window.context.i18n.set_language(language)
        for scheme in ("light", "dark"):
            window.context.dress(scheme, 14)
            yield f"{language}-{scheme}.png"


def _photograph_board(window: Window, tabs: Iterable[str], target: Path, ending: str) -> list[Path]:
    """Show some tabs of the overview; the first is the overview itself."""
    page = cast("OverviewPage", window.main.page("overview"))
    pictures: list[Path] = []
    for tab in tabs:
        page.show_tab(tab)
        _settle(window)
        name = "overview" if tab == "progress" else f"overview-{tab}"
        pictures.append(_save(window.main, target / f"{name}-{ending}"))
    page.show_tab("progress")
    return pictures


def _photograph_desk(window: Window, target: Path, ending: str) -> list[Path]:
    """Show the other views of the open assessment, what stands beside an item."""
    scoring = cast("AssessmentPage", window.main.page("assessment")).scoring
    pictures: list[Path] = []
    for panel in PANELS:
        scoring.desk.side.show_panel(panel)
        _settle(window)
        pictures.append(_save(window.main, target / f"assessment-{panel}-{ending}"))
    scoring.desk.side.show_panel("guidance")
    for view in VIEWS:
        scoring.show_view(view)
        _settle(window)
        pictures.append(_save(window.main, target / f"assessment-{view}-{ending}"))
    scoring.show_view("items")
    return pictures


def _photograph_dialogs(window: Window, target: Path, ending: str) -> list[Path]:
    """Show what opens over the rooms, and what is found about a certificate."""
    paper = next((Path("demo") / "certificates").glob("*.pdf"))
    verifying = VerifyDialog(window.context, window.main)
    verifying.show()
    verifying.check_files([paper])
    importing = ScoresheetImportDialog(window.context, window.main)
    importing.show()
    importing.add_files([Path(SHEET).resolve()])
    listing = SiteListDialog(window.context, window.main)
    listing.show()
    listing.read([Path(LIST).resolve()])
    taking = TakeInDialog(window.context, window.main)
    taking.show()
    taking.add_files(sorted(Path(SENT).resolve().glob("*-给*.wufei")))
    board = cast("ExchangePage", window.main.page("exchange")).loaded
    assert board is not None
    writing = WriteOutDialog(window.context, board, window.main)
    writing.show_place(Path("E:/") / writing.path.name)  # no folder of this machine is in the picture
    writing.show()
    opened: dict[str, QDialog] = {"verify": verifying, "scoresheets": importing, "site_list": listing}
    opened |= {"take_in": taking, "write_out": writing, "guide": GuideDialog(window.context, CHAPTER, window.main)}
    opened["guide"].show()
    opened |= {name: open_dialog(name, window.context, window.main) for name in DIALOGS}
    pictures: list[Path] = []
    for name, dialog in opened.items():
        _settle(window)
        pictures.append(_save(dialog, target / f"{name}-{ending}"))
        dialog.close()
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
        (scoring,) = [row for row in browsing.list_assessments(workspace) if row.site_name == SITE]
        page.open_assessment(scoring.id, ITEM)
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
        reduced(picture.convert("RGB")).save(path, optimize=True)
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
