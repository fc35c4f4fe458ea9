"""The register of sites as a list: the fields under the names the window has for them, so that it can be read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from wufei_cells.domain.amounts import exact, printed
from wufei_cells.domain.conditions import Fact, FactKind
from wufei_cells.domain.register import EditionState
from wufei_cells.scoring.conditions import read_facts
from wufei_cells.workbooks.ledgers.table import Column, Lines, Look, Row, Value

if TYPE_CHECKING:
    from wufei_cells.domain.register import SiteRow
    from wufei_cells.services.ledger_gathering import Gathering

FIELDS = (
    ("name", 26, Look.TEXT),
    ("category", 10, Look.CENTER),
    ("district", 9, Look.CENTER),
    ("address", 24, Look.TEXT),
    ("credit_code", 13, Look.CENTER),
    ("contact", 9, Look.CENTER),
    ("phone", 13, Look.CENTER),
    ("note", 16, Look.TEXT),
)
"""The fields of a site, with widths in characters."""
FACT_WIDTH = 9


@dataclass(slots=True)
class _FactColumn:
    """One question; several checklists may ask it in the same words, each under a key of its own."""

    head: str
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])
    """By category."""


def gather(gathering: Gathering) -> Lines:
    """Gather it, with a column for each fact that a checklist in force asks for."""
    asked = _asked(gathering)
    columns = [Column(gathering.say(f"sites.field.{name}"), width, look) for name, width, look in FIELDS]
    columns += [Column(one.head, FACT_WIDTH) for one in asked]
    return Lines(tuple(columns), _rows(gathering, asked), len(gathering.sites), frozen=1)


def _asked(gathering: Gathering) -> list[_FactColumn]:
    """Give the questions of the checklists in force, in the order of the categories."""
    rows = [row for row in gathering.editions.values() if row.state is EditionState.IN_FORCE]
    rows.sort(key=lambda row: (gathering.place_of(row.category, ""), row.districts))
    found: dict[str, _FactColumn] = {}
    for row in rows:
        if gathering.scope.category not in ("", row.category):
            continue
        for fact in gathering.checklist(row.id).facts:
            if fact.formula is None:
                head = gathering.said(fact.text)
                found.setdefault(head, _FactColumn(head)).facts.setdefault(row.category, fact)
    return list(found.values())


def _rows(gathering: Gathering, asked: Iterable[_FactColumn]) -> Iterator[Row]:
    for site in gathering.sites:
        yield (
            site.name,
            gathering.category(site.category),
            gathering.district(site.district),
            *(site.address, site.credit_code, site.contact, site.phone, site.note),
            *(_fact(gathering, site, one) for one in asked),
        )


def _fact(gathering: Gathering, site: SiteRow, column: _FactColumn) -> Value:
    """Give what is known of a site, in the words of its checklist; what cannot be read stands as it was noted."""
    fact = column.facts.get(site.category)
    noted = site.facts.get(fact.key, "") if fact else ""
    if fact is None or not noted:
        return None
    value = read_facts((fact,), {fact.key: noted})[0].get(fact.key)
    if value is None:
        return noted
    if fact.kind is FactKind.YES_NO:
        return gathering.say(f"ui.{value}")
    if fact.kind is FactKind.CHOICE:
        return next(gathering.said(option.text) for option in fact.options if option.key == value)
    return noted if isinstance(value, str) else _number(value)


def _number(value: Fraction) -> Value:
    """Give a number that can be read back without loss: one of more places than print has stays text."""
    return value if Fraction(printed(value)) == value else exact(value)
