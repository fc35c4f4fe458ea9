"""Look whether anything shuts a site out before it is scored; what does stops the assessment, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.lifecycle import Stage, Step
from wufei_cells.domain.prechecks import PrecheckFinding, PrecheckQuestion, PrecheckRow
from wufei_cells.domain.register import ActRef, AssessmentRow
from wufei_cells.errors import Problem, ProblemsFound, UserError
from wufei_cells.services import blindness, reading, steps, undoing
from wufei_cells.services.text_fields import LONGEST_NOTE, text_problems
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import precheck_queries
from wufei_cells.store.journal import Connection, Draft

PLACE = "precheck"
"""Where problems with it stand: ``precheck.<key of the question>``."""


@dataclass(frozen=True, slots=True)
class Precheck:
    """The pre-check of an assessment: what is asked, and what was found."""

    assessment: AssessmentRow
    questions: tuple[PrecheckQuestion, ...]
    row: PrecheckRow

    @property
    def missing(self) -> tuple[str, ...]:
        """The questions that nobody has looked at yet."""
        return self.row.missing(self.questions)

    @property
    def failing(self) -> tuple[str, ...]:
        """The questions asked now that shut the site out."""
        asked = {question.key for question in self.questions}
        return tuple(key for key in self.row.failing if key in asked)

    @property
    def passed(self) -> bool:
        """Whether every question was looked at and nothing shuts the site out."""
        return not self.missing and not self.failing


def questions(workspace: Workspace, assessment_id: str) -> tuple[PrecheckQuestion, ...]:
    """List what the city's profile asks of an assessment's site; nothing of a sheet that belongs to another one."""
    with workspace.database.reading() as connection:
        return questions_for(connection, reading.assessment(connection, assessment_id))


def questions_for(connection: Connection, row: AssessmentRow) -> tuple[PrecheckQuestion, ...]:
    """List what is asked, within a transaction."""
    if row.part_of is not None:
        return ()
    return tuple(question for question in reading.profile(connection).precheck if question.concerns(row.category))


def precheck(workspace: Workspace, assessment_id: str) -> Precheck:
    """Give the pre-check of an assessment as it stands."""
    with workspace.database.reading() as connection:
        return _standing(connection, assessment_id)


def precheck_of(workspace: Workspace, connection: Connection, assessment_id: str) -> PrecheckRow:
    """Give what was found, within a transaction."""
    del workspace
    return precheck_queries.precheck(connection, assessment_id)


def all_hold(asked: Iterable[PrecheckQuestion]) -> dict[str, PrecheckFinding]:
    """Give the findings of somebody who looked at everything and found nothing against the site."""
    return {question.key: PrecheckFinding(holds=True) for question in asked}


def record_precheck(
    workspace: Workspace,
    assessment_id: str,
    findings: Mapping[str, PrecheckFinding | None],
    *,
    stop: bool = True,
    seen: tuple[ActRef, ...] | None = None,
    visit: str = "",
) -> Precheck:
    """Keep what was found; where something shuts the site out, the assessment is stopped in the same transaction.

    Args:
        workspace: the register.
        assessment_id: the assessment.
        findings: by question; ``None`` takes back what was found. Questions that are not named stay as they are.
        stop: ``False`` keeps a failing one without stopping, while the reason is still being typed.
        seen: the acts the form had loaded (see ``assessing.record_answer``).
        visit: names what is taken back together (see ``undoing.write``).

    Raises:
        ProblemsFound: questions that are not asked, or failing ones without a reason.
        UserError: the assessment is not open, or the person is no assessor.
    """
    with workspace.database.writing() as connection:
        before = _standing(connection, assessment_id)
        if before.assessment.stage is not Stage.SCORING:
            steps.require(workspace, connection, Step.STOP, before.assessment)
        blindness.refuse_writing(workspace, connection, assessment_id)
        cleaned = _cleaned(findings, before)
        found = {**before.row.findings, **cleaned}
        now = {key: finding for key, finding in found.items() if finding is not None}
        if now != before.row.findings or len(before.row.heads) > 1:
            draft = Draft("precheck", assessment_id, precheck_queries.CELL, _document(now), seen)
            undoing.write(workspace, connection, [draft], places=[assessment_id], visit=visit)
        failing = {key: finding.reason for key, finding in cleaned.items() if finding and not finding.holds}
        if stop and failing:
            _stop(workspace, connection, before.assessment, failing)
        return _standing(connection, assessment_id)


def refuse_shut_out(connection: Connection, assessment_id: str) -> None:
    """Refuse answers while something on record shuts the site out; a sheet that belongs to an assessment follows it.

    Raises:
        UserError: the pre-check fails.
    """
    if not precheck_queries.failing(connection, assessment_id):
        return
    row = reading.assessment(connection, assessment_id)
    reasons = reading.reasons_against(connection, row)
    if reasons:
        raise UserError("prechecking.shut_out", site=row.site_name, reason="；".join(reasons))


def problems(connection: Connection, row: AssessmentRow) -> list[Problem]:
    """List what keeps an assessment from being finished: questions nobody looked at, and those that fail."""
    standing = _standing(connection, row.id)
    numbers = {question.key: number for number, question in enumerate(standing.questions, 1)}
    texts = {question.key: question.text for question in standing.questions}
    codes = {"prechecking.missing": standing.missing, "prechecking.failed": standing.failing}
    return [
        Problem(
            code,
            f"{PLACE}.{key}",
            {"number": numbers[key], "question": texts[key], "reason": _reason(standing, key)},
        )
        for code, keys in codes.items()
        for key in keys
    ]


def _standing(connection: Connection, assessment_id: str) -> Precheck:
    row = reading.assessment(connection, assessment_id)
    return Precheck(row, questions_for(connection, row), precheck_queries.precheck(connection, assessment_id))


def _reason(standing: Precheck, key: str) -> str:
    return standing.row.findings[key].reason if key in standing.row.findings else ""


def _cleaned(findings: Mapping[str, PrecheckFinding | None], standing: Precheck) -> dict[str, PrecheckFinding | None]:
    """Give the findings with the words of their questions; refuse what does not fit, all of it at once."""
    asked = {question.key: question.text.zh for question in standing.questions}
    found: list[Problem] = []
    cleaned: dict[str, PrecheckFinding | None] = {}
    for key, finding in findings.items():
        place = f"{PLACE}.{key}"
        if key not in asked:
            found.append(Problem("prechecking.unknown_question", place, {"question": key, "known": ", ".join(asked)}))
        elif finding is None:
            cleaned[key] = None
        else:
            reason = "" if finding.holds else finding.reason.strip()
            if not finding.holds and not reason:
                found.append(Problem("prechecking.reason_needed", place))
            found += text_problems(place, reason, limit=LONGEST_NOTE, lines=True)
            cleaned[key] = PrecheckFinding(finding.holds, reason, asked[key])
    if found:
        raise ProblemsFound(found)
    return cleaned


def _document(findings: Mapping[str, PrecheckFinding]) -> JsonValue:
    written: dict[str, JsonValue] = {
        key: {"holds": finding.holds, "reason": finding.reason, "text": finding.text}
        for key, finding in findings.items()
    }
    return {"findings": written} if written else None


def _stop(workspace: Workspace, connection: Connection, row: AssessmentRow, failing: Mapping[str, str]) -> None:
    steps.require(workspace, connection, Step.STOP, row)
    state: JsonValue = {
        "stage": Stage.STOPPED.value,
        "remarks": "\n".join(failing.values()),
        "reasons": dict[str, JsonValue](failing),
        "revision": row.revision,
        **steps.signed(workspace),
    }
    steps.write_state(workspace, connection, row.id, state)
