"""Months are read with their year, in five languages."""

from __future__ import annotations

import pytest

from corpus.months import find_months, read_months


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
