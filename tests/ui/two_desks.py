"""Two machines that exchange packages through their windows."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.conftest import wait_until
from ui.app import Window
from ui.dialogs.take_in_dialog import TakeInDialog
from ui.dialogs.write_out_dialog import WriteOutDialog
from ui.pages.exchange_page import ExchangePage
from wufei_cells import paths, shipped
from wufei_cells.domain.exchange import LEAST_LIMIT, Order, Photos, Scope
from wufei_cells.services import (
    browsing,
    device_naming,
    packing,
    receiving,
    registering,
    side_view,
    taking_packages,
    who_has_what,
)
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import Workspace, open_workspace


@dataclass(frozen=True, slots=True)
class Machine:
    """A data folder of its own, with a name and a person."""

    folder: Path
    name: str
    person: str

    def opened(self) -> Workspace:
        """Open it as a program without a window would."""
        workspace = open_workspace(
            self.folder,
            shipped.shipped_criteria(),
            person=self.person,
            create_folder=True,
            devices=paths.device_folder(),
        )
        if not browsing.list_sites(workspace):  # at the first time
            device_naming.rename(workspace, self.name)
        return workspace

    def add_sites(self, *names: str) -> None:
        """Enter sites."""
        workspace = self.opened()
        try:
            category, district = browsing.categories(workspace)[0], browsing.profile(workspace).districts[0]
            for name in names:
                registering.add_site(workspace, SiteDraft(name, category.key, district.key))
        finally:
            workspace.close()

    def write(self, target: Path, **order: object) -> list[Path]:
        """Write a package; parts give several files."""
        workspace = self.opened()
        try:
            planned = packing.plan(workspace, Order(**order))  # type: ignore[arg-type]
            return [one.path for one in packing.write(workspace, planned, target)]
        finally:
            workspace.close()

    def write_last(self, target: Path) -> Path:
        """Write a package of the last bundle of this machine alone, as if those before had been lost on their way."""
        workspace = self.opened()
        try:
            planned = packing.plan(workspace, Order(scope=Scope.ALL, photos=Photos.NONE))
            (part,) = planned.parts
            own = [one for one in part.bundles if one.device == workspace.database.device_uuid]
            last = max(own, key=lambda one: one.last)
            packing.write(workspace, replace(planned, parts=(replace(part, bundles=(last,), files=()),)), target)
        finally:
            workspace.close()
        return target

    def take(self, *files: Path) -> None:
        """Take packages in and admit whoever sent them."""
        workspace = self.opened()
        try:
            taking_packages.take_in(workspace, receiving.receive(workspace, files))
            for one in side_view.waiting(workspace):
                side_view.admit(workspace, one.device, one.name)
        finally:
            workspace.close()

    def digest(self) -> str:
        """Give the digest over all acts."""
        workspace = self.opened()
        try:
            return who_has_what.state(workspace, with_digest=True).digest
        finally:
            workspace.close()

    def sites(self) -> set[str]:
        """Name the sites."""
        workspace = self.opened()
        try:
            return {row.name for row in browsing.list_sites(workspace)}
        finally:
            workspace.close()


class Scene:
    """An office and an assessor who know each other, and what came on Monday; made once, at places that stay.

    A register that is copied to another place takes another id, so each test has its folders put back where they were.
    """

    def __init__(self, folder: Path) -> None:
        self._kept, self._stage = folder / "kept", folder / "stage"
        self.devices = self._stage / "devices"
        self.office = Machine(self._stage / "office", "市办", "周主任")
        self.assessor = Machine(self._stage / "assessor", "审核组", "李晓明")
        self.monday: list[Path] = []

    def put_back(self) -> None:
        """Put everything back as it was made."""
        if not self._kept.exists():
            self._stage.mkdir()
            self._make(self._stage / "files", self._stage / "monday")
            shutil.copytree(self._stage, self._kept)
        shutil.rmtree(self._stage)
        shutil.copytree(self._kept, self._stage)

    def _make(self, files: Path, monday: Path) -> None:
        for folder in (self.devices, files, monday):
            folder.mkdir()
        self.office.add_sites("焦作市第一中学", "解放区龙源湖公园")
        self.assessor.take(*self.office.write(files / "first.wufei", scope=Scope.ALL))
        self.office.take(*self.assessor.write(files / "back.wufei"))
        self._write_monday(files, monday)

    def _write_monday(self, files: Path, monday: Path) -> None:
        """Lay down what comes from an assessor who has worked on, and from somebody whom nobody knows."""
        other = Machine(self._stage / "other", "审核二组", "陈静")
        other.take(files / "first.wufei")
        self.office.take(*other.write(files / "other.wufei"))
        other.add_sites("修武县云台山景区", "博爱县竹林小区")
        good = other.write(monday / "good.wufei", scope=Scope.ALL)[0]
        shutil.copy(good, monday / "good (1).wufei")
        broken = bytearray(good.read_bytes())
        half = len(broken) // 2
        broken[half : half + 200] = bytes(200)  # as a stick that was pulled out leaves it
        (monday / "broken.wufei").write_bytes(broken)
        stranger = Machine(self._stage / "stranger", "新电脑", "王芳")
        stranger.add_sites("月山寺街道社区")
        stranger.write(monday / "stranger.wufei", scope=Scope.ALL)
        parts = other.write(monday / "parts.wufei", scope=Scope.ALL, limit=LEAST_LIMIT)
        assert len(parts) > 1
        parts[0].unlink()
        self.monday = sorted(monday.iterdir())


def room(window: Window) -> ExchangePage:
    """Enter the room of the exchange and wait until it shows what there is."""
    page = window.main.show_room("exchange")
    assert isinstance(page, ExchangePage)
    wait_until(lambda: page.loaded is not None and window.context.tasks.idle)
    return page


def write_through(window: Window, target: Path) -> Path:
    """Write a package for everyone through the window."""
    page = room(window)
    page.targets.write_out.click()
    dialog = shown(window, WriteOutDialog)
    dialog.show_place(target)  # what the system's own dialog for files gives back
    wait_until(dialog.write_button.isEnabled)
    dialog.write_button.click()
    wait_until(lambda: bool(dialog.written))
    dialog.write_button.click()
    return target


def look_through(window: Window, *files: Path) -> TakeInDialog:
    """Lay files on the window and wait until they are looked at."""
    page = room(window)
    page.take_in(files)
    dialog = page.steps.taking
    assert dialog is not None
    wait_until(lambda: not dialog.busy and dialog.found is not None)
    return dialog


def take_through(window: Window, *files: Path) -> TakeInDialog:
    """Lay files on the window and take them in."""
    dialog = look_through(window, *files)
    dialog.view.take_button.click()
    wait_until(lambda: dialog.taken is not None)
    return dialog


def shown(window: Window, kind):
    """Give the dialog of a kind that is open."""
    return next(one for one in window.main.findChildren(kind) if one.isVisible())


def settle(window: Window) -> None:
    """Wait until nothing is on its way."""
    QApplication.processEvents()
    wait_until(lambda: window.context.tasks.idle)
