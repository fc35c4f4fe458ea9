"""What is said about a drawing by lot, on paper, on screen and on the command line: reasons, filters, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from wufei_cells.documents.dates import say_date
from wufei_cells.domain.drawings import RISK_TABLE, ConflictKind, ExclusionKind, Pool, Risk
from wufei_cells.domain.lifecycle import CertificateState

if TYPE_CHECKING:
    from wufei_cells.domain.drawings import Candidate, Conflict, DrawingPlan, Exclusion, WeightReason
    from wufei_cells.wording import Wording


class DrawingWords:
    """Speaks about one list in one language."""

    def __init__(self, plan: DrawingPlan, wording: Wording) -> None:
        self.plan = plan
        self.wording = wording

    def say(self, key: str, /, **values: object) -> str:
        """Give a sentence of this area."""
        return self.wording.say(f"drawing.{key}", **values)

    def day(self, day: date | str) -> str:
        """Write a day."""
        return say_date(self.wording, date.fromisoformat(day) if isinstance(day, str) else day)

    def text(self, key: str) -> str:
        """Give a name that is kept with the list; without one, the key's last part."""
        texts: Mapping[str, str] = self.plan.texts.get(key, {})
        return texts.get(self.wording.language) or texts.get("zh") or key.rpartition(".")[2]

    def category(self, site: Candidate) -> str:
        """Name the category of a site."""
        return self.text(f"category.{site.category}")

    def district(self, site: Candidate) -> str:
        """Name the district of a site."""
        return self.text(f"district.{site.district}")

    def names(self, people: Iterable[str]) -> str:
        """List people."""
        return (", " if self.wording.language == "en" else "、").join(people)

    # --- reasons

    def weight_reasons(self, site: Candidate) -> str:
        """Say why a site weighs what it does."""
        return self._joined(self._weight_reason(reason) for reason in site.reasons)

    def _weight_reason(self, reason: WeightReason) -> str:
        values = dict(reason.values)
        if "on" in values:
            values["on"] = self.day(str(values["on"]))
        return self.say(f"risk_{reason.risk.value}", weight=reason.weight, **values)

    def exclusion(self, left_out: Exclusion) -> str:
        """Say why a site is not on the list."""
        values = dict(left_out.values)
        for name in ("on", "since"):
            if name in values:
                values[name] = self.day(str(values[name]))
        if left_out.kind is ExclusionKind.STATE:
            values["state"] = self.say(f"state_{CertificateState(str(values['state'])).value}")
        return self.say(f"left_out_{left_out.kind.value}", **values)

    def conflict(self, conflict: Conflict) -> str:
        """Say why somebody does not visit a site."""
        if conflict.kind is ConflictKind.DECLARED:
            return self.say("conflict_declared", reason=conflict.reason)
        return self.say(f"conflict_{conflict.kind.value}")

    # --- the rules of this drawing

    @property
    def pool(self) -> str:
        """Say what is drawn from."""
        choice = self.plan.choice
        parts = [self.say(f"pool_{choice.pool.value}", stage=choice.stage or "")]
        for key, kind in ((choice.category, "category"), (choice.district, "district")):
            if key is not None:
                parts.append(self.text(f"{kind}.{key}"))
        if choice.checked_months:
            parts.append(self.say("pool_not_checked", months=choice.checked_months))
        return self._joined(parts)

    @property
    def amount(self) -> str:
        """Say how many are drawn out of how many."""
        values = {"count": self.plan.count, "candidates": len(self.plan.candidates), "weight": self.plan.weight}
        percent = self.plan.choice.percent
        return self.say("amount", **values) if percent is None else self.say("amount_share", percent=percent, **values)

    @property
    def rules(self) -> tuple[str, ...]:
        """Say how it is drawn, and what adds to weights."""
        table = RISK_TABLE
        told = [self.say("rule_sites"), self.say("rule_inspectors"), self.say("rule_short")]
        if not self.plan.choice.weighted:
            return (*told, self.say("rule_even"))
        told.append(self.say("rule_weighted"))
        for most, worth in table.margin:
            told.append(self.say(f"rule_{Risk.MARGIN.value}", most=most, weight=worth))
        told += [
            self.say(
                f"rule_{Risk.COMPLAINTS.value}",
                open=table.complaint_open,
                upheld=table.complaint_upheld,
                most=table.complaints_most,
            ),
            self.say(f"rule_{Risk.YEARS.value}", weight=table.year, most=table.years_most),
            self.say(
                f"rule_{Risk.FINDINGS.value}",
                minor=table.finding_minor,
                major=table.finding_major,
                most=table.findings_most,
            ),
        ]
        return tuple(told)

    @property
    def certified(self) -> bool:
        """Whether the list is one of certificates."""
        return self.plan.choice.pool is Pool.CERTIFIED

    def _joined(self, parts: Iterable[str]) -> str:
        mark = "; " if self.wording.language == "en" else "；"
        return mark.join(parts)
