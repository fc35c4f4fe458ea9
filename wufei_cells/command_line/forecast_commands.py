"""The command that forecasts valid cells, and tells how and how well."""

from __future__ import annotations

import argparse

from wufei_cells.command_line.assessment_data import day
from wufei_cells.command_line.forecast_data import back_test_json, forecast_json
from wufei_cells.command_line.part_options import add_part, part_wanted
from wufei_cells.command_line.session import Session, Subparsers
from wufei_cells.services import forecast_wording, forecasting_progress


def add_commands(commands: Subparsers, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = commands.add_parser("forecast", parents=[common], help="预测有效家数 / forecast of valid cells")
    parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="站在哪一天预测 / as of which day")
    parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="看到哪一天 / how far to look")
    add_part(parser)
    parser.add_argument("--backtest", action="store_true", help="拿过去检验 / try it on the past")
    parser.set_defaults(run=forecast)


def forecast(session: Session, args: argparse.Namespace) -> int:
    """Forecast the month ends to come."""
    within = part_wanted(session, args)
    found = forecasting_progress.forecast(session.workspace, args.on, within=within, until=args.until)
    data, lines = forecast_json(found), forecast_wording.told(found, session.wording)
    if args.backtest:
        tried = forecasting_progress.back_test(session.workspace, args.on, within=within)
        data["back_test"] = back_test_json(tried)
        lines += forecast_wording.back_test_told(tried, session.wording)
    return session.show(data, lines)
