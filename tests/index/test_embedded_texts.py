"""Which texts of an index have vectors, and the basis of their languages."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from corpus.text import split_statements
from index.cache import PASSAGE, QUERY, EmbeddingCache, Shipped
from index.embedded_texts import fit_language_basis, texts_to_embed
from tests.index.doubles import DIMENSION, HashedEncoder, basis_passages, passages


def test_texts_are_passages_statements_and_the_questions_of_sections_in_all_languages() -> None:
    texts = texts_to_embed(passages())
    assert len(texts) == len(set(texts))
    assert [text for role, text in texts if role == QUERY] == [each.heading for each in passages()[:10]]
    expected = {each.search_text for each in passages()}
    expected |= {statement.text for each in passages() for statement in split_statements(each.text)}
    assert {text for role, text in texts if role == PASSAGE} == expected


def test_a_language_basis_needs_five_sections_in_five_languages(tmp_path: Path) -> None:
    made, encoder = basis_passages(), HashedEncoder()
    vectors, _ = EmbeddingCache(tmp_path / "c.sqlite", encoder, Shipped({})).embed(texts_to_embed(made))
    basis = fit_language_basis(made, vectors)
    assert basis is not None
    rank = np.linalg.matrix_rank(basis.matrix, tol=1e-4)
    assert DIMENSION - 4 <= rank < DIMENSION
    assert fit_language_basis(made[:-1], vectors) is None
