"""Words of five languages, and BM25 over them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import fold
from index.lexical import LexicalIndex, tokenise
from index.stop_words import STOP_WORDS

TEXTS = ["The premium of Safi", "The premium of Essaouira", "Le plafond de la prime", "补贴上限", "سقف المنح", "the of"]


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("What is the premium in Safi?", ["premiu", "safi"]),
        ("Les investissements étrangers", ["invest", "etrang"]),
        ("30% of 50,000,000", ["30", "50", "000", "000"]),
        ("123456789", ["123456789"]),
        ("投资宪章", ["投资", "资宪", "宪章"]),
        ("税", ["税"]),
        ("CRI的补贴MAD", ["cri", "的补", "补贴", "mad"]),
        ("والاستثمار", ["استثمار"]),
        ("المستثمرون", ["مستثمر"]),
        ("بالمنطقة", ["منطق"]),
        ("", []),
        ("the of and", []),
        ("في من على", []),
        ("— !", []),
    ],
)
def test_a_text_is_cut_into_its_search_words(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("investissement", "investissements"),
        ("المنحة", "منحة"),
        ("الاستثمارات", "استثمار"),
        ("وللجهة", "الجهة"),
        ("éligible", "ELIGIBLE"),
        ("٣٠", "30"),
    ],
)
def test_forms_of_one_word_are_one_token(one: str, other: str) -> None:
    assert tokenise(one) == tokenise(other) != []


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_is_tokenised_without_stop_words_or_empty_tokens(text: str) -> None:
    tokens = tokenise(text)
    assert not STOP_WORDS.intersection(tokens)
    assert all(tokens)


def test_stop_words_are_folded() -> None:
    assert {word for word in STOP_WORDS if fold(word) != word} == set()


def test_a_passage_that_holds_the_rarer_word_scores_higher(index: LexicalIndex) -> None:
    scores = index.scores(tokenise("premium Safi"))
    assert scores.argmax() == 0
    assert scores[1] > 0
    assert scores[2:].tolist() == [0, 0, 0, 0]


def test_words_that_no_passage_holds_score_nothing_and_have_the_highest_idf(index: LexicalIndex) -> None:
    assert index.scores(["nowhere"]).tolist() == index.scores([]).tolist() == [0.0] * len(TEXTS)
    assert index.idf("nowhere") == index.highest_idf > index.idf("safi") > index.idf("premiu")
    assert (index.knows("safi"), index.knows("nowhere")) == (True, False)


def test_a_word_never_scores_more_than_its_idf(index: LexicalIndex) -> None:
    for token in ("premiu", "safi", "plafon", "上限"):
        assert 0 < index.scores([token]).max() < index.idf(token)


def test_a_saved_index_opens_the_same_without_pickle(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "lexical")
    opened = LexicalIndex.open(tmp_path / "lexical")
    assert opened.size == index.size
    for tokens in (["premiu"], ["补贴", "safi"], ["nowhere"]):
        np.testing.assert_array_equal(opened.scores(tokens), index.scores(tokens))
        assert [opened.idf(token) for token in tokens] == [index.idf(token) for token in tokens]
    assert {path.suffix for path in (tmp_path / "lexical").iterdir()} <= {".json", ".npy", ".npz"}
