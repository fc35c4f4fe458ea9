"""X-rays (体检): hold one file or the whole register against itself, and say where something does not agree.

The checks read in bulk and score each file at most once. One that cannot be made on a file (its edition is not here,
an answer does not fit) is told as a hint of its own and stops no other. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wufei_cells.domain.checkups import Check, Hint, Weight, sorted_hints
from wufei_cells.errors import WufeiError
from wufei_cells.progress import Report, silent
from wufei_cells.services import (
    blindness,
    checkup_certificates,
    checkup_evidence,
    checkup_people,
    checkup_record,
    checkup_scores,
    reading,
)
from wufei_cells.services.checkup_evidence import PhotoComparison
from wufei_cells.services.checkup_reading import File, RegisterReading
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

FileCheck = Callable[[File], Iterable[Hint]]

FILE_CHECKS: tuple[tuple[Check, FileCheck], ...] = (
    (Check.EVIDENCE_MISSING, checkup_scores.evidence_missing),
    (Check.EVIDENCE_NAMED, checkup_scores.evidence_named),
    (Check.EVIDENCE_EXPIRED, checkup_evidence.evidence_expired),
    (Check.PHOTO_TIME, checkup_evidence.photo_time),
    (Check.EDGE_MARK, checkup_scores.edges),
    (Check.NA_SHARE, checkup_scores.na_share),
    (Check.DECIDED_OWN, checkup_people.four_eyes),
    (Check.ASSESSORS_FEW, checkup_people.assessors_few),
    (Check.BASIS_CHANGED, checkup_record.basis_changed),
    (Check.SEAL_BROKEN, checkup_record.seal_broken),
    (Check.SIGNATURE_STALE, checkup_people.signatures),
    (Check.BLIND_UNUSED, checkup_people.blind_unused),
    (Check.CONFLICT, checkup_record.conflicts),
    (Check.EDITION_OUTDATED, checkup_record.edition_outdated),
    (Check.FINDING_OVERDUE, checkup_record.findings),
    (Check.OBJECTION_OVERDUE, checkup_record.objections),
    (Check.APPLICATION_MISSING, checkup_record.application_missing),
    (Check.STANDS_STILL, checkup_record.stands_still),
)
"""What is asked of every file, under the name by which a check that fails is told."""


def of_file(workspace: Workspace, assessment_id: str) -> tuple[Hint, ...]:
    """Check one file: an assessment with the sheets that belong to it, and the certificates of its site.

    Args:
        workspace: the register.
        assessment_id: the assessment, or a sheet of it.

    Raises:
        UserError: there is none, or it is a sheet that this person may not see yet.
    """
    with workspace.database.reading() as connection:
        row = reading.assessment(connection, assessment_id)
        blindness.refuse_hidden(workspace, connection, assessment_id)
        whole = row if row.part_of is None else reading.assessment(connection, row.part_of)
        register = RegisterReading(workspace, connection, whole)
        found = [hint for file in register.files for hint in _of(file, _file_checks(register))]
        found += _on_register(workspace, register)
    return sorted_hints(hint for hint in found if hint.site == whole.site)


def of_register(workspace: Workspace, progress: Report = silent) -> tuple[Hint, ...]:
    """Check every file of the register and all certificates, the heaviest hints first.

    Args:
        workspace: the register.
        progress: told after each file; may raise to stop, since nothing is written.
    """
    found: list[Hint] = []
    with workspace.database.reading() as connection:
        register = RegisterReading(workspace, connection)
        checks = _file_checks(register)
        for done, file in enumerate(register.files, 1):
            found += _of(file, checks)
            progress(done, len(register.files))
        found += _on_register(workspace, register)
    found += _asked(Check.CERTIFICATE_LOST, lambda: checkup_certificates.numbers_lost(workspace))
    return sorted_hints(found)


def sentence(hint: Hint, wording: Wording) -> str:
    """Say what was found."""
    return wording.say(f"checkup.{hint.check.value}", **hint.values)


# --- parts


def _file_checks(register: RegisterReading) -> tuple[tuple[Check, FileCheck], ...]:
    """Give the checks of a file, with the one that compares the photos of all files."""
    compared: list[PhotoComparison] = []

    def photos(file: File) -> Iterable[Hint]:
        if not compared:
            compared.append(PhotoComparison(register))
        return compared[0].hints(file)

    return (*FILE_CHECKS, (Check.PHOTO_SAME, photos))


def _of(file: File, checks: Iterable[tuple[Check, FileCheck]]) -> list[Hint]:
    found: list[Hint] = []
    failed: dict[str, list[Check]] = {}
    for name, check in checks:
        try:
            found += list(check(file))
        except Exception as error:  # noqa: BLE001 - a file that cannot be read must not hide what is wrong with others
            failed.setdefault(_reason(error), []).append(name)
    found += [
        file.hint(Check.NOT_CHECKED, Weight.WARNING, checks=tuple(names), reason=reason)
        for reason, names in failed.items()
    ]
    return found


def _on_register(workspace: Workspace, register: RegisterReading) -> list[Hint]:
    """Check what belongs to no file."""
    return [
        *_asked(Check.CERTIFICATE_TWICE, lambda: checkup_certificates.numbers_twice(register)),
        *_asked(Check.CERTIFICATE_UNSIGNED, lambda: checkup_certificates.unsigned(register)),
        *_asked(Check.CERTIFICATE_DUE, lambda: checkup_certificates.due(workspace)),
        *_asked(Check.CONFLICT, lambda: checkup_record.site_conflicts(register)),
    ]


def _asked(name: Check, check: Callable[[], Iterable[Hint]]) -> list[Hint]:
    try:
        return list(check())
    except Exception as error:  # noqa: BLE001 - as above
        return [Hint(Check.NOT_CHECKED, Weight.WARNING, values={"checks": (name,), "reason": _reason(error)})]


def _reason(error: Exception) -> str:
    return error.code if isinstance(error, WufeiError) else f"{type(error).__name__} {error}"[:120]
