"""Opens the data folder behind the window: the register of today, or the one of the day that the window shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.progress import silent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext, Desk
    from ui.tasks import RunningTask, TaskProgress


@dataclass(frozen=True, slots=True)
class Opened:
    """What the frame of the window shows of a register."""

    person: str
    device: str
    """What people call this machine."""
    example: bool
    out_of_order: int
    """Of an earlier day: how many entries of the register carry times that cannot be right."""
    copied: str
    """The register as it was, where a newer program has just brought it up to date."""


def open_register(
    context: AppContext,
    window: QWidget,
    done: Callable[[Opened], object],
    failed: Callable[[Exception], object],
) -> RunningTask:
    """Open the register off the GUI thread; one of an earlier day shows how far it is and can be given up."""
    if context.as_of is None:
        return context.ask(window, _open, lambda opened: _show(context, opened, done), failed)
    label = context.i18n.tr("time_machine.preparing", day=context.as_of.isoformat())
    task = context.work(window, _open, done, failed, label=label, cancellable=True)
    # A window on a day has nothing to show when somebody does not want to wait for it.
    task.finished.connect(lambda: window.close() if task.cancelled else None)
    return task


def window_title(context: AppContext) -> str:
    """Name the program, and the day where the window shows an earlier one."""
    title = context.i18n.tr("frame.title")
    if context.as_of is None:
        return title
    return context.i18n.tr("time_machine.window_title", title=title, day=context.as_of.isoformat())


def _open(desk: Desk, progress: TaskProgress | None = None) -> Opened:
    workspace = desk.open(progress.report if progress else silent)
    out_of_order = 0 if workspace.as_of is None else desk.time_machine.out_of_order(workspace)
    name, copied = desk.device_naming.name(workspace), str(workspace.database.copied or "")
    return Opened(workspace.person.name, name, workspace.example, out_of_order, copied)


def _show(context: AppContext, opened: Opened, done: Callable[[Opened], object]) -> None:
    done(opened)
    if opened.copied:
        context.notices.post(context.i18n.tr("store.brought_up_to_date", copy=opened.copied))
