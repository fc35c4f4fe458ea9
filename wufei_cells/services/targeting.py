"""Targets: how many cells of a category, in a county, by a day. The profile's, with what the office laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.profiles import Profile
from wufei_cells.domain.targets import Target
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.services import conflict_guards, reading, roles, steps, undoing
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import steering_queries
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.queries import REGISTER

PLACE = "targets"
"""What ``undoing`` calls the steps that are taken here."""
MOST = 100_000
FURTHEST_YEARS = 10
"""How far away the day of a target may lie."""
Place = tuple[str | None, str | None, date]
"""Category, district and day; ``None``: all."""


class Origin(StrEnum):
    """Who laid a target down."""

    PROFILE = "profile"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class TargetChange:
    """What should hold somewhere; ``None``: nothing, or again what the profile says (``to_profile``)."""

    category: str | None
    district: str | None
    by: date
    count: int | None
    to_profile: bool = False

    @property
    def place(self) -> Place:
        """Where it belongs."""
        return self.category, self.district, self.by


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target in force."""

    target: Target
    origin: Origin
    instead_of: int | None = None
    """What the profile says there, where the office says something else."""
    author: str = ""
    at: datetime | None = None


class Sum(StrEnum):
    """How the parts of a target stand to it."""

    ABOVE = "above"
    BELOW = "below"
    """Although every part has one."""


@dataclass(frozen=True, slots=True)
class TargetNote:
    """Parts that do not add up to the whole: nothing wrong, but worth a look."""

    kind: Sum
    whole: Target
    parts: int
    over: str
    """``categories`` or ``districts``: what was added up."""


@dataclass(frozen=True, slots=True)
class TargetsInForce:
    """All targets, by day, then categories and counties in the profile's order; and what is worth a look."""

    rows: tuple[TargetRow, ...]
    notes: tuple[TargetNote, ...]
    past: tuple[Target, ...] = ()
    """Those among what was just laid down whose day has passed: nothing wrong, but worth a look."""

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets alone."""
        return tuple(row.target for row in self.rows)


def set_target(
    workspace: Workspace, count: int, *, by: date, category: str | None = None, district: str | None = None
) -> TargetsInForce:
    """Lay a target down, for a category, a county, both, or the whole city on the way to its goal.

    Raises:
        ProblemsFound: everything that is wrong with it.
        UserError: it is not this person's work, or two people laid down different ones.
    """
    return set_targets(workspace, [TargetChange(category, district, by, count)])


def remove_target(
    workspace: Workspace,
    *,
    by: date,
    category: str | None = None,
    district: str | None = None,
    to_profile: bool = False,
) -> TargetsInForce:
    """Let a target hold no longer; ``to_profile``: let hold again what the profile says.

    Raises:
        ProblemsFound: there is none.
        UserError: as ``set_target``.
    """
    change = TargetChange(category, district, by, None, to_profile)
    held = {_place(row.target) for row in in_force(workspace).rows}
    if change.place not in held and not to_profile:
        raise ProblemsFound([Problem("targeting.none", "target")])
    return set_targets(workspace, [change])


def set_targets(workspace: Workspace, changes: Sequence[TargetChange]) -> TargetsInForce:
    """Change many targets as one step; what says what holds already is passed over.

    Raises:
        ProblemsFound: everything that is wrong with any of them.
        UserError: as ``set_target``.
    """
    with workspace.database.writing() as connection:
        roles.require_for(workspace, connection, "target")
        profile = reading.profile(connection)
        today = workspace.today()
        found = [problem for change in changes for problem in _problems(profile, change, today)]
        if found:
            raise ProblemsFound(found)
        laid = {_place(target): target.count for target in of_profile(profile)}
        said = {(one.category, one.district, one.by): one.count for one in steering_queries.targets(connection)}
        drafts: list[Draft] = []
        for change in changes:
            value = _value(change, laid)
            before: JsonValue = {"count": said[change.place]} if change.place in said else None
            if value != before:
                cell = steering_queries.target_cell(*change.place)
                conflict_guards.refuse_disputed(connection, REGISTER, cell)
                drafts.append(Draft("target", REGISTER, cell, value))
        if drafts:
            undoing.write(workspace, connection, drafts, places=[PLACE])
        past = tuple(Target(*one.place[:2], one.count, one.by) for one in changes if one.count and one.by < today)
        return replace(in_force_within(connection, profile), past=past)


def in_force(workspace: Workspace) -> TargetsInForce:
    """Give the targets that hold, and what of them does not add up."""
    with workspace.database.reading() as connection:
        return in_force_within(connection, reading.profile(connection))


def in_force_within(connection: Connection, profile: Profile) -> TargetsInForce:
    """Give the targets that hold, within a transaction."""
    rows = {_place(target): TargetRow(target, Origin.PROFILE) for target in of_profile(profile)}
    for said in steering_queries.targets(connection):
        place: Place = (said.category, said.district, said.by)
        laid = rows.pop(place, None)
        if said.count is not None:
            instead = laid.target.count if laid and laid.target.count != said.count else None
            rows[place] = TargetRow(
                Target(*place[:2], said.count, said.by), Origin.OFFICE, instead, said.author, said.at
            )
    ordered = tuple(sorted(rows.values(), key=lambda row: _order(profile, row.target)))
    return TargetsInForce(ordered, tuple(notes_on(profile, [row.target for row in ordered])))


def of_profile(profile: Profile) -> tuple[Target, ...]:
    """Give the targets that a profile lays down, those among its plans for categories included."""
    goal = profile.goal
    named = {_place(target) for target in goal.targets}
    of_plans = (Target(plan.category, None, plan.target, goal.by) for plan in profile.categories if plan.target)
    return (*(target for target in of_plans if _place(target) not in named), *goal.targets)


def _value(change: TargetChange, laid: dict[Place, int]) -> JsonValue:
    """Give what the act says: nothing where the profile says as much."""
    if change.to_profile or change.count == laid.get(change.place):
        return None
    return {"count": change.count}


def _place(target: Target) -> Place:
    return target.category, target.district, target.by


def _order(profile: Profile, target: Target) -> tuple[date, int, int]:
    categories = [None, *(plan.category for plan in profile.categories)]
    districts = [None, *(district.key for district in profile.districts)]
    return target.by, _index(categories, target.category), _index(districts, target.district)


def _index(keys: Sequence[str | None], key: str | None) -> int:
    return keys.index(key) if key in keys else len(keys)


# --- sums


def notes_on(profile: Profile, targets: Sequence[Target]) -> Iterable[TargetNote]:
    """Find the parts that do not add up to their whole."""
    counts = {_place(target): target.count for target in targets}
    counts.setdefault((None, None, profile.goal.by), profile.goal.count)
    categories = [plan.category for plan in profile.categories]
    districts = [district.key for district in profile.districts]
    for (category, district, by), count in counts.items():
        whole = Target(category, district, count, by)
        if category is None:
            yield from _note(whole, "categories", [counts.get((one, district, by)) for one in categories])
        if district is None:
            yield from _note(whole, "districts", [counts.get((category, one, by)) for one in districts])


def _note(whole: Target, over: str, parts: Sequence[int | None]) -> Iterable[TargetNote]:
    known = [part for part in parts if part is not None]
    if sum(known) > whole.count:
        yield TargetNote(Sum.ABOVE, whole, sum(known), over)
    elif known and len(known) == len(parts) and sum(known) < whole.count:
        yield TargetNote(Sum.BELOW, whole, sum(known), over)


# --- what is wrong


def _problems(profile: Profile, change: TargetChange, today: date) -> Iterable[Problem]:
    if change.category is not None and profile.plan(change.category) is None:
        known = tuple(plan.category for plan in profile.categories)
        yield Problem("site.unknown_category", "category", {"found": change.category, "allowed": known})
    if change.district is not None and profile.district(change.district) is None:
        known = tuple(district.text for district in profile.districts)
        yield Problem("site.unknown_district", "district", {"found": change.district, "allowed": known})
    if change.place == (None, None, profile.goal.by):
        yield Problem("targeting.goal", "by", {"on": change.by})
    latest = max(today.replace(year=today.year + FURTHEST_YEARS, month=12, day=31), profile.goal.by)
    if change.count is not None and not steps.EARLIEST <= change.by <= latest:
        yield Problem("targeting.far_day", "by", {"found": change.by, "earliest": steps.EARLIEST, "latest": latest})
    if change.count is not None and not 0 <= change.count <= MOST:
        yield Problem("targeting.count", "count", {"most": MOST})
