"""Photos and files: taken in, put under items, taken away, held against the visit and against other sites."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.evidence.conftest import camera_tags, scene, written
from tests.samples import editions
from tests.samples.registers import FULL_MARKS, add_site, scored
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import assessing, browsing, checking, evidence_checks, evidence_proof, evidencing, undoing

OCTOBER_30 = date(2026, 10, 30)


@pytest.fixture
def assessment(workspace):
    site = add_site(workspace)
    return assessing.start_assessment(workspace, site.id, visited_on=OCTOBER_30).id


def photo(seed=1, **tags) -> bytes:
    return written(scene(seed), exif=camera_tags(**tags))


def add(workspace, assessment, *contents, item="A1", **how):
    return evidencing.attach(
        workspace, assessment, [item], [(f"IMG_{at}.jpg", one) for at, one in enumerate(contents)], **how
    )


def places(workspace, assessment):
    return [(row.name, row.item) for row in evidencing.list_evidence(workspace, assessment)]


def refused(work) -> str:
    with pytest.raises(UserError) as error:
        work()
    codes = {problem.code for problem in error.value.problems} if isinstance(error.value, ProblemsFound) else set()
    return codes.pop() if len(codes) == 1 else error.value.code


# --- taking in


def test_a_photo_is_kept_with_when_and_where_it_was_taken_and_who_took_it_in(workspace, assessment):
    done = add(workspace, assessment, photo())
    [row] = evidencing.list_evidence(workspace, assessment)
    assert (done.taken, done.problems, done.notes) == ((row.file.id,), (), ())
    assert (row.item, row.name, row.author, row.received) == ("A1", "IMG_0.jpg", "王敏", True)
    assert row.file.taken_at.isoformat() == "2026-10-30T09:12:44"
    assert row.file.place is not None
    assert evidencing.read(workspace, row.file.id) == photo()
    assert evidencing.thumbnail(workspace, row.file.id)[:2] == b"\xff\xd8"


def test_good_files_are_taken_and_every_problem_of_the_others_is_told(workspace, assessment):
    done = evidencing.attach(
        workspace,
        assessment,
        ["A1"],
        [("空.jpg", b""), ("半张.jpg", photo()[:2000]), ("好.jpg", photo()), ("记录.pdf", b"%PDF-1.7")],
    )
    assert [(problem.place, problem.code) for problem in done.problems] == [
        ("空.jpg", "evidencing.empty_file"),
        ("半张.jpg", "evidencing.broken_picture"),
    ]
    assert {name for name, _item in places(workspace, assessment)} == {"好.jpg", "记录.pdf"}


def test_heic_is_kept_and_the_person_told_how_to_get_a_photo_that_can_be_shown(workspace, assessment):
    done = add(workspace, assessment, b"\0\0\0\x18ftypheic....")
    assert [note.code for note in done.notes] == ["evidencing.heic_kept"]
    [row] = evidencing.list_evidence(workspace, assessment)
    assert not row.file.is_picture
    assert refused(lambda: evidencing.thumbnail(workspace, row.file.id)) == "evidencing.broken_picture"


@pytest.mark.parametrize(
    ("name", "content", "code", "values"),
    [
        ("报告.JPG", b"%PDF-1.7", "evidencing.no_picture_inside", {"ending": "JPG", "found": "PDF"}),
        ("a.jpeg", b"ID3....", "evidencing.no_picture_inside", {"ending": "jpeg", "found": "audio/mpeg"}),
        ("garbage.jpg", b"\x00\x91\x02\xfe" * 300, "evidencing.unknown_content", {"ending": "jpg"}),
    ],
)
def test_what_is_called_a_photo_and_is_none_is_kept_with_a_caution(workspace, assessment, name, content, code, values):
    done = evidencing.attach(workspace, assessment, ["A1"], [(name, content)])
    assert [(note.place, note.code, note.values) for note in done.notes] == [(name, code, values)]
    assert len(done.taken) == 1
    [caution] = evidence_checks.checks(workspace, assessment)
    assert (caution.row.name, caution.problem.code) == (name, code)


def test_a_picture_of_another_kind_than_its_name_says_is_no_matter(workspace, assessment):
    done = evidencing.attach(workspace, assessment, ["A1"], [("截图.jpg", written(scene(), "PNG")), ("x.bin", b"\0\1")])
    assert done.notes == ()


def test_the_place_can_be_left_out_and_what_could_not_be_cleaned_is_told(workspace, assessment):
    done = add(workspace, assessment, photo(), b"\0\0\0\x18ftypmp42....", strip_place=True)
    rows = {row.name: row.file for row in evidencing.list_evidence(workspace, assessment)}
    assert rows["IMG_0.jpg"].place is None
    assert [(note.place, note.code) for note in done.notes] == [
        ("IMG_1.jpg", "evidencing.no_picture_inside"),
        ("IMG_1.jpg", "evidencing.place_not_stripped"),
    ]
    assert refused(lambda: add(workspace, assessment, photo(), strip_place=True, keep_original=True)) == (
        "evidencing.original_tells_place"
    )


def test_the_original_is_kept_when_asked(workspace, assessment):
    big = written(scene(size=(2600, 1950)), exif=camera_tags())
    add(workspace, assessment, big)
    assert evidencing.list_evidence(workspace, assessment)[0].file.original is None
    add(workspace, assessment, big, keep_original=True)
    [row] = evidencing.list_evidence(workspace, assessment)
    assert evidencing.read(workspace, row.file.original) == big


def test_the_same_photo_is_kept_once_under_as_many_items_as_it_proves(workspace, assessment):
    [key] = add(workspace, assessment, photo()).taken
    evidencing.caption(workspace, assessment, key, "A1", "公告栏")
    evidencing.link(workspace, assessment, key, ["A1", "A2", "G1", evidencing.WHOLE])
    rows = evidencing.list_evidence(workspace, assessment)
    assert [(row.item, row.caption) for row in rows] == [
        ("", "公告栏"),
        ("A1", "公告栏"),
        ("A2", "公告栏"),
        ("G1", "公告栏"),
    ]
    again = add(workspace, assessment, photo())
    assert evidencing.list_evidence(workspace, assessment) == rows
    assert (again.taken, [note.code for note in again.notes]) == ((), ["evidencing.there_already"])
    kept = [path for path in (workspace.database.path.parent / "evidence").glob("??/*") if path.is_file()]
    assert [path.name for path in kept] == [key]


@pytest.mark.parametrize(
    ("name", "kept"),
    [("C:\\照片\\一.jpg", "一.jpg"), ("a/../b.jpg", "b.jpg"), ("坏\x07名\ud800.jpg", "坏_名_.jpg"), ("/", "_")],
)
def test_names_are_kept_as_they_can_be_shown(workspace, assessment, name, kept):
    evidencing.attach(workspace, assessment, ["A1"], [(name, photo())])
    assert places(workspace, assessment) == [(kept, "A1")]


def test_stopping_in_between_leaves_what_was_taken_in_by_then(workspace, assessment):
    class Stopped(Exception):
        pass

    def stop_after_two(done, total):
        assert total == 3
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        add(workspace, assessment, photo(1), photo(2), photo(3), progress=stop_after_two)
    assert len(places(workspace, assessment)) == 2
    assert checking.doctor(workspace).sound


def test_nothing_is_taken_in_for_items_that_are_not_asked_or_once_it_is_finished(workspace, assessment):
    assert refused(lambda: add(workspace, assessment, photo(), item="Z9")) == "evidencing.unknown_item"
    assert refused(lambda: add(workspace, "nobody", photo())) == "register.unknown_assessment"
    [key] = add(workspace, assessment, photo()).taken
    assessing.record_answers(workspace, assessment, FULL_MARKS)
    assessing.finish_assessment(workspace, assessment)
    for work in (
        lambda: add(workspace, assessment, photo(2)),
        lambda: evidencing.detach(workspace, assessment, key),
        lambda: evidencing.link(workspace, assessment, key, ["A2"]),
        lambda: evidencing.caption(workspace, assessment, key, "A1", "后来写的"),
    ):
        assert refused(work) == "assessing.not_open"
    assert evidencing.read(workspace, key) == photo()


# --- taking away and back


def test_every_step_can_be_taken_back_and_done_again(workspace, assessment):
    [key] = add(workspace, assessment, photo()).taken
    evidencing.link(workspace, assessment, key, ["A2"])
    evidencing.caption(workspace, assessment, key, "A2", "台账")
    evidencing.detach(workspace, assessment, key)
    assert places(workspace, assessment) == []
    undoing.undo(workspace, assessment)
    assert [(row.item, row.caption) for row in evidencing.list_evidence(workspace, assessment)] == [
        ("A1", ""),
        ("A2", "台账"),
    ]
    for _step in range(3):
        undoing.undo(workspace, assessment)
    assert places(workspace, assessment) == []
    for _step in range(4):
        undoing.redo(workspace, assessment)
    assert places(workspace, assessment) == []
    undoing.undo(workspace, assessment)
    assert evidencing.read(workspace, key) == photo(), "the content never went"
    assert checking.doctor(workspace).sound


def test_a_piece_is_taken_away_from_one_item_only_when_only_that_is_named(workspace, assessment):
    [key] = add(workspace, assessment, photo()).taken
    evidencing.link(workspace, assessment, key, ["A2"])
    evidencing.detach(workspace, assessment, key, ["A1"])
    assert places(workspace, assessment) == [("IMG_0.jpg", "A2")]
    assert refused(lambda: evidencing.detach(workspace, assessment, "0" * 64)) == "evidencing.not_there"


# --- the files


def test_what_is_not_here_is_told_and_never_a_blank(workspace, assessment):
    [key] = add(workspace, assessment, photo()).taken
    folder = workspace.database.path.parent / "evidence"
    (folder / key[:2] / key).unlink()
    [row] = evidencing.list_evidence(workspace, assessment)
    assert not row.received
    assert refused(lambda: evidencing.read(workspace, key)) == "evidencing.not_received"
    assert [(one.name, one.fault) for one in checking.doctor(workspace).evidence] == [("IMG_0.jpg", "missing")]
    add(workspace, assessment, photo())
    assert evidencing.list_evidence(workspace, assessment)[0].received, "it came once more"
    assert checking.doctor(workspace).sound


def test_an_altered_file_is_not_shown_as_if_nothing_had_been(workspace, assessment):
    [key] = add(workspace, assessment, photo()).taken
    path = workspace.database.path.parent / "evidence" / key[:2] / key
    path.write_bytes(photo()[:-1] + b"\0")
    assert refused(lambda: evidencing.read(workspace, key)) == "evidencing.altered"
    assert [one.fault for one in checking.doctor(workspace).evidence] == ["altered"]


def test_small_pictures_may_be_thrown_away_and_files_nobody_names_do_no_harm(workspace, assessment):
    [key] = add(workspace, assessment, photo()).taken
    folder = workspace.database.path.parent / "evidence"
    for small in (folder / "thumbnails").rglob("*.jpg"):
        small.unlink()
    assert evidencing.thumbnail(workspace, key)[:2] == b"\xff\xd8"
    evidencing.files_of(workspace).put(b"nobody names this")
    assert checking.doctor(workspace).sound


def test_a_piece_is_named_only_by_its_hash_whatever_acts_from_elsewhere_say(workspace):
    files = evidencing.files_of(workspace)
    for key in ("../wufei.db", "x" * 64, "", "..", "AB" * 32):
        assert not files.holds(key)
        assert files.thumbnail(key) is None
        assert refused(lambda key=key: files.read(key)) == "evidencing.not_received"


# --- what is odd


def test_the_same_photo_of_another_site_is_pointed_out_and_a_similar_one_of_another_year(workspace, assessment, clock):
    add(workspace, assessment, photo(1), photo(2))
    clock.forward(days=365)
    other = assessing.start_assessment(workspace, add_site(workspace, "乙单位").id).id
    brighter = written(scene(2).resize((200, 150)), quality=50)
    add(workspace, other, photo(1), brighter, photo(3), item="A2")
    found = evidence_checks.likenesses(workspace, other)
    assert [(one.row.name, one.same, one.site_name, one.item, one.assessment) for one in found] == [
        ("IMG_0.jpg", True, "甲单位", "A1", assessment),
        ("IMG_1.jpg", False, "甲单位", "A1", assessment),
    ]
    assert found[0].share == 1
    assert Fraction(58, 64) <= found[1].share <= 1
    assert {one.row.name for one in evidence_checks.likenesses(workspace, assessment)} == {"IMG_0.jpg", "IMG_1.jpg"}


def test_one_photo_under_several_items_of_one_assessment_is_not_pointed_out(workspace, assessment):
    [key] = add(workspace, assessment, photo()).taken
    evidencing.link(workspace, assessment, key, ["A2"])
    add(workspace, assessment, written(scene(1), quality=60), item="B1")
    assert evidence_checks.likenesses(workspace, assessment) == ()


def test_photos_of_another_day_and_far_away_are_told_with_both_values(workspace, assessment):
    near = [(35.2398, 113.2347), (35.2401, 113.2350), (35.2395, 113.2349)]
    add(workspace, assessment, *(photo(at, place=place) for at, place in enumerate(near)))
    assert evidence_checks.checks(workspace, assessment) == ()
    add(workspace, assessment, photo(7, place=(34.7466, 113.6253), taken="2025:10:30 09:12:44"), item="A2")
    time, far = evidence_checks.checks(workspace, assessment)
    assert (time.row.item, time.problem.code) == ("A2", "evidencing.outside_visit")
    assert time.problem.values == {"taken": "2025-10-30 09:12", "visited": "2026-10-30"}
    assert far.problem.code == "evidencing.far_from_site"
    assert far.problem.values["place"] == "34.746600, 113.625300"
    assert 64 < float(far.problem.values["distance"]) < 67


def test_without_a_day_of_the_visit_nothing_is_said_about_times(workspace):
    row = assessing.start_assessment(workspace, add_site(workspace).id)
    add(workspace, row.id, photo())
    assert evidence_checks.checks(workspace, row.id) == ()


# --- what must be there


def asking(workspace, **proofs: str) -> None:
    """Publish an edition that asks for evidence."""
    data = editions.small("2")
    for key, proof in proofs.items():
        editions.entry(data, key)["evidence_required"] = proof
    editions.publish(workspace, data)


def missing(workspace, assessment):
    sheet = browsing.sheet(workspace, assessment)
    with workspace.database.reading() as connection:
        return set(evidence_proof.missing_proof(sheet, evidence_proof.proven_items(connection, assessment)))


ANSWERS = {
    "full": Answer("yes"),
    "nothing": Answer("no"),
    "aside": Answer(na="没有食堂"),
}


@pytest.mark.parametrize(
    ("proof", "needed"),
    [
        ("always", {"full", "nothing", "aside"}),
        ("scored", {"full"}),
        ("full", {"full"}),
        ("deducted", {"nothing"}),
        ("not_applicable", {"aside"}),
        ("never", set()),
    ],
)
def test_evidence_is_asked_for_as_the_rule_says(workspace, proof, needed):
    asking(workspace, B1=proof)
    row = scored(workspace)
    for name, answer in ANSWERS.items():
        assessing.record_answer(workspace, row.id, "B1", answer)
        assert missing(workspace, row.id) == ({"B1"} if name in needed else set()), name


def test_part_of_the_points_is_scored_and_deducted_but_not_full(workspace):
    half = Answer({"part": "85", "whole": "100"})
    for edition, (proof, needed) in enumerate({"scored": {"A2"}, "full": set(), "deducted": {"A2"}}.items(), 2):
        data = editions.small(str(edition))
        editions.entry(data, "A2")["evidence_required"] = proof
        pinned = editions.publish(workspace, data)
        row = assessing.start_assessment(workspace, add_site(workspace, f"单位{edition}").id, edition=pinned)
        assessing.record_answer(workspace, row.id, "A2", half)
        assert missing(workspace, row.id) == needed


def test_a_gate_can_ask_for_evidence_and_what_facts_exclude_never_does(workspace):
    asking(workspace, G1="full", B1="always")
    row = scored(workspace)
    assessing.record_answers(workspace, row.id, {}, facts={"canteen": "no"})
    assert missing(workspace, row.id) == {"G1"}
    assessing.record_answer(workspace, row.id, "G1", Answer("no"))
    assert missing(workspace, row.id) == set()


def test_an_assessment_is_finished_only_with_the_evidence_its_checklist_asks_for(workspace):
    asking(workspace, G1="always", B1="full", A1="deducted")
    row = scored(workspace)
    with pytest.raises(ProblemsFound) as error:
        assessing.finish_assessment(workspace, row.id)
    assert [(problem.code, problem.place) for problem in error.value.problems] == [
        ("evidencing.required", "G1"),
        ("evidencing.required", "B1"),
    ]
    [key] = add(workspace, row.id, photo(), item="G1").taken
    evidencing.link(workspace, row.id, key, ["B1"])
    assert assessing.finish_assessment(workspace, row.id).stage is Stage.FINISHED


def test_items_whose_text_names_evidence_are_offered_not_refused(workspace):
    data = editions.small("2")
    editions.entry(data, "A1")["evidence"] = "制度文件"
    editions.entry(data, "A2")["evidence"] = "台账"
    editions.publish(workspace, data)
    row = scored(workspace, A2=Answer(na="无"))
    assert evidence_proof.without_evidence(browsing.sheet(workspace, row.id), ()) == ("A1",)
    assert evidence_proof.without_evidence(browsing.sheet(workspace, row.id), ("A1",)) == ()
    assert assessing.finish_assessment(workspace, row.id).stage is Stage.FINISHED


def test_an_answer_stays_where_only_the_evidence_asked_for_changed(workspace):
    before = browsing.sheet(workspace, scored(workspace).id).answers["B1"].entry
    asking(workspace, B1="always")
    after = browsing.sheet(workspace, scored(workspace, add_site(workspace, "乙单位")).id).answers["B1"].entry
    assert before == after
