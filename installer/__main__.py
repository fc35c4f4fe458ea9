"""Build for one system inside the environment that ``build_installer.py`` made: ``python -m installer --help``."""

from __future__ import annotations

import argparse
import getpass
import hashlib
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from installer import content, freezing, release_keys, trying, update_file
from wufei_cells.updates import versions

TARGETS = ("linux", "windows", "macos")


def options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m installer", description=__doc__)
    parser.add_argument("--target", choices=TARGETS, default="linux")
    parser.add_argument("--out", type=Path, default=Path(), help="the folder for what is made")
    parser.add_argument(
        "--new-release-key", type=Path, metavar="FILE", help="make a key for releases, and nothing else"
    )
    parser.add_argument("--release-key", type=Path, action="append", default=[], metavar="PRIVATE.pem")
    parser.add_argument("--only-folder", action="store_true", help="neither archive nor installer")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Build, run what was built, and print what was made."""
    chosen = options(arguments)
    chosen.out = chosen.out.resolve()
    try:
        if chosen.new_release_key:
            return _new_release_key(chosen.new_release_key)
        made = _BUILDERS[chosen.target](chosen)
        made += _update(chosen) if made else []
    except (
        freezing.FreezingError,
        trying.TryingError,
        release_keys.KeyFileError,
        update_file.ReleaseKeyError,
    ) as problem:
        print(f"installer: {problem}", file=sys.stderr)
        return 1
    report(made)
    return 0


def say(text: str) -> None:
    """Print a line of progress, at once even into a pipe."""
    print(f"installer: {text}", flush=True)


def report(made: Sequence[Path]) -> None:
    """Print what was made, with sizes and sums; the sums also into a file beside it."""
    if not made:
        return
    lines: list[str] = []
    for path in made:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {path.name}\n")
        say(f"{path.stat().st_size / 1e6:8.1f} MB  {digest}  {path}")
    (made[0].parent / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def folder_size(folder: Path) -> int:
    """Give the bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _linux(chosen: argparse.Namespace) -> list[Path]:
    from installer.linux import building, glibc  # noqa: PLC0415 - only this target needs its libraries

    say("freezing the program ...")
    folder = building.program(sys.executable, chosen.out)
    release_keys.put_in(folder, chosen.release_key)
    needs = glibc.needs_of(folder)
    say(f"the folder has {folder_size(folder) / 1e6:.1f} MB and needs glibc {needs.release}")
    say(f"  because of {', '.join(needs.newest_users[:5])}")
    say(f"  of the system: {', '.join(needs.system)}; for a part of it: {', '.join(needs.optional)}")
    if needs.unknown:
        raise freezing.FreezingError(f"neither in the program nor on every desktop: {', '.join(needs.unknown)}")
    try_out(folder)
    return [] if chosen.only_folder else building.artefacts(folder, needs, chosen.out)


def _update(chosen: argparse.Namespace) -> list[Path]:
    """Write the update file, signed with each private key that was named; without one there is none."""
    keys = [path for path in chosen.release_key if update_file.is_private(path)]
    if not keys or chosen.target == "macos":
        return []
    folder, needed, machine = chosen.out / content.PROGRAM, "", "windows-x64"
    if chosen.target == "linux":
        from installer.linux import glibc  # noqa: PLC0415 - only this target needs its libraries

        needed, machine = glibc.needs_of(folder).release, versions.current_platform()
    say("packing and signing the update file ...")
    return [update_file.write_update_file(folder, content.version(), machine, keys, chosen.out, glibc=needed)]


def _new_release_key(path: Path) -> int:
    """Make a key for releases."""
    passphrase = getpass.getpass("passphrase (empty: none): ") if sys.stdin.isatty() else ""
    made = update_file.make_release_key(path, passphrase)
    say(
        f"the private key is {made}: keep two copies of it, never in the repository and never on the build's disk alone"
    )
    say(f"its public half is {made.with_name(f'{made.stem}.public.pem')}")
    return 0


def try_out(folder: Path) -> None:
    """Run the built program and say how that went."""
    scratch = Path(tempfile.mkdtemp(prefix="wufei-tried-"))
    try:
        for tried in trying.tried_out(folder, scratch):
            say(f"ran {content.PROGRAM} {tried.arguments[0]}: ok in {tried.seconds:.1f} s")
    finally:
        trying.allow_writing(scratch)
        shutil.rmtree(scratch)


def _windows(chosen: argparse.Namespace) -> list[Path]:
    from installer.windows import building  # noqa: PLC0415 - the same

    return building.build(chosen)


def _macos(chosen: argparse.Namespace) -> list[Path]:
    from installer.macos import building  # noqa: PLC0415 - the same

    return building.build(chosen)


_BUILDERS = {"linux": _linux, "windows": _windows, "macos": _macos}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
