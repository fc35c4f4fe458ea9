"""Registers that exchange files: whatever happens on the way, they end with one truth."""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from tests.samples.registers import HandClock, add_site, criteria, open_register, scored
from tests.services.exchanged import digest_of, names, photo, taken, written
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.exchange import LEAST_LIMIT, Order, Photos, Scope
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    assessing,
    browsing,
    checking,
    content_places,
    erasing,
    evidencing,
    looking,
    packing,
    receiving,
    registering,
    searching,
    side_view,
    taking_packages,
    who_has_what,
)
from wufei_cells.services.workspace import open_workspace
from wufei_cells.store.journal import Draft

# --- order, doubles, loss, relays


def test_two_registers_that_exchange_what_they_lack_are_equal(desks, tmp_path):
    here, there = desks("王敏", "李工")
    scored(here)
    add_site(there, "乙单位")
    for _ in range(2):
        taken(there, *written(here, tmp_path / "a", to=there.database.device_uuid))
        taken(here, *written(there, tmp_path / "b", to=here.database.device_uuid))
    assert digest_of(here) == digest_of(there)
    assert names(here) == names(there) == {"甲单位", "乙单位"}
    assert all(checking.doctor(one).sound for one in (here, there))


def test_the_second_package_may_come_first_and_each_may_come_twice(desks, tmp_path):
    here, there = desks("王敏", "李工")
    add_site(here, "甲单位")
    first = written(here, tmp_path / "first", scope=Scope.ALL)
    row = browsing.list_sites(here)[0]
    registering.edit_site(here, row.id, name="甲单位(改)")
    taken(here, *first)  # what it wrote itself does no harm
    [whole] = written(here, tmp_path / "second", scope=Scope.ALL)
    for path in (whole, *first, whole):
        taken(there, path)
    assert names(there) == {"甲单位(改)"}
    assert browsing.list_sites(there)[0].name == "甲单位(改)"


def test_only_what_the_receiver_lacks_is_sent(desks, tmp_path):
    here, there = desks("王敏", "李工")
    add_site(here, "甲单位")
    taken(there, *written(here, tmp_path / "a"))
    taken(here, *written(there, tmp_path / "b"))
    add_site(here, "乙单位")
    planned = packing.plan(here, Order(to=there.database.device_uuid))
    assert not planned.estimate.unknown
    assert planned.estimate.acts < packing.plan(here, Order(scope=Scope.ALL)).estimate.acts / 2


def test_a_third_party_hands_on_what_it_got(desks, tmp_path):
    here, middle, there = desks("王敏", "中间", "李工")
    add_site(here, "甲单位")
    taken(middle, *written(here, tmp_path / "a"))
    taken(there, *written(middle, tmp_path / "b", scope=Scope.ALL))
    assert names(there) == {"甲单位"}


def test_what_is_missing_and_from_whom_is_known_until_it_comes(desks, tmp_path):
    here, there = desks("王敏", "李工")
    add_site(here, "甲单位")
    lost = written(here, tmp_path / "lost")
    taken(here, *written(there, tmp_path / "answer"))
    site = browsing.list_sites(here)[0]
    registering.edit_site(here, site.id, phone="0391-1")
    [second] = written(here, tmp_path / "second", scope=Scope.ALL)
    only_last = packing.plan(here, Order(scope=Scope.ALL))
    own = [one for one in only_last.parts[0].bundles if one.device == here.database.device_uuid]
    last = max(own, key=lambda one: one.first)
    alone = replace(only_last, parts=(replace(only_last.parts[0], bundles=(last,)),))
    done = taken(there, *(one.path for one in packing.write(here, alone, tmp_path / "alone")))
    assert done.preview.missing == {here.database.device_uuid: ((1, last.first - 1),)}
    [row] = [one for one in who_has_what.state(there).devices if one.uuid == here.database.device_uuid]
    assert row.missing == ((1, last.first - 1),)
    taken(there, *lost, second)
    assert not any(one.missing for one in who_has_what.state(there).devices)
    assert browsing.list_sites(there)[0].phone == "0391-1"


def test_what_comes_after_something_newer_of_its_device_is_found_and_noticed(desks, tmp_path):
    here, there = desks("王敏", "李工")
    add_site(here, "甲单位")
    first = written(here, tmp_path / "first")
    add_site(here, "乙单位")
    planned = packing.plan(here, Order(scope=Scope.ALL))
    own = [one for one in planned.parts[0].bundles if one.device == here.database.device_uuid]
    newest = replace(planned, parts=(replace(planned.parts[0], bundles=(max(own, key=lambda one: one.first),)),))
    taken(there, *(one.path for one in packing.write(here, newest, tmp_path / "second")))
    assert [hit.title.zh for hit in searching.search(there, "乙单位")] == ["乙单位"]
    assert searching.search(there, "甲单位") == ()
    before = looking.acts_of_others(there)
    done = taken(there, *first)
    assert [hit.title.zh for hit in searching.search(there, "甲单位")] == ["甲单位"]
    assert looking.acts_of_others(there) != before
    taking_packages.undo(there, done.arrival)
    assert searching.search(there, "甲单位") == ()


# --- what is sent


def test_parts_are_packages_of_their_own_and_a_missing_one_is_named(desks, tmp_path):
    here, there = desks("王敏", "李工")
    row = scored(here)
    for number in range(3):
        noisy = Image.effect_noise((300, 300), 90 + number).convert("RGB")
        file = BytesIO()
        noisy.save(file, "JPEG", quality=95)
        evidencing.attach(here, row.id, ["A1"], [(f"{number}.jpg", file.getvalue())])
    paths = written(here, tmp_path / "all", scope=Scope.ALL, photos=Photos.ALL, limit=LEAST_LIMIT)
    assert len(paths) > 1
    assert all(path.stat().st_size <= LEAST_LIMIT for path in paths)
    done = taken(there, *paths[1:])
    assert list(done.preview.missing_parts.values()) == [(1,)]
    done = taken(there, paths[0])
    assert done.preview.missing_parts == {}  # the others came before
    assert not who_has_what.state(there).missing_files


def test_one_site_comes_with_what_it_takes_to_read_it(desks, tmp_path):
    here, there = desks("王敏", "李工")
    for name in ("甲单位", "乙单位", "丙单位"):
        packing.plan(here, Order())  # seals what was written so far: what is sealed together goes together
        add_site(here, name)
    middle = browsing.site(here, "乙单位")
    taken(there, *written(here, tmp_path / "one", scope=Scope.SITE, site=middle.id))
    assert names(there) == {"乙单位"}
    with pytest.raises(UserError) as refused:
        written(here, tmp_path / "none", scope=Scope.SITE, site="nothing")
    assert refused.value.code == "register.unknown_site"


def test_from_a_day_on(desks, tmp_path):
    here, _there = desks("王敏", "李工")
    add_site(here, "甲单位")
    packing.plan(here, Order())
    here.clock.forward(days=3)
    add_site(here, "乙单位")
    late = packing.plan(here, Order(scope=Scope.SINCE, since=here.today()))
    assert 0 < late.estimate.acts < packing.plan(here, Order(scope=Scope.ALL)).estimate.acts


def test_photos_by_choice(desks, tmp_path):
    here, there = desks("王敏", "李工")
    row = scored(here)
    evidencing.attach(here, row.id, ["A1"], [("a.jpg", photo())])
    assert packing.plan(here, Order(photos=Photos.NONE)).estimate.files == 0
    taken(there, *written(here, tmp_path / "acts", photos=Photos.NONE))
    [missing] = who_has_what.state(there).missing_files
    # What it lacks it says with the next page, and gets it.
    ask = packing.write_page(there, packing.REQUEST, here.database.device_uuid, tmp_path / "ask.wufei")
    [told] = taken(here, ask.path).preview.files
    assert (told.purpose, told.device, told.wanted_files) == (packing.REQUEST, there.database.device_uuid, 1)
    taken(there, *written(here, tmp_path / "photos", to=there.database.device_uuid))
    assert content_places.path_of(there, missing)
    assert not who_has_what.state(there).missing_files


def test_closed_packages_open_for_whom_they_are_closed(desks, tmp_path):
    here, there, other = desks("王敏", "李工", "别人")
    add_site(here, "甲单位")
    taken(here, *written(there, tmp_path / "hello"))
    [locked] = written(here, tmp_path / "locked", to=there.database.device_uuid, locked=True)
    with pytest.raises(ProblemsFound) as refused:
        taken(other, locked)
    assert refused.value.problems[0].code == "package.wrong_key"
    taken(there, locked)
    assert (names(there), names(other)) == ({"甲单位"}, set())


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"scope": Scope.SINCE}, "packing.no_day"),
        ({"scope": Scope.SITE}, "packing.no_site"),
        ({"limit": 10}, "packing.limit"),
        ({"locked": True}, "packing.locked_for_nobody"),
        ({"to": "f" * 32}, "packing.unknown_device"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(desks, order, code):
    [here] = desks("王敏")
    with pytest.raises(UserError) as refused:
        packing.plan(here, Order(**order))
    assert refused.value.code == code


# --- strangers, jokers, other registers


def test_a_stranger_waits_until_somebody_compares_the_words(tmp_path, desks):
    [here] = desks("王敏")
    (tmp_path / "stranger").mkdir()
    stranger = open_register(tmp_path / "stranger", HandClock(), person="生人")
    add_site(stranger, "丙单位")
    done = taken(here, *written(stranger, tmp_path / "x"))
    assert done.preview.files[0].held_back > 0
    assert done.preview.missing == {}  # it is here, and waits
    assert names(here) == set()
    [waiting] = side_view.waiting(here)
    assert (waiting.device, waiting.reason) == (stranger.database.device_uuid, "unknown_device")
    assert side_view.admit(here, waiting.device) == done.preview.files[0].held_back
    assert names(here) == {"丙单位"}
    assert side_view.waiting(here) == ()
    stranger.close()


def test_one_that_was_edited_is_refused_and_the_others_are_taken_in(desks, tmp_path):
    here, middle, there = desks("王敏", "中间", "李工")
    add_site(here, "甲单位")
    add_site(middle, "乙单位")
    [good] = written(middle, tmp_path / "good")
    [bad] = written(here, tmp_path / "bad")
    content = bytearray(bad.read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(content)
    before = digest_of(there)
    shown = taking_packages.preview(there, receiving.receive(there, [bad, good]))
    assert [bool(one.problems) for one in shown.files] == [True, False]
    assert digest_of(there) == before  # a preview writes nothing
    taken(there, bad, good)
    assert names(there) == {"乙单位"}


def test_nothing_is_left_in_the_inbox_and_what_was_left_behind_is_swept_away_a_day_later(desks, tmp_path):
    here, there = desks("王敏", "李工")
    inbox = receiving.inbox_of(there)
    (inbox / "killed").mkdir(parents=True)
    (inbox / "killed" / "0123.arriving").write_bytes(b"half")
    paths = written(here, tmp_path / "a")
    taken(there, *paths)
    assert [entry.name for entry in inbox.iterdir()] == ["killed"]  # somebody may be writing there
    os.utime(inbox / "killed", (0, 0))
    taken(there, *paths)
    assert list(inbox.iterdir()) == []


def test_a_joker_who_zips_it_anew_gets_nowhere(desks, tmp_path):
    here, there = desks("王敏", "李工")
    add_site(here, "甲单位")
    [path] = written(here, tmp_path / "a")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(tmp_path / "joke.wufei", "w") as joke:
        for name in archive.namelist():
            joke.writestr(name, archive.read(name).replace("王敏".encode(), "大仙".encode()))
    with pytest.raises(ProblemsFound):
        taken(there, tmp_path / "joke.wufei")


def test_packages_of_another_city_and_of_examples_have_no_place(desks, tmp_path):
    [here] = desks("王敏")
    (tmp_path / "town").mkdir()
    (tmp_path / "demo").mkdir()
    other = open_register(tmp_path / "town", HandClock(), given=criteria("town", profile="other_city"))
    demo = open_workspace(tmp_path / "demo", criteria(), person="x", example=True, clock=HandClock())
    for stranger, code in ((other, "receiving.other_city"), (demo, "receiving.example")):
        [received] = receiving.receive(here, written(stranger, tmp_path / code))
        assert [problem.code for problem in received.problems] == [code]
        stranger.close()


# --- disagreements, undo, erasure


def test_two_who_scored_the_same_item_disagree_on_both_machines(desks, tmp_path):
    here, there = desks("王敏", "李工")
    row = scored(here)
    taken(there, *written(here, tmp_path / "a"))
    assessing.record_answer(here, row.id, "B1", Answer("no"))
    assessing.record_answer(there, row.id, "B1", Answer("yes", note="看过"))
    shown = taking_packages.preview(there, receiving.receive(there, written(here, tmp_path / "b")))
    assert shown.new_conflicts == 1
    [change] = [one for one in shown.changes if one.conflict]
    assert change.cell == "answer.B1"
    taken(there, *written(here, tmp_path / "b"))
    taken(here, *written(there, tmp_path / "c"))
    assert [who_has_what.state(one).conflicts for one in (here, there)] == [1, 1]
    assert digest_of(here) == digest_of(there)


def test_a_whole_import_is_taken_back_and_can_come_again(desks, tmp_path):
    here, there = desks("王敏", "李工")
    site = add_site(there, "乙单位")
    before = digest_of(there)
    scored(here)
    paths = written(here, tmp_path / "a")
    done = taken(there, *paths)
    after = digest_of(there)
    taking_packages.undo(there, done.arrival)
    assert digest_of(there) == before
    assert names(there) == {site.name}
    assert checking.doctor(there).sound
    with pytest.raises(UserError):
        taking_packages.undo(there, done.arrival)
    taken(there, *paths)
    assert digest_of(there) == after
    assert [bool(row.undone_at) for row in taking_packages.list_arrivals(there)].count(True) == 1


def test_an_erased_photo_goes_everywhere_and_never_comes_back(desks, tmp_path):
    here, there = desks("王敏", "李工")
    row = scored(here)
    [piece] = evidencing.attach(here, row.id, ["A1"], [("face.jpg", photo())]).taken
    paths = written(here, tmp_path / "with", photos=Photos.ALL)
    taken(there, *paths)
    assert content_places.path_of(there, piece)
    erasing.erase(here, piece, "拍到了人脸")
    assert content_places.path_of(here, piece) is None
    taken(there, *written(here, tmp_path / "erased"))
    assert content_places.path_of(there, piece) is None
    taken(there, *paths)
    assert content_places.path_of(there, piece) is None
    assert not who_has_what.state(there).missing_files
    assert checking.doctor(there).sound  # what was erased is not lost
    [problem] = evidencing.attach(there, row.id, ["A2"], [("face.jpg", photo())]).problems
    assert problem.code == "evidencing.erased"
    with pytest.raises(UserError) as refused:
        erasing.erase(here, piece, "再来")
    assert refused.value.code == "erasing.already"
    with pytest.raises(ProblemsFound):
        erasing.erase(there, piece, " ")


# --- versions


def test_what_only_newer_programs_know_is_kept_and_handed_on(desks, tmp_path):
    newer, older, there = desks("新版", "旧版", "李工")
    with newer.database.writing() as connection:
        newer.write(connection, [Draft("weather", "x" * 32, "forecast.today", {"rain": [1, {"deep": None}]})])
    taken(older, *written(newer, tmp_path / "a"))
    taken(there, *written(older, tmp_path / "b", scope=Scope.ALL))
    with there.database.reading() as connection:
        [value] = connection.exec_driver_sql("SELECT value FROM act WHERE kind = 'weather'").scalars()
    assert value == '{"rain":[1,{"deep":null}]}'
    assert checking.doctor(there).sound
