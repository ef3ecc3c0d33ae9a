"""Arabic words in Latin letters and digits are read; words of other languages are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold
from index.arabizi import SELDOM, Arabizi

WORDS = "المدير الحالي الفلاحة الكراء البحر مدينة واحد المشروع ضيعة يقبل الاستثمار منحة القانون السقي"
ARABIZI = Arabizi([WORDS] * SELDOM + ["نادر"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lmoudir", "المدير"),
        ("lmodir", "المدير"),
        ("l7ali", "الحالي"),
        ("lfla7a", "الفلاحه"),
        ("lkra", "الكراء"),
        ("lb7er", "البحر"),
        ("mdinat", "مدينه"),
        ("wa7d", "واحد"),
        ("machrou3", "المشروع"),
        ("dou3a", "ضيعه"),
        ("kay9bel", "يقبل"),
        ("istitmar", "الاستثمار"),
        ("l9anoun", "القانون"),
        ("s9i", "السقي"),
    ],
)
def test_a_word_is_found_by_how_it_sounds(typed: str, meant: str) -> None:
    assert ARABIZI.word(typed) == fold(meant)


@pytest.mark.parametrize(
    "typed", ["montant", "investissement", "CRI", "2026", "nader", "wilt", "f", "zzz", "prime", "l'état"]
)
def test_words_of_other_languages_seldom_and_unknown_ones_stay(typed: str) -> None:
    assert ARABIZI.word(typed) is None


def test_a_text_keeps_all_else() -> None:
    assert ARABIZI.read("من lmoudir l7ali, le CRI ?") == "من المدير الحالي, le CRI ?"


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(ARABIZI.read(text), str)
