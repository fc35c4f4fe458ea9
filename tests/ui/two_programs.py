"""A program on a screen of its own, and a person who has nothing but the keyboard and the titles of the windows."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ATTEMPTS = 5
PATIENCE = 40  # seconds until the person gives up; on a quiet machine everything is there within two
GLANCE = 0.1  # seconds between two looks at the screen
HESITATION = 0.5  # seconds before a key is pressed, and before it is pressed once more


class Screen:
    """A screen that nobody sees, with room for one program."""

    def __init__(self) -> None:
        self.name = ""
        for _ in range(ATTEMPTS):  # two that are turned on at once may want the same number; one of them ends then
            command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
            self._server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            assert self._server.stdout
            self.name = f":{self._server.stdout.readline().strip()}"
            if self._answers():
                return
            self.close()
        raise AssertionError("no screen could be turned on")

    def _answers(self) -> bool:
        asked = ["xdotool", "getdisplaygeometry"]
        environment = {**os.environ, "DISPLAY": self.name}
        return subprocess.run(asked, check=False, env=environment, capture_output=True).returncode == 0

    def close(self) -> None:
        """Turn it off."""
        self._server.terminate()
        self._server.wait()
        assert self._server.stdout
        self._server.stdout.close()


class Program:
    """The program as it is started by a click, in English, so that keys can be typed as they are."""

    def __init__(self, screen: Screen, data: Path, home: Path, person: str) -> None:
        (home / "Documents").mkdir(parents=True)
        self.documents = home / "Documents"
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_", "WAYLAND"))}
        self._env = {**kept, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb", "HOME": str(home)}
        self._env |= {"PYTHONPATH": str(ROOT), "QT_IM_MODULE": ""}
        self._said = (home / "said.txt").open("wb")
        command = [sys.executable, "-m", "ui", "--data", str(data), "--language", "en", "--person", person]
        self._process = subprocess.Popen(command, env=self._env, stdout=self._said, stderr=self._said)
        self._home = home

    def close(self) -> None:
        """End it, and say what it complained about."""
        self._process.terminate()
        self._process.wait()
        self._said.close()

    @property
    def said(self) -> str:
        """What it wrote into the terminal."""
        return (self._home / "said.txt").read_text("utf-8", "replace")

    # --- what a person sees and does

    def windows(self, title: str) -> set[str]:
        """The windows that are seen with a title."""
        found = self._tool("search", "--onlyvisible", "--name", f"^{title}$")
        return {*found.split()}

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Wait for something on the screen or on the disk."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert self._process.poll() is None, self.said
            assert time.monotonic() < end, f"{what}: {self.said}"
            time.sleep(GLANCE)

    def press(self, window: str, *keys: str) -> None:
        """Press keys in a window."""
        self._tool("windowfocus", "--sync", window)
        self._tool("key", "--clearmodifiers", *keys)

    def type(self, window: str, text: str) -> None:
        """Type a text in a window."""
        self._tool("windowfocus", "--sync", window)
        self._tool("type", "--delay", "2", text)

    def press_until(self, window: Callable[[], set[str]], key: str, condition: Callable[[], object], what: str) -> None:
        """Press a key in a window now and again, as long as that is there, until something is so."""
        pressed = time.monotonic()

        def done() -> bool:
            nonlocal pressed
            seen = window()
            if condition():
                return True
            if seen and time.monotonic() - pressed > HESITATION:
                self.press(min(seen), key)
                pressed = time.monotonic()
            return False

        self.wait(done, what)

    def command(self, words: str, title: str) -> str:
        """Choose a command of the search palette; give the window that it opens."""
        main = self._main()
        asked = 0.0

        def opened() -> bool:
            nonlocal asked
            if self.windows(title):
                return True
            if time.monotonic() - asked > 3 * HESITATION:
                self.press(main, "Escape", "ctrl+k")
                time.sleep(GLANCE)
                self._tool("type", "--delay", "2", words)
                time.sleep(5 * GLANCE)  # a person reads what was found
                self._tool("key", "--clearmodifiers", "Return")
                asked = time.monotonic()
            return False

        self.wait(opened, words)
        return min(self.windows(title))

    def _main(self) -> str:
        self.wait(lambda: self.windows(".*Wufei Cells.*"), "the window")
        return min(self.windows(".*Wufei Cells.*"))

    def _tool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], check=False, env=self._env, capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
        return done.stdout
