"""One line on how the answer of an item is typed into its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wufei_cells.domain.checklists import Gate, NotApplicable
from wufei_cells.domain.rules import Calculated, Change, Count, Levels, Measured, Share, Ticks, YesNo

if TYPE_CHECKING:
    from ui.widgets.answer_editor import Marking
    from wufei_cells.domain.checklists import Item
    from wufei_cells.domain.rules import Level, Measure, Outcome, Rule
    from wufei_cells.domain.text import Text


def hint(entry: Gate | Item, marking: Marking) -> str:
    """Say what can be typed, with the words of the item."""
    if isinstance(entry, Gate):
        return marking.tr("desk.grid.hint_gate")
    told = _of_rule(entry.rule, marking)
    if entry.not_applicable is NotApplicable.NEVER:
        return told
    return f"{told}{marking.tr('desk.grid.hint_gap')}{marking.tr('desk.grid.hint_aside')}"


def _of_rule(rule: Rule, marking: Marking) -> str:
    gap = marking.tr("desk.grid.hint_gap")
    match rule:
        case YesNo():
            words = marking.tr("desk.grid.hint_yes"), marking.tr("desk.grid.hint_no")
            return gap.join(
                f"{word} {_worth(end, marking)}" for word, end in zip(words, (rule.yes, rule.no), strict=True)
            )
        case Levels():
            return gap.join(f"{place} {_of_level(level, marking)}" for place, level in enumerate(rule.levels, 1))
        case Measured():
            return _of_measure(rule.measure, marking)
        case _:
            names = _listed([part.text for part in rule.parts], marking)
            return marking.tr("desk.grid.hint_parts", names=names)


def _of_level(level: Level, marking: Marking) -> str:
    name = marking.text(level.text)
    if level.lowest is None:
        return f"{name} {_worth(level.outcome, marking)}"
    lowest, highest = marking.bare(level.lowest), marking.bare(level.outcome.points)
    return marking.tr("desk.grid.hint_range", name=name, lowest=lowest, highest=highest)


def _worth(outcome: Outcome, marking: Marking) -> str:
    return marking.points(outcome.points)


def _of_measure(measure: Measure, marking: Marking) -> str:
    text = marking.text
    match measure:
        case Share():
            return marking.tr("desk.grid.hint_share", part=text(measure.part), whole=text(measure.whole))
        case Change():
            return marking.tr("desk.grid.hint_change", before=text(measure.before), after=text(measure.after))
        case Ticks():
            options = [f"{place} {text(option.text)}" for place, option in enumerate(measure.options, 1)]
            return marking.tr("desk.grid.hint_ticks", options=marking.tr("desk.grid.hint_gap").join(options))
        case Calculated():
            return marking.tr("desk.grid.hint_inputs", names=_listed([entry.text for entry in measure.inputs], marking))
        case _:
            key = "desk.grid.hint_count" if isinstance(measure, Count) else "desk.grid.hint_amount"
            unit = text(measure.unit)
            told = marking.tr("desk.grid.hint_unit", unit=unit) if unit else ""
            return marking.tr(key, name=text(measure.text), unit=told)


def _listed(texts: list[Text], marking: Marking) -> str:
    return "; ".join(marking.text(text) for text in texts)
