"""An office and laptops that exchange what they wrote, bundle by bundle, as packages carry it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from wufei_cells.domain.bundles import Bundle
from wufei_cells.domain.lifecycle import Role
from wufei_cells.exchange.bundles import read_bundle
from wufei_cells.services import enrolling, joining_office
from wufei_cells.services.bundling import seal_pending
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.fingerprints import fingerprint
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.store import bundles, tables
from wufei_cells.store.authority import Authority
from wufei_cells.store.judging import judge_arrived
from wufei_cells.store.merging import merge_run
from wufei_cells.store.projection import project_cells

PASSPHRASE = "山高水长 2026"  # noqa: S105 - of a key that is thrown away


def sent(source: Workspace) -> tuple[bytes, ...]:
    """Everything that a machine has, as it travels."""
    seal_pending(source)
    with source.database.reading() as connection:
        return tuple(bundles.content(connection, row.hash) for row in bundles.rows(connection))


def received(target: Workspace, contents: Iterable[bytes]) -> None:
    """Take bundles in, in the order given."""
    with target.database.writing() as connection:
        arrived: set[tuple[str, str]] = set()
        again: set[str] = set()
        for bundle in map(read_bundle, contents):
            if not bundles.known(connection, [bundle.hash]):
                _take(connection, bundle, arrived, again)
        project_cells(connection, judge_arrived(connection, arrived, signed_again=again))


def _take(connection, bundle: Bundle, arrived, again) -> None:
    authority = Authority.of(connection)
    merged = merge_run(connection, bundle.run, authority.judge(bundle.run, bundle.signer))
    bundles.keep(connection, bundle)
    arrived |= set(zip(bundle.run.kinds, bundle.run.entities, strict=True))
    if len(merged.new) < len(bundle.run):
        again.add(bundle.run.device)


def send(source: Workspace, *targets: Workspace) -> None:
    contents = sent(source)
    for target in targets:
        received(target, contents)


def meet(machines: Sequence[Workspace]) -> None:
    """Exchange everything with everybody."""
    for _round in range(2):
        for source in machines:
            send(source, *(target for target in machines if target is not source))


def set_aside(workspace: Workspace) -> dict[tuple[str, int], str]:
    """The acts that do not count, by device and number, and why."""
    query = select(tables.device.c.uuid, tables.act.c.seq, tables.act.c.aside)
    query = query.join(tables.device, tables.device.c.id == tables.act.c.device)
    with workspace.database.reading() as connection:
        rows = connection.execute(query.where(tables.act.c.aside.is_not(None)))
        return {(uuid, seq): code for uuid, seq, code in rows}


def last_act(workspace: Workspace) -> tuple[str, int]:
    query = select(tables.act.c.seq).where(tables.act.c.device == workspace.database.device)
    with workspace.database.reading() as connection:
        return workspace.database.device_uuid, max(connection.execute(query).scalars())


def words_of(workspace: Workspace) -> str:
    """What the person reads out over the telephone."""
    return fingerprint(workspace.database.identity.key.public).zh


def join(office: Workspace, key: SigningKey, laptop: Workspace, *held: Role, **named):
    """Both ways of the two small files, with the words compared both times."""
    enrolment = enrolling.accept_request(
        office, key, enrolling.make_request(laptop), held, words=words_of(laptop), **named
    )
    with_words = joining_office.read_answer(laptop, joining_office.answer(office)).words.zh
    joining_office.take_answer(laptop, joining_office.answer(office), words=with_words)
    return enrolment
