"""From the encoder's vectors to those that are compared."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus import Language
from index.projection import Projection, fit_debias, no_projection

DIMENSION = 16


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


def parallel(strength: float = 2.0, seed: int = 1) -> dict[Language, NDArray[np.float32]]:
    """Six subjects in five languages; each language adds a direction of its own."""
    random = np.random.default_rng(seed)
    subjects = random.normal(size=(6, DIMENSION))
    return {language: unit(subjects + strength * random.normal(size=DIMENSION)) for language in Language}


def same_subject_first(vectors: dict[Language, NDArray[np.float32]]) -> bool:
    """Whether every text is nearer to its translations than to any other text."""
    rows = np.concatenate(list(vectors.values()))
    cosines = rows @ rows.T
    same = np.tile(np.eye(6, dtype=bool), (5, 5))
    return all(cosines[i][same[i]].min() > cosines[i][~same[i]].max() for i in range(len(rows)))


def test_without_its_language_a_text_is_nearest_to_its_translations() -> None:
    vectors = parallel()
    debias = fit_debias(vectors, vectors)
    assert not same_subject_first(vectors)
    assert same_subject_first({language: debias.passages(rows) for language, rows in vectors.items()})


def test_five_languages_span_four_directions_at_right_angles() -> None:
    matrix = fit_debias(parallel(), parallel()).matrix
    assert np.linalg.matrix_rank(matrix, tol=1e-4) == DIMENSION - 4
    np.testing.assert_allclose(matrix @ matrix, matrix, atol=1e-5)


def test_vectors_have_length_one_afterwards_and_nothing_along_what_was_removed() -> None:
    vectors = parallel()
    debias = fit_debias(vectors, parallel(seed=2))
    for rows in (debias.passages(vectors[Language.AR]), debias.queries(vectors[Language.ZH])):
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        np.testing.assert_allclose(rows @ debias.matrix, rows, atol=1e-5)
        assert rows.dtype == np.float32


def test_languages_that_do_not_differ_leave_nothing_to_remove() -> None:
    rows = parallel()[Language.AR]
    debias = fit_debias(dict.fromkeys(Language, rows), dict.fromkeys(Language, rows))
    assert np.isfinite(debias.passages(rows)).all()


@pytest.mark.parametrize("shape", [(3, DIMENSION), (DIMENSION,)])
def test_the_basis_that_changes_nothing_changes_nothing(shape: tuple[int, ...]) -> None:
    vectors = unit(np.random.default_rng(3).normal(size=shape).astype(np.float32))
    np.testing.assert_allclose(no_projection(DIMENSION).passages(vectors), vectors, atol=1e-6)
    np.testing.assert_allclose(no_projection(DIMENSION).queries(vectors), vectors, atol=1e-6)


def test_a_projection_followed_by_a_matrix_is_both_one_after_the_other() -> None:
    vectors, matrix = parallel()[Language.FR], np.random.default_rng(4).normal(size=(DIMENSION, DIMENSION))
    debias = fit_debias(parallel(), parallel())
    expected = unit(debias.queries(vectors) @ matrix)
    np.testing.assert_allclose(debias.followed_by(matrix).queries(vectors), expected, atol=1e-4)


def test_a_vector_of_zeros_stays_finite() -> None:
    assert no_projection(4).queries(np.zeros((1, 4), np.float32)).tolist() == [[0, 0, 0, 0]]


def test_the_version_changes_with_the_basis_only() -> None:
    one, other = fit_debias(parallel(), parallel()), fit_debias(parallel(), parallel(seed=2))
    assert one.version == fit_debias(parallel(), parallel()).version != other.version
    assert other.version != Projection(other.passage_centre, other.query_centre, other.matrix).version
    assert len(one.version) == 12
