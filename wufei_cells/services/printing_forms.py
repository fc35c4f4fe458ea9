"""Print the papers of an assessment: the form that is filled in by pen on site, and the sheet as it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import Checklist, Item
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.numbers_in_text import texts_in
from wufei_cells.domain.rules import Best, Calculated, Measured, Rule, Sum
from wufei_cells.domain.text import Language, Text
from wufei_cells.errors import UserError
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.services import (
    blindness,
    edition_choice,
    evidencing,
    explaining,
    finding_faults,
    prechecking,
    reading,
    signing_off,
    total_wording,
)
from wufei_cells.services.formula_wording import formula_in_words
from wufei_cells.services.measure_wording import calculation
from wufei_cells.services.rules_in_force import rules_in_force
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, queries
from wufei_cells.store.journal import Connection
from wufei_cells.wording import Wording

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.documents.fonts import DocumentFonts
    from wufei_cells.documents.form_data import FilledSheet, FormData
    from wufei_cells.domain.prechecks import PrecheckQuestion
    from wufei_cells.domain.register import AssessmentRow, SiteRow
    from wufei_cells.services.reading import Sheet

INDENT = "  "


def blank_form(
    workspace: Workspace,
    fonts: DocumentFonts,
    wording: Wording,
    *,
    category: str | None = None,
    site: str | None = None,
    edition: str | None = None,
) -> bytes:
    """Print the form to fill in by pen, in the language of the wording.

    Args:
        workspace: the register.
        fonts: the fonts of documents.
        wording: the language.
        category: whose checklist; not needed with a site or an edition.
        site: by id or name: what is known of it is printed, and what its facts exclude is marked.
        edition: the one to print; by default the one a running assessment of the site uses, else the one in force.

    Raises:
        UserError: there is nothing to print it for; a text holds a character that no font has.
    """
    from wufei_cells.documents.score_form import render_form  # noqa: PLC0415 - loads reportlab

    with workspace.database.reading() as connection:
        data = _blank(workspace, connection, wording, category, site, edition)
    return render_form(data, fonts, wording)


def filled_form(workspace: Workspace, assessment: str, fonts: DocumentFonts, wording: Wording) -> bytes:
    """Print an assessment as it stands, in the language of the wording.

    Raises:
        UserError: there is no such assessment; a text holds a character that no font has.
    """
    from wufei_cells.documents.score_form import render_form  # noqa: PLC0415 - loads reportlab

    with workspace.database.reading() as connection:
        data = filled_data(workspace, connection, wording, assessment)
    return render_form(data, fonts, wording)


# --- the form to fill in


def _blank(
    workspace: Workspace,
    connection: Connection,
    wording: Wording,
    category: str | None,
    site: str | None,
    edition: str | None,
) -> FormData:
    from wufei_cells.documents.form_data import FormData  # noqa: PLC0415 - loads reportlab

    of = reading.site(connection, site) if site else None
    running = _running(connection, of) if of else None
    if running is not None and edition is not None and not running.edition.startswith(edition):
        running = None
    chosen = _edition(workspace, connection, running.edition if running else edition, of, category)
    checklist = reading.checklist(workspace, connection, chosen)
    on = running.on if running else workspace.today()
    return FormData(
        checklist=checklist,
        edition=chosen,
        on=on,
        site=of,
        district=_district(connection, of),
        facts=reading.fitting_facts(checklist, of.facts) if of else {},
        assessors=running.assessors if running else (),
        visited_on=running.visited_on if running else None,
        precheck=_questions(connection, checklist),
        rules=_rules(checklist, wording, on),
        formulas=formulas(checklist, wording, on),
        example=_example(workspace, of),
    )


def _running(connection: Connection, site: SiteRow) -> AssessmentRow | None:
    """The assessment of a site that is being scored."""
    if site.assessment is None or site.stage is not Stage.SCORING:
        return None
    return assessment_queries.assessment(connection, site.assessment)


def _edition(
    workspace: Workspace, connection: Connection, edition: str | None, site: SiteRow | None, category: str | None
) -> str:
    if site is not None:
        row = edition_choice.edition_row(workspace, connection, edition) if edition else None
        if row is not None and row.category != site.category:
            title = reading.checklist(workspace, connection, row.id).title.zh
            raise UserError("assessing.other_category", site=site.name, checklist=title)
        return row.id if row else reading.current_edition(workspace, connection, site.category, site.district).id
    if edition is not None:
        return edition_choice.edition_row(workspace, connection, edition).id
    if category is None:
        raise UserError("form.for_what")
    return reading.current_edition(workspace, connection, category).id


def _example(workspace: Workspace, site: SiteRow | None) -> bool:
    """A form for whichever site is no made-up data, even in a register of examples."""
    return workspace.example and site is not None


# --- the sheet that was filled in


def filled_data(workspace: Workspace, connection: Connection, wording: Wording, assessment: str) -> FormData:
    """Gather what a paper says of an assessment as it stands, within a transaction."""
    from wufei_cells.documents.form_data import FormData  # noqa: PLC0415 - loads reportlab

    blindness.refuse_hidden(workspace, connection, assessment)
    sheet = reading.sheet(workspace, connection, assessment)
    return FormData(
        checklist=sheet.checklist,
        edition=sheet.edition_id,
        on=sheet.on,
        site=sheet.site,
        district=_district(connection, sheet.site),
        facts=sheet.facts,
        assessors=sheet.assessment.assessors,
        visited_on=sheet.assessment.visited_on,
        precheck=prechecking.questions_for(connection, sheet.assessment),
        rules=tuple(explaining.rules(sheet.scorecard, sheet.checklist, wording, on=sheet.on).values()),
        formulas=formulas(sheet.checklist, wording, sheet.on),
        example=workspace.example,
        filled=_filled_sheet(workspace, connection, wording, sheet),
    )


def _filled_sheet(workspace: Workspace, connection: Connection, wording: Wording, sheet: Sheet) -> FilledSheet:
    from wufei_cells.documents.form_data import FilledSheet  # noqa: PLC0415 - loads reportlab

    key = sheet.assessment.id
    return FilledSheet(
        assessment=sheet.assessment,
        answers=sheet.answers,
        scorecard=sheet.scorecard,
        told={item.key: told_answer(sheet, item, wording) for item in sheet.checklist.items()},
        verdict=explaining.verdict(sheet.scorecard, sheet.checklist, wording, on=sheet.on),
        steps=total_wording.steps_to_total(sheet.scorecard, sheet.checklist, wording, on=sheet.on),
        rechecks=frozenset(reading.rechecks_that_apply(sheet)),
        precheck=prechecking.precheck_of(workspace, connection, key),
        findings=finding_faults.findings_of(workspace, connection, key),
        evidence=evidencing.evidence_of(workspace, connection, key),
        signatures=signing_off.signatures_of(workspace, connection, key),
        people=queries.people(connection),
        zone=workspace.clock().astimezone().tzinfo,
    )


def told_answer(sheet: Sheet, item: Item, wording: Wording) -> tuple[str, ...]:
    """Say what was answered to an item and how it became points, each line indented by its depth."""
    score = sheet.scorecard.item(item.key)
    if score is None:
        return ()
    first, *lines = explaining.explain(score.explanation, sheet.checklist, wording, on=sheet.on)
    if not lines:
        return (first.sentence,)
    return tuple(f"{INDENT * (line.depth - 1)}{line.sentence}" for line in lines)


# --- what both say


def _district(connection: Connection, site: SiteRow | None) -> Text:
    if site is None:
        return Text("")
    found = reading.profile(connection).district(site.district)
    return found.text if found else Text(site.district)


def _questions(connection: Connection, checklist: Checklist) -> tuple[PrecheckQuestion, ...]:
    questions = reading.profile(connection).precheck
    return tuple(question for question in questions if question.concerns(checklist.category.key))


def _rules(checklist: Checklist, wording: Wording, on: date) -> tuple[str, ...]:
    return tuple(rule.sentence for rule in rules_in_force(checklist, wording, on=on))


def formulas(checklist: Checklist, wording: Wording, on: date | None = None) -> dict[str, str]:
    """Write how numbers are worked out: by ``facts.<key>``, by item, by ``<item>.<part>``."""
    language: Language = "en" if wording.language == "en" else "zh"
    text, numbers = texts_in(language, checklist, on), Numbers(checklist.parameters, on)
    names: Mapping[str, str] = {fact.key: text(fact.text) for fact in checklist.facts}
    told = {
        f"facts.{fact.key}": formula_in_words(fact.formula, names, numbers, wording)
        for fact in checklist.facts
        if fact.formula is not None
    }
    for item in checklist.items():
        for path, measure in _calculated(item.rule, item.key):
            told[path] = calculation(measure, wording, text, numbers)
    return told


def _calculated(rule: Rule, path: str) -> Iterator[tuple[str, Calculated]]:
    """Find the calculations in a rule, with their places."""
    if isinstance(rule, Measured) and isinstance(rule.measure, Calculated):
        yield path, rule.measure
    for part in rule.parts if isinstance(rule, Sum | Best) else ():
        yield from _calculated(part.rule, f"{path}.{part.key}")
