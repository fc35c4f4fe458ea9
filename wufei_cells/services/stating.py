"""Write what the office says of devices, and let every act be judged by it at once, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from wufei_cells.domain.enrolments import Enrolment, Statement, unsigned
from wufei_cells.errors import UserError
from wufei_cells.services.workspace import Workspace
from wufei_cells.signing.enrolments import sign
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.statements import ENROLMENT, REVOCATION
from wufei_cells.store import authority_queries, journal, judging
from wufei_cells.store.authority import Authority
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.projection import project_cells


def draft_of(statement: Statement) -> Draft:
    """Give the act of a statement. Each has a cell of its own: statements add up, and none replaces another."""
    key = statement.seal.key if statement.seal else ""
    name = sha256(f"{key}\n{statement.statement or unsigned(statement)}".encode()).hexdigest()[:16]
    if isinstance(statement, Enrolment):
        return Draft(ENROLMENT, statement.device, f"enrolment.{statement.person}.{name}", statement.document(), ())
    return Draft(REVOCATION, statement.device, f"revocation.{name}", statement.document(), ())


def write(workspace: Workspace, connection: Connection, drafts: Iterable[Draft]) -> None:
    """Write statements and announcements, and judge the whole journal by them."""
    append(workspace, connection, drafts)
    judge(connection)


def append(workspace: Workspace, connection: Connection, drafts: Iterable[Draft]) -> None:
    """Write statements and announcements, not to be judged yet. They prove themselves, whoever brings them."""
    journal.append(workspace.database, connection, drafts, author=workspace.person.id, at=workspace.now())


def judge(connection: Connection) -> None:
    """Judge the whole journal, and bring the readable tables up to date."""
    project_cells(connection, judging.judge_again(connection))


def restated(connection: Connection, key: SigningKey, *, own: str = "") -> list[Draft]:
    """Say everything that counts once more, signed by the key that follows the one that said it.

    From then on nothing counts that only the key before it signed (``signing.office_chain``).

    Args:
        connection: the transaction.
        key: the new key.
        own: where two keys claim to follow one, the one that is this office's: what that one said.
    """
    statements = Authority.of(connection).statements
    said = statements.counted if statements.signed else frozenset[Statement]()
    if statements.chain.forked:
        said = statements.said.get(own, frozenset[Statement]())
    return [draft_of(sign(key, one)) for one in sorted(said, key=lambda one: one.statement)]


def require_speaking(connection: Connection, key: SigningKey) -> None:
    """Refuse to sign with a key that speaks for the office no more, or that nobody here has pinned.

    Raises:
        UserError: another followed it, or it does not lead back to the office's first key.
    """
    chain = Authority.of(connection).statements.chain
    if key.id not in chain.keys:
        raise UserError("trust.key_not_pinned", key=key.id)
    if chain.followers.get(key.id):
        raise UserError("trust.key_followed", key=key.id)


def pin(connection: Connection, key: str) -> None:
    """Let trust begin in a key of the office; the caller judges anew."""
    authority_queries.pin(connection, key)
