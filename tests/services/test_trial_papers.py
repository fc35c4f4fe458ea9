"""A name that no certificate can bear is found before it is published, and an ordinary long one is no trouble."""

from __future__ import annotations

import pytest

from tests.samples.registers import add_site, scored
from wufei_cells import shipped
from wufei_cells.documents.fonts import DocumentFonts, Face
from wufei_cells.services import browsing, certificate_templating, office_keys, papers, trial_papers
from wufei_cells.services.papers import Press
from wufei_cells.wording import Wording


@pytest.fixture(scope="module", params=["certificate-zh", "certificate-zh-en"])
def press(request):
    files, name = shipped.font_files(), request.param
    content = next(one for file, one in shipped.certificate_templates().items() if file.split(".")[0] == name)
    fonts = DocumentFonts({face: files[face] for face in Face})
    template = certificate_templating.shipped_template(content, name)
    return Press(fonts, Wording(shipped.wording_catalogue(), "zh"), template)


def tried(workspace, press, name):
    row = scored(workspace, add_site(workspace, name))
    return [(one.code, one.place) for one in papers.unprintable(workspace, press, [row.id])]


def test_names_of_60_characters_are_printed_signed_or_not(workspace, press):
    name = (
        "某某市某某区人民政府机关事务管理局第二办公区综合服务楼及其附"
        "属的会议中心职工食堂与地下停车场管理处第三生活片区服务站点东"
    )
    assert len(name) == 60
    assert tried(workspace, press, name) == []
    office_keys.make_key(workspace, "correct horse battery")
    assert papers.unprintable(workspace, press, [browsing.list_assessments(workspace)[0].id]) == []


def test_names_that_cannot_be_printed_are_told_with_the_reason(workspace, press):
    rare, long_ = "𱁬" * 3, "鑫" * 120
    office_keys.make_key(workspace, "correct horse battery")
    assert tried(workspace, press, rare) == [("papers.name_glyphs", rare)]
    [(code, place)] = tried(workspace, press, long_)
    assert (code in ("papers.name_code", "papers.name_too_long"), place) == (True, long_)
    site = browsing.site(workspace, rare)
    [problem] = trial_papers.unprintable_site(workspace, press, site)
    assert "𱁬" in Wording(shipped.wording_catalogue(), "zh").problem(problem)


def test_an_ordinary_name_needs_no_trial():
    assert trial_papers.is_plain("滨城市第一中学")
    assert not trial_papers.is_plain("镕基小学")
    assert not trial_papers.is_plain("长" * 21)
