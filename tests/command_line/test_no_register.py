"""A machine without a register: reading and diagnosing begin none; one begins where somebody asks for it."""

from __future__ import annotations

import json

import pytest

from wufei_cells import paths
from wufei_cells.command_line.main import main


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """Run a command as it is typed in a home where nothing was ever begun."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setattr(paths.platformdirs, "user_data_dir", lambda name, **_: str(tmp_path / "data" / name))
    monkeypatch.setenv("WUFEI_DEVICES", str(tmp_path / "devices"))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for name in ("WUFEI_DATA", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments):
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return code, capsys.readouterr()

    return run


@pytest.mark.parametrize(
    "command",
    [
        ("certificate", "list"),
        ("site", "list"),
        ("template", "list"),
        ("doctor",),
        ("site", "list", "--as-of", "2026-01-01"),
        ("city", "use", "luoyang", "--as-of", "2026-01-01"),
        ("site", "add", "--name", "甲", "--category", "office", "--district", "wen"),
    ],
)
def test_a_command_begins_no_register_in_the_usual_place_and_says_how_one_begins(typed, command):
    code, said = typed(*command)
    assert code == 1
    assert str(paths.data_folder()) in said.err
    assert "city use" in said.err
    assert "--data" in said.err
    assert not paths.data_folder().exists()
    assert not paths.device_folder().exists()


@pytest.mark.parametrize("named", [False, True])
def test_support_begins_no_register_wherever_it_looks(typed, tmp_path, named):
    folder = tmp_path / "named" if named else paths.data_folder()
    folder.mkdir(parents=True)
    code, said = typed("support", *(("--data", folder) if named else ()))
    assert code == 0
    assert str(folder) in said.err
    assert "workspace.no_register" in said.out
    assert list(folder.iterdir()) == []


def test_the_cities_are_listed_before_there_is_a_register(typed):
    code, said = typed("city", "list", "--json")
    assert code == 0
    rows = json.loads(said.out)
    assert {"jiaozuo", "luoyang"} <= {row["key"] for row in rows}
    assert not any(row["in_use"] for row in rows)
    assert not paths.data_folder().exists()


def test_a_register_begins_with_the_city_that_is_named(typed):
    assert typed("city", "use", "luoyang", "--as", "王敏")[0] == 0
    assert paths.holds_register(paths.data_folder())
    rows = json.loads(typed("city", "list", "--json")[1].out)
    assert [row["key"] for row in rows if row["in_use"]] == ["luoyang"]
    editions = json.loads(typed("checklist", "list", "--json")[1].out)
    assert editions
    assert not [one for one in editions if "焦作" in json.dumps(one, ensure_ascii=False)]


def test_no_register_begins_with_a_city_that_is_unknown(typed):
    code, said = typed("city", "use", "atlantis")
    assert code == 1
    assert "luoyang" in said.err
    assert not paths.data_folder().exists()
