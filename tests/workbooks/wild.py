"""Checklists by dice with everything that changes a group's arithmetic: the same seed gives the same checklist."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

from wufei_cells.checklists.formula_reading import read_formula
from wufei_cells.domain import checklists as model
from wufei_cells.domain import conditions, rules
from wufei_cells.domain.text import Text

POLICIES = tuple(model.NaPolicy)
SHOP = conditions.FactIs("shop", ("yes",))
MANY = conditions.FactCompared("each", rules.Bound(rules.Comparison.AT_LEAST, Decimal(10)))
FACTS = (
    conditions.Fact("shop", Text("有商店", "A shop"), conditions.FactKind.YES_NO, Text("")),
    conditions.Fact("people", Text("人数", "People"), conditions.FactKind.NUMBER, Text("人", "people")),
    conditions.Fact("rooms", Text("房间", "Rooms"), conditions.FactKind.NUMBER, Text("间", "rooms")),
    conditions.Fact(
        "each",
        Text("每间人数", "People per room"),
        conditions.FactKind.NUMBER,
        Text("人", "people"),
        formula=read_formula("people / rooms"),
    ),
)


def wild_checklist(seed: int) -> model.Checklist:
    """Make a sound checklist; seeds that follow each other go through the policies."""
    return _Wild(seed).checklist()


class _Wild:
    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.policy = POLICIES[seed % len(POLICIES)]
        self.numbers = iter(range(1, 10_000))

    def checklist(self) -> model.Checklist:
        dice = self.dice
        groups = tuple(self._group(depth=dice.choice([0, 1, 2])) for _ in range(dice.randrange(2, 4)))
        full = sum((group.worth for group in groups), Decimal(0))
        out_of = dice.choice([None, Decimal(100)])
        scoring = model.ScoringRules(
            self.policy,
            na_share=Decimal(dice.choice([25, 80])) if self.policy is model.NaPolicy.SHARE else Decimal(100),
            na_at_most=dice.choice([None, Decimal(40)]),
            empty_group=dice.choice(list(model.WhenAbsent)),
            absent_star=dice.choice(list(model.WhenAbsent)),
            rounding=dice.choice([None, model.Rounding(dice.choice([0, 1]), dice.choice(list(model.RoundingMode)))]),
            out_of=out_of,
        )
        first = next(iter(groups[0].all_items()))
        mark = ((out_of or full) * Decimal("0.6")).quantize(Decimal("0.1"))
        minima = ((first.key, Decimal(50)),)
        grade = model.Grade("ok", Text("达标", "Qualified"), mark, Decimal(50), items_at_least=minima)
        return model.Checklist(
            f"W{self.policy.value}",
            "1",
            Text("随机标准", "Random checklist"),
            model.Category("wild", Text("随机", "Random"), "WD"),
            official=True,
            effective_from=date(2026, 1, 1),
            scoring=scoring,
            grades=(grade,),
            groups=groups,
            bonus=model.Bonus(self._group(depth=1), Decimal(4), dice.choice([True, False])),
            deductions=model.Deductions(self._group(depth=0), Decimal(6)),
            facts=FACTS,
            parameters=(model.Parameter("goal", Text("目标", "Goal"), Text("%"), Decimal(40)),),
        )

    def _group(self, depth: int, *, inside: bool = False) -> model.Group:
        dice = self.dice
        items = tuple(self._item() for _ in range(dice.randrange(0 if depth else 1, 4)))
        inner = tuple(self._group(depth - 1, inside=True) for _ in range(dice.randrange(1, 3))) if depth else ()
        group = model.Group(f"G{next(self.numbers)}", "", Text(f"组{next(self.numbers)}"), items, inner)
        cap = dice.choice([None, None, (group.full * Decimal("0.75")).quantize(Decimal("0.5"))])
        weight = dice.choice([None, None, Decimal(dice.randrange(1, 40)) / 2])
        applies = dice.choice([None, None, None, SHOP])
        return model.Group(group.key, "", group.text, items, inner, cap or None, weight, applies if inside else None)

    def _item(self) -> model.Item:
        dice = self.dice
        full = Decimal(dice.randrange(2, 30)) / 2
        key = f"I{next(self.numbers)}"
        return model.Item(
            key,
            key,
            Text(f"第 {key} 条，目标 $goal", f"Item {key}, goal $goal"),
            full,
            self._rule(full),
            (model.Verify.SITE,),
            Text(""),
            Text(""),
            Text("按实际情况给分", "By what is found"),
            (),
            applies=dice.choice([None, None, None, SHOP, MANY]),
            weight=dice.choice([None, None, Decimal(dice.randrange(1, 30)) / 2]),
        )

    def _rule(self, full: Decimal) -> rules.Rule:
        yes_no = rules.YesNo(rules.Outcome(full), rules.Outcome(Decimal(0)))
        line = rules.Line(((Decimal(0), Decimal(0)), (Decimal(100), full)))
        share = rules.Measured(rules.Share(Text("对", "right"), Text("查", "checked"), Text("个")), line)
        inputs = (
            rules.Input("used", Text("利用", "used"), Text("吨")),
            rules.Input("made", Text("产生", "made"), Text("吨")),
        )
        formula = read_formula("min(used / made, 1) * 100")
        calculated = rules.Measured(rules.Calculated(Text("利用率", "rate"), Text("%"), inputs, formula), line)
        half = rules.YesNo(rules.Outcome(full / 2), rules.Outcome(Decimal(0)))
        parts = (rules.Part("one", Text("甲", "one"), half), rules.Part("two", Text("乙", "two"), half, SHOP))
        return self.dice.choice([yes_no, yes_no, share, calculated, rules.Sum(parts, Decimal(0))])
