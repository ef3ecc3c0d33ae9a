"""Vectors are grouped by the mean cosine, the same way whatever their order; real questions fall together across languages."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import grouping
from bot.desk.grouping import THRESHOLD, group_by_meaning, order_by_centrality

sys.path.insert(0, str(Path(__file__).parents[2] / "golden"))
from fit_grouping import load_kept, score_groups

ALIKE = {
    "a": [1, 0, 0],
    "a2": [0.98, 0.19, 0.02],
    "a3": [0.97, -0.2, 0.1],
    "b": [0, 1, 0],
    "b2": [0.1, 0.99, 0],
    "c": [0, 0, 1],
}


def vectors(*names: str) -> np.ndarray:
    rows = np.array([ALIKE[name] for name in names], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def random_vectors(seed: int, size: int, dimension: int = 6) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(size, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def sets_of(groups: list[np.ndarray]) -> set[frozenset[int]]:
    return {frozenset(rows.tolist()) for rows in groups}


def plain_average_linkage(rows: np.ndarray, threshold: float) -> set[frozenset[int]]:
    """The textbook: join the two groups with the highest mean cosine while it reaches the threshold."""
    groups = [[row] for row in range(len(rows))]
    cosines = rows @ rows.T
    while len(groups) > 1:
        best = max(
            (
                (cosines[np.ix_(one, other)].mean(), i, j)
                for i, one in enumerate(groups)
                for j, other in enumerate(groups)
                if i < j
            ),
        )
        if best[0] < threshold:
            break
        groups[best[1]] += groups.pop(best[2])
    return {frozenset(group) for group in groups}


def test_what_lies_together_is_a_group_the_largest_first_and_a_stranger_stays_alone() -> None:
    groups = group_by_meaning(vectors("c", "b", "a", "b2", "a2", "a3"))
    assert [rows.tolist() for rows in groups] == [[2, 4, 5], [1, 3], [0]]


def test_nothing_gives_no_group_and_one_gives_one() -> None:
    assert group_by_meaning(np.zeros((0, 3), np.float32)) == []
    assert [rows.tolist() for rows in group_by_meaning(vectors("a"))] == [[0]]


def test_a_group_that_was_asked_more_often_comes_first() -> None:
    groups = group_by_meaning(vectors("a", "a2", "b", "c"), np.array([1, 1, 1, 9]))
    assert [rows.tolist() for rows in groups] == [[3], [0, 1], [2]]


def test_texts_that_are_all_the_same_are_one_group_however_many() -> None:
    assert [len(rows) for rows in group_by_meaning(np.repeat(vectors("a"), 500, axis=0))] == [500]


@given(seed=st.integers(0, 10_000), size=st.integers(2, 24))
def test_the_groups_are_those_of_average_linkage(seed: int, size: int) -> None:
    rows = random_vectors(seed, size)
    assert sets_of(group_by_meaning(rows, threshold=0.4)) == plain_average_linkage(rows, 0.4)


@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_questions_changes_nothing(seed: int) -> None:
    rows = random_vectors(seed, 20)
    order = np.random.default_rng(seed + 1).permutation(20)
    mixed = sets_of(group_by_meaning(rows[order], threshold=0.5))
    assert {frozenset(order[row] for row in group) for group in mixed} == sets_of(group_by_meaning(rows, threshold=0.5))


def test_few_rows_at_a_time_give_the_same_groups_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = random_vectors(7, 200, 4)
    whole = sets_of(group_by_meaning(rows))
    monkeypatch.setattr(grouping, "CELLS_AT_ONCE", 300)
    monkeypatch.setattr(grouping, "_EDGES_AT_ONCE", 7)
    assert sets_of(group_by_meaning(rows)) == whole
    assert 1 < len(whole) < 200


def test_the_most_central_row_comes_first_and_ties_stay_as_they_stand() -> None:
    rows = vectors("a2", "a3", "a")
    assert order_by_centrality(rows, np.ones(3, np.int64)).tolist()[0] == 2
    assert order_by_centrality(vectors("b", "b", "b"), np.ones(3, np.int64)).tolist() == [0, 1, 2]


def test_the_same_question_in_five_languages_falls_together_and_different_ones_do_not() -> None:
    """The parallel sets of `tune` alone; among all other questions they are measured by tests/golden/fit_grouping.py."""
    vectors, sets = load_kept()
    score = score_groups([rows.tolist() for rows in group_by_meaning(vectors)], sets)
    assert (score.sets, len(vectors)) == (24, 120)
    assert score.precision >= 0.88
    assert score.recall >= 0.93
    assert score.purity >= 0.94
    assert score.completeness >= 0.95
    assert score.whole >= 20


def test_groups_are_scored_against_the_sets() -> None:
    right = score_groups([[0, 1], [2, 3], [4]], ["p", "p", "q", "q", ""])
    assert (right.precision, right.recall, right.purity, right.completeness, right.whole) == (1, 1, 1, 1, 2)
    torn = score_groups([[0, 2], [1, 4], [3]], ["p", "p", "q", "q", ""])
    assert (torn.precision, torn.recall, torn.purity, torn.completeness, torn.whole) == (0, 0, 0.75, 0.5, 0)
    assert 0.4 <= THRESHOLD <= 0.6
