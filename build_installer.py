"""Build what people install, for the system this runs on or another one; runs what it built before it says so.

Standard library only, so that a fresh clone needs nothing but Python. What it needs goes into OUT/installer/environment
(exactly what requirements-installer.lock names) and, on Debian and its relatives, into the system packages.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import dev

OUT = dev.ROOT / "OUT" / "installer"
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
# What runs Windows' programs and makes them; a Chinese language for them; what they are tried out with.
WINE_PACKAGES = (
    "gcc-mingw-w64-x86-64-win32",
    "locales",
    "mingw-w64-x86-64-dev",
    "nsis",
    "poppler-utils",
    "wine",
    "wine64",
    "xvfb",
)


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", choices=sorted(SYSTEMS.values()), default=SYSTEMS.get(sys.platform, "linux"))
    parser.add_argument("--out", type=Path, help="the folder for what is made (default OUT/installer/TARGET)")
    parser.add_argument(
        "--debian-11",
        action="store_true",
        help="Linux, as root: build inside a Debian 11 with a Python of its own, for desktops with glibc 2.28",
    )
    parser.add_argument(
        "--release-key",
        type=Path,
        action="append",
        default=[],
        metavar="PRIVATE.pem",
        help="sign an update file with this key, and put its public half into the program, which takes updates signed "
        "with it; may be repeated, also with public keys, which are only put in",
    )
    parser.add_argument(
        "--new-release-key",
        type=Path,
        metavar="FILE",
        help="make a private key for releases, and nothing else; keep it outside of the repository",
    )
    parser.add_argument("--only-folder", action="store_true", help="freeze the program and try it, but pack nothing")
    return parser.parse_args(arguments)


def make_environment(folder: Path) -> str:
    """Make the environment that everything is built in, unless it is there; return its Python."""
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    python = str(scripts / ("python.exe" if sys.platform == "win32" else "python"))
    stamp = folder / "installed.txt"
    key = hashlib.sha256(dev.INSTALLER_LOCK.read_bytes() + sys.version.encode()).hexdigest()
    if (
        stamp.is_file()
        and stamp.read_text(encoding="utf-8") == key
        and dev.succeeds([python, "-c", "import PyInstaller"])
    ):
        return python
    dev.run_quietly([sys.executable, "-m", "venv", "--clear", str(folder)], "making an environment for the installer")
    install = [python, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar=off"]
    lock = dev.INSTALLER_LOCK
    dev.run_quietly([*install, "--require-hashes", "-r", str(lock)], f"pip install, exactly what {lock.name} names")
    stamp.write_text(key, encoding="utf-8")
    return python


def build(chosen: argparse.Namespace) -> int:
    """Bring system packages and environment up to what the target needs, and build."""
    if chosen.new_release_key:
        command = [make_environment(OUT / "environment"), "-m", "installer"]
        return dev.run([*command, "--new-release-key", str(chosen.new_release_key.resolve())], cwd=dev.ROOT)
    if chosen.debian_11:
        from installer.linux import old_debian  # noqa: PLC0415 - few builds need it

        return old_debian.build(chosen)
    if sys.platform == "linux":
        dev.install_system_packages(
            [*dev.FREEZING_PACKAGES, "dpkg", *(WINE_PACKAGES if chosen.target == "windows" else ())]
        )
    python = make_environment(OUT / "environment")
    out = chosen.out or OUT / chosen.target
    command = [python, "-m", "installer", "--target", chosen.target, "--out", str(out)]
    command += [word for key in chosen.release_key for word in ("--release-key", str(key.resolve()))]
    command += ["--only-folder"] if chosen.only_folder else []
    return dev.run(command, cwd=dev.ROOT)


def main(arguments: Sequence[str]) -> int:
    """Build and return the exit code."""
    try:
        return build(options(arguments))
    except dev.StopError as problem:
        print(f"build_installer: {problem}", file=sys.stderr)
        return dev.NEEDS_ACTION
    except KeyboardInterrupt:
        print("build_installer: interrupted", file=sys.stderr)
        return dev.INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
