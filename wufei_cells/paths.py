"""Where things are kept when nobody says otherwise: in the user's folders, or beside a portable program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_NAME = "wufei-cells"
PORTABLE_FOLDER = "wufei-data"
"""A folder of this name beside the built program makes it portable: everything is kept in there."""


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
