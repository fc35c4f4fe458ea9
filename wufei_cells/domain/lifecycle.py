"""The life cycle of a site's certification: its stages, and which act leads from which to which.

This table is the one place that says what may follow what. A refusal names the guard by its code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a site or its latest assessment stands."""

    REGISTERED = "registered"
    """In the register, nothing scored yet."""
    SCORING = "scoring"
    """An assessment is open."""
    STOPPED = "stopped"
    """The pre-check shut the site out; nothing more is scored."""
    FINISHED = "finished"
    """Scored to the end, waiting for a decision."""
    APPROVED = "approved"
    """Decided: passed; a certificate can be issued."""
    REJECTED = "rejected"
    """Decided: not passed."""
    CERTIFIED = "certified"
    """Holds a certificate for this assessment."""


class CertificateState(StrEnum):
    """Whether a certificate holds on a given day."""

    VALID = "valid"
    EXPIRED = "expired"


class Step(StrEnum):
    """What a person can do to move on."""

    STOP = "stop"
    FINISH = "finish"
    REOPEN = "reopen"
    APPROVE = "approve"
    REJECT = "reject"
    CERTIFY = "certify"


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed step: where from, where to, and the guards that must hold (codes of their refusals)."""

    step: Step
    sources: tuple[Stage, ...]
    target: Stage
    guards: tuple[str, ...] = ()


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Step.STOP, (Stage.SCORING,), Stage.STOPPED),
    Transition(
        Step.FINISH,
        (Stage.SCORING,),
        Stage.FINISHED,
        (
            "assessing.missing",
            "prechecking.missing",
            "prechecking.failed",
            "evidencing.required",
            "assessing.conflicts",
        ),
    ),
    Transition(Step.REOPEN, (Stage.STOPPED, Stage.FINISHED, Stage.APPROVED, Stage.REJECTED), Stage.SCORING),
    Transition(Step.APPROVE, (Stage.FINISHED,), Stage.APPROVED, ("deciding.not_passed", "assessing.conflicts")),
    Transition(Step.REJECT, (Stage.FINISHED,), Stage.REJECTED, ("deciding.remarks_needed",)),
    Transition(Step.CERTIFY, (Stage.APPROVED,), Stage.CERTIFIED, ("certifying.basis_changed",)),
)


def transition(step: Step, stage: Stage) -> Transition | None:
    """Find the transition of a step from a stage; ``None`` when it is not allowed from there."""
    return next((entry for entry in TRANSITIONS if entry.step is step and stage in entry.sources), None)
