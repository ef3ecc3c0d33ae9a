"""Months are read with their year, in five languages."""

from __future__ import annotations

import pytest

from corpus import Language
from corpus.months import find_months, month_after, read_months, write_month


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("What was approved in December 2024?", {"2024-12"}),
        ("la session du 18 décembre 2024", {"2024-12"}),
        ("las reuniones de junio y de octubre de 2025", {"2025-06", "2025-10"}),
        ("2024年6月那届,2024年12月那届", {"2024-06", "2024-12"}),
        ("2025年6月和10月", {"2025-06", "2025-10"}),
        ("دورة يناير 2025 ودورة غشت 2024", {"2025-01", "2024-08"}),
        ("on May 12, 2023 and in May 2024", {"2023-05", "2024-05"}),
        ("May I ask what changed in 2024?", set()),
        ("in March", set()),
        ("the marching band of 2024", set()),
        ("13月", set()),
        ("", set()),
    ],
)
def test_months_are_read_with_their_year(text: str, months: set[str]) -> None:
    assert read_months(text) == months


def test_a_month_is_found_where_it_stands() -> None:
    text = "the October 2025 sitting"
    (found,) = find_months(text)
    assert (found.month, text[found.start : found.end]) == ("2025-10", "October 2025")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("the meeting of 26 June 2025, please", "26 June 2025"),
        ("la session du 1er octobre 2025", "1er octobre 2025"),
        ("la sesión del 10 de diciembre de 2024", "10 de diciembre de 2024"),
        ("on June 26, 2025", "June 26, 2025"),
        ("2024年12月10日那次", "2024年12月10日"),
        ("دورة 26 يونيو 2025", "26 يونيو 2025"),
        ("12 projects, 45 in October 2025", "October 2025"),
    ],
)
def test_a_month_reaches_over_its_day(text: str, written: str) -> None:
    (found,) = find_months(text)
    assert text[found.start : found.end] == written


@pytest.mark.parametrize(
    ("month", "many", "after"),
    [("2024-12", 1, "2025-01"), ("2025-01", -1, "2024-12"), ("2025-03", 4, "2025-07"), ("2025-03", -15, "2023-12")],
)
def test_months_are_counted_over_the_years(month: str, many: int, after: str) -> None:
    assert month_after(month, many) == after


@pytest.mark.parametrize("language", Language)
def test_a_month_is_written_so_that_it_is_read_again(language: Language) -> None:
    months = [f"2025-{number:02}" for number in range(1, 13)]
    assert [read_months(write_month(month, language)) for month in months] == [{month} for month in months]
