"""Laws of lists of sites: what is known already changes nothing, no row is written unasked, order does not matter."""

from __future__ import annotations

import shutil
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.samples.registers import HandClock, open_register, register_content
from tests.samples.site_lists import HEADS, credit_code, plain_list
from wufei_cells import shipped
from wufei_cells.domain.site_lists import NEW_SITE, Fate
from wufei_cells.services import browsing, registering, site_list_undoing, site_list_words, site_lists
from wufei_cells.services.registering import SiteDraft
from wufei_cells.wording import Wording

WORDS = Wording(shipped.wording_catalogue(), "zh")
QUICK = settings(deadline=None, max_examples=8, suppress_health_check=list(HealthCheck))
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp"]), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)
PHONES = st.sampled_from(["", "13839112345", "0391-7700001", "12", "+86 391 1"])
FACTS = {"canteen": st.sampled_from(["yes", "no"]), "staff": st.integers(0, 10**6).map(str)}


@pytest.fixture(scope="module")
def fresh(new_register, tmp_path_factory):
    """``fresh()``: an empty register of its own."""
    opened = []

    def make():
        for workspace in opened:
            workspace.close()
        folder = tmp_path_factory.mktemp("law")
        shutil.copytree(new_register, folder, dirs_exist_ok=True)
        opened[:] = [open_register(folder, HandClock())]
        return opened[0]

    yield make
    for workspace in opened:
        workspace.close()


def taken(workspace, *contents):
    shown = site_lists.preview(workspace, [(f"{number}.xlsx", one) for number, one in enumerate(contents)], WORDS)
    site_lists.take_in(workspace, shown, {row.number: None for row in shown.rows if row.certain}, WORDS)
    return shown


def exported(workspace):
    """The sites of a register as a list, in the words of the window."""
    names = site_lists.preview(workspace, [], WORDS).names
    rows = []
    for row in browsing.list_sites(workspace):
        texts = [row.name, row.credit_code]
        texts += [
            site_list_words.value_word(field, getattr(row, field), names, WORDS) for field in ("category", "district")
        ]
        facts = {"yes": "是", "no": "否"}.get(row.facts.get("canteen", ""), ""), row.facts.get("staff", "")
        rows.append([*texts, row.address, row.contact, row.phone, row.note, *facts])
    return plain_list(*rows, formulas=False)


SITES = st.lists(
    st.builds(
        SiteDraft,
        name=st.just(""),
        category=st.just("office"),
        district=st.sampled_from(["east", "west"]),
        address=TEXT,
        credit_code=st.just(""),
        contact=TEXT,
        phone=PHONES,
        note=TEXT,
        facts=st.fixed_dictionaries(
            {}, optional={"canteen": st.sampled_from(["yes", "no"]), "staff": st.integers(0, 10**6).map(str)}
        ),
    ),
    max_size=5,
)


@QUICK
@example(drafts=[SiteDraft(name="", category="office", district="east", note="=0")])
@given(drafts=SITES)
def test_what_is_exported_changes_nothing_when_it_comes_back(fresh, drafts):
    workspace = fresh()
    for number, draft in enumerate(drafts):
        code = credit_code(number) if number % 2 else ""
        registering.add_site(workspace, replace(draft, name=f"第{number}号 Ｎo.{number}（甲）单位", credit_code=code))
    before = register_content(workspace)
    shown = taken(workspace, exported(workspace))
    assert {row.fate for row in shown.rows} <= {Fate.SAME}
    assert [row.problems for row in shown.rows] == [()] * len(drafts)
    assert register_content(workspace) == before
    assert site_list_undoing.last_import(workspace) is None


WORDS_IN_CELLS = (
    *("-", "无", "机关", "东区", "西", "是", "甲单位", "单位名称", "类别", "合计", credit_code(1)),
    *("9.14E+17", "=1/0", "#REF!", "a_x0007_b", "\u202e", "\U00020bb7"),
)
CELLS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20),
    st.sampled_from(WORDS_IN_CELLS),
    st.integers(-5, 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(),
)


def any_workbook(grid, merges):
    book = Workbook()
    sheet = book.active
    for row, cells in enumerate(grid, 1):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column, value)
    for row, column, down, right in merges:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + down, end_column=column + right)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@QUICK
@given(
    rows=st.lists(st.lists(CELLS, max_size=8), max_size=8),
    heads=st.permutations(HEADS),
    above=st.integers(0, 2),
    merges=st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 3), st.integers(0, 3)), max_size=2),
    choices=st.dictionaries(st.integers(1, 8), st.sampled_from([None, NEW_SITE, "x"])),
)
def test_whatever_stands_in_a_list_nothing_is_written_unasked(fresh, rows, heads, above, merges, choices):
    workspace = fresh()
    registering.add_site(workspace, SiteDraft("甲单位", "office", "east", credit_code=credit_code(1)))
    before = register_content(workspace)
    content = any_workbook([*[["名单"]] * above, heads, *rows], merges)
    shown = site_lists.preview(workspace, [("x.xlsx", content)], WORDS)
    for row in shown.rows:
        assert row.place
        assert bool(row.problems) == (row.fate is Fate.WRONG)
        for problem in (*row.problems, *row.remarks):
            assert WORDS.problem(problem)
    assert register_content(workspace) == before
    chosen = {number: site for number, site in choices.items() if number <= len(shown.rows)}
    done = site_lists.take_in(workspace, shown, chosen, WORDS)
    assert done.count + len(done.left_out) <= len(chosen)
    if done.count:
        site_list_undoing.take_back(workspace)
    assert register_content(workspace) == before


@st.composite
def two_lists(draw):
    """Two lists that never contradict each other: each leaves out some of what is so."""
    yes_no, place = st.sampled_from(["是", "否"]), st.sampled_from(["东区", "西区"])
    truth = []
    for number in range(draw(st.integers(1, 4))):
        known = (draw(place), draw(TEXT), draw(TEXT), draw(PHONES), draw(TEXT), draw(yes_no), number)
        truth.append((f"第{number}号单位", credit_code(number), "机关", *known))

    def part():
        # The needed fields are always there, so that each list can stand first; all else comes and goes.
        shown = [[value if at < 4 or draw(st.booleans()) else None for at, value in enumerate(row)] for row in truth]
        return draw(st.lists(st.sampled_from(shown), max_size=6))

    return plain_list(*part()), plain_list(*part())


@QUICK
@given(lists=two_lists())
def test_lists_that_do_not_contradict_each_other_may_come_in_any_order_or_together(fresh, lists):
    one, other = lists
    found = []
    for order in ((one, other), (other, one)):
        workspace = fresh()
        for content in order:
            assert all(row.certain or row.fate is Fate.SAME for row in taken(workspace, content).rows)
        found.append(register_content(workspace))
    for together in ((one, other), (other, one)):
        workspace = fresh()
        taken(workspace, *together)
        found.append(register_content(workspace))
    assert found == [found[0]] * 4
