"""What there is to say about the assessment on the desk, in words: read off the session, painted by the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ui.models.desk_items_model import FACTS, PRECHECK
from wufei_cells.domain.checklists import Gate
from wufei_cells.domain.lifecycle import Stage, next_stage
from wufei_cells.domain.process import Process
from wufei_cells.errors import WufeiError
from wufei_cells.services.earlier_answers import tell_archived, tell_recheck
from wufei_cells.services.explaining import explain
from wufei_cells.services.standing_answers import tell_conflict

if TYPE_CHECKING:
    from ui.i18n import I18n
    from ui.models.scoring_session import ScoringSession
    from wufei_cells.domain.checklists import Group, Item
    from wufei_cells.services.earlier_answers import EarlierTold
    from wufei_cells.services.explaining import ExplainedLine
    from wufei_cells.services.prechecking import Precheck
    from wufei_cells.services.standing_answers import StandingTold


class Remark(NamedTuple):
    """One sentence with the icon and the color role it is shown with, and the words of its button."""

    text: str = ""
    icon: str = "information"
    role: str = "information"
    action: str = ""


def onward(stage: Stage, process: Process) -> str:
    """Name a stage for its sentence: with the one that follows, where the city goes through one that few do."""
    following = next_stage(stage, process.uses)
    plain = {Stage.FINISHED: Stage.APPROVED, Stage.APPROVED: Stage.CERTIFIED}
    if following is None or stage not in plain or following is plain[stage]:
        return stage.value
    return f"{stage.value}_{following.value}"


class DeskReading:
    """Answers questions about the open assessment."""

    def __init__(self, session: ScoringSession, i18n: I18n) -> None:
        self._session = session
        self._i18n = i18n
        self.precheck_open = 0
        """How many questions of the pre-check nobody has looked at yet."""

    # --- the whole

    def missing_count(self) -> int:
        """Count the things that keep the assessment from being finished; the parts of an item are one."""
        card = self._session.scorecard
        keys = card.missing if card else ()
        missing = {key if key.startswith(FACTS) else key.split(".", maxsplit=1)[0] for key in keys}
        return len(missing | self._session.rechecks()) + self.precheck_open

    def missing_facts(self) -> list[str]:
        """List the facts of the site that are missing, by key."""
        card = self._session.scorecard
        return [key.removeprefix(FACTS) for key in card.missing if key.startswith(FACTS)] if card else []

    def level(self) -> str:
        """Name the level that was reached; empty while there is none."""
        sheet, card = self._session.sheet, self._session.scorecard
        if sheet is None or card is None:
            return ""
        grade = next((grade for grade in sheet.checklist.grades if grade.key == card.level), None)
        return self._session.text(grade.text) if grade else ""

    def standing(self) -> Remark:
        """Say why nothing can be changed, or why the assessment was opened again."""
        sheet = self._session.sheet
        if sheet is None:
            return Remark()
        row, tr = sheet.assessment, self._i18n.tr
        closed = self.view_only()
        if sheet.editable and sheet.shut_out:
            reason = tr("desk.list_separator").join(sheet.shut_out)
            return Remark(tr("desk.shut_out", reason=reason), "lock", "failed", tr("desk.to_precheck"))
        if sheet.editable and row.returned:
            values = {"revision": row.revision, "count": len(row.returned), "remarks": row.remarks}
            said = tr("desk.sent_back" if row.remarks else "desk.sent_back_bare", **values)
            return Remark(f"{closed} {said}", "lock") if closed else Remark(said, "undo", "attention")
        if sheet.editable:
            said = tr("desk.reopened_because", remarks=row.remarks) if row.remarks else ""
            return Remark(f"{closed} {said}".strip(), "lock") if closed else Remark(said)
        values = {"name": row.decided_by or "", "at": self._i18n.moment(row.decided_at), "remarks": row.remarks}
        if row.stage is Stage.REVIEWED:
            values |= {"name": row.reviewed_by or "", "at": self._i18n.moment(row.reviewed_at)}
        return Remark(tr(f"desk.read_only_{onward(row.stage, self._session.process)}", **values), "lock")

    def view_only(self) -> str:
        """Say why nothing can be written although the assessment is open; empty where something can."""
        sheet = self._session.sheet
        return self._session.rights.view_only(sheet.assessment) if sheet is not None and sheet.editable else ""

    def turns(self, found: Precheck) -> bool:
        """Tell whether the pre-check closes answers that are still open here, or opens them again."""
        sheet = self._session.sheet
        if sheet is None or sheet.assessment.part_of is not None:
            return False
        return bool(found.failing) != bool(sheet.shut_out)

    # --- where to go

    def open_after(self, key: str) -> str:
        """Find the next unanswered item after one, around the end if need be; what comes before the items comes last.

        From nowhere (an empty key), the pre-check and the facts come first: they decide whether and what else is asked.
        """
        sheet = self._session.sheet
        if sheet is None:
            return ""
        before = PRECHECK if self.precheck_open else FACTS if self.missing_facts() else ""
        if before and not key:
            return before
        still_open = set(self._session.open_entries())
        keys = [entry.key for entry in sheet.checklist.entries()]
        place = keys.index(key) + 1 if key in keys else 0
        return next((other for other in (*keys[place:], *keys[:place]) if other in still_open), before)

    def opening(self, wanted: str) -> str:
        """Say where to begin: where the person was, else with what is missing first, else at the top."""
        sheet = self._session.sheet
        if sheet is None:
            return ""
        if wanted in (FACTS, PRECHECK) or sheet.checklist.entry(wanted) is not None:
            return wanted
        first = self.returned_after("") or next(iter(sheet.checklist.entries())).key
        return (self.open_after("") if sheet.editable else "") or first

    def returned_after(self, key: str) -> str:
        """Find the next item after one that was sent back; empty after the last and where nothing was."""
        returned = self._session.returned
        if self._session.sheet is None or not returned:
            return ""
        keys = [entry.key for entry in self._session.sheet.checklist.entries()]
        place = keys.index(key) + 1 if key in keys else 0
        return next((other for other in keys[place:] if other in returned), "")

    # --- one item

    def place(self, entry: Gate | Item) -> str:
        """Name the groups an item stands in."""
        if isinstance(entry, Gate):
            return self._i18n.tr("desk.gates")
        names: list[str] = []
        groups = self._groups()
        while (group := _holding(groups, entry)) is not None:
            names.append(self._session.text(group.text))
            groups = list(group.groups)
        return " › ".join(names)

    def is_bonus(self, entry: Gate | Item) -> bool:
        """Tell whether an item gives points on top of full marks."""
        bonus = self._session.sheet.checklist.bonus if self._session.sheet else None
        return bonus is not None and any(item is entry for item in bonus.group.all_items())

    def is_taken(self, entry: Gate | Item) -> bool:
        """Tell whether an item's points are taken off the total."""
        deductions = self._session.sheet.checklist.deductions if self._session.sheet else None
        return deductions is not None and any(item is entry for item in deductions.group.all_items())

    def number(self, key: str) -> str:
        """Give the printed number of an item, and the words of what has none."""
        if key == PRECHECK:
            return self._i18n.tr("desk.precheck_title")
        entry = self._session.sheet.checklist.entry(key) if self._session.sheet else None
        return entry.number if entry else key

    def key_of(self, number: str) -> str:
        """Find an item by its printed number or its key; empty when there is none."""
        sheet = self._session.sheet
        wanted = number.strip().casefold()
        entries = sheet.checklist.entries() if sheet and wanted else ()
        return next((entry.key for entry in entries if wanted in (entry.number.casefold(), entry.key.casefold())), "")

    def excluded(self, key: str) -> bool:
        """Tell whether the facts of the site leave an item or a gate out."""
        sheet, card = self._session.sheet, self._session.scorecard
        if sheet is None or card is None:
            return False
        if isinstance(sheet.checklist.entry(key), Gate):
            return all(gate.key != key for gate in card.gates)
        score = card.item(key)
        return score is not None and score.explanation.code == "explain.excluded_by_facts"

    def stored(self, key: str) -> str:
        """Say who stored the answer and when."""
        row = self._session.rows.get(key)
        if row is None or key in self._session.unsaved:
            return ""
        return self._i18n.tr("desk.stored_by", name=row.author, at=self._i18n.moment(row.at))

    def remark(self, key: str) -> Remark:
        """Say what is special about an item: not stored, in conflict, left out."""
        tr = self._i18n.tr
        unsaved, row = self._session.unsaved.get(key), self._session.rows.get(key)
        if unsaved is not None and unsaved.error is None and unsaved.problem is None:
            return Remark(tr("desk.note_waits"), "save", "attention")
        if unsaved is not None and unsaved.error is not None:
            error = unsaved.error
            reason = self._i18n.error(error) if isinstance(error, WufeiError) else str(error)
            return Remark(tr("desk.not_stored", reason=reason), "save", "failed", tr("desk.retry"))
        if row is not None and row.values > 1:
            return Remark(tr("desk.conflict", count=row.values, name=row.author), "conflict", "conflict")
        if self.excluded(key):
            return Remark(tr("desk.excluded_by_facts"), "not_applicable", "not_applicable")
        return Remark(self.locked(key), "lock", "not_applicable")

    def sent_back(self, key: str) -> Remark:
        """Say what is to be mended in an item that was sent back."""
        remark = self._session.returned.get(key, "")
        return Remark(self._i18n.tr("desk.item_sent_back", remark=remark) if remark else "", "undo", "attention")

    def locked(self, key: str) -> str:
        """Say why nothing can be written on an item although the assessment is open; empty where it can."""
        if not self._session.locked(key):
            return ""
        tr = self._i18n.tr
        entries = self._session.sheet.checklist.entries() if self._session.sheet else ()
        numbers = tr("desk.list_separator").join(one.number for one in entries if one.key in self._session.returned)
        return tr("desk.facts_locked" if key == FACTS else "desk.item_locked", items=numbers)

    def explained(self, key: str) -> tuple[ExplainedLine, ...]:
        """Explain the points of an item as stored."""
        sheet, card = self._session.sheet, self._session.scorecard
        score = card.item(key) if card else None
        if sheet is None or score is None:
            return ()
        return explain(score.explanation, sheet.checklist, self._i18n.wording, on=sheet.on)

    def at_odds(self, key: str) -> tuple[StandingTold, ...]:
        """Tell the answers that stand side by side for an item; nothing while one counts."""
        sheet = self._session.sheet
        if sheet is None or not self._session.at_odds(key):
            return ()
        return tell_conflict(sheet, key, self._i18n.wording)

    # --- answers to an earlier edition

    def earlier(self, key: str) -> tuple[EarlierTold, ...]:
        """Tell what was answered to an item before its words changed, while nobody has looked at it again."""
        sheet = self._session.sheet
        if sheet is None or not self._session.waits_for_recheck(key):
            return ()
        return tell_recheck(sheet, key, self._i18n.wording)

    def archived(self) -> tuple[EarlierTold, ...]:
        """Tell what was answered to entries that are gone."""
        return tell_archived(self._session.sheet, self._i18n.wording) if self._session.sheet else ()

    def _groups(self) -> list[Group]:
        checklist = self._session.sheet.checklist if self._session.sheet else None
        if checklist is None:
            return []
        return [*checklist.top_groups()]


def _holding(groups: list[Group], item: Item) -> Group | None:
    return next((group for group in groups if item in group.all_items()), None)
