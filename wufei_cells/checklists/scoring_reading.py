"""Read the rules of the whole: what indicator systems leave open, and the levels."""

from __future__ import annotations

from decimal import Decimal

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain import checklists as model

MOST_PLACES = 4


class ScoringReader:
    """Reads the ``scoring`` section of one source."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def rules(self, fields: Fields) -> model.ScoringRules:
        """Read everything but the levels."""
        quantity = self.reading.quantity
        when = model.WhenAbsent
        return model.ScoringRules(
            na_policy=fields.choice("not_applicable", model.NaPolicy),
            na_share=fields.get("not_applicable_share", quantity, Decimal(100)),
            na_at_most=fields.maybe("not_applicable_at_most", quantity),
            empty_group=fields.choice("group_not_applicable", when, when.MET),
            absent_star=fields.choice("star_not_applicable", when, when.MET),
            rounding=fields.maybe("rounding", self._rounding),
            out_of=fields.maybe("out_of", self.reading.number),
            columns=fields.each("columns", self._column),
        )

    def grade(self, data: Data, path: Path) -> model.Grade:
        """Read one level."""
        fields = Fields(self.reading, data, path)
        quantity = self.reading.quantity
        exceptions = fields.fields("group_exceptions")
        items = fields.fields("items_at_least")
        grade = model.Grade(
            key=fields.key(),
            text=fields.text("text"),
            total_at_least=fields.get("total_at_least", quantity),
            groups_at_least=fields.maybe("groups_at_least", quantity),
            group_exceptions=tuple((name, exceptions.get(name, quantity)) for name in sorted(exceptions.data)),
            items_at_least=tuple((name, items.get(name, quantity)) for name in sorted(items.data)),
        )
        fields.finish()
        return grade

    def _rounding(self, data: Data, path: Path) -> model.Rounding:
        fields = Fields(self.reading, data, path)
        places = fields.whole("places")
        if places is None and "places" not in fields:
            self.reading.problem(fields.at("places"), "field.missing", field="places")
        if places is not None and places > MOST_PLACES:
            self.reading.problem(fields.at("places"), "scoring.too_many_places", found=places, limit=MOST_PLACES)
        mode = fields.choice("mode", model.RoundingMode, model.RoundingMode.HALF_UP)
        fields.finish()
        return model.Rounding(min(places or 0, MOST_PLACES), mode)

    def _column(self, data: Data, path: Path) -> model.ScoreColumn:
        fields = Fields(self.reading, data, path)
        column = model.ScoreColumn(fields.key(), fields.text("text"), fields.number("weight"))
        fields.finish()
        return column
