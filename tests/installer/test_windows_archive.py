"""The portable archive keeps its data beside it, and the same folder packs to the same bytes."""

from __future__ import annotations

import os
import struct
import zipfile
from pathlib import Path

import pytest

from installer.freezing import FreezingError
from installer.windows import building, screen
from installer.windows.wine import Wine


def program(folder: Path) -> Path:
    made = folder / "wufei-cells"
    (made / "_internal").mkdir(parents=True)
    (made / "wufei-cells.exe").write_bytes(b"MZ")
    (made / "_internal" / "甲.txt").write_text("一", encoding="utf-8")
    return made


def test_a_portable_program_has_a_folder_for_its_data(tmp_path: Path) -> None:
    archive = building.make_portable(program(tmp_path), tmp_path / "a.zip")
    names = zipfile.ZipFile(archive).namelist()
    notes = ["wufei-cells/wufei-data/说明.txt", "wufei-cells/说明.txt"]
    assert names == [*notes, "wufei-cells/_internal/甲.txt", "wufei-cells/wufei-cells.exe"]


def test_its_note_opens_in_every_notepad() -> None:
    for text in building.portable_texts().values():
        assert text.startswith("\ufeff".encode())
        assert text.count(b"\r\n") == text.count(b"\n") > 0


def test_the_same_folder_packs_to_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    folder = program(tmp_path)
    first = building.make_portable(folder, tmp_path / "a.zip").read_bytes()
    os.utime(folder / "wufei-cells.exe", (1, 1))
    assert building.make_portable(folder, tmp_path / "b.zip").read_bytes() == first


def test_a_path_that_windows_could_not_take_is_refused(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 90) / ("b" * 90)
    deep.mkdir(parents=True)
    with pytest.raises(FreezingError, match="characters"):
        building.require_short_paths(tmp_path)


def test_a_screen_in_memory_is_read_as_a_picture(tmp_path: Path) -> None:
    header = [0] * 25
    header[0], header[4], header[5], header[12], header[19] = 104, 2, 1, 8, 1
    content = struct.pack(">25I", *header) + b"name" + bytes(12) + bytes([1, 2, 3, 0, 4, 5, 6, 0])
    (tmp_path / "screen").write_bytes(content)
    image = screen.picture(tmp_path / "screen")
    assert image.size == (2, 1)
    assert list(image.tobytes()) == [3, 2, 1, 6, 5, 4]
    assert screen.colors_in(image) == 2


def test_programs_under_wine_see_nothing_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    seen = Wine(tmp_path).environment()
    assert not [name for name in seen if name.startswith(("QT_", "PYTHON"))]
    assert seen["HOME"].startswith(str(tmp_path))


def test_paths_are_named_as_windows_sees_them(tmp_path: Path) -> None:
    wine = Wine(tmp_path)
    inside = tmp_path / "drive_c" / "用户 张三" / "a.txt"
    assert wine.path(inside) == r"C:\用户 张三\a.txt"
    assert wine.place(r"C:\用户 张三\a.txt") == inside
    assert wine.path(Path("/usr/share")) == r"Z:\usr\share"
