"""The objections to a site, one after the other: what was put forward, and how it is settled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.dialogs.form_dialog import FormDialog
from ui.widgets.plain import plain_label, scrolling
from wufei_cells.domain.objections import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.context import AppContext, Desk
    from wufei_cells.domain.objections import ObjectionRow


class SettleDialog(FormDialog):
    """Shows the objections to an assessment and settles one that is open. Emits ``step_taken`` with it."""

    def __init__(
        self, context: AppContext, site: str, rows: Sequence[ObjectionRow], parent: QWidget | None = None
    ) -> None:
        tr = context.i18n.tr
        super().__init__(context, tr("certificates.settle_title"), tr("certificates.settle_heading", site=site), parent)
        waiting = [row for row in rows if row.outcome is Outcome.OPEN]
        self._rows = {row.id: row for row in rows}
        entries = [(self._name(row), row.id) for row in (*waiting, *(row for row in rows if row not in waiting))]
        self.objection_choice = self.add_choice("objection", "certificates.objection", entries)
        self.text_label = plain_label(wrap=True, selectable=True)
        self.text_label.setContentsMargins(8, 8, 8, 8)
        self.text_label.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = scrolling(self.text_label)
        area.setFixedHeight(132)
        self.add("shown", "certificates.objection_text", area)
        outcomes = [(tr(f"certificates.outcome_{one.value}"), one) for one in (Outcome.DISMISSED, Outcome.UPHELD)]
        self.outcome_choice = self.add_choice("outcome", "certificates.outcome", outcomes)
        self.reason_edit = self.add_text("reason", "certificates.reason")
        self.objection_choice.currentIndexChanged.connect(self._on_changed)
        self.outcome_choice.currentIndexChanged.connect(self._on_changed)
        self.reason_edit.textChanged.connect(self._on_edited)
        self._on_changed()
        self.reason_edit.setFocus()

    @property
    def objection(self) -> ObjectionRow:
        """The objection in view."""
        return self._rows[self.objection_choice.currentData()]

    @property
    def outcome(self) -> Outcome:
        """How it is to be settled; the box gives the values back as plain text."""
        return Outcome(self.outcome_choice.currentData())

    def job(self) -> Callable[[Desk], ObjectionRow]:
        """Settle it."""
        return partial(_settle, self.objection.id, self.outcome, self.reason_edit.toPlainText().strip())

    def _name(self, row: ObjectionRow) -> str:
        tr = self.context.i18n.tr
        values = {"day": self.context.i18n.day(row.objection.received_on)}
        kind = tr(f"certificates.objection_kind_{row.objection.kind.value}")
        return tr("certificates.objection_line", kind=kind, state=tr(f"certificates.is_{row.outcome.value}"), **values)

    def _on_changed(self) -> None:
        tr, row = self.context.i18n.tr, self.objection
        said = row.objection
        lines = [said.text]
        if said.name or said.contact:
            lines.append(tr("certificates.objection_from", name=said.name or "–", contact=said.contact or "–"))
        is_open = row.outcome is Outcome.OPEN
        if not is_open:
            settled = {"name": row.settled_by, "day": self.context.i18n.day(row.settled_on), "reason": row.reason}
            lines.append(tr("certificates.objection_settled", **settled))
        self.text_label.setText("\n\n".join(lines))
        for field in (self.outcome_choice, self.reason_edit):
            field.setEnabled(is_open)
        upheld = self.outcome is Outcome.UPHELD
        self.show_hint(tr("certificates.upheld_hint" if upheld else "certificates.dismissed_hint") if is_open else "")
        self._on_edited()

    def _on_edited(self) -> None:
        can = self.objection.outcome is Outcome.OPEN and bool(self.reason_edit.toPlainText().strip())
        self.confirm_button.setEnabled(can)


def _settle(key: str, outcome: Outcome, reason: str, desk: Desk) -> ObjectionRow:
    return desk.objecting.settle(desk.workspace, key, outcome, reason)
