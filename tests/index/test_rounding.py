"""Vectors kept as 8-bit numbers."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from index.rounding import BLOCK, Rounded


def unit_vectors(count: int, dimension: int = 384) -> NDArray[np.float32]:
    rows = np.random.default_rng(5).normal(size=(count, dimension)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize("count", [1, BLOCK - 1, BLOCK, 2 * BLOCK + 3])
def test_products_are_those_of_the_vectors_to_the_third_decimal(count: int) -> None:
    rows, question = unit_vectors(count), unit_vectors(1)[0]
    rounded = Rounded.of(rows)
    np.testing.assert_allclose(rounded.dot(question), rounded.floats() @ question, atol=1e-6)
    np.testing.assert_allclose(rounded.dot(question), rows @ question, atol=2e-3)
    assert rounded.codes.nbytes * 4 == rows.nbytes


def test_they_are_cut_and_joined_as_they_are() -> None:
    rounded = Rounded.of(unit_vectors(7))
    again = Rounded.join([rounded[:3], rounded[3:3], rounded[3:]])
    assert again.equals(rounded)
    assert len(again) == 7
    assert not rounded[:6].equals(rounded)


def test_none_and_a_vector_of_zeros_are_no_trouble() -> None:
    assert Rounded.of(np.zeros((0, 4), np.float32)).dot(np.ones(4, np.float32)).shape == (0,)
    np.testing.assert_array_equal(Rounded.of(np.zeros((2, 4), np.float32)).floats(), np.zeros((2, 4)))
