"""Numbers are found in figures and in words, with their scale."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.numerals import find_numbers, fold_text, scale_named
from corpus import Language


def values(text: str, language: str) -> list[Decimal]:
    return [number.value for number in find_numbers(fold_text(text), Language(language))]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "80 MDH et 120 emplois", [80_000_000, 120]),
        ("fr", "80 000 000 DH", [80_000_000]),
        ("fr", "1,2 milliard", [1_200_000_000]),
        ("fr", "quatre-vingt-dix-sept", [97]),
        ("fr", "deux cent cinquante mille", [250_000]),
        ("fr", "un million et demi", [1_500_000]),
        ("en", "one hundred and twenty jobs, half a million", [120, 500_000]),
        ("en", "1,250 jobs for 1.25 billion", [1_250, 1_250_000_000]),
        ("es", "1.200 millones", [1_200_000_000]),
        ("es", "2 mil millones y doscientos cincuenta", [2_000_000_000, 250]),
        (
            "zh",
            "一个亿，3个亿，两个亿五千万，两个百分点，五个多亿",
            [100_000_000, 300_000_000, 250_000_000, 2, 500_000_000],
        ),
        ("ar", "ميات مليون درهم، ولا خمسميات مليون", [100_000_000, 500_000_000]),
        ("zh", "1.2亿，8000万，六千万，1亿2000万，一百二十个", [120_000_000, 80_000_000, 60_000_000, 120_000_000, 120]),
        ("ar", "٦٠ مليون و٧٠ منصب", [60_000_000, 70]),
        ("ar", "ستين مليون وسبعين", [60_000_000, 70]),
        ("ar", "بمليار ومئتي مليون", [1_200_000_000]),
        ("ar", "70 mlyon, 10 dlmlayen", [70_000_000, 10_000_000]),
    ],
)
def test_numbers_are_read_in_figures_and_in_words(language: str, text: str, expected: list[int]) -> None:
    assert values(text, language) == expected


@pytest.mark.parametrize(
    "text",
    ["le 12/03/2026", "tel. +212 524 43 00 00", "0661 23 45 67", "décret 2-23-1", "loi 03-22", "plusieurs millions"],
)
def test_dates_telephones_references_and_vague_plurals_are_no_numbers(text: str) -> None:
    assert values(text, "fr") == []


@pytest.mark.parametrize(
    ("text", "expected"), [("80m2", 80), ("80 m de long", 80), ("80M", 80_000_000), ("€80m", 80_000_000)]
)
def test_an_m_is_a_million_only_in_upper_case_or_beside_a_currency(text: str, expected: int) -> None:
    assert values(text, "en")[0] == expected


def test_a_minus_before_a_number_makes_it_negative_and_a_range_does_not() -> None:
    assert values("perdre -50 MDH", "fr") == [-50_000_000]
    assert values("30-50 MDH", "fr") == [30, 50_000_000]


def test_a_scale_said_alone_is_known() -> None:
    assert scale_named(fold_text("en millions"), Language.FR) == 1_000_000
    assert scale_named(fold_text("oui"), Language.FR) is None


@given(st.integers(min_value=1, max_value=10**12), st.sampled_from([("fr", " "), ("en", ","), ("es", ".")]))
def test_grouped_figures_are_read_back(number: int, style: tuple[str, str]) -> None:
    language, mark = style
    assert values(f"{number:,}".replace(",", mark), language) == [number]


@given(st.text(max_size=80), st.sampled_from(list(Language)))
def test_any_text_is_read_without_failing(text: str, language: Language) -> None:
    folded = fold_text(text)
    for number in find_numbers(folded, language):
        assert 0 <= number.start < number.end <= len(folded.folded)
