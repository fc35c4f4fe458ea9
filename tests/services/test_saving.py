"""Papers are written whole or not at all, and never over a register."""

from __future__ import annotations

import sqlite3

import pytest

from wufei_cells.errors import EnvironmentFault, UserError
from wufei_cells.services.saving import file_name, save_file


@pytest.mark.parametrize("name", ["wufei.db", "wufei.db-wal", "wufei.db-shm", "renamed.pdf"])
def test_no_paper_is_written_over_a_register_or_its_log(tmp_path, name):
    register = tmp_path / ("renamed.pdf" if name == "renamed.pdf" else "wufei.db")
    with sqlite3.connect(register) as connection:
        connection.execute("CREATE TABLE act (seq INTEGER)")
    connection.close()
    before = register.read_bytes()
    with pytest.raises(UserError) as refused:
        save_file(tmp_path / name, b"%PDF-1.4")
    assert refused.value.code == "file.is_register"
    assert [entry.name for entry in tmp_path.iterdir()] == [register.name]
    assert register.read_bytes() == before


def test_an_earlier_paper_is_replaced_whole(tmp_path):
    paper = tmp_path / "证书.pdf"
    save_file(paper, b"first")
    assert save_file(paper, b"second") == paper
    assert paper.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [paper]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EnvironmentFault) as failed:
        save_file(tmp_path / "none" / "c.pdf", b"")
    assert failed.value.code == "store.no_folder"
    assert "none" in str(failed.value.values["path"])


def test_names_of_sites_become_names_of_files():
    assert file_name("云台山/东门: <A>?") == "云台山_东门_ _A__"
    assert file_name("...") == "_"
    assert len(file_name("长" * 300)) == 80
