"""Chinese is typed as people type it on Linux: real input methods, a real screen, pinyin on the keyboard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.ui.two_programs import ROOT, Screen

PATIENCE = 20  # seconds
OF_FCITX = """[Profile]
IMName=pinyin
EnabledIMList=fcitx-keyboard-us:True,pinyin:True
"""
OF_FCITX_5 = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""
PROFILES = {"fcitx": ("fcitx/profile", OF_FCITX), "fcitx5": ("fcitx5/profile", OF_FCITX_5)}
STARTS = {"fcitx": ["fcitx", "-D"], "fcitx5": ["fcitx5", "--disable=wayland,notifications,kimpanel,cloudpinyin"]}
WAYS = {"fcitx": "bridged", "fcitx5": "by plugin"}


@contextmanager
def started(command: list[str], env: dict[str, str], said: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program as long as somebody is in here."""
    with said.open("wb") as output, subprocess.Popen(command, env=env, stdout=output, stderr=output) as process:
        try:
            yield process
        finally:
            process.terminate()


def until(found, what: str):
    """Wait until something is found, and give it."""
    end = time.monotonic() + PATIENCE
    while not (value := found()):
        assert time.monotonic() < end, what
        time.sleep(0.1)
    return value


class Keyboard:
    """A field on a screen with an input method, and somebody who types."""

    def __init__(self, stack: ExitStack, method: str, home: Path) -> None:
        screen = Screen()
        stack.callback(screen.close)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "QT_", "WAYLAND"))}
        home.mkdir()
        self._env = {**kept, "DISPLAY": screen.name, "HOME": str(home), "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        self._env |= {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx", "PYTHONPATH": str(ROOT)}
        name, profile = PROFILES[method]
        file = home / ".config" / name
        file.parent.mkdir(parents=True)
        file.write_text(profile)
        bus = home / "bus.txt"
        stack.enter_context(started(["dbus-daemon", "--session", "--nofork", "--print-address"], self._env, bus))
        # "failed to set fd limit" may stand in the lines before
        address = until(lambda: [line for line in bus.read_text().splitlines() if line.startswith("unix:")], "the bus")
        self._env["DBUS_SESSION_BUS_ADDRESS"] = address[0]
        stack.enter_context(started(STARTS[method], self._env, home / "method.txt"))
        self._remote = f"{method}-remote"
        until(lambda: self._run(self._remote).strip(), "the input method")
        self._said = home / "said.txt"
        window = [sys.executable, "-m", "tests.ui.typing_window"]
        stack.enter_context(started(window, self._env, self._said))
        seen = until(lambda: self._run("xdotool", "search", "--onlyvisible", "--name", "^typing$"), "the window")
        until(self.lines, "the way that was chosen")
        self._run("xdotool", "windowfocus", "--sync", seen.split()[0])
        until(self._switched_on, "pinyin")

    def lines(self) -> list[str]:
        """What the window said."""
        return self._said.read_text("utf-8").splitlines()

    def type(self, *words: str) -> None:
        """Press the keys of words, one by one."""
        for word in words:
            self._run("xdotool", "type", "--delay", "60", word)
            time.sleep(0.5)  # a person looks at what is offered

    def press(self, key: str) -> None:
        """Press one key."""
        self._run("xdotool", "key", key)

    def _switched_on(self) -> bool:
        self._run(self._remote, "-o")
        self._run(self._remote, "-s", "pinyin")
        return self._run(self._remote).strip() == "2"

    def _run(self, *command: str) -> str:
        done = subprocess.run(command, check=False, env=self._env, capture_output=True, text=True, timeout=PATIENCE)
        return done.stdout


@pytest.fixture(params=["fcitx", "fcitx5"])
def keyboard(request, tmp_path):
    needed = ("Xvfb", "xdotool", "dbus-daemon", request.param, f"{request.param}-remote")
    missing = [name for name in needed if shutil.which(name) is None]
    if missing:
        pytest.skip(f"not here: {missing}")
    with ExitStack() as stack:
        yield request.param, Keyboard(stack, request.param, tmp_path / "用户 张三")


def test_pinyin_becomes_chinese(keyboard):
    method, typed = keyboard
    assert typed.lines()[0] == WAYS[method]
    typed.type("nihao", " ")
    until(lambda: typed.lines()[-1] == "text 你好", str(typed.lines()))
    typed.type("xibao", " ")
    until(lambda: typed.lines()[-1].startswith("text 你好细胞"), str(typed.lines()))
    typed.press("BackSpace")
    until(lambda: typed.lines()[-1] == "text 你好细", str(typed.lines()))
