"""Dates as documents write them: 2026年7月3日, and under a signature 二〇二六年七月三日; July 3, 2026 in English."""

from __future__ import annotations

from datetime import date

from wufei_cells.wording import Wording

NUMERALS = "〇一二三四五六七八九"


def say_date(words: Wording, day: date) -> str:
    """Write a date for tables and sentences."""
    return _say(words, "document.date", day)


def say_date_formally(words: Wording, day: date) -> str:
    """Write a date as it stands under the name of the office."""
    return _say(words, "document.date_spelled", day)


def chinese_number(number: int) -> str:
    """Spell a number of a month or day: 十, 二十一."""
    tens, ones = divmod(number, 10)
    return (NUMERALS[tens] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[ones] if ones else "")


def _say(words: Wording, key: str, day: date) -> str:
    return words.say(
        key,
        year=day.year,
        month=day.month,
        day=day.day,
        month_name=words.say(f"document.month_{day.month}"),
        spelled_year="".join(NUMERALS[int(digit)] for digit in str(day.year)),
        spelled_month=chinese_number(day.month),
        spelled_day=chinese_number(day.day),
    )
