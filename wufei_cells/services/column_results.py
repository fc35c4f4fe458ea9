"""The result of an assessment whose checklist puts several columns together by weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wufei_cells.domain.answers import Column, JsonValue
from wufei_cells.domain.checklists import Checklist
from wufei_cells.errors import Problem, UserError
from wufei_cells.scoring.columns import Composite
from wufei_cells.scoring.columns import composite as put_together
from wufei_cells.scoring.scorecard import Scorecard
from wufei_cells.services.measure_wording import score_text
from wufei_cells.services.team_reading import of_team, sheet_under, standing
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording

_VERDICTS = {True: "score.columns_passed", False: "score.columns_failed", None: "score.columns_open"}


@dataclass(frozen=True, slots=True)
class TeamResult:
    """What the columns of an assessment make together, and what each of them scored."""

    checklist: Checklist
    cards: Mapping[str, Scorecard]
    composite: Composite

    @property
    def gaps(self) -> list[Problem]:
        """The columns without a finished score."""
        return [Problem("teaming.column_missing", key, {"column": key}) for key in self.composite.missing]

    @property
    def verdict(self) -> dict[str, JsonValue]:
        """What the finished assessment is worth: not what its own column scored, but all of them together."""
        found = self.composite
        return {"total": str(found.total.low), "level": found.level, "passed": found.passed is True}


def known_columns(checklist: Checklist) -> tuple[str, ...]:
    """List the columns that sheets can have: those that the checklist puts together, then those everybody knows."""
    named = [column.key for column in checklist.scoring.columns]
    return tuple(dict.fromkeys([*named, *(column.value for column in Column)]))


def column_to_score(checklist: Checklist, wanted: str | None) -> str:
    """Give the column that a sheet is to score: the one that was named, else the first that counts.

    Raises:
        UserError: there is no such column.
    """
    if wanted is None:
        named = checklist.scoring.columns
        return named[0].key if named else Column.ONSITE.value
    if wanted not in known_columns(checklist):
        allowed = ", ".join(known_columns(checklist))
        raise UserError("teaming.unknown_column", found=wanted, allowed=allowed)
    return str(wanted)


def composite(workspace: Workspace, assessment_id: str) -> TeamResult | None:
    """Put the columns of an assessment together; ``None`` when its checklist names none."""
    with workspace.database.reading() as connection:
        return result_of(workspace, connection, assessment_id)


def result_of(workspace: Workspace, connection: Connection, assessment_id: str) -> TeamResult | None:
    """Put the columns together within a transaction.

    The assessment itself scores its own column; of the others the sheet that was started first counts.
    """
    whole, parts = of_team(connection, assessment_id)
    own = sheet_under(workspace, connection, whole, whole.edition)
    named = {column.key for column in own.checklist.scoring.columns}
    if not named:
        return None
    cards = {whole.column: own.scorecard} if whole.column in named else {}
    for part in standing(parts):
        if part.column in named and part.column not in cards:
            cards[part.column] = sheet_under(workspace, connection, part, whole.edition).scorecard
    return TeamResult(own.checklist, cards, put_together(own.checklist, cards, on=own.on))


def composite_lines(
    checklist: Checklist, cards: Mapping[str, Scorecard], result: Composite, wording: Wording
) -> tuple[str, ...]:
    """Say what the columns make together, then what each of them scored and how much it weighs."""
    language = "en" if wording.language == "en" else "zh"
    lines = [wording.say(_VERDICTS[result.passed], score=score_text(result.total))]
    for column in checklist.scoring.columns:
        card = cards.get(column.key)
        score = wording.say("score.column_missing") if card is None else score_text(card.total)
        values = {"name": column.text.in_language(language), "weight": str(column.weight), "score": score}
        lines.append(wording.say("score.column", **values))
    return tuple(lines)
