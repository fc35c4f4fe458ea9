"""The words of forms: sentences by key, and texts of one edition, in one language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from wufei_cells.checklists.rule_document import condition_data
from wufei_cells.documents.change_values import ChangeValues
from wufei_cells.documents.dates import say_date
from wufei_cells.documents.punctuation import STRAIGHT
from wufei_cells.domain.amounts import exact
from wufei_cells.domain.checklists import Group, Item
from wufei_cells.domain.conditions import AllOf, AnyOf
from wufei_cells.domain.numbers_in_text import texts_in
from wufei_cells.domain.rules import Quantity
from wufei_cells.scoring.circumstances import Circumstances

if TYPE_CHECKING:
    from datetime import date

    from wufei_cells.documents.form_data import FormData
    from wufei_cells.domain.checklists import Gate
    from wufei_cells.domain.conditions import Condition
    from wufei_cells.domain.text import Language, Text
    from wufei_cells.wording import Wording

HASH_DIGITS = 12


class FormWords:
    """Everything that a form says of one edition, and what applies under the facts that are known."""

    def __init__(self, data: FormData, wording: Wording) -> None:
        self.data = data
        self.wording = wording
        self.language: Language = "en" if wording.language == "en" else "zh"
        self.circumstances = Circumstances(data.checklist, data.facts, data.on)
        self._text = texts_in(self.language, data.checklist, data.on)
        self._values = ChangeValues(data.checklist, wording)

    def say(self, key: str, /, **values: object) -> str:
        """Give a sentence of this area by the last part of its key."""
        return self.plain(self.wording.say(f"form.{key}", **values))

    def plain(self, text: str) -> str:
        """Give a text as this paper writes it: Chinese quotation marks are too wide for English words."""
        return text if self.language == "zh" else text.translate(STRAIGHT)

    def text(self, text: Text) -> str:
        """Give a text of the edition, with the numbers in force put in."""
        return self.plain(self._text(text))

    def number(self, quantity: Quantity) -> str:
        """Write a number, or the value of the parameter it names, without loss."""
        return exact(self.circumstances.numbers.value(quantity)).replace("-", "−")

    def day(self, day: date) -> str:
        """Write a date."""
        return say_date(self.wording, day)

    def moment(self, moment: datetime) -> str:
        """Write a time by the clock of the paper; one without a zone stays as it is."""
        filled = self.data.filled
        local = moment.astimezone(filled.zone) if filled and moment.tzinfo else moment
        return f"{local:%Y-%m-%d %H:%M}"

    def condition(self, condition: Condition) -> str:
        """Say on which facts something rests."""
        told = self.plain(self._values.condition(condition_data(condition)))
        return told[1:-1] if isinstance(condition, AllOf | AnyOf) else told  # brackets around the whole say nothing

    def verify(self, entry: Item | Gate) -> str:
        """Say how an entry is checked, a way on each line."""
        return "\n".join(self.say(f"verify_{way.value}") for way in entry.verify)

    def group(self, group: Group) -> str:
        """Give number and name of a group."""
        return f"{group.number} {self.text(group.text)}"

    def numbers_of(self, key: str) -> str:
        """Give the printed number of an entry by its key; the site as a whole has none."""
        entry = self.data.checklist.entry(key)
        return entry.number if entry else key or self.say("whole_site")

    @property
    def title(self) -> str:
        """The title of the paper."""
        kind = "title_blank" if self.data.filled is None else "title_filled"
        return self.say(kind, category=self.text(self.data.checklist.category.text))

    @property
    def edition(self) -> str:
        """Which edition it is."""
        of = self.data.checklist
        return self.say("edition", title=self.text(of.title), edition=of.edition, hash=self.data.edition[:HASH_DIGITS])

    def excluded(self, conditions: tuple[Condition, ...]) -> bool:
        """Whether the facts that are known say that something does not apply."""
        return any(self.circumstances.holds(condition) is False for condition in conditions)
