"""One window for each data folder and person: a second start hands its files to the first one and ends.

A lock file tells who is the one: of two starts at the same moment exactly one holds it, and the system tells of a
holder that died. The others speak to the holder by a local socket. Where neither works (a folder for such files that
cannot be written, a holder that does not answer), the program starts as if nobody else were there: two programs on one
register are safe, only unusual.
"""

from __future__ import annotations

import contextlib
import ctypes
import getpass
import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Qt, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

PATIENCE = 15.0  # seconds that a second start waits for the first one to answer, which may be starting on a slow disk
MOST = 1 << 20  # bytes of one message
TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""By what a desktop lets a window come to the front that somebody asked for just now."""
_ANYBODY = 0xFFFFFFFF  # ASFW_ANY: whoever it is may come to the front


class SingleInstance(QObject):
    """Claims a data folder for this program.

    Signals:
        files_arrived: another start hands files over (a list of paths, perhaps empty); the window is to come forward.
    """

    files_arrived = Signal(object)

    def __init__(self, data: Path, parent: QObject | None = None, *, patience: float = PATIENCE) -> None:
        super().__init__(parent)
        self._patience = patience
        self._name = _name_of(data)
        self._lock = QLockFile(f"{self._name}.lock")
        self._lock.setStaleLockTime(0)  # only the death of its holder makes a lock stale, not its age
        self._server: QLocalServer | None = None
        self._parts: dict[QLocalSocket, bytes] = {}

    # --- public

    def claim(self, files: Sequence[Path]) -> bool:
        """Become the one program on the folder; else hand the files to the one that is. False: this start is over."""
        end = time.monotonic() + self._patience
        while not self._lock.tryLock(0):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                return True  # no place for a lock
            if self._hand_over(files):
                return False
            if time.monotonic() > end:
                return True  # a holder that does not answer: the person who waits gets a window
            time.sleep(0.05)  # it may be starting, or ending, at this moment
        self._listen()
        return True

    def release(self) -> None:
        """Let another program have the folder."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        self._lock.unlock()

    # --- the one that is asked

    def _listen(self) -> None:
        address = _address(self._name)
        QLocalServer.removeServer(address)  # left behind by one that was killed; the lock says that nobody has it
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_asked)
        self._server.listen(address)

    @Slot()
    def _on_asked(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            self._parts[socket] = b""
            socket.readyRead.connect(self._on_read)
            socket.disconnected.connect(self._on_gone)
            self._take(socket)  # it may all be there already

    @Slot()
    def _on_read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    @Slot()
    def _on_gone(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._parts.pop(socket, None)
            socket.deleteLater()

    def _take(self, socket: QLocalSocket) -> None:
        if socket not in self._parts:
            return
        self._parts[socket] += bytes(socket.readAll().data())
        content, ended, _rest = self._parts[socket].partition(b"\n")
        if not ended:
            if len(content) > MOST:
                socket.abort()
            return
        del self._parts[socket]
        message = _understood(content)
        socket.write(b"ok\n" if message is not None else b"no\n")
        socket.flush()
        if message is not None:
            files, token = message
            if token:
                os.environ[TOKENS[0]] = token
            self.files_arrived.emit(files)

    # --- the one that asks

    def _hand_over(self, files: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(_address(self._name))
        milliseconds = int(self._patience * 1000)
        if not socket.waitForConnected(milliseconds):
            return False
        _let_others_come_forward()
        token = next((os.environ[name] for name in TOKENS if os.environ.get(name)), "")
        message = {"files": [os.fspath(path) for path in files], "token": token}
        socket.write(json.dumps(message).encode() + b"\n")
        socket.flush()
        answered = socket.canReadLine() or socket.waitForReadyRead(milliseconds)
        taken = answered and socket.readLine().data() == b"ok\n"
        socket.disconnectFromServer()
        return taken


def bring_forward(window: QWidget) -> None:
    """Bring a window to the front, out of the task bar if it is there."""
    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


# --- parts


def _name_of(data: Path) -> str:
    """Name what this person's programs on a data folder have in common, as a path without an ending."""
    with contextlib.suppress(OSError):  # where not even this can be told, the path as it was written has to do
        data = data.resolve()
    person = str(os.getuid()) if sys.platform != "win32" else _user()
    folder = os.path.normcase(data)
    key = hashlib.sha256(f"{person}\n{folder}".encode("utf-8", "surrogateescape")).hexdigest()[:20]
    return str(_place() / f"wufei-cells-{key}")


def _place() -> Path:
    """Give the folder of sockets and locks: the person's own where the system has one, or the one of passing files."""
    own = os.environ.get("XDG_RUNTIME_DIR", "") if sys.platform != "win32" else ""
    return Path(own) if own and os.access(own, os.W_OK) else Path(QDir.tempPath())


def _address(name: str) -> str:
    """Give the address of the socket: a path, on Windows the name of a pipe."""
    return Path(name).name if sys.platform == "win32" else name


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _understood(content: bytes) -> tuple[list[Path], str] | None:
    try:
        message = json.loads(content)
        return [Path(str(name)) for name in message["files"]], str(message.get("token", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _let_others_come_forward() -> None:
    """Pass on the right to come to the front, which Windows gives to the program that was started last."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.user32.AllowSetForegroundWindow(_ANYBODY)
