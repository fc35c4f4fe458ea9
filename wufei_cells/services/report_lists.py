"""Tables that list: sites, follow-ups, indicators, items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.board.months import DAY
from wufei_cells.domain.indicators import IndicatorStatus, status_of
from wufei_cells.reports.blocks import TableBlock
from wufei_cells.reports.vocabulary import TableKind
from wufei_cells.services import report_items, report_results
from wufei_cells.services.report_columns import Line, table_of
from wufei_cells.services.report_tables import level_text, subject_text
from wufei_cells.store import steering_queries

if TYPE_CHECKING:
    from wufei_cells.board.cases import Case
    from wufei_cells.domain.follow_ups import FollowUpRow
    from wufei_cells.reports.templates import TablePart
    from wufei_cells.services.report_facts import ReportFacts


def stuck(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Sites that have stood at their stage for too long, the longest first."""

    def lines() -> Iterable[Line]:
        for number, case in enumerate(
            sorted(facts.stuck, key=lambda case: _place(facts, case, -_stood(facts, case))), 1
        ):
            entered = case.stage_on(facts.on)
            assert entered is not None
            yield {
                **_site(facts, case, number),
                "stage": facts.wording.say(f"ui.stage.{entered.stage.value}"),
                "since": entered.on,
                "days": (facts.on - entered.on).days,
                "allowed": facts.profile.process.stage_days.get(entered.stage),
            }

    empty = "nothing.stuck" if facts.profile.process.stage_days else "nothing.stage_days"
    return table_of(facts, part, lines(), empty)


def renewals(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Valid cells that run out within the time of which the city wants to be warned, the first one first."""

    def lines() -> Iterable[Line]:
        ends = {case.site: _end(case, facts.on) for case in facts.running_out}
        cases = sorted(facts.running_out, key=lambda case: _place(facts, case, ends[case.site].toordinal()))
        for number, case in enumerate(cases, 1):
            until = ends[case.site]
            yield {
                **_site(facts, case, number),
                "certificate": _number(facts, case),
                "until": until,
                "days_left": (until - facts.on).days,
            }

    return table_of(facts, part, lines(), "nothing.renewals")


def gained(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Sites that became valid cells in the month; in a report of the year, in the year."""
    days, cases = (facts.year, facts.year_gained) if facts.yearly else (facts.month, facts.month_gained)

    def lines() -> Iterable[Line]:
        first = {
            case.site: next(span.first for span in case.held if days.first <= span.first <= days.last) for case in cases
        }
        ordered = sorted(cases, key=lambda case: _place(facts, case, first[case.site].toordinal()))
        for number, case in enumerate(ordered, 1):
            yield {
                **_site(facts, case, number),
                "certificate": _number(facts, case),
                "gained_on": first[case.site],
                "until": _end(case, first[case.site]),
            }

    return table_of(facts, part, lines(), "nothing.gained")


def lost(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Sites that are valid cells no more since the month, or the year."""
    cases = facts.year_lost if facts.yearly else facts.month_lost
    days = facts.year if facts.yearly else facts.month

    def lines() -> Iterable[Line]:
        without = {case.site: [span.last + DAY for span in case.held] for case in cases}
        last = {site: max(day for day in found if days.first <= day <= days.last) for site, found in without.items()}
        ordered = sorted(cases, key=lambda case: _place(facts, case, last[case.site].toordinal()))
        for number, case in enumerate(ordered, 1):
            yield {
                **_site(facts, case, number),
                "certificate": _number(facts, case),
                "lost_on": last[case.site],
            }

    return table_of(facts, part, lines(), "nothing.lost")


def follow_ups(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Follow-ups that wait for an end, the sharpest level first."""
    ranks = {level.key: -number for number, level in enumerate(facts.profile.follow_up)}
    rows = sorted(facts.follow_ups, key=lambda row: ranks.get(row.said.level, 1))

    def line(number: int, row: FollowUpRow) -> Line:
        said = row.said
        site = facts.sites.get(said.subject.site) if said.subject.site else None
        subject = facts.fit(site.name) if site else subject_text(facts, said.subject.category, said.subject.district)
        late = facts.say("late") if row.overdue_on(facts.on) else ""
        return {
            "number": number,
            "measure": level_text(facts, said.level),
            "subject": subject,
            "text": facts.fit(said.text),
            "document": facts.fit(said.document_number) or None,
            "on": said.on,
            "due": said.due if not late else f"{said.due} {late}",
            "done": said.done_on,
        }

    return table_of(facts, part, (line(number, row) for number, row in enumerate(rows, 1)), "nothing.follow_ups")


def indicators(facts: ReportFacts, part: TablePart) -> TableBlock:
    """Indicators of the city's plan: what was reached, what is aimed at."""
    with facts.workspace.database.reading() as connection:
        known = steering_queries.indicator_values(connection)

    def lines() -> Iterable[Line]:
        for one in facts.profile.indicators:
            values = [row.said for row in known if row.indicator == one.key and row.said.year <= facts.on.year]
            latest = max(values, key=lambda value: value.year, default=None)
            status, target = status_of(one, values, facts.on.year), one.target_for(facts.on.year)
            reached = (
                None
                if latest is None
                else facts.say(
                    "value_preliminary" if latest.preliminary else "value", value=f"{latest.value:f}", year=latest.year
                )
            )
            aimed = target and facts.say("value", value=f"{target.value:f}", year=target.year)
            baseline = one.baseline and facts.say("value", value=f"{one.baseline.value:f}", year=one.baseline.year)
            yield {
                "indicator": facts.said(one.text),
                "unit": facts.said(one.unit),
                "baseline": baseline,
                "value": reached,
                "target": aimed,
                "met": None if status is IndicatorStatus.UNKNOWN else facts.say(f"indicator.{status.value}"),
                "lead": facts.listed(facts.said(lead) for lead in one.leads),
            }

    return table_of(facts, part, lines(), "nothing.indicators")


# --- what lists have in common


def _site(facts: ReportFacts, case: Case, number: int) -> Line:
    return {
        "number": number,
        "site": facts.fit(facts.sites[case.site].name),
        "category": facts.category(case.category),
        "county": facts.county(case.district),
    }


def _stood(facts: ReportFacts, case: Case) -> int:
    """Count the days for which a site has stood where it stands."""
    entered = case.stage_on(facts.on)
    return (facts.on - entered.on).days if entered else 0


def _end(case: Case, day: date) -> date:
    """Give the last day of being a valid cell, seen from a day on which it is one."""
    return next(span.last for span in case.held if span.first <= day <= span.last)


def _place(facts: ReportFacts, case: Case, first: int) -> tuple[object, ...]:
    return (first, case.category, case.district, facts.sites[case.site].name, case.site)


def _number(facts: ReportFacts, case: Case) -> str | None:
    number = facts.certificates.get(case.site)
    return facts.fit(number) if number else None


TABLES: Mapping[TableKind, Callable[[ReportFacts, TablePart], TableBlock]] = {
    TableKind.STUCK: stuck,
    TableKind.RENEWALS: renewals,
    TableKind.GAINED: gained,
    TableKind.LOST: lost,
    TableKind.FOLLOW_UPS: follow_ups,
    TableKind.INDICATORS: indicators,
    TableKind.PASSED: lambda facts, part: table_of(facts, part, report_results.passed(facts), "nothing.passed"),
    TableKind.FAILED: lambda facts, part: table_of(facts, part, report_results.failed(facts), "nothing.failed"),
    TableKind.ITEMS: lambda facts, part: table_of(facts, part, report_items.worst(facts), "nothing.items"),
}
