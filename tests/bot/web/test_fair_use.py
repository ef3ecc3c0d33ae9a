"""How much a visitor may ask: windows, what is not counted, and a memory that stays bounded."""

from __future__ import annotations

import pytest

from bot.web.fair_use import FairUse, Limit, Limited, Limits

ANNA, BILAL = b"anna", b"bilal"


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_without_limits_everybody_may_always_ask_and_nobody_is_remembered(clock: Clock) -> None:
    fair = FairUse(clock=clock)
    assert {fair.take(ANNA, turns=1_000) for _ in range(1_000)} == {None}
    assert fair.remembered == 0


def test_a_minute_holds_so_many_and_says_when_the_next_one_begins(clock: Clock) -> None:
    fair = FairUse(Limits(per_minute=2), clock=clock)
    assert fair.take(ANNA) is None
    clock.now += 20.5
    assert fair.take(ANNA) is None
    assert fair.take(ANNA) == Limited(Limit.MINUTE, 40)  # 39.5 rounded up: never too early
    assert fair.take(BILAL) is None
    clock.now += 40
    assert fair.take(ANNA) is None


def test_who_keeps_trying_is_let_in_when_the_window_is_over(clock: Clock) -> None:
    fair = FairUse(Limits(per_minute=1), clock=clock)
    fair.take(ANNA)
    for _ in range(59):
        clock.now += 1
        assert fair.take(ANNA) is not None
    clock.now += 1
    assert fair.take(ANNA) is None


def test_the_longest_wait_is_told_and_a_refused_request_counts_nowhere(clock: Clock) -> None:
    fair = FairUse(Limits(per_minute=1, per_day=2), clock=clock)
    assert fair.take(ANNA) is None
    assert fair.take(ANNA) == Limited(Limit.MINUTE, 60)
    clock.now += 60
    assert fair.take(ANNA) is None
    assert fair.take(ANNA) == Limited(Limit.DAY, 86_400 - 60)
    assert dict(fair.refused) == {Limit.MINUTE: 1, Limit.DAY: 1}


def test_the_whole_service_has_a_budget(clock: Clock) -> None:
    fair = FairUse(Limits(service_per_day=2), clock=clock)
    assert fair.take(ANNA) is None
    assert fair.take(BILAL) is None
    assert fair.take(b"carmen") == Limited(Limit.SERVICE, 86_400)
    clock.now += 86_400
    assert fair.take(b"carmen") is None


def test_a_conversation_has_its_turns(clock: Clock) -> None:
    fair = FairUse(Limits(turns=3), clock=clock)
    assert fair.take(ANNA, turns=2) is None
    assert fair.take(ANNA, turns=3) == Limited(Limit.TURNS, 0)


def test_a_flood_of_addresses_does_not_fill_the_memory_nor_free_who_is_limited(clock: Clock) -> None:
    fair = FairUse(Limits(per_minute=1), clock=clock, most_visitors=100)
    fair.take(ANNA)
    for number in range(10_000):
        fair.take(number.to_bytes(4, "big"))
        assert fair.remembered <= 100
        if number % 50 == 0:
            assert fair.take(ANNA) is not None


@pytest.mark.parametrize(("limits", "seconds"), [(Limits(per_minute=5), 60), (Limits(per_minute=5, per_day=9), 86_400)])
def test_a_visitor_is_forgotten_when_the_window_is_over(clock: Clock, limits: Limits, seconds: int) -> None:
    fair = FairUse(limits, clock=clock)
    fair.take(ANNA)
    clock.now += seconds - 1
    fair.take(BILAL)
    assert fair.remembered == 2
    clock.now += 1
    fair.take(BILAL)
    assert fair.remembered == 1
