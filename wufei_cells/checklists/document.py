"""The canonical document of an edition, and the hashes that identify editions and items.

The document has the same shape as a checklist file, so one reader serves both. Its JSON is written with sorted
keys and no spaces; the SHA-256 of that text identifies the edition on every machine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from decimal import Decimal

from wufei_cells.checklists.checking import check
from wufei_cells.checklists.yaml_source import Data, Source
from wufei_cells.domain import checklists as model
from wufei_cells.domain import conditions, rules
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.text import Text
from wufei_cells.errors import ProblemsFound

FORMAT = "wufei-checklist/1"


def canonical_json(data: object) -> str:
    """Write plain data so that equal data gives equal text."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_hash(data: object) -> str:
    """Hash plain data by its canonical JSON."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def edition_document(checklist: model.Checklist) -> str:
    """Write the canonical document of an edition."""
    return canonical_json(_checklist(checklist))


def edition_id(document: str) -> str:
    """Give the identity of an edition by its canonical document."""
    return hashlib.sha256(document.encode()).hexdigest()


def entry_hash(entry: model.Item | model.Gate) -> str:
    """Hash what an answer answered, so that answers move to another edition exactly where nothing changed."""
    return content_hash(_item(entry) if isinstance(entry, model.Item) else _gate(entry))


def with_parameters(checklist: model.Checklist, values: dict[str, Decimal]) -> model.Checklist:
    """Give the edition a city uses: its own numbers for the parameters it sets.

    Raises:
        ProblemsFound: with these numbers the edition no longer makes sense, such as a ladder out of order.
    """
    own = tuple(replace(entry, value=values.get(entry.key, entry.value)) for entry in checklist.parameters)
    adapted = replace(checklist, parameters=own)
    problems = check(adapted, {}, Source(checklist.key).place)
    if problems:
        raise ProblemsFound(problems, subject=checklist.key)
    return adapted


def _checklist(checklist: model.Checklist) -> Data:
    return _filled(
        format=FORMAT,
        key=checklist.key,
        edition=checklist.edition,
        title=_text(checklist.title),
        category=_filled(key=checklist.category.key, text=_text(checklist.category.text), code=checklist.category.code),
        official=_flag(checklist.official),
        effective_from=checklist.effective_from.isoformat(),
        notice=_text(checklist.notice),
        scoring=_filled(not_applicable=checklist.na_policy.value, grades=[_grade(grade) for grade in checklist.grades]),
        parameters=[
            _filled(key=entry.key, text=_text(entry.text), unit=_text(entry.unit), value=plain(entry.value))
            for entry in checklist.parameters
        ],
        sources=[
            _filled(key=source.key, title=_text(source.title), number=source.number) for source in checklist.sources
        ],
        facts=[_fact(fact) for fact in checklist.facts],
        gates=[_gate(gate) for gate in checklist.gates],
        groups=[_group(group) for group in checklist.groups],
        bonus=_bonus(checklist.bonus),
    )


def _filled(**fields: Data) -> Data:
    """Leave out what is empty: an absent field and an empty one mean the same and must hash the same."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}


def _text(text: Text) -> Data:
    return _filled(zh=text.zh, en=text.en)


def _flag(flag: bool) -> str:  # noqa: FBT001 - it is what is written
    return "yes" if flag else "no"


def _quantity(quantity: rules.Quantity | None) -> str | None:
    if quantity is None:
        return None
    return f"${quantity.name}" if isinstance(quantity, rules.ParameterRef) else plain(quantity)


def _grade(grade: model.Grade) -> Data:
    return _filled(
        key=grade.key,
        text=_text(grade.text),
        total_at_least=_quantity(grade.total_at_least),
        groups_at_least=_quantity(grade.groups_at_least),
        group_exceptions={key: _quantity(value) for key, value in grade.group_exceptions},
    )


def _fact(fact: conditions.Fact) -> Data:
    options: list[Data] = [_filled(key=option.key, text=_text(option.text)) for option in fact.options]
    return _filled(key=fact.key, text=_text(fact.text), ask=fact.kind.value, unit=_text(fact.unit), options=options)


def _group(group: model.Group) -> Data:
    return _filled(
        key=group.key,
        number=group.number,
        text=_text(group.text),
        items=[_item(item) for item in group.items],
        groups=[_group(inner) for inner in group.groups],
    )


def _bonus(bonus: model.Bonus | None) -> Data:
    if bonus is None:
        return None
    group = _group(bonus.group)
    assert isinstance(group, dict)
    return {**group, "cap": plain(bonus.cap), "counts_for_pass": _flag(bonus.counts_for_pass)}


def _item(item: model.Item) -> Data:
    return _filled(
        key=item.key,
        number=item.number,
        text=_text(item.text),
        full=plain(item.full),
        scoring=_text(item.scoring),
        rule=_rule(item.rule),
        verify=[mode.value for mode in item.verify],
        evidence=_text(item.evidence),
        guidance=_text(item.guidance),
        sources=list(item.sources),
        applies=_condition(item.applies),
        not_applicable=item.not_applicable.value,
        star=_flag(item.star),
    )


def _gate(gate: model.Gate) -> Data:
    return _filled(
        key=gate.key,
        number=gate.number,
        text=_text(gate.text),
        verify=[mode.value for mode in gate.verify],
        evidence=_text(gate.evidence),
        guidance=_text(gate.guidance),
        sources=list(gate.sources),
        applies=_condition(gate.applies),
    )


def _condition(condition: conditions.Condition | None) -> Data:
    match condition:
        case None:
            return None
        case conditions.FactIs():
            return {"fact": condition.fact, "is": list(condition.values)}
        case conditions.FactCompared():
            return {"fact": condition.fact, condition.bound.comparison.value: _quantity(condition.bound.value)}
        case conditions.AllOf():
            return {"all": [_condition(part) for part in condition.parts]}
        case conditions.AnyOf():
            return {"any": [_condition(part) for part in condition.parts]}
        case conditions.Not():
            return {"not": _condition(condition.part)}


def _rule(rule: rules.Rule) -> dict[str, Data]:
    match rule:
        case rules.YesNo():
            return {"yes_no": {"yes": _outcome(rule.yes), "no": _outcome(rule.no)}}
        case rules.Levels():
            return {"levels": [_level(level) for level in rule.levels]}
        case rules.Measured():
            return {**_measure(rule.measure), **_scale(rule.scale)}
        case rules.Sum():
            return {"sum": [_part(part) for part in rule.parts], "start": _quantity(rule.start)}
        case rules.Best():
            return {"best": [_part(part) for part in rule.parts]}


def _outcome(outcome: rules.Outcome) -> dict[str, Data]:
    effect: dict[str, Data] = {"effect": outcome.effect.value} if outcome.effect else {}
    return {"points": _quantity(outcome.points), **effect}


def _level(level: rules.Level) -> Data:
    lowest: dict[str, Data] = {} if level.lowest is None else {"lowest": _quantity(level.lowest)}
    return {"key": level.key, "text": _text(level.text), **_outcome(level.outcome), **lowest}


def _part(part: rules.Part) -> Data:
    return {"key": part.key, "text": _text(part.text), **_rule(part.rule)}


def _measure(measure: rules.Measure) -> dict[str, Data]:
    match measure:
        case rules.Count():
            most = None if measure.at_most is None else str(measure.at_most)
            return {"count": _filled(text=_text(measure.text), unit=_text(measure.unit), at_most=most)}
        case rules.Amount():
            return {"amount": _filled(text=_text(measure.text), unit=_text(measure.unit))}
        case rules.Share():
            return {"share": _share(measure)}
        case rules.Change():
            return {
                "change": _filled(
                    before=_text(measure.before),
                    after=_text(measure.after),
                    unit=_text(measure.unit),
                    relative=_flag(measure.relative),
                )
            }
        case rules.Ticks():
            return {"ticks": [_filled(key=option.key, text=_text(option.text)) for option in measure.options]}


def _share(measure: rules.Share) -> Data:
    smallest = None if measure.smallest_whole is None else str(measure.smallest_whole)
    return _filled(
        part=_text(measure.part),
        whole=_text(measure.whole),
        unit=_text(measure.unit),
        smallest_whole=smallest,
        may_exceed=_flag(measure.may_exceed),
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
    return [[_quantity(x), _quantity(y)] for x, y in line.corners]


def _band(band: rules.Band) -> Data:
    bound: dict[str, Data] = {band.bound.comparison.value: _quantity(band.bound.value)} if band.bound else {}
    result = {"line": _corners(band.result)} if isinstance(band.result, rules.Line) else _outcome(band.result)
    return {**bound, **result}


def _steps(steps: rules.Steps) -> Data:
    return _filled(
        points=_quantity(steps.points),
        each=_quantity(steps.step),
        **{"short_of" if steps.short else "over": _quantity(steps.reference)},
        part_step=steps.part_step.value,
        start=_quantity(steps.start),
        floor=_quantity(steps.floor),
        cap=_quantity(steps.cap),
    )
