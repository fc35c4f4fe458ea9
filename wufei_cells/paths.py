"""Where things are kept when nobody says otherwise: in the user's folders, or beside a portable program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_NAME = "wufei-cells"
PORTABLE_FOLDER = "wufei-data"
"""A folder of this name beside the built program makes it portable: everything is kept in there."""
REGISTER = "wufei.db"
"""The file of a register in its data folder."""


def program_folder() -> Path | None:
    """Give the folder of the built program; ``None`` where it runs from its sources."""
    return Path(sys.executable).resolve().parent if getattr(sys, "frozen", False) else None


def portable_folder() -> Path | None:
    """Give the folder beside a portable program; ``None`` where the program keeps to the user's folders."""
    program = program_folder()
    beside = program / PORTABLE_FOLDER if program else None
    return beside if beside and beside.is_dir() else None


def data_folder() -> Path:
    """Give the folder of the register: ``WUFEI_DATA``, beside a portable program, or the user's data folder."""
    named = os.environ.get("WUFEI_DATA")
    return Path(named) if named else _kept("register", platformdirs.user_data_dir(_NAME, appauthor=False))


def names_data_folder() -> bool:
    """Tell whether the environment names the data folder, so that nobody has to be asked for one."""
    return bool(os.environ.get("WUFEI_DATA"))


def holds_register(folder: Path) -> bool:
    """Tell whether there is a register in a folder; one that may not be looked into holds none for this person."""
    return os.path.isfile(folder / REGISTER)  # noqa: PTH113 - pathlib's raises where this one says no


def demo_folder() -> Path:
    """Give the folder of the example data that the window makes; never the one of the register."""
    return _kept("demo", platformdirs.user_data_dir(f"{_NAME}-demo", appauthor=False))


def device_folder() -> Path:
    """Give the folder of the keys by which registers on this machine are known: ``WUFEI_DEVICES``, or one of its own.

    Never inside the data folder: who copies that must not get the keys. A portable program carries them with it, since
    the stick is the device then, whatever machine it sits in.
    """
    named = os.environ.get("WUFEI_DEVICES")
    return Path(named) if named else _kept("devices", platformdirs.user_data_dir(f"{_NAME}-devices", appauthor=False))


def settings_folder() -> Path:
    """Give the folder of the window's settings."""
    return _kept("settings", platformdirs.user_config_dir(_NAME, appauthor=False))


def log_folder() -> Path:
    """Give the folder of the log: ``WUFEI_LOGS``, beside a portable program, or the user's folder of logs."""
    named = os.environ.get("WUFEI_LOGS")
    return Path(named) if named else _kept("log", platformdirs.user_log_dir(_NAME, appauthor=False))


def _kept(name: str, of_user: str) -> Path:
    portable = portable_folder()
    return portable / name if portable else Path(of_user)
