"""The paper of a certificate: made when it is issued, kept, and the very same again at any time."""

from __future__ import annotations

import shutil

import pytest

from tests.samples.registers import add_site, scored
from tests.services.exchanged import taken, written
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.domain.exchange import Photos
from wufei_cells.services import (
    assessing,
    browsing,
    certificate_templating,
    certifying,
    content_places,
    deciding,
    enrolling,
    office_keys,
    papers,
    verifying,
)
from wufei_cells.services.papers import Press
from wufei_cells.signing.verdicts import Verdict
from wufei_cells.wording import Wording

WORDS = "a passphrase of the office"


@pytest.fixture(scope="module")
def press():
    files = shipped.font_files()
    fonts = DocumentFonts({Face(name): file for name, file in files.items()})
    name, content = next(iter(shipped.certificate_templates().items()))
    default = certificate_templating.shipped_template(content, name)
    return Press(fonts, Wording(shipped.wording_catalogue(), "zh"), default)


@pytest.fixture
def approved(workspace):
    def approve(name="甲单位"):
        row = scored(workspace, add_site(workspace, name))
        assessing.finish_assessment(workspace, row.id)
        return deciding.decide(workspace, row.id, approve=True).id

    return approve


def test_it_is_kept_as_issued_and_comes_out_the_same_years_later(workspace, clock, approved, press):
    row = certifying.issue_certificate(workspace, approved(), press=press)
    first = papers.paper_of(workspace, press, row.number)
    clock.forward(days=900)
    assert papers.paper_of(workspace, press, row.id) == first
    assert first.as_issued


@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_the_file_is_lost_it_is_drawn_again_byte_for_byte_whoever_looks(workspace, approved, press, language):
    row = certifying.issue_certificate(workspace, approved(), press=press)
    first = papers.paper_of(workspace, press, row.id)
    shutil.rmtree(workspace.database.path.parent / papers.FOLDER)
    other = Press(press.fonts, press.wording.speaking(language), press.default)
    assert papers.paper_of(workspace, other, row.id) == first


def test_a_paper_that_came_in_a_package_is_the_one_that_was_issued(workspace, approved, press, desks, tmp_path):
    row = certifying.issue_certificate(workspace, approved(), press=press)
    [there] = desks("市办")
    enrolling.accept_unknown(there, workspace.database.device_uuid)
    taken(there, *written(workspace, tmp_path / "paper", photos=Photos.ALL))
    assert not (there.database.path.parent / papers.FOLDER).exists()
    assert content_places.sound(there, row.paper) == content_places.sound(workspace, row.paper)
    assert papers.paper_of(there, press, row.number) == papers.paper_of(workspace, press, row.number)


def test_a_kept_file_that_was_altered_is_not_handed_out(workspace, approved, press):
    row = certifying.issue_certificate(workspace, approved(), press=press)
    first = papers.paper_of(workspace, press, row.id)
    [kept] = [path for path in (workspace.database.path.parent / papers.FOLDER).rglob("*") if path.is_file()]
    kept.write_bytes(kept.read_bytes().replace(b"WFC", b"XFC") + b" ")
    assert papers.paper_of(workspace, press, row.id) == first


def test_several_print_into_one_file(workspace, approved, press):
    rows = [certifying.issue_certificate(workspace, approved(name), press=press) for name in ("甲单位", "乙单位")]
    content = papers.print_file(workspace, press, [row.number for row in rows])
    assert content.count(b"/Type /Page\n") == 2 or content.count(b"/Type /Page ") == 2


def test_an_office_with_a_key_issues_nothing_unsigned(workspace, approved, press):
    key = office_keys.make_key(workspace, WORDS)
    assessment = approved()
    with pytest.raises(Exception, match=r"certifying\.key_needed"):
        certifying.issue_certificate(workspace, assessment, press=press)
    assert browsing.list_certificates(workspace) == ()
    assert certifying.issue_certificate(workspace, assessment, press=press, key=key).proof.startswith("WFC1:")


def checked(workspace, content):
    [found] = verifying.verify_file(verifying.grounds_of(workspace), content, paper=papers.comparison(workspace))
    return found.verification


def odd(workspace, content):
    """What is odd about the file, beside what is said of every certificate after a model checklist."""
    return [note.code for note in checked(workspace, content).notes if note.code != "verify.note_model"]


def test_a_pdf_is_compared_with_the_one_that_was_issued(workspace, approved, press):
    key = office_keys.make_key(workspace, WORDS)
    row = certifying.issue_certificate(workspace, approved(), press=press, key=key)
    content = papers.paper_of(workspace, press, row.id).content
    assert checked(workspace, content).verdict is Verdict.VALID
    assert odd(workspace, content) == []
    assert odd(workspace, content + b"\n% more") == ["papers.added_to"]
    assert odd(workspace, content.replace(b"%PDF-1", b"%PDF-2", 1)) == ["papers.other_file"]
