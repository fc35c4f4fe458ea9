"""Drawing by lot from a register: who is on the list and why, what is refused, and what the record keeps."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import pytest

from tests.samples.registers import HandClock, add_site, open_register, scored
from tests.store.foreign import Act, take_in
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.drawing_document import drawing_document, drawing_in
from wufei_cells.domain.drawings import (
    Choice,
    ConflictKind,
    ConflictOn,
    Declared,
    ExclusionKind,
    Pool,
    Risk,
)
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.lifecycle import CertificateState, Role, Stage
from wufei_cells.domain.objections import Objection, ObjectionKind, Outcome
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import ProblemsFound, UserError
from wufei_cells.services import (
    assessing,
    browsing,
    certifying,
    checking,
    deciding,
    drawing,
    finding_faults,
    objecting,
    registering,
    roles,
    supervising,
)

PEOPLE = ("陈检", "林检", "周检")
CHOICE = Choice("2026年秋季抽查", PEOPLE, number=2)
SEED = {"seed": "07 13 22 31 38 40", "seed_source": "双色球第2026128期"}


def certified(workspace, name, district="east", **answers):
    """A site with a valid certificate."""
    row = finished(workspace, name, district, **answers)
    deciding.decide(workspace, row.id, approve=True)
    return certifying.issue_certificate(workspace, row.id)


def finished(workspace, name, district="east", **answers):
    row = scored(workspace, add_site(workspace, name, district), **answers)
    return assessing.finish_assessment(workspace, row.id)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A folder with a register of four sites with certificates; each test works on a copy."""
    folder = tmp_path_factory.mktemp("filled")
    workspace = open_register(folder, HandClock())
    for name, district in {"甲单位": "east", "乙单位": "west", "丙单位": "east", "丁单位": "west"}.items():
        certified(workspace, name, district)
    workspace.close()
    return folder


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def workspace(filled, tmp_path, clock):
    shutil.copytree(filled, tmp_path / "register")
    opened = open_register(tmp_path / "register", clock)
    yield opened
    opened.close()


@pytest.fixture
def empty(tmp_path, clock):
    """A register without sites."""
    opened = open_register(tmp_path, clock)
    yield opened
    opened.close()


@pytest.fixture
def certificates(workspace):
    """The four certificates, by the name of the site."""
    return {row.site_name: row for row in browsing.list_certificates(workspace)}


def names(plan):
    return {one.name for one in plan.candidates}


def codes(work):
    """The codes of the problems that were found, or of the refusal."""
    with pytest.raises(UserError) as refused:
        work()
    if isinstance(refused.value, ProblemsFound):
        return [problem.code for problem in refused.value.problems]
    return [refused.value.code]


def event(workspace, certificate, kind, on, **more):
    return supervising.record_event(workspace, certificate.id, Event(kind, on, "现场查看", **more))


# --- who is on the list


def test_certificates_that_are_valid_are_drawn_from_and_others_left_out_with_the_reason(workspace, certificates, clock):
    add_site(workspace, "没有证书的单位")
    event(workspace, certificates["甲单位"], EventKind.WITHDRAW, date(2026, 11, 2))
    event(workspace, certificates["乙单位"], EventKind.SUSPEND, date(2026, 11, 2))
    plan = drawing.plan(workspace, CHOICE)
    assert names(plan) == {"丙单位", "丁单位"}
    assert {(one.name, one.kind, one.values["state"]) for one in plan.exclusions} == {
        ("甲单位", ExclusionKind.STATE, CertificateState.WITHDRAWN),
        ("乙单位", ExclusionKind.STATE, CertificateState.SUSPENDED),
    }
    clock.forward(days=4 * 366)
    assert codes(lambda: drawing.plan(workspace, CHOICE)) == ["drawing.nobody"]


def test_who_is_there_can_be_seen_before_anything_else_is_chosen(workspace, certificates):
    seen = drawing.survey(workspace, Choice("", (), district="west", left_out={certificates["乙单位"].site: "搬迁"}))
    assert (names(seen), [one.name for one in seen.exclusions], seen.count) == ({"丁单位"}, ["乙单位"], 0)


def test_category_and_district_narrow_the_list(workspace, certificates):
    assert names(drawing.plan(workspace, replace(CHOICE, district="west"))) == {"乙单位", "丁单位"}
    assert len(drawing.plan(workspace, replace(CHOICE, category="office")).candidates) == 4


def test_who_was_checked_not_long_ago_is_left_out_until_the_months_are_over(workspace, certificates, clock):
    event(workspace, certificates["甲单位"], EventKind.CHECK, date(2026, 11, 2))
    choice = replace(CHOICE, checked_months=6)
    plan = drawing.plan(workspace, choice)
    assert [(one.name, one.kind, dict(one.values)) for one in plan.exclusions] == [
        ("甲单位", ExclusionKind.CHECKED, {"on": "2026-11-02", "months": 6})
    ]
    clock.forward(days=181)  # the 2nd of May
    assert len(drawing.plan(workspace, choice).candidates) == 4


def test_a_site_is_left_out_by_name_with_a_reason_that_is_kept(workspace, certificates):
    plan = drawing.plan(workspace, replace(CHOICE, left_out={"甲单位": "正在搬迁"}))
    [left_out] = plan.exclusions
    assert (left_out.id, left_out.values["reason"]) == (certificates["甲单位"].site, "正在搬迁")


def test_files_of_a_stage_are_drawn_from(workspace, certificates):
    waiting = finished(workspace, "戊单位")
    choice = replace(CHOICE, pool=Pool.FILES, stage=Stage.FINISHED, number=1)
    plan = drawing.plan(workspace, choice)
    assert [(one.name, one.assessment, one.certificate) for one in plan.candidates] == [("戊单位", waiting.id, "")]
    assert len(drawing.plan(workspace, replace(choice, stage=Stage.CERTIFIED)).candidates) == 4


def test_a_share_is_rounded_up(workspace, certificates):
    shares = {percent: drawing.plan(workspace, replace(CHOICE, number=None, percent=percent)).count
              for percent in (1, 25, 26, 100)}  # fmt: skip
    assert shares == {1: 1, 25: 1, 26: 2, 100: 4}


# --- weights


def test_without_weights_all_sites_count_the_same(workspace, certificates):
    assert {(one.weight, one.reasons) for one in drawing.plan(workspace, CHOICE).candidates} == {(1, ())}


def test_what_makes_a_site_weigh_more_is_said_with_how_much(empty, clock):
    workspace = empty
    certified(workspace, "满分单位")
    close = certified(workspace, "险过单位", A1=Answer({"plan": "no", "staff": "no"}))  # 15 of 20, passes at 15
    clock.forward(days=2 * 366)
    plan = drawing.plan(workspace, replace(CHOICE, weighted=True))
    found = {one.name: ({reason.risk: reason.weight for reason in one.reasons}, one.weight) for one in plan.candidates}
    assert found == {
        "满分单位": ({Risk.YEARS: 2}, 3),
        "险过单位": ({Risk.MARGIN: 3, Risk.YEARS: 2}, 6),
    }
    [years] = [reason for one in plan.candidates if one.name == "满分单位" for reason in one.reasons]
    assert years.values == {"years": 2, "on": "2026-11-02"}
    event(workspace, close, EventKind.CHECK, workspace.today())
    plan = drawing.plan(workspace, replace(CHOICE, weighted=True))
    assert {one.name: one.weight for one in plan.candidates} == {"满分单位": 3, "险过单位": 4}


def test_complaints_and_open_findings_weigh_until_they_are_dismissed_or_closed(empty):
    workspace = empty
    row = scored(workspace, add_site(workspace, "甲单位"))
    major = finding_faults.record_finding(workspace, row.id, FindingDraft(severity="major", text="危废混放"))
    finding_faults.record_finding(workspace, row.id, FindingDraft(text="标识缺失"))
    finding_faults.record_finding(workspace, row.id, FindingDraft(severity="suggestion", text="可以更好"))
    assessing.finish_assessment(workspace, row.id)
    said = Objection(row.id, ObjectionKind.APPEAL, "少给了分", date(2026, 11, 2))
    first, second = (objecting.take_in(workspace, said) for _ in range(2))
    choice = replace(CHOICE, pool=Pool.FILES, stage=Stage.FINISHED, weighted=True, number=1)

    def weights():
        [one] = drawing.plan(workspace, choice).candidates
        return {reason.risk: reason.weight for reason in one.reasons}

    assert weights() == {Risk.COMPLAINTS: 2, Risk.FINDINGS: 3}
    office = workspace.acting_as("市办")
    objecting.settle(office, first.id, Outcome.UPHELD, "属实")
    objecting.settle(office, second.id, Outcome.DISMISSED, "不属实")
    finding_faults.check_again(workspace, major.id, closed=True, note="已改")
    assert weights() == {Risk.COMPLAINTS: 2, Risk.FINDINGS: 1}


# --- conflicts


def conflicts(plan):
    named = {one.id: one.name for one in plan.candidates}
    return {(one.inspector, named[one.site], one.kind) for one in plan.conflicts}


def test_who_worked_on_a_file_or_at_the_unit_is_found_without_being_declared(workspace, certificates):
    registering.edit_site(workspace, certificates["乙单位"].site, contact="林检")
    other = finished(workspace.acting_as("周检"), "戊单位")
    deciding.decide(workspace.acting_as("陈检"), other.id, approve=True)
    certifying.issue_certificate(workspace, other.id)
    assert conflicts(drawing.plan(workspace, replace(CHOICE, per_site=1))) == {
        ("林检", "乙单位", ConflictKind.WORKS_THERE),
        ("周检", "戊单位", ConflictKind.ASSESSED),
        ("陈检", "戊单位", ConflictKind.DECIDED),
    }
    assert codes(lambda: drawing.plan(workspace, CHOICE)) == ["drawing.too_few_inspectors"]


def test_a_declared_conflict_reaches_a_site_a_unit_or_a_district(workspace, certificates):
    code = "91350100M000100Y43"
    for name in ("丙单位", "乙单位"):
        registering.edit_site(workspace, certificates[name].site, credit_code=code)
    declared = (
        Declared("陈检", ConflictOn.SITE, "甲单位", "配偶在此任职"),
        Declared("林检", ConflictOn.DISTRICT, "west", "曾任区负责人"),
        Declared("周检", ConflictOn.UNIT, code, "同一单位"),
    )
    plan = drawing.plan(workspace, replace(CHOICE, per_site=1, declared=declared))
    assert conflicts(plan) == {
        ("陈检", "甲单位", ConflictKind.DECLARED),
        ("林检", "乙单位", ConflictKind.DECLARED),
        ("林检", "丁单位", ConflictKind.DECLARED),
        ("周检", "丙单位", ConflictKind.DECLARED),
        ("周检", "乙单位", ConflictKind.DECLARED),
    }
    assert {one.reason for one in plan.conflicts} == {said.reason for said in declared}
    stranger = Declared("陈检", ConflictOn.UNIT, "11", "同一单位")
    assert codes(lambda: drawing.plan(workspace, replace(CHOICE, declared=(stranger,)))) == ["drawing.unknown_unit"]


def test_a_site_with_too_few_inspectors_is_named_even_if_it_might_not_be_drawn(workspace, certificates):
    declared = tuple(Declared(name, ConflictOn.SITE, "丁单位", "亲属") for name in PEOPLE[:2])
    choice = replace(CHOICE, number=1, declared=declared)
    with pytest.raises(ProblemsFound) as refused:
        drawing.plan(workspace, choice)
    assert [dict(one.values) for one in refused.value.problems] == [{"site": "丁单位", "free": 1, "needed": 2}]


# --- what is refused


def test_everything_wrong_with_a_choice_is_said_at_once(workspace, certificates):
    wrong = Choice(
        " ",
        ("陈检", "陈检"),
        category="nowhere",
        district="nowhere",
        checked_months=-1,
        left_out={"没有这家": ""},
        percent=120,
        per_site=3,
        declared=(Declared("路人", ConflictOn.SITE, "没有这家", ""),),
    )
    assert sorted(codes(lambda: drawing.draw(workspace, wrong, seed=" ", seed_source=""))) == sorted([
        "drawing.no_title", "drawing.percent_range", "drawing.months_range", "field.not_choice", "field.not_choice",
        "drawing.inspector_twice", "drawing.few_inspectors", "register.unknown_site", "drawing.left_out_reason",
        "drawing.conflict_stranger", "drawing.conflict_reason", "register.unknown_site",
        "drawing.no_seed", "drawing.no_seed_source",
    ])  # fmt: skip
    assert drawing.drawings(workspace) == ()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": None}, "drawing.number_or_percent"),
        ({"percent": 5}, "drawing.number_or_percent"),
        ({"number": 0}, "drawing.number_range"),
        ({"number": 5}, "drawing.too_many"),
        ({"per_site": 0}, "drawing.per_site_range"),
        ({"pool": Pool.FILES}, "drawing.no_stage"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_by_its_code(workspace, certificates, change, code):
    assert codes(lambda: drawing.plan(workspace, replace(CHOICE, **change))) == [code]


def test_only_the_office_draws(workspace, certificates):
    roles.grant(workspace, "市办", Role.OFFICE)
    assert codes(lambda: drawing.draw(workspace, CHOICE, **SEED)) == ["roles.not_yours"]
    assert drawing.draw(workspace.acting_as("市办"), CHOICE, **SEED).author == "市办"


# --- the record


def test_what_was_announced_is_what_is_drawn_from(workspace, certificates):
    announced = drawing.announced_hash(drawing.plan(workspace, CHOICE))
    assert codes(lambda: drawing.draw(workspace, CHOICE, **SEED, announced="c0ffee")) == ["drawing.announced_short"]
    event(workspace, certificates["甲单位"], EventKind.SUSPEND, date(2026, 11, 2))
    assert codes(lambda: drawing.draw(workspace, CHOICE, **SEED, announced=announced)) == ["drawing.list_changed"]
    event(workspace, certificates["甲单位"], EventKind.REINSTATE, date(2026, 11, 2))
    row = drawing.draw(workspace, CHOICE, **SEED, announced=announced[:16].upper())
    assert row.drawing.list_hash == announced


def test_a_drawing_is_on_record_with_everything_and_can_be_repeated(workspace, certificates):
    choice = replace(CHOICE, title="  2026年秋季抽查 ", weighted=True, left_out={"甲单位": "搬迁"})
    row = drawing.draw(workspace, choice, seed=" 07  13 22 31 38 40", seed_source="双色球第2026128期")
    [stored] = drawing.drawings(workspace)
    assert stored == row == drawing.drawing(workspace, row.id[:8]) == drawing.drawing(workspace, "2026年秋季抽查")
    assert (row.drawing.seed, row.author, row.drawing.plan.on) == (SEED["seed"], "王敏", date(2026, 11, 2))
    assert [len(one.inspectors) for one in row.drawing.drawn] == [2, 2]
    assert drawing.verify(workspace, row.id).genuine
    document = drawing_document(row.drawing)
    assert drawing_in(document) == row.drawing
    assert drawing.verify_document(document).genuine
    assert checking.doctor(workspace).sound


def test_a_list_is_drawn_from_once(workspace, certificates):
    drawing.draw(workspace, CHOICE, **SEED)
    again = {**SEED, "seed": "另一个种子"}
    assert codes(lambda: drawing.draw(workspace, CHOICE, **again)) == ["drawing.drawn_already"]
    drawing.draw(workspace, replace(CHOICE, title="第二次抽查"), **again)
    assert len(drawing.drawings(workspace)) == 2


def test_whoever_changes_a_record_is_found_out(workspace, certificates):
    row = drawing.draw(workspace, CHOICE, **SEED)
    honest = row.drawing
    swapped = replace(honest, drawn=tuple(reversed(honest.drawn)))
    assert drawing.verify_document(drawing_document(swapped)).list_agrees
    assert not drawing.verify_document(drawing_document(swapped)).result_agrees
    lighter = replace(
        honest.plan, candidates=(replace(honest.plan.candidates[0], weight=9), *honest.plan.candidates[1:])
    )
    assert not drawing.verify_document(drawing_document(replace(honest, plan=lighter))).list_agrees
    for broken in ({}, [], None, {**drawing_document(honest), "format": "x"}, {**drawing_document(honest), "plan": 3}):
        assert codes(lambda broken=broken: drawing.verify_document(broken)) == ["drawing.unreadable"]


def test_a_record_of_a_newer_program_does_not_keep_the_others_from_being_read(workspace, certificates):
    row = drawing.draw(workspace, CHOICE, **SEED)
    newer = {"format": "wufei-drawing/9", "drawn_on": "2026-11-03"}
    take_in(workspace.database, [Act("laptop", 1, "drawing", "f" * 32, "record", 900, newer, ())])
    assert drawing.drawings(workspace) == (row,)


def test_what_a_drawing_is_called_must_name_one(workspace, certificates):
    assert codes(lambda: drawing.drawing(workspace, "没有这次")) == ["drawing.unknown"]


# --- afterwards


def test_a_drawn_site_counts_as_done_from_the_check_that_is_recorded_after_it(workspace, certificates, clock):
    event(workspace, certificates["甲单位"], EventKind.CHECK, date(2026, 11, 2))
    clock.forward(days=1)
    row = drawing.draw(workspace, replace(CHOICE, number=4), **SEED)
    assert [visit.done_on for visit in drawing.visits(workspace, row.id)] == [None] * 4
    clock.forward(days=5)
    event(workspace, certificates["丁单位"], EventKind.ORDER, date(2026, 11, 6), until=date(2026, 12, 1))
    event(workspace, certificates["丁单位"], EventKind.CHECK, date(2026, 11, 5))
    done = {visit.site.name: visit.done_on for visit in drawing.visits(workspace, row.id)}
    assert done == {"甲单位": None, "乙单位": None, "丙单位": None, "丁单位": date(2026, 11, 5)}
    [visit] = [visit for visit in drawing.visits(workspace, row.id) if visit.done_on]
    assert visit.certificate == certificates["丁单位"].id


def test_the_conflicts_declared_last_time_are_at_hand(workspace, certificates):
    assert drawing.earlier_conflicts(workspace) == ()
    declared = (Declared("陈检", ConflictOn.DISTRICT, "west", "曾任区负责人"),)
    drawing.draw(workspace, replace(CHOICE, declared=declared), **SEED)
    assert drawing.earlier_conflicts(workspace) == declared
    assert drawing.known_people(workspace) == ("王敏",)
    assert browsing.history(workspace, drawing.drawings(workspace)[0].id)
