"""Search everything: sites, assessments, certificates, items in force, and whatever people wrote about them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import islice

from wufei_cells.domain.checklists import Checklist
from wufei_cells.domain.folding import fold
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.register import AssessmentId, EditionState
from wufei_cells.domain.text import Text
from wufei_cells.services import blindness, edition_choice, reading
from wufei_cells.services.edition_memory import stored_checklist
from wufei_cells.services.search_hits import Fit, Found, Hit, HitKind, Target, Teller
from wufei_cells.services.search_matching import NOTHING_AROUND, Around, best_of, bits, by_name, shared
from wufei_cells.services.search_memory import FIELD_END, SearchMemory, Shelf
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import Connection
from wufei_cells.store.search_queries import SheetRow, TextKind, TextRow
from wufei_cells.store.team_queries import PartStanding

__all__ = ["LIMIT", "Fit", "Hit", "HitKind", "Target", "prepare", "search"]

LIMIT = 40
SAYINGS = (
    *(TextKind.FINDING, TextKind.NOTE, TextKind.REASON, TextKind.BASIS, TextKind.EVIDENCE),
    *(TextKind.REMARK, TextKind.OBJECTION),
)
"""What people wrote about an assessment, mostly about one of its items."""


def search(workspace: Workspace, words: str, limit: int = LIMIT) -> tuple[Hit, ...]:
    """Find what contains all the words, best first: exact, then beginning, then inside; sites before notes.

    Letters are compared without regard to case and width, and every character stands for itself. Of several words at
    least one must be in the text itself; the others may be in what it belongs to (its site, the item it is about).
    """
    wanted = tuple(dict.fromkeys(fold(words).split()))
    if not wanted or limit < 1:
        return ()
    with workspace.database.reading() as connection:
        workspace.search_memory.follow(connection)
        return _Search(workspace, connection, wanted, limit).hits()


def prepare(workspace: Workspace) -> None:
    """Read what can be searched, so that the first search is as quick as the others."""
    with workspace.database.reading() as connection:
        workspace.search_memory.follow(connection)


@dataclass(slots=True)
class _Search:
    """One search in progress."""

    workspace: Workspace
    connection: Connection
    words: tuple[str, ...]
    limit: int
    _places: tuple[Mapping[str, Text], Mapping[str, Text]] | None = None

    @property
    def memory(self) -> SearchMemory:
        """What was read for searching."""
        return self.workspace.search_memory

    def hits(self) -> tuple[Hit, ...]:
        """Give the best of all kinds, of which none pushes the others out."""
        found = (*self._sites(), *self._called_after_sites(), *self._items(), *self._sayings(), *self._of_the_office())
        best = shared(found, self.limit)
        teller = Teller(self.memory, self.words, self._checklist, self._asked, self._place)
        return tuple(teller.hit(found) for found in best)

    # --- finding

    def _sites(self) -> list[Found]:
        shelf = self._shelf(TextKind.SITE)
        places = self._in_places()
        fits = best_of(shelf.folded, self.words, Around(_union(places.values()), places.__getitem__))
        rows = {fit: [shelf.rows[key] for key in keys] for fit, keys in fits.items()}
        named = {fit: by_name(of_fit, shelf.folded, self.words) for fit, of_fit in rows.items()}
        return self._first(HitKind.SITE, named)

    def _called_after_sites(self) -> Iterator[Found]:
        """Look through certificates and assessments; the name of their site is as good as their own text."""
        names = {key: text[: text.index(FIELD_END, 1) + 1] for key, text in self._shelf(TextKind.SITE).folded.items()}
        places = self._in_places()
        for kind in (TextKind.CERTIFICATE, TextKind.ASSESSMENT):
            rows = self._shelf(kind).rows
            texts = {key: f"{text}{names.get(rows[key].site, '')}" for key, text in self._shelf(kind).folded.items()}
            held = {key: places.get(row.site, 0) for key, row in rows.items()}
            yield from self._newest(HitKind(kind), rows, texts, Around(_union(held.values()), held.__getitem__))

    def _items(self) -> Iterator[Found]:
        """Look through the items of the checklists in force; what a county took over from the city comes once."""
        editions = edition_choice.editions(self.workspace, self.connection)
        shelves = {row.id: self._asked(row.id) for row in editions if row.state is EditionState.IN_FORCE}
        for row in (row for row in editions if row.id in shelves):
            shelf = shelves[row.id]
            above = shelves[row.extends].rows if row.extends and row.extends in shelves else {}
            fits = best_of(shelf.folded, self.words, NOTHING_AROUND)
            rows = {fit: [shelf.rows[key] for key in keys] for fit, keys in fits.items()}
            own = {fit: [entry for entry in found if above.get(entry.id) != entry] for fit, found in rows.items()}
            yield from self._first(HitKind.ITEM, own, row.id)

    def _sayings(self) -> Iterator[Found]:
        """Look through what people wrote about items."""
        hidden, told = self._hidden(), self._told_of_sheets()
        asked = {id(entries): _union(entries.values()) for _, entries in told.values()}
        anywhere = _union(held for held, _ in told.values()) | _union(asked.values())
        for kind in SAYINGS:
            shelf = self._shelf(kind)
            texts = shelf.folded
            if hidden:
                texts = {key: text for key, text in texts.items() if shelf.rows[key].assessment not in hidden}
            around = Around(anywhere, partial(_told_of, shelf.rows, told))
            yield from self._newest(HitKind(kind), shelf.rows, texts, around)

    def _of_the_office(self) -> Iterator[Found]:
        """Look through what happened to certificates, and through the batches in which something stands."""
        told, names = self._shelf(TextKind.EVENT), self._shelf(TextKind.SITE).folded
        sites = {row.site for row in told.rows.values() if row.site in names} if len(self.words) > 1 else set[str]()
        held = {site: bits(names[site][: names[site].index(FIELD_END, 1)], self.words) for site in sites}
        around = Around(_union(held.values()), lambda key: held.get(told.rows[key].site, 0))
        yield from self._newest(HitKind.EVENT, told.rows, told.folded, around)
        batches = self._shelf(TextKind.BATCH)
        used = {sheet.batch for sheet in self.memory.sheets.values()}
        texts = {key: text for key, text in batches.folded.items() if key in used}
        yield from self._newest(HitKind.BATCH, batches.rows, texts, NOTHING_AROUND)

    def _newest(
        self, kind: HitKind, rows: Mapping[str, TextRow], texts: Mapping[str, str], around: Around
    ) -> list[Found]:
        """Give the newest of each fit; a shelf's order is that in which it was filled."""
        fits = best_of(texts, self.words, around, newest=self.limit)
        found = {fit: [rows[key] for key in keys] for fit, keys in fits.items()}
        # What was said about an assessment that is not here (yet) leads nowhere.
        known = self.memory.sheets
        led = {
            fit: [row for row in of_fit if not row.assessment or row.assessment in known]
            for fit, of_fit in found.items()
        }
        return self._first(kind, led)

    def _first(self, kind: HitKind, rows: Mapping[Fit, Sequence[TextRow]], edition: str = "") -> list[Found]:
        every = (Found(kind, fit, row, edition) for fit in Fit for row in rows[fit])
        return list(islice(every, self.limit))

    def _hidden(self) -> set[str]:
        """List the sheets that the person may not look into yet."""
        sheets = self.memory.sheets
        parts = {key: self._standing(key, sheet) for key, sheet in sheets.items() if sheet.part_of}
        alone = [part for part in parts.values() if part.blind]
        open_in = Counter(part.whole for part in alone if part.stage is Stage.SCORING)
        seen = {part.id: replace(part, open_beside=open_in[part.whole]) for part in alone}
        return {key for key, part in seen.items() if blindness.hidden(self.workspace, part)}

    def _standing(self, key: str, sheet: SheetRow) -> PartStanding:
        whole = self.memory.sheets.get(sheet.part_of)
        return PartStanding(
            id=AssessmentId(key),
            whole=AssessmentId(sheet.part_of),
            column=sheet.column,
            assessors=sheet.assessors,
            stage=Stage(sheet.stage),
            whole_column=whole.column if whole else None,
            whole_stage=Stage(whole.stage) if whole else Stage.SCORING,
            site_name="",
            open_beside=0,
        )

    # --- what a text belongs to

    def _told_of_sheets(self) -> dict[str, tuple[int, Mapping[str, int]]]:
        """Tell by sheet which words are in the name of its site, and by item which are in that."""
        if len(self.words) == 1:
            return {}
        sites, sheets = self._shelf(TextKind.SITE).folded, self.memory.sheets
        names = {key: bits(text[: text.index(FIELD_END, 1)], self.words) for key, text in sites.items()}
        editions = {sheet.edition for sheet in sheets.values()}
        entries = {edition: self._in_entries(edition) for edition in editions}
        return {key: (names.get(sheet.site, 0), entries[sheet.edition]) for key, sheet in sheets.items()}

    def _in_entries(self, edition: str) -> dict[str, int]:
        return {key: bits(text, self.words) for key, text in self._asked(edition).folded.items()}

    def _in_places(self) -> dict[str, int]:
        """Tell by site which words are in the names of its category and district."""
        rows = self._shelf(TextKind.SITE).rows
        if len(self.words) == 1:
            return dict.fromkeys(rows, 0)
        known: dict[tuple[str, str], int] = {}
        for category, district in {(row.category, row.district) for row in rows.values()}:
            texts = self._place(category, district)
            folded = fold(FIELD_END.join(part for text in texts for part in (text.zh, text.en)))
            known[category, district] = bits(folded, self.words)
        return {key: known[row.category, row.district] for key, row in rows.items()}

    def _shelf(self, kind: TextKind) -> Shelf:
        return self.memory.shelves[kind]

    def _asked(self, edition: str) -> Shelf:
        """Give what an edition asks, as texts to be searched."""
        shelf = self.memory.entries.get(edition)
        if shelf is None:
            shelf = self.memory.entries[edition] = Shelf()
            shelf.put(_entry_rows(self._checklist(edition)))
        return shelf

    def _checklist(self, edition: str) -> Checklist:
        return stored_checklist(self.workspace, self.connection, edition)

    def _place(self, category: str, district: str) -> tuple[Text, Text]:
        if self._places is None:
            categories = reading.categories(self.workspace, self.connection)
            districts = reading.profile(self.connection).districts
            self._places = {one.key: one.text for one in categories}, {one.key: one.text for one in districts}
        categories, districts = self._places
        return categories.get(category) or Text(category), districts.get(district) or Text(district)


def _union(some: Iterable[int]) -> int:
    return reduce(int.__or__, some, 0)


def _told_of(rows: Mapping[str, TextRow], told: Mapping[str, tuple[int, Mapping[str, int]]], key: str) -> int:
    row = rows[key]
    found = told.get(row.assessment)
    return found[0] | found[1].get(row.item, 0) if found else 0


def _entry_rows(checklist: Checklist) -> Iterator[TextRow]:
    for entry in checklist.entries():
        yield TextRow(entry.key, entry.key, (entry.number, entry.text.zh, entry.text.en), item=entry.key)
