"""How far people agree who scored alone, told without names; and what the items cost."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction

import pytest

from tests.samples.editions import entry, publish, small
from tests.samples.registers import OFFICE, add_site, brought, scored
from tests.services.teams import LI, ZHAO, alone, pair, started
from wufei_cells import shipped
from wufei_cells.command_line.main import main
from wufei_cells.domain.answers import Answer
from wufei_cells.domain.findings import FindingDraft
from wufei_cells.domain.ledgers import Scope
from wufei_cells.domain.lifecycle import Role, Stage
from wufei_cells.errors import UserError
from wufei_cells.progress import silent
from wufei_cells.services import agreement_wording, finding_faults, ledger_of_items, roles, teaming
from wufei_cells.services.calibration_report import calibration, labels_of
from wufei_cells.services.item_costs import item_costs
from wufei_cells.services.ledger_gathering import Gathering
from wufei_cells.services.rating_together import Method, rated_together
from wufei_cells.services.work_status import work_status
from wufei_cells.wording import Wording

ZH = Wording(shipped.wording_catalogue(), "zh")
EN = Wording(shipped.wording_catalogue(), "en")


def share(part: int) -> Answer:
    return Answer({"part": str(part), "whole": "100"})


@pytest.fixture
def ten(workspace):
    """Ten sites that two people scored alone; at four of them the second one gives less for A2."""
    for number in range(10):
        whole = started(workspace, f"单位{number:02d}")
        pair(workspace, whole.id, A2=share(85 if number < 4 else 95))
    return workspace


def test_two_people_are_held_against_each_other_item_by_item(ten):
    found = rated_together(ten, "office")
    [both] = found.pairs
    assert set(both.people) == {LI, ZHAO}
    assert (both.sites, both.entries, both.same) == (10, 40, 36)
    assert (found.sites, found.entries, found.same) == (10, 40, 36)
    first = found.items[0]
    assert (first.entry.key, first.sites, first.same, first.method) == ("A2", 10, 6, Method.WEIGHTED)
    assert first.beyond_chance.told == 0  # one of them always said the same: chance would agree as often
    assert both.totals.count == 10


def test_who_is_not_ready_or_looked_before_is_left_out(workspace):
    whole = started(workspace)
    alone(workspace, whole.id, LI)
    alone(workspace, whole.id, ZHAO)
    assert rated_together(workspace, "office").entries == 0  # open sheets are nobody's business
    other = started(workspace, "乙单位")
    one, _ = pair(workspace, other.id)
    assert rated_together(workspace, "office").entries == 4
    teaming.unlock(workspace.acting_as(LI), one.id, reason="再看一眼")
    teaming.lock(workspace.acting_as(LI), one.id)
    assert rated_together(workspace, "office").entries == 0


def test_three_people_are_compared_by_fleiss(workspace):
    for number in range(3):
        whole = started(workspace, f"单位{number}")
        sheets = [
            (name, alone(workspace, whole.id, name, B1=Answer(value)))
            for name, value in ((LI, "yes"), (ZHAO, "no"), ("孙立", "no" if number else "yes"))
        ]
        for name, sheet in sheets:
            teaming.lock(workspace.acting_as(name), sheet.id)
    found = rated_together(workspace)
    item = next(one for one in found.items if one.entry.key == "B1")
    assert (item.method, item.sites, item.same, item.beyond_chance.few) == (Method.FLEISS, 3, 0, True)
    assert len(found.pairs) == 3
    # by site: two of three agree; over all of them four yes and five no
    assert item.beyond_chance.value == (Fraction(1, 3) - Fraction(41, 81)) / (1 - Fraction(41, 81))


def test_nobody_is_named_unless_the_office_asks(ten):
    found = calibration(ten, "office", ZH)
    told = "\n".join(agreement_wording.told(found, "办公", ZH))
    assert LI not in told
    assert ZHAO not in told
    assert found.own == ""
    own = calibration(ten.acting_as(LI), "office", EN)
    assert own.own.endswith("(you)")
    assert own.own in own.together.pairs[0].people
    roles.grant(ten, OFFICE, Role.OFFICE)
    with pytest.raises(UserError) as refused:
        calibration(ten, "office", ZH, named=True)
    assert refused.value.code == "roles.not_yours"
    named = calibration(ten.acting_as(OFFICE), "office", ZH, named=True)
    assert set(named.together.pairs[0].people) == {LI, ZHAO}


def test_letters_do_not_follow_the_names():
    people = [f"评估员{number}" for number in range(30)]
    labels = labels_of(people, "评估员3", ZH)
    assert len(set(labels.values())) == 30
    assert [labels[who] for who in people] != sorted(labels.values())
    assert labels == labels_of(reversed(people), "评估员3", ZH)
    assert labels["评估员3"].endswith("（您）")


@pytest.mark.parametrize("wording", [ZH, EN], ids=["zh", "en"])
def test_everything_is_worded(ten, wording):
    lines = agreement_wording.told(calibration(ten, "office", wording), "x", wording)
    assert len(lines) > 4
    assert not [line for line in lines if "calibration." in line or "{" in line or "None" in line]


def test_the_command_line_names_nobody(ten, capsys):
    folder = str(ten.database.path.parent)
    assert main(["calibration", "--data", folder, "--json", "--as", "王敏"]) == 0
    [found] = json.loads(capsys.readouterr().out)["categories"]
    [both] = found["together"]["pairs"]
    assert (both["entries"], both["same"], both["weighted_kappa"]["count"]) == (40, 36, 30)
    assert LI not in json.dumps(found, ensure_ascii=False)


# --- what items cost


def lost_in_the_ledger(workspace, district: str = "") -> dict[str, Fraction]:
    with workspace.database.reading() as connection:
        lines = ledger_of_items.gather(Gathering(workspace, connection, ZH, Scope("office", district), silent))
        return {row[3]: row[15] for row in lines.rows if row[15]}


def test_the_costs_are_those_of_the_ledger(workspace):
    for number, part in enumerate((95, 85, 60, 85)):
        row = scored(workspace, add_site(workspace, f"单位{number}", "west" if number == 2 else "east"), A2=share(part))
        brought(workspace, row.id, Stage.FINISHED)
    [found] = item_costs(workspace, "office")
    assert found.sites == 4
    assert {one.statistics.entry.number: one.statistics.lost for one in found.items} == lost_in_the_ledger(workspace)
    assert [one.statistics.lost for one in found.items] == sorted(
        (one.statistics.lost for one in found.items), reverse=True
    )
    [west] = item_costs(workspace, "office", districts=["west"])
    assert {one.statistics.entry.number: one.statistics.lost for one in west.items} == lost_in_the_ledger(
        workspace, "west"
    )


def test_what_is_still_being_scored_costs_nothing_yet(workspace):
    scored(workspace, A2=share(60))
    assert item_costs(workspace, "office") == ()


def test_another_edition_is_compared_only_where_it_asks_the_same(workspace):
    row = scored(workspace, add_site(workspace, "甲单位"), A2=share(60), B1=Answer("no"))
    brought(workspace, row.id, Stage.FINISHED)
    later = small(edition="2027")
    entry(later, "A2")["text"] = {"zh": "另一种表述", "en": "Other words"}
    publish(workspace, later)
    row = scored(workspace, add_site(workspace, "乙单位"), A2=share(60), B1=Answer("no"))
    brought(workspace, row.id, Stage.FINISHED)
    new, old = item_costs(workspace, "office")
    by_key = {one.statistics.entry.key: one for one in new.items}
    assert (new.sites, old.sites) == (1, 1)
    assert by_key["A2"].before is None
    assert by_key["B1"].lost_share_before == 1


def test_proof_and_actions_are_counted_by_category_and_county(workspace):
    row = scored(workspace, add_site(workspace, "甲单位", "west"))
    due = workspace.today() + timedelta(days=3)
    finding_faults.record_finding(workspace, row.id, FindingDraft("A2", text="缺标识", due=due.isoformat()))
    done = finding_faults.record_finding(workspace, row.id, FindingDraft("A1", text="缺台账"))
    finding_faults.mark_done(workspace, done.id)
    [found] = work_status(workspace)
    assert (found.category, found.district, found.assessments) == ("office", "west", 1)
    assert (found.open, found.overdue, found.done, found.closed) == (1, 0, 1, 0)
    workspace.clock.forward(days=10)
    assert [one.overdue for one in work_status(workspace)] == [1]
    assert len(finding_faults.findings(workspace, overdue=True)) == 1


def test_the_statistics_are_told_on_the_command_line(workspace, capsys):
    row = scored(workspace, A2=share(60))
    brought(workspace, row.id, Stage.FINISHED)
    folder = str(workspace.database.path.parent)
    assert main(["statistics", "--data", folder, "--json", "--as", "王敏", "--category", "office"]) == 0
    data = json.loads(capsys.readouterr().out)
    [edition] = data["items"]["office"]
    assert [one["item"] for one in edition["items"]] == ["A2"]
    assert data["status"][0]["assessments"] == 1
    assert main(["statistics", "--data", folder, "--language", "en", "--as", "王敏"]) == 0
    assert "points lost at 1 sites" in capsys.readouterr().out
