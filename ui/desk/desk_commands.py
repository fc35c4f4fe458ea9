"""What each command and each step of the scoring desk does: one table for its keys, one for its buttons."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.dialogs.desk_steps import STEP_DIALOGS

if TYPE_CHECKING:
    from ui.desk.scoring_desk import ScoringDesk

Table = dict[str, Callable[[], object]]
WRITING = frozenset({"na", "note", "basis", "accept", "clear"})
"""Commands that write on the item on the desk."""


def desk_commands(desk: ScoringDesk) -> Table:
    """Give what the commands do that keys stand for (see ``ui.widgets.desk_view``)."""
    card, panels = desk.desk.card, desk.panels
    return {
        "previous": partial(desk.go_by, -1),
        "following": partial(desk.go_by, 1),
        "part_before": partial(card.move_part, -1),
        "part_after": partial(card.move_part, 1),
        "na": desk.set_aside,
        "note": card.begin_note,
        "basis": card.begin_basis,
        "accept": card.accept_earlier,
        "clear": card.clear_answer,
        "go": desk.begin_find,
        "filter": desk.list.turn_filter,
        "view": desk.turn_view,
        "undo": desk.undo,
        "redo": desk.session.redo,
        "evidence": partial(panels.begin, "evidence"),
        "findings": partial(panels.begin, "findings"),
        "team": partial(panels.begin, "team"),
        "paste": panels.paste,
        "why": desk.steps.show_why,
        "print": desk.forms.print_filled,
        "next": desk.go_to_next,
        "finish": desk.steps.finish,
        "leave": desk.leave_field,
    }


def desk_steps(desk: ScoringDesk) -> Table:
    """Give what the buttons at the head do that stay in this room."""
    return {
        "finish": desk.steps.finish,
        "reopen": desk.steps.reopen,
        **{step: partial(desk.steps.ask, step) for step in STEP_DIALOGS},
        "export": desk.steps.export,
        "print_blank": desk.forms.print_blank,
        "print_filled": desk.forms.print_filled,
        "fill_template": desk.forms.fill_template,
        "starter_template": desk.forms.starter_template,
        "sign": desk.steps.sign,
    }
