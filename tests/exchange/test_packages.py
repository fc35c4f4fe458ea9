"""Packages go out and come in whole; what is written is read back; nothing half is ever left."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.child import ROOT
from tests.exchange.made_packages import (
    DEVICE,
    NAME,
    Content,
    codes,
    head,
    opened,
    parts_of,
    placed,
    plain_manifest,
    usual,
    written,
    zipped,
)
from tests.samples.disks import fill, read_only, small_disk
from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.exchange.manifest import Wants, write_manifest
from wufei_cells.exchange.packages import write_package
from wufei_cells.exchange.parts import package_size
from wufei_cells.signing.signing_key import genuine


class StoppedError(Exception):
    """A person changed their mind."""


def test_what_goes_in_comes_out(tmp_path):
    content = usual()
    holds = {DEVICE.id: ((1, 30), (40, 41))}
    manifest = content.manifest(
        holds=holds, wants=Wants({"ab" * 16: ((3, 3),)}, ("cd" * 32,)), to="ef" * 16, part=(2, 3)
    )
    done = written(tmp_path, content, manifest=manifest)
    assert done.path == tmp_path / NAME
    with opened(done.path) as package:
        assert package.manifest == manifest
        assert [package.bundle(one) for one in manifest.bundles] == [
            content.bytes[one.sha256] for one in manifest.bundles
        ]
        for file in manifest.files:
            pieces: list[bytes] = []
            package.pour(file, pieces.append)
            assert b"".join(pieces) == content.bytes[file.sha256]
    assert [entry.name for entry in tmp_path.iterdir()] == [NAME]


def test_the_same_content_gives_the_same_bytes_and_the_size_was_known_before(tmp_path):
    one, other = (written(tmp_path, name=name) for name in ("一.wufei", "two.wufei"))
    assert one.sha256 == other.sha256
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.size == one.path.stat().st_size == package_size(usual().manifest())


def test_any_zip_program_opens_a_package(tmp_path):
    with zipfile.ZipFile(written(tmp_path).path) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[:2] == ["manifest.json", "manifest.sig"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_our_hand_made_packages_are_laid_out_as_those_of_the_writer(tmp_path):
    assert codes(placed(tmp_path, zipped(parts_of(usual())))) == []


def test_a_request_has_no_bundles(tmp_path):
    done = written(tmp_path, Content(), manifest=replace(head(), purpose="request", wants=Wants(files=("ab" * 32,))))
    with opened(done.path) as package:
        assert package.manifest.wants.files == ("ab" * 32,)


def test_how_far_it_is_is_told_from_nothing_to_all(tmp_path):
    told: list[tuple[int, int]] = []
    written(tmp_path, report=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert len({total for _done, total in told}) == 1


@pytest.mark.parametrize("at", range(0, 14, 2))
def test_stopped_at_any_moment_nothing_is_left(tmp_path, at):
    calls = iter(range(100))

    def stop(_done: int, _total: int) -> None:
        if next(calls) == at:
            raise StoppedError

    with pytest.raises(StoppedError):
        written(tmp_path, report=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_content_that_changed_on_disk_is_not_sent(tmp_path):
    content = usual()
    photo = content.files[0]
    for other in (b"", content.bytes[photo.sha256] + b"x", b"\0" * photo.size):
        content.bytes[photo.sha256] = other
        with pytest.raises(UserError) as refused:
            written(tmp_path, content)
        assert refused.value.code == "package.content_changed"
        assert list(tmp_path.iterdir()) == []


def test_a_content_that_cannot_be_read_is_named(tmp_path):
    class Torn(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(EnvironmentFault) as failed:
        write_package(tmp_path / NAME, usual().manifest(), lambda _entry: Torn(), DEVICE.key, genuine)
    assert failed.value.code == "package.not_read"
    assert list(tmp_path.iterdir()) == []


def test_a_content_that_never_ends_is_not_sent(tmp_path):
    class Endless(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return b"x" * 1000

    with pytest.raises(UserError) as refused:
        write_package(tmp_path / NAME, usual().manifest(), lambda _entry: Endless(), DEVICE.key, genuine)
    assert refused.value.code == "package.content_changed"
    assert list(tmp_path.iterdir()) == []


def test_it_is_flushed_to_the_disk_before_it_gets_its_name(tmp_path, monkeypatch):
    done: list[str] = []
    fsync, replaced = os.fsync, Path.replace
    monkeypatch.setattr("os.fsync", lambda handle: (done.append("flushed"), fsync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda path, target: (done.append("named"), replaced(path, target))[1])
    written(tmp_path)
    assert done[:2] == ["flushed", "named"]  # then the folder that holds the name, where the system can


def test_a_full_disk_is_told_and_nothing_is_left(tmp_path):
    content = Content()
    content.file(b"x" * 400_000)
    with small_disk(tmp_path / "优盘", 600) as disk:
        (disk / NAME).write_bytes(b"an older package")
        filler = fill(disk, leaving=200_000)
        with pytest.raises(EnvironmentFault) as failed:
            written(disk, content)
        assert failed.value.code == "package.disk_full"
        assert (disk / NAME).read_bytes() == b"an older package"
        assert {entry.name for entry in disk.iterdir()} == {NAME, filler.name}
        filler.unlink()
        assert codes(written(disk, content).path) == []


LIMITED = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.exchange.made_packages import Content, written
from wufei_cells.errors import EnvironmentFault
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
content = Content()
content.file(b"x" * 300_000)
try:
    written(Path(sys.argv[2]), content)
except EnvironmentFault as fault:
    print(fault.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
def test_a_file_system_that_takes_no_such_large_file_counts_as_full(tmp_path):
    command = [sys.executable, "-c", LIMITED, str(ROOT), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.strip() == "package.disk_full", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_or_missing_place_is_named(tmp_path):
    folder = tmp_path / "只读"
    folder.mkdir()
    with read_only(folder), pytest.raises(EnvironmentFault) as failed:
        written(folder)
    assert failed.value.code == "package.not_written"
    with pytest.raises(EnvironmentFault) as failed:
        written(tmp_path / "nowhere")
    assert failed.value.code == "package.not_written"
    assert list(folder.iterdir()) == []


def test_a_stick_that_cannot_flush_folders_or_set_permissions_will_do(tmp_path, monkeypatch):
    def refused(*_arguments: object, **_named: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    for name in ("chmod", "fchmod", "link", "posix_fadvise"):
        if hasattr(__import__("os"), name):
            monkeypatch.setattr(f"os.{name}", refused)
    monkeypatch.setattr("wufei_cells.exchange.whole_files.os.open", refused)  # folders are opened with it
    assert codes(written(tmp_path).path) == []


def test_a_disk_that_gives_back_something_else_is_told_and_the_file_taken_away(tmp_path, monkeypatch):
    import wufei_cells.exchange.packages as packages  # noqa: PLC0415, PLR0402 - to spoil the file at the right moment

    honest = packages.forget_cached

    def spoil(file) -> None:
        file.flush()
        file.seek(file.tell() // 2)
        file.write(b"bad block")
        honest(file)

    monkeypatch.setattr(packages, "forget_cached", spoil)
    with pytest.raises(EnvironmentFault) as failed:
        written(tmp_path)
    assert failed.value.code == "package.read_back"
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_beside_it_is_no_hindrance(tmp_path):
    (tmp_path / f"{NAME}.part").write_bytes(b"half")
    assert codes(written(tmp_path).path) == []
    assert [entry.name for entry in tmp_path.iterdir()] == [NAME]


# --- the manifest


@pytest.mark.parametrize("year", [1970, 1999, 2099])
def test_a_clock_that_is_wrong_is_no_reason_to_refuse(tmp_path, year):
    written(tmp_path, manifest=replace(head(), made_at=datetime(year, 1, 1, tzinfo=timezone(timedelta(hours=8)))))
    with opened(tmp_path / NAME) as package:
        assert package.manifest.made_at.year == year


def test_fields_of_a_newer_program_are_kept_aside(tmp_path):
    plain = plain_manifest(format="wufei-package/1.3", mood="calm", sealed={"by": [1, 2]})
    content = zipped(parts_of(Content(), plain))
    with opened(placed(tmp_path, content)) as package:
        assert package.manifest.more == {"mood": "calm", "sealed": {"by": [1, 2]}}
        assert package.manifest.minor == 3


def test_a_newer_format_is_refused_with_the_version_that_it_needs(tmp_path):
    plain = {"format": "wufei-package/2", "needs": "0.9.0", "program": "1.2.0", "bundles": "elsewhere now"}
    with pytest.raises(UserError) as refused:
        opened(placed(tmp_path, zipped(parts_of(Content(), plain))))
    assert refused.value.code == "package.newer"
    assert refused.value.values["needs"] == "0.9.0"
    assert refused.value.values["program"] == "1.2.0"


def test_names_that_do_not_fit_into_a_line_are_made_to_fit():
    sender = replace(head().sender, name="a\nb" + "长" * 300, person="x\u202ey")
    text = write_manifest(replace(head(), sender=sender)).decode()
    assert "a b长" in text
    assert "\u202e" not in text
    assert "长" * 201 not in text


BAD_FIELDS = [
    {"program": 6},
    {"program": "<b>"},
    {"purpose": "Changes!"},
    {"city": "x" * 201},
    {"city": "a\nb"},
    {"from": "me"},
    {"from": {"device": "AB" * 16, "name": "", "person": "", "lock": ""}},
    {"from": {"device": DEVICE.id, "name": None, "person": "", "lock": ""}},
    {"to": "everyone"},
    {"made_at": "yesterday"},
    {"made_at": "2026-11-22T09:30:00"},
    {"made_at": "0001-01-01T00:00:00+14:00"},
    {"part": [0, 1]},
    {"part": [2, 1]},
    {"part": [True, True]},
    {"part": [1, 10**9]},
    {"set": "../x"},
    {"example": 1},
    {"holds": []},
    {"holds": {"me": [[1, 2]]}},
    {"holds": {"ab" * 16: [[2, 1]]}},
    {"holds": {"ab" * 16: [[1, 4], [5, 9]]}},
    {"holds": {"ab" * 16: [[1, 4], [3, 9]]}},
    {"holds": {"ab" * 16: [[1, 2**60]]}},
    {"holds": {"ab" * 16: [[0, 1]]}},
    {"holds": {"ab" * 16: [1]}},
    {"wants": {"acts": {}}},
    {"wants": {"acts": {}, "files": ["x"]}},
    {"bundles": {}},
    {"bundles": ["x"]},
    {"bundles": [{"sha256": "ab" * 32, "size": 1, "device": DEVICE.id, "first": 5, "last": 4}]},
    {"bundles": [{"sha256": "ab" * 32, "size": 2**27, "device": DEVICE.id, "first": 1, "last": 4}]},
    {"files": [{"sha256": "../../etc/passwd", "size": 1}]},
    {"files": [{"sha256": "ab" * 32, "size": -1}]},
    {"files": [{"sha256": "ab" * 32, "size": 1.0}]},
    {"files": [{"sha256": "ab" * 32}]},
]


@pytest.mark.parametrize("changes", BAD_FIELDS, ids=str)
def test_a_field_that_is_not_as_it_should_be_is_named(tmp_path, changes):
    assert codes(placed(tmp_path, zipped(parts_of(Content(), plain_manifest(**changes))))) == ["field"]


def test_all_wrong_fields_are_told_at_once_but_not_a_hundred_thousand(tmp_path):
    plain = plain_manifest(program=1, part="x", to=7, files=[{}] * 60_000)
    found = codes(placed(tmp_path, zipped(parts_of(Content(), plain))))
    assert found == ["field"] * 50
    plain = plain_manifest(program=1, part="x", to=7)
    assert codes(placed(tmp_path, zipped(parts_of(Content(), plain)))) == ["field"] * 3


FIELD = st.sampled_from(sorted(plain_manifest()))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text("ab\n\u202e0", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["device", "ab" * 16]), inner),
    max_leaves=6,
)


@given(st.dictionaries(FIELD, ANYTHING, max_size=4))
@settings(max_examples=150)
def test_whatever_stands_in_the_fields_it_is_read_or_refused(tmp_path_factory, changes):
    codes(placed(tmp_path_factory.getbasetemp(), zipped(parts_of(Content(), plain_manifest(**changes)))))
