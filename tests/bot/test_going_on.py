"""Whether a question goes on from the one before it: little of its own, nothing that others are asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.evidence import Evidence, judge, load_calibration
from bot.going_on import FEATURES, MOST_WORDS, Onward, read_onward
from bot.signals import QuestionReading
from corpus import Language
from corpus.outside import OutsideKind
from index import SearchIndex

ONWARD = load_calibration().onward
LITTLE = Onward(elsewhere=0, nearer=0, asked=0.5, odds=0.5, own=2)


@pytest.fixture
def judged(index: SearchIndex) -> list[Evidence]:
    text = "territorial premium cap"
    reading = QuestionReading(text, Language.EN, index)
    return judge(reading, index.search(text, Language.EN), Language.EN, index, load_calibration())


def goes_on(onward: Onward) -> float:
    return ONWARD.probability(onward.values())


def test_there_is_a_weight_for_each_feature() -> None:
    assert len(ONWARD.weights) == len(FEATURES) == len(LITTLE.values())


@pytest.mark.parametrize(
    "changed", [{"elsewhere": 1.0}, {"elsewhere": 1.0, "nearer": 0.2}, {"asked": 0.9}, {"own": 8.0}]
)
def test_what_asks_something_of_its_own_goes_on_less_likely(changed: dict[str, float]) -> None:
    assert goes_on(LITTLE) > 0.5
    assert goes_on(replace(LITTLE, **changed)) < goes_on(LITTLE)


def test_words_of_documents_go_on_likelier_than_those_of_other_questions() -> None:
    assert goes_on(replace(LITTLE, odds=-3.0)) < goes_on(LITTLE)


@pytest.mark.parametrize(
    ("kind", "elsewhere"),
    [
        (OutsideKind.OFF_TOPIC, 1),
        (OutsideKind.OTHER_COUNTRY, 1),
        (OutsideKind.ABSENT, 0),
        (OutsideKind.GIBBERISH, 0),
        ("", 0),
    ],
)
def test_only_what_others_are_asked_is_elsewhere(
    index: SearchIndex, judged: list[Evidence], kind: str, elsewhere: int
) -> None:
    reading = QuestionReading("A train leaves at nine.", Language.EN, index)
    reading.outside = (kind, 0.8)
    found = [replace(item, signals=replace(item.signals, asked=0.3)) for item in judged]
    onward = read_onward(reading, found, own=20)
    assert onward.elsewhere == elsewhere
    assert onward.nearer == pytest.approx(0.5 * elsewhere)
    assert onward.asked == pytest.approx(0.3)
    assert onward.own == MOST_WORDS
