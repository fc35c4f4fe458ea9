"""Gates and items as formulas: how each stands, and what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

from wufei_cells.domain.checklists import Gate, Item, NotApplicable
from wufei_cells.domain.conditions import Condition
from wufei_cells.domain.rules import Effect
from wufei_cells.workbooks.formulas.conditions import HOLDS, Conditions
from wufei_cells.workbooks.formulas.fields import Answers, given, says, yes_no_state
from wufei_cells.workbooks.formulas.measures import CellOf
from wufei_cells.workbooks.formulas.rules import RuleFormulas, Scored
from wufei_cells.workbooks.formulas.workings import NoFormulaError, Workings, least, number


class Standing(IntEnum):
    """How an entry stands, as a number in the workings."""

    WRONG = -1
    """Something is filled in that cannot be."""
    OPEN = 0
    DONE = 1
    SET_ASIDE = 2
    """Somebody says why it does not apply."""
    EXCLUDED = 3
    """The facts of the site say that it does not apply."""
    UNCLAIMED = 4
    """Nothing is filled in for a bonus or a deduction, which says that there is none."""
    FACTS_OPEN = 5
    """It is not known whether it, or a part of it, applies."""


@dataclass(frozen=True, slots=True)
class EntryCells:
    """Where the outcome of a gate or an item stands.

    Attributes:
        standing: its ``Standing``.
        points: of an item; nothing for what does not apply, unless the rules grant something.
        open_facts: how many conditions rest on facts that are not known.
        effects: 1 where an answer brings an effect.
        no_formula: whether its rule is too long for a formula: then it stays open here.
    """

    standing: str
    points: str = "0"
    open_facts: str = "0"
    effects: Mapping[Effect, str] = field(default_factory=dict[Effect, str])
    no_formula: bool = False


@dataclass(frozen=True, slots=True)
class EntryFormulas:
    """Writes gates and items down.

    Attributes:
        granted: what an item gets that does not apply, as a share of full marks; ``None``: it is left out.
    """

    rules: RuleFormulas
    extra_rules: RuleFormulas
    """For bonus and deductions."""
    conditions: Conditions
    granted: Fraction | None
    words: Answers
    gate_words: Answers
    workings: Workings

    def gate(self, gate: Gate, cell: str) -> EntryCells:
        """Write a gate down; its points are 1 where it is met."""
        put = self.workings.put
        state = yes_no_state(cell, self.gate_words)
        if gate.applies is None:
            standing = put(gate.key, state)
            return EntryCells(standing, put(gate.key, f"IF({says(cell, self.gate_words.yes)},1,0)"))
        applies = self.conditions.holds(gate.applies)
        standing = put(gate.key, f"IF({applies}=0,{Standing.EXCLUDED.value},{state})")
        met = put(gate.key, f"IF({says(cell, self.gate_words.yes)},1,0)")
        return EntryCells(standing, met, put(gate.key, f"IF({_unknown(applies)},1,0)"))

    def item(
        self, item: Item, around: tuple[Condition, ...], cell: CellOf, aside: str, *, extra: bool = False
    ) -> EntryCells:
        """Write an item down; ``around`` are all conditions on it, ``aside`` is where the reason not to score it is."""
        kept = len(self.workings.lines)
        rules = self.extra_rules if extra else self.rules
        try:
            scored = rules.item(item.rule, Fraction(item.full), cell)
            return self._item(item, around, scored, aside, rules, extra=extra)
        except NoFormulaError:
            del self.workings.lines[kept:]
            return EntryCells(self.workings.put(item.key, "0"), no_formula=True)

    def _item(
        self,
        item: Item,
        around: tuple[Condition, ...],
        scored: Scored,
        aside: str,
        rules: RuleFormulas,
        *,
        extra: bool,
    ) -> EntryCells:
        put, own = self.workings.put, self.conditions.all_hold(around)
        inner = rules.applies(item.rule)
        applies = least([state for state in (own, inner) if state != HOLDS] or [HOLDS])
        facts = scored.open_facts if own == HOLDS else f"IF({own}=0,0,IF({own}=1,0,1)+{scored.open_facts})"
        open_facts = put(item.key, facts)
        standing = f"IF({scored.state}<1,{scored.state},IF({open_facts}>0,{Standing.FACTS_OPEN.value},1))"
        if extra:
            standing = f"IF({scored.given}=0,{Standing.UNCLAIMED.value},{standing})"
        if item.not_applicable is NotApplicable.REASON:
            both = f"IF({scored.given}=1,{Standing.WRONG.value},{Standing.SET_ASIDE.value})"
            standing = f"IF({given(aside)}=1,{both},{standing})"
        if applies != HOLDS:
            standing = f"IF({applies}=0,{Standing.EXCLUDED.value},{standing})"
        standing = put(item.key, standing)
        dropped = number(Fraction(0) if extra or self.granted is None else Fraction(item.full) * self.granted)
        points = put(item.key, f"IF({standing}=1,{scored.points},IF({does_not_apply(standing)},{dropped},0))")
        effects = {key: put(item.key, f"IF({standing}=1,{hit},0)") for key, hit in scored.effects.items()}
        return EntryCells(standing, points, open_facts, effects)


def does_not_apply(standing: str) -> str:
    """Whether an item does not apply, for whatever reason."""
    return f"OR({standing}={Standing.SET_ASIDE.value},{standing}={Standing.EXCLUDED.value})"


def _unknown(applies: str) -> str:
    return f"AND({applies}>0,{applies}<1)"
