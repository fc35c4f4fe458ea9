"""The one entrance for whoever works on the project: sets everything up, then runs it.

Standard library only, so that a fresh clone needs nothing but Python. All set-up goes into .venv of the checkout and,
on Debian and its relatives, into the system packages that Qt's window and the tests' readers need.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed-by-dev.txt"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
INSTALLER_LOCK = ROOT / "requirements-installer.lock"  # build_installer.py installs it into an environment of its own
LOCK_HEADER = "# Made by `python3 dev.py lock` from pyproject.toml; not edited by hand.\n"
OLDEST_PYTHON = (3, 11)
NEEDS_ACTION = 2  # exit code: a person has to do something first
INTERRUPTED = 130  # exit code of shells for Ctrl-C
CHECKED = {
    "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"
}  # pyright's starter asks no network for newer versions; the lock decides

# System packages. Newer releases renamed those with "|": the first name that the release knows is taken.
WINDOW_PACKAGES = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0t64|libglib2.0-0",
    "libwayland-cursor0",
    "libwayland-egl1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
# What the built program carries along of the system, and what takes it; Debian's Python keeps its library apart.
OWN_PYTHON = Path(sys.executable).resolve().parent == Path("/usr/bin")
FREEZING_PACKAGES = (
    *WINDOW_PACKAGES,
    *([f"libpython{sys.version_info.major}.{sys.version_info.minor}"] if OWN_PYTHON else []),
    "binutils",
    "libcups2t64|libcups2",
    "libgssapi-krb5-2",
    "libxcb-image0",
    "libxcb-randr0",
    "libxcb-render-util0",
)
TEST_PACKAGES = (
    *FREEZING_PACKAGES,
    "binutils",
    "dbus-daemon",
    "desktop-file-utils",
    "fcitx-bin|fcitx5",  # one of the two; later releases have no Fcitx 4, which Kylin and UOS run
    "fcitx-module-dbus|fcitx5",
    "fcitx-pinyin|fcitx5-pinyin",
    "fontconfig",
    "libreoffice-calc",
    "poppler-utils",
    "qpdf",
    "shared-mime-info",
    "xauth",
    "xdotool",
    "xvfb",
)


class StopError(Exception):
    """Set-up cannot go on; the message says what a person can do."""


def say(text: str) -> None:
    """Print one line of progress, at once even into a pipe."""
    print(f"dev: {text}", flush=True)


# --- running other programs


def run(command: list[str], *, cwd: Path | None = None, extra_env: dict[str, str] | None = None) -> int:
    """Run a command with its output passed through and return its exit code."""
    with subprocess.Popen(command, cwd=cwd, env={**os.environ, **(extra_env or {})}) as process:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            wait_for_end(process)  # the terminal told the child as well; it may still be tidying up
            raise
    return code if code >= 0 else 128 - code


def wait_for_end(process: subprocess.Popen[bytes], seconds: int = 15) -> None:
    """Give an interrupted child a moment, then end it."""
    try:
        process.wait(timeout=seconds)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()


def succeeds(command: list[str]) -> bool:
    """Tell whether a command exists and exits with 0; its output is thrown away."""
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except OSError:
        return False


def run_quietly(command: list[str], what: str) -> None:
    """Run a step of the set-up: its output is shown only when it fails, except large downloads.

    Raises:
        StopError: the command failed; its output has been printed.
    """
    say(f"{what} ...")
    started = time.monotonic()
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            lines.append(line)
            if "Downloading" in line and "MB)" in line:
                say(f"  {line.strip()}")
    if process.returncode:
        print("".join(lines), file=sys.stderr)
        raise StopError(f"{what}: failed with exit code {process.returncode}; its messages are above.")
    say(f"  done in {time.monotonic() - started:.0f} s")


# --- system packages (Debian, Ubuntu and relatives)


def is_debian() -> bool:
    """Tell whether this system installs packages with apt."""
    return bool(sys.platform == "linux" and shutil.which("dpkg-query") and shutil.which("apt-get"))


def missing_packages(wanted: Sequence[str]) -> list[str]:
    """Return the entries of which no alternative is installed."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n"]
    listing = subprocess.run(query, check=True, capture_output=True, text=True).stdout
    installed = {line.split()[0] for line in listing.splitlines() if line.endswith(" installed")}
    return [entry for entry in wanted if not installed.intersection(entry.split("|"))]


def known_name(entry: str) -> str:
    """Choose the alternative that this release of the system has; without package lists the older name."""
    *newer, oldest = entry.split("|")
    return next((name for name in newer if succeeds(["apt-cache", "show", name])), oldest)


def venv_package() -> list[str]:
    """Name the package without which Debian's own Python cannot make an environment."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - only its presence counts
    except ImportError:
        return [f"python{sys.version_info.major}.{sys.version_info.minor}-venv"]
    return []


def administrator_prefix() -> list[str] | None:
    """Return the words before a command that only the administrator may run; None without that right."""
    if os.geteuid() == 0:
        return []
    if succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    if shutil.which("sudo") and sys.stdin.isatty():
        say("system packages are missing; sudo may ask for your password to install them")
        if run(["sudo", "-v"]) == 0:
            return ["sudo", "-n"]
    return None


def install_system_packages(wanted: Sequence[str]) -> None:
    """Install with apt what is missing.

    Raises:
        StopError: there is no right to do so; the message holds the command.
    """
    missing = missing_packages([*wanted, *venv_package()]) if is_debian() else []
    if not missing:
        return
    prefix = administrator_prefix()
    if prefix is None:
        names = " ".join(known_name(entry) for entry in missing)
        raise StopError(
            "system packages are missing, and only an administrator can install them. Run\n\n"
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}\n\nand then this again."
        )
    run_quietly([*prefix, "apt-get", "update", "-q"], "apt-get update, for the current package lists")
    names = [known_name(entry) for entry in missing]
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends"]
    run_quietly([*prefix, *install, *names], f"apt-get install, for Qt and the tests: {' '.join(names)}")


# --- the environment


def python() -> str:
    """Return the environment's interpreter."""
    return str(VENV / "Scripts" / "python.exe" if os.name == "nt" else VENV / "bin" / "python")


def make_environment() -> None:
    """Make .venv unless a sound one for this Python and this folder is there."""
    identity = f"Python {sys.version_info.major}.{sys.version_info.minor} for {ROOT}"
    marker = VENV / "made-by-dev.txt"
    made = marker.read_text(encoding="utf-8") if marker.is_file() else ""
    if made == identity and succeeds([python(), "-c", "import pip"]):
        return
    run_quietly([sys.executable, "-m", "venv", "--clear", str(VENV)], f"making {VENV.name} for the Python packages")
    marker.write_text(identity, encoding="utf-8")


def install_locked(level: str) -> None:
    """Install exactly what the lock names, and the project itself as a link to this checkout."""
    contents = [path.read_bytes() for path in (ROOT / "pyproject.toml", *LOCKS.values())]
    key = hashlib.sha256(b"\0".join(contents)).hexdigest()
    stamped = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if stamped in ([level, key], ["dev", key]):
        return
    pip = [python(), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar=off"]
    lock = LOCKS[level]
    run_quietly([*pip, "--require-hashes", "-r", str(lock)], f"pip install, exactly what {lock.name} names")
    run_quietly([*pip, "--no-deps", "--no-build-isolation", "-e", "."], "pip install, this checkout as a link")
    STAMP.write_text(f"{level} {key}\n", encoding="utf-8")


def require_loadable_qt() -> None:
    """Where apt cannot help, say which system library Qt misses.

    Raises:
        StopError: Qt's window module does not load.
    """
    if is_debian():
        return
    probe = subprocess.run([python(), "-c", "import PySide6.QtWidgets"], check=False, capture_output=True, text=True)
    if probe.returncode:
        reason = (probe.stderr.strip().splitlines() or ["no message"])[-1]
        raise StopError(f"Qt does not load here ({reason}). Install your system's package with that library.")


def prepare(level: str, packages: Sequence[str] = ()) -> None:
    """Bring system packages and environment up to what a command needs; do nothing when all is there."""
    install_system_packages(packages)
    make_environment()
    install_locked(level)
    if packages:
        require_loadable_qt()


# --- commands


def demo(arguments: list[str]) -> int:
    """Make example data, certificates and workbooks in DIR (default OUT/demo), then show them in the window."""
    prepare("run", WINDOW_PACKAGES)
    given = arguments[:1] if arguments and not arguments[0].startswith("-") else []
    folder = Path(given[0]).resolve() if given else ROOT / "OUT" / "demo"
    code = run([python(), "-m", "wufei_cells", "demo", str(folder), *arguments[len(given) :]])
    if code or not has_display():
        return code
    say("opening the window on this data; close it to come back")
    return run([python(), "-m", "ui", "--data", str(folder / "database")])


def has_display() -> bool:
    """Tell whether a person can see a window here."""
    if os.environ.get("CI"):
        return False
    return os.name == "nt" or sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def window(arguments: list[str]) -> int:
    """Open the window."""
    prepare("run", WINDOW_PACKAGES)
    return run([python(), "-m", "ui", *arguments])


def test(arguments: list[str]) -> int:
    """Run all checks and all tests; with arguments only pytest with them."""
    prepare("dev", TEST_PACKAGES)
    pytest = [python(), "-m", "pytest"]
    # Otherwise each worker and every program that a test starts compiles all modules anew.
    keep_compiled = {"PYTHONDONTWRITEBYTECODE": ""}
    if arguments:
        return run([*pytest, *arguments], cwd=ROOT, extra_env=keep_compiled)
    types, *others = checks()
    with ThreadPoolExecutor(1) as beside:
        # One core is enough for it, and the tests begin with those that no busy machine disturbs.
        typed = beside.submit(run_captured, checks()[types])
        results = run_checks(others)
        # Two workers, each with whole files: more windows and LibreOffices at once only wait for each other.
        spread = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
        tested = run([*pytest, *spread], cwd=ROOT, extra_env=keep_compiled)
        code, seconds, output = typed.result()
    say(f"check: {types}, which ran beside the tests")
    print(output, end="", flush=True)
    return tested or sum_up({types: (code, seconds), **results})


def check(_arguments: list[str]) -> int:
    """Check style, types and import contracts."""
    prepare("dev")
    return sum_up(run_checks(list(checks())))


def checks() -> dict[str, list[str]]:
    """Give the commands of all checks, the slowest one first."""
    return {
        "pyright": [python(), "-m", "pyright"],
        "ruff check": [python(), "-m", "ruff", "check"],
        "ruff format": [python(), "-m", "ruff", "format", "--check"],
        "import contracts": [str(Path(python()).with_name("lint-imports")), "--no-logo"],
    }


def run_checks(names: Sequence[str]) -> dict[str, tuple[int, float]]:
    """Run checks even when one fails; give the exit code of each, and the seconds that it took."""
    results: dict[str, tuple[int, float]] = {}
    for name in names:
        say(f"check: {name}")
        started = time.monotonic()
        code = run(checks()[name], cwd=ROOT, extra_env=CHECKED)
        results[name] = (code, time.monotonic() - started)
    return results


def run_captured(command: list[str]) -> tuple[int, float, str]:
    """Run a check to its end; give its exit code, the seconds that it took and what it said."""
    started = time.monotonic()
    how = {"cwd": ROOT, "env": {**os.environ, **CHECKED}, "encoding": "utf-8", "errors": "replace"}
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **how)
    return done.returncode, time.monotonic() - started, done.stdout


def sum_up(results: dict[str, tuple[int, float]]) -> int:
    """Print how the checks ended, and give the exit code."""
    for name, (code, seconds) in results.items():
        say(f"check: {name:17} {'FAILED' if code else 'ok':6} {seconds:5.1f} s")
    return int(any(code for code, _ in results.values()))


def soak(arguments: list[str]) -> int:
    """Prove the exchange for an hour: thousands of histories, killed programs, cut power (--histories N)."""
    prepare("dev")
    return run([python(), "-m", "tests.exchange.soak", *arguments], cwd=ROOT)


def bench(arguments: list[str]) -> int:
    """Measure, and print a table."""
    prepare("dev", WINDOW_PACKAGES)
    return run([python(), "-m", "benchmarks", *arguments], cwd=ROOT)


def shots(arguments: list[str]) -> int:
    """Make the screenshots of every page."""
    prepare("dev", WINDOW_PACKAGES)
    return run([python(), "tools/make_screenshots.py", *arguments], cwd=ROOT)


def lock(arguments: list[str]) -> int:
    """Make the lock files anew from pyproject.toml (--upgrade: with the newest versions)."""
    prepare("dev")
    # No index url and no header of uv's own: a lock says what to install, never where from.
    compile_lock = [python(), "-m", "uv", "pip", "compile", "-q", "--universal", "--generate-hashes", "--no-header"]
    compile_lock += ["--no-emit-index-url", "--no-emit-find-links", *arguments, "--group", "build"]
    # Tests and installers run with exactly what users run with.
    as_users = ["-c", LOCKS["run"].name]
    wider = {LOCKS["run"]: [], LOCKS["dev"]: ["--group", "dev", *as_users]}
    for path, more in {**wider, INSTALLER_LOCK: ["--group", "installer", *as_users]}.items():
        code = run([*compile_lock, *more, "pyproject.toml", "-o", path.name], cwd=ROOT)
        if code:
            return code
        path.write_text(LOCK_HEADER + path.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
        say(f"wrote {path.name}")
    return 0


def setup(_arguments: list[str]) -> int:
    """Only set everything up, for running and for testing."""
    prepare("dev", TEST_PACKAGES)
    say("everything is installed")
    return 0


COMMANDS: dict[str, tuple[str, Callable[[list[str]], int]]] = {
    "demo": ("[DIR]", demo),
    "run": ("[ARG...]", window),
    "test": ("[ARG...]", test),
    "check": ("", check),
    "soak": ("[ARG...]", soak),
    "bench": ("[ARG...]", bench),
    "shots": ("[ARG...]", shots),
    "lock": ("[ARG...]", lock),
    "setup": ("", setup),
}


def usage() -> str:
    """Return the list of commands."""
    rows = [f"  {name:6}{takes:9} {command.__doc__}" for name, (takes, command) in COMMANDS.items()]
    return "\n".join(["usage: python3 dev.py COMMAND", "", *rows])


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if arguments else NEEDS_ACTION
    if arguments[0] not in COMMANDS:
        print(f"dev.py has no command {arguments[0]!r}.\n\n{usage()}", file=sys.stderr)
        return NEEDS_ACTION
    if sys.version_info < OLDEST_PYTHON:
        wanted, here = (".".join(map(str, version[:2])) for version in (OLDEST_PYTHON, sys.version_info))
        print(f"This project needs Python {wanted} or newer; {sys.executable} is Python {here}.", file=sys.stderr)
        print(f"Start it with a newer one, for example: python3.12 dev.py {arguments[0]}", file=sys.stderr)
        return NEEDS_ACTION
    try:
        return COMMANDS[arguments[0]][1](arguments[1:])
    except StopError as problem:
        print(f"dev: {problem}", file=sys.stderr)
        return NEEDS_ACTION
    except KeyboardInterrupt:
        print("dev: interrupted", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
