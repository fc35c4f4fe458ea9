"""Where a conflict belongs: its site, its file, its item, the room of the window, and whose work settling it is."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from wufei_cells.domain.answers import JsonValue
from wufei_cells.domain.conflicts import ConflictRow, Disputed, Room, conflict_id
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.register import ActRef, AssessmentRow
from wufei_cells.domain.text import Text
from wufei_cells.errors import UserError
from wufei_cells.services import blindness, reading
from wufei_cells.services.naming_entries import named
from wufei_cells.services.workspace import Workspace
from wufei_cells.store import assessment_queries, conflict_queries, queries
from wufei_cells.store.conflict_queries import CellAct, OpenCell
from wufei_cells.store.journal import Connection, heads
from wufei_cells.store.steering_queries import EVERY
from wufei_cells.store.withdrawal_queries import KIND, Against

_ON_SHEET = frozenset({"assessment", "assessment_state", "answer", "evidence", "precheck", "application"})
_BELONG = frozenset({"finding", "finding_check", "signature", "objection", "objection_settled"})
"""Kinds of things of their own that name the file they belong to."""
_MAIN_CELL = {"finding_check": "finding", "objection_settled": "objection"}
_OF_SITE = frozenset({"follow_up", "visit"})
"""Kinds that name the site they are about."""
_ROOMS = {
    **dict.fromkeys(("site", "site_fact", *_OF_SITE), Room.SITES),
    **dict.fromkeys((*_ON_SHEET, *_BELONG, "evidence_file"), Room.ASSESSMENT),
    **dict.fromkeys(
        ("certificate", "certificate_event", "batch", "number_keeper", "number_block", "template", "template_choice"),
        Room.CERTIFICATES,
    ),
    **dict.fromkeys(("draft", "edition", "edition_source", "edition_state", "drawing"), Room.CHECKLISTS),
}
_TITLES = {
    "batch": "title",
    "draft": "title",
    "edition": "edition",
    "person": "name",
    "certificate": "number",
    "template": "title",
    "finding": "text",
}
"""Fields by which a thing is called."""
_OFFICE = frozenset(
    {"certificate", "certificate_event", "batch", "profile", "template", "template_choice", "number_keeper"}
    | {"number_block", "role", "office_key", "status_list", "objection_settled", "drawing"}
    | {"target", "indicator_value", "follow_up"}
)
_BY_STAGE = {
    **dict.fromkeys((Stage.APPLIED, Stage.SCORING, Stage.STOPPED, Stage.FINISHED), (*Role,)),
    Stage.REVIEWED: (Role.REVIEWER, Role.OFFICE),
}


class Places:
    """Finds where conflicts belong, within a transaction; what was read once is kept."""

    def __init__(self, workspace: Workspace, connection: Connection) -> None:
        self._workspace, self._connection = workspace, connection
        self._files: dict[str, AssessmentRow | None] = {}
        self._names: dict[str, str] = {}

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The sheets that are kept from the person who works here."""
        return blindness.hidden_sheets(self._workspace, self._connection)

    # --- rows

    def row(self, found: OpenCell) -> ConflictRow:
        """Tell where a cell in conflict belongs."""
        standing = heads(self._connection, found.entity, found.cell)
        refs = sorted((ActRef(head.uuid, head.seq) for head in standing), key=lambda ref: (ref.device, ref.seq))
        row = ConflictRow(
            id=conflict_id(found.entity, found.cell),
            entity=found.entity,
            cell=found.cell,
            kind=found.kind,
            what=_what(found.kind, found.cell),
            values=found.values,
            heads=tuple(refs),
            room=_ROOMS.get(found.kind, Room.SETTINGS),
        )
        return self._placed(row)

    def withdrawn(self, found: Against) -> ConflictRow:
        """Tell where something belongs that was taken out here and worked on there."""
        finding = found.cell == "finding"
        row = ConflictRow(
            id=conflict_id(found.entity, KIND),
            entity=found.entity,
            cell=KIND,
            kind="finding" if finding else "site",
            what=Disputed.FINDING_WITHDRAWN if finding else Disputed.SITE_WITHDRAWN,
            values=2,
            heads=(*found.withdrawn, *(one.act for one in found.edits)),
            room=Room.ASSESSMENT if finding else Room.SITES,
        )
        return self._placed(row)

    def file(self, assessment: str) -> AssessmentRow | None:
        """Give a file, if the register knows it."""
        if assessment not in self._files:
            self._files[assessment] = assessment_queries.assessment(self._connection, assessment)
        return self._files[assessment]

    def site_name(self, site: str) -> str:
        """Give the name of a site; of one that left the register, the last it had."""
        if site not in self._names:
            found = queries.site(self._connection, site)
            self._names[site] = found.name if found else self._last(site, "name")
        return self._names[site]

    def said_last(self, entity: str, cell: str) -> JsonValue:
        """Give the last thing that a cell said which was not nothing."""
        acts = conflict_queries.acts_of(self._connection, entity, cell)
        return next((act.value for act in reversed(acts) if act.value not in (None, "")), None)

    def _last(self, entity: str, cell: str) -> str:
        value = self.said_last(entity, cell)
        return value if isinstance(value, str) else ""

    # --- parts

    def _placed(self, row: ConflictRow) -> ConflictRow:
        if row.kind in ("site", "site_fact"):
            placed = replace(row, site=row.entity, site_name=self.site_name(row.entity))
            return replace(placed, about=self._fact(placed)) if row.kind == "site_fact" else placed
        if row.kind in _ON_SHEET:
            return self._in_file(row, row.entity, _item(row))
        if row.kind in _BELONG:
            said = self.said_last(row.entity, _MAIN_CELL.get(row.kind, row.kind))
            fields = said if isinstance(said, dict) else {}
            placed = self._in_file(row, str(fields.get("assessment", "")), str(fields.get("item") or ""))
            return placed if placed.about else replace(placed, about=str(fields.get("name") or ""))
        if row.kind == "certificate_event":
            return self._of_paper(row, self.said_last(row.entity, "record"))
        if row.kind in _OF_SITE:
            return self._of_site(row, self.said_last(row.entity, row.cell))
        return self._called(row)

    def _of_site(self, row: ConflictRow, value: JsonValue) -> ConflictRow:
        fields = value if isinstance(value, dict) else {}
        subject = fields.get("subject")
        site = str((subject if isinstance(subject, dict) else fields).get("site") or "")
        return replace(row, site=site, site_name=self.site_name(site) if site else "", about=str(fields.get("on", "")))

    def _in_file(self, row: ConflictRow, assessment: str, item: str) -> ConflictRow:
        file = self.file(assessment)
        if file is None:
            return replace(row, assessment=assessment, item=item, about=item)
        about: Text | str = ""
        if item:
            about = named(reading.checklist(self._workspace, self._connection, file.edition), item)
        site_name = file.site_name or self.site_name(file.site)
        return replace(row, site=file.site, site_name=site_name, assessment=file.id, item=item, about=about)

    def _fact(self, row: ConflictRow) -> Text | str:
        site = queries.site(self._connection, row.site)
        file = self.file(site.assessment) if site and site.assessment else None
        try:
            if file is None and site is not None:
                district = site.district
                edition = reading.current_edition(self._workspace, self._connection, site.category, district).id
            else:
                edition = file.edition if file else ""
            return (
                named(reading.checklist(self._workspace, self._connection, edition), row.cell) if edition else row.cell
            )
        except UserError:  # a category without a checklist
            return row.cell.removeprefix("fact.")

    def _of_paper(self, row: ConflictRow, record: JsonValue) -> ConflictRow:
        fields = record if isinstance(record, dict) else {}
        return replace(
            row,
            certificate=row.entity,
            site=str(fields.get("site", "")),
            site_name=str(fields.get("site_name", "")),
            assessment=str(fields.get("assessment", "")),
            about=str(fields.get("number", "")),
        )

    def _of_city(self, row: ConflictRow) -> ConflictRow:
        """Name the part of the city that a target is for, or the indicator, with the day or the year."""
        profile = reading.profile(self._connection)
        if row.kind == "indicator_value":
            found = profile.indicator(row.entity.partition(".")[2])
            named = [found.text if found else Text(row.entity), Text(row.cell.removeprefix("year."))]
        else:
            _word, category, district, by = row.cell.split(".")
            texts = {one.key: one.text for one in reading.categories(self._workspace, self._connection)}
            texts |= {one.key: one.text for one in profile.districts}
            named = [texts.get(key, Text(key)) for key in (category, district) if key != EVERY]
            named = [*(named or [profile.city]), Text(by)]
        chinese, english = [one.zh for one in named], [one.en or one.zh for one in named]
        return replace(row, about=Text(" · ".join(chinese), " · ".join(english)))

    def _called(self, row: ConflictRow) -> ConflictRow:
        if row.kind in ("target", "indicator_value"):
            return self._of_city(row)
        value = self.said_last(row.entity, row.cell)
        if row.kind == "certificate":
            return self._of_paper(row, value)
        if row.kind == "role":
            return replace(row, about=queries.people(self._connection).get(row.entity, row.entity))
        if row.kind == "edition_state":
            value = self.said_last(row.entity, "edition")
            said = value if isinstance(value, dict) else {}
            return replace(row, about=f"{said.get('key', '')} {said.get('edition', '')}".strip())
        field = value.get(_TITLES.get(row.kind, "")) if isinstance(value, dict) else None
        if isinstance(field, dict):
            return replace(row, about=Text(str(field.get("zh", "")), str(field.get("en", ""))))
        return replace(row, about=str(field)) if field else row


def roles_for(row: ConflictRow, chosen: JsonValue) -> tuple[Role, ...]:
    """Tell whose work it is to let a value count; of none: everybody may."""
    if row.kind == "assessment_state":
        stage = chosen.get("stage") if isinstance(chosen, dict) else None
        known = Stage(stage) if stage in set(Stage) else Stage.APPROVED
        return _BY_STAGE.get(known, (Role.OFFICE,))
    if row.kind in _OFFICE:
        return (Role.OFFICE,)
    return (*Role,) if row.kind in _ON_SHEET or row.kind in _BELONG else ()


def shown_first(acts: tuple[CellAct, ...]) -> tuple[CellAct, ...]:
    """Put the standing acts into the order in which they are shown: the one that is shown meanwhile first."""
    standing = [act for act in acts if act.standing]
    return tuple(sorted(standing, key=lambda act: (act.lamport, act.ref.device, act.ref.seq), reverse=True))


def _what(kind: str, cell: str) -> Disputed:
    word = f"site_{cell}" if kind == "site" else kind
    return Disputed(word) if word in set(Disputed) else Disputed.OTHER


def _item(row: ConflictRow) -> str:
    if row.kind == "answer":
        return row.cell.removeprefix("answer.")
    return row.cell.split(".", 2)[2] if row.kind == "evidence" else ""
