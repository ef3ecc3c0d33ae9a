"""Vectors that are kept for the evaluation are those of the model, and no question is embedded twice."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.desk.golden import CHECKOUT, load_questions
from corpus.text import clean_question
from index import open_encoder
from index.cache import QUERY, vector_key

sys.path.insert(0, str(Path(__file__).parent))
from remembered import REMEMBERED_VECTORS, RememberingEncoder

STEP = 40


class Counting:
    """An encoder of two dimensions that remembers what it was asked to embed."""

    id = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.ones((len(texts), 2), np.float32)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], np.float32)


def test_a_question_is_embedded_once_and_not_at_all_where_its_vector_is_kept(tmp_path: Path) -> None:
    path, first = tmp_path / "kept.npz", Counting()
    encoder = RememberingEncoder(first, path)
    assert encoder.encode_queries(["ab", "abc", "ab"]).tolist() == [[2, 1], [3, 1], [2, 1]]
    assert (first.asked, encoder.embedded) == (["ab", "abc"], 2)
    encoder.keep()
    second = Counting()
    again = RememberingEncoder(second, path)
    assert again.encode_queries(["abc", "abcd"]).tolist() == [[3, 1], [4, 1]]
    assert (second.asked, again.embedded) == (["abcd"], 1)
    again.keep()
    forgotten = Counting()
    RememberingEncoder(forgotten, path).encode_queries(["ab", "abc"])
    assert forgotten.asked == ["ab"], "what was not asked is not kept"


def test_vectors_of_another_encoder_are_not_taken(tmp_path: Path) -> None:
    path, other = tmp_path / "kept.npz", Counting()
    encoder = RememberingEncoder(Counting(), path)
    encoder.encode_queries(["ab"])
    encoder.keep()
    other.id = "other"
    RememberingEncoder(other, path).encode_queries(["ab"])
    assert other.asked == ["ab"]


@pytest.mark.encoder
def test_a_sample_of_what_is_kept_is_what_the_model_gives() -> None:
    with np.load(REMEMBERED_VECTORS, allow_pickle=False) as file:
        kept = {row.tobytes(): vector for row, vector in zip(file["keys"], file["vectors"], strict=True)}
    encoder = open_encoder()
    texts = [
        clean_question(one.question) for name in ("tune", "test") for one in load_questions(CHECKOUT / name)[::STEP]
    ]
    known = [text for text in texts if vector_key(QUERY, text, encoder.id) in kept]
    assert len(known) > len(texts) / 2
    stored = np.stack([kept[vector_key(QUERY, text, encoder.id)] for text in known]).astype(np.float32)
    given = encoder.encode_queries(known)
    apart = np.linalg.norm(stored - given, axis=1)  # where the processor can, the engine multiplies 8-bit numbers
    assert apart.max() <= 1e-3 * np.sqrt(stored.shape[1])  # a thousandth in every component
