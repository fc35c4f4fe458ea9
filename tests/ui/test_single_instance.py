"""One window for each data folder: a second start hands over what it was given, and ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QWidget

from tests.ui.conftest import wait_until
from ui import single_instance
from ui.single_instance import SingleInstance, bring_forward

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 20
"""Seconds until a process that was started must have got there."""

# A start of the program that says what became of it: it claims, tells, and stays until its input ends.
HOLDER = """
import json, sys, threading
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.single_instance import SingleInstance
application = QApplication([])
instance = SingleInstance(Path(sys.argv[1]))
instance.files_arrived.connect(lambda files: print(json.dumps([str(file) for file in files]), flush=True))
won = instance.claim([Path(name) for name in sys.argv[2:]])
print("won" if won else "lost", flush=True)
if won:
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    timer = QTimer(interval=20)  # only the thread of the window may end its loop
    timer.timeout.connect(lambda: application.quit() if ended.is_set() else None)
    timer.start()
    application.exec()
    instance.release()
"""


@pytest.fixture(autouse=True)
def _sockets_of_this_test(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))


@pytest.fixture
def start(tmp_path):
    """Start the program on a data folder; all that are still there in the end are ended."""
    started = []

    def begin(*files, data=None, script=HOLDER):
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        command = [sys.executable, "-c", script, str(data or tmp_path / "数据 夹"), *map(str, files)]
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def said(process):
    """The next line that a program says; nothing where it says none in time."""
    found = []
    reader = threading.Thread(target=lambda: found.append(process.stdout.readline().strip()), daemon=True)
    reader.start()
    reader.join(PATIENCE)
    return found[0] if found else ""


def test_a_second_start_hands_its_files_over_and_ends(start):
    first = start()
    assert said(first) == "won"
    second = start("/媒体/优 盘/一 包.wufei", "b.yaml")
    assert said(second) == "lost"
    assert second.wait(PATIENCE) == 0
    assert json.loads(said(first)) == ["/媒体/优 盘/一 包.wufei", "b.yaml"]
    assert said(start()) == "lost"
    assert json.loads(said(first)) == [], "a start without files only brings the window forward"


def test_of_many_starts_at_the_same_moment_exactly_one_wins(start):
    starts = [start(f"{number}.wufei") for number in range(5)]
    outcomes = []
    for one in starts:
        line = said(one)
        while line.startswith("["):
            line = said(one)
        outcomes.append(line)
    assert sorted(outcomes) == ["lost"] * 4 + ["won"]


def test_each_data_folder_has_its_own_window(start, tmp_path):
    assert [said(start(data=tmp_path / name)) for name in ("one", "two")] == ["won", "won"]


def test_a_folder_is_the_same_by_whatever_way_it_is_reached(start, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    assert said(start(data=tmp_path / "data")) == "won"
    assert said(start(data=tmp_path / "x" / ".." / "link")) == "lost"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows go with their program")
def test_what_a_killed_program_left_behind_hinders_nobody(start):
    first = start()
    assert said(first) == "won"
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert list(Path(os.environ["XDG_RUNTIME_DIR"]).iterdir()), "the socket and the lock are still there"
    begun = time.monotonic()
    assert said(start()) == "won"
    assert time.monotonic() - begun < single_instance.PATIENCE / 2


def test_a_program_that_ends_leaves_nothing_behind(start):
    first = start()
    assert said(first) == "won"
    first.communicate("", timeout=PATIENCE)
    assert list(Path(os.environ["XDG_RUNTIME_DIR"]).iterdir()) == []


def test_somebody_who_waits_for_a_window_that_hangs_gets_one(start, tmp_path, qapp):
    hangs = HOLDER.replace("application.exec()", "sys.stdin.read()")
    first = start(script=hangs)
    assert said(first) == "won"
    assert SingleInstance(tmp_path / "数据 夹", patience=0.4).claim([])


def test_people_on_one_machine_do_not_meet(tmp_path, monkeypatch):
    mine = single_instance._name_of(tmp_path)
    monkeypatch.setattr(os, "getuid", lambda: 4711, raising=False)
    monkeypatch.setattr(single_instance, "_user", lambda: "somebody else")
    assert single_instance._name_of(tmp_path) != mine


def test_where_no_lock_can_lie_the_program_starts_all_the_same(tmp_path, monkeypatch, qapp):
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    monkeypatch.setattr(single_instance, "_place", lambda: tmp_path / "there" / "is" / "none")
    assert SingleInstance(tmp_path).claim([])


@pytest.mark.parametrize("spoken", [b"nonsense\n", b"[]\n", b'{"files": 3}\n', b"\n", b'{"files": ["x"'])
def test_nonsense_from_others_is_no_file(tmp_path, qapp, spoken):
    instance = SingleInstance(tmp_path)
    assert instance.claim([])
    heard = []
    instance.files_arrived.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(single_instance._address(instance._name))
    assert socket.waitForConnected(1000)
    socket.write(spoken)
    socket.flush()
    if spoken.endswith(b"\n"):
        wait_until(lambda: socket.bytesAvailable() > 0)
        assert socket.readAll().data() == b"no\n"
    socket.disconnectFromServer()
    assert heard == []
    instance.release()


def test_a_window_comes_out_of_the_task_bar(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    bring_forward(window)
    assert window.isVisible()
    assert not window.windowState() & Qt.WindowState.WindowMinimized
