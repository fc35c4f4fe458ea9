"""How far it is and what is expected, in sentences: for the head of the board, its charts and reports."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from wufei_cells.board.forecast import Forecast, TooLittle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wufei_cells.board.back_testing import BackTest
    from wufei_cells.board.forecast import ForecastPoint
    from wufei_cells.board.standing import Board
    from wufei_cells.services.board_words import BoardWords

IN_BATCHES = 2.0
"""Certificates on one day from which on batches are worth a word."""


def standing_sentence(board: Board, outlook: Forecast | TooLittle | None, words: BoardWords) -> str:
    """Say in one sentence how many there are, how many there will be, and what it takes."""
    today = words.today in (None, board.on)
    standing = words.say("sentence.now" if today else "sentence.then", valid=board.valid.count, on=board.on)
    if isinstance(outlook, Forecast) and outlook.at_goal is not None:
        return _expecting(board, outlook, outlook.at_goal, standing, words)
    return _plain(board, standing, words)


def too_little_sentence(outlook: TooLittle, words: BoardWords) -> str:
    """Say what a forecast would take."""
    return words.say(
        "too_little",
        needs_decided=outlook.needs_decided,
        needs_certified=outlook.needs_certified,
        needs_months=outlook.needs_months,
        decided=outlook.decided,
        certified=outlook.certified,
        months=outlook.months,
    )


def basis_sentences(outlook: Forecast, words: BoardWords) -> tuple[str, ...]:
    """Say what a forecast rests on."""
    return tuple(_basis(outlook, words))


def back_test_sentence(found: BackTest, words: BoardWords) -> str:
    """Say how good the forecast would have been."""
    whole = found.together
    if not whole.count:
        return words.say("basis.untried")
    parts = [
        words.say("basis.tried_part", months=one.months_ahead, count=one.count, inside=one.inside)
        for one in found.by_months.values()
        if one.count
    ]
    return words.say("basis.tried", count=whole.count, inside=whole.inside, parts=words.sentences(parts))


def _plain(board: Board, standing: str, words: BoardWords) -> str:
    if board.goal is None:
        return words.say("sentence.no_goal", standing=standing)
    values = {"standing": standing, "goal": board.goal, "by": words.until(board.by)}
    over = board.by < board.on
    left = max(board.goal - (board.at_goal_day.count if over else board.valid.count), 0)
    if not left:
        return words.say("sentence.goal_reached", **values)
    if over or board.needed is None:
        return words.say("sentence.goal_missed", left=left, **values)
    return words.say("sentence.goal_open", left=left, need=ceil(board.needed.new_per_month), **values)


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
    return words.say(key, said=said, goal=board.goal, need=need)


def _basis(outlook: Forecast, words: BoardWords) -> Iterator[str]:
    basis, say = outlook.basis, words.say
    yield say("basis.passed", since=basis.since, decided=basis.decided, certified=basis.certified)
    yield say("basis.under_way", under_way=basis.under_way)
    yield say(
        "basis.arrivals",
        months=_one_place(basis.begun_months),
        begun=basis.begun,
        per_month=_one_place(basis.begun_per_month),
        waiting=basis.waiting,
    )
    yield _renewals(outlook, words)
    if basis.taken_back:
        yield say("basis.taken_back", issued=basis.issued, taken_back=basis.taken_back)
    if basis.batch >= IN_BATCHES:
        yield say("basis.batches", batch=round(basis.batch))
    if basis.whole_city:
        yield say("basis.whole_city")
    yield say("basis.range")


def _renewals(outlook: Forecast, words: BoardWords) -> str:
    basis, most = outlook.basis, outlook.at_goal_all_renewed
    if basis.renewals_known:
        return words.say("basis.renewals", ended=basis.ended, renewed=basis.renewed)
    if most is None:
        return words.say("basis.renewals_unknown_short", ended=basis.ended)
    return words.say("basis.renewals_unknown", ended=basis.ended, by=words.until(most.on), low=most.low, high=most.high)


def _one_place(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
