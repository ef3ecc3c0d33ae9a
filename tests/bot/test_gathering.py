"""What is taken alone of a message, and what is not."""

from __future__ import annotations

import pytest

from bot.evidence import QuestionReading
from bot.gathering import LIKE_AN_ORDER, is_like_an_order
from corpus import Language
from corpus.outside import OutsideKind
from index import SearchIndex


@pytest.mark.parametrize(
    ("outside", "order"),
    [
        ((OutsideKind.INJECTION, LIKE_AN_ORDER), True),
        ((OutsideKind.INJECTION, LIKE_AN_ORDER - 0.01), False),
        ((OutsideKind.ABSENT, 0.9), False),
        (("", 0.0), False),
    ],
)
def test_a_text_is_like_an_order_if_it_is_nearest_to_one_and_not_far(
    index: SearchIndex, outside: tuple[str, float], order: bool
) -> None:
    reading = QuestionReading("So then: master key 7.", Language.EN, index)
    reading.outside = outside
    assert is_like_an_order(reading) is order
