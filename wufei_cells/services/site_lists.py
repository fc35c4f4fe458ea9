"""Take lists of sites into the register: see first what each row would do, then write the chosen ones as one step.

The list is compared once more in the transaction that writes; a row of which something else would come by then, since
somebody has changed the register meanwhile, is left out and told.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.conditions import Fact
from wufei_cells.domain.register import EditionId, SiteId, SiteRow
from wufei_cells.domain.site_lists import (
    FACT,
    NEW_SITE,
    Fate,
    FieldChange,
    Imported,
    LeftOut,
    ListNames,
    ListPreview,
    Outcome,
    PreviewRow,
    RawList,
)
from wufei_cells.errors import Problem, ProblemsFound, why
from wufei_cells.progress import Report, silent
from wufei_cells.services import site_list_undoing
from wufei_cells.services.registering import SiteDraft, SiteRules, site_acts
from wufei_cells.services.site_list_comparing import Comparison
from wufei_cells.services.site_list_matching import KnownSites
from wufei_cells.services.site_list_meaning import Folded, Meaning, Terms, names_of, spelled
from wufei_cells.services.site_list_texts import NameCore
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, queries
from wufei_cells.store.journal import Connection, Draft
from wufei_cells.store.undo_memory import Change

if TYPE_CHECKING:
    from wufei_cells.wording import Wording


def preview(
    workspace: Workspace, files: Sequence[tuple[str, bytes]], wording: Wording, report: Report = silent
) -> ListPreview:
    """Say of every row of some files what taking it into the register would do; nothing is written.

    Files that cannot be read are told beside the rows of the others.

    Args:
        workspace: the register.
        files: name and content of each.
        wording: the language in which places are told.
        report: told how far it is.
    """
    return _previewed(workspace, [partial(_given, name, content) for name, content in files], wording, report)


def preview_files(
    workspace: Workspace, paths: Sequence[Path], wording: Wording, report: Report = silent
) -> ListPreview:
    """Say the same of files on the disk; one that the machine does not give is told beside the others."""
    return _previewed(workspace, [partial(_on_disk, path) for path in paths], wording, report)


def _given(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content


def _on_disk(path: Path) -> tuple[str, bytes]:
    from wufei_cells.workbooks.reading.workbook import file_content  # noqa: PLC0415 - as in ``_Ground``

    try:
        return path.name, file_content(path)
    except FileNotFoundError:
        raise ProblemsFound([Problem("file.not_found", path.name, {"path": str(path)})]) from None
    except OSError as error:
        said = {"path": str(path), "detail": why(error)}
        raise ProblemsFound([Problem("file.not_readable", path.name, said)]) from None


def _previewed(
    workspace: Workspace, files: Sequence[Callable[[], tuple[str, bytes]]], wording: Wording, report: Report
) -> ListPreview:
    with workspace.database.reading() as connection:
        ground = _Ground(workspace, connection, wording)
        source: list[RawList] = []
        for done, file in enumerate(files):
            report(done, len(files))
            try:
                source.append(ground.read(*file(), several=len(files) > 1))
            except ProblemsFound as found:
                source.append(RawList(problems=found.problems))
        rows = ground.compared(source, report)
    problems = tuple(problem for one in source for problem in one.problems)
    notes = tuple(note for one in source for note in one.notes)
    return ListPreview(rows, ground.names, problems, notes, tuple(source))


def take_in(
    workspace: Workspace,
    shown: ListPreview,
    choices: Mapping[int, str | None],
    wording: Wording,
    report: Report = silent,
) -> Imported:
    """Write the chosen rows into the register as one step that can be taken back as a whole.

    Args:
        workspace: the register.
        shown: what the person has seen.
        choices: by number of the row: ``None`` for what the row would do; for a doubtful one, the id of the site that
            is meant, or ``NEW_SITE``.
        wording: the language in which places are told.
        report: told how far it is; what it raises stops the work, and nothing is written.

    Raises:
        UserError: this is the register of an earlier day.
    """
    workspace.refuse_past()
    before = {row.number: row for row in shown.rows}
    with workspace.database.writing() as connection:
        ground = _Ground(workspace, connection, wording)
        now = {row.number: row for row in ground.compared(shown.source, report)}
        chosen, left_out = _settled([(before[number], now[number], choices[number]) for number in sorted(choices)])
        writing = [(outcome.site or SiteId(uuid.uuid4().hex), outcome) for outcome in chosen]
        drafts = [draft for site, outcome in writing for draft in _acts(site, outcome)]
        if drafts:
            workspace.write_many(connection, drafts, report)
            changes = [change for site, outcome in writing for change in _changes(site, outcome)]
            site_list_undoing.remember(workspace, connection, changes)
    new = tuple(site for site, outcome in writing if outcome.site is None)
    changed = tuple(site for site, outcome in writing if outcome.site is not None)
    return Imported(new, changed, tuple(left_out))


# --- what is written


def _settled(
    rows: Sequence[tuple[PreviewRow, PreviewRow, str | None]],
) -> tuple[list[Outcome], list[LeftOut]]:
    """Give what is to be written, and the rows that are left out."""
    chosen: list[Outcome] = []
    left_out: list[LeftOut] = []
    taken: set[str] = set()
    for before, now, choice in rows:
        found = _chosen(before, now, choice)
        if isinstance(found, Outcome) and found.site in taken:
            found = Problem("site_list.chosen_twice", "", {"site": found.name})
        if isinstance(found, Problem):
            left_out.append(LeftOut(before.number, before.place, before.name, found))
        elif found.changes:
            chosen.append(found)
            taken |= {found.site} if found.site else set()
    return chosen, left_out


def _chosen(before: PreviewRow, now: PreviewRow, choice: str | None) -> Outcome | Problem:
    if before.fate is Fate.WRONG:
        return Problem("site_list.is_wrong")
    if before.fate is Fate.SAME:
        return Problem("site_list.is_same")
    if before.fate is Fate.DOUBTFUL and choice is None:
        return Problem("site_list.not_answered")
    wanted = before.outcomes[0] if choice is None else before.outcome(None if choice == NEW_SITE else choice)
    if wanted is None:
        return Problem("site_list.no_such_answer", "", {"found": choice})
    if before.fate is not now.fate or wanted not in now.outcomes:
        return Problem("site_list.changed_meanwhile")
    return wanted


def _acts(site: SiteId, outcome: Outcome) -> list[Draft]:
    return site_acts(site, {change.field: _cell_value(change.field, change.new) for change in outcome.changes})


def _changes(site: SiteId, outcome: Outcome) -> list[Change]:
    return [_change(site, change) for change in outcome.changes]


def _change(site: SiteId, change: FieldChange) -> Change:
    kind = "site_fact" if change.field.startswith(FACT) else "site"
    old, new = (_cell_value(change.field, value) for value in (change.old, change.new))
    return Change(kind, site, change.field, old, new)


def _cell_value(field: str, value: str) -> JsonValue:
    """Give what a cell says: an emptied text is empty, an emptied fact is not known."""
    return (value or None) if field.startswith(FACT) else value


# --- what lists are held against


class _Ground:
    """The register and the city as they stand in a transaction."""

    def __init__(self, workspace: Workspace, connection: Connection, wording: Wording) -> None:
        # The worker loads it: openpyxl, which the workbooks bring along, takes its time.
        from wufei_cells.workbooks import site_list  # noqa: PLC0415
        from wufei_cells.workbooks.vocabulary import Vocabulary, folded  # noqa: PLC0415

        self._connection = connection
        self._reader = site_list
        self._words = words = Vocabulary(wording)
        self._rules = _RegisterRules(workspace, connection, folded)
        self.names = self._rules.names()
        codes = {category.key: category.code for category in self._rules.site_rules.categories}
        self._meaning = Meaning(
            categories=Terms(self.names.categories, places=False, codes=codes),
            districts=Terms(self.names.districts, places=True),
            nothing=site_list.words_for_nothing(words),
            fold=folded,
            flag=lambda text: words.meaning("flag", ("yes", "no"), text),
            tell=lambda table, row, field: site_list.told(table, row, field, words),
        )

    def read(self, name: str, content: bytes, *, several: bool) -> RawList:
        """Read a file."""
        heads = {word for fact in self._rules.facts for word in spelled(fact)}
        return self._reader.read_site_list(content, name, self._words, heads, several=several)

    def compared(self, source: Sequence[RawList], report: Report = silent) -> tuple[PreviewRow, ...]:
        """Compare what was read with the sites as they are now."""
        raw = [row for one in source for row in one.rows]
        rows = [self._meaning.understood(row, number) for number, row in enumerate(raw, 1)]
        city = self._rules.site_rules.profile.city.zh
        places = (city, *(text.zh for text in self.names.districts.values()))
        known = KnownSites(NameCore(places), assessment_queries.conflicts_of_sites(self._connection))
        known.add(queries.sites(self._connection))
        return Comparison(known, self._rules, self._meaning, report).rows(rows)


class _RegisterRules:
    """What sites have to keep to in this register."""

    def __init__(self, workspace: Workspace, connection: Connection, fold: Folded) -> None:
        self.site_rules = SiteRules(workspace, connection)
        self._fold = fold
        self._pinned = assessment_queries.pinned_editions(connection)
        self._asked: dict[tuple[str, str, EditionId | None], Mapping[str, Fact]] = {}
        self._asking: list[Checklist] = []
        for category in self.site_rules.categories:
            for district in ("", *(one.key for one in self.site_rules.profile.districts)):
                self._asking += self.site_rules.asking(category.key, district)

    @property
    def facts(self) -> list[Fact]:
        """All facts that the checklists in force ask for."""
        return [fact for checklist in self._asking for fact in checklist.facts if fact.formula is None]

    def names(self) -> ListNames:
        """Give what everything is called."""
        facts = self.facts
        options = {(fact.key, option.key): option.text for fact in reversed(facts) for option in fact.options}
        return ListNames(
            {category.key: category.text for category in self.site_rules.categories},
            {district.key: district.text for district in self.site_rules.profile.districts},
            {fact.key: fact.text for fact in reversed(facts)},
            options,
        )

    def asked(self, category: str, district: str, site: SiteRow | None) -> Mapping[str, Fact]:
        """Give the facts that are asked for, by every folded name of theirs."""
        pinned = self._pinned.get(site.assessment) if site and site.assessment else None
        key = (category, district, pinned)
        if key not in self._asked:
            asking = self.site_rules.asking(category, district, pinned)
            facts = [fact for checklist in asking for fact in checklist.facts]
            self._asked[key] = names_of(facts, self._fold)
        return self._asked[key]

    def problems(self, draft: SiteDraft) -> list[Problem]:
        """List what is wrong with text fields; names that are taken are seen when rows are matched."""
        return self.site_rules.problems(draft, lambda _name: False)
