"""Write rules and conditions as plain data, in the shape of a checklist file."""

from __future__ import annotations

from wufei_cells.checklists.formula_reading import formula_text
from wufei_cells.checklists.yaml_source import Data
from wufei_cells.domain import conditions, rules
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.text import Text


def filled(**fields: Data) -> Data:
    """Leave out what is empty: an absent field and an empty one mean the same and must hash the same."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}


def text_data(text: Text) -> Data:
    """Write a text by language."""
    return filled(zh=text.zh, en=text.en)


def flag_data(flag: bool) -> str:  # noqa: FBT001 - it is what is written
    """Write yes or no."""
    return "yes" if flag else "no"


def quantity_data(quantity: rules.Quantity | None) -> str | None:
    """Write a number, or the parameter it names."""
    if quantity is None:
        return None
    return f"${quantity.name}" if isinstance(quantity, rules.ParameterRef) else plain(quantity)


def condition_data(condition: conditions.Condition | None) -> Data:
    """Write a condition."""
    match condition:
        case None:
            return None
        case conditions.FactIs():
            return {"fact": condition.fact, "is": list(condition.values)}
        case conditions.FactCompared():
            return {"fact": condition.fact, condition.bound.comparison.value: quantity_data(condition.bound.value)}
        case conditions.AllOf():
            return {"all": [condition_data(part) for part in condition.parts]}
        case conditions.AnyOf():
            return {"any": [condition_data(part) for part in condition.parts]}
        case conditions.Not():
            return {"not": condition_data(condition.part)}


def rule_data(rule: rules.Rule) -> dict[str, Data]:
    """Write a rule."""
    match rule:
        case rules.YesNo():
            return {"yes_no": {"yes": _outcome(rule.yes), "no": _outcome(rule.no)}}
        case rules.Levels():
            return {"levels": [_level(level) for level in rule.levels]}
        case rules.Measured():
            return {**_measure(rule.measure), **_scale(rule.scale)}
        case rules.Sum():
            return {"sum": [_part(part) for part in rule.parts], "start": quantity_data(rule.start)}
        case rules.Best():
            return {"best": [_part(part) for part in rule.parts]}


def _outcome(outcome: rules.Outcome) -> dict[str, Data]:
    effect: dict[str, Data] = {"effect": outcome.effect.value} if outcome.effect else {}
    return {"points": quantity_data(outcome.points), **effect}


def _level(level: rules.Level) -> Data:
    lowest: dict[str, Data] = {} if level.lowest is None else {"lowest": quantity_data(level.lowest)}
    return {"key": level.key, "text": text_data(level.text), **_outcome(level.outcome), **lowest}


def _part(part: rules.Part) -> Data:
    applies: dict[str, Data] = {} if part.applies is None else {"applies": condition_data(part.applies)}
    return {"key": part.key, "text": text_data(part.text), **rule_data(part.rule), **applies}


def _measure(measure: rules.Measure) -> dict[str, Data]:
    match measure:
        case rules.Count():
            most = None if measure.at_most is None else str(measure.at_most)
            return {"count": filled(text=text_data(measure.text), unit=text_data(measure.unit), at_most=most)}
        case rules.Amount():
            return {"amount": filled(text=text_data(measure.text), unit=text_data(measure.unit))}
        case rules.Share():
            return {"share": _share(measure)}
        case rules.Change():
            return {
                "change": filled(
                    before=text_data(measure.before),
                    after=text_data(measure.after),
                    unit=text_data(measure.unit),
                    relative=flag_data(measure.relative),
                )
            }
        case rules.Ticks():
            return {"ticks": [filled(key=option.key, text=text_data(option.text)) for option in measure.options]}
        case rules.Calculated():
            return {"calculated": _calculated(measure)}


def _calculated(measure: rules.Calculated) -> Data:
    return filled(
        text=text_data(measure.text),
        unit=text_data(measure.unit),
        inputs=[filled(key=one.key, text=text_data(one.text), unit=text_data(one.unit)) for one in measure.inputs],
        formula=formula_text(measure.formula),
    )


def _share(measure: rules.Share) -> Data:
    smallest = None if measure.smallest_whole is None else str(measure.smallest_whole)
    return filled(
        part=text_data(measure.part),
        whole=text_data(measure.whole),
        unit=text_data(measure.unit),
        smallest_whole=smallest,
        may_exceed=flag_data(measure.may_exceed),
    )


def _scale(scale: rules.Scale) -> dict[str, Data]:
    match scale:
        case rules.Bands():
            return {"bands": [_band(band) for band in scale.bands]}
        case rules.Line():
            return {"line": _corners(scale)}
        case rules.Steps():
            return {"steps": _steps(scale)}


def _corners(line: rules.Line) -> Data:
    return [[quantity_data(x), quantity_data(y)] for x, y in line.corners]


def _band(band: rules.Band) -> Data:
    bound: dict[str, Data] = {band.bound.comparison.value: quantity_data(band.bound.value)} if band.bound else {}
    result = {"line": _corners(band.result)} if isinstance(band.result, rules.Line) else _outcome(band.result)
    return {**bound, **result}


def _steps(steps: rules.Steps) -> Data:
    return filled(
        points=quantity_data(steps.points),
        each=quantity_data(steps.step),
        **{"short_of" if steps.short else "over": quantity_data(steps.reference)},
        part_step=steps.part_step.value,
        start=quantity_data(steps.start),
        floor=quantity_data(steps.floor),
        cap=quantity_data(steps.cap),
    )
