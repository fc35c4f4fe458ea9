"""Chinese input through Fcitx 4, which Kylin V10 and UOS 20 bring and for which Qt has no plugin of its own.

Fcitx 5 needs nothing of this: it answers Qt's plugin for IBus as well (``ui.input_method`` chooses). What is spoken
here is the interface of Fcitx 4 on the session bus, as its own clients speak it.
"""

from __future__ import annotations

import os
from collections import deque
from typing import Any, cast

from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QTextCharFormat,
    QWindow,
)
from shiboken6 import isValid

ANSWER = 0.3  # seconds that one key may take; what does not answer in that time gets no more keys
BUS_ANSWER = 1.0
SHOWS_PREEDIT = 1 << 1  # what is being composed is drawn in the field
PRESS, RELEASE = 0, 1
METHODS = "org.fcitx.Fcitx.InputMethod"
CONTEXT = "org.fcitx.Fcitx.InputContext"
FCITX_5 = "org.fcitx.Fcitx5"
FAULTS = (OSError, KeyError, ValueError)  # no bus, a broken one, an address that says nothing


def service_name() -> str:
    """Name Fcitx 4 on the session bus: one runs for each display."""
    display = os.environ.get("DISPLAY", ":0").rpartition(":")[2].partition(".")[0]
    return f"org.fcitx.Fcitx-{display or '0'}"


def is_needed() -> bool:
    """Tell whether Fcitx 4 answers on this display; Fcitx 5, which takes its name as well, needs none of this."""
    try:
        with open_dbus_connection(bus="SESSION") as connection:
            return _is_there(connection, service_name()) and not _is_there(connection, FCITX_5)
    except FAULTS:
        return False


def _is_there(connection: DBusConnection, name: str) -> bool:
    asked = connection.send_and_get_reply(message_bus.NameHasOwner(name), timeout=BUS_ANSWER)
    return asked.header.message_type is MessageType.method_return and bool(asked.body[0])


class FcitxContext:
    """One client of Fcitx 4: keys go there, texts come back.

    Raises:
        OSError: there is no session bus, or no Fcitx 4 on it.
    """

    def __init__(self, program: str) -> None:
        self._connection: DBusConnection = open_dbus_connection(bus="SESSION")
        self._signals: deque[Any] = deque()
        methods = DBusAddress("/inputmethod", service_name(), METHODS)
        made = self._ask(methods, "CreateICv3", "si", (program, os.getpid()), BUS_ANSWER)
        self._context = DBusAddress(f"/inputcontext_{made[0]}", service_name(), CONTEXT)
        rule = MatchRule(type="signal", interface=CONTEXT, path=self._context.object_path)
        self._connection.send_and_get_reply(message_bus.AddMatch(rule), timeout=BUS_ANSWER)
        self._connection.filter(rule, queue=self._signals)
        self._ask(self._context, "EnableIC")
        self._ask(self._context, "SetCapacity", "u", (SHOWS_PREEDIT,))

    @property
    def socket(self) -> int:
        """The number of the socket on which signals arrive."""
        return self._connection.sock.fileno()

    def tell(self, name: str, signature: str = "", body: tuple[object, ...] = ()) -> None:
        """Tell Fcitx something, such as ``FocusIn``."""
        self._ask(self._context, name, signature, body)

    def takes_key(self, event: QKeyEvent) -> bool:
        """Hand a key over; tell whether Fcitx keeps it."""
        kind = PRESS if event.type() is QEvent.Type.KeyPress else RELEASE
        key = (event.nativeVirtualKey(), event.nativeScanCode(), event.nativeModifiers(), kind, event.timestamp())
        body = (*key[:4], key[4] & 0xFFFFFFFF)
        return self._ask(self._context, "ProcessKeyEvent", "uuuiu", body)[0] > 0

    def signals(self) -> list[tuple[str, tuple[Any, ...]]]:
        """Give what Fcitx said since the last time: the names of its signals, and what came with them."""
        while True:
            try:
                self._connection.recv_messages(timeout=0)
            except TimeoutError:
                break
        said = [(_member(message), message.body) for message in self._signals]
        self._signals.clear()
        return said

    def close(self) -> None:
        """Let it go; Fcitx forgets who leaves the bus."""
        self._connection.close()

    def _ask(
        self,
        address: DBusAddress,
        name: str,
        signature: str = "",
        body: tuple[object, ...] = (),
        timeout: float = ANSWER,
    ) -> tuple[Any, ...]:
        call = new_method_call(address, name, signature or None, body)
        answer = self._connection.send_and_get_reply(call, timeout=timeout)
        if answer.header.message_type is not MessageType.method_return:
            raise ConnectionError(f"Fcitx refuses {name}")
        return answer.body


def _member(message: Any) -> str:
    return str(message.header.fields.get(3, ""))  # the field of a signal's name


class FcitxInput(QObject):
    """Sends the keys of whatever has the focus through Fcitx 4, and puts there what comes back."""

    def __init__(self, context: FcitxContext, parent: QObject) -> None:
        super().__init__(parent)
        self._fcitx: FcitxContext | None = context
        self._composing = False
        self._window: QWindow | None = None
        self._focus: QObject | None = None
        self._notifier = QSocketNotifier(context.socket, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        application = cast("QGuiApplication", QGuiApplication.instance())
        application.focusObjectChanged.connect(self._follow)
        self._follow(application.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the keys that Fcitx keeps."""
        kind = event.type()
        if kind is QEvent.Type.ShortcutOverride and self._composing:
            event.accept()  # no shortcut while a word is being composed: the key comes back as one that was pressed
            return True
        if watched is self._window and kind in {QEvent.Type.KeyPress, QEvent.Type.KeyRelease}:
            return self._takes(cast("QKeyEvent", event))
        return False

    @Slot(QObject)
    def _follow(self, focus: QObject | None) -> None:
        """Watch what has the focus now."""
        for left in (self._window, self._focus):
            if left is not None and isValid(left):
                left.removeEventFilter(self)
        self._compose("")
        self._focus, self._window = focus, QGuiApplication.focusWindow()
        for entered in (self._window, self._focus):
            if entered is not None:
                entered.installEventFilter(self)
        self._say("FocusIn" if _takes_text(focus) else "FocusOut")

    def _takes(self, event: QKeyEvent) -> bool:
        if self._fcitx is None or not _takes_text(self._focus):
            return False
        self._place()
        try:
            kept = self._fcitx.takes_key(event)
        except FAULTS:
            self._give_up()
            return False
        self._hear()
        return kept

    def _place(self) -> None:
        """Tell where the cursor is, so that the choice of words opens there."""
        if self._window is None or not isValid(self._window):
            return
        cursor, scale = QGuiApplication.inputMethod().cursorRectangle(), self._window.devicePixelRatio()
        corner = self._window.mapToGlobal(cursor.topLeft().toPoint())
        place = (corner.x(), corner.y(), cursor.width(), cursor.height())
        self._say("SetCursorRect", "iiii", tuple(round(value * scale) for value in place))

    @Slot()
    def _hear(self) -> None:
        if self._fcitx is None:
            return
        try:
            said = self._fcitx.signals()
        except FAULTS:
            self._give_up()
            return
        for name, body in said:
            if name == "CommitString":
                self._commit(body[0])
            elif name == "UpdatePreedit":
                self._compose(body[0])

    def _commit(self, text: str) -> None:
        self._composing = False
        self._send(QInputMethodEvent("", []), text)

    def _compose(self, text: str) -> None:
        if not text and not self._composing:
            return
        self._composing = bool(text)
        underlined = QTextCharFormat()
        underlined.setFontUnderline(True)
        kind = QInputMethodEvent.AttributeType
        attributes = [
            QInputMethodEvent.Attribute(kind.TextFormat, 0, len(text), underlined),
            QInputMethodEvent.Attribute(kind.Cursor, len(text), 1),
        ]
        self._send(QInputMethodEvent(text, attributes), "")

    def _send(self, event: QInputMethodEvent, committed: str) -> None:
        if self._focus is not None and isValid(self._focus):
            event.setCommitString(committed)
            QCoreApplication.sendEvent(self._focus, event)

    def _say(self, name: str, signature: str = "", body: tuple[object, ...] = ()) -> None:
        if self._fcitx is None:
            return
        try:
            self._fcitx.tell(name, signature, body)
        except FAULTS:
            self._give_up()

    def _give_up(self) -> None:
        """Go on without: Fcitx ended, or hangs. Latin letters must still arrive."""
        if self._fcitx is not None:
            self._notifier.setEnabled(False)
            self._fcitx.close()
            self._fcitx = None
            self._compose("")


def _takes_text(focus: QObject | None) -> bool:
    if focus is None or not isValid(focus):
        return False
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled | Qt.InputMethodQuery.ImHints)
    QCoreApplication.sendEvent(focus, asked)
    hints = asked.value(Qt.InputMethodQuery.ImHints) or 0
    hidden = Qt.InputMethodHint.ImhHiddenText.value  # passwords are typed, never composed
    return bool(asked.value(Qt.InputMethodQuery.ImEnabled)) and not int(hints) & hidden
