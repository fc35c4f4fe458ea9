"""What the person at the desk may not do, and whose work it is instead: said before anything is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import Role, Stage, Step, transition
from wufei_cells.services.roles import writers

if TYPE_CHECKING:
    from datetime import date

    from ui.i18n import I18n
    from wufei_cells.domain.register import AssessmentRow
    from wufei_cells.services.roles import PersonRoles

STEPS: dict[str, Step] = {
    "start": Step.START,
    "finish": Step.FINISH,
    "reopen": Step.REOPEN,
    "send_back": Step.RETURN,
    "review": Step.REVIEW,
    "decide": Step.APPROVE,
    "reject": Step.REJECT,
    "issue": Step.CERTIFY,
}
"""The steps of the life cycle that buttons of the desk take."""
OTHERS: dict[str, tuple[Role, ...]] = {
    "assessors": (Role.ASSESSOR,),
    "to_certificates": (Role.OFFICE,),
    "sign": (),
}
"""Whose work the rest is that writes; nobody named: everybody's."""
ONLY_LEADING = frozenset({"to_certificates"})
"""What leads to another room, where everybody may look."""


def doers(step: str, row: AssessmentRow) -> tuple[Role, ...]:
    """Say whose work a step is from where an assessment stands; nobody named: everybody's."""
    if step == "finish" and row.part_of is not None:
        return writers(row.column, part=True)
    if step == "send_back" and row.stage is Stage.SCORING:
        return (Role.REVIEWER, Role.OFFICE)
    found = transition(STEPS[step], row.stage) if step in STEPS else None
    return (found.role, *found.also) if found else OTHERS.get(step, ())


class DeskRights:
    """Answers what the person who works here may do with the assessment on the desk."""

    def __init__(self, i18n: I18n, rights: PersonRoles, as_of: date | None) -> None:
        self._i18n = i18n
        self._rights = rights
        self._as_of = as_of

    def writes(self, row: AssessmentRow) -> bool:
        """Tell whether the person may write on a sheet while it is open."""
        return self._as_of is None and self._rights.may(*writers(row.column, part=row.part_of is not None))

    def view_only(self, row: AssessmentRow) -> str:
        """Say why nothing can be written on an open sheet; empty where something can."""
        if self._as_of is not None:
            return self._past(self._as_of)
        reason = self._whose(writers(row.column, part=row.part_of is not None))
        return self._i18n.tr("desk.view_only", reason=reason) if reason else ""

    def refusal(self, step: str, row: AssessmentRow) -> str:
        """Say why a step is not offered; empty where it is."""
        writes = step in STEPS or step in OTHERS
        if step in ONLY_LEADING or not writes:
            return ""
        return self._past(self._as_of) if self._as_of is not None else self._whose(doers(step, row))

    def waits(self, step: str, row: AssessmentRow, named: str) -> str:
        """Say for whom a step, in its button's words, waits that is not this person's; empty where it is."""
        anyone = doers(step, row)
        if self._as_of is not None or self._rights.may(*anyone):
            return ""
        tr = self._i18n.tr
        people = tr("desk.list_separator").join(self._rights.names(*anyone)) or tr(f"role.{anyone[0].value}")
        return tr("desk.waits_for", step=named, people=people)

    def _whose(self, anyone: tuple[Role, ...]) -> str:
        refused = self._rights.refusal(*anyone) if anyone else None
        return self._i18n.error(refused) if refused else ""

    def _past(self, day: date) -> str:
        return self._i18n.tr("desk.past", day=day.isoformat())
