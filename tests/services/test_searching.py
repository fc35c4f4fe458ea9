"""One search over everything: what is found, in which order, and where it leads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from tests.samples.registers import FULL_MARKS, HandClock, add_site, criteria, open_register, scored
from wufei_cells.domain.answers import Answer, Basis, BasisRow
from wufei_cells.domain.canonical import canonical_json
from wufei_cells.domain.folding import fold
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    deciding,
    finding_faults,
    registering,
    searching,
    teaming,
)
from wufei_cells.services.finding_faults import FindingDraft
from wufei_cells.services.registering import SiteDraft
from wufei_cells.services.search_memory import SearchMemory
from wufei_cells.services.search_snippets import snippet
from wufei_cells.services.searching import Fit, HitKind
from wufei_cells.store import journal, projection, tables

SHA = "e" * 64


@pytest.fixture
def filled(tmp_path, clock):
    """Two offices and a school; one office was scored with notes, a reason, a finding and a photo."""
    workspace = open_register(tmp_path, clock, given=criteria("small", "school"))
    town = SiteDraft("云锦街道办事处", "office", "east", address="建设路 8 号", contact="李工", note="周末不开门")
    site = registering.add_site(workspace, town)
    registering.add_site(workspace, SiteDraft("Grand Mall 办公室", "office", "west", credit_code="91350100M000100Y43"))
    registering.add_site(workspace, SiteDraft("第一小学", "school", "west"))
    row = assessing.start_assessment(workspace, site.id)
    seen = Basis(source="转运联单", rows=(BasisRow("三楼茶水间", {}),))
    assessing.record_answers(
        workspace,
        row.id,
        {
            "A1": Answer({"plan": "yes", "staff": "yes"}, note="方案齐全,见台账 2%_b"),
            "A2": Answer({"part": "95", "whole": "100"}, note="抽查正常", bases={"": seen}),
            "B1": Answer(na="没有食堂,吃外卖"),
        },
    )
    draft = FindingDraft(item="A1", text="宣传栏没有更新", action="月底前更新宣传栏")
    finding_faults.record_finding(workspace, row.id, draft)
    add_photo(workspace, row.id, "A2", "IMG_0412.jpg", "茶水间的垃圾桶")
    yield workspace
    workspace.close()


def add_photo(workspace, assessment, item, name, caption):
    """Put a piece of evidence under an item, as taking in a photo does."""
    draft = journal.Draft("evidence", assessment, f"evidence.{SHA}.{item}", {"name": name, "caption": caption})
    with workspace.database.writing() as connection:
        workspace.write(connection, [draft])


def found(workspace, words, **how):
    return [(hit.kind.value, hit.title.zh) for hit in searching.search(workspace, words, **how)]


# --- what is found


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("云锦", ("site", "云锦街道办事处")),
        ("建设路", ("site", "云锦街道办事处")),
        ("李工", ("site", "云锦街道办事处")),
        ("周末", ("site", "云锦街道办事处")),
        ("91350100m000", ("site", "Grand Mall 办公室")),
        ("台账", ("note", "方案齐全,见台账 2%_b")),
        ("外卖", ("reason", "没有食堂,吃外卖")),
        ("三楼", ("basis", "三楼茶水间")),
        ("联单", ("basis", "转运联单")),
        ("宣传栏没有", ("finding", "宣传栏没有更新")),
        ("月底前", ("finding", "月底前更新宣传栏")),
        ("垃圾桶", ("evidence", "茶水间的垃圾桶")),
        ("img_0412", ("evidence", "IMG_0412.jpg")),
        ("抽样", ("item", "抽样")),
        ("food waste", ("item", "餐厨垃圾单独收运")),
        ("王敏", ("assessment", "云锦街道办事处")),
    ],
)
def test_everything_people_wrote_is_found(filled, words, first):
    assert found(filled, words)[0] == first


def test_a_certificate_is_found_by_its_number_and_by_its_site(workspace):
    row = scored(workspace, add_site(workspace, "甲单位"))
    assessing.finish_assessment(workspace, row.id)
    deciding.decide(workspace, row.id, approve=True)
    certificate = certifying.issue_certificate(workspace, row.id)
    (hit,) = searching.search(workspace, certificate.number)
    assert (hit.kind, hit.fit, hit.target.certificate) == (HitKind.CERTIFICATE, Fit.EXACT, certificate.id)
    kinds = [kind for kind, _ in found(workspace, "甲单位")]
    assert kinds == ["site", "certificate", "assessment"]


def test_what_is_found_says_where_it_leads(filled):
    (site,) = (row for row in browsing.list_sites(filled) if row.name.startswith("云锦"))
    (note,) = searching.search(filled, "台账")
    assert [part.zh for part in note.where] == ["云锦街道办事处", "A1", "领导"]
    assert (note.target.site, note.target.assessment, note.target.item) == (site.id, site.assessment, "A1")
    item = searching.search(filled, "抽样")[0]
    edition = browsing.current_edition(filled, "office")
    assert (item.target.edition, item.target.item) == (edition.id, "A2")
    assert [part.en for part in item.where][1] == "Small Checklist"


# --- how words are compared


@pytest.mark.parametrize("words", ["GRAND mall", "ｇｒａｎｄ", "mall　Grand", "９１３５０１００"])
def test_width_and_case_make_no_difference(filled, words):
    assert found(filled, words)[0] == ("site", "Grand Mall 办公室")


@pytest.mark.parametrize(
    ("words", "count"), [("%", 1), ("_b", 1), ("2%_", 1), ("2_%", 0), ("*", 0), ("\\", 0), ("'", 0)]
)
def test_every_character_stands_for_itself(filled, words, count):
    assert len([kind for kind, _ in found(filled, words) if kind == "note"]) == count


def test_all_words_must_be_there_but_some_may_be_in_what_the_text_belongs_to(filled):
    assert found(filled, "台账 齐全") == [("note", "方案齐全,见台账 2%_b")]
    assert found(filled, "云锦 台账") == [("note", "方案齐全,见台账 2%_b")]
    assert found(filled, "台账 A1 领导 云锦") == [("note", "方案齐全,见台账 2%_b")]
    assert found(filled, "台账 A2") == []
    assert found(filled, "小学 台账") == []
    # A category or district alone does not list its sites; with a word of the site it narrows.
    assert found(filled, "办公室 waste-free") == [("site", "Grand Mall 办公室")]


def test_nothing_is_found_by_nothing(filled):
    assert searching.search(filled, "") == searching.search(filled, " 　\t") == ()
    assert searching.search(filled, "\x1f") == ()
    assert searching.search(filled, "云锦", limit=0) == ()


# --- order


def test_exact_comes_before_beginning_before_inside_and_sites_before_notes(tmp_path, clock):
    workspace = open_register(tmp_path, clock)
    for name in ("老台账", "台账处", "台账"):
        add_site(workspace, name)
    first = scored(workspace, browsing.site(workspace, "台账"), A1=Answer(FULL_MARKS["A1"].value, note="台账"))
    scored(workspace, browsing.site(workspace, "老台账"), A1=Answer(FULL_MARKS["A1"].value, note="看过台账"))
    hits = [(hit.kind.value, hit.fit.name, hit.title.zh) for hit in searching.search(workspace, "台账")]
    assert [hit for hit in hits if hit[0] != "assessment"] == [
        ("site", "EXACT", "台账"),
        ("note", "EXACT", "台账"),
        ("site", "BEGINNING", "台账处"),
        ("site", "INSIDE", "老台账"),
        ("note", "INSIDE", "看过台账"),
    ]
    assert searching.search(workspace, "台账")[1].target.assessment == first.id
    workspace.close()


def test_a_site_found_by_its_name_comes_before_one_found_by_its_address(workspace):
    add_site(workspace, "甲单位")
    registering.edit_site(workspace, "甲单位", address="在云锦路口")
    add_site(workspace, "新云锦")
    assert [title for kind, title in found(workspace, "云锦") if kind == "site"] == ["新云锦", "甲单位"]


def test_no_kind_pushes_the_others_out(workspace):
    sites = [add_site(workspace, f"收运站{number:02d}") for number in range(30)]
    row = assessing.start_assessment(workspace, sites[0].id)
    assessing.record_answers(workspace, row.id, {"A1": Answer(FULL_MARKS["A1"].value, note="看了收运站")})
    hits = found(workspace, "收运", limit=12)
    assert len(hits) == 12
    assert {kind for kind, _ in hits} == {"site", "assessment", "item", "note"}
    assert [kind for kind, _ in found(workspace, "收运站", limit=3)] == ["site", "assessment", "note"]


def test_the_newest_notes_come_first(workspace, clock):
    row = assessing.start_assessment(workspace, add_site(workspace).id)
    for item in ("A2", "A1", "B1"):
        assessing.record_answers(workspace, row.id, {item: Answer(FULL_MARKS[item].value, note=f"台账 {item}")})
    searching.search(workspace, "台账")
    assessing.record_answers(workspace, row.id, {"A2": Answer(FULL_MARKS["A2"].value, note="台账 A2 又看")})
    assert [title for _, title in found(workspace, "台账")] == ["台账 A2 又看", "台账 B1", "台账 A1"]


# --- following what is written


def test_what_is_written_is_found_at_once_and_what_is_taken_back_no_longer(workspace):
    site = add_site(workspace, "甲单位")
    assert found(workspace, "乙") == []
    registering.edit_site(workspace, site.id, name="乙单位")
    assert found(workspace, "乙") == [("site", "乙单位")]
    assert found(workspace, "甲单") == []
    row = assessing.start_assessment(workspace, site.id)
    assessing.record_answers(workspace, row.id, {"A1": Answer(None, note="甲字号")})
    assert found(workspace, "甲字号") == [("note", "甲字号")]
    assessing.record_answers(workspace, row.id, {"A1": Answer(None, note="")})
    assert found(workspace, "甲字号") == []


def test_what_another_program_wrote_is_found_too(tmp_path, clock):
    here = open_register(tmp_path, clock)
    assert found(here, "别处") == []
    beside = open_register(tmp_path, clock, person="陈工")
    add_site(beside, "别处登记的")
    assert found(here, "别处") == [("site", "别处登记的")]
    here.close()
    beside.close()


def test_evidence_that_is_taken_away_and_findings_that_are_dropped_are_gone(filled):
    (hit,) = searching.search(filled, "垃圾桶")
    with filled.database.writing() as connection:
        cell = f"evidence.{SHA}.A2"
        filled.write(connection, [journal.Draft("evidence", hit.target.assessment, cell, None)])
    assert found(filled, "垃圾桶") == []
    (finding,) = finding_faults.sheet_findings(filled, hit.target.assessment).own
    finding_faults.drop_finding(filled, finding.id)
    assert found(filled, "宣传栏") == []


def test_words_about_an_assessment_that_has_not_arrived_lead_nowhere(workspace):
    value = {"value": None, "na": None, "note": "先到的说明", "entry": "0" * 64}
    with workspace.database.writing() as connection:
        workspace.write(connection, [journal.Draft("answer", "f" * 32, "answer.A1", value)])
    assert found(workspace, "先到的") == []


@settings(max_examples=8, deadline=None)
@given(names=st.lists(st.text("云锦Aa９ß㎡Ⅳ台 ", max_size=6), min_size=2, max_size=4))
def test_following_gives_what_reading_everything_gives(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("register")
    followed = open_register(folder, HandClock())
    for number, said in enumerate(names):
        name = f"{said}云{number}"
        row = add_site(followed, name)
        hits = searching.search(followed, name, limit=100)
        assert row.id in {hit.target.site for hit in hits}
        assert all(word in fold(hit.title.zh) for hit in hits for word in fold(name).split())
    whole = searching.search(followed, "云", limit=100)
    assert len(whole) == len(names)
    fresh = replace(followed, search_memory=SearchMemory())
    assert searching.search(fresh, "云", limit=100) == whole
    followed.close()


# --- who may see what


def test_what_somebody_scores_alone_is_not_found_by_the_others_until_all_are_ready(tmp_path, clock):
    wang = open_register(tmp_path, clock, person="王敏")
    whole = assessing.start_assessment(wang, add_site(wang).id)
    sheets = {name: teaming.add_sheet(wang, whole.id, whole.column, [name], alone=True) for name in ("王敏", "陈工")}
    chen = wang.acting_as("陈工")
    for name, workspace in (("王敏", wang), ("陈工", chen)):
        noted = {key: Answer(answer.value, note=f"{name}独看") for key, answer in FULL_MARKS.items()}
        assessing.record_answers(workspace, sheets[name].id, noted)
    assert {title for _, title in found(wang, "独看")} == {"王敏独看"}
    assert {title for _, title in found(chen, "独看")} == {"陈工独看"}
    teaming.lock(wang, sheets["王敏"].id)
    assert {title for _, title in found(wang, "独看")} == {"王敏独看"}
    assert {title for _, title in found(chen, "独看")} == {"陈工独看"}
    teaming.lock(chen, sheets["陈工"].id)
    assert {title for _, title in found(wang, "独看")} == {"王敏独看", "陈工独看"}
    wang.close()


# --- snippets


def test_a_long_note_is_cut_around_the_word():
    text = "前面" * 40 + "要找的词" + "后面" * 40
    cut = snippet(text, ["要找"])
    assert cut.startswith("…")
    assert cut.endswith("…")
    assert "要找的词" in cut
    assert len(cut) <= 62
    assert snippet("短\n说明", ["短"]) == "短 说明"


@given(before=st.text("㎡ﬃa云", max_size=80), after=st.text("b锦", max_size=80))
def test_a_snippet_holds_the_word_whatever_folding_does(before, after):
    assert "要找" in snippet(f"{before}要找{after}", ["要找"])


# --- many


def test_a_register_of_many_notes_is_searched_whole(workspace):
    site = add_site(workspace)
    row = assessing.start_assessment(workspace, site.id)
    database = workspace.database
    with database.writing() as connection:
        seq, lamport = journal.counters(connection, database.device)
        shared = {"device": database.device, "kind": "answer", "at": "2026-11-01T08:00:00+00:00", "entity": row.id}
        shared |= {"author": workspace.person.id, "replaced_device": None, "replaced_seq": None}
        said = {"value": None, "na": None, "entry": "0" * 64}
        acts = [
            shared
            | {"seq": seq + number, "lamport": lamport + number, "cell": f"answer.X{number}"}
            | {"value": canonical_json({**said, "note": f"第 {number} 条"})}
            for number in range(1, 3001)
        ]
        connection.execute(insert(tables.act), acts)
        projection.rebuild(connection)
    assert found(workspace, "2718") == [("note", "第 2718 条")]
    assert len(found(workspace, "第", limit=3000)) == 3000
