"""Prove that things are as they should be: the database, its projection, a checklist file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wufei_cells.checklists.checking import check
from wufei_cells.checklists.document import edition_document, edition_id, with_city_numbers
from wufei_cells.checklists.reading import read_document, read_source
from wufei_cells.checklists.yaml_source import parse_yaml
from wufei_cells.domain.profiles import CityNumber, Profile
from wufei_cells.errors import Problem, ProblemsFound
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import erasures, evidence_queries, ledger, queries
from wufei_cells.store.content_files import ContentFiles
from wufei_cells.store.database import integrity_problems

LONGEST_DETAIL = 200


@dataclass(frozen=True, slots=True)
class EvidenceFault:
    """One photo or file that cannot be shown as it was taken in."""

    file: str
    name: str
    fault: str
    """``missing`` or ``altered``."""


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """What the examination found; sound when every part is empty."""

    damage: tuple[str, ...] = ()
    """What SQLite reports of the file, or what cannot be read in it; the rest is then not examined."""
    projection: tuple[str, ...] = ()
    """Readable tables that differ from what the journal says."""
    editions: tuple[str, ...] = ()
    """Checklist editions whose content no longer has their identity."""
    evidence: tuple[EvidenceFault, ...] = ()
    """Photos and files whose content is not there, or no longer what was taken in."""
    acts: int = 0
    digest: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.damage or self.projection or self.editions or self.evidence)


def doctor(workspace: Workspace) -> DoctorReport:
    """Examine the register: damage in its file, tables made anew and compared, editions and evidence hashed again."""
    with workspace.database.reading() as connection:
        damage = integrity_problems(connection)
        if damage:
            return DoctorReport(damage)  # nothing in such a file can be relied on
        try:
            projection = ledger.projection_differences(connection)
            stored = queries.editions(connection, of_all_cities=True)
            documents = {row.id: queries.edition_document(connection, row.id) for row in stored}
            contents = evidence_queries.referenced(connection)
        except (ValueError, KeyError, TypeError, AssertionError) as error:
            return DoctorReport((f"{type(error).__name__}: {error}"[:LONGEST_DETAIL],))  # no program of ours wrote this
        files = ContentFiles.beside(workspace.database.path)
        erased = erasures.erased(connection)
        kept = ((key, name) for key, name in sorted(contents.items()) if key not in erased)
        faults = ((key, name, files.state(key)) for key, name in kept)
        return DoctorReport(
            projection=projection,
            editions=tuple(key for key, document in documents.items() if not _is_edition(key, document or "")),
            evidence=tuple(EvidenceFault(key, name, fault) for key, name, fault in faults if fault),
            acts=ledger.count_acts(connection),
            digest=ledger.digest(connection),
        )


def repair(workspace: Workspace) -> None:
    """Make the readable tables anew from the journal."""
    ledger.repair_projection(workspace.database)


def digest(workspace: Workspace) -> str:
    """Give the SHA-256 over everything the register holds; equal on every machine with the same acts."""
    with workspace.database.reading() as connection:
        return ledger.digest(connection)


@dataclass(frozen=True, slots=True)
class CityProblem:
    """Something wrong in a checklist file, and the numbers of the city that it comes from."""

    problem: Problem
    numbers: Mapping[str, CityNumber]
    """By parameter; empty where the file itself is wrong."""


def check_for_city(content: bytes, name: str, profile: Profile) -> tuple[CityProblem, ...]:
    """List everything wrong with a checklist file; when it is sound, what is wrong with it under a city's numbers."""
    try:
        source = parse_yaml(content, name)
        checklist = read_source(source)
    except ProblemsFound as found:
        return tuple(CityProblem(problem, {}) for problem in found.problems)
    changed = {entry.key: entry for entry in checklist.parameters}
    own = {
        key: number
        for key, number in profile.parameters.items()
        if key in changed and (number.value, number.phases) != (changed[key].value, changed[key].phases)
    }

    def problems(numbers: Mapping[str, CityNumber]) -> list[Problem]:
        return check(with_city_numbers(checklist, numbers), {}, source.place)

    def culprits(problem: Problem) -> Mapping[str, CityNumber]:
        """Find the numbers without which the problem would not be there; all of them when several bring it about."""
        about = (problem.code, problem.place)
        alone = {
            key: number
            for key, number in own.items()
            if all((other.code, other.place) != about for other in problems(_without(own, key)))
        }
        return alone or own

    return tuple(CityProblem(problem, culprits(problem)) for problem in source.in_order(problems(own)))


def _without(numbers: Mapping[str, CityNumber], key: str) -> dict[str, CityNumber]:
    return {name: number for name, number in numbers.items() if name != key}


def _is_edition(key: str, document: str) -> bool:
    if edition_id(document) != key:
        return False
    try:
        return edition_document(read_document(document)) == document
    except ProblemsFound:
        return False
