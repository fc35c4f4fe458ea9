"""Checklists as files: what is written comes back the same, and what cannot be read says where it stands."""

from __future__ import annotations

import pytest

from wufei_cells import shipped
from wufei_cells.checklists.document import edition_document
from wufei_cells.checklists.linting import lint
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import checklist_files
from wufei_cells.wording import Wording

WORDING = Wording(shipped.wording_catalogue(), "zh")


@pytest.fixture(scope="module")
def office():
    """A shipped checklist as plain data."""
    (content,) = [content for name, content in shipped.shipped_criteria().checklists if "office" in name]
    return checklist_files.read_file(content, "office.yaml", WORDING).data


@pytest.mark.parametrize("name", ["office.yaml", "office.xlsx", "OFFICE.XLSX"])
def test_a_checklist_that_was_written_comes_back_the_same(office, tmp_path, name):
    path = checklist_files.write_file(tmp_path / name, office, WORDING)
    read = checklist_files.read_file(path.read_bytes(), name, WORDING)
    assert read.remarks == ()
    assert edition_document(lint(read.data).checklist) == edition_document(lint(office).checklist)


def test_mistakes_in_a_file_come_along_and_are_put_right_later():
    read = checklist_files.read_file(b"key: WF-XX\ngroups: []", "draft.yaml", WORDING)
    assert read.data["key"] == "WF-XX"
    assert lint(read.data).problems


@pytest.mark.parametrize(("name", "content"), [("a.yaml", b"a: [1"), ("a.xlsx", b"no workbook"), ("a.json", b"\xff")])
def test_a_file_that_says_nothing_is_refused_with_its_place(name, content):
    with pytest.raises(ProblemsFound) as found:
        checklist_files.read_file(content, name, WORDING)
    assert all(name in problem.place for problem in found.value.problems)


def test_a_register_is_never_overwritten(office, tmp_path):
    register = tmp_path / "wufei.db"
    register.write_bytes(b"SQLite format 3\x00" + b"\0" * 100)
    with pytest.raises(UserError):
        checklist_files.write_file(register, office, WORDING)
