"""Name the rules in force that a reader could not see from the numbers: what indicator systems leave open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wufei_cells.domain.amounts import exact, plain, printed
from wufei_cells.domain.checklists import Checklist, NaPolicy, WhenAbsent
from wufei_cells.domain.text import Language
from wufei_cells.scoring.numbers import Numbers
from wufei_cells.wording import Wording


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """One rule, as a sentence; the code says which."""

    code: str
    sentence: str


def rules_in_force(checklist: Checklist, wording: Wording, *, on: date | None = None) -> tuple[RuleInForce, ...]:
    """List the rules of a whole checklist as sentences, for score sheets and explanations.

    Args:
        checklist: the edition.
        wording: the reader's language.
        on: the day whose numbers hold.
    """
    return tuple(RuleInForce(code, wording.say(code, **slots)) for code, slots in _rules(checklist, wording, on))


def _rules(checklist: Checklist, wording: Wording, on: date | None) -> Iterator[tuple[str, dict[str, str]]]:
    rules = checklist.scoring
    numbers = Numbers(checklist.parameters, on)
    full = printed(checklist.full)
    share = exact(numbers.value(rules.na_share)) if rules.na_policy is NaPolicy.SHARE else ""
    yield f"explain.policy_{rules.na_policy.value}", {"full": full, "share": share}
    if rules.na_at_most is not None:
        yield "explain.na_at_most", {"limit": exact(numbers.value(rules.na_at_most))}
    if any(grade.groups_at_least is not None or grade.group_exceptions for grade in checklist.grades):
        met = rules.empty_group is WhenAbsent.MET
        yield "explain.empty_group_met" if met else "explain.empty_group_failed", {}
    if any(item.star for item in checklist.items()):
        met = rules.absent_star is WhenAbsent.MET
        yield "explain.absent_star_met" if met else "explain.absent_star_failed", {}
    if rules.rounding is None:
        yield "explain.rounding_none", {}
    else:
        yield f"explain.rounding_{rules.rounding.mode.value}", {"places": str(rules.rounding.places)}
    yield from _totals(checklist, wording, full)


def _totals(checklist: Checklist, wording: Wording, full: str) -> Iterator[tuple[str, dict[str, str]]]:
    rules = checklist.scoring
    if rules.out_of is not None:
        kept = rules.na_policy is NaPolicy.SCALE_THRESHOLDS  # points stay as they are, the marks to reach change
        yield "explain.out_of_marks" if kept else "explain.out_of", {"full": full, "sum": plain(checklist.groups_full)}
    if checklist.bonus:
        counts = checklist.bonus.counts_for_pass
        code = "explain.bonus_counts" if counts else "explain.bonus_does_not_count"
        yield code, {"cap": printed(checklist.bonus.cap)}
    if checklist.deductions:
        yield "explain.deductions_count", {"cap": printed(checklist.deductions.cap)}
    if rules.columns:
        language: Language = "en" if wording.language == "en" else "zh"
        named = [f"{one.text.in_language(language)} {plain(one.weight)}" for one in rules.columns]
        yield "explain.columns", {"listed": wording.say("explain.list_separator").join(named)}
