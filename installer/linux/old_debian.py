"""Build inside a Debian 11, so that the program starts on the older desktops of offices: glibc 2.28 instead of 2.36.

Debian 11 has Python 3.9, so Python 3.11 and SQLite are compiled there from the sources of Debian 12. All of it lies in
a folder that is kept: the first time takes some minutes, every other time only what building takes. Needs root
(chroot). Packages come from where this machine's apt and pip get theirs. Standard library only.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from pathlib import Path

import dev
from installer import content, freezing

CACHE = Path("/var/cache/wufei-cells/debian-11")
PYTHON = "/opt/wufei-python"
ENVIRONMENT = "/opt/wufei-environment"
PROJECT = "/project"
SOURCES = "/usr/src/wufei"
OLD, NEWER = "bullseye", "bookworm"
FOR_COMPILING = ("gcc", "libc6-dev", "make", "patch", "pkg-config", "dpkg-dev", "tcl", "xz-utils", "binutils")
HEADERS = ("libbz2-dev", "libffi-dev", "liblzma-dev", "libssl-dev", "uuid-dev", "zlib1g-dev")
# Put into the program, or needed to try it out; names of Debian 11.
FOR_WINDOWS = (
    "libcups2",
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libgssapi-krb5-2",
    "libwayland-client0",
    "libwayland-cursor0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
)
# Where this machine says from where packages come, and whom it trusts.
CONFIGURATION = ("/etc/resolv.conf", "/etc/hosts", "/etc/pip.conf", "/etc/xdg/pip", "/etc/ssl/certs")
CONFIGURATION_OF_USER = (".config/pip",)
VARIABLES = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "PIP_INDEX_URL")


def build(chosen: argparse.Namespace) -> int:
    """Build for Linux in the old root; return the exit code.

    Raises:
        StopError: this is not root, or a step failed.
    """
    if os.geteuid() != 0:
        raise dev.StopError("--debian-11 builds inside a system of its own (chroot), which only root may.")
    dev.install_system_packages(["debootstrap", "util-linux"])
    prepare(CACHE)
    out = chosen.out or dev.ROOT / "OUT" / "installer" / "linux-debian-11"
    python = _environment(CACHE)
    inside = out.resolve().relative_to(dev.ROOT)  # the root sees nothing else of this machine
    command = [python, "-m", "installer", "--target", "linux", "--out", f"{PROJECT}/{inside}"]
    command += ["--only-folder"] if chosen.only_folder else []
    keys = [path.resolve() for path in chosen.release_key]
    for number, key in enumerate(keys):
        copied = CACHE / "run" / f"key-{number}" / key.name
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(key, copied)
        command += ["--release-key", f"/run/key-{number}/{key.name}"]
    try:
        return dev.run(_inside(CACHE, command))
    finally:
        for number in range(len(keys)):
            shutil.rmtree(CACHE / "run" / f"key-{number}")


def prepare(root: Path) -> None:
    """Make the old root with its Python, or go on where it was left.

    Raises:
        StopError: a step failed.
    """
    for name, step in (("base", _base), ("packages", _packages), ("python", _python)):
        done = root.with_name(f"{root.name}.{name}-is-done")
        if not done.is_file():
            step(root)
            done.touch()


def _base(root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    command = ["debootstrap", "--variant=minbase", "--include=ca-certificates", OLD, str(root), mirror()]
    dev.run_quietly(command, "debootstrap, a Debian 11 to build in")


def mirror() -> str:
    """Give the address from which this machine takes the packages of Debian.

    Raises:
        StopError: it takes none, so that nobody knows from where to take those of Debian 11.
    """
    command = ["apt-get", "indextargets", "--format", "$(CREATED_BY) $(ORIGIN) $(LABEL) $(REPO_URI)"]
    listing = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    found = [line.split()[-1] for line in listing.splitlines() if line.startswith("Packages Debian Debian ")]
    if not found:
        raise dev.StopError("--debian-11 takes packages from where apt of this machine does, which must be a Debian.")
    return found[0]


def _packages(root: Path) -> None:
    for name in (*CONFIGURATION, *(f"{Path.home()}/{name}" for name in CONFIGURATION_OF_USER)):
        _copy(Path(name), root / name.removeprefix("/"))
    for path in Path("/etc/apt/apt.conf.d").glob("99*"):
        _copy(path, root / str(path).removeprefix("/"))
    sources = f"deb {mirror()} {OLD} main\ndeb-src {mirror()} {NEWER} main\n"
    (root / "etc" / "apt" / "sources.list").write_text(sources, encoding="utf-8")
    _run(root, ["apt-get", "update", "-q"], "apt-get update, in there")
    wanted = [*FOR_COMPILING, *HEADERS, *FOR_WINDOWS]
    install = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-q", "--no-install-recommends"]
    _run(root, [*install, *wanted], "apt-get install, in there: a compiler and Qt's window libraries")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore_dangling_symlinks=True)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _python(root: Path) -> None:
    folder = root / SOURCES.removeprefix("/")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    get = ["sh", "-c", f"cd {SOURCES} && apt-get source -q --download-only python3.11 sqlite3"]
    _run(root, get, "apt-get source, Python and SQLite as Debian 12 has them")
    for name in ("older-symbols.h", "compile-python.sh"):
        shutil.copyfile(Path(__file__).with_name(name), folder / name)
    compiling = ["sh", "-c", f"cd {SOURCES} && sh compile-python.sh {PYTHON}"]
    _run(root, compiling, "compiling SQLite and Python, in there (some minutes)")


def _environment(root: Path) -> str:
    """Make the environment in the old root; return its Python as it is called in there."""
    python = f"{ENVIRONMENT}/bin/python"
    stamp = root / ENVIRONMENT.removeprefix("/") / "installed.txt"
    wanted = dev.INSTALLER_LOCK.read_text(encoding="utf-8")
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return python
    _run(root, [f"{PYTHON}/bin/python3", "-m", "venv", "--clear", ENVIRONMENT], "making an environment, in there")
    install = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar=off"]
    lock = dev.INSTALLER_LOCK.name
    _run(root, [*install, "--require-hashes", "-r", f"{PROJECT}/{lock}"], f"pip install, exactly what {lock} names")
    stamp.write_text(wanted, encoding="utf-8")
    return python


def _run(root: Path, command: list[str], what: str) -> None:
    dev.run_quietly(_inside(root, command), what)


def _inside(root: Path, command: list[str]) -> list[str]:
    """Give the command that runs another one in a root, with this checkout in it.

    Its mounts are its own and end with it: nothing of this machine can be unmounted or deleted from there.
    """
    (root / PROJECT.removeprefix("/")).mkdir(exist_ok=True)
    mounts = 'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && mount --bind "$1" "$0$2" && shift 2'
    script = f'{mounts} && exec env -i "$@"'
    home, words = str(Path.home()), ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]
    words += [f"HOME={home}", f"SOURCE_DATE_EPOCH={freezing.commit_time()}", "DEBIAN_FRONTEND=noninteractive"]
    words += [f"{name}={os.environ[name]}" for name in VARIABLES if name in os.environ]
    starting = ["chroot", str(root), "sh", "-c", f'cd {PROJECT} && exec "$@"', "sh"]
    shared = [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-c",
        script,
        str(root),
        str(content.ROOT),
        PROJECT,
    ]
    return [*shared, *words, *starting, *command]
