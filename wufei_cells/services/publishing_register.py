"""Publish the register: one folder that a web site, a USB stick or a mail can carry, without personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.documents.public_register import PublicEntry, PublicNotice, PublicRegister
from wufei_cells.domain.batches import BatchRow
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.register import CertificateRow
from wufei_cells.domain.text import Language, Text
from wufei_cells.services import reading, saving
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, certificate_queries, office_queries
from wufei_cells.store.faults import faults
from wufei_cells.store.journal import Connection

if TYPE_CHECKING:
    from wufei_cells.wording import Wording

Said = Callable[[Text | Mapping[str, str]], str]


def public_register(workspace: Workspace, language: Language, *, check_page: str = "") -> PublicRegister:
    """Gather what is published: every certificate ever issued with its state today, and the notices that run.

    Args:
        workspace: the register.
        language: of names that the data has in several languages.
        check_page: the page by which anybody checks a certificate; empty where the office has no key.
    """

    def said(text: Text | Mapping[str, str]) -> str:
        return text.in_language(language) if isinstance(text, Text) else text.get(language) or text["zh"]

    today = workspace.today()
    with workspace.database.reading() as connection:
        profile = reading.profile(connection)
        rows = certificate_queries.certificates(connection, on=today)
        running = [
            row
            for row in office_queries.batches(connection)
            if row.noticed and row.batch.notice_from and row.batch.notice_until
            if row.batch.notice_from <= today <= row.batch.notice_until
        ]
        notices = tuple(_notice(workspace, connection, row, profile, said) for row in running)
    return PublicRegister(
        city=said(profile.city),
        issuer=said(profile.issuer),
        as_of=today,
        entries=tuple(_entry(row, profile, said) for row in rows),
        notices=notices,
        example=workspace.example,
        check_page=check_page,
    )


def publish(
    workspace: Workspace, folder: Path, parts: Mapping[str, str], words: Wording, *, check_page: str = ""
) -> tuple[Path, ...]:
    """Write the public register into a folder, which is made where there is none; what else is in it stays.

    Raises:
        EnvironmentFault: the folder or the disk does not take it.
    """
    from wufei_cells.documents.public_register import render_public_register  # noqa: PLC0415 - loads Jinja

    language: Language = "en" if words.language == "en" else "zh"
    files = render_public_register(public_register(workspace, language, check_page=check_page), parts, words)
    with faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
    return tuple(saving.save_file(folder / name, content) for name, content in files.items())


def _entry(row: CertificateRow, profile: Profile, said: Said) -> PublicEntry:
    return PublicEntry(
        number=row.number,
        site=row.site_name,
        category=said(row.category_text),
        district=_district(profile, row.district, said),
        level=said(row.level),
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        state=row.state,
        since=row.since or row.issued_on,
        document=row.document_number,
    )


def _notice(workspace: Workspace, connection: Connection, row: BatchRow, profile: Profile, said: Said) -> PublicNotice:
    batch = row.batch
    assert batch.notice_from is not None
    assert batch.notice_until is not None
    members = [one for one in assessment_queries.assessments_of_batch(connection, row.id) if one.stage is Stage.NOTICED]
    texts = {category.key: category.text for category in reading.categories(workspace, connection)}
    sites = tuple(
        (
            one.site_name,
            said(texts[one.category]) if one.category in texts else one.category,
            _district(profile, one.district, said),
        )
        for one in members
    )
    return PublicNotice(batch.title, batch.notice_from, batch.notice_until, batch.contact, sites)


def _district(profile: Profile, key: str, said: Said) -> str:
    district = profile.district(key)
    return said(district.text) if district else key
