"""Whether a certificate is genuine and holds: one verdict, and everything a person needs to see beside it.

Pure: whoever asks brings the keys, the list and the day. No text, however broken, raises anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wufei_cells.errors import Problem, UserError
from wufei_cells.signing.content import CertificateContent
from wufei_cells.signing.proofs import Proof, read_proof
from wufei_cells.signing.status_list import Entry, Standing, StatusList
from wufei_cells.signing.trust import Trust

STALE_AFTER = 30
"""Days after which a list is called old."""


class Verdict(StrEnum):
    """What a check comes to."""

    VALID = "valid"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    UNKNOWN_KEY = "unknown_key"
    """Signed by a key that is not known, or no longer in use on the day of issue: nothing about it is proved."""
    ALTERED = "altered"
    """Not what the key signed."""
    UNREADABLE = "unreadable"
    """No certificate of ours at all, or a damaged one."""
    UNSIGNED = "unsigned"
    """Without a signature, but a register knows the file as one that it issued; no text by itself comes to this."""


PROVED = frozenset({Verdict.VALID, Verdict.NOT_YET_VALID, Verdict.EXPIRED, Verdict.SUSPENDED, Verdict.WITHDRAWN})
"""With these the office did sign what the content says."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found about one signed text."""

    verdict: Verdict
    text: str
    judged_on: date
    """The day that counted as today."""
    content: CertificateContent | None = None
    """What the text says; proved only with the verdicts of ``PROVED``."""
    key: str = ""
    signer: str = ""
    """Whose key it is; empty when unknown."""
    since: date | None = None
    """Of what is suspended or withdrawn: since when."""
    as_of: date | None = None
    """Of which day the list is; none when there is no list of this office."""
    notes: tuple[Problem, ...] = field(default_factory=tuple[Problem, ...])

    @property
    def proved(self) -> bool:
        """Whether the office did sign what the content says."""
        return self.verdict in PROVED

    @property
    def age(self) -> int | None:
        """How many days old the list is."""
        return (self.judged_on - self.as_of).days if self.as_of else None

    @property
    def stale(self) -> bool:
        """Whether the list is so old that it should be renewed."""
        return self.age is not None and self.age > STALE_AFTER


def verify(text: str, trust: Trust, status: StatusList | None, today: date) -> Verification:
    """Judge a signed text.

    What comes first counts: unreadable, unknown key, altered, withdrawn, expired, suspended, not yet valid, valid.

    Args:
        text: as scanned or pasted.
        trust: the keys that are known.
        status: the newest list at hand, made or read by `status_list`.
        today: as the clock of this machine has it. Where the list is of a later day, that day counts: a clock that is
            slow must not make an expired certificate hold.
    """
    try:
        proof = read_proof(text)
    except UserError:
        return Verification(Verdict.UNREADABLE, text, today)
    ours = status if status is not None and trust.same_office(status.key, proof.key) else None
    judged_on = max(today, ours.as_of) if ours else today
    entry = ours.certificates.get(proof.content.number) if ours else None
    verdict, notes = _judged(proof, trust, entry, judged_on)
    notes += _notes(proof.content, trust, proof.key, verdict)
    if status is not None and ours is None and verdict in PROVED:
        notes.append(Problem("verify.note_list_of_others", "", {"issuer": status.issuer}))
    if judged_on > today:
        notes.append(Problem("verify.note_clock", "", {"today": today, "as_of": judged_on}))
    signer = trust.known(proof.key)
    return Verification(
        verdict,
        text,
        judged_on,
        proof.content,
        key=proof.key,
        signer=signer.issuer if signer else "",
        since=entry.since if entry and verdict in (Verdict.WITHDRAWN, Verdict.SUSPENDED) else None,
        as_of=ours.as_of if ours else None,
        notes=tuple(notes),
    )


def _judged(proof: Proof, trust: Trust, entry: Entry | None, on: date) -> tuple[Verdict, list[Problem]]:
    signer, content = trust.known(proof.key), proof.content
    if signer is None:
        return Verdict.UNKNOWN_KEY, [Problem("verify.note_key_unknown", "", {"key": proof.key})]
    if not proof.signed_by(signer.key):
        return Verdict.ALTERED, []
    if not trust.in_its_time(proof.key, content.issued_on):
        values = {"key": proof.key, "until": trust.taken_over_on(proof.key)}
        return Verdict.UNKNOWN_KEY, [Problem("verify.note_key_given_up", "", values)]
    return standing_on(content, entry, on), []


def standing_on(content: CertificateContent, entry: Entry | None, on: date) -> Verdict:
    """Tell how a genuine certificate stands on a day."""
    if entry and entry.standing is Standing.WITHDRAWN:
        return Verdict.WITHDRAWN
    if on > content.valid_until:
        return Verdict.EXPIRED
    if entry:
        return Verdict.SUSPENDED
    return Verdict.NOT_YET_VALID if on < content.issued_on else Verdict.VALID


def _notes(content: CertificateContent, trust: Trust, key: str, verdict: Verdict) -> list[Problem]:
    signer = trust.known(key)
    notes: list[Problem] = []
    if content.example:
        notes.append(Problem("verify.note_example"))
    if content.model:
        notes.append(Problem("verify.note_model"))
    if verdict is Verdict.NOT_YET_VALID:
        notes.append(Problem("verify.note_before_issue", "", {"issued_on": content.issued_on}))
    if verdict in PROVED and signer and signer.issuer != content.issuer:
        notes.append(Problem("verify.note_other_issuer", "", {"issuer": content.issuer, "signer": signer.issuer}))
    return notes
