"""Templates of certificates in the register: adopted whole or not at all, kept for good, tried before they hold."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import pypdf
import pytest

from wufei_cells import shipped
from wufei_cells.checklists.profile_reading import BODY_SLOTS
from wufei_cells.documents.certificate_sample import sample_certificates
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import certificate_templating as templating
from wufei_cells.store import projection
from wufei_cells.store.journal import Draft
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")
SHIPPED = shipped.certificate_templates()
DEFAULT = templating.shipped_template(SHIPPED["certificate-zh"], "certificate-zh")
BOTH = SHIPPED["certificate-zh-en"]


@pytest.fixture(scope="module")
def fonts() -> DocumentFonts:
    files = shipped.font_files()
    return DocumentFonts({face: files[face] for face in Face})


def adopt(workspace, fonts, content: bytes, files=None) -> str:
    return templating.adopt_file(workspace, content, "own.yaml", files, fonts, WORDS)[0]


def in_force(workspace) -> str:
    with workspace.database.reading() as connection:
        return templating.template_in_force(connection, DEFAULT)[0]


def test_until_somebody_adopts_one_the_shipped_template_holds(workspace, fonts):
    assert in_force(workspace) == templating.identity(DEFAULT)
    (row,) = templating.list_templates(workspace, DEFAULT)
    assert (row.key, row.in_force, row.adopted) == ("certificate-zh", True, False)


def test_the_one_that_was_adopted_last_holds_and_the_others_stay(workspace, fonts):
    first = adopt(workspace, fonts, BOTH)
    second = adopt(workspace, fonts, BOTH.replace(b"size: 26,", b"size: 25,"))
    assert first != second
    assert in_force(workspace) == second
    assert adopt(workspace, fonts, BOTH) == first
    assert in_force(workspace) == first
    assert {row.id for row in templating.list_templates(workspace, DEFAULT) if row.adopted} == {first, second}


def test_adopting_the_same_twice_writes_nothing(workspace, fonts):
    adopt(workspace, fonts, BOTH)
    before = acts(workspace)
    adopt(workspace, fonts, BOTH)
    assert acts(workspace) == before


def acts(workspace) -> int:
    with workspace.database.reading() as connection:
        return connection.exec_driver_sql("select count(*) from act").scalar_one()


def test_the_tables_of_templates_are_a_projection(workspace, fonts):
    key = adopt(workspace, fonts, BOTH)
    with workspace.database.writing() as connection:
        projection.rebuild(connection)
    assert in_force(workspace) == key
    assert canonical_json(json.loads(templating.stored_document(workspace, key))) == templating.stored_document(
        workspace, key[:8]
    )


def test_a_template_with_mistakes_leaves_nothing(workspace, fonts):
    before = acts(workspace)
    wrong = BOTH.replace(b"{site}", b"{seite}").replace(b"size: 26,", b"size: 2600,")
    with pytest.raises(ProblemsFound) as found:
        adopt(workspace, fonts, wrong)
    assert {"template.unknown_slot", "template.type_size"} <= {problem.code for problem in found.value.problems}
    assert acts(workspace) == before


def test_a_template_that_a_long_record_does_not_fit_is_refused_with_every_place(workspace, fonts):
    small = BOTH.replace(b"smallest: 16", b"smallest: 34").replace(b"height: 54", b"height: 20")
    small = small.replace(b"wraps_at: 23", b"wraps_at: 34")
    with pytest.raises(ProblemsFound) as found:
        adopt(workspace, fonts, small)
    codes = {problem.code: problem.place for problem in found.value.problems}
    # Each element is placed at its line, and what to do is said of its box.
    assert re.fullmatch(r"own\.yaml:\d+:\d+ elements\.7", codes["template.text_too_long"])
    assert re.fullmatch(r"own\.yaml:\d+:\d+ elements\.10", codes["document.table_too_tall"])
    assert in_force(workspace) == templating.identity(DEFAULT)


def test_a_character_that_no_font_has_is_named(workspace, fonts):
    with pytest.raises(ProblemsFound) as found:
        adopt(workspace, fonts, BOTH.replace("扫码核验真伪".encode(), "扫码🎉".encode()))
    (problem,) = found.value.problems
    assert (problem.code, problem.values["characters"]) == ("document.glyph_missing", "🎉 U+1F389")


def test_a_picture_that_does_not_decode_is_refused_before_anything_is_issued(workspace, fonts):
    head = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (3).to_bytes(4) + (2).to_bytes(4) + b"\x08\2\0\0\0"
    image = b"  - image: {x: 22, y: 28, width: 14, height: 14, file: logo.png}\n"
    with pytest.raises(ProblemsFound) as found:
        adopt(workspace, fonts, BOTH + image, {"logo.png": head}.get)
    assert [problem.code for problem in found.value.problems] == ["template.image_unreadable"]


def test_every_certificate_is_printed_with_the_template_it_names(workspace, fonts):
    key = adopt(workspace, fonts, BOTH)
    rows = [replace(row, template=name) for row, name in zip(sample_certificates(WORDS), ("", key), strict=False)]
    with workspace.database.reading() as connection:
        templates = templating.templates_of(connection, rows, DEFAULT)
        assert templates[""] == DEFAULT
        assert templates[key].languages == ("zh", "en")
        unknown = [replace(rows[0], template="f" * 64)]
        with pytest.raises(UserError, match=r"template\.unknown"):
            templating.templates_of(connection, unknown, DEFAULT)


def test_the_register_keeps_the_shipped_template_once_something_was_issued_with_it(workspace):
    with workspace.database.writing() as connection:
        drafts = templating.keep(connection, DEFAULT)
        assert [(draft.kind, draft.entity) for draft in drafts] == [("template", templating.identity(DEFAULT))]
        workspace.write(connection, drafts)
        assert templating.keep(connection, DEFAULT) == []
    (row,) = templating.list_templates(workspace, DEFAULT)
    assert row.adopted


def test_a_choice_whose_template_has_not_arrived_yet_leaves_the_default_in_force(workspace):
    with workspace.database.writing() as connection:
        workspace.write(connection, [Draft("template_choice", "register", "certificate_template", {"template": "a"})])
    assert in_force(workspace) == templating.identity(DEFAULT)


def test_the_preview_shows_a_plain_a_long_an_example_and_a_model_certificate(workspace, fonts):
    pdf = templating.preview(DEFAULT, fonts, WORDS, templating.profile_of(workspace))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) == 4
    assert ["示例数据" in page for page in pages] == [False, False, True, False]
    assert ["示范模板，非主管部门发布" in page for page in pages] == [False, False, False, True]
    assert "䶮㛃" in pages[1]


def test_samples_fill_every_slot_of_a_citys_wording(workspace):
    profile = templating.profile_of(workspace)
    assert profile is not None
    everything = "".join(f"{{{slot}}}" for slot in sorted(BODY_SLOTS))
    wording = replace(profile.certificate, body=replace(profile.certificate.body, zh=everything, en=everything))
    for row in sample_certificates(WORDS, replace(profile, certificate=wording)):
        assert "{" not in row.wording["zh"]["body"] + row.wording["en"]["body"]
    assert max(len(row.site_name) for row in sample_certificates(WORDS)) == 40
    assert max(len(row.proof) for row in sample_certificates(WORDS)) == 460
