"""The search as programs use it."""

from __future__ import annotations

import pytest

from bot.section_search import SectionSearch
from corpus import Language
from index import SearchIndex


@pytest.fixture
def search(index: SearchIndex) -> SectionSearch:
    return SectionSearch(lambda: index, index.glossary)


def test_the_best_section_comes_first_in_the_language_of_the_question(search: SectionSearch) -> None:
    found = search("Quel est le plafond des primes ?", None, 2)
    assert len(found) == 2
    assert found[0].id == "premium-cap#cap@fr"


def test_the_language_may_be_chosen(search: SectionSearch) -> None:
    assert search("Quel est le plafond des primes ?", Language.ES, 1)[0].language is Language.ES


@pytest.mark.parametrize("nothing", ["", "  ", "\u202e\x00"])
def test_nothing_is_found_for_nothing(search: SectionSearch, nothing: str) -> None:
    assert search(nothing, None, 5) == ()


def test_a_text_of_any_length_is_searched(search: SectionSearch) -> None:
    assert search("plafond des primes " * 10_000, None, 1)
