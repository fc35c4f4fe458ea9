"""The canonical document of an edition, and the hashes that identify editions and items.

The document has the same shape as a checklist file, so one reader serves both. Its JSON is written with sorted
keys and no spaces; the SHA-256 of that text identifies the edition on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from wufei_cells.checklists.checking import check
from wufei_cells.checklists.formula_reading import formula_text
from wufei_cells.checklists.yaml_source import Data, Source
from wufei_cells.domain import checklists as model
from wufei_cells.domain import conditions, rules
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.profiles import CityNumber
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
    """Hash what an answer answered, so that answers move to another edition exactly where nothing changed.

    What is asked and how it is scored counts; where the entry stands, what it weighs and where it comes from does not.
    """
    document = _item(entry) if isinstance(entry, model.Item) else _gate(entry)
    assert isinstance(document, dict)
    return content_hash({name: value for name, value in document.items() if name not in _BESIDE_THE_QUESTION})


def entry_hashes(entry: model.Item | model.Gate) -> frozenset[str]:
    """Give the hashes under which an answer to this entry may be stored: today's, and that of version 0.1."""
    whole = _item(entry) if isinstance(entry, model.Item) else _gate(entry)
    return frozenset({entry_hash(entry), content_hash(whole)})


_BESIDE_THE_QUESTION = ("key", "number", "sources", "weight", "from", "locked")


def with_parameters(checklist: model.Checklist, values: Mapping[str, CityNumber]) -> model.Checklist:
    """Give the edition a city uses: its own numbers for the parameters it sets, in place of value and phases.

    Raises:
        ProblemsFound: with these numbers the edition no longer makes sense, such as a ladder out of order.
    """
    adapted = replace(checklist, parameters=tuple(_adapted(entry, values) for entry in checklist.parameters))
    problems = check(adapted, {}, Source(checklist.key).place)
    if problems:
        raise ProblemsFound(problems, subject=checklist.key)
    return adapted


def _adapted(entry: model.Parameter, values: Mapping[str, CityNumber]) -> model.Parameter:
    own = values.get(entry.key)
    return entry if own is None else replace(entry, value=own.value, phases=own.phases)


def _checklist(checklist: model.Checklist) -> Data:
    category = checklist.category
    until = checklist.effective_until
    return _filled(
        format=FORMAT,
        key=checklist.key,
        edition=checklist.edition,
        title=_text(checklist.title),
        category=_filled(
            key=category.key,
            text=_text(category.text),
            code=category.code,
            subject=_unless(category.subject, model.Subject.SITE),
        ),
        official=_flag(checklist.official),
        effective_from=checklist.effective_from.isoformat(),
        effective_until=until.isoformat() if until else None,
        notice=_text(checklist.notice),
        scoring=_scoring(checklist),
        parameters=[_parameter(entry) for entry in checklist.parameters],
        sources=[
            _filled(key=source.key, title=_text(source.title), number=source.number) for source in checklist.sources
        ],
        facts=[_fact(fact) for fact in checklist.facts],
        gates=[_gate(gate) for gate in checklist.gates],
        groups=[_group(group) for group in checklist.groups],
        bonus=_bonus(checklist.bonus),
        deductions=_deductions(checklist.deductions),
        overlay=_overlay(checklist.overlay),
    )


def _scoring(checklist: model.Checklist) -> Data:
    rules = checklist.scoring
    rounding = rules.rounding
    when = model.WhenAbsent
    return _filled(
        not_applicable=rules.na_policy.value,
        not_applicable_share=None if rules.na_share == 100 else _quantity(rules.na_share),
        not_applicable_at_most=_quantity(rules.na_at_most),
        group_not_applicable=_unless(rules.empty_group, when.MET),
        star_not_applicable=_unless(rules.absent_star, when.MET),
        rounding=None if rounding is None else {"places": str(rounding.places), "mode": rounding.mode.value},
        out_of=_number(rules.out_of),
        columns=[_filled(key=one.key, text=_text(one.text), weight=plain(one.weight)) for one in rules.columns],
        grades=[_grade(grade) for grade in checklist.grades],
    )


def _overlay(overlay: model.Overlay | None) -> Data:
    if overlay is None:
        return None
    return _filled(extends=overlay.extends, districts=list(overlay.districts), added=list(overlay.added))


def _parameter(entry: model.Parameter) -> Data:
    return _filled(
        key=entry.key,
        text=_text(entry.text),
        unit=_text(entry.unit),
        value=plain(entry.value),
        phases=[{"from": phase.start.isoformat(), "value": plain(phase.value)} for phase in entry.phases],
    )


def _unless(value: StrEnum, default: StrEnum) -> str | None:
    """Leave a default out, so that editions written before there was a choice keep their identity."""
    return None if value == default else value.value


def _raised(flag: bool) -> str | None:  # noqa: FBT001 - it is what is written
    return "yes" if flag else None


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


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
        items_at_least={key: _quantity(value) for key, value in grade.items_at_least},
    )


def _fact(fact: conditions.Fact) -> Data:
    options: list[Data] = [_filled(key=option.key, text=_text(option.text)) for option in fact.options]
    return _filled(
        key=fact.key,
        text=_text(fact.text),
        ask=fact.kind.value,
        unit=_text(fact.unit),
        options=options,
        formula=None if fact.formula is None else formula_text(fact.formula),
    )


def _group(group: model.Group) -> Data:
    return _filled(
        key=group.key,
        number=group.number,
        text=_text(group.text),
        items=[_item(item) for item in group.items],
        groups=[_group(inner) for inner in group.groups],
        cap=_number(group.cap),
        weight=_number(group.weight),
        applies=_condition(group.applies),
        locked=_raised(group.locked),
    )


def _deductions(deductions: model.Deductions | None) -> Data:
    if deductions is None:
        return None
    group = _group(deductions.group)
    assert isinstance(group, dict)
    return {**group, "cap": plain(deductions.cap)}


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
        weight=_number(item.weight),
        locked=_raised(item.locked),
        **_from(item.ancestors),
    )


def _from(ancestors: tuple[model.Ancestor, ...]) -> dict[str, Data]:
    return {"from": [{"key": one.key, "relation": one.relation.value} for one in ancestors]}


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
        **_from(gate.ancestors),
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
    applies: dict[str, Data] = {} if part.applies is None else {"applies": _condition(part.applies)}
    return {"key": part.key, "text": _text(part.text), **_rule(part.rule), **applies}


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
        case rules.Calculated():
            return {"calculated": _calculated(measure)}


def _calculated(measure: rules.Calculated) -> Data:
    return _filled(
        text=_text(measure.text),
        unit=_text(measure.unit),
        inputs=[_filled(key=one.key, text=_text(one.text), unit=_text(one.unit)) for one in measure.inputs],
        formula=formula_text(measure.formula),
    )


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
