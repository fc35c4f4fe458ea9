"""What the window can do from anywhere, as the search palette offers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.models.keys import WINDOW, room_key, shown
from ui.models.palette_model import Command
from ui.theme import SCHEMES

if TYPE_CHECKING:
    from ui.context import AppContext, Desk

DIALOGS = {
    "site_list": ("upload", "site_list.ui_command"),
    "drawing": ("trial", "search.command.drawing"),
    "ledgers": ("table", "search.command.ledgers"),
    "reports": ("pdf", "report.ui_command"),
    "calendar": ("history", "steering.command_calendar"),
    "targets": ("overview", "steering.command_targets"),
    "indicators": ("table", "steering.command_indicators"),
    "follow_ups": ("alert", "steering.command_follow_ups"),
    "roles": ("person", "search.command.roles"),
    "process": ("next", "search.command.process"),
    "devices": ("device", "exchange.command.devices"),
    "office_keys": ("lock", "search.command.office_keys"),
    "template": ("certificate", "search.command.template"),
    "scoresheets": ("table", "import.command"),
    "conflicts": ("conflict", "conflict.ui_command"),
}
"""What can be opened from anywhere (``ui.dialogs.openers``): its icon, and the key of its name."""


CERTIFICATES = {
    "tool.verify": ("check", "search.command.verify"),
    "list.ready": ("certificate", "search.command.issue"),
    "list.to_notice": ("publish", "search.command.notice"),
    "list.notices": ("conflict", "search.command.notices"),
    "list.to_name": ("note", "search.command.name"),
    "list.due": ("history", "search.command.due"),
    "list.stopped": ("lock", "search.command.stopped"),
    "tool.numbers": ("table", "search.command.numbers"),
    "tool.public": ("publish", "search.command.public"),
    "tool.ledger": ("table", "search.command.ledger"),
}
"""What leads to a list or opens a tool of the room of certificates: its icon, and the key of its name."""


def window_commands(context: AppContext, rooms: Sequence[tuple[str, str, str]]) -> list[Command]:
    """List them: the rooms first, given as (key, icon, title key)."""
    tr, other = context.i18n.tr, "en" if context.i18n.language == "zh" else "zh"
    commands = [
        Command(f"room.{key}", tr("search.command.room", room=tr(title)), icon, room_key(number))
        for number, (key, icon, title) in enumerate(rooms)
    ]
    commands += [
        Command("site", tr("search.command.site"), "plus"),
        Command("checklist", tr("search.command.checklist"), "plus"),
        Command("write_out", tr("exchange.command.write_out"), "upload"),
        Command("take_in", tr("exchange.command.take_in"), "download"),
        Command("back", tr("search.command.back"), "back", _written("back")),
        Command("guide", tr("search.command.guide"), "guide", _written("guide")),
        Command("past", tr("time_machine.command"), "history"),
        Command("checkup", tr("checkup.command"), "alert"),
        Command("keys", tr("search.command.keys"), "guide", _written("keys")),
    ]
    commands += [Command(name, tr(title), icon) for name, (icon, title) in CERTIFICATES.items()]
    commands += [Command(f"dialog.{name}", tr(title), icon) for name, (icon, title) in DIALOGS.items()]
    for scheme in SCHEMES:
        title = tr("search.command.scheme", scheme=tr(f"settings.scheme.{scheme}"))
        commands.append(Command(f"scheme.{scheme}", title, "settings"))
    commands.append(Command(f"language.{other}", tr("search.command.language"), "languages"))
    return commands


def _written(name: str) -> str:
    return "+".join(shown(WINDOW[name]))


def nothing(_desk: Desk) -> None:
    """Ask nothing: only to be answered after everything that was asked before."""


def choose_scheme(context: AppContext, scheme: str) -> None:
    """Dress the window in other colors, and remember it."""
    context.preferences.remember("window/scheme", scheme)
    context.dress(scheme, context.theme.type_size)


def choose_language(context: AppContext, language: str) -> None:
    """Speak another language, and remember it."""
    context.preferences.remember("window/language", language)
    context.i18n.set_language(language)
