"""Read a checklist edition from a file or from its stored document, with all problems at once."""

from __future__ import annotations

import json
from decimal import Decimal

from wufei_cells.checklists.checking import check
from wufei_cells.checklists.document import FORMAT
from wufei_cells.checklists.entry_reading import EntryReader
from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.list_reading import ListReader
from wufei_cells.checklists.rule_reading import RuleReader
from wufei_cells.checklists.scoring_reading import ScoringReader
from wufei_cells.checklists.yaml_source import Data, Path, Source, parse_yaml
from wufei_cells.domain import checklists as model
from wufei_cells.domain.text import Text
from wufei_cells.errors import Problem, ProblemsFound


def read_checklist(content: bytes, name: str) -> model.Checklist:
    """Read an edition from a YAML or JSON file.

    Raises:
        ProblemsFound: every problem of form and of sense, each with its place.
    """
    return read_source(parse_yaml(content, name))


def checklist_problems(content: bytes, name: str) -> tuple[Problem, ...]:
    """List everything wrong with a checklist file; nothing when it is sound."""
    try:
        read_checklist(content, name)
    except ProblemsFound as found:
        return found.problems
    return ()


def read_document(document: str) -> model.Checklist:
    """Read an edition from its canonical document, as the store keeps it.

    It made sense when it was published, and stays readable when later checks ask for more.
    """
    reading = Reading(Source("document", json.loads(document)))
    checklist = _ChecklistReader(reading).checklist(reading.source.data)
    if reading.problems:
        raise ProblemsFound(reading.problems, subject="document")
    return checklist


def read_source(source: Source) -> model.Checklist:
    """Read an edition from plain data that knows where it stood.

    Raises:
        ProblemsFound: every problem of form and of sense, each with its place.
    """
    reading = Reading(source)
    reader = _ChecklistReader(reading)
    checklist = reader.checklist(source.data)
    problems = [*reading.problems, *check(checklist, reader.stated_totals, source.place, frozenset(reading.unread))]
    if problems:
        raise ProblemsFound(source.in_order(problems), subject=source.name)
    return checklist


class _ChecklistReader:
    """Reads the parts of one checklist, and keeps the totals the file states for the check against the items."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.rules = RuleReader(reading)
        self.entries = EntryReader(reading, self.rules)
        self.scoring = ScoringReader(reading)
        self.lists = ListReader(reading, self.rules)

    @property
    def stated_totals(self) -> dict[Path, Decimal]:
        return self.entries.stated_totals

    def checklist(self, data: Data) -> model.Checklist:
        fields = Fields(self.reading, data, ())
        if fields.string("format", FORMAT) != FORMAT:
            self.reading.problem(("format",), "checklist.format", expected=FORMAT)
        self.entries.note_total(fields)
        scoring = fields.fields("scoring")
        checklist = model.Checklist(
            key=fields.key(),
            edition=fields.string("edition"),
            title=fields.text("title"),
            category=fields.get("category", self._category),
            official=fields.flag("official", default=False),
            effective_from=fields.get("effective_from", self.reading.day),
            effective_until=fields.maybe("effective_until", self.reading.day),
            scoring=self.scoring.rules(scoring),
            grades=scoring.each("grades", self.scoring.grade, required=True),
            groups=fields.each("groups", self.entries.group, required=True),
            gates=fields.each("gates", self.entries.gate),
            bonus=fields.maybe("bonus", self.entries.bonus),
            deductions=fields.maybe("deductions", self.entries.deductions),
            facts=fields.each("facts", self.lists.fact),
            parameters=fields.each("parameters", self.lists.parameter),
            sources=fields.each("sources", self.lists.source),
            notice=fields.text("notice", Text("")),
            overlay=fields.maybe("overlay", self._overlay),
        )
        scoring.finish()
        fields.finish()
        return checklist

    def _category(self, data: Data, path: Path) -> model.Category:
        fields = Fields(self.reading, data, path)
        subject = fields.choice("subject", model.Subject, model.Subject.SITE)
        category = model.Category(fields.key(), fields.text("text"), fields.key("code"), subject)
        fields.finish()
        return category

    def _overlay(self, data: Data, path: Path) -> model.Overlay:
        fields = Fields(self.reading, data, path)
        overlay = model.Overlay(
            fields.string("extends"),
            fields.each("districts", self.reading.key, required=True),
            fields.each("added", self.reading.key),
        )
        fields.finish()
        return overlay
