"""Run Windows programs under Wine, in a Windows of the build's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from installer.windows.compiling import compile_for_windows, source

# What a program in there gets of this machine's environment; everything else is a Windows without Python and Qt.
_KEPT = ("PATH", "TMPDIR", "DISPLAY", "XAUTHORITY")
USER = "张三"  # the name of the user in there, so that every path of theirs is Chinese
# Windows' own libraries that older Wines lack, by the sources beside this module.
_STAND_INS = {"bcryptprimitives": ("-ladvapi32",), "uisettings": ()}
_CLASS = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings"
_LANGUAGE = "zh_CN"  # what most of those who use the program have; the code page of its console is 936
_ABSENT = "mscoree=;mshtml="  # Wine would offer to download Mono and Gecko


class Wine:
    """A Windows in a folder of its own; everything in it is made by the build and may be deleted."""

    def __init__(self, prefix: Path) -> None:
        self.prefix = prefix

    @property
    def drive(self) -> Path:
        """The folder that programs see as C:."""
        return self.prefix / "drive_c"

    def prepare(self) -> None:
        """Make the Windows unless it is there."""
        (self.prefix / "home").mkdir(parents=True, exist_ok=True)
        locale = self.prefix / "locale" / f"{_LANGUAGE}.UTF-8"
        if not locale.is_dir():
            locale.parent.mkdir(parents=True, exist_ok=True)
            command = ["localedef", "--no-archive", "-i", _LANGUAGE, "-f", "UTF-8", str(locale)]
            subprocess.run(command, check=True, capture_output=True)
        if not (self.drive / "windows" / "system32" / "kernel32.dll").is_file():
            self.run("wineboot", "-i", seconds=300)
            self.settle()
            self._stand_in()
        # Wine calls itself Windows 7 or 10 depending on its age; setup refuses what is older than Windows 10 1809.
        self.run("winecfg", "-v", "win10", seconds=120)

    def _stand_in(self) -> None:
        """Put in what this Wine lacks of Windows 10."""
        for name, words in _STAND_INS.items():
            library = self.drive / "windows" / "system32" / f"{name}.dll"
            if not library.exists():
                compile_for_windows("-shared", source(f"{name}.c"), *words, "-o", str(library))
        if self.run("reg", "query", _CLASS, seconds=120).returncode:
            answers = r"C:\windows\system32\uisettings.dll"
            self.run("reg", "add", _CLASS, "/v", "DllPath", "/t", "REG_SZ", "/d", answers, "/f", seconds=120)

    def run(
        self, *command: str, seconds: float = 600, encoding: str = "utf-8", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it prints is in ``stdout``, errors too.

        Our programs print UTF-8, those of Windows in the code page of its language: ``gbk``.
        Its input is empty and its output a pipe: other handles are invalid for Windows programs started in a service.
        """
        return subprocess.run(
            ["wine", *command],
            check=False,
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding=encoding,
            errors="replace",
            timeout=seconds,
        )

    def start(self, *command: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start a program and let it run."""
        nothing = subprocess.DEVNULL
        return subprocess.Popen(
            ["wine", *command], env=self.environment(**variables), stdin=nothing, stdout=nothing, stderr=nothing
        )

    def settle(self) -> None:
        """Wait until every program in there has ended."""
        subprocess.run([_server(), "-w"], check=False, env=self.environment(), timeout=300)

    def end(self) -> None:
        """End every program in there."""
        subprocess.run([_server(), "-k"], check=False, env=self.environment(), timeout=60)

    def environment(self, **variables: str) -> dict[str, str]:
        """Give the environment of a program in there."""
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {"USER": USER, "HOME": str(self.prefix / "home")}  # Wine makes the desktop and Documents links into it
        own |= {"WINEPREFIX": str(self.prefix), "WINEARCH": "win64", "WINEDEBUG": "-all", "WINEDLLOVERRIDES": _ABSENT}
        return {**kept, **own, **self._language(), **variables}

    def _language(self) -> dict[str, str]:
        """Speak Chinese without a change to this machine: a name that is not installed would garble file names."""
        name = f"{_LANGUAGE}.UTF-8"
        return {"LOCPATH": str(self.prefix / "locale"), "LC_ALL": name, "LANG": name}

    def path(self, place: Path) -> str:
        """Give the name by which programs in there know a file of this machine."""
        resolved = place.absolute()
        if resolved.is_relative_to(self.drive.absolute()):
            return "C:\\" + "\\".join(resolved.relative_to(self.drive.absolute()).parts)
        return "Z:" + str(resolved).replace("/", "\\")

    def place(self, path: str) -> Path:
        """Give the file of this machine that programs in there know by a name on C:."""
        return self.drive.joinpath(*path.removeprefix("C:\\").split("\\"))


def _server() -> str:
    """Give Wine's server, which Debian keeps off the path."""
    return shutil.which("wineserver", path=f"{os.environ.get('PATH', '')}:/usr/lib/wine") or "wineserver"
