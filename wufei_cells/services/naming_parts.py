"""Find the part of the city that a person names: a category, a county, or both, by key or in their words."""

from __future__ import annotations

from collections.abc import Mapping

from wufei_cells.board.standing import Within
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.services import browsing
from wufei_cells.services.workspace import Workspace


def part_of(workspace: Workspace, category: str = "", district: str = "") -> Within:
    """Give the part; an empty name means all.

    Raises:
        UserError: the city has no such category or county; it says which there are.
    """
    categories = {one.key: one.text for one in browsing.categories(workspace)} if category else {}
    districts = {one.key: one.text for one in browsing.profile(workspace).districts} if district else {}
    return Within(
        categories=_keys(category, categories, "site.unknown_category"),
        districts=_keys(district, districts, "site.unknown_district"),
    )


def _keys(named: str, known: Mapping[str, Text], code: str) -> frozenset[str] | None:
    if not named:
        return None
    found = frozenset(key for key, text in known.items() if named in (key, text.zh, text.en))
    if not found:
        raise UserError(code, found=named, allowed=tuple(known.values()))
    return found
