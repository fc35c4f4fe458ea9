"""Let two other machines write packages for the demo's office: a colleague's, disputed in part, and a stranger's."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from wufei_cells import paths, shipped
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.exchange import Order, Photos, Scope
from wufei_cells.services import (
    assessing,
    browsing,
    device_naming,
    packing,
    receiving,
    registering,
    side_view,
    taking_packages,
)
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import Workspace, open_workspace

OFFICE, COLLEAGUE, STRANGER = ("市办", "周主任"), ("审核组-2", "赵敏"), ("新电脑", "王芳")
DISPUTED = {"A2": ("full", "现场看过，齐全"), "A3": ("full", "")}
"""What the colleague answers where the office has other answers by then."""
NEW_SITES = ("修武县第一实验小学", "圆融寺景区管理处")


def write_packages(office: Path, site: str, folder: Path) -> list[Path]:
    """Make the other registers beside a register and give the files that they send to it."""
    with (
        closing(_opened(office, OFFICE)) as here,
        closing(_opened(folder / "colleague", COLLEAGUE)) as colleague,
        closing(_opened(folder / "stranger", STRANGER)) as stranger,
    ):
        _take(colleague, _write(here, folder / "全部.wufei"))
        _take(here, _write(colleague, folder / "回执.wufei"))
        (row,) = [row for row in browsing.list_assessments(colleague) if row.site_name == site]
        for item, (answer, note) in DISPUTED.items():
            assessing.record_answer(colleague, row.id, item, Answer(answer, note=note))
        _add_sites(colleague, NEW_SITES)
        _add_sites(stranger, ("月山寺街道社区",))
        sent = _write(colleague, folder / "审核组-2-给市办-2026-11-20.wufei")
        broken = folder / "审核组-1-给市办-2026-11-20.wufei"
        broken.write_bytes(sent.read_bytes()[:-2000])
        return [sent, broken, _write(stranger, folder / "新电脑-给大家-2026-11-20.wufei")]


def _opened(folder: Path, who: tuple[str, str]) -> Workspace:
    device, person = who
    workspace = open_workspace(
        folder,
        shipped.shipped_criteria(),
        person=person,
        cities=shipped.shipped_cities(),
        create_folder=True,
        example=True,
        devices=paths.device_folder(),
    )
    device_naming.rename(workspace, device)
    return workspace


def _write(workspace: Workspace, path: Path) -> Path:
    planned = packing.plan(workspace, Order(scope=Scope.ALL, photos=Photos.NONE))
    return packing.write(workspace, planned, path)[0].path


def _take(workspace: Workspace, path: Path) -> None:
    taking_packages.take_in(workspace, receiving.receive(workspace, [path]))
    for one in side_view.waiting(workspace):
        side_view.admit(workspace, one.device, one.name)


def _add_sites(workspace: Workspace, names: tuple[str, ...]) -> None:
    category, district = browsing.categories(workspace)[0], browsing.profile(workspace).districts[0]
    for name in names:
        registering.add_site(workspace, SiteDraft(name, category.key, district.key))
