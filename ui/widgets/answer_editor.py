"""What every answer editor promises; one kind of editor per kind of rule fulfils it."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from wufei_cells.domain.amounts import printed
from wufei_cells.domain.checklists import Gate
from wufei_cells.domain.numbers_in_text import with_numbers
from wufei_cells.scoring.numbers import Numbers

if TYPE_CHECKING:
    from datetime import date

    from ui.i18n import I18n
    from ui.widgets.basis_panel import BasisPanel
    from wufei_cells.domain.answers import JsonValue
    from wufei_cells.domain.checklists import Checklist, Item
    from wufei_cells.domain.conditions import Condition
    from wufei_cells.domain.rules import Quantity
    from wufei_cells.domain.text import Text
    from wufei_cells.scoring.circumstances import Circumstances
    from wufei_cells.scoring.rules import Holds, RuleEvaluator
    from wufei_cells.scoring.scorecard import Explanation


LayoutT = TypeVar("LayoutT", bound=QLayout)


def no_numbers() -> Numbers:
    """Give the numbers of an edition that names none."""
    return Numbers(())


@dataclass(frozen=True, slots=True)
class Marking:
    """What an editor needs to say what a choice is worth: words, the edition's numbers, the item's full marks."""

    i18n: I18n
    numbers: Numbers = field(default_factory=no_numbers)
    full: Fraction = Fraction(0)
    checklist: Checklist | None = None
    """The edition whose numbers its texts name; without it texts are shown as they are written."""
    on: date | None = None
    holds: Holds | None = None
    """Tells which parts of a combination apply to the site; without it all do."""
    taken: bool = False
    """Whether the points are taken off the total."""
    rules: RuleEvaluator | None = None
    """Applies the rules as the assessment does; without it nothing is scored here."""

    def tr(self, key: str, **values: object) -> str:
        """Give a sentence in the language of the window."""
        return self.i18n.tr(key, **values)

    def text(self, text: Text) -> str:
        """Give a checklist's text in the language of the window, with the numbers it names."""
        return self.i18n.text(text if self.checklist is None else with_numbers(text, self.checklist, self.on))

    def applies(self, condition: Condition | None) -> bool:
        """Tell whether something applies, as far as that is known."""
        return condition is None or self.holds is None or self.holds(condition) is not False

    def bare(self, quantity: Quantity) -> str:
        """Write a quantity without a unit."""
        return printed(self.numbers.value(quantity))

    def points(self, quantity: Quantity) -> str:
        """Say how many points a quantity stands for."""
        return self.worth(self.bare(quantity))

    def worth(self, points: str) -> str:
        """Say that so many points are given, or taken."""
        if self.taken:
            return self.tr("desk.nothing_taken") if points == "0" else self.tr("desk.points_taken", points=points)
        return self.tr("desk.points", points=points)


def marking_of(
    i18n: I18n, entry: Gate | Item, checklist: Checklist, circumstances: Circumstances, on: date, *, taken: bool
) -> Marking:
    """Give what an editor needs for one entry of an assessment."""
    full = Fraction(0) if isinstance(entry, Gate) else Fraction(entry.full)
    rules = circumstances.rules
    return Marking(i18n, circumstances.numbers, full, checklist, on, circumstances.holds, taken, rules)


class AnswerEditor(QWidget):
    """Edits the value of one rule; never judges it, never computes with it.

    Signals:
        answer_edited: the value changed; ``True`` while text is being typed, ``False`` for a choice or finished text.
    """

    answer_edited = Signal(bool)
    _marking: Marking
    basis_panel: BasisPanel | None = None
    """Takes what the answer rests on, where that is asked for."""

    # --- public: what each kind of editor fulfils

    def value(self) -> JsonValue:
        """Give the value in the shape that the rule asks for; ``None`` while nothing was given."""
        raise NotImplementedError

    def set_value(self, value: JsonValue) -> None:
        """Show a stored value without announcing it as an edit."""
        raise NotImplementedError

    def complete(self) -> bool:
        """Tell whether nothing more has to be filled in."""
        return self.value() is not None

    def choose(self, position: int) -> bool:
        """Act on a digit key; tells whether there was something to do."""
        raise NotImplementedError

    def show_keys(self, shown: bool) -> None:
        """Show or hide the digits beside the choices."""

    def move_part(self, _step: int) -> bool:
        """Turn the digit keys to the next or previous part; only combinations have parts."""
        return False

    def set_read_only(self, read_only: bool) -> None:
        """Allow looking only."""
        raise NotImplementedError

    def show_problem(self, sentence: str, path: tuple[str, ...] = (), field: str = "") -> None:
        """Say what is wrong at the place where it is wrong; an empty sentence takes it back."""
        raise NotImplementedError

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Show what follows from the value (a percentage, points); ``None`` while nothing does."""

    def show_circumstances(self, marking: Marking) -> None:
        """Take over which parts apply and which numbers hold; ``retranslate`` shows the numbers."""
        self._marking = marking

    def retranslate(self) -> None:
        """Read all words again in the language of the window."""
        raise NotImplementedError

    # --- public: what the answer rests on

    def basis_panels(self) -> dict[str, BasisPanel]:
        """Give what takes the basis of each part of the answer, by dotted path; ``ask_for_basis`` puts it there."""
        return {} if self.basis_panel is None else {"": self.basis_panel}

    def current_basis(self) -> BasisPanel | None:
        """Give the one that belongs to where the digit keys go."""
        return self.basis_panel


def set_look(widget: QWidget, name: str, *, on: bool) -> None:
    """Switch a property that the style sheet looks at, and have the widget drawn anew."""
    if bool(widget.property(name)) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def tight(layout: LayoutT, spacing: int = 8) -> LayoutT:
    """Take the margins off a layout."""
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout
