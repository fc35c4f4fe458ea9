"""A window in which a person opens sites, changes views, filters, types and searches: ``… FOLDER ASSESSMENT``.

Prints one line of JSON: by what was done, the 95th percentile in milliseconds from the event to the painted result.
With a view named behind (``items``, ``grid``) an expert scores the assessment there instead, and the line says how many
keys were pressed.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.expert import Expert
from benchmarks.expert_answers import intended
from ui.app import TURN, Start, Window
from wufei_cells.services import browsing, searching

if TYPE_CHECKING:
    from ui.desk.across_view import AcrossView
    from ui.dialogs.search_palette import SearchPalette
    from ui.pages.assessment_page import AssessmentPage

ROUNDS = 40
PATIENCE = 30.0
STEPS = 10
LETTERS = ("ben", "123", "G12")


class Person:
    """Does things in the window and waits until each is painted."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.page = cast("AssessmentPage", window.main.page("assessment")).scoring

    def open(self, assessment: str) -> None:
        """Open an assessment and wait for its card."""
        session = self.page.session
        self._window.main.show_assessment(assessment)
        self.wait(lambda: session.assessment is not None and session.assessment.id == assessment)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        tasks, session = self._window.context.tasks, self.page.session
        self.wait(lambda: tasks.idle and not session.busy)
        for _turn in range(3):  # what was asked for in the next turn of the event loop, and its painting
            QCoreApplication.processEvents()

    def wait(self, ready: Callable[[], bool]) -> None:
        """Let the program work until something is so."""
        until = time.monotonic() + PATIENCE
        while not ready():
            QCoreApplication.processEvents()
            assert time.monotonic() < until, "the window does not come to rest"

    def change(self, view: str) -> None:
        """Show the answers in another view."""
        self.page.show_view(view)
        self.settle()

    def filter(self, number: int) -> None:
        """List only what is unanswered, or everything again."""
        self.page.set_filter(("unanswered", "all")[number % 2])
        self.settle()

    def step_across(self, number: int) -> None:
        """Go to another item over all sites: some steps on, and the same back again."""
        view = cast("AcrossView", self.page.panels.built["across"])
        loaded = view.model.loaded
        assert loaded is not None
        view.step(1 if number % (2 * STEPS) < STEPS else -1)
        self.wait(lambda: view.model.loaded is not None and view.model.loaded is not loaded)
        _paint(self._window.main)

    def open_search(self) -> None:
        """Open the search over everything and wait until it is painted."""
        self._window.main.search()
        _paint(self.palette())

    def type_search(self, letters: str) -> None:
        """Type letters into the search and wait until what was found is painted."""
        palette, shown = self.palette(), list[bool]()
        palette.model.modelReset.connect(lambda: shown.append(True))
        QTest.keyClicks(palette.search_edit, letters)
        self.wait(lambda: bool(shown))
        _paint(palette)

    def close_search(self) -> None:
        """Close the search where it is open."""
        if self._window.main.palette_shown is not None:
            self.palette().reject()
        self.settle()

    def search_anew(self) -> None:
        """Open the search afresh, ready to be typed into."""
        self.close_search()
        self.open_search()
        self.settle()

    def palette(self) -> SearchPalette:
        """Give the open search."""
        palette = self._window.main.palette_shown
        assert palette is not None, "the search is not open"
        return palette

    def score(self, number: int) -> None:
        """Choose an answer."""
        self.press("12"[number % 2])
        self.settle()

    def type(self, number: int) -> None:
        """Type a letter; what is typed is stored later."""
        self.press("abcdefgh"[number % 8])
        self._window.main.repaint()

    def press(self, key: str) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.page.desk.card, key)


def _paint(widget: QWidget) -> None:
    """Lay out what changed and paint it now."""
    QCoreApplication.sendPostedEvents()
    widget.repaint()


def p95(work: Callable[[int], object], *, prepare: Callable[[int], object] | None = None) -> float:
    """Give the 95th percentile of doing something, in milliseconds."""
    taken: list[float] = []
    for number in range(ROUNDS):
        if prepare:
            prepare(number)
        begun = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.quantiles(taken[2:], n=20)[-1]  # without the first two, which import and build


def measured(person: Person, window: Window, assessment: str) -> dict[str, float]:
    """Do everything that the desk promises to be quick at."""
    desk, page = window.context.desk, person.page
    others = [row.id for row in browsing.list_assessments(desk.workspace)][:8]
    places = [assessment, *(other for other in others if other != assessment)]
    words = ("单位 7", "bench", "单位 3")
    found = {"open a site": p95(lambda number: person.open(places[number % len(places)]))}
    for view in ("grid", "across"):
        found[f"change to the view “{view}”"] = p95(
            lambda _number, view=view: person.change(view), prepare=lambda _number: person.change("items")
        )
    found["another item over all sites"] = p95(person.step_across, prepare=lambda _number: person.settle())
    person.change("items")
    found["filter the list"] = p95(person.filter)
    person.open(assessment)
    page.go_to("G1")
    found["score an item: painted and on disk"] = p95(person.score)
    page.desk.card.begin_note()
    found["a letter typed"] = p95(person.type)
    person.settle()
    found["search everything"] = p95(lambda number: searching.search(desk.workspace, words[number % 3]))
    found["open the search"] = p95(lambda _number: person.open_search(), prepare=lambda _number: person.close_search())
    found["three letters into the search, found"] = p95(
        lambda number: person.type_search(LETTERS[number % 3]), prepare=lambda _number: person.search_anew()
    )
    person.close_search()
    return found


def expert_presses(person: Person, window: Window, view: str) -> int:
    """Let an expert score everything in a view; give the keys it took."""
    sheet = person.page.session.sheet
    assert sheet is not None
    expert = Expert(window.main, person.page, person.settle)
    score = {"items": expert.score_items, "grid": expert.score_grid}[view]
    score(intended(sheet.checklist))
    return expert.presses


def main(folder: Path, assessment: str, view: str = "") -> int:
    """Measure or score, print, and end."""
    application = QApplication(sys.argv[:1])
    sys.setswitchinterval(TURN)
    settings, log = folder / "window.ini", folder / "window.log"
    start = Start(data=folder, language="zh", person="bench", settings_file=settings, log_file=log)
    window = Window(application, start)
    window.main.resize(1366, 768)
    window.main.show()
    window.main.activateWindow()
    QTest.qWaitForWindowActive(window.main)
    person = Person(window)
    person.wait(lambda: window.context.desk.is_open)
    person.settle()  # the window shows its first room when the register is open
    person.open(assessment)
    assert window.main.current_room == "assessment"
    person.page.desk.card.setFocus(Qt.FocusReason.OtherFocusReason)
    found = expert_presses(person, window, view) if view else measured(person, window, assessment)
    print(json.dumps(found), flush=True)
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
