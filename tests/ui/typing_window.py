"""A window with one field, made as the program makes its own; says what was typed into it, line by line."""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.input_method import choose_input_method, connect_fcitx


def say(line: str) -> None:
    """Say something at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Show the window until it is ended."""
    bridged = choose_input_method()
    application = QApplication(sys.argv)
    if bridged:
        connect_fcitx(application)
    field = QLineEdit()
    field.setWindowTitle("typing")
    field.textChanged.connect(lambda text: say(f"text {text}"))
    field.show()
    QTimer.singleShot(0, lambda: say("bridged" if bridged else "by plugin"))
    application.exec()


main()
