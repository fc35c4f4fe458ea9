"""Read what is answered: groups, items, gates, bonus, deductions."""

from __future__ import annotations

from decimal import Decimal

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.rule_reading import RuleReader
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain import checklists as model
from wufei_cells.domain.text import Text


class EntryReader:
    """Reads the tree of one source, and keeps the totals it states for the check against the items."""

    def __init__(self, reading: Reading, rules: RuleReader) -> None:
        self.reading = reading
        self.rules = rules
        self.stated_totals: dict[Path, Decimal] = {}

    def note_total(self, fields: Fields) -> None:
        """Keep what the source says the full marks are."""
        stated = fields.maybe("full", self.reading.number)
        if stated is not None:
            self.stated_totals[fields.path] = stated

    def group(self, data: Data, path: Path) -> model.Group:
        """Read a group with everything in it."""
        fields = Fields(self.reading, data, path)
        self.note_total(fields)
        key = fields.key()
        group = model.Group(
            key=key,
            number=fields.string("number", key),
            text=fields.text("text"),
            items=fields.each("items", self.item),
            groups=fields.each("groups", self.group),
            cap=fields.maybe("cap", self.reading.number),
            weight=fields.maybe("weight", self.reading.number),
            applies=fields.maybe("applies", self.rules.condition),
            locked=fields.flag("locked", default=False),
        )
        fields.finish()
        return group

    def bonus(self, data: Data, path: Path) -> model.Bonus:
        """Read the items on top of full marks."""
        fields = Fields(self.reading, data, path)
        group = self._extra(fields)
        bonus = model.Bonus(group, fields.number("cap"), fields.flag("counts_for_pass", default=False))
        fields.finish()
        return bonus

    def deductions(self, data: Data, path: Path) -> model.Deductions:
        """Read the items that take points off."""
        fields = Fields(self.reading, data, path)
        deductions = model.Deductions(self._extra(fields), fields.number("cap"))
        fields.finish()
        return deductions

    def _extra(self, fields: Fields) -> model.Group:
        key = fields.key()
        return model.Group(
            key=key,
            number=fields.string("number", key),
            text=fields.text("text"),
            items=fields.each("items", self.item),
            groups=fields.each("groups", self.group),
            locked=fields.flag("locked", default=False),
        )

    def item(self, data: Data, path: Path) -> model.Item:
        """Read a scored item."""
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
            weight=fields.maybe("weight", self.reading.number),
            ancestors=fields.each("from", self._ancestor),
            proof=self._proof(fields),
            locked=fields.flag("locked", default=False),
        )
        fields.finish()
        return item

    def gate(self, data: Data, path: Path) -> model.Gate:
        """Read a condition without points."""
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
            ancestors=fields.each("from", self._ancestor),
            proof=self._proof(fields),
        )
        fields.finish()
        return gate

    def _proof(self, fields: Fields) -> model.Proof:
        return fields.choice("evidence_required", model.Proof, model.Proof.NEVER)

    def _ancestor(self, data: Data, path: Path) -> model.Ancestor:
        fields = Fields(self.reading, data, path)
        ancestor = model.Ancestor(fields.key(), fields.choice("relation", model.Relation, model.Relation.SAME))
        fields.finish()
        return ancestor

    def _verify(self, fields: Fields) -> tuple[model.Verify, ...]:
        def one(data: Data, path: Path) -> model.Verify:
            if isinstance(data, str) and data in set(model.Verify):
                return model.Verify(data)
            self.reading.problem(path, "field.not_choice", found=str(data)[:40], allowed=", ".join(model.Verify))
            return model.Verify.DOCUMENT

        return fields.each("verify", one, required=True)
