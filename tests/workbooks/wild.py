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
KIND = conditions.FactIs("kind", ("school", "farm"))
EITHER = conditions.AnyOf((KIND, conditions.AllOf((SHOP, MANY))))
FACTS = (
    conditions.Fact(
        "kind",
        Text("类型", "Kind"),
        conditions.FactKind.CHOICE,
        Text(""),
        tuple(conditions.FactOption(key, Text(key)) for key in ("office", "school", "farm")),
    ),
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
        mark = ((out_of or full) * Decimal("0.35")).quantize(Decimal("0.1"))
        minima = ((first.key, Decimal(10)),)
        grade = model.Grade("ok", Text("达标", "Qualified"), mark, Decimal(15), items_at_least=minima)
        exceptions = ((groups[0].key, Decimal(70)),)
        higher = model.Grade("good", Text("优秀", "Good"), mark * 5 / 4, Decimal(60), group_exceptions=exceptions)
        return model.Checklist(
            f"W{self.policy.value}",
            "1",
            Text("随机标准", "Random checklist"),
            model.Category("wild", Text("随机", "Random"), "WD"),
            official=True,
            effective_from=date(2026, 1, 1),
            scoring=scoring,
            grades=(grade, higher) if dice.random() < 0.5 else (grade,),
            groups=groups,
            gates=(self._gate(None), self._gate(SHOP)),
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
            applies=dice.choice([None, None, None, SHOP, MANY, conditions.Not(SHOP), EITHER]),
            star=dice.random() < 0.05,
            weight=dice.choice([None, None, Decimal(dice.randrange(1, 30)) / 2]),
        )

    def _gate(self, applies: conditions.Condition | None) -> model.Gate:
        key = f"P{next(self.numbers)}"
        return model.Gate(key, key, Text("合法", "lawful"), (model.Verify.DOCUMENT,), Text(""), Text(""), (), applies)

    def _rule(self, full: Decimal) -> rules.Rule:
        simple = [self._yes_no, self._levels, self._ladder, self._line, self._steps, self._ticks, self._calculated]
        return self.dice.choice([*simple, self._sum, self._best])(full)

    def _simple(self, full: Decimal) -> rules.Rule:
        return self.dice.choice([self._yes_no, self._levels, self._ladder, self._line, self._steps])(full)

    def _yes_no(self, full: Decimal) -> rules.Rule:
        effect = self.dice.choice([*[None] * 12, rules.Effect.VETO, rules.Effect.ZERO_TOTAL])
        return rules.YesNo(rules.Outcome(full), rules.Outcome(Decimal(0), effect))

    def _levels(self, full: Decimal) -> rules.Rule:
        lowest = self.dice.choice([None, full / 2])
        none = rules.Outcome(Decimal(0), self.dice.choice([*[None] * 9, rules.Effect.VETO]))
        return rules.Levels(
            (
                rules.Level("all", Text("全部*做到?", "all of it"), rules.Outcome(full), lowest),
                rules.Level("half", Text("做到“一半”", "half"), rules.Outcome(full / 2)),
                rules.Level("none", Text("没有", "none"), none),
            )
        )

    def _ladder(self, full: Decimal) -> rules.Rule:
        line = rules.Line(((Decimal(50), Decimal(0)), (Decimal(90), full)))
        bands = (
            rules.Band(rules.Bound(rules.Comparison.AT_LEAST, Decimal(90)), rules.Outcome(full)),
            rules.Band(rules.Bound(rules.Comparison.ABOVE, Decimal(50)), line),
            rules.Band(None, rules.Outcome(Decimal(0), self.dice.choice([*[None] * 9, rules.Effect.VETO]))),
        )
        return rules.Measured(rules.Share(Text("对", "right"), Text("查", "checked"), Text("个")), rules.Bands(bands))

    def _line(self, full: Decimal) -> rules.Rule:
        line = rules.Line(
            ((Decimal(-30), full), (Decimal(-10), (full / 3).quantize(Decimal("0.1"))), (Decimal(0), Decimal(0)))
        )
        relative = self.dice.choice([True, False])
        return rules.Measured(rules.Change(Text("前", "before"), Text("后", "after"), Text("吨"), relative), line)

    def _steps(self, full: Decimal) -> rules.Rule:
        dice = self.dice
        steps = rules.Steps(
            points=Decimal(dice.choice(["-2", "-0.3", "1.5"])),
            step=Decimal(dice.choice(["1", "0.7", "3"])),
            reference=Decimal(dice.choice(["0", "1.4"])),
            short=False,
            part_step=dice.choice(list(rules.PartStep)),
            floor=dice.choice([None, Decimal(1)]),
        )
        return rules.Measured(rules.Amount(Text("长度", "length"), Text("米", "m")), steps)

    def _ticks(self, full: Decimal) -> rules.Rule:
        options = tuple(rules.Option(key, Text(f"有{key}", f"has {key}")) for key in ("a", "b", "c"))
        return rules.Measured(rules.Ticks(options), rules.Line(((Decimal(0), Decimal(0)), (Decimal(3), full))))

    def _calculated(self, full: Decimal) -> rules.Rule:
        inputs = (
            rules.Input("used", Text("利用", "used"), Text("吨")),
            rules.Input("made", Text("产生", "made"), Text("吨")),
        )
        formula = read_formula(self.dice.choice(["min(used / made, 1) * 100", "mean(used, made, 3) - abs(-made)"]))
        line = rules.Line(((Decimal(0), Decimal(0)), (Decimal(100), full)))
        return rules.Measured(rules.Calculated(Text("利用率", "rate"), Text("%"), inputs, formula), line)

    def _sum(self, full: Decimal) -> rules.Rule:
        half = full / 2
        parts = (
            rules.Part("one", Text("甲", "one"), self._simple(half)),
            rules.Part("two", Text("乙", "two"), self._simple(half), self.dice.choice([None, SHOP, MANY])),
            rules.Part("off", Text("丙", "off"), self._found(), self.dice.choice([None, SHOP])),
        )
        return rules.Sum(parts, Decimal(self.dice.choice([0, 1])))

    def _found(self) -> rules.Rule:
        steps = rules.Steps(Decimal(-1), Decimal(2), Decimal(0), short=False, part_step=rules.PartStep.COUNT)
        return rules.Measured(rules.Count(Text("处数", "places"), Text("处"), at_most=9), steps)

    def _best(self, full: Decimal) -> rules.Rule:
        both = (
            rules.Part("x", Text("其一", "first"), self._simple(full / 2)),
            rules.Part("y", Text("其二", "second"), self._simple(full / 2), self.dice.choice([None, MANY])),
        )
        parts = (
            rules.Part("way", Text("甲法", "way"), rules.Sum(both, Decimal(0))),
            rules.Part("other", Text("乙法", "other"), self._simple(full), self.dice.choice([None, SHOP])),
        )
        return rules.Best(parts)
