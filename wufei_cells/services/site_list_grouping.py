"""Put together the rows of a list that mean the same site, and find where they say different things.

Pure. Nothing depends on the order of the rows but which of them speaks for the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.register import SiteRow
from wufei_cells.domain.site_lists import FACT, NEEDED, ListCell, ListRow
from wufei_cells.errors import Problem
from wufei_cells.services.site_list_matching import KnownSites, Match, Rules, grouped, identities
from wufei_cells.services.site_list_meaning import Meaning
from wufei_cells.services.site_list_texts import alike, compatible


@dataclass(slots=True)
class Group:
    """The rows of a list that mean one site, and what they say together."""

    rows: list[ListRow]
    match: Match
    values: dict[str, str] = field(default_factory=dict[str, str])
    facts: dict[str, tuple[ListRow, ListCell]] = field(default_factory=dict[str, tuple[ListRow, ListCell]])
    """By folded head."""
    stated_in: dict[str, ListRow] = field(default_factory=dict[str, ListRow])
    """By field: the row that says it first."""
    implied: dict[str, str] = field(default_factory=dict[str, str])
    problems: dict[int, list[Problem]] = field(default_factory=dict[int, list[Problem]])
    """By number of the row."""
    questions: list[Problem] = field(default_factory=list[Problem])

    @property
    def first(self) -> ListRow:
        """The row that speaks for the others."""
        return self.rows[0]

    def stating(self, name: str) -> ListRow:
        """Give the row that a value comes from."""
        return self.stated_in.get(name, self.first)

    def place_of(self, site: SiteRow | None) -> tuple[str, str]:
        """Give the category and the district that hold for it."""
        found = [self.values.get(name) or (str(getattr(site, name)) if site else "") for name in NEEDED[1:]]
        category, district = (one or self.implied.get(name, "") for one, name in zip(found, NEEDED[1:], strict=True))
        return category, district


class Grouping:
    """Makes groups of rows."""

    def __init__(self, known: KnownSites, rules: Rules, meaning: Meaning) -> None:
        self._known = known
        self._rules = rules
        self._meaning = meaning

    def groups(self, rows: Mapping[int, ListRow], matches: Mapping[int, Match]) -> list[Group]:
        """Put rows together; what contradicts itself is a problem of its rows, what is not clear is asked."""
        common = {number: identities(row, matches[number].site) for number, row in rows.items()}
        groups = [self._group([rows[one] for one in numbers], matches) for numbers in grouped(common)]
        self._ask_about_similar(groups)
        return groups

    def _group(self, rows: list[ListRow], matches: Mapping[int, Match]) -> Group:
        certain = [matches[row.number] for row in rows if matches[row.number].site]
        asked = [matches[row.number] for row in rows if matches[row.number].candidates]
        group = Group(rows, next(iter([*certain, *asked, Match()])))
        if not certain and asked and group.match.question:
            group.questions.append(replace(group.match.question, place=self._place(rows[0])))
        for row in rows:
            self._take(group, row)
        for name in NEEDED[1:]:
            implied = {row.implied[name] for row in rows if name in row.implied}
            if len(implied) == 1:
                group.implied[name] = implied.pop()
        sites = list(dict.fromkeys(match.site.name for match in certain if match.site))
        if len(sites) > 1:
            names = {"code": group.values.get("credit_code", ""), "site": sites[0], "other": sites[1]}
            self._note(group, rows[0], Problem("site_list.code_and_name", self._place(rows[0]), names))
        self._hold_facts_together(group)
        return group

    def _take(self, group: Group, row: ListRow) -> None:
        for name, value in row.values.items():
            known = group.values.setdefault(name, value)
            said = group.stated_in.setdefault(name, row)
            if not alike(name, known, value):
                self._contradict(group, name, (said, known), (row, value))
        for head, cell in row.facts.items():
            group.facts.setdefault(head, (row, cell))

    def _hold_facts_together(self, group: Group) -> None:
        asked: Mapping[str, Fact] = {}
        if len(group.rows) > 1 and group.facts:
            asked = self._rules.asked(*group.place_of(group.match.site), group.match.site)
        for row in group.rows[1:]:
            for head, cell in row.facts.items():
                first, said = group.facts[head]
                fact = asked.get(head)
                if fact and self._meaning.fact(fact, cell) != self._meaning.fact(fact, said):
                    self._contradict(group, FACT + head, (first, said.text), (row, cell.text))

    def _contradict(self, group: Group, name: str, one: tuple[ListRow, str], other: tuple[ListRow, str]) -> None:
        codes = {row.values.get("credit_code", "") for row, _value in (one, other)}
        same_code = name == "name" and len(codes) == 1 and codes != {""}
        problem = "site_list.one_code_two_names" if same_code else "site_list.twice_differently"
        for (row, value), (elsewhere, said) in ((one, other), (other, one)):
            found, differs = (self._shown(name, each) for each in (value, said))
            told = {"found": found, "other": self._place(elsewhere), "value": differs, "code": "".join(codes)}
            self._note(group, row, Problem(problem, self._place(row, name), told))

    def _shown(self, name: str, value: str) -> object:
        """Give a value as people know it: categories and districts by their names."""
        terms = {"category": self._meaning.categories, "district": self._meaning.districts}.get(name)
        return terms.names[value] if terms and value in terms.names else value[:40]

    def _ask_about_similar(self, groups: Sequence[Group]) -> None:
        """Ask about new sites whose names are the same but for places and legal forms."""
        seen: dict[tuple[str, str], list[tuple[str, Group]]] = {}
        for group in groups:
            name = group.values.get("name")
            if not name or group.match.site or group.problems:
                continue
            before, core = self._known.cores.split(name)
            alike_in_name = seen.setdefault((group.place_of(None)[1], core), [])
            for other_before, other in alike_in_name:
                two_codes = group.values.get("credit_code") and other.values.get("credit_code")
                if compatible(before, other_before) and not two_codes:
                    self._ask_both(group, other)
            alike_in_name.append((before, group))

    def _ask_both(self, one: Group, other: Group) -> None:
        for group, twin in ((one, other), (other, one)):
            said = {"other": self._place(twin.first), "name": twin.values["name"]}
            group.questions.append(Problem("site_list.similar_in_list", self._place(group.first), said))

    def _note(self, group: Group, row: ListRow, problem: Problem) -> None:
        group.problems.setdefault(row.number, []).append(problem)

    def _place(self, row: ListRow, name: str = "") -> str:
        return self._meaning.tell(row.table, row.row, name)
