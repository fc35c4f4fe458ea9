"""The ledgers of an office as workbooks: one plain table each, to sort, to filter and to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from wufei_cells.domain.ledgers import LedgerKind, Scope
from wufei_cells.progress import Report, silent
from wufei_cells.services import (
    ledger_of_certificates,
    ledger_of_evidence,
    ledger_of_findings,
    ledger_of_items,
    ledger_of_sites,
    ledger_of_summary,
)
from wufei_cells.services.ledger_gathering import Gathering
from wufei_cells.workbooks.ledgers.table import Lines, Table

if TYPE_CHECKING:
    from wufei_cells.services.workspace import Workspace
    from wufei_cells.wording import Wording

_GATHER: Mapping[LedgerKind, Callable[[Gathering], Lines]] = {
    LedgerKind.SUMMARY: ledger_of_summary.gather,
    LedgerKind.ITEMS: ledger_of_items.gather,
    LedgerKind.EVIDENCE: ledger_of_evidence.gather,
    LedgerKind.FINDINGS: ledger_of_findings.gather,
    LedgerKind.CERTIFICATES: ledger_of_certificates.gather,
    LedgerKind.SITES: ledger_of_sites.gather,
}
_ALL = Scope()


def ledger(
    workspace: Workspace, kind: LedgerKind, wording: Wording, scope: Scope = _ALL, *, report: Report = silent
) -> bytes:
    """Write a ledger as an .xlsx file, in the language of the wording; the same register gives the same bytes.

    Nothing is in it of a sheet that is kept from the person who asks while others score alone.

    Args:
        workspace: the register.
        kind: what to list.
        wording: the language.
        scope: category and district, by key or in the reader's words; of certificates also which ones.
        report: told how many lines are written; may raise to stop.

    Raises:
        UserError: there is no such category, district or certificate, or more lines than a worksheet takes.
    """
    from wufei_cells.workbooks.ledgers.writing import write_ledger  # noqa: PLC0415 - XlsxWriter takes its time to load

    with workspace.database.reading() as connection:
        gathering = Gathering(workspace, connection, wording, scope, report)
        lines = _GATHER[kind](gathering)
        return write_ledger(_table(gathering, kind, lines), lines.rows, count=lines.count, report=report)


def _table(gathering: Gathering, kind: LedgerKind, lines: Lines) -> Table:
    say, scope = gathering.say, gathering.scope
    city, issuer = gathering.said(gathering.profile.city), gathering.said(gathering.profile.issuer)
    about = say("ledger.about", issuer=issuer, as_of=gathering.today, count=lines.count)
    meant = [gathering.category(scope.category)] if scope.category else []
    meant += [gathering.district(scope.district)] if scope.district else []
    if meant:
        about = say("ledger.about_scope", about=about, scope=gathering.joined(meant))
    return Table(
        title=say(f"ledger.title_{kind.value}", city=city),
        about=about,
        warning=say("ledger.example") if gathering.workspace.example else "",
        sheet=say(f"ledger.sheet_{kind.value}"),
        page=say("ledger.page"),
        columns=lines.columns,
        frozen=lines.frozen,
        as_of=gathering.today,
        language=gathering.language,
    )
