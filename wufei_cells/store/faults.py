"""What the machine and the database driver raise, turned into errors that have a sentence."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from wufei_cells.errors import EnvironmentFault, UserError, WufeiError, why

_FULL_BELOW = 256 * 1024  # with less room than this, a failed write failed for lack of room
PRIMARY_CODE = 0xFF  # SQLite's extended codes carry the plain one in their last byte

_MACHINE = {
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_FULL: "store.disk_full",
    sqlite3.SQLITE_IOERR: "store.disk_failed",
    sqlite3.SQLITE_BUSY: "store.locked",
    sqlite3.SQLITE_LOCKED: "store.locked",
}
_FILE = {sqlite3.SQLITE_NOTADB: "store.not_a_database", sqlite3.SQLITE_CORRUPT: "store.damaged"}
# Text that no program wrote, or a definition of our own tables that was overwritten.
_GARBLED = ("decode to UTF-8", "no such column", "no such table", "unsupported file format")
_SYSTEM = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
    errno.EROFS: "store.read_only",
    errno.EACCES: "store.read_only",
    errno.EPERM: "store.read_only",
    errno.ENOENT: "store.no_folder",
    errno.ENOTDIR: "store.no_folder",
}


@contextmanager
def faults(path: Path | None) -> Generator[None]:
    """Turn what the machine and the driver raise into errors with a sentence; anything else is a bug and goes on."""
    try:
        yield
    except WufeiError:
        raise
    except (DBAPIError, sqlite3.DatabaseError) as error:
        known = _classified(error.orig if isinstance(error, DBAPIError) else error, path)
        if known is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:
        raise UserError("store.damaged", path=str(path or "")) from error  # so garbled that SQLite's own words are
    except UnicodeEncodeError as error:
        # Half a character: no database and no file can hold it.
        raise UserError("file.surrogate") from error
    except OSError as error:
        raise file_fault(error, path) from error


def file_fault(error: OSError, path: Path | None) -> EnvironmentFault:
    """Say what the operating system refused."""
    place = str(path or error.filename or "")
    return EnvironmentFault(_SYSTEM.get(error.errno or 0, "store.file_failed"), path=place, detail=why(error))


def _classified(error: BaseException | None, path: Path | None) -> WufeiError | None:
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE  # errors of the Python module itself have none
    place = str(path or "")
    if isinstance(error, sqlite3.OperationalError) and any(sign in str(error) for sign in _GARBLED):
        return UserError("store.damaged", path=place)
    if code in _FILE:
        return UserError(_FILE[code], path=place)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR) and path is not None:
        return EnvironmentFault(_why_not_written(path) or _MACHINE[code], path=place)
    return EnvironmentFault(_MACHINE[code], path=place) if code in _MACHINE else None


def _why_not_written(path: Path) -> str | None:
    """Find the reason behind "unable to open" and "disk I/O error", which SQLite does not tell apart."""
    try:
        return "store.disk_full" if shutil.disk_usage(path.parent).free < _FULL_BELOW else None
    except FileNotFoundError:
        return "store.no_folder"
    except OSError:
        return None
