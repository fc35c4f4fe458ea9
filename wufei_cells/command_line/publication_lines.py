"""What commands say of publishing a checklist: whether it is used from its day on, and which numbers are the city's."""

from __future__ import annotations

from collections.abc import Iterable

from wufei_cells.command_line.session import Session
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.register import EditionRow
from wufei_cells.services import browsing, city_numbers, edition_choice, key_reuse
from wufei_cells.services.city_numbers import Override


def published(session: Session, edition: str) -> int:
    """Show an edition that was just published."""
    checklist = browsing.checklist(session.workspace, edition)
    other = edition_choice.used_instead(session.workspace, edition)
    overrides = city_numbers.overridden_in_edition(session.workspace, edition)
    values = {"title": session.text(checklist.title), "edition": checklist.edition, "id": edition[:12]}
    if other is None:
        line = session.say("cli.published", day=checklist.effective_from, **values)
    else:
        line = session.say("cli.published_unused", **values, other=_name(other), day=other.effective_from)
    data = {
        "id": edition,
        "key": checklist.key,
        "edition": checklist.edition,
        "category": checklist.category.key,
        "used_instead": other.id if other else None,
        "overridden": override_json(session, overrides),
    }
    return session.show(data, [line, *override_lines(session, overrides)])


def overlay_published(session: Session, published_as: str, /, **values: object) -> str:
    """Say that a county's edition was published, and where it is used."""
    other = edition_choice.used_instead(session.workspace, published_as)
    if other is None:
        return session.say("overlay.published", **values)
    return session.say("overlay.published_unused", **{**values, "other": _name(other), "day": other.effective_from})


def override_lines(session: Session, overrides: Iterable[Override]) -> list[str]:
    """Say which numbers of a checklist do not count, because the city has its own."""
    return [city_numbers.override_text(override, session.wording) for override in overrides]


def override_json(session: Session, overrides: Iterable[Override]) -> list[dict[str, str]]:
    """Give the same as plain data."""
    return [
        {
            "parameter": override.key,
            "own": city_numbers.number_text(override.own, session.wording),
            "city": city_numbers.number_text(override.city, session.wording),
        }
        for override in overrides
    ]


def reuse_lines(session: Session, checklist: Checklist) -> list[str]:
    """Say which keys of a checklist that is not published yet meant something else before."""
    found = key_reuse.reused_keys_here(session.workspace, checklist)
    return [session.say(key_reuse.CODE, **reused.values) for reused in found]


def _name(row: EditionRow) -> str:
    return f"{row.key} {row.edition}"
