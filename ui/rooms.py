"""The rooms of the window, in the order of its sidebar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from ui.pages.page import Page


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the sidebar; the page is built when somebody enters."""

    key: str
    icon: str
    title_key: str
    factory: Callable[[AppContext, QWidget], Page]


# Each page's module is loaded when somebody enters.


def _overview(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.overview_page import OverviewPage  # noqa: PLC0415

    return OverviewPage(context, parent)


def _sites(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.sites_page import SitesPage  # noqa: PLC0415

    return SitesPage(context, parent)


def _assessment(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.assessment_page import AssessmentPage  # noqa: PLC0415

    return AssessmentPage(context, parent)


def _certificates(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.certificates_page import CertificatesPage  # noqa: PLC0415

    return CertificatesPage(context, parent)


def _checklists(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.checklists_page import ChecklistsPage  # noqa: PLC0415

    return ChecklistsPage(context, parent)


def _exchange(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.exchange_page import ExchangePage  # noqa: PLC0415

    return ExchangePage(context, parent)


def _settings(context: AppContext, parent: QWidget) -> Page:
    from ui.pages.settings_page import SettingsPage  # noqa: PLC0415

    return SettingsPage(context, parent)


ROOMS: tuple[Room, ...] = (
    Room("overview", "overview", "frame.room.overview", _overview),
    Room("sites", "site", "frame.room.sites", _sites),
    Room("assessment", "assessment", "frame.room.assessment", _assessment),
    Room("certificates", "certificate", "frame.room.certificates", _certificates),
    Room("checklists", "checklist", "frame.room.checklists", _checklists),
    Room("exchange", "exchange", "frame.room.exchange", _exchange),
    Room("settings", "settings", "frame.room.settings", _settings),
)
