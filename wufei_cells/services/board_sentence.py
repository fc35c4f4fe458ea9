"""The one sentence of the board: how far it is, what is expected, and what it takes."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from wufei_cells.board.forecast import Forecast
from wufei_cells.services.forecast_wording import counting_renewals

if TYPE_CHECKING:
    from wufei_cells.board.forecast import ForecastPoint, TooLittle
    from wufei_cells.board.standing import Board
    from wufei_cells.services.board_words import BoardWords


def standing_sentence(board: Board, outlook: Forecast | TooLittle | None, words: BoardWords) -> str:
    """Say in one sentence how many there are, how many there will be, and what it takes."""
    today = words.today in (None, board.on)
    standing = words.say("sentence.now" if today else "sentence.then", valid=board.valid.count, on=board.on)
    if isinstance(outlook, Forecast) and outlook.at_goal is not None:
        return _expecting(board, outlook, outlook.at_goal, standing, words)
    return _plain(board, standing, words)


def _plain(board: Board, standing: str, words: BoardWords) -> str:
    if board.goal is None:
        return words.say("sentence.no_goal", standing=standing)
    values = {"standing": standing, "goal": board.goal, "by": words.until(board.by)}
    over = board.by < board.on
    then = board.at_goal_day.count if over else board.valid.count
    left = max(board.goal - then, 0)
    if not left:
        return words.say("sentence.goal_reached", **values)
    if over or board.needed is None:
        return words.say("sentence.goal_missed", then=then, left=left, **values)
    renewals = board.needed.renewals.count
    key = "sentence.goal_open_renewing" if renewals else "sentence.goal_open"
    values |= {"renewals": renewals}
    return words.say(key, left=left, need=ceil(board.needed.new_per_month), **values)


def _expecting(board: Board, outlook: Forecast, there: ForecastPoint, standing: str, words: BoardWords) -> str:
    key = "sentence.expected" if words.today in (None, board.on) else "sentence.expected_then"
    count = f"{there.low}–{there.high}" if there.low != there.high else there.low
    said = words.say(key, standing=standing, by=words.until(there.on), count=count)
    if board.goal is None or outlook.needed_per_month is None:
        return words.say("sentence.stop", said=said)
    need = ceil(outlook.needed_per_month - 1e-9)
    if need <= 0:
        return words.say("sentence.no_need", said=said, goal=board.goal)
    key = "sentence.on_course" if there.low >= board.goal else "sentence.need"
    return words.say(f"{key}{counting_renewals(outlook)}", said=said, goal=board.goal, need=need)
