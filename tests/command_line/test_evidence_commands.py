"""Photos and files by commands: add, list, save."""

from __future__ import annotations

import hashlib

import pytest

from tests.evidence.conftest import camera_tags, scene, written


@pytest.fixture
def assessment(ask, site):
    return ask("assess", "start", site["id"], "--visited-on", "2026-10-30")["id"]


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "IMG_0412.jpg"
    path.write_bytes(written(scene(size=(2600, 1950)), exif=camera_tags(), quality=90))
    return path


def test_photos_are_added_listed_and_saved_under_readable_names(ask, run, assessment, photo, tmp_path):
    added = ask("evidence", "add", assessment, "A1", photo)
    assert len(added["taken"]) == 1
    [row] = ask("evidence", "list", assessment)["evidence"]
    assert (row["item"], row["name"], row["author"], row["width"], row["taken_at"]) == (
        "A1",
        "IMG_0412.jpg",
        "王敏",
        2048,
        "2026-10-30T09:12:44",
    )
    assert row["place"] == ["35.239861", "113.234792"]
    assert row["original"] is None
    saved = ask("evidence", "save", assessment, tmp_path / "附件")
    assert saved == {"files": ["A1-01 IMG_0412.jpg"]}
    content = (tmp_path / "附件" / "A1-01 IMG_0412.jpg").read_bytes()
    assert hashlib.sha256(content).hexdigest() == row["file"] == added["taken"][0]
    told = run("evidence", "list", assessment).out
    assert "IMG_0412.jpg" in told
    assert "2026-10-30 09:12" in told


def test_the_original_is_kept_and_the_place_left_out_when_asked(ask, run, assessment, photo):
    ask("evidence", "add", assessment, "A1", photo, "--keep-original")
    ask("evidence", "add", assessment, "", photo, "--strip-place")
    rows = {row["item"]: row for row in ask("evidence", "list", assessment)["evidence"]}
    assert rows["A1"]["original"] == hashlib.sha256(photo.read_bytes()).hexdigest()
    assert (rows[""]["original"], rows[""]["place"]) == (None, None)
    both = run("evidence", "add", assessment, "A1", photo, "--strip-place", "--keep-original")
    assert (both.code, both.out) == (1, "")


def test_what_cannot_be_taken_is_named_and_the_rest_is_taken(ask, run, assessment, photo, tmp_path):
    empty = tmp_path / "空.jpg"
    empty.touch()
    ended = run("evidence", "add", assessment, "A1", empty, tmp_path / "没有.jpg", photo)
    assert ended.code == 1
    assert "空.jpg" in ended.err
    assert "没有.jpg" in ended.err
    assert "收入 1 份材料" in ended.out
    assert len(ask("evidence", "list", assessment)["evidence"]) == 1


def test_a_file_that_stood_there_already_is_not_counted_as_taken_in(ask, run, assessment, photo):
    ended = run("evidence", "add", assessment, "A1", photo, photo)
    assert "收入 1 份材料" in ended.out
    assert "IMG_0412.jpg: 同样的内容原来就在这里" in ended.out
    again = run("evidence", "add", assessment, "A1", photo)
    assert again.code == 0
    assert "收入 0 份材料" in again.out
    assert "stood here already" in run("evidence", "add", assessment, "A1", photo, "--language", "en").out
    assert ask("evidence", "add", assessment, "A1", photo)["taken"] == []


def test_what_only_calls_itself_a_photo_is_taken_with_a_caution(run, assessment, photo, tmp_path):
    report, cut = tmp_path / "报告.jpg", tmp_path / "半张.jpg"
    report.write_bytes(b"%PDF-1.7")
    cut.write_bytes(photo.read_bytes()[:40_000])
    ended = run("evidence", "add", assessment, "A1", report, cut)
    assert "报告.jpg: 扩展名是 jpg，但内容不是图片（是 PDF）。" in ended.out
    assert "半张.jpg: 图片不完整或已损坏，没有收入。" in ended.err
    assert "扩展名是 jpg" in run("evidence", "list", assessment).out


def test_the_list_says_what_is_not_on_this_machine(ask, run, assessment, photo, data):
    [key] = ask("evidence", "add", assessment, "A1", photo)["taken"]
    assert "文件不在本机" not in run("evidence", "list", assessment).out
    (data / "evidence" / key[:2] / key).unlink()
    assert "文件不在本机" in run("evidence", "list", assessment).out
    assert "not on this machine" in run("evidence", "list", assessment, "--language", "en").out
    [row] = ask("evidence", "list", assessment)["evidence"]
    assert row["received"] is False


def test_an_item_that_is_not_asked_is_refused(run, assessment, photo):
    ended = run("evidence", "add", assessment, "Z9", photo)
    assert ended.code == 1
    assert "没有“Z9”这一条" in ended.err


def test_what_is_odd_is_told_in_the_list(ask, run, assessment, photo, tmp_path):
    ask("evidence", "add", assessment, "A1", photo)
    late = tmp_path / "late.jpg"
    late.write_bytes(written(scene(9), exif=camera_tags(taken="2026:11:02 10:00:00")))
    ask("evidence", "add", assessment, "A2", late)
    other = ask("site", "add", "--name", "乙单位", "--category", "office", "--district", "east")
    second = ask("assess", "start", other["id"])["id"]
    ask("evidence", "add", second, "B1", photo)
    assert "同一张照片也在“甲单位”" in run("evidence", "list", second).out
    assert "拍摄时间 2026-11-02 10:00 不在到访日（2026-10-30）" in run("evidence", "list", assessment).out
    assert "nearly" not in run("evidence", "list", second, "--language", "en").out


def test_nothing_yet_is_said_so(run, assessment):
    assert "还没有照片或文件" in run("evidence", "list", assessment).out


def test_the_doctor_names_what_is_missing_and_what_was_altered(ask, run, assessment, photo, data, tmp_path):
    [key] = ask("evidence", "add", assessment, "A1", photo)["taken"]
    assert run("doctor").code == 0
    path = data / "evidence" / key[:2] / key
    content = path.read_bytes()
    path.write_bytes(content[:-9])
    ended = run("doctor")
    assert ended.code == 1
    assert "“IMG_0412.jpg”" in ended.out
    assert "已被改动或损坏" in ended.out
    assert run("evidence", "save", assessment, tmp_path / "x").code == 1
    path.unlink()
    assert "不在“evidence”文件夹里" in run("doctor").out
    path.write_bytes(content)
    assert run("doctor").code == 0
