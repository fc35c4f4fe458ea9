"""Disagreements of every kind: something is written here, something else elsewhere by people who saw neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count

from tests.samples.registers import add_site, brought, scored
from tests.store.foreign import Act, Name, take_in
from wufei_cells.domain.answers import Answer, JsonValue
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.domain.register import SiteRow
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.services import (
    assessing,
    browsing,
    drafting,
    finding_faults,
    registering,
    roles,
    supervising,
)
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.journal import heads
from wufei_cells.store.queries import REGISTER

ELSEWHERE = "b" * 32
"""The device of a county."""
COUNTY = "李县"
NAMES = tuple(f"{sign}单位" for sign in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥")
_numbers = count(1)


def standing(workspace: Workspace, entity: str, cell: str) -> tuple[Name, ...]:
    """The acts of a cell that stand."""
    with workspace.database.reading() as connection:
        return tuple((head.uuid, head.seq) for head in heads(connection, entity, cell))


def written_elsewhere(
    workspace: Workspace,
    kind: str,
    entity: str,
    cell: str,
    value: JsonValue,
    *,
    over: Sequence[Name] = (),
    device: str = ELSEWHERE,
    author: str = COUNTY,
    at: str = "2026-11-02T03:00:00+00:00",
    lamport: int = 500,
) -> Act:
    """Take in an act of another device that replaces only what it had seen."""
    act = Act(device, next(_numbers), kind, entity, cell, lamport, value, tuple(over), author, at)
    take_in(workspace.database, [act])
    return act


def value_of(workspace: Workspace, entity: str, cell: str) -> JsonValue:
    """What a cell says, where one act stands."""
    with workspace.database.reading() as connection:
        [head] = heads(connection, entity, cell)
        return head.value


def parted(
    workspace: Workspace, kind: str, entity: str, cell: str, change: Callable[[], object], other: JsonValue
) -> None:
    """Let somebody here change a cell, and somebody elsewhere the same cell, both from what stood before."""
    over = standing(workspace, entity, cell)
    change()
    written_elsewhere(workspace, kind, entity, cell, other, over=over)


def new_site(workspace: Workspace) -> SiteRow:
    """Enter a site under a name that is free."""
    taken = {row.name for row in browsing.list_sites(workspace)}
    return add_site(workspace, next(name for name in NAMES if name not in taken))


# --- one of each kind; each gives the entity and the cell


def answer(workspace: Workspace) -> tuple[str, str]:
    row = scored(workspace, new_site(workspace))
    said = value_of(workspace, row.id, "answer.A2")
    assert isinstance(said, dict)
    other = {**said, "value": {"part": "50", "whole": "100"}, "note": "只抽查了一半"}

    def here() -> None:
        assessing.record_answer(workspace, row.id, "A2", Answer({"part": "90", "whole": "100"}, note="全数查过"))

    parted(workspace, "answer", row.id, "answer.A2", here, other)
    return row.id, "answer.A2"


def site_phone(workspace: Workspace) -> tuple[str, str]:
    site = new_site(workspace)
    registering.edit_site(workspace, site.id, phone="100")
    parted(workspace, "site", site.id, "phone", lambda: registering.edit_site(workspace, site.id, phone="111"), "222")
    return site.id, "phone"


def site_name(workspace: Workspace) -> tuple[str, str]:
    site = new_site(workspace)
    parted(
        workspace,
        "site",
        site.id,
        "name",
        lambda: registering.edit_site(workspace, site.id, name="甲单位东区"),
        "甲公司",
    )
    return site.id, "name"


def fact(workspace: Workspace) -> tuple[str, str]:
    site = new_site(workspace)
    parted(
        workspace,
        "site_fact",
        site.id,
        "fact.staff",
        lambda: registering.edit_site(workspace, site.id, facts={"staff": "12"}),
        "15",
    )
    return site.id, "fact.staff"


def header(workspace: Workspace) -> tuple[str, str]:
    row = assessing.start_assessment(workspace, new_site(workspace).id)
    said = value_of(workspace, row.id, "header")
    assert isinstance(said, dict)
    other = {**said, "assessors": ["王敏", COUNTY]}
    parted(
        workspace,
        "assessment",
        row.id,
        "header",
        lambda: assessing.name_assessors(workspace, row.id, ("王敏", "赵敏")),
        other,
    )
    return row.id, "header"


def stage(workspace: Workspace) -> tuple[str, str]:
    row = scored(workspace, new_site(workspace))
    parted(
        workspace,
        "assessment_state",
        row.id,
        "state",
        lambda: brought(workspace, row.id, Stage.FINISHED),
        {"stage": "scoring", "returned": {"A1": "台账不全"}, "revision": 2},
    )
    return row.id, "state"


def evidence(workspace: Workspace) -> tuple[str, str]:
    row = scored(workspace, new_site(workspace))
    cell = f"evidence.{'c' * 64}.A1"
    written_elsewhere(workspace, "evidence", row.id, cell, {"name": "IMG.jpg", "caption": "门口"}, device="d" * 32)
    over = standing(workspace, row.id, cell)
    sides: tuple[tuple[str, JsonValue], ...] = (
        ("e" * 32, {"name": "IMG.jpg", "caption": "东门口"}),
        (ELSEWHERE, None),
    )
    for device, value in sides:
        written_elsewhere(workspace, "evidence", row.id, cell, value, over=over, device=device)
    return row.id, cell


def finding(workspace: Workspace) -> tuple[str, str]:
    row = scored(workspace, new_site(workspace))
    found = finding_faults.record_finding(workspace, row.id, FindingDraft("A1", text="桶盖没盖"))
    said = value_of(workspace, found.id, "finding")
    assert isinstance(said, dict)
    parted(
        workspace,
        "finding",
        found.id,
        "finding",
        lambda: finding_faults.drop_finding(workspace, found.id),
        {**said, "text": "三个桶盖没盖"},
    )
    return found.id, "finding"


def check(workspace: Workspace) -> tuple[str, str]:
    row = scored(workspace, new_site(workspace))
    found = finding_faults.record_finding(workspace, row.id, FindingDraft("A1", text="桶盖没盖"))
    parted(
        workspace,
        "finding_check",
        found.id,
        "check",
        lambda: finding_faults.mark_done(workspace, found.id),
        {"state": "open", "note": "还是没盖", "on": "2026-11-03"},
    )
    return found.id, "check"


def draft(workspace: Workspace) -> tuple[str, str]:
    edition = next(row for row in browsing.editions(workspace) if row.category == "office")
    begun = drafting.begin_from_edition(workspace, edition.id)
    said = value_of(workspace, begun.row.id, "document")
    assert isinstance(said, dict)
    parted(
        workspace,
        "draft",
        begun.row.id,
        "document",
        lambda: drafting.discard_draft(workspace, begun.row.id),
        {**said, "title": "改过的"},
    )
    return begun.row.id, "document"


def keeper(workspace: Workspace) -> tuple[str, str]:
    for device in (ELSEWHERE, "d" * 32):
        written_elsewhere(workspace, "number_keeper", REGISTER, "number_keeper", {"device": device}, device=device)
    return REGISTER, "number_keeper"


def role(workspace: Workspace) -> tuple[str, str]:
    roles.grant(workspace, workspace.person.name, Role.OFFICE)
    roles.grant(workspace, "赵敏", Role.REVIEWER)
    person = workspace.acting_as("赵敏").person.id
    parted(
        workspace,
        "role",
        person,
        "role.reviewer",
        lambda: roles.withdraw(workspace, "赵敏", Role.REVIEWER),
        True,
    )
    return person, "role.reviewer"


def profile(workspace: Workspace) -> tuple[str, str]:
    said = value_of(workspace, REGISTER, "profile")
    assert isinstance(said, dict)
    over = standing(workspace, REGISTER, "profile")
    for device, years in ((ELSEWHERE, 2), ("d" * 32, 5)):
        value = {**said, "validity_years": years}
        written_elsewhere(workspace, "profile", REGISTER, "profile", value, over=over, device=device)
    return REGISTER, "profile"


def event(workspace: Workspace) -> tuple[str, str]:
    row = brought(workspace, scored(workspace, new_site(workspace)).id, Stage.CERTIFIED)
    [paper] = [one for one in browsing.list_certificates(workspace) if one.assessment == row.id]
    supervising.record_event(workspace, paper.id, Event(EventKind.CHECK, workspace.today(), reason="抽查合格"))
    [cell] = [act.cell for act in browsing.history(workspace, paper.id) if act.cell.startswith("event.")]
    said = value_of(workspace, paper.id, cell)
    assert isinstance(said, dict)
    over = standing(workspace, paper.id, cell)
    for device, reason in ((ELSEWHERE, "资料已补"), ("d" * 32, "资料没补")):
        value = {**said, "reason": reason}
        written_elsewhere(workspace, "certificate_event", paper.id, cell, value, over=over, device=device)
    return paper.id, cell


def signature(workspace: Workspace) -> tuple[str, str]:
    row = scored(workspace, new_site(workspace))
    value = {"assessment": row.id, "name": "王敏", "part": "assessor", "basis": "x", "strokes": [], "at": "2026-11-02"}
    written_elsewhere(workspace, "signature", "s" * 32, "signature", value, device="d" * 32)
    over = standing(workspace, "s" * 32, "signature")
    written_elsewhere(workspace, "signature", "s" * 32, "signature", None, over=over)
    written_elsewhere(
        workspace, "signature", "s" * 32, "signature", {**value, "name": "王 敏"}, over=over, device="e" * 32
    )
    return "s" * 32, "signature"


def precheck(workspace: Workspace) -> tuple[str, str]:
    row = scored(workspace, new_site(workspace))
    holds = {"holds": True, "reason": "", "text": "近三年没有严重失信记录"}
    fails = {**holds, "holds": False, "reason": "2025 年被处罚"}
    for device, found in ((ELSEWHERE, holds), ("d" * 32, fails)):
        written_elsewhere(workspace, "precheck", row.id, "precheck", {"findings": {"credit": found}}, device=device)
    return row.id, "precheck"


def batch(workspace: Workspace) -> tuple[str, str]:
    row = brought(workspace, scored(workspace, new_site(workspace)).id, Stage.NAMED)
    assert row.batch
    said = value_of(workspace, row.batch, "batch")
    assert isinstance(said, dict)
    over = standing(workspace, row.batch, "batch")
    for device, number in ((ELSEWHERE, "山无废〔2026〕6号"), ("d" * 32, "山无废〔2026〕7号")):
        value = {**said, "document_number": number}
        written_elsewhere(workspace, "batch", row.batch, "batch", value, over=over, device=device)
    return row.batch, "batch"


def template(workspace: Workspace) -> tuple[str, str]:
    for device, key in ((ELSEWHERE, "a" * 64), ("d" * 32, "f" * 64)):
        written_elsewhere(
            workspace, "template_choice", REGISTER, "certificate_template", {"template": key}, device=device
        )
    return REGISTER, "certificate_template"


KINDS = {
    "answer": answer,
    "site_phone": site_phone,
    "site_name": site_name,
    "site_fact": fact,
    "assessment": header,
    "assessment_state": stage,
    "evidence": evidence,
    "finding": finding,
    "finding_check": check,
    "draft": draft,
    "number_keeper": keeper,
    "role": role,
    "profile": profile,
    "certificate_event": event,
    "signature": signature,
    "precheck": precheck,
    "batch": batch,
    "template_choice": template,
}
"""By what is in conflict."""
