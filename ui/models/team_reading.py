"""What a screen shows of a team: its sheets, what they say beside each other, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.context import Desk
    from ui.i18n import I18n
    from wufei_cells.services.comparing_sheets import Opinion, SideBySide
    from wufei_cells.services.team_list import SheetRow, Team
    from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team as it was read in one go."""

    team: Team
    side: SideBySide
    together: tuple[str, ...]
    """What the columns make together, line by line; empty where the checklist names none."""
    agreement: tuple[str, ...]
    words: Callable[[Opinion, str], str]
    """Says what a sheet answers to an entry."""
    names: dict[str, str]
    """By sheet: whose column it is and who scores on it."""

    @property
    def comparable(self) -> bool:
        """Whether nobody who scores alone is waited for, and there is something to compare."""
        return not self.team.waiting and bool(self.side.parts)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The entries that they do not agree on and that the record does not answer."""
        if not self.comparable:
            return ()
        return tuple(row.key for row in self.side.rows if row.differs and not row.opinions[0].answer.given)


def load_team(assessment_id: str, i18n: I18n, desk: Desk) -> TeamView:
    """Read the team of an assessment, in the worker thread."""
    teaming, workspace, wording = desk.teaming, desk.workspace, i18n.wording
    team = teaming.team(workspace, assessment_id)
    side = teaming.side_by_side(workspace, assessment_id)
    found = teaming.composite(workspace, assessment_id)
    together = teaming.composite_lines(found.checklist, found.cards, found.composite, wording) if found else ()
    names = {row.id: _name(team, row, teaming.column_name, i18n) for row in (team.whole, *team.sheets)}
    agreement = teaming.agreement_lines(side, wording)
    return TeamView(team, side, together, agreement, partial(_words, teaming.words_of, side, wording), names)


def _name(team: Team, row: SheetRow, column_name: Callable[..., str], i18n: I18n) -> str:
    column = column_name(team.checklist, row.column, i18n.wording)
    alone = "alone_late" if row.late else "alone"
    key = "whole" if row.whole else alone if row.blind else "column"
    return i18n.tr(f"team.sheet_{key}", column=column, names=row.assessors)


def _words(say: Callable[..., str], side: SideBySide, wording: Wording, opinion: Opinion, key: str) -> str:
    return say(side, opinion, key, wording)
