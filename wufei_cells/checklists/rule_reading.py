"""Read scoring rules and conditions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.formula_reading import FormulaError, read_formula
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain.conditions import AllOf, AnyOf, Condition, FactCompared, FactIs, Not
from wufei_cells.domain.formulas import Constant, Formula
from wufei_cells.domain.rules import (
    Amount,
    Band,
    Bands,
    Best,
    Bound,
    Calculated,
    Change,
    Comparison,
    Count,
    Effect,
    Input,
    Level,
    Levels,
    Line,
    Measure,
    Measured,
    Option,
    Outcome,
    Part,
    PartStep,
    Quantity,
    Rule,
    Scale,
    Share,
    Steps,
    Sum,
    Ticks,
    YesNo,
)
from wufei_cells.domain.text import Text

NOTHING = Outcome(Decimal(0))
_MEASURES = ("count", "amount", "share", "change", "ticks", "calculated")
_SCALES = ("bands", "line", "steps")
_HEADS = ("yes_no", "levels", "sum", "best", *_MEASURES)


class RuleReader:
    """Reads rules at any depth of one source."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def rule(self, data: Data, path: Path) -> Rule:
        """Read a rule that stands in a mapping of its own."""
        fields = Fields(self.reading, data, path)
        rule = self.rule_in(fields)
        fields.finish()
        return rule

    def rule_in(self, fields: Fields) -> Rule:
        """Read the rule among the fields of an item's rule or of a part."""
        heads = [name for name in _HEADS if name in fields]
        if len(heads) != 1:
            self.reading.problem(fields.path, "rule.head", found=", ".join(heads), allowed=", ".join(_HEADS))
            fields.pass_over((*_HEADS, *_SCALES, "start"))
            return YesNo(NOTHING, NOTHING)
        head = heads[0]
        if head == "yes_no":
            return fields.get("yes_no", self._yes_no)
        if head == "levels":
            return Levels(fields.each("levels", self._level, required=True))
        if head == "sum":
            start = fields.get("start", self.reading.quantity, Decimal(0))
            return Sum(fields.each("sum", self._part, required=True), start)
        if head == "best":
            return Best(fields.each("best", self._part, required=True))
        return Measured(self._measure(head, fields), self._scale(fields))

    # --- questions and parts

    def _yes_no(self, data: Data, path: Path) -> YesNo:
        if not isinstance(data, dict):
            return YesNo(Outcome(self.reading.quantity(data, path)), NOTHING)
        fields = Fields(self.reading, data, path)
        rule = YesNo(fields.get("yes", self._outcome, NOTHING), fields.get("no", self._outcome, NOTHING))
        fields.finish()
        return rule

    def _outcome(self, data: Data, path: Path) -> Outcome:
        if not isinstance(data, dict):
            return Outcome(self.reading.quantity(data, path))
        fields = Fields(self.reading, data, path)
        outcome = self._outcome_in(fields)
        fields.finish()
        return outcome

    def _outcome_in(self, fields: Fields) -> Outcome:
        points = fields.get("points", self.reading.quantity)
        effect = fields.choice("effect", Effect) if "effect" in fields else None
        return Outcome(points, effect)

    def _level(self, data: Data, path: Path) -> Level:
        fields = Fields(self.reading, data, path)
        level = Level(
            fields.key(), fields.text("text"), self._outcome_in(fields), fields.maybe("lowest", self.reading.quantity)
        )
        fields.finish()
        return level

    def _part(self, data: Data, path: Path) -> Part:
        fields = Fields(self.reading, data, path)
        applies = fields.maybe("applies", self.condition)
        part = Part(fields.key(), fields.text("text"), self.rule_in(fields), applies)
        fields.finish()
        return part

    # --- measures

    def _measure(self, name: str, fields: Fields) -> Measure:
        readers: dict[str, Callable[[Data, Path], Measure]] = {
            "count": self._count,
            "amount": self._amount,
            "share": self._share,
            "change": self._change,
            "ticks": lambda _data, _path: Ticks(fields.each("ticks", self._option, required=True)),
            "calculated": self._calculated,
        }
        return fields.get(name, readers[name])

    def _count(self, data: Data, path: Path) -> Measure:
        fields = Fields(self.reading, data, path)
        measure = Count(fields.text("text"), fields.text("unit", Text("")), fields.whole("at_most"))
        fields.finish()
        return measure

    def _amount(self, data: Data, path: Path) -> Measure:
        fields = Fields(self.reading, data, path)
        measure = Amount(fields.text("text"), fields.text("unit", Text("")))
        fields.finish()
        return measure

    def _share(self, data: Data, path: Path) -> Measure:
        fields = Fields(self.reading, data, path)
        measure = Share(
            fields.text("part"),
            fields.text("whole"),
            fields.text("unit", Text("")),
            fields.whole("smallest_whole"),
            fields.flag("may_exceed", default=False),
        )
        fields.finish()
        return measure

    def _change(self, data: Data, path: Path) -> Measure:
        fields = Fields(self.reading, data, path)
        measure = Change(
            fields.text("before"),
            fields.text("after"),
            fields.text("unit", Text("")),
            fields.flag("relative", default=True),
        )
        fields.finish()
        return measure

    def _calculated(self, data: Data, path: Path) -> Measure:
        fields = Fields(self.reading, data, path)
        measure = Calculated(
            fields.text("text"),
            fields.text("unit", Text("")),
            fields.each("inputs", self._input, required=True),
            fields.get("formula", self.formula),
        )
        fields.finish()
        return measure

    def _input(self, data: Data, path: Path) -> Input:
        fields = Fields(self.reading, data, path)
        one = Input(fields.key(), fields.text("text"), fields.text("unit", Text("")))
        fields.finish()
        return one

    def formula(self, data: Data, path: Path) -> Formula:
        """Read a formula."""
        written = self.reading.string(data, path)
        try:
            return read_formula(written) if written else Constant(Decimal(0))
        except FormulaError as error:
            self.reading.problem(path, error.code, **error.values)
            return Constant(Decimal(0))

    def _option(self, data: Data, path: Path) -> Option:
        fields = Fields(self.reading, data, path)
        option = Option(fields.key(), fields.text("text"))
        fields.finish()
        return option

    # --- scales

    def _scale(self, fields: Fields) -> Scale:
        heads = [name for name in _SCALES if name in fields]
        if len(heads) != 1:
            self.reading.problem(fields.path, "rule.scale", found=", ".join(heads), allowed=", ".join(_SCALES))
            fields.pass_over(_SCALES)
            return Line(())
        if heads[0] == "bands":
            return Bands(fields.each("bands", self._band, required=True))
        return fields.get("line", self._line) if heads[0] == "line" else fields.get("steps", self._steps)

    def _band(self, data: Data, path: Path) -> Band:
        fields = Fields(self.reading, data, path)
        bound = self._bound(fields)
        if "line" in fields:
            result: Outcome | Line = fields.get("line", self._line)
        else:
            result = self._outcome_in(fields)
        fields.finish()
        return Band(bound, result)

    def _bound(self, fields: Fields) -> Bound | None:
        found = [comparison for comparison in Comparison if comparison.value in fields]
        if len(found) > 1:
            self.reading.problem(fields.path, "rule.two_bounds", found=", ".join(found))
        bounds = [Bound(comparison, fields.get(comparison.value, self.reading.quantity)) for comparison in found]
        return bounds[0] if bounds else None

    def _line(self, data: Data, path: Path) -> Line:
        if not isinstance(data, list) or len(data) < 2:
            self.reading.problem(path, "rule.line")
            return Line(())
        corners: list[tuple[Quantity, Quantity]] = []
        for index, corner in enumerate(data):
            here = (*path, index)
            if not isinstance(corner, list) or len(corner) != 2:
                self.reading.problem(here, "rule.corner")
                continue
            x = self.reading.quantity(corner[0], (*here, 0))
            corners.append((x, self.reading.quantity(corner[1], (*here, 1))))
        return Line(tuple(corners))

    def _steps(self, data: Data, path: Path) -> Steps:
        fields = Fields(self.reading, data, path)
        quantity = self.reading.quantity
        short = "short_of" in fields
        if short and "over" in fields:
            self.reading.problem(path, "rule.two_references")
        over = fields.get("over", quantity, Decimal(0))
        steps = Steps(
            points=fields.get("points", quantity),
            step=fields.get("each", quantity, Decimal(1)),
            reference=fields.get("short_of", quantity) if short else over,
            short=short,
            part_step=fields.choice("part_step", PartStep, PartStep.IGNORE),
            start=fields.maybe("start", quantity),
            floor=fields.maybe("floor", quantity),
            cap=fields.maybe("cap", quantity),
        )
        fields.finish()
        return steps

    # --- conditions

    def condition(self, data: Data, path: Path) -> Condition:
        """Read a condition on site facts."""
        fields = Fields(self.reading, data, path)
        if "all" in fields:
            condition: Condition = AllOf(fields.each("all", self.condition, required=True))
        elif "any" in fields:
            condition = AnyOf(fields.each("any", self.condition, required=True))
        elif "not" in fields:
            condition = Not(fields.get("not", self.condition))
        else:
            condition = self._fact_condition(fields)
        fields.finish()
        return condition

    def _fact_condition(self, fields: Fields) -> Condition:
        fact = fields.key("fact")
        bound = self._bound(fields)
        if bound:
            return FactCompared(fact, bound)
        return FactIs(fact, fields.get("is", self._fact_values, ("yes",)))

    def _fact_values(self, data: Data, path: Path) -> tuple[str, ...]:
        values = data if isinstance(data, list) else [data]
        return tuple(self.reading.string(value, path) for value in values)
