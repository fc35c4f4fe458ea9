"""Say of every row of a list what it would do to the register: the pure part, which reads and writes nothing.

What is wrong with one row hinders no other. Rows that mean the same site are put together when they agree; when they
do not, none of them counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.register import SiteRow
from wufei_cells.domain.site_lists import FACT, NEEDED, Fate, FieldChange, ListRow, Outcome, PreviewRow
from wufei_cells.errors import Problem
from wufei_cells.progress import Report, silent
from wufei_cells.scoring.numbers import read_number
from wufei_cells.services.registering import FREE_STAGES, TEXT_FIELDS, SiteDraft, valid_credit_code
from wufei_cells.services.site_list_grouping import Group, Grouping
from wufei_cells.services.site_list_matching import KnownSites, Match, Rules
from wufei_cells.services.site_list_meaning import Meaning
from wufei_cells.services.site_list_texts import says_the_same

REPORT_EVERY = 500
_MISSING = {
    "name": "site_list.no_name",
    "category": "site_list.no_category",
    "district": "site_list.no_district",
}

_IMPLIED = {"category": "site_list.implied_category", "district": "site_list.implied_district"}


@dataclass(frozen=True, slots=True)
class _Told:
    """What would become of a group at one site, and what has to be said of it."""

    outcome: Outcome
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


class Comparison:
    """Compares a list with the sites that are known."""

    def __init__(self, known: KnownSites, rules: Rules, meaning: Meaning, report: Report = silent) -> None:
        self._known = known
        self._rules = rules
        self._meaning = meaning
        self._report = report
        self._grouping = Grouping(known, rules, meaning)

    def rows(self, rows: Sequence[ListRow]) -> tuple[PreviewRow, ...]:
        """Say of every row what it would do."""
        found: dict[int, PreviewRow] = {}
        sound: dict[int, ListRow] = {}
        matches: dict[int, Match] = {}
        for row in rows:
            matches[row.number] = match = self._known.match(row)
            problems = [*row.problems, *self._own_problems(row, match)]
            if problems:
                found[row.number] = self._shown(row, Fate.WRONG, (), problems, row.remarks)
            else:
                sound[row.number] = row
        groups = self._grouping.groups(sound, matches)
        for done, group in enumerate(groups):
            if done % REPORT_EVERY == 0:
                self._report(done, len(groups))
            found |= self._judged(group)
        self._report(len(groups), len(groups))
        return tuple(found[row.number] for row in rows)

    def _own_problems(self, row: ListRow, match: Match) -> list[Problem]:
        problems: list[Problem] = []
        code = row.values.get("credit_code")
        if code and not valid_credit_code(code):
            problems.append(Problem("site.credit_code", self._place(row, "credit_code"), {"found": code}))
        elif match.problem:
            problems.append(replace(match.problem, place=self._place(row, "credit_code")))
        return problems

    # --- what would become of them

    def _judged(self, group: Group) -> dict[int, PreviewRow]:
        if group.problems:
            all_of_them = [problem for problems in group.problems.values() for problem in problems]
            return {
                row.number: self._shown(row, Fate.WRONG, (), group.problems.get(row.number, all_of_them), row.remarks)
                for row in group.rows
            }
        first, others = group.first, group.rows[1:]
        leading = self._settled(group)
        found = {first.number: leading}
        for row in others:
            remark = Problem("site_list.repeated", self._place(row), {"other": self._place(first)})
            fate = Fate.WRONG if leading.fate is Fate.WRONG else Fate.SAME
            found[row.number] = self._shown(row, fate, (), leading.problems, (remark,))
        return found

    def _remarks(self, group: Group) -> list[Problem]:
        remarks = [remark for row in group.rows for remark in row.remarks]
        if others := tuple(self._place(row) for row in group.rows[1:]):
            remarks.append(Problem("site_list.counts_with", self._place(group.first), {"others": others}))
        return remarks

    def _settled(self, group: Group) -> PreviewRow:
        if not group.questions:
            told = self._told(group, group.match.site)
            fate = Fate.NEW if told.outcome.site is None else Fate.CHANGED if told.outcome.changes else Fate.SAME
            if told.problems:
                return self._shown(group.first, Fate.WRONG, (), told.problems, told.remarks)
            return self._shown(group.first, fate, (told.outcome,), (), told.remarks)
        possible: list[SiteRow | None] = [*group.match.candidates, *([None] if group.match.may_be_new else [])]
        told = [self._told(group, site) for site in possible]
        sound = tuple(one.outcome for one in told if not one.problems)
        if not sound:
            return self._shown(group.first, Fate.WRONG, (), told[0].problems, (*group.questions, *told[0].remarks))
        # What stands against one of the answers is told as well: that answer is not offered.
        remarks = {repr(remark): remark for one in told for remark in (*one.remarks, *one.problems)}
        return self._shown(group.first, Fate.DOUBTFUL, sound, (), (*group.questions, *remarks.values()))

    def _told(self, group: Group, site: SiteRow | None) -> _Told:
        values, remarks = dict(group.values), self._remarks(group)
        for name, key in group.implied.items() if site is None else ():
            if name not in values:
                values[name] = key
                terms = self._meaning.categories if name == "category" else self._meaning.districts
                remarks.append(Problem(_IMPLIED[name], self._place(group.first), {"found": terms.names[key]}))
        changes, disputed = self._changes(group, values, site)
        remarks += disputed
        problems = self._field_problems(group, values, changes, site)
        changed, wrong, passed = self._fact_changes(group, site)
        told_name = site.name if site else values.get("name", "")
        outcome = Outcome(site.id if site else None, told_name, (*changes, *changed))
        return _Told(outcome, (*problems, *wrong), (*remarks, *passed))

    def _changes(
        self, group: Group, values: Mapping[str, str], site: SiteRow | None
    ) -> tuple[list[FieldChange], list[Problem]]:
        changes: list[FieldChange] = []
        remarks: list[Problem] = []
        for name in TEXT_FIELDS:
            old, new = str(getattr(site, name)) if site else "", values.get(name)
            if new is None or says_the_same(name, old, new):
                continue
            if site and name in self._known.disputed.get(site.id, ()):
                remarks.append(self._disputed(group, name, old))
            else:
                changes.append(FieldChange(name, old, new))
        return changes, remarks

    def _disputed(self, group: Group, name: str, old: str) -> Problem:
        return Problem("site_list.disputed", self._place(group.stating(name), name), {"known": old})

    def _field_problems(
        self, group: Group, values: Mapping[str, str], changes: Sequence[FieldChange], site: SiteRow | None
    ) -> list[Problem]:
        missing = [] if site else [name for name in NEEDED if not values.get(name)]
        problems = [Problem(_MISSING[name], self._place(group.first, name)) for name in missing]
        known = {name: str(getattr(site, name)) if site else "" for name in TEXT_FIELDS}
        draft = replace(SiteDraft("", "", ""), **{**known, **{change.field: change.new for change in changes}})
        changed = {change.field for change in changes}
        wrong = [problem for problem in self._rules.problems(draft) if problem.place in changed]
        problems += [replace(one, place=self._place(group.stating(one.place), one.place)) for one in wrong]
        if site and "category" in changed and site.stage not in FREE_STAGES:
            place = self._place(group.stating("category"), "category")
            problems.append(Problem("site_list.category_in_use", place, {"site": site.name}))
        return problems

    def _fact_changes(
        self, group: Group, site: SiteRow | None
    ) -> tuple[list[FieldChange], list[Problem], list[Problem]]:
        changes: list[FieldChange] = []
        problems: list[Problem] = []
        remarks: list[Problem] = []
        if not group.facts:
            return changes, problems, remarks
        asked = self._rules.asked(*group.place_of(site), site)
        disputed = self._known.disputed.get(site.id, ()) if site else ()
        for head, (row, cell) in group.facts.items():
            place, fact = self._place(row, FACT + head), asked.get(head)
            if fact is None:
                remarks.append(Problem("site_list.fact_not_asked", place, {"found": cell.text[:40]}))
                continue
            value = self._meaning.fact(fact, cell)
            old = site.facts.get(fact.key, "") if site else ""
            if isinstance(value, Problem):
                problems.append(replace(value, place=place))
            elif not _same_fact(fact, old, value):
                if FACT + fact.key in disputed:
                    remarks.append(Problem("site_list.disputed", place, {"known": old}))
                else:
                    changes.append(FieldChange(FACT + fact.key, old, value))
        return changes, problems, remarks

    # --- showing

    def _place(self, row: ListRow, name: str = "") -> str:
        return self._meaning.tell(row.table, row.row, name)

    def _shown(
        self,
        row: ListRow,
        fate: Fate,
        outcomes: tuple[Outcome, ...],
        problems: Sequence[Problem],
        remarks: Sequence[Problem],
    ) -> PreviewRow:
        name = row.values.get("name") or row.values.get("credit_code", "")
        return PreviewRow(row.number, self._place(row), name, fate, outcomes, tuple(problems), tuple(remarks))


def _same_fact(fact: Fact, old: str, new: str) -> bool:
    if fact.kind is FactKind.NUMBER and old and new:
        return read_number(old) == read_number(new)
    return old == new
