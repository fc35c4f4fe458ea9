"""Windows' list of apps: which version it shows of the program that setup installed."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\WufeiCells"
"""Below the keys of the user; setup writes it."""


def show_version(program: Path, version: str) -> None:
    """Let the list show the version that a program folder has now; nothing where setup did not install it there."""
    if sys.platform != "win32":
        return
    import winreg  # noqa: PLC0415 - only Windows has it

    rights = winreg.KEY_QUERY_VALUE | winreg.KEY_SET_VALUE
    with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, UNINSTALL_KEY, 0, rights) as key:
        installed, _kind = winreg.QueryValueEx(key, "InstallLocation")
        if Path(installed).resolve() == program.resolve():
            winreg.SetValueEx(key, "DisplayVersion", 0, winreg.REG_SZ, version)
