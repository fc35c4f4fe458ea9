"""Tell which site of the register a row of a list means.

Pure. The credit code decides first, then the whole name. A name that is only similar is a question for a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.register import SiteRow
from wufei_cells.domain.site_lists import ListRow
from wufei_cells.errors import Problem
from wufei_cells.services.registering import SiteDraft, valid_credit_code
from wufei_cells.services.site_list_texts import NameCore, compatible, folded_name


class Rules(Protocol):
    """What sites have to keep to."""

    def asked(self, category: str, district: str, site: SiteRow | None) -> Mapping[str, Fact]:
        """Give the facts that are asked for, by every folded name of theirs."""
        ...

    def problems(self, draft: SiteDraft) -> list[Problem]:
        """List what is wrong with the text fields of a site, the place being the field."""
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """Which site a row means."""

    site: SiteRow | None = None
    candidates: tuple[SiteRow, ...] = ()
    """Sites that it may mean; a person has to say."""
    may_be_new: bool = True
    question: Problem | None = None
    """Why a person has to say."""
    problem: Problem | None = None
    """Why it can mean none."""


@dataclass(slots=True)
class KnownSites:
    """The sites of the register, found by what a list says of them."""

    cores: NameCore
    disputed: Mapping[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])
    """By site: the fields that two people have said different things about."""
    _by_code: dict[str, list[SiteRow]] = field(default_factory=dict[str, list[SiteRow]])
    _by_name: dict[str, list[SiteRow]] = field(default_factory=dict[str, list[SiteRow]])
    _by_core: dict[tuple[str, str], list[tuple[str, SiteRow]]] = field(
        default_factory=dict[tuple[str, str], list[tuple[str, SiteRow]]]
    )

    def add(self, sites: Iterable[SiteRow]) -> None:
        """Take in sites."""
        for site in sites:
            if site.credit_code:
                self._by_code.setdefault(site.credit_code, []).append(site)
            self._by_name.setdefault(folded_name(site.name), []).append(site)
            before, core = self.cores.split(site.name)
            self._by_core.setdefault((site.district, core), []).append((before, site))

    def match(self, row: ListRow) -> Match:
        """Tell which site a row means."""
        code, name = row.values.get("credit_code", ""), row.values.get("name", "")
        by_code = self._by_code.get(code, []) if code else []
        by_name = self._by_name.get(folded_name(name), []) if name else []
        for found, why in ((by_code, "site_list.several_with_code"), (by_name, "site_list.several_with_name")):
            if len(found) > 1 and not (found is by_name and by_code):
                return Match(None, tuple(found), may_be_new=False, question=Problem(why, "", {"count": len(found)}))
        if by_code:
            other = next((site for site in by_name if site.id != by_code[0].id), None)
            names = {"code": code, "site": by_code[0].name, "other": other.name if other else ""}
            return Match(by_code[0], problem=Problem("site_list.code_and_name", "", names) if other else None)
        if by_name:
            return self._named(by_name[0], code)
        return self._similar(row, name, code) if name else Match()

    def _named(self, site: SiteRow, code: str) -> Match:
        if code and site.credit_code and valid_credit_code(site.credit_code):
            said = {"site": site.name, "known": site.credit_code, "found": code}
            return Match(None, (site,), may_be_new=False, question=Problem("site_list.other_code", "", said))
        return Match(site)

    def _similar(self, row: ListRow, name: str, code: str) -> Match:
        """Look for sites of the district whose names are the same but for places and legal forms."""
        before, core = self.cores.split(name)
        district = row.values.get("district") or row.implied.get("district", "")
        found = [
            site
            for other, site in self._by_core.get((district, core), ())
            if compatible(before, other) and not (code and site.credit_code and valid_credit_code(site.credit_code))
        ]
        if not found:
            return Match()
        names = tuple(site.name for site in found)
        return Match(None, tuple(found), question=Problem("site_list.similar", "", {"sites": names}))


def identities(row: ListRow, site: SiteRow | None) -> list[tuple[str, str]]:
    """Give what rows have in common that mean the same site."""
    found = [("site", str(site.id))] if site else []
    if code := row.values.get("credit_code"):
        found.append(("code", code))
    if name := row.values.get("name"):
        found.append(("name", folded_name(name)))
    return found


def grouped(rows: Mapping[int, Iterable[tuple[str, str]]]) -> list[list[int]]:
    """Put together rows that share an identity, also by way of others; in the order of the list."""
    leader: dict[int, int] = {number: number for number in rows}

    def first(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    owner: dict[tuple[str, str], int] = {}
    for number, names in rows.items():
        for name in names:
            one, other = first(owner.setdefault(name, number)), first(number)
            leader[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for number in rows:
        groups.setdefault(first(number), []).append(number)
    return list(groups.values())
