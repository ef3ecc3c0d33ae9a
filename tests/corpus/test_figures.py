"""Figures in five languages made comparable."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Language
from corpus.figures import locate_figures, read_figures

AR, FR, EN, ZH, ES = Language.AR, Language.FR, Language.EN, Language.ZH, Language.ES


def arabic(written: str) -> str:
    return written.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


NARROW_SPACE = "\u202f"


def only(text: str, language: Language) -> str:
    (figure,) = read_figures(text, language)
    return figure


@given(st.integers(min_value=1000, max_value=10**12))
def test_a_whole_number_is_the_same_in_every_notation(number: int) -> None:
    english = f"{number:,}"
    notations = {
        only(f"about {english} dirhams", EN),
        only(f"environ {english.replace(',', NARROW_SPACE)} dirhams", FR),
        only(f"unos {english.replace(',', '.')} dírhams", ES),
        only(f"حوالي {arabic(english.replace(',', '.'))} درهم", AR),
        only(f"حوالي {arabic(english.replace(',', '٬'))} درهم", AR),
        only(f"约{number}迪拉姆", ZH),
    }
    assert notations == {str(number)}


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=1, max_value=99))
def test_a_number_with_a_fraction_and_a_magnitude_is_the_same_in_every_language(whole: int, hundredths: int) -> None:
    english = f"{whole}.{hundredths:02}"
    comma = english.replace(".", ",")
    expected = f"{Decimal(english) * 1_000_000:.0f}"
    assert only(f"{english} million dirhams", EN) == expected
    assert only(f"{comma} millions de dirhams", FR) == expected
    assert only(f"{comma} millones de dírhams", ES) == expected
    assert only(f"{arabic(english.replace('.', '٫'))} مليون درهم", AR) == expected
    assert only(f"{Decimal(english) * 100:f}万迪拉姆", ZH) == expected


@pytest.mark.parametrize(
    ("text", "language", "figure"),
    [
        ("50 MDH", FR, "50000000"),
        ("5000万", ZH, "50000000"),
        ("50 مليون", AR, "50000000"),
        ("2 mil millones", ES, "2000000000"),
        ("2 milliards", FR, "2000000000"),
        ("2 مليار", AR, "2000000000"),
        ("20亿", ZH, "2000000000"),
        ("3 mille", FR, "3000"),
        ("0.50 hectares", EN, "0.5"),
        ("0,50 hectare", FR, "0.5"),
        ("30 %", FR, "30%"),
        ("30 percent", EN, "30%"),
        ("30 por ciento", ES, "30%"),
        ("30 في المائة", AR, "30%"),
        ("百分之30", ZH, "30%"),
        ("1.50%", EN, "1.5%"),
        ("1,234,567", EN, "1234567"),
        ("1.234,5", FR, "1234.5"),
        ("1,234.5", EN, "1234.5"),
        ("1.500", EN, "1.5"),
        ("framework law 03-22", EN, "03-22"),
        ("القانون الإطار 03.22", AR, "03-22"),
        ("décret n° 2-23-1", FR, "2-23-1"),
        ("law 47-18", EN, "47-18"),
        ("第47-18号法律", ZH, "47-18"),
    ],
)
def test_a_figure_is_read_in_canonical_form(text: str, language: Language, figure: str) -> None:
    assert only(text, language) == figure


def test_figures_are_counted() -> None:
    assert read_figures("5%, 7% or 5% of 3 jobs", EN) == {"5%": 2, "7%": 1, "3": 1}


def test_a_chinese_month_is_left_out_because_other_languages_write_it_as_a_word() -> None:
    assert read_figures("2023年11月15日", ZH) == read_figures("15 November 2023", EN)


def test_a_text_without_digits_has_no_figures() -> None:
    assert not read_figures("three premiums", EN)


@given(st.text(), st.sampled_from(Language))
def test_any_text_can_be_read(text: str, language: Language) -> None:
    assert all(count > 0 for count in read_figures(text, language).values())


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        (FR, "La loi 03-22 : 50 MDH, puis 30 %.", ["03-22", "50 MDH", "30 %"]),
        (ZH, "2025年10月占百分之30，金额5000万", ["2025", "之30", "5000万"]),
        (AR, "نسبة ٣٠٪ و١٫٥ مليون", ["٣٠٪", "١٫٥ مليون"]),
    ],
)
def test_figures_are_located_where_they_are_written(language: Language, text: str, written: list[str]) -> None:
    located = locate_figures(text, language)
    assert [text[one.start : one.end].strip() for one in located] == written
    assert Counter(one.figure for one in located) == read_figures(text, language)
