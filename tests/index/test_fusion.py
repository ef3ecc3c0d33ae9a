"""Coverage of a question, and one score from meaning and words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.fusion import LEXICAL_FLOOR, SYNONYM_WEIGHT, coverage, fuse, join_cosines, read_wording
from index.lexical import LexicalIndex
from tests.index.doubles import GLOSSARY, passages

INDEX = LexicalIndex.build([passage.search_text for passage in passages()])
VOCABULARY = " ".join(passage.search_text for passage in passages()).split()
some_words = st.sampled_from([*VOCABULARY, "nowhere", "the", "common premium", "ceiling", "上限", "", "2026"])
questions = st.lists(some_words, max_size=12).map(" ".join)
cosines = st.floats(-1, 1, width=32)
shares = st.floats(0, 1, width=32)


def covered(question: str, texts: list[str]) -> list[float]:
    wording = read_wording(question, GLOSSARY.find(question))
    return [float(share) for share in coverage(wording, LexicalIndex.build(texts))]


@given(questions)
def test_coverage_is_a_share_of_the_question(question: str) -> None:
    shares_covered = coverage(read_wording(question, GLOSSARY.find(question)), INDEX)
    assert shares_covered.shape == (INDEX.size,)
    assert (shares_covered >= 0).all()
    assert (shares_covered <= 1).all()


@given(st.text())
def test_any_question_has_a_coverage(question: str) -> None:
    assert np.isfinite(coverage(read_wording(question, GLOSSARY.find(question)), INDEX)).all()


def test_a_question_without_search_words_is_not_covered() -> None:
    assert covered("what is the", ["a text", "another"]) == [0, 0]


def test_a_passage_that_holds_more_of_the_question_covers_more() -> None:
    all_of_it, half, none = covered("workers seasonal", ["seasonal workers", "seasonal olives", "harbours"])
    assert 1 > all_of_it > half > none == 0


def test_a_word_that_the_corpus_does_not_know_lowers_the_coverage() -> None:
    texts = ["seasonal workers", "olives"]
    assert covered("seasonal workers", texts)[0] > covered("seasonal workers wages", texts)[0] > 0


def test_a_synonym_covers_less_than_the_word_itself_and_in_every_language() -> None:
    word, *synonyms, other = covered(
        "What is the ceiling?", ["ceiling xx", "plafond xx", "上限 xx", "سقف xx", "olives xx"]
    )
    assert other == 0
    assert all(0 < synonym < word for synonym in synonyms)
    assert max(synonyms) <= SYNONYM_WEIGHT


def test_a_form_of_several_words_is_covered_by_all_of_them_only() -> None:
    whole, part, none = covered("common premium", ["prime commune", "prime", "olives"])
    assert whole > part > none == 0


def test_a_glossary_term_keeps_its_own_tokens_and_all_forms() -> None:
    wording = read_wording("The cap, the cap", GLOSSARY.find("The cap"))
    assert wording.tokens == ("cap",)
    ((own, forms),) = wording.terms
    assert own == {"cap"}
    assert {("ceilin",), ("plafon",), ("上限",), ("tope",), ("سقف",)} <= set(forms)


def test_a_term_whose_words_are_not_in_the_question_adds_nothing() -> None:
    assert read_wording("olives", GLOSSARY.terms).terms == ()


@given(cosines, cosines, shares, shares)
def test_the_score_grows_with_the_cosine_and_with_the_coverage(one: float, other: float, a: float, b: float) -> None:
    low, high = sorted((one, other))
    less, more = sorted((a, b))
    scores = fuse(np.array([low, high, high], np.float32), np.array([less, less, more], np.float32))
    assert scores[0] <= scores[1] <= scores[2]


@given(cosines, st.floats(0, LEXICAL_FLOOR))
def test_a_coverage_below_the_floor_does_not_count(cosine: float, share: float) -> None:
    assert fuse(np.array([cosine], np.float32), np.array([share], np.float64))[0] == pytest.approx(cosine)


@given(arrays(np.float32, 5, elements=cosines), arrays(np.float32, 5, elements=cosines))
def test_joined_cosines_lie_between_the_two(
    ours: np.ndarray[tuple[int], np.dtype[np.float32]], theirs: np.ndarray[tuple[int], np.dtype[np.float32]]
) -> None:
    joined = join_cosines(ours, theirs)
    assert (np.minimum(ours, theirs) - 1e-6 <= joined).all()
    assert (joined <= np.maximum(ours, theirs) + 1e-6).all()
