"""What a sentence takes back is left out, and a bare figure behind it is of the same kind."""

from decimal import Decimal

import pytest

from bot.amounts import find_money
from bot.corrections import take_back
from bot.job_counts import find_jobs
from bot.numerals import find_numbers, fold_text
from bot.wording import takes_back
from corpus import Language


def figures(text: str, language: str) -> tuple[list[Decimal], list[Decimal]]:
    folded = fold_text(text)
    numbers = find_numbers(folded, Language(language))
    jobs = find_jobs(folded, numbers)
    money = find_money(folded, numbers, [(one.start, one.end) for one in jobs])
    jobs, money = take_back(folded, numbers, jobs, money)
    return [one.value for one in jobs], [one.value for one in money]


@pytest.mark.parametrize(
    ("language", "text", "jobs", "money"),
    [
        ("es", "145 empleos, no, mejor 160", [160], []),
        ("zh", "岗位200个，不对，是250个", [250], []),
        ("fr", "60 MDH, pardon, 70 MDH et 80 emplois", [80], [70_000_000]),
        ("en", "40 million, no wait, 45, and 30 jobs", [30], [45_000_000]),
        ("ar", "60 مليون درهم، عفوا، 70 مليون درهم", [], [70_000_000]),
    ],
)
def test_the_figure_that_stands_replaces_the_one_taken_back(
    language: str, text: str, jobs: list[int], money: list[int]
) -> None:
    assert figures(text, language) == (jobs, money)


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "120 emplois, enfin 150 emplois"), ("es", "200 empleos y 90 empleos fijos")]
)
def test_two_figures_without_such_words_both_stand(language: str, text: str) -> None:
    assert len(figures(text, language)[0]) == 2


@pytest.mark.parametrize(("between", "expected"), [(", non, à ", True), (" ou à ", False), ("。", False)])
def test_only_words_of_correction_take_back(between: str, expected: bool) -> None:
    assert takes_back(between) is expected
