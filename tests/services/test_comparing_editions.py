"""Comparing what the register holds, and what a file would become in it."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.samples.registers import sample
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.errors import UserError
from wufei_cells.services import browsing, comparing_editions, publishing
from wufei_cells.store.database import FILE_NAME
from wufei_cells.wording import Wording

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FONTS = RESOURCES / "fonts"


@pytest.fixture(scope="session")
def catalogue() -> dict[str, dict[str, str]]:
    files = [RESOURCES / "wording" / f"{name}.json" for name in ("documents", "comparing")]
    return {key: said for file in files for key, said in json.loads(file.read_text("utf-8")).items()}


def reworded(edition: str = "2") -> bytes:
    text = sample("small").decode().replace('edition: "1"', f'edition: "{edition}"')
    return text.replace("zh: 领导,", "zh: 领导小组,").encode()


@pytest.fixture
def stored(workspace):
    """The small checklist as it is in force, and a second edition of it."""
    publishing.publish_file(workspace, reworded(), "small.yaml")
    return {row.edition: row for row in browsing.editions(workspace) if row.key == "SMALL"}


def test_an_edition_is_found_by_the_beginning_of_its_identity_or_by_its_name(workspace, stored):
    found = comparing_editions.find_edition
    assert found(workspace, stored["1"].id[:12]).id == stored["1"].id
    assert found(workspace, "SMALL 1").id == stored["1"].id
    assert found(workspace, " SMALL  2 ").id == stored["2"].id
    assert found(workspace, "SMALL").id == stored["2"].id, "the newest, where no edition is named"


@pytest.mark.parametrize("name", ["SMALL 3", "NONE", "", "0" * 12, "SM"])
def test_what_is_not_there_is_refused_with_what_to_do(workspace, stored, name):
    with pytest.raises(UserError) as refused:
        comparing_editions.find_edition(workspace, name)
    assert refused.value.code == "comparing.unknown_edition"


def test_a_beginning_that_fits_several_is_refused(workspace, stored, monkeypatch):
    monkeypatch.setattr(comparing_editions, "SHORTEST_ID", 0)
    with pytest.raises(UserError) as refused:
        comparing_editions.find_edition(workspace, "")
    assert refused.value.code == "comparing.several_editions"


def test_two_stored_editions_are_compared(workspace, stored):
    old, new = (comparing_editions.stored_edition(workspace, f"SMALL {name}") for name in "12")
    data = comparing_editions.comparison_data(comparing_editions.compare(old, new))
    assert data["equal"] is False
    assert data["old"]["id"] == stored["1"].id
    assert data["new"]["id"] == stored["2"].id
    assert data["answers"] == {"carried": 3, "to_check": 1, "new": 0, "archived": 0}
    (entry,) = data["entries"]
    assert (entry["key"], entry["change"], entry["answers_carry"]) == ("A1", "changed", False)
    assert entry["fields"] == [
        {
            "field": "text",
            "aspect": "words",
            "old": {"zh": "领导", "en": "Leadership"},
            "new": {"zh": "领导小组", "en": "Leadership"},
        }
    ]
    assert [change["field"] for change in data["settings"]] == ["edition"]


def test_a_file_is_compared_as_it_would_be_in_force_here(workspace):
    """The sample city sets a pass mark of its own: beside a stored edition that is no difference."""
    stored = comparing_editions.stored_edition(workspace, "SMALL 1")
    draft = comparing_editions.draft_in_force(workspace, sample("small"), "small.yaml")
    assert not comparing_editions.compare(stored, draft)


def test_the_notice_is_saved_whole(workspace, tmp_path, catalogue):
    old = comparing_editions.stored_edition(workspace, "SMALL 1")
    strange = reworded().replace("领导小组".encode(), "领导小组🎉".encode())
    comparison = comparing_editions.compare(old, comparing_editions.draft_in_force(workspace, strange, "small.yaml"))
    fonts = DocumentFonts({face: FONTS / f"{face}.ttf" for face in Face})
    path = comparing_editions.save_notice(comparison, tmp_path / "说明.pdf", fonts, Wording(catalogue, "zh"))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(path.read_bytes())).pages)
    assert "领导小组〓" in re.sub(r"\s+", "", text), "a character that no font has does not keep the notice back"
    with pytest.raises(UserError) as refused:
        comparing_editions.save_notice(comparison, tmp_path / FILE_NAME, fonts, Wording(catalogue, "zh"))
    assert refused.value.code == "file.is_register"
