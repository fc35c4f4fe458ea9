"""What is said of a piece of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.i18n import I18n
    from wufei_cells.domain.evidence import EvidenceRow, Likeness
    from wufei_cells.services.evidence_checks import Caution


def piece_lines(
    i18n: I18n, row: EvidenceRow, cautions: Sequence[Caution], alike: Sequence[Likeness]
) -> tuple[str, str, list[str]]:
    """Give three things: what it is called, when it was taken and by whom it was put here, and what is odd."""
    taken = row.file.taken_at
    about = [taken.isoformat(" ", "minutes") if taken else size_words(row.file.size), row.author]
    odd = [] if row.received else [i18n.tr("desk.evidence_erased" if row.erased else "desk.evidence_not_received")]
    odd += [likeness_words(i18n, one) for one in alike[:1]]
    if len(alike) > 1:
        odd.append(i18n.tr("desk.evidence_more_alike", count=len(alike) - 1))
    odd += [i18n.problem(caution.problem) for caution in cautions]
    return row.caption or row.name, " · ".join(part for part in about if part), odd


def likeness_words(i18n: I18n, one: Likeness) -> str:
    """Say where the same or a similar picture stands."""
    key = "desk.evidence_same" if one.same else "desk.evidence_similar"
    return i18n.tr(key, site=one.site_name, year=one.started_at.year)


def size_words(size: int) -> str:
    """Say how large a file is."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{-(-size // 1024)} KB"
