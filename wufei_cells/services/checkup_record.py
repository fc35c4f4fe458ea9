"""X-rays of the record: what no longer agrees, is in conflict, past its day, out of date, missing, or stands still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wufei_cells.domain.checkups import DAYS_STILL, Cell, Check, Hint, Weight
from wufei_cells.domain.findings import FindingState, Severity
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.objections import Outcome
from wufei_cells.domain.register import EditionState
from wufei_cells.services.checkup_reading import BEFORE_SCORING, File, RegisterReading
from wufei_cells.services.naming_entries import named
from wufei_cells.services.seals import seal_of

OUTDATED = (EditionState.SUPERSEDED, EditionState.EXPIRED, EditionState.RETIRED)
LONGEST_QUOTE = 40
"""Characters of a text that a sentence quotes."""


def basis_changed(file: File) -> Iterator[Hint]:
    """Find results that rest on acts which are no longer the standing ones.

    After a certificate was issued the facts of a site may well change; until then its basis holds.
    """
    row = file.row
    if file.open and row.basis is not None and file.register.bases[row.id] != row.basis:
        yield file.hint(Check.BASIS_CHANGED, Weight.ERROR)


def seal_broken(file: File) -> Iterator[Hint]:
    """Find decisions whose content is not that which was sealed."""
    row, register = file.row, file.register
    if row.seal is None:
        return
    sheets = {sheet: register.contents[sheet] for sheet in register.sealed_sheets[row.id]}
    if seal_of(row, register.sealed_facts.get(row.id), sheets) != row.seal:
        yield file.hint(Check.SEAL_BROKEN, Weight.ERROR)


def conflicts(file: File) -> Iterator[Hint]:
    """Find what several values stand for; answers that no entry of the edition rests on decide nothing."""
    if not file.latest:
        return
    for sheet in file.sheets:
        for cell in file.register.conflicts.get(sheet, ()):
            kind, _, rest = cell.partition(".")
            item = _item(file, kind, rest)
            if item or kind != "answer":
                yield file.hint(Check.CONFLICT, Weight.ERROR, item, what=file.names(item) or _named(kind))


def site_conflicts(register: RegisterReading) -> Iterator[Hint]:
    """Find what several values stand for at sites."""
    for site in register.sites.values():
        for cell in register.conflicts.get(site.id, ()):
            latest = next((file for file in register.files if file.latest and file.row.site == site.id), None)
            what = named(latest.checklist, cell) if latest and cell.startswith("fact.") else _named(cell)
            assessment = latest.row.id if latest else ""
            yield Hint(Check.CONFLICT, Weight.ERROR, site.id, site.name, assessment, values={"what": what})


def _item(file: File, kind: str, rest: str) -> str:
    """Give the item a cell of a sheet belongs to; empty for the file as a whole and for answers that do not count."""
    if kind == "evidence":
        return rest.partition(".")[2]
    if kind == "answer":
        current = file.sorted_answers.current
        moved = next((key for key, origin in current.items() if origin == rest), None)
        return moved or (rest if file.checklist.entry(rest) else "")
    return rest if kind == "finding" else ""


def _named(cell: str) -> object:
    return Cell(cell) if cell in set(Cell) else cell


def edition_outdated(file: File) -> Iterator[Hint]:
    """Find open files under an edition that is no longer used."""
    edition = file.register.editions.get(file.row.edition)
    if file.undecided and edition is not None and edition.state in OUTDATED:
        yield file.hint(
            Check.EDITION_OUTDATED, Weight.WARNING, edition=f"{edition.key} {edition.edition}", state=edition.state
        )


def findings(file: File) -> Iterator[Hint]:
    """Find findings past their day, and major ones that are not closed; they live on after the assessment ended."""
    today = file.register.today
    for sheet in file.sheets:
        for row in file.register.findings.get(sheet, ()):
            said = row.finding
            quoted = said.text if len(said.text) <= LONGEST_QUOTE else f"{said.text[: LONGEST_QUOTE - 1]}…"
            if row.overdue(today):
                yield file.hint(Check.FINDING_OVERDUE, Weight.WARNING, said.item, text=quoted, due=said.due)
            if row.state is not FindingState.CLOSED and said.severity is Severity.MAJOR:
                yield file.hint(Check.FINDING_MAJOR, Weight.WARNING, said.item, text=quoted)


def objections(file: File) -> Iterator[Hint]:
    """Find objections and appeals that were to be answered by now."""
    for row in file.register.objections.get(file.row.id, ()):
        said = row.objection
        if row.outcome is Outcome.OPEN and said.due is not None and said.due < file.register.today:
            yield file.hint(Check.OBJECTION_OVERDUE, Weight.WARNING, said.item, due=said.due, received=said.received_on)


def application_missing(file: File) -> Iterator[Hint]:
    """Find open files that go back to no application, where the city wants one."""
    wanted = file.register.process.application and file.open and file.row.stage not in BEFORE_SCORING
    if wanted and file.row.id not in file.register.applied:
        yield file.hint(Check.APPLICATION_MISSING, Weight.WARNING)


def stands_still(file: File) -> Iterator[Hint]:
    """Find open files in which nobody has written anything for a long time."""
    if not file.open:
        return
    written = [file.register.last_written[sheet] for sheet in file.sheets if sheet in file.register.last_written]
    since = max(written, default=None)
    if since is not None and since < file.register.today - timedelta(days=DAYS_STILL):
        days = (file.register.today - since).days
        stage = Stage(file.row.stage)
        yield file.hint(Check.STANDS_STILL, Weight.NOTE, since=since, days=days, stage=stage)
