"""Say who scores strictly, in plain words, and what that cannot tell."""

from __future__ import annotations

from collections.abc import Sequence

from wufei_cells.domain.amounts import printed
from wufei_cells.services.strictness import FEWEST, Strictness
from wufei_cells.wording import Wording


def told(found: Sequence[Strictness], wording: Wording) -> tuple[str, ...]:
    """Say how each person's points differ, the strictest first, and after them what has to be kept in mind."""
    if not found:
        return (wording.say("across.calibration_few", fewest=FEWEST),)
    return (*(deviation_in_words(one, wording) for one in found), wording.say("across.calibration_caution"))


def deviation_in_words(one: Strictness, wording: Wording) -> str:
    """Say one person's difference from the others."""
    key = "strict" if one.deviation < 0 else "mild" if one.deviation else "even"
    percent = f"{printed(abs(one.deviation) * 100)}%"
    return wording.say(f"across.{key}", who=one.who, percent=percent, answers=one.answers, items=one.items)
