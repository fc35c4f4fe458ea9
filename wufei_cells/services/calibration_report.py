"""Calibration as it is shown: nobody is named unless the office asks; a person finds their own line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from wufei_cells.domain.lifecycle import Role
from wufei_cells.progress import Report, silent
from wufei_cells.services import calibrating, roles
from wufei_cells.services.rating_together import PairAgreement, RatedTogether, rated_together
from wufei_cells.services.strictness import Strictness
from wufei_cells.services.workspace import Workspace
from wufei_cells.wording import Wording

_LETTERS = {"zh": "甲乙丙丁戊己庚辛壬癸", "en": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass(frozen=True, slots=True)
class Calibration:
    """One category: who is strict, and how far people agree who scored the same sites."""

    category: str
    strictness: tuple[Strictness, ...]
    together: RatedTogether
    named: bool
    own: str
    """What stands for the person who works here, where they are among them."""


def calibration(
    workspace: Workspace, category: str, wording: Wording, *, named: bool = False, report: Report = silent
) -> Calibration:
    """Compare the people who score a category.

    Args:
        workspace: the register.
        category: the category, by key.
        wording: gives the letters that stand for people.
        named: whether to name people; the office alone may ask for it.
        report: told how far it is.

    Raises:
        UserError: names are asked for by somebody else than the office.
    """
    if named:
        roles.refuse_others(workspace, Role.OFFICE)
    strict = calibrating.calibration(workspace, category, report=report)
    together = rated_together(workspace, category, report=report)
    people = {one.who for one in strict} | {who for pair in together.pairs for who in pair.people}
    labels = {who: who for who in people} if named else labels_of(people, workspace.person.name, wording)
    return Calibration(
        category,
        tuple(replace(one, who=labels[one.who]) for one in strict),
        replace(together, pairs=tuple(_renamed(together, labels))),
        named,
        labels.get(workspace.person.name, ""),
    )


def labels_of(people: Iterable[str], own: str, wording: Wording) -> Mapping[str, str]:
    """Give letters to people, in an order that tells nothing about their names; one's own has a mark."""
    letters = _LETTERS["en" if wording.language == "en" else "zh"]
    found: dict[str, str] = {}
    for number, who in enumerate(sorted(people, key=lambda name: hashlib.sha256(name.encode()).digest())):
        more, place = divmod(number, len(letters))
        letter = f"{letters[place]}{more + 1}" if more else letters[place]
        found[who] = wording.say("calibration.own", letter=letter) if who == own else letter
    return found


def _renamed(together: RatedTogether, labels: Mapping[str, str]) -> Iterable[PairAgreement]:
    return (replace(pair, people=(labels[pair.people[0]], labels[pair.people[1]])) for pair in together.pairs)
