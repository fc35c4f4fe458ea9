"""Everything the detail panel tells of one site, read in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ui.models.site_way import Way, barred, load_way, tell_way
from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.process import Process
from wufei_cells.domain.register import SiteRow
from wufei_cells.errors import UserError
from wufei_cells.scoring.numbers import Numbers

if TYPE_CHECKING:
    from ui.context import Desk, Places
    from ui.i18n import I18n
    from wufei_cells.services.browsing import HistoryRow

SHOWN_VALUE = 40  # characters of a value in a line of history
NO_NUMBERS = Numbers(())


@dataclass(frozen=True, slots=True)
class SiteStory:
    """A site, the facts its category's current checklist asks for, and what happened to it."""

    row: SiteRow
    facts: tuple[Fact, ...]
    acts: tuple[HistoryRow, ...]
    way: Way
    process: Process
    """Which steps the city uses."""
    numbers: Numbers = NO_NUMBERS
    """The parameters of that checklist today, for facts that are worked out with them."""
    barred: bool = False
    """Whether the site cannot apply yet because a certificate of it was withdrawn."""


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
    way = load_way(row.id, desk)
    return SiteStory(
        row,
        facts,
        desk.browsing.history(desk.workspace, row.id),
        way,
        desk.browsing.profile(desk.workspace).process,
        numbers,
        barred=barred(way, desk.workspace.today()),
    )


def happenings(story: SiteStory, i18n: I18n, places: Places) -> list[tuple[str, str, str]]:
    """Tell what happened, the newest first: caption, sentence, tone."""
    told = _edits(story, i18n, places)
    told += tell_way(story.way, i18n)
    told.sort(key=lambda entry: entry[0])  # stable: what happened within one second stays in its order
    return [(caption, text, tone) for _, caption, text, tone in reversed(told)]


def _edits(story: SiteStory, i18n: I18n, places: Places) -> list[tuple[datetime, str, str, str]]:
    """Tell of the acts on the site itself; those of its entry make one line."""
    if not story.acts:
        return []
    first = story.acts[0].at
    told = [(first, _caption(story.acts[0], i18n), i18n.tr("sites.history.entered"), "muted")]
    for act in story.acts:
        if act.kind not in ("site", "site_fact"):
            continue  # such as what somebody had seen who took the site out of the register
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
