"""Jobs are counted, and what is only like them is not."""

from decimal import Decimal

import pytest

from bot.job_counts import find_jobs
from bot.numerals import find_numbers, fold_text
from corpus import Language


def jobs(text: str, language: str = "fr") -> list[Decimal]:
    folded = fold_text(text)
    return [one.value for one in find_jobs(folded, find_numbers(folded, Language(language)))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "120 nouveaux emplois", [120]),
        ("en", "we will hire 60.", [60]),
        ("es", "contratar a 150 personas", [150]),
        ("zh", "岗位60个。", [60]),
        ("zh", "招80人", [80]),
        ("ar", "nkhdmo 60", [60]),
        ("ar", "و120 منصب شغل", [120]),
        ("fr", "120 chambres", []),
        ("fr", "120 emplois dont 30 postes de cadres", [120]),
        ("fr", "120 emplois directs et 300 emplois indirects", [120]),
        ("en", "200 jobs, not 120 jobs", [200]),
        ("en", "a family of eight people", []),
    ],
)
def test_jobs_are_counted_and_parts_of_them_are_not(language: str, text: str, expected: list[int]) -> None:
    assert jobs(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "4,000 employees worldwide and 90 new jobs", [90]),
        ("en", "$3.5 million and 45 people", [45]),
        ("en", "$3.5 million and a capacity of 45 people", []),
        ("zh", "应该是150人", [150]),
        ("en", "thirty to forty jobs", [30, 40]),
    ],
)
def test_people_are_jobs_where_they_are_to_work(language: str, text: str, expected: list[int]) -> None:
    assert sorted(jobs(text, language)) == expected
