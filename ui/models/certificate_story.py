"""What happened to a certificate and before it: each entry with its day, its words and who put it on record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.objections import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from ui.context import Desk
    from ui.i18n import I18n
    from ui.models.certificate_lists import Row
    from wufei_cells.domain.batches import Batch
    from wufei_cells.domain.register import AssessmentRow, CertificateRow
    from wufei_cells.domain.supervision import EventRow

EVENT_LOOKS = {
    "report": ("note", "information"),
    "check": ("check", "passed"),
    "order": ("alert", "attention"),
    "mended": ("check", "passed"),
    "suspend": ("lock", "attention"),
    "reinstate": ("check", "passed"),
    "withdraw": ("failed", "failed"),
    "rename": ("edit", "information"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened."""

    on: date
    key: str
    """Of the sentence."""
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    author: str = ""
    look: tuple[str, str] = ("history", "muted")
    event: str = ""
    """Id of the event that can be struck; empty for what cannot."""
    more: str = ""
    """What was written with it."""
    kind: str = ""
    """What kind of event it is; empty for what cannot be struck."""

    def sentence(self, i18n: I18n) -> str:
        """Say what happened."""
        return i18n.tr(self.key, **self.values)

    def title(self, i18n: I18n) -> str:
        """Name what happened, without what was written with it."""
        return self.sentence(i18n).rstrip("：: 。.")


@dataclass(frozen=True, slots=True)
class Story:
    """A certificate or a case, and what happened to it, the newest first."""

    row: Row
    told: tuple[Told, ...]

    @property
    def events(self) -> tuple[Told, ...]:
        """Only what happened after the certificate was issued."""
        return tuple(one for one in self.told if one.event)


def load_story(row: Row, desk: Desk) -> Story:
    """Ask for what happened; runs in the worker thread."""
    workspace = desk.workspace
    certificate = getattr(row, "certificate", None)
    assessment = desk.browsing.assessment(workspace, certificate.assessment if certificate else row.id)
    told = list(_way(desk, assessment))
    if certificate is not None:
        told.append(_issued(certificate, _issuer(desk, certificate)))
        told += [_event(one) for one in desk.supervising.events(workspace, certificate.id)]
    order = sorted(enumerate(told), key=lambda entry: (entry[1].on, entry[0]), reverse=True)
    return Story(row, tuple(one for _place, one in order))


def _way(desk: Desk, row: AssessmentRow) -> Iterator[Told]:
    """Tell how the assessment came here."""
    yield Told(row.started_at.date(), "certificates.told_started", author="、".join(row.assessors))
    if row.reviewed_at:
        yield Told(row.reviewed_at.date(), "certificates.told_reviewed", author=row.reviewed_by or "")
    if row.decided_at:
        key = "certificates.told_rejected" if row.stage is Stage.REJECTED else "certificates.told_approved"
        yield Told(row.decided_at.date(), key, author=row.decided_by or "", look=("decide", "accent"))
    if row.batch:
        found = desk.naming.batch(desk.workspace, row.batch)
        yield from _batch(found.batch, found.author)
    for one in desk.objecting.objections(desk.workspace, row.id):
        said = one.objection
        look = ("alert", "attention" if one.outcome is Outcome.OPEN else "muted")
        key = f"certificates.told_{said.kind.value}"
        yield Told(said.received_on, key, author=one.author, look=look, more=said.text)
        if one.settled_on:
            key = f"certificates.told_{one.outcome.value}"
            yield Told(one.settled_on, key, author=one.settled_by, look=("decide", "muted"), more=one.reason)


def _batch(batch: Batch, author: str) -> Iterator[Told]:
    if batch.notice_from and batch.notice_until:
        values = {"batch": batch.title, "until": batch.notice_until}
        yield Told(batch.notice_from, "certificates.told_noticed", values, author, ("publish", "information"))
    if batch.named_on:
        values = {"batch": batch.title, "document": batch.document_number}
        yield Told(batch.named_on, "certificates.told_named", values, author, ("note", "accent"))


def _issuer(desk: Desk, row: CertificateRow) -> str:
    """Name who issued a certificate: the record itself does not say."""
    acts = desk.browsing.history(desk.workspace, row.id)
    return next((act.author for act in acts if act.kind == "certificate"), "")


def _issued(row: CertificateRow, author: str) -> Told:
    key = "certificates.told_renewed" if row.renews else "certificates.told_issued"
    values = {"number": row.number, "until": row.valid_until, "before": row.renews}
    return Told(row.issued_on, key, values, author, ("certificate", "passed"))


def _event(row: EventRow) -> Told:
    event, kind = row.event, row.event.kind.value
    values = {"year": event.year or "", "until": event.until or "–", "document": event.document_number}
    key = f"certificates.told_{kind}"
    if kind == "withdraw" and event.until:
        key = "certificates.told_withdraw_barred"
    return Told(event.on, key, values, row.author, EVENT_LOOKS[kind], row.id, event.reason, kind)


def state_line(i18n: I18n, row: CertificateRow) -> tuple[str, str]:
    """Say in one line how a certificate stands, with the tone of the line."""
    since, until = i18n.day(row.since), i18n.day(row.valid_until)
    if row.ordered_until and row.state in (CertificateState.VALID, CertificateState.NOT_YET):
        values = {"until": until, "by": i18n.day(row.ordered_until)}
        return i18n.tr("certificates.line_ordered", **values), "attention"
    tones = {
        CertificateState.VALID: "passed",
        CertificateState.NOT_YET: "information",
        CertificateState.WITHDRAWN: "failed",
    }
    values = {"since": since, "until": until, "issued": i18n.day(row.issued_on)}
    return i18n.tr(f"certificates.line_{row.state.value}", **values), tones.get(row.state, "attention")
