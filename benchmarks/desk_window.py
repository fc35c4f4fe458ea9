"""A window in which a person opens sites, changes views, filters, types and searches: ``… FOLDER ASSESSMENT``.

Prints one line of JSON: by what was done, the 95th percentile in milliseconds from the event to the painted result.
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
from PySide6.QtWidgets import QApplication

from ui.app import TURN, Start, Window
from wufei_cells.services import browsing, searching

if TYPE_CHECKING:
    from ui.pages.assessment_page import AssessmentPage

ROUNDS = 40
PATIENCE = 30.0


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
    person.change("items")
    found["filter the list"] = p95(person.filter)
    person.open(assessment)
    page.go_to("G1")
    found["score an item: painted and on disk"] = p95(person.score)
    page.desk.card.begin_note()
    found["a letter typed"] = p95(person.type)
    person.settle()
    found["search everything"] = p95(lambda number: searching.search(desk.workspace, words[number % 3]))
    return found


def main(folder: Path, assessment: str) -> int:
    """Measure, print, and end."""
    application = QApplication(sys.argv[:1])
    sys.setswitchinterval(TURN)
    files = {"settings_file": folder / "window.ini", "log_file": folder / "window.log"}
    window = Window(application, Start(data=folder, language="zh", person="bench", **files))
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
    print(json.dumps(measured(person, window, assessment)), flush=True)
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
