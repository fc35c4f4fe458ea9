"""Commands on who takes part: request, enrolment, answer, list, revocation, from one machine to another by files."""

from __future__ import annotations

import json

import pytest

from wufei_cells.command_line.main import main

SECRET = "山高水长 2026"  # noqa: S105 - of a key that is thrown away


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """``run(machine, person, *words)``: one command in a machine's register; its JSON and exit code."""
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")

    def call(machine, person, *words, code=0):
        monkeypatch.setenv("WUFEI_DEVICES", str(tmp_path / "machines" / machine))
        folder = tmp_path / machine
        folder.mkdir(exist_ok=True)
        assert main(["--data", str(folder), "--as", person, "--json", *map(str, words)]) == code
        return json.loads(capsys.readouterr().out)

    return call


def test_a_laptop_joins_and_is_revoked(run, tmp_path):
    secret = ("--passphrase-file", tmp_path / "secret.txt")
    request, answer = tmp_path / "join.txt", tmp_path / "answer.json"
    asked = run("laptop", "王敏", "sync", "join-request", request)
    run("office", "周主任", "key", "make", *secret)
    assert run("office", "周主任", "sync", "devices")["mode"] == "open"
    enrolled = run(
        *("office", "周主任", "sync", "enrol", request, "--role", "assessor", "--until", "2099-12-31"),
        *("--words", asked["words"], "--output", answer, *secret),
    )
    assert (enrolled["person"], enrolled["words"]) == ("王敏", asked["words"])
    shown = run("laptop", "王敏", "sync", "join", answer)
    assert not shown["joined"]
    assert run("laptop", "王敏", "sync", "join", answer, "--words", asked["words"], code=1)["error"]["code"] == (
        "trust.other_office_words"
    )
    assert run("laptop", "王敏", "sync", "join", answer, "--words", shown["words"])["joined"]
    listed = run("laptop", "王敏", "sync", "devices")
    assert listed["mode"] == "office"
    assert [one["roles"] for one in listed["devices"][0]["people"]] == [["assessor"]]
    device = enrolled["device"]
    revoked = run("office", "周主任", "sync", "revoke", device[:8], "--after", "3", "--reason", "电脑被盗", *secret)
    assert (revoked["device"], revoked["after"]) == (device, 3)
    row = {one["device"]: one for one in run("office", "周主任", "sync", "devices")["devices"]}[device]
    assert (row["accepted"], row["revoked_after"]) == (False, 3)


def test_a_lost_office_key_is_replaced_and_pinned_anew(run, tmp_path):
    secret = ("--passphrase-file", tmp_path / "secret.txt")
    request, answer = tmp_path / "join.txt", tmp_path / "answer.json"
    run("laptop", "王敏", "sync", "join-request", request)
    run("office", "周主任", "key", "make", *secret)
    run("office", "周主任", "sync", "enrol", request, "--output", answer, *secret)
    run("laptop", "王敏", "sync", "join", answer, "--words", run("laptop", "王敏", "sync", "join", answer)["words"])
    words = run("office", "周主任", "sync", "new-office-key", "--output", answer, *secret)["words"]
    assert run("laptop", "王敏", "sync", "join", answer, "--words", words, code=1)["error"]["code"] == (
        "trust.other_office"
    )
    assert run("laptop", "王敏", "sync", "join", answer, "--words", words, "--again")["joined"]
    assert run("laptop", "王敏", "sync", "devices")["office_words"] == words


def test_a_device_is_accepted_by_its_words_while_no_office_enrols(run, tmp_path):
    package = tmp_path / "from.wufei"
    words = run("other", "李强", "sync", "join-request", tmp_path / "j.txt")["words"]
    run("other", "李强", "sync", "export", package)
    run("one", "王敏", "sync", "import", package)
    [waiting] = run("one", "王敏", "sync", "status")["waiting"]
    device, short = waiting["device"], waiting["device"][:8]
    shown = run("one", "王敏", "sync", "trust", short, "--name", "李强的电脑")
    assert shown == {"device": device, "name": "李强的电脑", "words": words, "trusted": False}
    wrong = run("one", "王敏", "sync", "trust", short, "--words", "一 二 三", code=1)
    assert wrong["error"]["code"] == "trust.other_device_words"
    assert run("one", "王敏", "sync", "status")["waiting"], "nothing was accepted yet"
    assert run("one", "王敏", "sync", "trust", short, "--name", "李强的电脑", "--words", words)["trusted"]
    rows = {row["device"]: row for row in run("one", "王敏", "sync", "devices")["devices"]}
    assert (rows[device]["name"], rows[device]["accepted"], rows[device]["words"]) == ("李强的电脑", True, words)


def test_a_device_that_nobody_heard_of_is_not_accepted(run):
    refused = run("one", "王敏", "sync", "trust", "ab" * 16, code=1)
    assert refused["error"]["code"] == "trust.unheard_device"
