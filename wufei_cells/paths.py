"""Where things are kept when nobody says otherwise."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "wufei-cells"


def data_folder() -> Path:
    """Give the folder of the register: ``WUFEI_DATA``, or the user's data folder."""
    named = os.environ.get("WUFEI_DATA")
    return Path(named) if named else Path(platformdirs.user_data_dir(_NAME, appauthor=False))


def device_folder() -> Path:
    """Give the folder of the keys by which registers on this machine are known: ``WUFEI_DEVICES``, or one of its own.

    Never inside the data folder: who copies that must not get the keys.
    """
    named = os.environ.get("WUFEI_DEVICES")
    return Path(named) if named else Path(platformdirs.user_data_dir(f"{_NAME}-devices", appauthor=False))


def settings_folder() -> Path:
    """Give the folder of the window's settings."""
    return Path(platformdirs.user_config_dir(_NAME, appauthor=False))


def log_folder() -> Path:
    """Give the folder of the log."""
    return Path(platformdirs.user_log_dir(_NAME, appauthor=False))
