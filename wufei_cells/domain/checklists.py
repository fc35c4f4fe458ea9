"""A checklist edition: what is asked, how it is scored, what must be reached.

An edition is an immutable document; its identity is the hash of its canonical form
(see ``wufei_cells.checklists.document``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wufei_cells.domain.conditions import Condition, Fact
from wufei_cells.domain.rules import Quantity, Rule
from wufei_cells.domain.text import Text


class Verify(StrEnum):
    """How an item is checked."""

    DOCUMENT = "document"
    """资料: by reading records."""
    SITE = "site"
    """现场: by looking on site."""
    SURVEY = "survey"
    """问卷: by asking people."""


class NotApplicable(StrEnum):
    """Whether the assessor may set an item aside."""

    NEVER = "never"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of cell; a new kind is a new checklist file."""

    key: str
    text: Text
    code: str
    """Short letters for certificate numbers."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that an item rests on, cited by title and number."""

    key: str
    title: Text
    number: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number that a city profile may set."""

    key: str
    text: Text
    unit: Text
    value: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is scored."""

    key: str
    number: str
    text: Text
    full: Decimal
    rule: Rule
    verify: tuple[Verify, ...]
    evidence: Text
    guidance: Text
    scoring: Text
    """The scoring rule in words, as it is printed (评分标准)."""
    sources: tuple[str, ...]
    applies: Condition | None = None
    not_applicable: NotApplicable = NotApplicable.REASON
    star: bool = False
    """A starred item may not score nothing (★)."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition without points that must be met (前置条件)."""

    key: str
    number: str
    text: Text
    verify: tuple[Verify, ...]
    evidence: Text
    guidance: Text
    sources: tuple[str, ...]
    applies: Condition | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together; may hold groups of its own."""

    key: str
    number: str
    text: Text
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()

    def all_items(self) -> Iterator[Item]:
        """Go through the items of this group and the groups in it, in printed order."""
        yield from self.items
        for group in self.groups:
            yield from group.all_items()

    @property
    def full(self) -> Decimal:
        """Full marks of everything in the group."""
        return sum((item.full for item in self.all_items()), Decimal(0))


@dataclass(frozen=True, slots=True)
class Bonus:
    """Items on top of full marks, up to a cap."""

    group: Group
    cap: Decimal
    counts_for_pass: bool
    """Whether bonus points help to reach a level's total."""


@dataclass(frozen=True, slots=True)
class Grade:
    """A level that a site can reach (等次): a total, and a share of full marks in every group."""

    key: str
    text: Text
    total_at_least: Quantity
    groups_at_least: Quantity | None = None
    """Percent of the applicable full marks that each top-level group must reach."""
    group_exceptions: tuple[tuple[str, Quantity], ...] = ()
    """Other percentages for single groups, by group key."""


class NaPolicy(StrEnum):
    """What happens to the points of an item that does not apply."""

    RESCALE = "rescale"
    """Leave it out and stretch the rest to full marks."""
    SCALE_THRESHOLDS = "scale_thresholds"
    """Leave it out and shrink the marks to reach in proportion."""
    FULL = "full"
    """Give it full marks."""
    ZERO = "zero"
    """Give it nothing."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """One edition of one category's checklist."""

    key: str
    edition: str
    title: Text
    category: Category
    official: bool
    """False for a model checklist that no authority has issued (示范模板·非官方)."""
    effective_from: date
    na_policy: NaPolicy
    grades: tuple[Grade, ...]
    """From the lowest, which is the pass mark, to the highest."""
    groups: tuple[Group, ...]
    gates: tuple[Gate, ...] = ()
    bonus: Bonus | None = None
    facts: tuple[Fact, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    sources: tuple[Source, ...] = ()
    notice: Text = Text("")

    @property
    def full(self) -> Decimal:
        """Full marks without bonus."""
        return sum((group.full for group in self.groups), Decimal(0))

    def items(self) -> Iterator[Item]:
        """Go through all scored items in printed order, bonus items last."""
        for group in self.groups:
            yield from group.all_items()
        if self.bonus:
            yield from self.bonus.group.all_items()

    def entries(self) -> Iterator[Gate | Item]:
        """Go through everything that is answered, in printed order: gates, items, bonus items."""
        yield from self.gates
        yield from self.items()

    def entry(self, key: str) -> Gate | Item | None:
        """Find what is answered under a key."""
        return next((entry for entry in self.entries() if entry.key == key), None)
