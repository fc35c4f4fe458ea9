"""Hold the sheets of one assessment against each other, and take values over into the record.

What is taken over is written into the assessment's own sheet as the same judgement, note included; the act names the
sheet it comes from, so that the record shows whose value stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.answers import Answer, JsonValue
from wufei_cells.domain.checklists import Gate, Item
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import ActRef, AnswerRow, AssessmentId
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.scoring.agreement import Agreement, Compared, agreement
from wufei_cells.scoring.evaluate import answer_problems
from wufei_cells.scoring.numbers import read_number
from wufei_cells.services import assessing, blindness, prechecking, returning, undoing
from wufei_cells.services.answer_wording import answer_in_words
from wufei_cells.services.naming_entries import named
from wufei_cells.services.reading import Sheet
from wufei_cells.services.team_reading import of_team, sheet_under, standing
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, team_queries
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one sheet says to one entry."""

    sheet: AssessmentId
    row: AnswerRow | None
    """``None``: nothing."""
    points: Fraction | None
    """``None``: it gives none, or they are not settled."""

    @property
    def answer(self) -> Answer:
        """What was answered; an empty answer where nothing was."""
        return self.row.answer if self.row else Answer()


@dataclass(frozen=True, slots=True)
class Difference:
    """What all sheets say to one entry, the assessment's own first."""

    key: str
    opinions: tuple[Opinion, ...]
    same_value: bool | None
    """Whether those who are compared answered alike; ``None`` while fewer than two have."""
    same_points: bool | None
    spread: Fraction | None
    """From the fewest points to the most."""
    origin: AssessmentId | None = None
    """The sheet that the record's answer was taken over from."""

    @property
    def differs(self) -> bool:
        """Whether somebody has to look at it."""
        return self.same_value is False or self.same_points is False

    def opinion(self, sheet: str) -> Opinion:
        """Give what one sheet says."""
        return next(opinion for opinion in self.opinions if opinion.sheet == sheet)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """An assessment and the sheets beside it, as far as this person may see them."""

    whole: Sheet
    parts: tuple[Sheet, ...]
    compared: tuple[AssessmentId, ...]
    """The sheets that are held against each other: of those who score alone, else all."""
    late: tuple[AssessmentId, ...]
    """Of the sheets beside it those that were begun or opened again when the others' could be seen; how far the sheets
    agree is counted without them."""
    rows: tuple[Difference, ...]
    agreement: Agreement

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The assessment's own sheet first."""
        return (self.whole, *self.parts)

    def sheet(self, key: str) -> Sheet:
        """Give one of the sheets."""
        return next(sheet for sheet in self.sheets if sheet.assessment.id == key)

    def row(self, key: str) -> Difference | None:
        """Give what is said to one entry."""
        return next((row for row in self.rows if row.key == key), None)

    @property
    def agreed(self) -> dict[str, AssessmentId]:
        """By entry that the record does not answer yet and all others answer alike: a sheet to take it from."""
        others = [key for key in self.compared if key != self.whole.assessment.id]
        found = {
            row.key: others[0]
            for row in self.rows
            if row.same_value and row.same_points is not False and not row.opinions[0].answer.given
            if len(others) > 1 and all(row.opinion(key).answer.given for key in others)
        }
        return found if self.whole.editable else {}


# --- reading


def side_by_side(workspace: Workspace, assessment_id: str) -> SideBySide:
    """Give the answers of all sheets that this person may see, entry by entry."""
    with workspace.database.reading() as connection:
        return _side_by_side(workspace, connection, assessment_id)


def differences(workspace: Workspace, assessment_id: str) -> SideBySide:
    """Give the answers of all sheets, entry by entry, and how far they agree.

    Raises:
        UserError: somebody who scores alone is not ready.
    """
    with workspace.database.reading() as connection:
        return _differences(workspace, connection, assessment_id)


def words_of(side: SideBySide, opinion: Opinion, key: str, wording: Wording) -> str:
    """Say what a sheet answers to an entry."""
    sheet = side.sheet(opinion.sheet)
    entry = sheet.checklist.entry(key)
    return answer_in_words(entry, opinion.answer, sheet.checklist, sheet.facts, wording, on=sheet.on)


def agreement_lines(side: SideBySide, wording: Wording) -> tuple[str, ...]:
    """Say how far the sheets agree."""
    return (*_agreed_lines(side, wording), *_late_lines(side, wording))


def _late_lines(side: SideBySide, wording: Wording) -> list[str]:
    names = tuple(name for key in side.late for name in side.sheet(key).assessment.assessors)
    return [wording.say("team.agreement_late", names=names)] if names else []


def _agreed_lines(side: SideBySide, wording: Wording) -> list[str]:
    found = side.agreement
    if not found.compared:
        return [wording.say("team.agreement_none")]
    values = {"count": found.compared, "same": found.same_value, "share": printed(found.share)}
    lines = [wording.say("team.agreement", **values)]
    if found.scored:
        apart = {"points": printed(found.difference), "percent": printed(found.difference_share)}
        lines.append(wording.say("team.agreement_points", count=found.scored, same=found.same_points, **apart))
    return lines


def _differences(workspace: Workspace, connection: Connection, assessment_id: str) -> SideBySide:
    whole, parts = of_team(connection, assessment_id)
    blind = blindness.blind_parts(whole, parts)
    waiting = [row for row in blind if row.stage is Stage.SCORING]
    if waiting:
        who = blindness.names(name for row in waiting for name in row.assessors)
        raise UserError("teaming.not_all_locked", site=whole.site_name, names=who)
    return _side_by_side(workspace, connection, whole.id)


def _side_by_side(workspace: Workspace, connection: Connection, assessment_id: str) -> SideBySide:
    row, parts = of_team(connection, assessment_id)
    whole = sheet_under(workspace, connection, row, row.edition)
    seen = [part for part in standing(parts) if not _hidden(workspace, connection, part.id)]
    beside = tuple(sheet_under(workspace, connection, part, row.edition) for part in seen)
    alone = [part.id for part in blindness.blind_parts(row, seen) if part.stage is Stage.FINISHED]
    compared = tuple(alone) if len(alone) > 1 else (row.id, *(part.id for part in seen))
    origins = team_queries.origins(connection, row.id)
    rows = tuple(
        _difference(entry.key, (whole, *beside), compared, origins.get(entry.key))
        for entry in _concerning(whole, beside)
    )
    blind = blindness.blind_parts(row, parts)
    marked = blindness.openness(connection, blind).late if blind else frozenset[str]()
    late = tuple(part.id for part in seen if part.id in marked)
    counted = tuple(key for key in compared if key not in late)
    return SideBySide(whole, beside, compared, late, rows, agreement(_counted(whole, rows, counted)))


def _concerning(whole: Sheet, beside: Sequence[Sheet]) -> list[Gate | Item]:
    """Give the entries that concern the site, or that somebody answered, in printed order."""
    answered = {key for sheet in (whole, *beside) for key in sheet.answers}
    applying = {score.key for score in whole.scorecard.items if score.applies}
    applying |= {gate.key for gate in whole.scorecard.gates}
    return [entry for entry in whole.checklist.entries() if entry.key in answered | applying]


def _hidden(workspace: Workspace, connection: Connection, sheet: str) -> bool:
    part = team_queries.part(connection, sheet)
    return part is not None and blindness.hidden(workspace, part)


def _difference(key: str, sheets: Sequence[Sheet], compared: Sequence[str], origin: AssessmentId | None) -> Difference:
    opinions = tuple(_opinion(sheet, key) for sheet in sheets)
    said = [opinion for opinion in opinions if opinion.sheet in compared and opinion.answer.given]
    points = [opinion.points for opinion in said if opinion.points is not None]
    enough = len(said) > 1
    return Difference(
        key,
        opinions,
        same_value=len({plainly(opinion.answer) for opinion in said}) == 1 if enough else None,
        same_points=len(set(points)) == 1 and len(points) == len(said) if enough and points else None,
        spread=max(points) - min(points) if len(points) > 1 else None,
        origin=origin,
    )


def _opinion(sheet: Sheet, key: str) -> Opinion:
    score, row = sheet.scorecard.item(key), sheet.answers.get(key)
    counts = score is not None and score.applies and score.got.settled and row is not None and row.answer.given
    return Opinion(sheet.assessment.id, row, score.got.low if score is not None and counts else None)


def plainly(answer: Answer) -> str:
    """Write a judgement so that two say the same exactly where a person would call them the same."""
    return "na" if answer.na is not None else repr(_plain(answer.value))


def _plain(value: JsonValue) -> object:
    if isinstance(value, dict):
        return sorted((key, _plain(one)) for key, one in value.items() if one is not None)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    number = read_number(value)
    return str(value).strip() if number is None else number


def _counted(whole: Sheet, rows: Iterable[Difference], counted: Sequence[str]) -> list[Compared]:
    full = {score.key: score.full for score in whole.scorecard.items}
    found = [(row.key, [one for one in row.opinions if one.sheet in counted and one.answer.given]) for row in rows]
    return [
        Compared(
            len({plainly(one.answer) for one in said}) == 1,
            tuple(one.points for one in said if one.points is not None),
            full.get(key, Fraction(0)),
        )
        for key, said in found
        if len(said) > 1
    ]


# --- taking over


def take_over(
    workspace: Workspace,
    assessment_id: str,
    chosen: Mapping[str, str],
    *,
    seen: Mapping[str, tuple[ActRef, ...]] | None = None,
) -> tuple[str, ...]:
    """Write answers of other sheets into the record, notes included: all of them, or none.

    Args:
        workspace: the register.
        assessment_id: the assessment.
        chosen: by item, the sheet whose answer is to stand.
        seen: by item, the acts of the record that the person had before their eyes.

    Raises:
        ProblemsFound: what a sheet does not answer, or answers in a way that does not fit.
        UserError: the assessment is closed, somebody who scores alone is not ready, or a sheet is none of its.
    """
    with workspace.database.writing() as connection:
        side = _differences(workspace, connection, assessment_id)
        return _take_over(workspace, connection, side, chosen, seen or {})


def take_over_agreed(workspace: Workspace, assessment_id: str) -> tuple[str, ...]:
    """Write into the record, where it says nothing yet, what all sheets that are compared answer alike.

    Raises:
        UserError: the assessment is closed, or somebody who scores alone is not ready.
    """
    with workspace.database.writing() as connection:
        side = _differences(workspace, connection, assessment_id)
        return _take_over(workspace, connection, side, side.agreed, {})


def _take_over(
    workspace: Workspace,
    connection: Connection,
    side: SideBySide,
    chosen: Mapping[str, str],
    seen: Mapping[str, tuple[ActRef, ...]],
) -> tuple[str, ...]:
    whole = side.whole
    if not whole.editable:
        raise UserError("teaming.whole_closed", site=whole.site.name, stage=whole.assessment.stage.value)
    blindness.refuse_writing(workspace, connection, whole.assessment.id)
    prechecking.refuse_shut_out(connection, whole.assessment.id)
    stands = assessment_queries.standing(connection, whole.assessment.id)
    if stands:
        returning.refuse_locked(workspace, connection, stands, chosen)
    _refuse_unfit(side, chosen)
    given = {key: side.sheet(sheet).answers[key].answer for key, sheet in chosen.items()}
    drafts = assessing.answer_drafts(whole.checklist, whole.assessment.id, given, seen)
    if drafts:
        marked = [_from(draft, chosen[draft.cell.removeprefix("answer.")]) for draft in drafts]
        undoing.write(workspace, connection, marked, places=[whole.assessment.id])
    return tuple(given)


def _refuse_unfit(side: SideBySide, chosen: Mapping[str, str]) -> None:
    problems: list[Problem] = []
    parts = {part.assessment.id for part in side.parts}
    for key, sheet in chosen.items():
        if sheet not in parts:
            raise UserError("teaming.not_of_team", site=side.whole.site.name, sheet=sheet)
        row = side.sheet(sheet).answers.get(key)
        if row is None or not row.answer.given:
            who = blindness.names(side.sheet(sheet).assessment.assessors)
            problems.append(
                Problem("teaming.nothing_to_take", key, {"item": named(side.whole.checklist, key), "names": who})
            )
        else:
            problems += answer_problems(side.whole.checklist, key, row.answer, on=side.whole.on)
    if problems:
        raise ProblemsFound(problems)


def _from(draft: Draft, sheet: str) -> Draft:
    """Note in an act which sheet its answer comes from."""
    assert isinstance(draft.value, dict), draft
    return replace(draft, value={**draft.value, "origin": sheet})
