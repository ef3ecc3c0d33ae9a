"""Slips of the keyboard are put right; words that exist are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import Spelling

SPELLING = Spelling(
    [
        "The territorial premium of Essaouira",
        "prime territoriale éligibilité",
        "aeropuerto almendras",
        "المنحة الترابية للاستثمار",
    ]
)


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("teritorial premium", "territorial premium"),
        ("l'élgibilité ?", "l'eligibilite ?"),
        ("Essauoira, please", "essaouira, please"),
        ("aerpouerto", "aeropuerto"),
        ("المنحة الترايبة", "المنحة الترابيه"),
    ],
)
def test_a_slip_becomes_the_word_that_lies_nearest(written: str, right: str) -> None:
    assert SPELLING.correct(written) == right


@pytest.mark.parametrize(
    "text", ["medina", "premium", "les gens", "Casa", "2026", "可享补贴", "xqzwvk", "essaouira", "territorialement"]
)
def test_words_that_exist_are_short_or_far_from_all_others_stay(text: str) -> None:
    assert SPELLING.correct(text) == text


def test_words_are_told_from_noise() -> None:
    assert SPELLING.is_readable("what is the weather like")
    assert SPELLING.is_readable("天气怎么样")
    assert not SPELLING.is_readable("gvhjk fjkdlq")


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(SPELLING.correct(text), str)
    assert isinstance(SPELLING.is_readable(text), bool)
