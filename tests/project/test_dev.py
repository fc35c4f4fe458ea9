"""dev.py answers a newcomer's slips with sentences and exit codes, never with a traceback."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import turns

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def dev():
    """The module dev.py, as itself."""
    spec = importlib.util.spec_from_file_location("dev_under_test", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run dev.py as a person would."""
    return subprocess.run([sys.executable, "dev.py", *arguments], check=False, cwd=ROOT, capture_output=True, text=True)


def test_unknown_command_lists_the_known_ones():
    done = start("tset")
    assert done.returncode == 2
    assert "no command 'tset'" in done.stderr
    for command in ("demo", "run", "test", "check", "bench", "shots", "lock", "setup"):
        assert f"  {command}" in done.stderr


def test_an_older_python_is_refused_with_a_sentence(dev, monkeypatch, capsys):
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (sys.version_info.major, sys.version_info.minor + 1))
    assert dev.main(["demo"]) == 2
    assert "needs Python" in capsys.readouterr().err


def test_a_missing_right_to_install_prints_the_exact_command(dev, monkeypatch):
    monkeypatch.setattr(dev, "is_debian", lambda: True)
    monkeypatch.setattr(dev, "missing_packages", lambda wanted: ["a-new-name|libglib2.0-0", "xvfb"])
    monkeypatch.setattr(dev, "administrator_prefix", lambda: None)
    monkeypatch.setattr(dev, "succeeds", lambda command: False)  # an apt-cache that knows no new names
    with pytest.raises(dev.StopError, match=r"apt-get install -y --no-install-recommends libglib2\.0-0 xvfb\n"):
        dev.install_system_packages(["xvfb"])


@pytest.mark.skipif(sys.platform != "linux", reason="asks dpkg")
def test_an_installed_alternative_is_not_missing(dev):
    if not dev.is_debian():
        pytest.skip("no Debian relative")
    assert dev.missing_packages(["no-such-package|dpkg", "no-such-package"]) == ["no-such-package"]


def test_a_failing_step_shows_its_messages(dev, capfd):
    with pytest.raises(dev.StopError, match="a step: failed with exit code 3"):
        dev.run_quietly([sys.executable, "-c", "print('why'); raise SystemExit(3)"], "a step")
    assert "why" in capfd.readouterr().err


def test_a_silent_step_stays_silent_except_for_large_downloads(dev, capfd):
    dev.run_quietly([sys.executable, "-c", "print('chatter'); print('  Downloading qt.whl (80.1 MB)')"], "a step")
    printed = capfd.readouterr().out
    assert "chatter" not in printed
    assert "Downloading qt.whl" in printed


@pytest.mark.skipif(sys.platform == "win32", reason="signals of a terminal")
def test_an_interrupt_lets_the_child_tidy_up_and_ends_with_130(tmp_path):
    child = f"""
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
pathlib.Path({str(tmp_path / "started")!r}).touch()
try:
    time.sleep(60)
except KeyboardInterrupt:
    pathlib.Path({str(tmp_path / "tidied")!r}).touch()
    sys.exit(7)
"""
    # In the background of a script, where these tests may run, interrupts are ignored from the start.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    program = (
        f"{heeding}import sys, dev; dev.COMMANDS['run'] = ('', lambda _: dev.run([sys.executable, '-c', {child!r}])); "
    )
    command = [sys.executable, "-c", f"{program} sys.exit(dev.main(['run']))"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        deadline = time.monotonic() + 30
        while not (tmp_path / "started").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert (tmp_path / "tidied").exists()


def test_the_files_that_have_their_turn_first_are_there():
    named = [*turns.LONGEST, *turns.LONGEST_WINDOWS]
    assert not [file for file in named if not (turns.TESTS / file).is_file()]
    assert len({*named}) == len(named)


def test_what_a_check_says_beside_the_tests_is_kept_with_its_exit_code(dev):
    code, seconds, output = dev.run_captured([sys.executable, "-c", "print('类型'); raise SystemExit(3)"])
    assert (code, output.strip()) == (3, "类型")
    assert seconds > 0
