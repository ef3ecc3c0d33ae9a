"""How far a section holds the words of a question, and the other way round."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np
import pytest

from corpus import Language, Passage
from index.lexical import tokenise
from index.word_likeness import SectionWords, WordLikeness
from index.word_space import WordSpace
from tests.index.doubles import passage

WORDS = ["premiu", "plafon", "ceilin", "safi", "olive", "oil"]
SPACE = WordSpace(
    {word: row for row, word in enumerate(WORDS)},
    np.array([[1, 0, 0], [0, 1, 0], [0, 0.8, 0.6], [0, 0, 1], [0.6, 0.8, 0], [0.6, 0, 0.8], [0, 0, 0]], np.float32),
)


def section(*versions: Passage) -> SectionWords:
    return SectionWords(versions, SPACE)


def version(text: str, heading: str = "", asked: tuple[str, ...] = (), language: Language = Language.EN) -> Passage:
    return replace(passage("a#b", language, heading=heading, text=text), title="", asked=asked)


def likeness(words: SectionWords, question: str) -> WordLikeness:
    return words.likeness(SPACE.of(tokenise(question)))


def test_a_question_of_the_words_of_the_section_is_wholly_held() -> None:
    alike = likeness(section(version("The premium", "Premium", ("premium?",))), "premium")
    assert astuple(alike) == pytest.approx((1, 1, 1, 1))


def test_a_word_counts_as_much_as_the_nearest_word_is_like_it() -> None:
    alike = likeness(section(version("The ceiling of olives")), "plafond in Safi")
    assert alike.words == pytest.approx((0.8 + 0.6) / 2)  # plafond is like ceiling, Safi a little too


def test_the_versions_are_taken_together_and_one_by_one() -> None:
    both = section(version("premium"), version("plafond", language=Language.FR))
    alike = likeness(both, "premium plafond")
    assert (alike.words, alike.mean_words) == pytest.approx((1, 0.5))


def test_an_example_counts_by_the_words_that_the_question_holds() -> None:
    words = section(version("Oil", asked=("Is there a ceiling of the premium?", "olive oil in Safi")))
    assert likeness(words, "premium").example == pytest.approx((1 + 0) / 2)
    assert likeness(words, "premium ceiling").example == pytest.approx(1)


def test_a_section_that_nobody_asks_for_goes_by_its_heading_and_one_without_heading_by_its_title() -> None:
    alike = likeness(section(version("Oil", "The ceiling")), "plafond")
    assert alike.example == alike.heading == pytest.approx(0.8)
    titled = section(replace(version("Oil"), title="The ceiling"))
    assert likeness(titled, "plafond").heading == pytest.approx(0.8)


@pytest.mark.parametrize("question", ["", "the of", "nowhere"])
def test_no_known_word_is_like_nothing(question: str) -> None:
    assert astuple(likeness(section(version("premium", "premium")), question)) == (0, 0, 0, 0)


def test_a_section_without_words_is_like_nothing() -> None:
    assert likeness(section(version("the of")), "premium") == WordLikeness()
