"""Find certificates whose result no longer stands: something arrived late that it would have rested on.

Nothing is taken back by itself. The paper is out, and a person has to look: send it to the register anew, or withdraw
the certificate. What a site's facts became afterwards changes nothing about what was issued; what was found does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wufei_cells.domain.lifecycle import CertificateState, Stage
from wufei_cells.domain.register import AssessmentRow, CertificateRow
from wufei_cells.services import seals
from wufei_cells.store import assessment_queries, certificate_queries, checkup_queries, conflict_queries
from wufei_cells.store.journal import Connection

_AT_ONCE = 400
_RESTED_ON = frozenset({"answer", "assessment", "assessment_state", "evidence", "precheck", "application"})
"""Kinds whose conflicts concern what was decided; findings are checked for years after."""


def needing(connection: Connection, rows: Sequence[CertificateRow]) -> Iterator[CertificateRow]:
    """Give the certificates that have to be looked at again, withdrawn ones left out."""
    held = [row for row in rows if row.state is not CertificateState.WITHDRAWN]
    disputed = {cell.entity for cell in conflict_queries.open_cells(connection) if cell.kind in _RESTED_ON}
    own = {cell.entity for cell in conflict_queries.open_cells(connection) if cell.kind == "certificate"}
    for first in range(0, len(held), _AT_ONCE):
        some = held[first : first + _AT_ONCE]
        bases = checkup_queries.bases(connection, {row.assessment: row.site for row in some})
        plain = certificate_queries.resting_plainly(connection, bases)
        for row in some:
            disputes = row.id in own or row.assessment in disputed
            if disputes or (row.assessment not in plain and _changed(connection, row, disputed)):
                yield row


def _changed(connection: Connection, row: CertificateRow, disputed: set[str]) -> bool:
    """Look closely at one whose standing acts are not those it was issued on, or that several sheets make up."""
    known = assessment_queries.assessment(connection, row.assessment)
    if known is None:  # what it rests on is still on its way
        return False
    if disputed & {part.id for part in assessment_queries.parts(connection, known.id)}:
        return True
    return not _certified(known) or (known.seal is not None and seals.seal(connection, known) != known.seal)


def _certified(row: AssessmentRow) -> bool:
    """Tell whether it is still where issuing left it: a stage that arrived late may have put it elsewhere."""
    return row.stage is Stage.CERTIFIED
