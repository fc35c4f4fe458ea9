"""Read what stands in lists beside the tree: facts, parameters, sources."""

from __future__ import annotations

from wufei_cells.checklists.fields import Fields, Reading
from wufei_cells.checklists.rule_reading import RuleReader
from wufei_cells.checklists.yaml_source import Data, Path
from wufei_cells.domain.checklists import Parameter, Source
from wufei_cells.domain.conditions import Fact, FactKind, FactOption
from wufei_cells.domain.text import Text


class ListReader:
    """Reads the rows of lists of one source."""

    def __init__(self, reading: Reading, rules: RuleReader) -> None:
        self.reading = reading
        self.rules = rules

    def fact(self, data: Data, path: Path) -> Fact:
        """Read something about a site that decides what applies."""
        fields = Fields(self.reading, data, path)
        fact = Fact(
            key=fields.key(),
            text=fields.text("text"),
            kind=fields.choice("ask", FactKind),
            unit=fields.text("unit", Text("")),
            options=fields.each("options", self._fact_option),
            formula=fields.maybe("formula", self.rules.formula),
        )
        fields.finish()
        return fact

    def _fact_option(self, data: Data, path: Path) -> FactOption:
        fields = Fields(self.reading, data, path)
        option = FactOption(fields.key(), fields.text("text"))
        fields.finish()
        return option

    def parameter(self, data: Data, path: Path) -> Parameter:
        """Read a named number."""
        fields = Fields(self.reading, data, path)
        parameter = Parameter(
            fields.key(),
            fields.text("text"),
            fields.text("unit", Text("")),
            fields.number("value"),
            fields.each("phases", self.reading.phase),
        )
        fields.finish()
        return parameter

    def source(self, data: Data, path: Path) -> Source:
        """Read a document that items rest on."""
        fields = Fields(self.reading, data, path)
        source = Source(fields.key(), fields.text("title"), fields.string("number", ""))
        fields.finish()
        return source
