"""Packages that try to harm: each ends in a sentence, none in a crash, a long wait or a full memory."""

from __future__ import annotations

import io
import sqlite3
import stat
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.exchange.child import memory_of
from tests.exchange.made_packages import (
    DEVICE,
    NAME,
    Content,
    Device,
    Part,
    codes,
    opened,
    parts_of,
    placed,
    plain_manifest,
    signed,
    usual,
    written,
    zipped,
)
from wufei_cells.errors import EnvironmentFault, ProblemsFound
from wufei_cells.exchange.limits import Limits

HASH = "ab" * 32


def told(folder, parts: list[Part], **named) -> list[str]:
    return codes(placed(folder, zipped(parts, **named)))


# --- the zip file


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x",
        "/etc/passwd",
        "C:\\Windows\\x",
        f"files\\{HASH}",
        f"files/{HASH}:stream",
        f"files/../files/{HASH}",
        f"files/{HASH.upper()}",
        f"Files/{HASH}",
        f"files/{HASH}/",
        f"files/{HASH}\n",
        "files/CON",
        "bundles/aux.bundle",
        "manifest.JSON",
        "",
        b"\xff\xfe" * 30,
        "x" * 5000,
        f"files/{HASH}\u202egpj.exe",
    ],
)
def test_a_name_that_is_not_ours_is_refused_whatever_it_does(tmp_path, name):
    found = told(tmp_path, [*parts_of(usual()), Part(name, b"x")])
    assert set(found) <= {"member_name", "layout"}
    assert found
    assert [entry.name for entry in tmp_path.iterdir()] == [NAME]


def test_a_link_or_a_device_is_refused(tmp_path):
    for kind in (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFDIR):
        link = Part(f"files/{HASH}", b"/etc/passwd", attributes=(kind | 0o777) << 16)
        assert told(tmp_path, [*parts_of(usual()), link]) == ["member_name"]


def test_a_packed_member_is_refused_before_it_unfolds(tmp_path):
    path = tmp_path / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part in parts_of(usual()):
            archive.writestr(part.name, part.content)
        with archive.open(f"files/{HASH}", "w") as bomb:
            for _ in range(300):
                bomb.write(bytes(1 << 20))
    assert path.stat().st_size < 2_000_000
    assert set(codes(path)) == {"zipped_anew"}


def test_a_package_that_was_zipped_anew_is_told_from_an_archive(tmp_path):
    path = tmp_path / NAME
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in reversed(parts_of(usual())):
            archive.writestr(part.name, part.content * 3)
    assert "zipped_anew" in codes(path)


def test_a_password_of_a_zip_program_is_told(tmp_path):
    first, *rest = parts_of(usual())
    first.flags = 1
    assert told(tmp_path, [first, *rest]) == ["zip_encrypted"]


LIES = {
    "the directory says more than there is": {"size": 1 << 31, "packed": 1 << 31},
    "the directory says less": {"size": 3, "packed": 3, "local_size": 6},
    "the member's head says more": {"local_size": 1 << 31},
    "the member's head says less": {"local_size": 1},
    "two sizes": {"size": 6, "packed": 3},
    "another name at its place": {"local_name": "files/" + "cd" * 32},
    "something between head and content": {"local_extra": b"\x01\x00\x04\x00hide"},
    "something in the directory": {"extra": b"\x01\x00\x04\x00hide"},
    "it lies in another": {"offset": 0},
    "it lies behind the end": {"offset": 1 << 30},
    "sizes are told later": {"flags": 8},
    "packed to its own size": {"method": 8},
    "something hidden before it": {"before": b"hidden"},
}


@pytest.mark.parametrize("lie", LIES)
def test_heads_that_lie_and_members_that_overlap_are_refused(tmp_path, lie):
    content = Content()
    content.file(b"photo!")
    parts = parts_of(content)
    for name, value in LIES[lie].items():
        setattr(parts[-1], name, value)
    found = told(tmp_path, parts)
    assert found
    assert set(found) <= {"layout", "zipped_anew"}


def test_members_that_share_one_content_are_refused(tmp_path):
    parts = [*parts_of(usual()), *(Part(f"files/{number:064x}", b"", size=1 << 20, offset=0) for number in range(100))]
    assert told(tmp_path, parts) == ["layout"] * 50


@pytest.mark.parametrize(
    "change",
    [
        lambda good: b"#!/bin/sh\n" + good,
        lambda good: b"MZ" + good,
        lambda good: good + b"\0",
        lambda good: good + good,
        lambda good: zipped(parts_of(usual()), comment=b"hello"),
        lambda good: zipped(parts_of(usual()), gap=b"hidden"),
        lambda good: zipped(parts_of(usual()), count=3),
        lambda good: zipped(parts_of(usual()), count=6 + 1),
        lambda good: zipped(parts_of(usual()), count=60_001),
    ],
    ids=["script", "program", "a byte", "twice", "comment", "gap", "fewer", "more", "very many"],
)
def test_what_stands_before_behind_or_between_is_refused(tmp_path, change):
    assert codes(placed(tmp_path, change(zipped(parts_of(usual())))))


@pytest.mark.parametrize("at", [4, 6, 8, 20], ids=["disk", "first disk", "members on it", "length of a comment"])
def test_an_end_that_contradicts_itself_is_refused(tmp_path, at):
    content = bytearray(zipped(parts_of(usual())))
    content[len(content) - 22 + at] ^= 1
    assert codes(placed(tmp_path, bytes(content))) == ["layout"]


def test_a_package_that_is_cut_off_anywhere_is_refused(tmp_path):
    good = zipped(parts_of(usual()))
    for length in range(0, len(good), 11):
        assert codes(placed(tmp_path, good[:length])), length


def test_the_same_name_twice_is_refused(tmp_path):
    parts = parts_of(usual())
    assert told(tmp_path, [*parts, parts[0]]) == ["member_twice"]
    assert told(tmp_path, [*parts, parts[-1]]) == ["member_twice"]


def test_more_members_or_bytes_than_agreed_are_refused(tmp_path):
    path = written(tmp_path).path
    assert codes(path, limits=Limits(members=5)) == ["too_many"]
    assert codes(path, limits=Limits(package=1000)) == ["too_large"]
    assert codes(path, limits=Limits(manifest=100)) == ["member_too_large"]
    assert codes(path, limits=Limits(bundle=200)) == ["field"]
    assert codes(path, limits=Limits(file=500)) == ["field"]


# --- manifest and members


def test_every_damaged_member_is_told_at_once(tmp_path):
    content = usual()
    parts = parts_of(content)
    for part in parts[2:5]:
        part.content = b"?" * len(part.content)
    with pytest.raises(ProblemsFound) as found:
        opened(placed(tmp_path, zipped(parts)))
    assert [problem.code for problem in found.value.problems] == ["package.member_damaged"] * 3
    assert [problem.place for problem in found.value.problems] == [f"{NAME} › {part.name}" for part in parts[2:5]]


def test_what_is_listed_and_not_there_and_what_is_there_and_not_listed_are_told_together(tmp_path):
    parts = [*parts_of(usual())[:-1], Part(f"files/{HASH}", b"smuggled")]
    assert sorted(told(tmp_path, parts)) == ["member_missing", "member_unlisted"]


def test_a_size_that_is_not_the_listed_one_is_damage_even_if_the_hash_fits(tmp_path):
    content = usual()
    plain = plain_manifest(content)
    plain["files"][0]["size"] += 1
    assert told(tmp_path, parts_of(content, plain)) == ["member_damaged"]


def test_a_newer_program_may_add_members_of_a_new_kind_and_no_others(tmp_path):
    newer = plain_manifest(usual(), format="wufei-package/1.1")
    more = Part(f"editions/{HASH}.json", b"{}")
    assert told(tmp_path, [*parts_of(usual(), newer), more]) == []
    assert told(tmp_path, [*parts_of(usual()), more]) == ["member_unlisted"]
    assert told(tmp_path, [*parts_of(usual(), newer), Part(f"files/{HASH}", b"")]) == ["member_unlisted"]


def test_pages_that_are_missing_are_named(tmp_path):
    parts = parts_of(usual())
    assert told(tmp_path, [parts[0], *parts[2:]]) == ["page_missing"]
    assert told(tmp_path, parts[1:]) == ["is_archive"]


def test_a_manifest_that_somebody_else_signed_or_altered_is_refused(tmp_path):
    content, other = usual(), Device(9)
    parts = parts_of(content)
    assert told(tmp_path, [*signed(plain_manifest(content), other), *parts[2:]]) == ["signature"]
    altered = Part("manifest.json", parts[0].content.replace(b"luoyang", b"luoyanq"))
    assert told(tmp_path, [altered, *parts[1:]]) == ["signature"]
    for page in (b"", b"{}", b'{"format":"wufei-package-signature/1","key":"","signature":"!"}', b"x" * 10_001):
        found = told(tmp_path, [parts[0], Part("manifest.sig", page), *parts[2:]])
        assert set(found) <= {"field", "json_syntax", "member_too_large"}
        assert found


def test_a_signature_for_something_else_does_not_sign_a_package(tmp_path):
    parts = parts_of(usual())
    page = parts[0].content
    import base64  # noqa: PLC0415 - only here
    import json  # noqa: PLC0415 - only here

    plain = json.loads(parts[1].content)
    plain["signature"] = base64.b64encode(DEVICE.key.sign(page)).decode()  # signed, but not as a package
    assert told(tmp_path, [parts[0], Part("manifest.sig", json.dumps(plain).encode()), *parts[2:]]) == ["signature"]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (b"", "json_syntax"),
        (b"[" * 100_000, "json_depth"),
        (b'{"format": NaN}', "json_number"),
        (b'{"format": 1e999}', "json_number"),
        (b'{"format": ' + b"9" * 30 + b"}", "json_number"),
        (rb'{"format": "\ud800"}', "json_character"),
        (b'{"format": "x", "format": "y"}', "json_key_twice"),
        (b"\xff\xfe{}", "json_encoding"),
        (b"[]", "no_manifest"),
        (b"{}", "no_manifest"),
        (b'{"format": "wufei-package/"}', "no_manifest"),
        (b'{"format": ["wufei-package/1"]}', "no_manifest"),
    ],
)
def test_a_manifest_that_is_no_manifest_is_refused(tmp_path, page, code):
    assert told(tmp_path, signed(page)) == [code]


def test_a_member_that_changes_after_it_was_checked_is_noticed(tmp_path):
    content = Content()
    bundle, photo = content.bundle(b"second bundle" * 10_000), content.file(b"photo" * 100_000)
    path = written(tmp_path, content).path
    with opened(path) as package:
        path.write_bytes(path.read_bytes().replace(b"second bundle", b"SECOND bundle", 9_000))
        with pytest.raises(ProblemsFound) as found:
            package.bundle(bundle)
        assert [problem.code for problem in found.value.problems] == ["package.member_damaged"]
        path.write_bytes(path.read_bytes()[:1000])
        with pytest.raises(ProblemsFound) as found:
            package.pour(photo, len)
        assert [problem.code for problem in found.value.problems] == ["package.cut_off"]


def test_a_file_that_went_away_is_an_error_of_the_machine(tmp_path):
    with pytest.raises(EnvironmentFault) as failed:
        opened(tmp_path / NAME)
    assert failed.value.code == "package.not_read"


# --- no package at all


def workbook() -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - only here

    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def database(folder, table: str) -> bytes:
    path = folder / "x.db"
    with sqlite3.connect(path) as connection:
        connection.execute(f"CREATE TABLE {table} (device TEXT)")
    connection.close()
    content = path.read_bytes()
    path.unlink()
    return content


def archive(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name in names:
            file.writestr(name, b"x")
    return target.getvalue()


def test_what_is_no_package_is_called_by_its_name(tmp_path):
    others = {
        "is_empty": b"",
        "is_blank": bytes(5000),
        "is_register": database(tmp_path, "act"),
        "is_database": database(tmp_path, "other"),
        "is_workbook": workbook(),
        "is_pdf": b"%PDF-1.7 ...",
        "is_picture": b"\xff\xd8\xff\xe0",
        "is_archive": archive("读我.txt"),
        "is_archive_of_packages": archive("第1份.wufei"),
        "is_document": archive("word/document.xml"),
        "is_checklist": "# 洛阳\nformat: wufei-checklist/1\nname: 商场\n".encode(),
        "is_key": b'{"format": "wufei-key/1", "key": ""}',
        "is_other_file": b'{"format": "wufei-scoresheet/1"}',
        "is_text": "单位名单".encode("gbk"),
        "is_unknown": bytes(range(256)) * 10,
        "still_encrypted": b"age-encryption.org/v1\n-> X25519 x\n",
    }
    assert {code: codes(placed(tmp_path, content)) for code, content in others.items()} == {
        code: [code] for code in others
    }
    assert codes(placed(tmp_path, b"\xef\xbb\xbf" + others["is_checklist"] * 3000)) == ["is_checklist"]


# --- bounded memory, and random bytes


def test_opening_takes_little_memory_however_large_the_package(tmp_path):
    content = Content()
    for number in range(4):
        content.file(bytes([number]) * (30 << 20))
    path = written(tmp_path, content).path
    done = memory_of(
        f"""
        from wufei_cells.exchange.opening import open_package
        from wufei_cells.signing.signing_key import genuine
        package = open_package(Path({str(path)!r}), name="x", genuine=genuine)
        for file in package.manifest.files:
            package.pour(file, len)
        print(len(package.manifest.files))
        """
    )
    assert done.printed == "4"
    assert done.grown < 30


def test_a_directory_of_a_gigabyte_is_not_read(tmp_path):
    path = placed(tmp_path, zipped(parts_of(usual())))
    with path.open("r+b") as file:
        file.seek(3 << 30)
        file.write(b"PK\5\6" + bytes(4) + b"\xff\x7f" * 2 + (3 << 30).to_bytes(4, "little") + bytes(6))
    done = memory_of(
        f"""
        from wufei_cells.errors import ProblemsFound
        from wufei_cells.exchange.opening import open_package
        try:
            open_package(Path({str(path)!r}), name="x", genuine=None)
        except ProblemsFound as refused:
            print(refused.problems[0].code)
        """
    )
    assert done.printed.startswith("package.")
    assert done.grown < 30


GOOD = zipped(parts_of(usual()))


@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 4), st.binary(max_size=6)), min_size=1, max_size=6)
)
@example([(len(GOOD) - 22, 0, b"PK\5\6")])
@settings(max_examples=250)
def test_a_package_with_changed_bytes_is_refused_or_says_the_same(tmp_path_factory, changes):
    content = bytearray(GOOD)
    for at, length, new in changes:
        content[at : at + length] = new
    path = placed(tmp_path_factory.getbasetemp(), bytes(content))
    if codes(path):
        return
    usual_content = usual()
    with opened(path) as package:
        assert package.manifest == usual_content.manifest()
        for entry in usual_content.bundles:
            assert package.bundle(entry) == usual_content.bytes[entry.sha256]


@given(st.sampled_from([b"", b"PK\3\4", GOOD[:60], b"age-encryption.org/v1\n"]), st.binary(max_size=300))
@settings(max_examples=150)
def test_random_bytes_are_refused(tmp_path_factory, beginning, content):
    assert codes(placed(tmp_path_factory.getbasetemp(), beginning + content))
