"""Taking back what was laid down to steer, from the notice bar; dialogs may be closed by then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from wufei_cells.errors import WufeiError

if TYPE_CHECKING:
    from ui.context import AppContext, Desk


def tell_done(context: AppContext, sentence: str, place: str, *, tone: str = "passed") -> None:
    """Say that something was written, offer to take it back, and let everybody look anew.

    Args:
        context: the window.
        sentence: what was done.
        place: what ``undoing`` calls the steps of its kind.
        tone: a color role.
    """
    context.notices.post(sentence, tone, undo=partial(take_back, context, place))
    context.events.progress_changed.emit()


def take_back(context: AppContext, place: str) -> None:
    """Take the last step of a kind back."""
    context.ask(
        context.events, partial(_undo, place), partial(_tell, context), partial(_refused, context), durable=True
    )


def _tell(context: AppContext, _taken: object) -> None:
    context.events.progress_changed.emit()


def _refused(context: AppContext, error: Exception) -> None:
    if isinstance(error, WufeiError):
        context.notices.post(context.i18n.error(error), "failed")
    else:
        context.tasks.failed.emit(error)


def _undo(place: str, desk: Desk) -> object:
    return desk.undoing.undo(desk.workspace, place)
