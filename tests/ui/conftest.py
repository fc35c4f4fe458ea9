"""Real windows on real registers, offscreen, with their settings in a folder of the test."""

from __future__ import annotations

import gc
import random
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import insert

from ui import theme
from ui.app import Start, Window
from ui.i18n import I18n
from ui.widgets.answer_editor import Marking
from ui.widgets.answer_editor_parts import editor_for
from wufei_cells import shipped
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.checklists import Parameter
from wufei_cells.domain.text import Text
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services import assessing, browsing, registering
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store import journal, projection, tables

HERE = Path(__file__).parent
PERSON = "张评估"
WAIT = 15_000  # milliseconds; an open register answers in a few, a busy machine takes longer


def pytest_collection_modifyitems(items):
    """Let the offscreen platform say what it cannot do (size hints, raising, grabbing keys); all else fails a test."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


class Prepared:
    """Data folders that are made once, as they stand when the window has opened them, and copied for every test."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[Callable[[Path], Any], tuple[Path, Any]] = {}

    def copy(self, fill: Callable[[Path], Any], folder: Path) -> Any:
        """Copy to a folder what a function fills one with; give what the function gave."""
        if fill not in self._made:
            original = self._folder / str(len(self._made))
            given = fill(original)
            # What the window does first: it brings the checklists of the cities up to date, and that takes a while.
            criteria, cities = shipped.shipped_criteria(), shipped.shipped_cities()
            open_workspace(original, criteria, person=PERSON, cities=cities, create_folder=True).close()
            self._made[fill] = original, given
        original, given = self._made[fill]
        shutil.copytree(original, folder)
        return given


@pytest.fixture(autouse=True)
def widgets_die_in_this_thread():
    """Let the collector of cycles run between tests only, in the thread of the windows.

    Run by the worker thread while a window is painted, it would destroy widgets there; Qt's locks and Python's then
    wait for each other for ever. What thousands of tests left behind is not gone through again and again: that took
    two seconds after each test in the end.
    """
    gc.disable()
    gc.collect()  # not at the end of the test before: pytest still held its windows there, and they never went
    gc.freeze()
    yield
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _icons_are_drawn_once(qapp):
    """Let all windows share the pictures of their icons; a program has one window, here there are hundreds."""
    drawn = lru_cache(2_000)(theme._draw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme, "_draw", drawn)
        yield
    drawn.cache_clear()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """``prepared.copy(fill, folder)``: a data folder that a function has filled, for one test alone."""
    return Prepared(tmp_path_factory.mktemp("prepared"))


def _empty(_folder: Path) -> None:
    """Fill in nothing: a register of the shipped checklists."""


@dataclass
class Register:
    """A data folder that a test fills before the window opens it."""

    folder: Path
    prepared: Prepared
    person: str = PERSON
    sites: list = field(default_factory=list)

    def opened(self):
        """Open the register beside the window, as a second program would."""
        if not self.folder.exists():
            self.prepared.copy(_empty, self.folder)
        return open_workspace(self.folder, shipped.shipped_criteria(), person=self.person, create_folder=True)

    def add_sites(self, *names):
        """Enter sites one by one, as a person does; give their rows."""
        workspace = self.opened()
        category = browsing.categories(workspace)[0].key
        district = browsing.profile(workspace).districts[0].key
        rows = [registering.add_site(workspace, SiteDraft(name, category, district)) for name in names]
        workspace.close()
        self.sites += rows
        return rows

    def start_assessment(self, site):
        """Start an assessment of a site."""
        workspace = self.opened()
        row = assessing.start_assessment(workspace, site)
        workspace.close()
        return row

    def add_many(self, count):
        """Fill the register through the journal, as an import would, with names in no order."""
        workspace = self.opened()
        categories = [category.key for category in browsing.categories(workspace)]
        districts = [district.key for district in browsing.profile(workspace).districts]
        shuffled = random.Random(5)
        cells = []
        for number in range(count):
            site = f"site-{number:06d}"
            cells += [
                ("site", site, "name", f"{shuffled.choice('中原河山焦作解放修武博爱')}第{number}单位"),
                ("site", site, "category", shuffled.choice(categories)),
                ("site", site, "district", shuffled.choice(districts)),
            ]
        with workspace.database.writing() as connection:
            seq, lamport = journal.counters(connection, workspace.database.device)
            shared = {"device": workspace.database.device, "at": "2026-11-01T08:00:00+00:00"}
            shared |= {"author": workspace.person.id, "replaced_device": None, "replaced_seq": None}
            acts = [
                shared
                | {"seq": seq + offset, "lamport": lamport + offset, "kind": kind, "entity": entity, "cell": cell}
                | {"value": canonical_json(value)}
                for offset, (kind, entity, cell, value) in enumerate(cells, 1)
            ]
            connection.execute(insert(tables.act), acts)
            projection.rebuild(connection)
        workspace.close()


@pytest.fixture
def register(tmp_path, prepared):
    """An empty register in a folder of its own."""
    return Register(tmp_path / "data", prepared)


class Windows:
    """Opens the program's window on registers, waits until it shows its first room, and closes all in the end."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self._application, self._folder = application, folder
        self._opened: list[Window] = []

    def __call__(self, register=None, *, language="zh", person=PERSON, wait=True, folder=None, resize=True):
        if register is not None and not register.folder.exists():
            register.opened().close()  # it must be there: only the default one is made by the window
        start = Start(
            data=register.folder if register is not None else folder,
            language=language,
            person=person,
            settings_file=self._folder / "settings" / "window.ini",
            log_file=self._folder / "log" / "window.log",
        )
        window = Window(self._application, start)
        self._opened.append(window)
        if resize:
            window.main.resize(1280, 800)
        window.main.show()
        if wait:
            wait_until(lambda: window.main.current_room == "overview")
            self.settle(window)
        return window

    def settle(self, window):
        """Wait until nothing is on its way."""
        wait_until(lambda: window.context.tasks.idle)

    def close(self):
        """Close all windows."""
        for window in self._opened:
            window.close()
            window.main.deleteLater()
        # Gone before the application is undressed, which would lay out every widget once more.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._application.setStyleSheet("")


def wait_until(condition):
    """Let the window work until something is so."""
    end = time.monotonic() + WAIT / 1000
    while not condition():
        assert time.monotonic() < end, "the window did not get there in time"
        QTest.qWait(2)


@pytest.fixture
def open_window(qtbot, qapp, tmp_path):
    """Open the program's window on a register, and wait until it shows its first room."""
    windows = Windows(qapp, tmp_path)
    yield windows
    windows.close()


@pytest.fixture(scope="module")
def shared_windows(qapp, tmp_path_factory):
    """The same for a window that the tests of a module share because they only look at it."""
    windows = Windows(qapp, tmp_path_factory.mktemp("shared"))
    yield windows
    windows.close()


@pytest.fixture(scope="module")
def shared_register(prepared, tmp_path_factory):
    """A register that the tests of a module share."""
    return Register(tmp_path_factory.mktemp("register") / "data", prepared)


@pytest.fixture
def window(open_window, register):
    """The window on a register with three sites."""
    register.add_sites("焦作市第一中学", "解放区龙源湖公园", "修武县云台山景区")
    return open_window(register)


# --- answer editors


@pytest.fixture
def i18n(qapp):
    return I18n(shipped.wording_catalogue(), "zh")


@pytest.fixture
def numbers():
    return Numbers([Parameter("most", Text("最高"), Text("分"), Decimal(8))])


@pytest.fixture
def make_editor(qtbot, i18n, numbers):
    """Show the editor of a rule in a window of its own."""
    kept = []

    def make(rule, full=10):
        editor = editor_for(rule, Marking(i18n, numbers, Fraction(full)))
        kept.append(editor)
        qtbot.addWidget(editor)
        with qtbot.waitActive(editor):
            editor.show()
            editor.activateWindow()
        return editor

    return make
