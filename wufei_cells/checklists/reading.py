"""Read a checklist edition from a file or from its stored document, with all problems at once."""

from __future__ import annotations

import json
from decimal import Decimal

from wufei_cells.checklists.checking import check
from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.rule_reading import RuleReader
from wufei_cells.checklists.yaml_source import Data, Path, Source, parse_yaml
from wufei_cells.domain import checklists as model
from wufei_cells.domain.conditions import Fact, FactKind, FactOption
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem, ProblemsFound

FORMAT = "wufei-checklist/1"


def read_checklist(content: bytes, name: str) -> model.Checklist:
    """Read an edition from a YAML or JSON file.

    Raises:
        ProblemsFound: every problem of form and of sense, each with its place.
    """
    return _read(parse_yaml(content, name))


def checklist_problems(content: bytes, name: str) -> tuple[Problem, ...]:
    """List everything wrong with a checklist file; nothing when it is sound."""
    try:
        read_checklist(content, name)
    except ProblemsFound as found:
        return found.problems
    return ()


def read_document(document: str) -> model.Checklist:
    """Read an edition from its canonical document, as the store keeps it."""
    return _read(Source("document", json.loads(document)))


def _read(source: Source) -> model.Checklist:
    reading = Reading(source)
    reader = _ChecklistReader(reading)
    checklist = reader.checklist(source.data)
    problems = reading.problems or check(checklist, reader.stated_totals, source.place)
    if problems:
        raise ProblemsFound(source.in_order(problems), subject=source.name)
    return checklist


class _ChecklistReader:
    """Reads the parts of one checklist, and keeps the totals the file states for the check against the items."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rules = RuleReader(reading)
        self.stated_totals: dict[Path, Decimal] = {}

    def checklist(self, data: Data) -> model.Checklist:
        fields = Fields(self.reading, data, ())
        if fields.string("format", FORMAT) != FORMAT:
            self.reading.problem(("format",), "checklist.format", expected=FORMAT)
        self._note_total(fields)
        scoring = Fields(self.reading, fields.get("scoring", _as_it_is, {}), fields.at("scoring"))
        checklist = model.Checklist(
            key=fields.key(),
            edition=fields.string("edition"),
            title=fields.text("title"),
            category=fields.get("category", self._category),
            official=fields.flag("official", default=False),
            effective_from=fields.get("effective_from", self.reading.day),
            na_policy=scoring.choice("not_applicable", model.NaPolicy),
            grades=scoring.each("grades", self._grade, required=True),
            groups=fields.each("groups", self._group, required=True),
            gates=fields.each("gates", self._gate),
            bonus=fields.maybe("bonus", self._bonus),
            facts=fields.each("facts", self._fact),
            parameters=fields.each("parameters", self._parameter),
            sources=fields.each("sources", self._source),
            notice=fields.text("notice", Text("")),
        )
        scoring.finish()
        fields.finish()
        return checklist

    def _note_total(self, fields: Fields) -> None:
        stated = fields.maybe("full", self.reading.number)
        if stated is not None:
            self.stated_totals[fields.path] = stated

    def _category(self, data: Data, path: Path) -> model.Category:
        fields = Fields(self.reading, data, path)
        category = model.Category(fields.key(), fields.text("text"), fields.key("code"))
        fields.finish()
        return category

    def _grade(self, data: Data, path: Path) -> model.Grade:
        fields = Fields(self.reading, data, path)
        quantity = self.reading.quantity
        name = "group_exceptions"
        exceptions = Fields(self.reading, fields.get(name, _as_it_is, {}), fields.at(name))
        grade = model.Grade(
            key=fields.key(),
            text=fields.text("text"),
            total_at_least=fields.get("total_at_least", quantity),
            groups_at_least=fields.maybe("groups_at_least", quantity),
            group_exceptions=tuple((name, exceptions.get(name, quantity)) for name in sorted(exceptions.data)),
        )
        fields.finish()
        return grade

    def _group(self, data: Data, path: Path) -> model.Group:
        fields = Fields(self.reading, data, path)
        self._note_total(fields)
        group = self._group_in(fields)
        fields.finish()
        return group

    def _group_in(self, fields: Fields) -> model.Group:
        key = fields.key()
        return model.Group(
            key=key,
            number=fields.string("number", key),
            text=fields.text("text"),
            items=fields.each("items", self._item),
            groups=fields.each("groups", self._group),
        )

    def _bonus(self, data: Data, path: Path) -> model.Bonus:
        fields = Fields(self.reading, data, path)
        bonus = model.Bonus(self._group_in(fields), fields.number("cap"), fields.flag("counts_for_pass", default=False))
        fields.finish()
        return bonus

    def _item(self, data: Data, path: Path) -> model.Item:
        fields = Fields(self.reading, data, path)
        key = fields.key()
        item = model.Item(
            key=key,
            number=fields.string("number", key),
            text=fields.text("text"),
            full=fields.number("full"),
            rule=fields.get("rule", self.rules.rule),
            verify=self._verify(fields),
            evidence=fields.text("evidence", Text("")),
            guidance=fields.text("guidance", Text("")),
            scoring=fields.text("scoring"),
            sources=fields.each("sources", self.reading.key),
            applies=fields.maybe("applies", self.rules.condition),
            not_applicable=fields.choice("not_applicable", model.NotApplicable, model.NotApplicable.REASON),
            star=fields.flag("star", default=False),
        )
        fields.finish()
        return item

    def _gate(self, data: Data, path: Path) -> model.Gate:
        fields = Fields(self.reading, data, path)
        key = fields.key()
        gate = model.Gate(
            key=key,
            number=fields.string("number", key),
            text=fields.text("text"),
            verify=self._verify(fields),
            evidence=fields.text("evidence", Text("")),
            guidance=fields.text("guidance", Text("")),
            sources=fields.each("sources", self.reading.key),
            applies=fields.maybe("applies", self.rules.condition),
        )
        fields.finish()
        return gate

    def _verify(self, fields: Fields) -> tuple[model.Verify, ...]:
        def one(data: Data, path: Path) -> model.Verify:
            if isinstance(data, str) and data in set(model.Verify):
                return model.Verify(data)
            self.reading.problem(path, "field.not_choice", found=str(data)[:40], allowed=", ".join(model.Verify))
            return model.Verify.DOCUMENT

        return fields.each("verify", one, required=True)

    def _fact(self, data: Data, path: Path) -> Fact:
        fields = Fields(self.reading, data, path)
        fact = Fact(
            key=fields.key(),
            text=fields.text("text"),
            kind=fields.choice("ask", FactKind),
            unit=fields.text("unit", Text("")),
            options=fields.each("options", self._fact_option),
        )
        fields.finish()
        return fact

    def _fact_option(self, data: Data, path: Path) -> FactOption:
        fields = Fields(self.reading, data, path)
        option = FactOption(fields.key(), fields.text("text"))
        fields.finish()
        return option

    def _parameter(self, data: Data, path: Path) -> model.Parameter:
        fields = Fields(self.reading, data, path)
        parameter = model.Parameter(
            fields.key(), fields.text("text"), fields.text("unit", Text("")), fields.number("value")
        )
        fields.finish()
        return parameter

    def _source(self, data: Data, path: Path) -> model.Source:
        fields = Fields(self.reading, data, path)
        source = model.Source(fields.key(), fields.text("title"), fields.string("number", ""))
        fields.finish()
        return source


def _as_it_is(data: Data, _path: Path) -> Data:
    return data
