"""The chosen rows of a list are written as one step, and an import is taken back as a whole."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from tests.samples.registers import add_site, register_content
from tests.samples.site_lists import credit_code, plain_list
from wufei_cells import shipped
from wufei_cells.domain.site_lists import Fate
from wufei_cells.errors import UserError
from wufei_cells.services import (
    assessing,
    browsing,
    registering,
    searching,
    site_list_undoing,
    site_lists,
    time_machine,
)
from wufei_cells.store import tables
from wufei_cells.store.projection import rows_from_journal
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")


def count_acts(workspace):
    with workspace.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.act)).scalar_one()


def site_named(workspace, name):
    return next(row for row in browsing.list_sites(workspace) if row.name == name)


# --- what is written


def test_only_what_was_chosen_is_written_and_each_field_is_an_act(workspace, preview_list, take_in_list):
    site = add_site(workspace, "甲单位")
    shown = preview_list(
        plain_list(
            ("甲单位", None, None, None, None, None, "1"),
            ("乙单位", None, "机关", "东区"),
            ("丙单位", None, "机关", "西区"),
        )
    )
    before = count_acts(workspace)
    done = take_in_list(shown, {1: None, 3: None})
    assert (done.changed, len(done.new)) == ((site.id,), 1)
    assert count_acts(workspace) == before + 1 + 3
    assert {row.name for row in browsing.list_sites(workspace)} == {"甲单位", "丙单位"}
    assert browsing.history(workspace, site.id)[-1].new == "1"


def test_what_somebody_changed_since_the_preview_is_left_out_and_told(workspace, preview_list, take_in_list):
    one, two = add_site(workspace, "甲单位"), add_site(workspace, "乙单位")
    rows = [(site.name, None, None, None, None, None, "1") for site in (one, two)]
    shown = preview_list(plain_list(*rows, ("丙单位", None, "机关", "东区")))
    registering.edit_site(workspace, one.id, phone="2")
    add_site(workspace, "丙单位")
    done = take_in_list(shown)
    assert done.changed == (two.id,)
    assert [(left.name, left.why.code) for left in done.left_out] == [
        ("甲单位", "site_list.changed_meanwhile"),
        ("丙单位", "site_list.changed_meanwhile"),
    ]
    assert browsing.site(workspace, one.id).phone == "2"


def test_two_rows_answered_with_one_site_are_not_both_written(workspace, preview_list, take_in_list):
    site = add_site(workspace, "滨河机械有限责任公司")
    names = ("滨河机械有限公司", "东区滨河机械公司")
    shown = preview_list(
        plain_list(*((name, credit_code(number), "机关", "东区") for number, name in enumerate(names)))
    )
    done = take_in_list(shown, {1: site.id, 2: site.id})
    assert done.changed == (site.id,)
    assert [left.why.code for left in done.left_out] == ["site_list.chosen_twice"]


def test_stopping_leaves_nothing(workspace, preview_list):
    shown = preview_list(plain_list(*((f"第{number}单位", None, "机关", "东区") for number in range(3))))
    before = count_acts(workspace)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        site_lists.take_in(workspace, shown, {1: None}, WORDS, stop)
    assert count_acts(workspace) == before
    assert site_list_undoing.last_import(workspace) is None


def test_nothing_is_written_into_the_register_of_an_earlier_day(workspace, preview_list):
    shown = preview_list(plain_list(("甲单位", None, "机关", "东区")))
    past = time_machine.open_as_of(workspace, workspace.today())
    for write in (lambda: site_lists.take_in(past, shown, {1: None}, WORDS), lambda: site_list_undoing.take_back(past)):
        with pytest.raises(UserError) as refused:
            write()
        assert refused.value.code == "time_machine.read_only"
    past.close()


# --- taking it back


def test_an_import_is_taken_back_as_a_whole_and_the_journal_keeps_both(workspace, preview_list, take_in_list, clock):
    site = add_site(workspace, "甲单位")
    registering.edit_site(workspace, site.id, phone="1")
    before = register_content(workspace)
    rows = [
        ("甲单位", None, None, None, None, "张三", "2", None, "否", 5),
        ("乙单位", credit_code(2), "机关", "东区", "东街1号"),
    ]
    assert not searching.search(workspace, "乙单位")
    take_in_list(preview_list(plain_list(*rows)))
    assert len(browsing.list_sites(workspace)) == 2
    new = site_named(workspace, "乙单位")
    acts = count_acts(workspace)
    last = site_list_undoing.last_import(workspace)
    assert (last.new, last.changed, last.at) == (1, 1, clock.second.isoformat())
    clock.forward(days=1)
    back = site_list_undoing.take_back(workspace)
    assert (back.new, back.changed, back.stayed) == (1, 1, ())
    assert register_content(workspace) == before
    assert count_acts(workspace) > acts, "nothing is erased"
    with pytest.raises(UserError):
        browsing.site(workspace, new.id)
    assert browsing.progress(workspace).whole.sites == 1
    assert not searching.search(workspace, "乙单位")
    assert site_list_undoing.last_import(workspace) is None
    yesterday = time_machine.open_as_of(workspace, datetime.fromisoformat(last.at).astimezone().date())
    assert len(browsing.list_sites(yesterday)) == 2
    yesterday.close()
    assert preview_list(plain_list(*rows)).rows[1].fate is Fate.NEW, "it can be imported again"
    tables_agree_with_journal(workspace)


def tables_agree_with_journal(workspace):
    with workspace.database.reading() as connection:
        found = {table.name: [] for table in (tables.site, tables.site_fact)}
        for table, row in rows_from_journal(connection):
            if table.name in found:
                found[table.name].append(tuple(row[column.name] for column in table.c))
        for table in (tables.site, tables.site_fact):
            assert sorted(found[table.name]) == sorted(tuple(row) for row in connection.execute(select(table)))


def test_what_somebody_worked_on_since_stays_and_is_told(workspace, preview_list, take_in_list):
    known = add_site(workspace, "甲单位")
    new = [(f"{name}单位", None, "机关", "东区") for name in "乙丙丁"]
    take_in_list(preview_list(plain_list(("甲单位", None, None, None, None, None, "2"), *new)))
    registering.edit_site(workspace, known.id, phone="3")
    registering.edit_site(workspace, site_named(workspace, "乙单位").id, note="来过电话")
    assessing.start_assessment(workspace, site_named(workspace, "丙单位").id)
    back = site_list_undoing.take_back(workspace)
    assert (back.new, back.changed) == (1, 0)
    assert {(one.name, one.why.code) for one in back.stayed} == {
        ("甲单位", "site_list.stays_changed"),
        ("乙单位", "site_list.stays_changed"),
        ("丙单位", "site_list.stays_in_use"),
    }
    assert {row.name for row in browsing.list_sites(workspace)} == {"甲单位", "乙单位", "丙单位"}
    with pytest.raises(UserError) as refused:
        site_list_undoing.take_back(workspace)
    assert refused.value.code == "site_list.nothing_to_take_back"


def test_a_former_name_that_another_site_bears_by_now_does_not_come_back(workspace, preview_list, take_in_list):
    site = add_site(workspace, "甲单位")
    registering.edit_site(workspace, site.id, credit_code=credit_code(1))
    take_in_list(preview_list(plain_list(("乙单位", credit_code(1)))))
    add_site(workspace, "甲单位")
    [stayed] = site_list_undoing.take_back(workspace).stayed
    assert (stayed.name, stayed.why.code) == ("乙单位", "site_list.stays_name_taken")


def test_imports_are_taken_back_one_after_the_other_each_by_who_made_it(workspace, preview_list, take_in_list):
    take_in_list(preview_list(plain_list(("甲单位", None, "机关", "东区"))))
    take_in_list(preview_list(plain_list(("乙单位", None, "机关", "东区"))))
    other = workspace.acting_as("赵敏")
    assert site_list_undoing.last_import(other) is None
    site_list_undoing.take_back(workspace)
    assert [row.name for row in browsing.list_sites(workspace)] == ["甲单位"]
    site_list_undoing.take_back(workspace)
    assert browsing.list_sites(workspace) == ()
