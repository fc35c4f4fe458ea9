"""Small programs that are built like the real one: a folder with an executable, libraries, a link, and release keys.

The executable is a script that stands for the frozen program: it takes itself for one, does what every start does
first, then answers ``where`` (its version and its data folder) or a command, or opens its "window" (a line in a file).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from wufei_cells.paths import PORTABLE_FOLDER
from wufei_cells.signing import release_key
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.store.migrations import CURRENT
from wufei_cells.updates import signatures, versions, writing
from wufei_cells.updates.writing import Release

ROOT = Path(__file__).resolve().parents[2]
NAME = "wufei-cells"
ENTRY = f"{NAME}.exe" if sys.platform == "win32" else NAME
STARTS = "starts.txt"
PHOTO = b"a photo that is nowhere else"

SCRIPT = f"""#!{sys.executable}
import sys
from pathlib import Path
here = Path(__file__).resolve()
sys.path[:0] = [str(here.parent / "_internal"), {str(ROOT)!r}]
sys.frozen, sys.executable = True, str(here)
from wufei_cells.updates.starting import at_start
ended = at_start(sys.argv[1:])
if ended is not None:
    sys.exit(ended)
version = (here.parent / "_internal" / "version.txt").read_text()
if sys.argv[1:] == ["--version"]:
    print(version)
elif sys.argv[1:] == ["--self-check"]:
    sys.exit((here.parent / "_internal" / "broken").exists())
elif sys.argv[1:] == ["where"]:
    from wufei_cells import paths
    print(version, paths.portable_folder())
elif sys.argv[1:2] == ["update"]:
    from wufei_cells.command_line.main import main
    sys.exit(main())
else:
    with (here.parents[1] / {STARTS!r}).open("a") as file:
        print(version, *sys.argv[1:], file=file)
"""


def make_program(folder: Path, version: str, *keys: SigningKey, script: str = SCRIPT) -> Path:
    """Build a version of the program into a folder."""
    inside = folder / "_internal"
    info = inside / f"wufei_cells-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: wufei-cells\nVersion: {version}\n")
    (inside / "version.txt").write_text(version)
    (inside / "资源.txt").write_text("条款", encoding="utf-8")
    if version.endswith(".13"):
        (inside / "broken").touch()
    (inside / "lib.so").write_bytes(b"code" * 2000)
    (inside / "lib.so.1").symlink_to("lib.so")
    (folder / ENTRY).write_text(script)
    (folder / ENTRY).chmod(0o755)
    (folder / signatures.FOLDER).mkdir()
    for key in keys:
        (folder / signatures.FOLDER / f"{key.id}.pem").write_bytes(release_key.public_to_pem(key.public))
    return folder


def make_update(folder: Path, version: str, *keys: SigningKey, signers: tuple[SigningKey, ...] = (), **said) -> Path:
    """Release a version: the update file of a program, signed by its keys unless others are named."""
    built = make_program(folder / f"built-{version}", version, *keys, script=said.pop("script", SCRIPT))
    stated = {"platform": versions.current_platform(), "schema": str(CURRENT), **said}
    release = Release(version=version, entry=ENTRY, terminal=ENTRY, **stated)
    return writing.write(built, release, signers or keys, folder / writing.file_name(release))


def make_portable(program: Path) -> Path:
    """Lay data beside a program."""
    data = program / PORTABLE_FOLDER
    (data / "register").mkdir(parents=True)
    (data / "register" / "photo").write_bytes(PHOTO)
    return data


def run(program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start a program and wait for it."""
    return subprocess.run(
        [program / NAME, *arguments], capture_output=True, text=True, timeout=60, check=False, cwd=program.parent
    )


def content(folder: Path) -> dict[str, bytes | str]:
    """Everything below a folder."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[path.relative_to(folder).as_posix()] = str(path.readlink())
        elif path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found
