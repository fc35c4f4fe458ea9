"""Beginning: whole or not there, from a folder, a copy, or nothing at all."""

from __future__ import annotations

import errno
import shutil
from contextlib import closing

import pytest

from wufei_cells import paths, shipped
from wufei_cells.domain.text import Text
from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.services import backing_up, beginning, browsing, cities, registering
from wufei_cells.services.beginning import Found, Source
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store import database

PERSON = "张三"


def make(folder, city="jiaozuo"):
    """Begin a register of a city."""
    known = shipped.shipped_cities()
    devices = folder.parent / "devices"
    beginning.make(folder, known[city](), cities=known, person=PERSON, devices=devices)
    return folder


def opened(folder):
    """Open it as the window would."""
    criteria, known = shipped.shipped_criteria(), shipped.shipped_cities()
    return closing(open_workspace(folder, criteria, cities=known, person=PERSON, devices=folder.parent / "devices"))


def test_cities_are_named_before_there_is_a_register():
    assert cities.name_cities(shipped.shipped_cities())[0] == ("jiaozuo", Text("焦作市", "Jiaozuo"))


def test_a_register_of_the_city_that_was_chosen_is_made(tmp_path):
    folder = make(tmp_path / "张三 的数据" / "台账", "luoyang")
    with opened(folder) as workspace:
        assert browsing.profile(workspace).key == "luoyang"
        assert not workspace.example


def test_a_register_that_is_there_is_never_begun_anew(tmp_path):
    folder = make(tmp_path / "data")
    before = (folder / paths.REGISTER).read_bytes()
    with pytest.raises(UserError) as refused:
        make(folder)
    assert refused.value.code == "beginning.register_there"
    assert (folder / paths.REGISTER).read_bytes() == before


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(database, "_this_device", full)  # the tables are there already by then
    with pytest.raises(EnvironmentFault) as refused:
        make(tmp_path / "home" / "data")
    assert refused.value.code == "store.disk_full"
    assert not [entry for entry in tmp_path.rglob("*") if entry.is_file()]
    assert not (tmp_path / "home" / "data").exists()


def test_what_lay_in_the_folder_before_stays_when_beginning_fails(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "说明.txt").write_text("mine", "utf-8")
    monkeypatch.setattr(database, "_this_device", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make(folder)
    assert [entry.name for entry in folder.iterdir()] == ["说明.txt"]


@pytest.mark.parametrize("place", [".", "..", "wufei.db", "backups"])
def test_a_register_is_found_from_wherever_somebody_points(tmp_path, place):
    folder = make(tmp_path / "stick" / "data")
    shutil.rmtree(tmp_path / "stick" / "devices")
    (folder / "backups").mkdir()
    assert beginning.find((folder / place).resolve()) == Found(Source.REGISTER, folder)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("leer", None, "beginning.no_register"),
        ("wufei.db", b"no database at all, only words", "store.not_a_database"),
        ("leer.db", b"", "store.not_ours"),
        ("weg.db", ..., "store.no_folder"),
    ],
)
def test_what_is_no_register_is_refused_with_its_reason(tmp_path, name, content, code):
    place = tmp_path / name
    if content is None:
        place.mkdir()
    elif content is not ...:
        place.write_bytes(content)
    with pytest.raises((UserError, EnvironmentFault)) as refused:
        beginning.find(place)
    assert refused.value.code == code


def test_a_backup_becomes_a_register_again_with_its_photos(tmp_path):
    folder = make(tmp_path / "old" / "data")
    with opened(folder) as workspace:
        category, district = browsing.categories(workspace)[0].key, browsing.profile(workspace).districts[0].key
        registering.add_site(workspace, SiteDraft("焦作市第一中学", category, district))
        copy = backing_up.before_import(workspace)
        registering.add_site(workspace, SiteDraft("之后才登记的单位", category, district))
    (folder / "evidence" / "ab").mkdir(parents=True)
    (folder / "evidence" / "ab" / "photo").write_bytes(b"photo")
    assert beginning.find(copy) == Found(Source.BACKUP, copy)
    target = tmp_path / "new" / "data"
    beginning.restore(copy, target, devices=tmp_path / "new" / "devices")
    with opened(target) as workspace:
        assert [row.name for row in browsing.list_sites(workspace)] == ["焦作市第一中学"]
    assert (target / "evidence" / "ab" / "photo").read_bytes() == b"photo"
    assert copy.exists()


def test_a_package_is_taken_for_one(tmp_path):
    package = tmp_path / "市办 给我.WUFEI"
    package.write_bytes(b"whatever")
    assert beginning.find(package) == Found(Source.PACKAGE, package)
