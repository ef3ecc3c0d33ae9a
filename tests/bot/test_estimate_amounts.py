"""Amounts and counts as each language writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.estimate_amounts import Amounts, begun_small, stated_figures
from corpus import Language
from corpus.figures import read_figures


def written(value: str | int, language: Language) -> str:
    return Amounts(language).money(Decimal(value)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "value", "text"),
    [
        (Language.EN, 80_000_000, "80 million dirhams"),
        (Language.EN, 1_250_000, "1.25 million dirhams"),
        (Language.EN, 12_345_678, "12,345,678 dirhams"),
        (Language.EN, "61728.35", "61,728 dirhams"),
        (Language.EN, 3_000_000_000, "3 billion dirhams"),
        (Language.FR, 80_000_000, "80 millions de dirhams"),
        (Language.FR, 1_800_000, "1,8 million de dirhams"),
        (Language.FR, 12_345_678, "12 345 678 dirhams"),
        (Language.FR, 2_000_000_000, "2 milliards de dirhams"),
        (Language.ES, 1_000_000, "1 millón de dirhams"),
        (Language.ES, 2_000_000_000, "2 mil millones de dirhams"),
        (Language.ZH, 80_000_000, "8000万迪拉姆"),
        (Language.ZH, 120_000_000, "1.2亿迪拉姆"),
        (Language.ZH, 105_300_000, "1.053亿迪拉姆"),
        (Language.ZH, 105_341_000, "10,534.1万迪拉姆"),
        (Language.ZH, 118_400_000, "1.184亿迪拉姆"),
        (Language.ZH, 5_000, "5000迪拉姆"),
        (Language.AR, 80_000_000, "80 مليون درهم"),
        (Language.AR, 6_000_000, "6 ملايين درهم"),
        (Language.AR, 2_400_000, "2,4 مليون درهم"),
        (Language.AR, 2_000_000_000, "2 مليار درهم"),
    ],
)
def test_money(language: Language, value: str | int, text: str) -> None:
    assert written(value, language) == text


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        (Language.EN, 1, "1 stable job"),
        (Language.EN, 0, "0 stable jobs"),
        (Language.FR, 0, "0 emploi stable"),
        (Language.FR, 2, "2 emplois stables"),
        (Language.AR, 2, "2 من مناصب الشغل القارة"),
        (Language.AR, 5, "5 مناصب شغل قارة"),
        (Language.AR, 120, "120 منصب شغل قار"),
        (Language.ZH, 1500, "1500个稳定就业岗位"),
        (Language.ES, 1_500, "1 500 empleos estables"),
    ],
)
def test_counts_follow_the_plural_of_the_language(language: Language, count: int, text: str) -> None:
    assert Amounts(language).counted("jobs", count).replace("\u00a0", " ") == text


def test_a_range_names_the_unit_once() -> None:
    amounts = Amounts(Language.EN)
    assert amounts.money_range((Decimal(500_000), Decimal(1_500_000))) == "500,000 to 1.5\u00a0million dirhams"
    assert amounts.money_range((Decimal(0), Decimal(1_500_000))) == "up to 1.5\u00a0million dirhams"
    assert amounts.money_range((Decimal(7), Decimal(7))) == "7\u00a0dirhams"
    assert amounts.rate_range((Decimal("0.1"), Decimal("0.3"))) == "10% to 30%"
    assert amounts.rate_range((Decimal(0), Decimal("0.3"))) == "up to 30%"


@given(st.decimals(0, 10**13, places=4), st.sampled_from(sorted(Language)))
def test_what_is_written_is_read_back(value: Decimal, language: Language) -> None:
    amounts = Amounts(language)
    assert read_figures(amounts.money(value), language).keys() <= stated_figures(value)
    assert read_figures(amounts.percent(value / 10**13), language).keys() <= stated_figures(value / 10**13)


@pytest.mark.parametrize(
    ("text", "small"),
    [("A rate", "a rate"), ("Une province", "une province"), ("A类", "A类"), ("TPME", "TPME"), ("", "")],
)
def test_a_letter_that_is_a_name_stays_large(text: str, small: str) -> None:
    assert begun_small(text) == small
