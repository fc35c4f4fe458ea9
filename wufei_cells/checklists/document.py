"""The canonical document of an edition, and the hashes that identify editions and items.

The document has the same shape as a checklist file, so one reader serves both. Its JSON is written with sorted
keys and no spaces; the SHA-256 of that text identifies the edition on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from wufei_cells.checklists.checking import check
from wufei_cells.checklists.formula_reading import formula_text
from wufei_cells.checklists.rule_document import (
    condition_data,
    filled,
    flag_data,
    quantity_data,
    rule_data,
    text_data,
)
from wufei_cells.checklists.yaml_source import Data, Source
from wufei_cells.domain import checklists as model
from wufei_cells.domain import conditions
from wufei_cells.domain.amounts import plain
from wufei_cells.domain.canonical import canonical_json, content_hash
from wufei_cells.domain.profiles import CityNumber
from wufei_cells.errors import ProblemsFound

FORMAT = "wufei-checklist/1"


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
    known = replace(entry, proof=model.Proof.NEVER)  # which version 0.1 knew nothing of
    whole = _item(known) if isinstance(known, model.Item) else _gate(known)
    return frozenset({entry_hash(entry), content_hash(whole)})


_BESIDE_THE_QUESTION = ("key", "number", "sources", "weight", "evidence_required", "from", "locked")


def with_parameters(checklist: model.Checklist, values: Mapping[str, CityNumber]) -> model.Checklist:
    """Give the edition a city uses: its own numbers for the parameters it sets, in place of value and phases.

    Raises:
        ProblemsFound: with these numbers the edition no longer makes sense, such as a ladder out of order.
    """
    adapted = with_city_numbers(checklist, values)
    problems = check(adapted, {}, Source(checklist.key).place)
    if problems:
        raise ProblemsFound(problems, subject=checklist.key)
    return adapted


def with_city_numbers(checklist: model.Checklist, values: Mapping[str, CityNumber]) -> model.Checklist:
    """Put a city's numbers in, whatever comes of it."""
    return replace(checklist, parameters=tuple(_adapted(entry, values) for entry in checklist.parameters))


def _adapted(entry: model.Parameter, values: Mapping[str, CityNumber]) -> model.Parameter:
    own = values.get(entry.key)
    return entry if own is None else replace(entry, value=own.value, phases=own.phases)


def _checklist(checklist: model.Checklist) -> Data:
    category = checklist.category
    until = checklist.effective_until
    return filled(
        format=FORMAT,
        key=checklist.key,
        edition=checklist.edition,
        title=text_data(checklist.title),
        category=filled(
            key=category.key,
            text=text_data(category.text),
            code=category.code,
            subject=_unless(category.subject, model.Subject.SITE),
        ),
        official=flag_data(checklist.official),
        effective_from=checklist.effective_from.isoformat(),
        effective_until=until.isoformat() if until else None,
        notice=text_data(checklist.notice),
        scoring=_scoring(checklist),
        parameters=[_parameter(entry) for entry in checklist.parameters],
        sources=[
            filled(key=source.key, title=text_data(source.title), number=source.number) for source in checklist.sources
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
    return filled(
        not_applicable=rules.na_policy.value,
        not_applicable_share=None if rules.na_share == 100 else quantity_data(rules.na_share),
        not_applicable_at_most=quantity_data(rules.na_at_most),
        group_not_applicable=_unless(rules.empty_group, when.MET),
        star_not_applicable=_unless(rules.absent_star, when.MET),
        rounding=None if rounding is None else {"places": str(rounding.places), "mode": rounding.mode.value},
        out_of=_number(rules.out_of),
        columns=[filled(key=one.key, text=text_data(one.text), weight=plain(one.weight)) for one in rules.columns],
        grades=[_grade(grade) for grade in checklist.grades],
    )


def _overlay(overlay: model.Overlay | None) -> Data:
    if overlay is None:
        return None
    return filled(extends=overlay.extends, districts=list(overlay.districts), added=list(overlay.added))


def _parameter(entry: model.Parameter) -> Data:
    return filled(
        key=entry.key,
        text=text_data(entry.text),
        unit=text_data(entry.unit),
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


def _grade(grade: model.Grade) -> Data:
    return filled(
        key=grade.key,
        text=text_data(grade.text),
        total_at_least=quantity_data(grade.total_at_least),
        groups_at_least=quantity_data(grade.groups_at_least),
        group_exceptions={key: quantity_data(value) for key, value in grade.group_exceptions},
        items_at_least={key: quantity_data(value) for key, value in grade.items_at_least},
    )


def _fact(fact: conditions.Fact) -> Data:
    options: list[Data] = [filled(key=option.key, text=text_data(option.text)) for option in fact.options]
    return filled(
        key=fact.key,
        text=text_data(fact.text),
        ask=fact.kind.value,
        unit=text_data(fact.unit),
        options=options,
        formula=None if fact.formula is None else formula_text(fact.formula),
    )


def _group(group: model.Group) -> Data:
    return filled(
        key=group.key,
        number=group.number,
        text=text_data(group.text),
        items=[_item(item) for item in group.items],
        groups=[_group(inner) for inner in group.groups],
        cap=_number(group.cap),
        weight=_number(group.weight),
        applies=condition_data(group.applies),
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
    return {**group, "cap": plain(bonus.cap), "counts_for_pass": flag_data(bonus.counts_for_pass)}


def _item(item: model.Item) -> Data:
    return filled(
        key=item.key,
        number=item.number,
        text=text_data(item.text),
        full=plain(item.full),
        scoring=text_data(item.scoring),
        rule=rule_data(item.rule),
        verify=[mode.value for mode in item.verify],
        evidence=text_data(item.evidence),
        guidance=text_data(item.guidance),
        sources=list(item.sources),
        applies=condition_data(item.applies),
        not_applicable=item.not_applicable.value,
        star=flag_data(item.star),
        evidence_required=_unless(item.proof, model.Proof.NEVER),
        weight=_number(item.weight),
        locked=_raised(item.locked),
        **_from(item.ancestors),
    )


def _from(ancestors: tuple[model.Ancestor, ...]) -> dict[str, Data]:
    return {"from": [{"key": one.key, "relation": one.relation.value} for one in ancestors]}


def _gate(gate: model.Gate) -> Data:
    return filled(
        key=gate.key,
        number=gate.number,
        text=text_data(gate.text),
        verify=[mode.value for mode in gate.verify],
        evidence=text_data(gate.evidence),
        guidance=text_data(gate.guidance),
        sources=list(gate.sources),
        applies=condition_data(gate.applies),
        evidence_required=_unless(gate.proof, model.Proof.NEVER),
        **_from(gate.ancestors),
    )
