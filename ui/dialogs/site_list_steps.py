"""What the window says after an import of sites, and how the import is taken back from there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.context import Change
from ui.models.site_list_reading import take_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.context import AppContext
    from wufei_cells.domain.site_lists import Imported, ImportTakenBack, LeftOut, Stayed

MOST_TOLD = 3


def tell_imported(context: AppContext, owner: QWidget, done: Imported) -> None:
    """Say what was imported, with the way back, and let every room look anew."""
    if done.count:
        _let_all_look(context)
        tr = context.i18n.tr
        told = tr("site_list.ui_imported", count=done.count, new=len(done.new), changed=len(done.changed))
        context.notices.post(told, "passed", partial(take_import_back, context, owner))


def take_import_back(context: AppContext, owner: QWidget) -> None:
    """Take the last import back, and say what came of it."""
    label = context.i18n.tr("site_list.ui_taking_back")
    context.work(owner, take_back, partial(_on_taken_back, context), label=label)


def left_out_sentence(context: AppContext, left_out: Sequence[LeftOut]) -> str:
    """Say which chosen rows were not imported, and why."""
    return context.i18n.tr("site_list.ui_left_out", count=len(left_out), names=_names(context, left_out))


def first_of(told: Sequence[str], context: AppContext, *, between: str = "\n") -> str:
    """Leave out what would not fit on the screen."""
    more = [context.i18n.tr("site_list.ui_more")] if len(told) > MOST_TOLD else []
    return between.join((*told[:MOST_TOLD], *more))


def _on_taken_back(context: AppContext, back: ImportTakenBack) -> None:
    _let_all_look(context)
    tr, stayed = context.i18n.tr, back.stayed
    if stayed:
        told = {"new": back.new, "changed": back.changed, "count": len(stayed), "names": _names(context, stayed)}
        context.notices.post(tr("site_list.ui_stayed", **told), "attention")
    else:
        context.notices.post(tr("site_list.ui_taken_back", new=back.new, changed=back.changed), "passed")


def _names(context: AppContext, rows: Sequence[LeftOut] | Sequence[Stayed]) -> str:
    i18n = context.i18n
    told = [i18n.tr("site_list.ui_left_one", name=one.name, why=i18n.problem(one.why)) for one in rows]
    return first_of(told, context, between=" ")


def _let_all_look(context: AppContext) -> None:
    context.events.site_changed.emit(Change(""))
    context.events.progress_changed.emit()
