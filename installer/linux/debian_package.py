"""The package for Debian, Ubuntu and their relatives (Kylin, UOS): for all users of a machine, by its administrator."""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path

from installer import content
from installer.linux.glibc import Needs

PLACE = f"opt/{content.PROGRAM}"
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64", "loongarch64": "loong64"}
_UTF8_DESCRIPTION = """无废细胞评估与认定 / Score, certify and track waste-free cells
 在一张桌面上完成无废细胞的打分、发证和跟踪，不需要网络。
 .
 Score sites by checklists, issue certificates and track progress on one desk, without a network. The data of users is
 kept in their own folders: removing or purging this package never touches it."""


def architecture() -> str:
    """Name this machine's architecture as Debian does."""
    return ARCHITECTURES.get(platform.machine(), platform.machine())


def control(needs: Needs, kilobytes: int) -> str:
    """Write what the package says of itself.

    Args:
        needs: what the files need, as they say themselves.
        kilobytes: what it takes when it is installed.
    """
    depends = [f"libc6 (>= {needs.release})", *dict.fromkeys(content.SYSTEM_LIBRARIES[name] for name in needs.system)]
    recommends = dict.fromkeys(content.OPTIONAL_SYSTEM_LIBRARIES[name] for name in needs.optional)
    return "\n".join(
        [
            f"Package: {content.PROGRAM}",
            f"Version: {content.version()}",
            f"Architecture: {architecture()}",
            "Maintainer: Wufei Cells <wufei-cells@localhost>",
            f"Installed-Size: {kilobytes}",
            f"Depends: {', '.join(depends)}",
            f"Recommends: {', '.join([*recommends, 'shared-mime-info', 'desktop-file-utils'])}",
            "Section: misc",
            "Priority: optional",
            f"Description: {_UTF8_DESCRIPTION}",
            "",
        ]
    )


def write(program: Path, share: Path, needs: Needs, target: Path, seconds: int) -> Path:
    """Write the package; the same content always gives the same bytes.

    Args:
        program: the folder of the built program.
        share: what the desktop is told (``desktop.write_share``).
        needs: what the files need.
        target: the package.
        seconds: the time that all files bear.
    """
    tree = target.with_suffix(".tree")
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(program, tree / PLACE)
    shutil.copytree(share, tree / "usr" / "share")
    _link(tree)
    _documents(tree / "usr" / "share" / "doc" / content.PROGRAM, program)
    files = [path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink()]
    kilobytes = sum(-(-path.stat().st_size // 1024) for path in files)
    _control(tree, files, control(needs, kilobytes))
    _plain(tree, seconds)
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(tree), str(target)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(seconds)})
    shutil.rmtree(tree)
    return target


def _link(tree: Path) -> None:
    """Let it be started by its name."""
    folder = tree / "usr" / "bin"
    folder.mkdir(parents=True)
    (folder / content.PROGRAM).symlink_to(f"../../{PLACE}/{content.PROGRAM}")


def _documents(folder: Path, program: Path) -> None:
    folder.mkdir(parents=True)
    own = (content.ROOT / "LICENSE").read_text(encoding="utf-8")
    parts = (program / "licenses" / "README.txt").read_text(encoding="utf-8")
    where = f"The licenses of all parts are in /{PLACE}/licenses.\n\n"
    (folder / "copyright").write_text(where + parts + "\n" + own, encoding="utf-8", newline="\n")
    news = (content.ROOT / "CHANGELOG.md").read_bytes()
    (folder / "changelog.gz").write_bytes(gzip.compress(news, 9, mtime=0))


def _control(tree: Path, files: list[Path], text: str) -> None:
    folder = tree / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text(text, encoding="utf-8", newline="\n")
    sums = [f"{_md5(path)}  {path.relative_to(tree).as_posix()}\n" for path in files]
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8", newline="\n")


def _md5(path: Path) -> str:
    """Give the sum that Debian's tools compare files by; it protects from accidents, not from people."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()


def _plain(tree: Path, seconds: int) -> None:
    """Give all files the same time, and rights that do not depend on the builder's habits."""
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
