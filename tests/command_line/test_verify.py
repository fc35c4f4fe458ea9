"""Keys, status lists and checks at the terminal: with a register, and with files alone."""

from __future__ import annotations

import json

import pytest

from tests.samples.registers import scored
from wufei_cells import shipped
from wufei_cells.command_line import passphrases
from wufei_cells.command_line.main import main
from wufei_cells.services import assessing, certifying, deciding, office_keys
from wufei_cells.services.verifying import Agreement
from wufei_cells.services.workspace import open_workspace
from wufei_cells.signing import key_file
from wufei_cells.signing.content import CertificateContent
from wufei_cells.signing.verdicts import Verdict

PASSPHRASE, OTHER = "一二三四五六七八", "另一个足够长的口令"


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch):
    """The strength of the passphrase's protection is tested with the file itself."""
    monkeypatch.setattr(key_file, "ROUNDS", 1_000)
    monkeypatch.setenv(passphrases.VARIABLE, PASSPHRASE)
    monkeypatch.delenv(passphrases.NEW_VARIABLE, raising=False)


@pytest.fixture
def key(ask):
    return ask("key", "make")


@pytest.fixture
def certificate(data, key, small_criteria):
    """A certificate that the office signed."""
    workspace = open_workspace(data, shipped.shipped_criteria(), person="王敏")
    row = scored(workspace)
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    issued = certifying.issue_certificate(workspace, row.id, key=office_keys.unlock(workspace, PASSPHRASE))
    workspace.close()
    return issued


@pytest.fixture
def text(certificate):
    return certificate.proof


@pytest.fixture
def nowhere(monkeypatch, tmp_path, capsys):
    """Run a command on a machine without a register."""
    monkeypatch.setenv("WUFEI_DATA", str(tmp_path / "nothing here"))

    def typed(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        assert not (tmp_path / "nothing here").exists(), "a check makes no register"
        return code, capsys.readouterr().out

    return typed


# --- keys


def test_a_key_is_made_listed_backed_up_and_brought_in(ask, key, data, tmp_path):
    [row] = ask("key", "list")
    assert (row["id"], row["present"], row["until"]) == (key["id"], True, None)
    ask("key", "export", tmp_path / "copy.pem")
    (data / "keys" / f"office-{key['id']}.pem").unlink()
    assert not ask("key", "list")[0]["present"]
    assert ask("key", "import", tmp_path / "copy.pem")["present"]


def test_the_passphrase_may_stand_in_a_file(ask, run, tmp_path, monkeypatch):
    monkeypatch.delenv(passphrases.VARIABLE)
    (tmp_path / "old").write_text(f"{PASSPHRASE}\n", "utf-8")
    (tmp_path / "new").write_text(OTHER, "utf-8")
    first = ask("key", "make", "--passphrase-file", tmp_path / "old")
    options = ("--passphrase-file", tmp_path / "old", "--new-passphrase-file", tmp_path / "new")
    assert ask("key", "succeed", *options)["predecessor"] == first["id"]
    ended = run("key", "succeed", *options)
    assert (ended.code, ended.out) == (1, "")
    assert "口令不对" in ended.err


def test_without_a_passphrase_and_nobody_to_ask_nothing_is_made(run, ask, monkeypatch):
    monkeypatch.delenv(passphrases.VARIABLE)
    ended = run("key", "make")
    assert ended.code == 1
    assert passphrases.VARIABLE in ended.err
    assert ask("key", "list") == []
    monkeypatch.setenv(passphrases.VARIABLE, PASSPHRASE)
    ask("key", "make")
    ended = run("key", "succeed")
    assert ended.code == 1
    assert passphrases.NEW_VARIABLE in ended.err
    assert len(ask("key", "list")) == 1


def test_a_passphrase_that_is_typed_is_typed_twice(run, monkeypatch):
    monkeypatch.delenv(passphrases.VARIABLE)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    typed = iter([PASSPHRASE, OTHER, PASSPHRASE, PASSPHRASE])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    assert "两次输入" in run("key", "make").err
    assert run("key", "make").code == 0


# --- checking


def test_a_certificate_of_this_register_is_checked(run, ask, text, certificate):
    ended = run("certificate", "verify", text)
    assert ended.code == 0
    assert ended.out.startswith("有效：")
    assert certificate.number in ended.out
    assert "与本登记库的记录一致" in ended.out
    [found] = ask("certificate", "verify", text)
    assert (found["verdict"], found["register"], found["holds"]) == ("valid", "agrees", True)
    assert found["content"]["site_name"] == "甲单位"


def test_files_are_enough_on_a_machine_without_a_register(run, ask, nowhere, text, key, tmp_path):
    keys, status, paper = tmp_path / "keys.json", tmp_path / "status.json", tmp_path / "paper.pdf"
    ask("key", "list", "--output", keys)
    run("status", "write", status)
    paper.write_bytes(b"%PDF-1.7 /Keywords (" + text.encode() + b")")
    code, out = nowhere("certificate", "verify", paper, "--keys", keys, "--status", status, "--json")
    [found] = json.loads(out)
    assert (code, found["verdict"], found["status_age"], found["register"]) == (0, "valid", 0, "not_asked")
    code, out = nowhere("--language", "en", "certificate", "verify", text)
    assert code == 1
    assert out.startswith("Not proved")
    assert out.index("nothing below is proved") < out.index("甲单位")
    assert "no status list" in out


def test_what_does_not_hold_ends_with_one(run, text, tmp_path):
    altered = text[:-1] + ("0" if text[-1] != "0" else "1")
    ended = run("certificate", "verify", altered)
    assert ended.code == 1
    assert ended.out.startswith(("被改动", "读不出"))
    (tmp_path / "both.txt").write_text(f"{text}\n{altered}\n", "utf-8")
    ended = run("certificate", "verify", tmp_path / "both.txt", "--json")
    assert (ended.code, [found["holds"] for found in ended.json]) == (1, [True, False])


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    ended = run("certificate", "verify", tmp_path / "nothing.pdf")
    assert (ended.code, ended.out) == (1, "")
    assert "nothing.pdf" in ended.err


def test_what_is_no_text_of_a_code_is_unreadable_and_not_repeated(run, text):
    for subject, said in (("", "没有给出"), (text.lower(), "大写"), ("长" * 3000, "读不出")):
        ended = run("certificate", "verify", subject)
        assert (ended.code, ended.err, said in ended.out) == (1, "", True)
        assert max(map(len, ended.out.splitlines())) < 120, "long texts are not echoed"


def test_an_unsigned_paper_of_this_register_is_known_by_its_bytes(run, ask, site, answers_file, tmp_path):
    row = ask("assess", "start", site["id"])["id"]
    ask("assess", "answer", row, "--file", answers_file)
    ask("assess", "finish", row)
    ask("decide", row, "--approve")
    ended = run("certificate", "issue", row)
    assert "没有数字签名" in ended.err
    [issued] = ask("certificate", "list")
    assert issued["signed"] is False
    paper = tmp_path / "paper.pdf"
    ask("certificate", "print", issued["number"], "--output", paper)
    ended = run("certificate", "verify", paper)
    assert ended.out.startswith("未签名：这是本登记库签发的文件")
    assert issued["number"] in ended.out
    run("certificate", "withdraw", issued["number"], "--reason", "弄虚作假")
    assert "撤销" in run("certificate", "verify", paper).out
    paper.write_bytes(paper.read_bytes() + b"\n")
    ended = run("certificate", "verify", paper)
    assert ended.out.startswith("读不出")
    assert "导出为图片" in ended.out


def test_a_key_of_a_later_day_is_still_to_come(run):
    run("key", "make", "--since", "2199-01-01")
    assert "将启用" in run("key", "list").out


def test_without_the_file_of_a_key_no_list_is_written(run, ask, key, data, tmp_path):
    (data / "keys" / f"office-{key['id']}.pem").unlink()
    ended = run("status", "write", tmp_path / "status.json")
    assert (ended.code, "–" in ended.err, "key import" in ended.err) == (1, False, True)


def test_a_status_list_is_written_and_taken_in(run, ask, key, tmp_path):
    made = ask("status", "write", tmp_path / "status.json")
    assert json.loads((tmp_path / "status.json").read_text("utf-8")) == made
    assert ask("status", "read", tmp_path / "status.json") == made
    (tmp_path / "status.json").write_text(json.dumps({**made, "as_of": "2099-01-01"}), "utf-8")
    ended = run("status", "read", tmp_path / "status.json")
    assert ended.code == 1
    assert "改动" in ended.err


def test_every_verdict_and_every_field_has_its_words():
    words = shipped.wording_catalogue()
    keys = [f"verify.verdict_{verdict.value}" for verdict in Verdict]
    keys += [f"verify.register_{said.value}" for said in Agreement if said is not Agreement.NOT_ASKED]
    keys += [f"verify.field_{name}" for name in CertificateContent.__dataclass_fields__]
    assert [key for key in keys if key not in words] == []
