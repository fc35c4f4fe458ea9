"""A register after the counties' files came in: seven things are in conflict, of seven kinds."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import update

from tests.samples.registers import HandClock, add_site, open_register
from tests.services import disagreements
from tests.services.disagreements import COUNTY, ELSEWHERE, NAMES, standing, value_of, written_elsewhere
from wufei_cells.services import assessing, evidencing, registering, undoing
from wufei_cells.store import tables
from wufei_cells.store.journal import Draft


def fill_disputed(folder: Path, photo: bytes = b"") -> list[str]:
    """Fill a register; give the titles of what is in conflict, in the order of the list."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = open_register(folder, HandClock(), person="王敏")
    for work in (disagreements.stage, disagreements.finding, disagreements.site_phone, disagreements.evidence):
        work(workspace)
    merged = assessing.start_assessment(workspace, disagreements.new_site(workspace).id)
    over, before = standing(workspace, merged.id, "header"), value_of(workspace, merged.id, "header")
    assert isinstance(before, dict)
    assessing.name_assessors(workspace, merged.id, ("王敏", "赵敏"))
    written_elsewhere(workspace, "assessment", merged.id, "header", {**before, "visited_on": "2026-11-05"}, over=over)
    assessment, _cell = disagreements.answer(workspace)
    if photo:
        evidencing.attach(workspace, assessment, ["A2"], [("现场.png", photo)])
    gone = add_site(workspace, NAMES[-1])
    registering.edit_site(workspace, gone.id, phone="0391-1")
    over = standing(workspace, gone.id, "phone")
    with workspace.database.writing() as connection:
        undoing.write(workspace, connection, [Draft("site", gone.id, "name", "")], places=["here"])
    written_elsewhere(workspace, "site", gone.id, "phone", "0391-8812345", over=over)
    with workspace.database.writing() as connection:
        for uuid, name in ((ELSEWHERE, f"{COUNTY}的笔记本"), ("d" * 32, "移动执法箱"), ("e" * 32, "三楼台式机")):
            connection.execute(update(tables.device).where(tables.device.c.uuid == uuid).values(name=name))
    workspace.close()
    return [assessment, merged.id]
