"""Everything the detail panel tells of one site, read in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentRow, CertificateRow, SiteRow
from wufei_cells.errors import UserError
from wufei_cells.scoring.numbers import Numbers

if TYPE_CHECKING:
    from ui.context import Desk, Places
    from ui.i18n import I18n
    from wufei_cells.services.browsing import HistoryRow

SAID = {
    Stage.STOPPED: ("sites.history.stopped", "failed"),
    Stage.APPROVED: ("sites.history.approved", "passed"),
    Stage.REJECTED: ("sites.history.rejected", "failed"),
    **dict.fromkeys((Stage.NOTICED, Stage.NAMED, Stage.CERTIFIED), ("sites.history.approved", "passed")),
}
"""How the last word on an assessment is told, and in which tone."""
SHOWN_VALUE = 40  # characters of a value in a line of history
NO_NUMBERS = Numbers(())


@dataclass(frozen=True, slots=True)
class SiteStory:
    """A site, the facts its category's current checklist asks for, and what happened to it."""

    row: SiteRow
    facts: tuple[Fact, ...]
    acts: tuple[HistoryRow, ...]
    assessments: tuple[AssessmentRow, ...]
    certificate: CertificateRow | None
    numbers: Numbers = NO_NUMBERS
    """The parameters of that checklist today, for facts that are worked out with them."""


def load_story(site: str, desk: Desk) -> SiteStory:
    """Read the story of a site."""
    row = desk.browsing.site(desk.workspace, site)
    numbers = NO_NUMBERS
    try:
        edition = desk.browsing.current_edition(desk.workspace, row.category, row.district)
        checklist = desk.browsing.checklist(desk.workspace, edition.id)
        facts, numbers = checklist.facts, Numbers(checklist.parameters, desk.workspace.today())
    except UserError:  # no checklist of the category is in effect yet: nothing is asked for
        facts = ()
    return SiteStory(
        row,
        facts,
        desk.browsing.history(desk.workspace, row.id),
        desk.browsing.list_assessments(desk.workspace, site=row.id),
        desk.browsing.certificate(desk.workspace, row.certificate) if row.certificate else None,
        numbers,
    )


def happenings(story: SiteStory, i18n: I18n, places: Places) -> list[tuple[str, str, str]]:
    """Tell what happened, the newest first: caption, sentence, tone."""
    told = _edits(story, i18n, places)
    for assessment in story.assessments:
        told += _steps(assessment, i18n)
    if story.certificate:
        day = datetime.combine(story.certificate.issued_on, time.max, UTC)
        said = i18n.tr("sites.history.certified", number=story.certificate.number)
        told.append((day, i18n.day(story.certificate.issued_on), said, "passed"))
    told.sort(key=lambda entry: entry[0])  # stable: what happened within one second stays in its order
    return [(caption, text, tone) for _, caption, text, tone in reversed(told)]


def _edits(story: SiteStory, i18n: I18n, places: Places) -> list[tuple[datetime, str, str, str]]:
    """Tell of the acts on the site itself; those of its entry make one line."""
    if not story.acts:
        return []
    first = story.acts[0].at
    told = [(first, _caption(story.acts[0], i18n), i18n.tr("sites.history.entered"), "muted")]
    for act in story.acts:
        if act.at == first and act.old is None:
            continue  # a field that was given when the site was entered
        said = i18n.tr(
            "sites.history.edited",
            field=_field(act.cell, story, i18n),
            old=_value(act.cell, act.old, story, i18n, places),
            new=_value(act.cell, act.new, story, i18n, places),
        )
        told.append((act.at, _caption(act, i18n), said, "muted"))
    return told


def _steps(assessment: AssessmentRow, i18n: I18n) -> list[tuple[datetime, str, str, str]]:
    told = [
        (
            assessment.started_at,
            f"{i18n.moment(assessment.started_at)} · {'、'.join(assessment.assessors)}",
            i18n.tr("sites.history.started", column=i18n.tr(f"ui.column.{assessment.column}")),
            "information",
        )
    ]
    if assessment.decided_at and assessment.stage in SAID:
        key, tone = SAID[assessment.stage]
        total = "" if assessment.total is None else printed(assessment.total)
        caption = f"{i18n.moment(assessment.decided_at)} · {assessment.decided_by or ''}"
        said = i18n.tr(key, total=total, remarks=assessment.remarks)
        told.append((assessment.decided_at, caption, said, tone))
    return told


def _caption(act: HistoryRow, i18n: I18n) -> str:
    return f"{i18n.moment(act.at)} · {act.author} · {act.device}"


def _field(cell: str, story: SiteStory, i18n: I18n) -> str:
    if cell.startswith("fact."):
        key = cell.removeprefix("fact.")
        fact = next((fact for fact in story.facts if fact.key == key), None)
        return i18n.text(fact.text) if fact else key
    return i18n.tr(f"sites.field.{cell}")


def _value(cell: str, value: object, story: SiteStory, i18n: I18n, places: Places) -> str:
    text = "" if value is None else str(value)
    if not text:
        return i18n.tr("sites.history.nothing")
    if cell == "category":
        return i18n.text(places.category(text))
    if cell == "district":
        return i18n.text(places.district(text))
    if cell.startswith("fact."):
        return _fact_value(cell.removeprefix("fact."), text, story, i18n)
    return text if len(text) <= SHOWN_VALUE else f"{text[:SHOWN_VALUE]}…"


def _fact_value(key: str, value: str, story: SiteStory, i18n: I18n) -> str:
    fact = next((fact for fact in story.facts if fact.key == key), None)
    option = next((option for option in fact.options if option.key == value), None) if fact else None
    if option:
        return i18n.text(option.text)
    return i18n.tr(f"ui.{value}") if value in ("yes", "no") else value
