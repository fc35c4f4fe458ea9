"""The program checks itself: with the real thing, to the end, and in words a person understands."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from wufei_cells import shipped
from wufei_cells.errors import ProblemsFound
from wufei_cells.services import self_checking
from wufei_cells.services.self_check_shipped import machine_checks, shipped_checks
from wufei_cells.wording import Wording

ROOT = Path(__file__).resolve().parents[2]
WORDS = {language: Wording(shipped.wording_catalogue(), language) for language in ("zh", "en")}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    folder = tmp_path_factory.mktemp("machine")
    return replace(shipped.everything(), folders={"data": folder / "never made" / "register"})


@pytest.fixture(scope="module")
def outcomes(everything):
    return self_checking.run(self_checking.core_checks(everything))


def quick_checks(everything):
    """Those that make nothing."""
    yield from shipped_checks(everything)
    yield from machine_checks(everything)


def failed(everything, checks=quick_checks, **broken):
    """The names of the checks that fail with something broken."""
    found = self_checking.run(checks(replace(everything, **broken)))
    return {outcome.name: outcome for outcome in found if not outcome.passed}


def test_everything_is_well_here(outcomes):
    assert [(one.name, one.error) for one in outcomes if not one.passed] == []
    assert {"sqlite", "register", "certificate", "workbook", "encryption", "code", "pictures"} < {
        one.name for one in outcomes
    }


def test_nothing_is_left_behind(everything, outcomes):
    assert not list(Path(tempfile.gettempdir()).glob("wufei 自检*"))
    assert not everything.folders["data"].parent.exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_is_of_sentences_and_the_document_is_complete(outcomes, language):
    lines = self_checking.report(outcomes, WORDS[language])
    assert len(lines) == len(outcomes) + 2
    assert not any("self_check." in line or "{" in line for line in lines)
    document = json.loads(json.dumps(self_checking.document(outcomes, WORDS[language])))
    assert document["ok"] is True
    assert [one["name"] for one in document["checks"]] == [one.name for one in outcomes]


def test_what_is_broken_is_told_and_the_rest_is_still_checked(everything, outcomes):
    fonts = dict.fromkeys(everything.font_files, b"no font")

    def no_fonts():
        raise OSError("gone")

    found = failed(
        everything, self_checking.core_checks, version="", report_templates={}, fonts=no_fonts, font_files=fonts
    )
    assert set(found) == {"program", "templates", "fonts", "report", "certificate"}
    assert found["program"].code == "no_version"
    assert "安装不完整" in found["program"].sentence(WORDS["zh"])
    assert "OSError" in found["fonts"].sentence(WORDS["en"])


def test_a_checklist_with_a_mistake_is_told_with_its_place(everything):
    name, get = next(iter(everything.cities.items()))
    city = get()
    broken = replace(city, checklists=((city.checklists[0][0], b"key: [1"), *city.checklists[1:]))
    found = failed(everything, cities={**everything.cities, name: lambda: broken})
    assert isinstance(found["checklists"].error, ProblemsFound)
    assert city.checklists[0][0] in found["checklists"].sentence(WORDS["zh"])


def test_a_sentence_without_its_other_language_is_told(everything):
    catalogue = {**everything.catalogue, "new.key": {"zh": "新的", "en": ""}, "torn.key": {"zh": "{", "en": "x"}}
    found = failed(everything, catalogue=catalogue)
    assert set(found) == {"wording"}
    assert "new.key、torn.key" in found["wording"].sentence(WORDS["zh"])


def test_a_folder_that_takes_no_file_is_named(everything, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    found = failed(everything, folders={"log": tmp_path / "file" / "log"})
    assert set(found) == {"folders"}
    assert str(tmp_path / "file" / "log") in found["folders"].sentence(WORDS["zh"])


def test_every_check_and_every_failure_is_worded(outcomes):
    catalogue = shipped.wording_catalogue()
    sources = [*(ROOT / "wufei_cells" / "services").glob("self_check*.py"), ROOT / "ui" / "self_check.py"]
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    wrong = {f"self_check.wrong.{code}" for code in re.findall(r'Unsound\(\s*"(\w+)"', text)}
    names = set(re.findall(r'yield "(\w+)"', text))
    told = {f"self_check.{kind}.{name}" for kind in ("name", "found") for name in names}
    assert {one.name for one in outcomes} <= names
    assert len(wrong) > 20
    assert wrong | told <= set(catalogue)
    worded = {key for key in catalogue if key.startswith(("self_check.name.", "self_check.found."))}
    assert worded == told
