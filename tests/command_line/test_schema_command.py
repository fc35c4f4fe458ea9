"""`wufei-cells checklist schema` prints the schemas that come with the program, for editors and other tools."""

from __future__ import annotations

from pathlib import Path

import pytest

SCHEMAS = sorted((Path(__file__).resolve().parents[2] / "resources" / "schema").glob("*.json"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_a_schema_is_printed_as_it_is_shipped(run, data, path):
    ended = run("checklist", "schema", path.stem)
    assert (ended.code, ended.out, ended.err) == (0, path.read_text("utf-8"), "")
    assert run("checklist", "schema", path.stem, "--json", "--language", "en").out == ended.out
    assert list(data.iterdir()) == [], "no register is needed for that"


def test_without_a_name_it_is_that_of_checklists(run):
    assert run("checklist", "schema").json["properties"]["format"]["enum"][0] == "wufei-checklist/1"


def test_other_kinds_of_files_are_not_understood(run):
    assert run("checklist", "schema", "answers").code == 2
