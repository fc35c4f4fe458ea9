"""Packages from the command line: what is not written over, and what is told of who takes part."""

from __future__ import annotations

import json

import pytest

from wufei_cells.command_line.main import main

SECRET = "山高水长 2026"  # noqa: S105 - of a key that is thrown away
LANGUAGES = {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}


@pytest.fixture
def said(tmp_path, capsys, monkeypatch):
    """``said(machine, person, *words)``: what a command in a machine's register gives; in a language, what it says."""
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")

    def call(machine, person, *words, language="", code=0):
        monkeypatch.setenv("WUFEI_DEVICES", str(tmp_path / "machines" / machine))
        monkeypatch.setenv("LANG", LANGUAGES[language or "zh"])
        folder = tmp_path / machine
        folder.mkdir(exist_ok=True)
        shape = () if language else ("--json",)
        assert main(["--data", str(folder), "--as", person, *shape, *map(str, words)]) == code
        told = capsys.readouterr()
        return told.out + told.err if language else json.loads(told.out)

    return call


@pytest.mark.parametrize("command", ["export", "request", "receipt"])
def test_what_was_written_is_not_written_over_unless_asked_for(said, tmp_path, command):
    package = tmp_path / "to.wufei"
    package.write_bytes(b"what somebody sent")
    for language, word in (("zh", "没有覆盖"), ("en", "was not replaced")):
        refused = said("one", "王敏", "sync", command, package, language=language, code=1)
        assert word in refused
        assert "--replace" in refused
        assert str(package) in refused
    assert package.read_bytes() == b"what somebody sent"
    assert said("one", "王敏", "sync", command, package, code=1)["error"]["code"] == "packing.taken"
    said("one", "王敏", "sync", command, package, "--replace")
    assert package.read_bytes().startswith(b"PK")


def test_a_dry_run_asks_for_no_other_name_and_the_ending_makes_no_other_file(said, tmp_path):
    package = tmp_path / "to.wufei"
    said("one", "王敏", "sync", "export", package)
    before = package.read_bytes()
    assert "written" not in said("one", "王敏", "sync", "export", package, "--dry-run")
    said("one", "王敏", "sync", "export", tmp_path / "to", code=1)  # the ending is added
    assert package.read_bytes() == before


def test_words_that_were_compared_are_not_asked_for_again(said, tmp_path):
    secret = ("--passphrase-file", tmp_path / "secret.txt")
    said("office", "周主任", "key", "make", *secret)
    for language, asked, done in (
        ("zh", "还没核对过", "和给出的一样"),
        ("en", "nobody has compared", "that were given"),
    ):
        request = tmp_path / f"{language}.txt"
        words = said(language, "王敏", "sync", "join-request", request)["words"]
        told = said("office", "周主任", "sync", "enrol", request, *secret, language=language)
        assert asked in told
        told = said("office", "周主任", "sync", "enrol", request, "--words", words, *secret, language=language)
        assert asked not in told
        assert done in told


def test_a_revoked_laptop_is_said_to_be_revoked_and_no_longer_what_it_lacks(said, tmp_path):
    secret = ("--passphrase-file", tmp_path / "secret.txt")
    request, package = tmp_path / "join.txt", tmp_path / "laptop.wufei"
    said("laptop", "李强", "sync", "join-request", request)
    said("office", "周主任", "key", "make", *secret)
    device = said("office", "周主任", "sync", "enrol", request, *secret)["device"]
    said("laptop", "李强", "sync", "export", package)
    said("office", "周主任", "sync", "import", package)

    def row():
        return next(row for row in said("office", "周主任", "sync", "status")["devices"] if row["device"] == device)

    assert row()["lacks"] > 0
    assert row()["revoked_after"] is None
    lacking = {"zh": "对方还缺", "en": "lacks"}
    for language, word in lacking.items():
        assert word in said("office", "周主任", "sync", "status", language=language)
    said("office", "周主任", "sync", "revoke", device, "--after", "1", "--reason", "电脑被盗", *secret)
    assert (row()["lacks"], row()["revoked_after"]) == (None, 1)
    for language, word in (("zh", "第 1 条以后已停用"), ("en", "revoked after act 1")):
        told = said("office", "周主任", "sync", "status", language=language)
        assert word in told
        assert lacking[language] not in told
