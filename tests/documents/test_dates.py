"""Dates read as an office writes them."""

from __future__ import annotations

from datetime import date

import pytest

from wufei_cells import shipped
from wufei_cells.documents.dates import chinese_number, say_date, say_date_formally
from wufei_cells.wording import Wording

CATALOGUE = shipped.wording_catalogue()
CHINESE, ENGLISH = Wording(CATALOGUE, "zh"), Wording(CATALOGUE, "en")


@pytest.mark.parametrize(
    ("day", "plain", "formal", "english"),
    [
        (date(2026, 7, 3), "2026年7月3日", "二〇二六年七月三日", "July 3, 2026"),
        (date(2026, 10, 10), "2026年10月10日", "二〇二六年十月十日", "October 10, 2026"),
        (date(2027, 12, 31), "2027年12月31日", "二〇二七年十二月三十一日", "December 31, 2027"),
        (date(2030, 2, 20), "2030年2月20日", "二〇三〇年二月二十日", "February 20, 2030"),
    ],
)
def test_a_date_in_a_table_and_under_a_signature(day: date, plain: str, formal: str, english: str):
    assert say_date(CHINESE, day) == plain
    assert say_date_formally(CHINESE, day) == formal
    assert say_date(ENGLISH, day) == say_date_formally(ENGLISH, day) == english


def test_every_month_has_a_name_of_its_own():
    names = {say_date(ENGLISH, date(2026, month, 1)) for month in range(1, 13)}
    assert len(names) == 12
    assert not any("document." in name for name in names)


@pytest.mark.parametrize(
    ("number", "spelled"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (31, "三十一")]
)
def test_numbers_are_spelled(number: int, spelled: str):
    assert chinese_number(number) == spelled
