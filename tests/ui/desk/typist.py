"""A person at the desk, as a process of its own that gets killed: ``python -m tests.ui.desk.typist FOLDER ASSESSMENT``.

Presses real keys in a real window and says each answer, note and photo the moment the window has it as stored.
"""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.app import Start, Window
from wufei_cells.domain.answers import answer_document

KEYS = ("1", "2", "3", "j", "k", "u", "r")


class Typist:
    """Presses keys at the desk without end and reports what is stored."""

    def __init__(self, window: Window, assessment: str, seed: int) -> None:
        self.page = window.main.page("assessment").scoring
        self.random = random.Random(seed)
        self.count = 0
        self.timer = QTimer(window.main, interval=1)
        self.timer.timeout.connect(self.press)
        session = self.page.session
        session.loaded.connect(self.begin)
        session.scored.connect(self.report)
        window.main.show_assessment(assessment)

    def begin(self) -> None:
        """Start when the assessment is on the desk."""
        if not self.timer.isActive():
            self.timer.start()
            say("ready")

    def press(self) -> None:
        """Press one key: score, move, take back, or type a word into the note."""
        self.count += 1
        card = self.page.desk.card
        if self.count % 7 == 0:
            card.note_edit.setFocus()
            QTest.keyClicks(card.note_edit, f"note {self.count} ")
            QTest.keyClick(card.note_edit, Qt.Key.Key_Escape)
            return
        QTest.keyClicks(card, self.random.choice(KEYS))

    def report(self) -> None:
        """Say everything that the window holds as stored."""
        rows = self.page.session.rows
        stored = {key: answer_document(row.answer) for key, row in rows.items()}
        say(json.dumps(stored))


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: Path, assessment: str, seed: int) -> int:
    """Type until killed."""
    app = QApplication(sys.argv[:1])
    files = {"settings_file": folder.parent / f"{seed}.ini", "log_file": folder.parent / f"{seed}.log"}
    window = Window(app, Start(data=folder, language="zh", person="张评估", **files))
    window.main.show()
    typist = Typist(window, assessment, seed)
    assert typist
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
