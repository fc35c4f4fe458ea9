"""When something applies: small conditions over the facts of a site."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wufei_cells.domain.formulas import Formula
from wufei_cells.domain.rules import Bound
from wufei_cells.domain.text import Text


class FactKind(StrEnum):
    """What kind of fact is asked."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class FactOption:
    """One possible value of a fact that is a choice."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the site that decides what applies ("has a canteen")."""

    key: str
    text: Text
    kind: FactKind
    unit: Text
    options: tuple[FactOption, ...] = ()
    formula: Formula | None = None
    """For a number that is worked out from other facts, not asked."""


@dataclass(frozen=True, slots=True)
class FactIs:
    """Holds when the fact has one of these values ("yes", "no", or option keys)."""

    fact: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactCompared:
    """Holds when the fact, a number, passes the bound."""

    fact: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when some part does."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when the part does not."""

    part: Condition


Condition = FactIs | FactCompared | AllOf | AnyOf | Not
