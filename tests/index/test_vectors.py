"""Exact search over unit vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.rounding import Rounded
from index.vectors import PassageParts, VectorIndex


def unit_vectors(count: int, seed: int = 1) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def test_the_nearest_come_first_and_their_cosines_are_exact() -> None:
    rows, question = unit_vectors(50), unit_vectors(1, seed=2)[0]
    index = VectorIndex.build(rows)
    nearest = index.nearest(question, 10)
    assert nearest.tolist() == np.argsort(-(rows @ question))[:10].tolist()
    np.testing.assert_allclose(index.cosines(question, nearest), rows[nearest] @ question, atol=1e-6)
    assert (index.size, index.dimension) == (50, 8)


def test_asking_for_more_than_there_are_gives_all() -> None:
    index = VectorIndex.build(unit_vectors(3))
    assert sorted(index.nearest(unit_vectors(1)[0], 200).tolist()) == [0, 1, 2]


def test_a_saved_index_opens_the_same(tmp_path: Path) -> None:
    rows = unit_vectors(20)
    VectorIndex.build(rows).save(tmp_path / "v.faiss")
    opened = VectorIndex.open(tmp_path / "v.faiss")
    assert opened.size == 20
    np.testing.assert_array_equal(
        opened.cosines(rows[3], np.arange(20)), VectorIndex.build(rows).cosines(rows[3], np.arange(20))
    )


def test_a_full_disk_is_an_error_of_the_system_even_for_a_small_index() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with pytest.raises(OSError, match="No space left on device"):
        VectorIndex.build(unit_vectors(2)).save(Path("/dev/full"))


def test_statements_belong_to_their_passage(tmp_path: Path) -> None:
    rows = unit_vectors(5)
    groups = [Rounded.of(rows[:2]), Rounded.of(rows[2:2]), Rounded.of(rows[2:])]
    PassageParts.join(groups).save(tmp_path / "s.npz")
    statements = PassageParts.open(tmp_path / "s.npz")
    assert statements.passages == 3
    assert statements.of(0).equals(groups[0])
    assert statements.of(1).floats().shape == (0, 8)
    question = unit_vectors(1, seed=2)[0]
    best = statements.nearest(question)[[2, 1]]
    assert best[0] == pytest.approx(float((rows[2:] @ question).max()), abs=0.01)
    assert best[1] == -1
