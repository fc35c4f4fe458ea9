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


class Proof(StrEnum):
    """When a piece of evidence has to stand under an item before an assessment can be finished."""

    NEVER = "never"
    ALWAYS = "always"
    SCORED = "scored"
    """When it gets points."""
    FULL = "full"
    """When it gets all its points."""
    DEDUCTED = "deducted"
    """When it gets fewer."""
    NOT_APPLICABLE = "not_applicable"
    """When it is set aside."""


class NotApplicable(StrEnum):
    """Whether the assessor may set an item aside."""

    NEVER = "never"
    REASON = "reason"


class Subject(StrEnum):
    """What a category recognizes."""

    SITE = "site"
    """A place that can be visited."""
    ACTIVITY = "activity"
    """Something people do, such as green procurement; it has no address of its own."""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of cell; a new kind is a new checklist file."""

    key: str
    text: Text
    code: str
    """Short letters for certificate numbers."""
    subject: Subject = Subject.SITE


@dataclass(frozen=True, slots=True)
class Source:
    """A document that an item rests on, cited by title and number."""

    key: str
    title: Text
    number: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A value that holds from a day on (分阶段目标)."""

    start: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named number that a city profile may set, and that may change with the years."""

    key: str
    text: Text
    unit: Text
    value: Decimal
    phases: tuple[Phase, ...] = ()
    """Later values, by the day from which they hold, in rising order."""

    def value_on(self, day: date | None) -> Decimal:
        """Give the value in force on a day; without a day the one it starts with."""
        value = self.value
        for phase in self.phases:
            if day is not None and phase.start <= day:
                value = phase.value
        return value


class Relation(StrEnum):
    """How an entry goes back to one of an earlier edition."""

    SAME = "same"
    REWORDED = "reworded"
    STRICTER = "stricter"
    EASIER = "easier"
    SPLIT = "split"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Ancestor:
    """The entry of an earlier edition that this one goes back to."""

    key: str
    relation: Relation


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
    weight: Decimal | None = None
    """What its full marks count for in its group; ``None``: as they are."""
    ancestors: tuple[Ancestor, ...] = ()
    proof: Proof = Proof.NEVER
    locked: bool = False
    """Whether an overlay must leave its weight alone."""

    @property
    def worth(self) -> Decimal:
        """What the item counts for in its group at most."""
        return self.full if self.weight is None else self.weight


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
    ancestors: tuple[Ancestor, ...] = ()
    proof: Proof = Proof.NEVER


@dataclass(frozen=True, slots=True)
class Group:
    """Items that belong together; may hold groups of its own."""

    key: str
    number: str
    text: Text
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    cap: Decimal | None = None
    """The most its items give together, where that is less than their sum."""
    weight: Decimal | None = None
    """What its full marks count for one level up; ``None``: as they are."""
    applies: Condition | None = None
    """When it does not hold, nothing in the group applies."""
    locked: bool = False
    """Whether an overlay must leave its weight, and what is in it, alone."""

    def all_items(self) -> Iterator[Item]:
        """Go through the items of this group and the groups in it, in printed order."""
        yield from self.items
        for group in self.groups:
            yield from group.all_items()

    def placed_items(self, above: tuple[Condition, ...] = ()) -> Iterator[tuple[Item, tuple[Condition, ...]]]:
        """Go through the items with all conditions on them: of the groups around them, then their own."""
        around = above if self.applies is None else (*above, self.applies)
        for item in self.items:
            yield item, around if item.applies is None else (*around, item.applies)
        for group in self.groups:
            yield from group.placed_items(around)

    def all_groups(self) -> Iterator[Group]:
        """Go through this group and the groups in it."""
        yield self
        for group in self.groups:
            yield from group.all_groups()

    @property
    def full(self) -> Decimal:
        """Full marks inside the group: of everything in it, at most its cap."""
        total = sum((item.worth for item in self.items), Decimal(0)) + sum(
            (group.worth for group in self.groups), Decimal(0)
        )
        return total if self.cap is None else min(total, self.cap)

    @property
    def worth(self) -> Decimal:
        """What the group counts for one level up at most."""
        return self.full if self.weight is None else self.weight


@dataclass(frozen=True, slots=True)
class Bonus:
    """Items on top of full marks, up to a cap."""

    group: Group
    cap: Decimal
    counts_for_pass: bool
    """Whether bonus points help to reach a level's total."""


@dataclass(frozen=True, slots=True)
class Deductions:
    """Items that take points off the total, up to a cap; the points of such an item are what it takes."""

    group: Group
    cap: Decimal


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
    items_at_least: tuple[tuple[str, Quantity], ...] = ()
    """Percent of full marks that single items must reach, by item key."""

    def group_share(self, key: str) -> Quantity | None:
        """Give the percentage a top-level group must reach; ``None``: none."""
        return dict(self.group_exceptions).get(key, self.groups_at_least)


class NaPolicy(StrEnum):
    """What happens to the points of an item that does not apply."""

    RESCALE = "rescale"
    """Leave it out and stretch the rest to full marks."""
    SCALE_THRESHOLDS = "scale_thresholds"
    """Leave it out and shrink the marks to reach in proportion."""
    PRORATE = "prorate"
    """Leave it out and stretch the rest of its own group."""
    FULL = "full"
    """Give it full marks."""
    ZERO = "zero"
    """Give it nothing."""
    SHARE = "share"
    """Give it a fixed share of full marks."""


class WhenAbsent(StrEnum):
    """What becomes of a demand when nothing is left that it could be held against."""

    MET = "met"
    FAILED = "failed"


class RoundingMode(StrEnum):
    """Where a number goes that lies between two printable ones."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Rounding:
    """How totals are rounded before they are compared and printed."""

    places: int
    mode: RoundingMode


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One of several scores that make up the result together, by weight (such as office 60, residents 20)."""

    key: str
    text: Text
    weight: Decimal


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """What indicator systems leave open, settled and printed."""

    na_policy: NaPolicy
    na_share: Quantity = Decimal(100)
    """Under ``SHARE``: percent of full marks that an item gets that does not apply."""
    na_at_most: Quantity | None = None
    """Percent of full marks that assessors may set aside; beyond it nothing passes."""
    empty_group: WhenAbsent = WhenAbsent.MET
    """The minimum of a group of which nothing applies."""
    absent_star: WhenAbsent = WhenAbsent.MET
    """A starred item that an assessor set aside."""
    rounding: Rounding | None = None
    """``None``: totals are compared exactly."""
    out_of: Decimal | None = None
    """Full marks of the total, where that is not what the groups add up to."""
    columns: tuple[ScoreColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class Overlay:
    """What makes an edition a county's own: the city's edition it stands on, and where it holds."""

    extends: str
    """Identity of the city's edition."""
    districts: tuple[str, ...]
    added: tuple[str, ...]
    """Keys of the groups, items and gates that are not the city's."""


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
    scoring: ScoringRules
    grades: tuple[Grade, ...]
    """From the lowest, which is the pass mark, to the highest."""
    groups: tuple[Group, ...]
    gates: tuple[Gate, ...] = ()
    bonus: Bonus | None = None
    facts: tuple[Fact, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    sources: tuple[Source, ...] = ()
    notice: Text = Text("")
    effective_until: date | None = None
    """The last day on which assessments may be started with it."""
    deductions: Deductions | None = None
    overlay: Overlay | None = None

    @property
    def groups_full(self) -> Decimal:
        """What the groups add up to."""
        return sum((group.worth for group in self.groups), Decimal(0))

    @property
    def full(self) -> Decimal:
        """Full marks of the total, without bonus."""
        return self.groups_full if self.scoring.out_of is None else self.scoring.out_of

    def all_groups(self) -> Iterator[Group]:
        """Go through all groups at every depth, bonus and deductions last."""
        for group in self.top_groups():
            yield from group.all_groups()

    def top_groups(self) -> Iterator[Group]:
        """Go through the top-level groups, bonus and deductions last."""
        yield from self.groups
        if self.bonus:
            yield self.bonus.group
        if self.deductions:
            yield self.deductions.group

    def placed_items(self) -> Iterator[tuple[Item, tuple[Condition, ...]]]:
        """Go through the items that make up full marks, with all conditions on them."""
        for group in self.groups:
            yield from group.placed_items()

    def placed_entries(self) -> Iterator[tuple[Gate | Item, tuple[Condition, ...]]]:
        """Go through everything that is answered, with all conditions on it."""
        for gate in self.gates:
            yield gate, () if gate.applies is None else (gate.applies,)
        for group in self.top_groups():
            yield from group.placed_items()

    def items(self) -> Iterator[Item]:
        """Go through all scored items in printed order, bonus items and deductions last."""
        for group in self.top_groups():
            yield from group.all_items()

    def entries(self) -> Iterator[Gate | Item]:
        """Go through everything that is answered, in printed order: gates, items, bonus items, deductions."""
        yield from self.gates
        yield from self.items()

    def entry(self, key: str) -> Gate | Item | None:
        """Find what is answered under a key."""
        return next((entry for entry in self.entries() if entry.key == key), None)
