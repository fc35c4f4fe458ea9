"""A case: one site on its way to a certificate and after it, as far as days tell.

Everything on the board is counted from cases, for any day. So a figure and the list behind it cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import AssessmentId, SiteId


@dataclass(frozen=True, slots=True)
class Entered:
    """A stage that was come to, and the day."""

    stage: Stage
    on: date


@dataclass(frozen=True, slots=True)
class Way:
    """One assessment's way through the stages; sheets that belong to another are no ways of their own."""

    assessment: AssessmentId
    entered: tuple[Entered, ...]
    """In the order in which it happened, the days rising; the last is where it stands. Never empty."""

    def at(self, day: date) -> Entered | None:
        """Give the stage it stood at when a day ended; ``None`` when it had not begun."""
        return next((one for one in reversed(self.entered) if one.on <= day), None)


@dataclass(frozen=True, slots=True)
class Span:
    """Days, the first and the last counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Turn:
    """How the certificates of a site stand from a day on, taken together."""

    state: CertificateState
    on: date


@dataclass(frozen=True, slots=True)
class Case:
    """One site."""

    site: SiteId
    category: str
    district: str
    """Keys; the site may have moved, what counts is where it is registered now."""
    registered_on: date
    ways: tuple[Way, ...] = ()
    """In the order of their beginnings."""
    held: tuple[Span, ...] = ()
    """The days on which a certificate of the site holds, without those on which it was suspended and those after it was
    withdrawn; disjoint and rising, so two certificates never count twice. The last day may be still to come."""
    turns: tuple[Turn, ...] = ()
    """How its certificates stand, the days rising: what tells a site that lost its certificate by what it lost it."""
    put_right: int = 0
    """How many days could not be as a clock had claimed: they were moved to the nearest day that can be."""

    def stage_on(self, day: date) -> Entered | None:
        """Give the stage the site stood at when a day ended, and since when; ``None`` when it was not registered."""
        if day < self.registered_on:
            return None
        found = next((one for way in reversed(self.ways) if (one := way.at(day))), None)
        return found or Entered(Stage.REGISTERED, self.registered_on)

    def certificate_on(self, day: date) -> CertificateState | None:
        """Say how its certificates stand on a day: valid when one of them is; ``None`` before the first."""
        if self.holds_on(day):
            return CertificateState.VALID
        return next((turn.state for turn in reversed(self.turns) if turn.on <= day), None)

    def ever_held(self, day: date) -> bool:
        """Say whether the site was a valid cell on a day or before it."""
        return bool(self.held) and self.held[0].first <= day

    def holds_on(self, day: date) -> bool:
        """Say whether the site counts as a valid cell on a day."""
        return any(span.first <= day <= span.last for span in self.held)
