"""Charts about the work itself: which items cost points, and who scores strictly. Pure, for window and documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wufei_cells.charts.bars import BarRow, Bars
from wufei_cells.charts.figures import Figure, Series
from wufei_cells.charts.marks import Tone
from wufei_cells.charts.ranges import RangeRow, Ranges, RangeWords
from wufei_cells.domain.amounts import printed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from wufei_cells.domain.register import EditionId
    from wufei_cells.domain.text import Text
    from wufei_cells.services.board_words import BoardWords
    from wufei_cells.services.item_costs import EditionCosts, ItemCost
    from wufei_cells.services.strictness import Strictness

TOP = 12
"""Items that are shown."""
NOTICED = 10
"""Percent of full marks from which on a difference stands out."""


@dataclass(frozen=True, slots=True)
class LostAt:
    """What a figure of the costly items counts."""

    category: str
    district: str | None
    edition: EditionId
    item: str
    """Its key."""
    number: str
    text: Text


def costly_items(costs: EditionCosts, place: tuple[str, str | None], words: BoardWords) -> Bars:
    """Show the items of an edition that cost the most points, in a category and a district (``None``: in all)."""
    say, shown = words.say, costs.top(TOP)
    compared = any(item.lost_share_before is not None for item in shown)
    heads = ("judged", "share", *(("before",) if compared else ()))
    return Bars(
        title=say("items.title"),
        said=say("items.said", sites=costs.sites, count=len(shown), edition=costs.edition.edition),
        head=say("items.head"),
        series=(Series(say("items.lost"), Tone.ATTENTION),),
        rows=tuple(_item_row(item, _lost_at(item, costs, place), words, compared=compared) for item in shown),
        figure_heads=tuple(say(f"items.{head}") for head in heads),
    )


def strictness_ranges(found: Sequence[Strictness], words: BoardWords) -> Ranges:
    """Show how far each person's points differ from the others', by whatever names they are given."""
    say = words.say
    names = ("name", "value", "low", "high", "count", "below", "above")
    return Ranges(
        title=say("strict.title"),
        said=say("strict.said", count=len(found)),
        words=RangeWords(**{name: say(f"strict.{name}") for name in names}),
        rows=tuple(_person_row(one, words) for one in found),
        text_head=say("strict.text_head"),
    )


def _lost_at(item: ItemCost, costs: EditionCosts, place: tuple[str, str | None]) -> LostAt:
    entry = item.statistics.entry
    return LostAt(*place, costs.edition.id, entry.key, entry.number, entry.text)


def _item_row(item: ItemCost, key: LostAt, words: BoardWords, *, compared: bool) -> BarRow:
    one, before = item.statistics, item.lost_share_before
    name = words.say("items.name", number=one.entry.number, text=words.text(one.entry.text))
    lost, share = printed(one.lost), percent(item.lost_share)
    said = words.say("items.row", name=name, judged=one.judged, lost=lost, share=share)
    if before is not None:
        said = words.say("items.row_before", said=said, before=percent(before))
    last = ("–" if before is None else percent(before),) if compared else ()
    return BarRow(
        name=name,
        parts=(Figure(float(one.lost), said, key),),
        said=said,
        key=key,
        figures=(str(one.judged), share, *last),
    )


def _person_row(one: Strictness, words: BoardWords) -> RangeRow:
    value = float(one.deviation * 100)
    key = "strict.row_below" if one.deviation < 0 else "strict.row_above" if one.deviation else "strict.row_even"
    shown = percent(abs(one.deviation))
    said = words.say(key, who=one.who, share=shown, answers=one.answers, items=one.items)
    sign = "−" if one.deviation < 0 else "+" if one.deviation else ""
    text = words.say("strict.text", value=f"{sign}{shown}", count=one.answers)
    return RangeRow(one.who, value, said, text=text, count=one.answers, noticed=abs(value) >= NOTICED)


def percent(share: Fraction) -> str:
    """Write a share with at most one decimal, cut off."""
    tenths = abs(share.numerator) * 1000 // share.denominator
    return f"{tenths / 10:.1f}".removesuffix(".0") + "%"
