"""Opens the dialogs that are reached from several places: the settings, the overview, the search palette."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from ui.context import Change
from ui.dialogs.guide_offering import offer_guide

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog, QWidget

    from ui.context import AppContext

    Opener = Callable[[AppContext, QWidget], QDialog]

PREFIX = "dialog."
"""Begins the names of the palette's commands that open one of these."""


@runtime_checkable
class Rooms(Protocol):
    """What a window offers to those who want to lead to a place in it."""

    def show_site(self, site: str) -> None:
        """Show a site."""
        ...

    def show_assessment(self, assessment: str, key: str = "") -> None:
        """Show an assessment, at an item if one is named."""
        ...

    def show_certificate(self, certificate: str) -> None:
        """Show a certificate."""
        ...


def open_dialog(name: str, context: AppContext, parent: QWidget) -> QDialog:
    """Open a dialog by its name, and give it; what is found in it leads to the rooms of the parent's window."""
    dialog = OPENERS[name.removeprefix(PREFIX)](context, parent)
    offer_guide(dialog, context, name.removeprefix(PREFIX))
    dialog.show()  # each knows itself whether it keeps the window behind it waiting
    return dialog


# Each dialog's module is loaded when somebody opens it.


def _roles(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.roles_dialog import RolesDialog  # noqa: PLC0415

    dialog = RolesDialog(context, parent)
    # Whose turn each assessment is follows from the roles.
    dialog.roles_changed.connect(lambda: context.events.assessment_changed.emit(Change("")))
    return dialog


def _process(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.process_dialog import ProcessDialog  # noqa: PLC0415

    return ProcessDialog(context, parent)


def _keys(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.office_key_dialog import OfficeKeyDialog  # noqa: PLC0415

    return OfficeKeyDialog(context, parent)


def _template(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.template_dialog import TemplateDialog  # noqa: PLC0415

    return TemplateDialog(context, parent)


def _checkup(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.checkup_dialog import show_checkup  # noqa: PLC0415

    window = parent.window()
    assert isinstance(window, Rooms)
    return show_checkup(context, window, window.show_site, window.show_assessment)


def _drawing(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.drawing_dialog import DrawingDialog  # noqa: PLC0415

    window = parent.window()
    assert isinstance(window, Rooms)
    dialog = DrawingDialog(context, window)
    dialog.check_requested.connect(dialog.accept)
    dialog.check_requested.connect(window.show_certificate)
    return dialog


def _site_list(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.site_list_dialog import SiteListDialog  # noqa: PLC0415

    return SiteListDialog(context, parent.window())


def _scoresheets(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.scoresheet_import_dialog import ScoresheetImportDialog  # noqa: PLC0415

    return ScoresheetImportDialog(context, parent)


def _ledgers(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.ledgers_dialog import LedgersDialog  # noqa: PLC0415
    from ui.dialogs.paper_writing import PaperWriting  # noqa: PLC0415

    window = parent.window()
    return LedgersDialog(context, window.findChild(PaperWriting) or PaperWriting(context, window), parent=window)


def _reports(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.report_dialog import ReportDialog  # noqa: PLC0415

    return ReportDialog(context, parent=parent.window())


def _targets(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.targets_dialog import TargetsDialog  # noqa: PLC0415

    return TargetsDialog(context, parent.window())


def _indicators(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.indicators_dialog import IndicatorsDialog  # noqa: PLC0415

    return IndicatorsDialog(context, parent.window())


def _follow_ups(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.follow_ups_dialog import FollowUpsDialog  # noqa: PLC0415

    return FollowUpsDialog(context, parent.window())


def _calendar(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.agenda_dialog import AgendaDialog  # noqa: PLC0415
    from ui.dialogs.paper_writing import PaperWriting  # noqa: PLC0415

    window = parent.window()
    assert isinstance(window, Rooms)
    dialog = AgendaDialog(context, window.findChild(PaperWriting) or PaperWriting(context, window), window)
    dialog.site_requested.connect(dialog.accept)
    dialog.site_requested.connect(window.show_site)
    return dialog


def _devices(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.devices_dialog import DevicesDialog  # noqa: PLC0415

    return DevicesDialog(context, parent)


def _conflicts(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.conflicts_dialog import ConflictsDialog  # noqa: PLC0415

    return ConflictsDialog(context, parent.window())


def _past(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.as_of_dialog import ask_for_day  # noqa: PLC0415

    return ask_for_day(context, parent)


def _self_check(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.support_dialogs import show_check  # noqa: PLC0415

    return show_check(context, parent.window())


def _support(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.support_dialogs import show_support  # noqa: PLC0415

    return show_support(context, parent.window())


def _update(context: AppContext, parent: QWidget) -> QDialog:
    from ui.dialogs.update_dialog import UpdateDialog  # noqa: PLC0415

    return UpdateDialog(context, parent.window())


OPENERS: dict[str, Opener] = {
    "roles": _roles,
    "process": _process,
    "office_keys": _keys,
    "devices": _devices,
    "template": _template,
    "checkup": _checkup,
    "drawing": _drawing,
    "site_list": _site_list,
    "scoresheets": _scoresheets,
    "ledgers": _ledgers,
    "reports": _reports,
    "targets": _targets,
    "indicators": _indicators,
    "follow_ups": _follow_ups,
    "calendar": _calendar,
    "conflicts": _conflicts,
    "past": _past,
    "self_check": _self_check,
    "support": _support,
    "update": _update,
}
