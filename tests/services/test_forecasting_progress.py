"""The forecast of a register: from its own cases and certificates, for the goal that the board shows."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from benchmarks.board_register import board_register
from tests.samples.registers import OFFICE, HandClock, add_site, brought, open_register, scored
from wufei_cells import shipped
from wufei_cells.board.forecast import Forecast, TooLittle
from wufei_cells.board.forecasting import forecast as pure_forecast
from wufei_cells.board.standing import Within
from wufei_cells.command_line.main import main
from wufei_cells.domain.lifecycle import Stage
from wufei_cells.domain.supervision import Event, EventKind
from wufei_cells.errors import UserError
from wufei_cells.services import board_reading, browsing, forecast_wording, supervising
from wufei_cells.services import forecasting_progress as forecasting
from wufei_cells.store import paper_queries
from wufei_cells.wording import Wording


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    workspace = board_register(tmp_path_factory.mktemp("many"), 300)
    yield workspace
    workspace.close()


@pytest.fixture
def workspace(tmp_path):
    opened = open_register(tmp_path, HandClock())
    yield opened
    opened.close()


def test_it_is_made_for_the_goal_that_the_board_shows_and_from_its_cells(many):
    shown, found = board_reading.board(many), forecasting.forecast(many)
    assert isinstance(found, Forecast)
    assert (found.on, found.now, found.goal_count, found.goal_by) == (
        shown.on,
        shown.valid.count,
        shown.goal,
        shown.by,
    )
    assert found.at_goal.kept == sum(case.holds_on(shown.by) for case in board_reading.cases(many))


def test_looking_back_it_counts_as_the_board_of_that_day(many):
    day = many.today() - timedelta(days=200)
    assert forecasting.forecast(many, day).now == board_reading.board(many, day).valid.count


@pytest.mark.parametrize("ask", [forecasting.forecast, forecasting.back_test, board_reading.day_that_has_come])
def test_no_figure_is_told_of_a_day_that_has_not_come(many, ask):
    with pytest.raises(UserError) as caught:
        ask(many, many.today() + timedelta(days=1))
    assert caught.value.code == "time_machine.future"
    ask(many, many.today())


def test_what_is_needed_per_month_is_over_months_as_the_board_counts_them(many):
    day, goal = many.today(), 10_000
    by = day + timedelta(days=400)
    shown = board_reading.board(many)
    kept = sum(case.holds_on(by) for case in board_reading.cases(many))
    found = pure_forecast(board_reading.cases(many), day, goal, by, by)
    assert not found.basis.renewed
    assert found.needed_per_month == pytest.approx((goal - kept) / (400 * 12 / 365))
    assert shown.needed is not None
    assert float(shown.needed.months) == pytest.approx((shown.by - day).days * 12 / 365)


def test_a_part_adds_up_to_no_more_than_the_whole(many):
    whole = forecasting.forecast(many)
    parts = [
        forecasting.forecast(many, within=Within(categories=frozenset({category})))
        for category in board_reading.board(many).categories
    ]
    assert sum(part.now for part in parts) == whole.now
    assert sum(part.basis.under_way for part in parts) == whole.basis.under_way


def test_the_past_is_tried_month_by_month(many):
    tried = forecasting.back_test(many).tried
    assert {one.came for one in tried if one.on == date(2026, 10, 31)} == {
        board_reading.board(many, date(2026, 10, 31)).valid.count
    }


def test_a_young_register_says_what_it_lacks(workspace):
    row = scored(workspace, add_site(workspace))
    brought(workspace, row.id, Stage.CERTIFIED)
    found = forecasting.forecast(workspace)
    assert isinstance(found, TooLittle)
    assert (found.now, found.certified) == (1, 1)
    for language in ("zh", "en"):
        lines = forecast_wording.told(found, Wording(shipped.wording_catalogue(), language))
        assert "8" in lines[1]


def test_a_certificate_is_read_as_it_was_issued(workspace):
    row = scored(workspace, add_site(workspace))
    brought(workspace, row.id, Stage.CERTIFIED)
    workspace.clock.forward(days=100)
    [case] = board_reading.cases(workspace)
    with workspace.database.reading() as connection:
        [paper] = paper_queries.papers(connection)[case.site]
    assert (paper.printed, paper.taken_back_on) == (case.held[0], None)
    [certificate] = browsing.list_certificates(workspace)
    event = Event(EventKind.WITHDRAW, workspace.today(), reason="停办")
    supervising.record_event(workspace.acting_as(OFFICE), certificate.id, event)
    with workspace.database.reading() as connection:
        [later] = paper_queries.papers(connection)[case.site]
    assert (later.printed, later.taken_back_on) == (paper.printed, workspace.today())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_of_it_is_worded(many, language):
    wording = Wording(shipped.wording_catalogue(), language)
    lines = forecast_wording.told(forecasting.forecast(many), wording)
    lines += forecast_wording.back_test_told(forecasting.back_test(many), wording)
    assert not [line for line in lines if "forecast." in line or "{" in line or "None" in line]


def test_the_command_line_tells_the_same(many, capsys):
    folder = str(many.database.path.parent)
    assert main(["forecast", "--data", folder, "--on", "2026-11-20", "--backtest", "--json", "--as", "bench"]) == 0
    data = json.loads(capsys.readouterr().out)
    found = forecasting.forecast(many, date(2026, 11, 20))
    assert data["now"] == found.now
    assert data["at_goal"]["likely"] == found.at_goal.likely
    assert data["basis"]["decided"] == found.basis.decided
    assert {one["months_ahead"] for one in data["back_test"]["months_ahead"]} == {1, 3, 6}
    assert main(["forecast", "--data", folder, "--on", "2026-11-20", "--language", "zh", "--as", "bench"]) == 0
    assert capsys.readouterr().out.startswith(f"2026-11-20：有效 {found.now} 家")
