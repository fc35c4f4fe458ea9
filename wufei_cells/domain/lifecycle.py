"""The life cycle of a site's certification: its stages, which act leads from which to which, and who may act.

This module is the one place that says what may follow what:

- ``TRANSITIONS`` has a line for each step: from where, to where, what must hold, whose work it is.
- ``CHAIN`` is the way forward. A city need not use all of it (``Process`` in ``domain.process``); a stage that a city
  uses cannot be passed over.

A refusal names the guard by its code. The chain follows what cities have published in their procedures for applying,
reviewing, deciding, giving public notice and naming; no single one of them prints all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a site or its latest assessment stands."""

    REGISTERED = "registered"
    """In the register, nothing scored yet."""
    APPLIED = "applied"
    """The unit has applied; nobody scores yet."""
    SCORING = "scoring"
    """An assessment is open: being scored, or sent back to be mended in the items that were named."""
    STOPPED = "stopped"
    """The pre-check shut the site out; nothing more is scored."""
    FINISHED = "finished"
    """Scored to the end, waiting for the review or the decision."""
    REVIEWED = "reviewed"
    """The county has checked it and recommends it."""
    APPROVED = "approved"
    """Decided: passed."""
    REJECTED = "rejected"
    """Decided: not passed."""
    NOTICED = "noticed"
    """Its name stands in a public notice; anybody may object."""
    NAMED = "named"
    """Named in a batch, by a document with a number."""
    CERTIFIED = "certified"
    """Holds a certificate for this assessment."""


CHAIN = (
    Stage.APPLIED,
    Stage.SCORING,
    Stage.FINISHED,
    Stage.REVIEWED,
    Stage.APPROVED,
    Stage.NOTICED,
    Stage.NAMED,
    Stage.CERTIFIED,
)
"""The way forward."""

CLOSED = frozenset({Stage.STOPPED, Stage.REJECTED, Stage.CERTIFIED})
"""Where an assessment has come to an end; another one may be started."""

DECIDED = frozenset({Stage.APPROVED, Stage.REJECTED, Stage.NOTICED, Stage.NAMED, Stage.CERTIFIED})
"""Where a decision stands; what it was taken on is sealed."""

PASSED = frozenset({Stage.APPROVED, Stage.NOTICED, Stage.NAMED, Stage.CERTIFIED})
"""Where a site has been approved."""


class CertificateState(StrEnum):
    """Whether a certificate holds on a given day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    """Its first day is still to come."""
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    """Put on hold; it can come back."""
    WITHDRAWN = "withdrawn"
    """Taken back for good."""


class Role(StrEnum):
    """Whose work a step is. While a register names nobody for any role, everybody may take every step."""

    ASSESSOR = "assessor"
    """Scores on site."""
    REVIEWER = "reviewer"
    """Reviews for the county."""
    OFFICE = "office"
    """Decides, publishes, names and issues for the city."""


class Step(StrEnum):
    """What a person can do to move on."""

    START = "start"
    STOP = "stop"
    FINISH = "finish"
    REOPEN = "reopen"
    RETURN = "return"
    REVIEW = "review"
    APPROVE = "approve"
    REJECT = "reject"
    NOTICE = "notice"
    TAKE_OUT = "take_out"
    NAME = "name"
    CERTIFY = "certify"


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed step.

    Attributes:
        step: what is done.
        sources: from where.
        target: to where.
        role: whose work it is.
        guards: what must hold, as the codes of the refusals.
        also: who else may take it.
    """

    step: Step
    sources: tuple[Stage, ...]
    target: Stage
    role: Role
    guards: tuple[str, ...] = ()
    also: tuple[Role, ...] = ()


UNCHANGED = ("assessing.conflicts", "deciding.basis_changed", "deciding.seal_broken")
"""What must hold wherever a step goes on from a finished result: it still rests on what it rested on."""

TRANSITIONS: tuple[Transition, ...] = (
    Transition(Step.START, (Stage.APPLIED,), Stage.SCORING, Role.ASSESSOR, ("applying.barred",)),
    Transition(Step.STOP, (Stage.SCORING,), Stage.STOPPED, Role.ASSESSOR),
    Transition(
        Step.FINISH,
        (Stage.SCORING,),
        Stage.FINISHED,
        Role.ASSESSOR,
        (
            "assessing.missing",
            "prechecking.missing",
            "prechecking.failed",
            "evidencing.required",
            "assessing.conflicts",
            "applying.missing",
            "assessing.too_few",
        ),
    ),
    Transition(
        Step.REOPEN,
        (Stage.STOPPED, Stage.FINISHED, Stage.REVIEWED, Stage.APPROVED, Stage.REJECTED),
        Stage.SCORING,
        Role.ASSESSOR,
        ("assessing.reason_needed", "assessing.newer_one"),
        also=(Role.REVIEWER, Role.OFFICE),
    ),
    Transition(
        Step.RETURN,
        (Stage.FINISHED, Stage.REVIEWED, Stage.APPROVED, Stage.REJECTED, Stage.NOTICED),
        Stage.SCORING,
        Role.REVIEWER,
        ("returning.nothing", "returning.remark_needed", "returning.unknown_item", "assessing.newer_one"),
        also=(Role.OFFICE,),
    ),
    Transition(
        Step.REVIEW,
        (Stage.FINISHED,),
        Stage.REVIEWED,
        Role.REVIEWER,
        ("deciding.own_assessment", *UNCHANGED),
    ),
    Transition(
        Step.APPROVE,
        (Stage.FINISHED, Stage.REVIEWED),
        Stage.APPROVED,
        Role.OFFICE,
        (
            "deciding.not_passed",
            "deciding.own_assessment",
            "deciding.own_review",
            "deciding.open_findings",
            "deciding.open_appeals",
            "objecting.upheld",
            "applying.barred",
            *UNCHANGED,
        ),
    ),
    Transition(
        Step.REJECT,
        (Stage.FINISHED, Stage.REVIEWED, Stage.APPROVED, Stage.NOTICED),
        Stage.REJECTED,
        Role.OFFICE,
        ("deciding.remarks_needed", "deciding.own_assessment", "assessing.conflicts"),
    ),
    Transition(
        Step.NOTICE,
        (Stage.APPROVED,),
        Stage.NOTICED,
        Role.OFFICE,
        ("noticing.period", "noticing.before_decision", "noticing.contact", "applying.barred", *UNCHANGED),
    ),
    Transition(Step.TAKE_OUT, (Stage.NOTICED,), Stage.APPROVED, Role.OFFICE, ("noticing.reason_needed",)),
    Transition(
        Step.NAME,
        (Stage.APPROVED, Stage.NOTICED),
        Stage.NAMED,
        Role.OFFICE,
        (
            "naming.notice_running",
            "naming.before_end",
            "naming.before_decision",
            "naming.open_objections",
            "naming.document_needed",
            "objecting.upheld",
            "applying.barred",
            *UNCHANGED,
        ),
    ),
    Transition(
        Step.CERTIFY,
        (Stage.APPROVED, Stage.NOTICED, Stage.NAMED),
        Stage.CERTIFIED,
        Role.OFFICE,
        (
            "certifying.notice_running",
            "naming.open_objections",
            "naming.batch_disputed",
            "objecting.upheld",
            "applying.barred",
            *UNCHANGED,
        ),
    ),
)


def transition(step: Step, stage: Stage) -> Transition | None:
    """Find the transition of a step from a stage; ``None`` when it is not allowed from there."""
    return next((entry for entry in TRANSITIONS if entry.step is step and stage in entry.sources), None)


def next_stage(stage: Stage, used: Callable[[Stage], bool]) -> Stage | None:
    """Give the stage that a city comes to next; ``None`` at the end of the chain and beside it."""
    following = CHAIN[CHAIN.index(stage) + 1 :] if stage in CHAIN else ()
    return next((entry for entry in following if used(entry)), None)


def passed_over(stage: Stage, target: Stage, used: Callable[[Stage], bool]) -> Stage | None:
    """Give the first stage between two of the chain that a city uses and a step would pass over."""
    if stage not in CHAIN or target not in CHAIN:
        return None
    between = CHAIN[CHAIN.index(stage) + 1 : CHAIN.index(target)]
    return next((entry for entry in between if used(entry)), None)
