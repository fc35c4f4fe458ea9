"""A city profile: who certifies, where, towards which goal, and how certificates read. All of it data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wufei_cells.domain.checklists import Phase
from wufei_cells.domain.follow_ups import FollowUpLevel
from wufei_cells.domain.indicators import Indicator
from wufei_cells.domain.prechecks import PrecheckQuestion
from wufei_cells.domain.process import Process
from wufei_cells.domain.targets import Target
from wufei_cells.domain.text import Text


@dataclass(frozen=True, slots=True)
class District:
    """A county, district or zone of the city."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    """What the city has laid down for one category of cells."""

    category: str
    leads: tuple[Text, ...]
    """Lead departments."""
    selection: Text
    """Where the plan wants such cells to be chosen from."""
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """How many valid cells by when, and where that is written."""

    count: int
    by: date
    source: Text
    targets: tuple[Target, ...] = ()
    """What of it, for categories and districts, by which day."""


@dataclass(frozen=True, slots=True)
class CertificateWording:
    """The words of a certificate; ``{name}`` slots are filled from its record.

    Slots in ``number``: ``code`` (the category's), ``year``, ``serial``. Slots in ``body``: ``site``, ``category``,
    ``city``, ``number``, ``issued``, ``valid_until``, ``checklist``, ``edition``, ``total``, ``level``, ``document``.
    """

    number: str
    title: Text
    body: Text
    remark: Text


@dataclass(frozen=True, slots=True)
class CityNumber:
    """A city's own number for a parameter; it stands in place of the checklist's value and of its phases."""

    value: Decimal
    phases: tuple[Phase, ...] = ()
    """Later values, by the day from which they hold, in rising order."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One city's way of certifying."""

    key: str
    version: str
    city: Text
    issuer: Text
    official: bool
    goal: Goal
    validity_years: int
    districts: tuple[District, ...]
    categories: tuple[CategoryPlan, ...]
    certificate: CertificateWording
    parameters: Mapping[str, CityNumber]
    """The city's own values for parameters of its checklists, by name."""
    notice: Text = Text("")
    precheck: tuple[PrecheckQuestion, ...] = ()
    """What must hold before a site is scored."""
    process: Process = field(default_factory=Process)
    """Which steps the city uses."""
    follow_up: tuple[FollowUpLevel, ...] = ()
    """What is done about those who lag behind, ever sharper."""
    indicators: tuple[Indicator, ...] = ()
    """What the plan counts besides cells."""

    def district(self, key: str) -> District | None:
        """Find a district by key."""
        return next((district for district in self.districts if district.key == key), None)

    def level(self, key: str) -> FollowUpLevel | None:
        """Find a level of follow-up."""
        return next((level for level in self.follow_up if level.key == key), None)

    def indicator(self, key: str) -> Indicator | None:
        """Find an indicator."""
        return next((indicator for indicator in self.indicators if indicator.key == key), None)

    def plan(self, category: str) -> CategoryPlan | None:
        """Find what is laid down for a category."""
        return next((plan for plan in self.categories if plan.category == category), None)
