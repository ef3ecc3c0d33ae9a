"""Words without a subject."""

from __future__ import annotations

import pytest

from index.lexical import tokenise
from index.stop_words import STOP_WORDS


@pytest.mark.parametrize("text", ["what is the", "quelle est la", "¿cuál es el?", "ما هي", "是什么", "علاش ديالي"])
def test_question_words_carry_no_subject(text: str) -> None:
    assert tokenise(text) == []


@pytest.mark.parametrize("word", ["safi", "prime", "premium", "prima", "منحه", "补贴", "cri", "30"])
def test_words_of_the_law_and_the_region_are_not_among_them(word: str) -> None:
    assert word not in STOP_WORDS
