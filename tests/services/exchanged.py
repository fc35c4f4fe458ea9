"""Packages from one register to another, as tests send them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from wufei_cells.domain.exchange import Order
from wufei_cells.services import browsing, packing, receiving, taking_packages
from wufei_cells.services.workspace import Workspace
from wufei_cells.store.ledger import digest


def written(workspace: Workspace, target: Path, **order: object) -> list[Path]:
    planned = packing.plan(workspace, Order(**order))  # pyright: ignore[reportArgumentType]
    return [one.path for one in packing.write(workspace, planned, target)]


def taken(workspace: Workspace, *paths: Path) -> taking_packages.TakenIn:
    return taking_packages.take_in(workspace, receiving.receive(workspace, paths))


def digest_of(workspace: Workspace) -> str:
    with workspace.database.reading() as connection:
        return digest(connection)


def names(workspace: Workspace) -> set[str]:
    return {site.name for site in browsing.list_sites(workspace)}


def photo(color: str = "red") -> bytes:
    file = BytesIO()
    Image.new("RGB", (64, 48), color).save(file, "JPEG")
    return file.getvalue()
