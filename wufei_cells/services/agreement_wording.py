"""Say who is strict and how far people agree, each number with the count behind it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from wufei_cells.domain.text import Text
from wufei_cells.scoring.rater_agreement import Coefficient
from wufei_cells.services import calibration_wording
from wufei_cells.services.calibration_report import Calibration
from wufei_cells.services.rating_together import ItemAgreement, PairAgreement
from wufei_cells.wording import Wording

SHOWN = 8
"""How many of the items that split people most are listed."""


def told(found: Calibration, category: Text, wording: Wording) -> tuple[str, ...]:
    """Say the calibration of one category."""
    lines = [wording.say("calibration.head", category=category)]
    return (*lines, *calibration_wording.told(found.strictness, wording), *agreement(found, wording))


def agreement(found: Calibration, wording: Wording) -> Iterator[str]:
    """Say how far people agree who scored the same sites alone."""
    together = found.together
    if not together.entries:
        yield wording.say("calibration.none_together")
        return
    counts = {"sites": together.sites, "entries": together.entries, "same": together.same}
    yield wording.say("calibration.overall", value=in_words(together.overall, wording), **counts)
    for pair in together.pairs:
        yield _pair(pair, wording)
    splitting = [item for item in together.items if item.same < item.sites][:SHOWN]
    if splitting:
        yield wording.say("calibration.items")
    for item in splitting:
        yield _item(item, wording)


def _pair(pair: PairAgreement, wording: Wording) -> str:
    counts = {"sites": pair.sites, "entries": pair.entries, "same": pair.same}
    points, totals = in_words(pair.points, wording), in_words(pair.totals, wording)
    return wording.say("calibration.pair", people=pair.people, points=points, totals=totals, **counts)


def _item(item: ItemAgreement, wording: Wording) -> str:
    method = wording.say(f"calibration.method_{item.method.value}")
    value = in_words(item.beyond_chance, wording)
    names = {"number": item.entry.number, "text": item.entry.text, "method": method, "value": value}
    return wording.say("calibration.item", sites=item.sites, same=item.same, **names)


def in_words(found: Coefficient, wording: Wording) -> str:
    """Say a coefficient with the count behind it, or that there is too little for one."""
    if found.few:
        return wording.say("calibration.few", count=found.count, fewest=found.fewest)
    if found.value is None:
        return wording.say("calibration.no_difference", count=found.count)
    return wording.say("calibration.value", value=_two_digits(found.value), count=found.count)


def _two_digits(value: Fraction) -> str:
    return f"{float(round(value, 2)):.2f}"  # a fraction knows no nought below nothing
