"""The line between the questions that documents answer and those that none does."""

from __future__ import annotations

import numpy as np
import pytest

from index.discriminant import fit_discriminant


def questions(count: int, towards: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(count, 8)).astype(np.float32) / 2
    vectors[:, towards] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_it_tells_new_questions_of_both_kinds_apart() -> None:
    line = fit_discriminant(questions(300, 0, seed=1), questions(40, 1, seed=2))
    answered = [line.value(vector) > 0 for vector in questions(100, 0, seed=3)]
    outside = [line.value(vector) > 0 for vector in questions(100, 1, seed=4)]
    assert np.mean(answered) > 0.85
    assert np.mean(outside) < 0.15


def test_how_many_there_are_of_a_kind_does_not_move_it() -> None:
    few, many = questions(40, 1, seed=2), np.tile(questions(40, 1, seed=2), (10, 1))
    inside = questions(300, 0, seed=1)
    assert fit_discriminant(inside, few).constant == pytest.approx(fit_discriminant(inside, many).constant, abs=1e-4)


@pytest.mark.parametrize("empty", ["answered", "outside"])
def test_with_one_kind_alone_nothing_is_told_apart(empty: str) -> None:
    none, some = np.zeros((0, 8), np.float32), questions(5, 0, seed=1)
    line = fit_discriminant(*((none, some) if empty == "answered" else (some, none)))
    assert line.value(some[0]) == 0


def test_equal_questions_do_not_stop_it() -> None:
    one = np.tile(questions(1, 0, seed=1), (5, 1))
    assert np.isfinite(fit_discriminant(one, one).weights).all()
