"""Try what was built in the build's own Windows, as its users meet it: Chinese names, spaces, no administrator."""

from __future__ import annotations

import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import load_workbook

from installer import content, release_keys
from installer.trying import TryingError
from installer.windows import smoke_update
from installer.windows.registry import CLASSES, OWN_TYPES, SHARED_TYPE, UNINSTALL_KEY
from installer.windows.screen import colors_in, picture, screen
from installer.windows.wine import USER, Wine
from wufei_cells.paths import PORTABLE_FOLDER

CHOSEN = r"C:\用户 张三\无废 细胞"
"""Where setup is told to install: Chinese and spaces."""
DEMO = rf"C:\users\{USER}\演示 一"
OWN_DATA = rf"C:\users\{USER}\AppData\Local\{content.PROGRAM}"
START_MENU = rf"C:\users\{USER}\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\无废细胞认定工作台.lnk"
STICK = r"C:\优盘 一"
UPDATES = r"C:\更新 文件"
DRAWN = 400  # colors; an empty window has a handful, one with smooth text many hundreds
TOO_OLD, RUNNING = 3, 4  # as setup.nsi ends


class Trial:
    """Runs the built programs, says what was found, and remembers what was wrong."""

    def __init__(self, wine: Wine, say: Callable[[str], None]) -> None:
        self.wine = wine
        self.wrong: list[str] = []
        self._say = say

    def expect(self, what: str, found: object, detail: str = "") -> None:
        """Say whether something is as it should be."""
        self._say(f"  {'✓' if found else '✗'} {what}" + (f": {detail}" if detail else ""))
        if not found:
            self.wrong.append(what)

    def answers(self, program: str, *words: str) -> str:
        """Run a program that has to end well; give what it printed."""
        started = time.monotonic()
        done = self.wine.run(program, *words)
        told = (
            f"{time.monotonic() - started:.1f} s"
            if done.returncode == 0
            else f"{done.returncode} {done.stdout[-2000:]}"
        )
        self.expect(f"{program.rpartition(chr(92))[2]} {' '.join(words)}", done.returncode == 0, told)
        return done.stdout

    def is_there(self, path: str) -> bool:
        """Tell whether there is a file or a folder."""
        return self.wine.place(path).exists()

    def registered(self, key: str) -> str:
        """Give what the registry holds under a key of the user; empty when there is no such key."""
        done = self.wine.run("reg", "query", rf"HKCU\{key}", encoding="gbk")
        return "" if done.returncode else done.stdout


def try_out(wine: Wine, setup: Path, portable: Path, shots: Path, say: Callable[[str], None] = print) -> None:
    """Install, run, install again, uninstall; unpack and run the portable archive.

    Raises:
        TryingError: something is not as it should be; everything else was tried nevertheless.
    """
    trial = Trial(wine, say)
    _clean(wine)
    with screen(wine.prefix / "screen") as pixels:
        _refused_where_too_old(trial, setup)
        _installed(trial, setup)
        _commands(trial)
        _papers(trial)
        _window(trial, setup, pixels, shots)
        _installed_again(trial, setup)
        file = _updated(trial)
        _uninstalled(trial)
        _portable(trial, portable, file)
        wine.settle()
    if trial.wrong:
        raise TryingError("what was built for Windows is not in order: " + "; ".join(trial.wrong))


def _clean(wine: Wine) -> None:
    """Take away what an earlier trial may have left."""
    for path in (CHOSEN, DEMO, OWN_DATA, f"{OWN_DATA}-devices", STICK, UPDATES):
        shutil.rmtree(wine.place(path), ignore_errors=True)
    wine.place(START_MENU).unlink(missing_ok=True)
    for key in (UNINSTALL_KEY, *(kind.key for kind in (*OWN_TYPES, SHARED_TYPE))):
        wine.run("reg", "delete", rf"HKCU\{key}", "/f")


def _refused_where_too_old(trial: Trial, setup: Path) -> None:
    trial.wine.run("winecfg", "-v", "win81")
    code = trial.wine.run(trial.wine.path(setup), "/S").returncode
    trial.wine.run("winecfg", "-v", "win10")
    trial.expect("setup refuses Windows 8.1", code == TOO_OLD, f"exit code {code}")


def _installed(trial: Trial, setup: Path) -> None:
    # NSIS takes the rest of the line for the folder, without quotation marks around it.
    trial.answers(trial.wine.path(setup), "/S", *f"/D={CHOSEN}".split(" "))
    trial.expect(f"the program is in {CHOSEN}", trial.is_there(rf"{CHOSEN}\{content.PROGRAM}.exe"))
    trial.expect("the start menu has it", trial.is_there(START_MENU))
    for kind in OWN_TYPES:
        shown = trial.registered(rf"{kind.key}\shell\open\command")
        trial.expect(f"{kind.ending} opens it", f"{CHOSEN}\\{content.PROGRAM}.exe" in shown and "%1" in shown)
    shown = trial.registered(UNINSTALL_KEY)
    trial.expect("Windows lists it with version and size", content.version() in shown and "EstimatedSize" in shown)


def _commands(trial: Trial) -> None:
    program = rf"{CHOSEN}\{content.PROGRAM}-cli.exe"
    trial.expect("its version is right", content.version() in trial.answers(program, "--version"))
    *_, last = trial.answers(program, "--self-check").splitlines() or [""]
    trial.expect("the self-check says so in Chinese", "检查" in last, last)
    trial.answers(program, "demo", DEMO)
    trial.answers(program, "city", "use", "jiaozuo")  # begins a register where the user's own is
    trial.answers(program, "progress")
    trial.expect("the user's own register is in their folder", trial.is_there(rf"{OWN_DATA}"))


def _papers(trial: Trial) -> None:
    folder = trial.wine.place(DEMO)
    papers = sorted(folder.rglob("*.pdf"))
    texts = [subprocess.run(["pdftotext", str(one), "-"], check=False, capture_output=True).stdout for one in papers]
    readable = [text for text in texts if "无废" in text.decode("utf-8", "replace")]
    trial.expect(
        "every paper of the demo opens and has Chinese text", papers and len(readable) == len(papers), f"{len(papers)}"
    )
    books = sorted(folder.rglob("*.xlsx"))
    sheets = sum(len(load_workbook(one, read_only=True).sheetnames) for one in books)
    trial.expect("every workbook of the demo opens", books and sheets >= len(books), f"{len(books)}")


def _window(trial: Trial, setup: Path, pixels: Path, shots: Path) -> None:
    """Open the window, look at it, let setup find it running, and close it as a person does."""
    program = f"{content.PROGRAM}.exe"
    window = trial.wine.start(rf"{CHOSEN}\{program}", "--data", rf"{DEMO}\database")
    started = time.monotonic()
    while (colors := colors_in(picture(pixels))) < DRAWN and time.monotonic() - started < 120:
        time.sleep(0.5)
    seconds = time.monotonic() - started
    trial.expect("the window is drawn", colors >= DRAWN, f"{seconds:.1f} s, {colors} colors")
    time.sleep(5)  # pictures and figures that are counted beside it
    shots.mkdir(parents=True, exist_ok=True)
    picture(pixels).save(shots / "overview.png")
    code = trial.wine.run(trial.wine.path(setup), "/S").returncode
    trial.expect("setup refuses while it runs", code == RUNNING, f"exit code {code}")
    trial.wine.run("taskkill", "/IM", program)
    trial.expect("the window closes", _ended(window))


def _ended(program: subprocess.Popen[bytes]) -> bool:
    try:
        return program.wait(timeout=60) == 0
    except subprocess.TimeoutExpired:
        program.kill()
        return False


def _installed_again(trial: Trial, setup: Path) -> None:
    """Install over what is there: the folder is found by itself, what is stale goes, what is the user's stays."""
    stale = trial.wine.place(rf"{CHOSEN}\{content.LIBRARIES}\of-an-older-version.pyd")
    stale.write_bytes(b"")
    own = trial.wine.place(rf"{CHOSEN}\我的.txt")
    own.write_text("a note of the user's", encoding="utf-8")
    trial.answers(trial.wine.path(setup), "/S")
    trial.expect("what an older version left is gone", not stale.exists())
    trial.expect("the program is in the same folder", trial.is_there(rf"{CHOSEN}\{content.PROGRAM}.exe"))
    trial.expect("a file of the user's stays", own.exists())
    own.unlink()
    trial.answers(rf"{CHOSEN}\{content.PROGRAM}-cli.exe", "--data", rf"{DEMO}\database", "progress")


def _updated(trial: Trial) -> Path:
    """Update the installed program by a file, and go back; give the file."""
    file = smoke_update.make_next(trial, trial.wine.place(CHOSEN), trial.wine.place(UPDATES))
    smoke_update.try_update(trial, CHOSEN, file)
    trial.expect("Windows lists the new version", smoke_update.NEXT in trial.registered(UNINSTALL_KEY))
    trial.expect("what uninstalls it came along", trial.is_there(rf"{CHOSEN}\uninstall.exe"))
    copy = rf"{OWN_DATA}\backups\wufei-before-{smoke_update.NEXT}.db"
    trial.expect("the user's register was copied", trial.is_there(copy))
    trial.answers(rf"{CHOSEN}\{content.PROGRAM}-cli.exe", "progress")
    smoke_update.try_back(trial, CHOSEN)
    trial.expect("Windows lists the old version", smoke_update.NEXT not in trial.registered(UNINSTALL_KEY))
    return file


def _uninstalled(trial: Trial) -> None:
    before = trial.wine.place(rf"{CHOSEN}-before-0.1\{content.LIBRARIES}")
    before.mkdir(parents=True)
    trial.answers(rf"{CHOSEN}\uninstall.exe", "/S")
    trial.wine.settle()  # it goes on from a copy of itself
    trial.expect("the program's folder is gone", not trial.is_there(CHOSEN))
    folder = trial.wine.place(CHOSEN)
    beside = [path.name for path in folder.parent.glob(f"{folder.name}-*")]
    trial.expect("what updates kept beside it is gone", not beside, ", ".join(beside))
    trial.expect("the start menu is clean", not trial.is_there(START_MENU))
    keys = [UNINSTALL_KEY, *(kind.key for kind in (*OWN_TYPES, SHARED_TYPE))]
    keys += [rf"{CLASSES}\{kind.ending}" for kind in OWN_TYPES]
    left = [key for key in keys if trial.registered(key)]
    trial.expect("the registry is clean", not left, ", ".join(left))
    trial.expect("the user's data is untouched", trial.is_there(OWN_DATA) and trial.is_there(rf"{DEMO}\database"))


def _portable(trial: Trial, archive: Path, file: Path) -> None:
    """Run it from a stick: everything it keeps has to be beside it, and nothing in the user's folders.

    Its data moves along with an update, and with the way back.
    """
    stick = trial.wine.place(STICK)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(stick)
    shutil.rmtree(trial.wine.place(OWN_DATA))
    program = rf"{STICK}\{content.PROGRAM}"
    trial.answers(rf"{program}\{content.PROGRAM}-cli.exe", "city", "use", "jiaozuo")
    _keeps_its_register(trial, stick)
    release_keys.put_in(stick / content.PROGRAM, [file.with_name("trial.pem")])
    smoke_update.try_update(trial, program, file)
    _keeps_its_register(trial, stick)
    trial.answers(rf"{program}\{content.PROGRAM}-cli.exe", "progress")
    smoke_update.try_back(trial, program)
    _keeps_its_register(trial, stick)
    trial.expect("and nothing in the user's folders", not trial.is_there(OWN_DATA))
    shutil.rmtree(stick)


def _keeps_its_register(trial: Trial, stick: Path) -> None:
    """Look for registers on the stick: there is one, in the data of the program that has the place."""
    data = stick / content.PROGRAM / PORTABLE_FOLDER
    registers = [path.parent for path in stick.rglob("wufei.db")]
    right = [path for path in registers if path.is_relative_to(data)] == registers and len(registers) == 1
    trial.expect("the portable program keeps its register beside it", right, ", ".join(map(str, registers)))
