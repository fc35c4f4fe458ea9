"""``certificate page`` writes the page that checks what this office signs."""

from __future__ import annotations

from datetime import date

import pytest

from tests.samples.registers import criteria
from wufei_cells.services.office_keys import announced, make_key
from wufei_cells.services.workspace import open_workspace
from wufei_cells.signing.signing_key import SigningKey
from wufei_cells.signing.status_list import make_status_list


@pytest.fixture
def key(data, site) -> SigningKey:
    """The office's key."""
    workspace = open_workspace(data, criteria("small", "school"), person="王敏")
    made = make_key(workspace, "一句足够长的口令", issuer="滨城市无废办", since=date(2026, 1, 1))
    workspace.close()
    return made


def test_the_page_holds_key_and_list(ask, key, data, tmp_path):
    workspace = open_workspace(data, criteria("small", "school"), person="王敏")
    with workspace.database.reading() as connection:
        keys = announced(connection)
    workspace.close()
    listed = tmp_path / "名单.json"
    listed.write_bytes(make_status_list(key, "滨城市无废办", date(2026, 3, 2), {}, keys).written())
    page = tmp_path / "核验.html"
    assert ask("certificate", "page", "--output", page, "--status", listed) == {"file": str(page)}
    written = page.read_text("utf-8")
    assert written.startswith("<!DOCTYPE html>")
    assert '"issuer":"滨城市无废办"' in written
    assert '"as_of":"2026-03-02"' in written


def test_without_a_key_there_is_nothing_to_check_with(run, site, tmp_path):
    ended = run("certificate", "page", "--output", tmp_path / "page.html")
    assert ended.code != 0
    assert ended.err.strip()
    assert not list(tmp_path.glob("*.html"))


def test_a_list_of_somebody_else_is_not_put_in(run, key, tmp_path):
    stranger = SigningKey(b"9" * 32)
    listed = tmp_path / "list.json"
    listed.write_bytes(make_status_list(stranger, "别处", date(2026, 3, 2), {}, []).written())
    assert run("certificate", "page", "--output", tmp_path / "page.html", "--status", listed).code != 0
    assert not list(tmp_path.glob("*.html"))
