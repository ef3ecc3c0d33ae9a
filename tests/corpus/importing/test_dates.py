"""The days that a text names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.importing.dates import find_days


@pytest.mark.parametrize(
    "text",
    [
        "Marrakech, le 15 novembre 2023",
        "le 15 nov. 2023",
        "November 15, 2023",
        "15th of November 2023",
        "15 de noviembre de 2023",
        "15 noviembre del 2023",
        "يوم الأربعاء 15 نونبر 2023 بالمقر",
        "١٥ نونبر ٢٠٢٣",
        "15 نوفمبر 2023",
        "15 تشرين الثاني 2023",
        "15 من نونبر سنة 2023",
        "2023年11月15日",
        "15/11/2023",
        "15.11.2023",
        "15-11-2023",
        "2023-11-15",
        "2023/11/15",
        "٢٠٢٣/١١/١٥",
        "MERCREDI 15 NOVEMBRE 2023",
        "1 جمادى الأولى 1445 الموافق 15 نونبر 2023",
    ],
)  # fmt: skip
def test_one_day_is_found_however_it_is_written(text: str) -> None:
    assert [found.day for found in find_days(text)] == [date(2023, 11, 15)]


MONTHS = {
    "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر": "the Maghreb",
    "يناير فبراير مارس إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر": "Egypt",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre": "French",
    "January February March April May June July August September October November December": "English",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre": "Spanish",
}


@pytest.mark.parametrize("names", MONTHS, ids=MONTHS.values())
def test_every_month_is_known_by_all_its_names(names: str) -> None:
    for number, name in enumerate(names.split(), 1):
        assert [found.day for found in find_days(f"… 3 {name} 2024 …")] == [date(2024, number, 3)]


def test_the_first_of_a_month_is_known_too() -> None:
    assert find_days("Fait le 1er mars 2024.")[0].day == date(2024, 3, 1)


@pytest.mark.parametrize(
    "text", ["", "30 février 2024", "loi 47-18", "05 24 00 00 00", "2-23-1", "15 novembre", "31/13/2024", "10 mai 1320"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert find_days(text) == []


def test_the_day_of_a_law_is_told_from_the_day_of_the_text() -> None:
    days = find_days("Le 3 mars 2025, la loi-cadre n° 03-22 du 9 décembre 2022 a été expliquée. Le 4 mars 2025 aussi.")
    assert [(found.day.day, found.of_law) for found in days] == [(3, False), (9, True), (4, False)]
    assert find_days("المرسوم رقم 2-23-1 الصادر في 16 فبراير 2023")[0].of_law


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_of_two_centuries_is_read(day: date) -> None:
    for text in (day.isoformat(), f"{day.day}/{day.month}/{day.year}", f"{day.year}年{day.month}月{day.day}日"):
        assert [found.day for found in find_days(text)] == [day]
