"""Steps are measured for whoever listens, in the listener's own thread, and cost nothing elsewhere."""

from __future__ import annotations

import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.timing import measuring, step


def test_a_step_that_is_taken_twice_counts_once_with_both_times() -> None:
    with measuring() as measured:
        with step("search"):
            pass
        first = measured["search"]
        with step("search"), contextlib.suppress(KeyError):
            sum(range(1_000))
    assert list(measured) == ["search"]
    assert measured["search"] > first


def test_a_step_that_fails_is_measured_and_fails() -> None:
    with measuring() as measured, pytest.raises(KeyError), step("compose"):
        raise KeyError
    assert list(measured) == ["compose"]


def test_where_nobody_listens_nothing_is_kept() -> None:
    with step("search"):
        pass
    with measuring() as measured:
        pass
    with step("search"):
        pass
    assert measured == {}


def test_threads_do_not_hear_each_other() -> None:
    def listen(name: str) -> list[str]:
        with measuring() as measured, step(name):
            pass
        return list(measured)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(listen, ["a", "b", "c", "d"])) == [["a"], ["b"], ["c"], ["d"]]
