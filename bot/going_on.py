"""Whether a question goes on from what was asked before it, told from the question alone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from bot.evidence import nearest_asked
from corpus.outside import OutsideKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.evidence import Evidence
    from bot.signals import QuestionReading

MOST_WORDS = 8
# Few words are like gibberish or orders.
NOT_FOR_OTHERS = ("", OutsideKind.ABSENT, OutsideKind.GIBBERISH, OutsideKind.INJECTION)


@dataclass(frozen=True)
class Onward:
    """What speaks for or against a question's going on from the one before it.

    Attributes:
        elsewhere: 1 if the nearest of the questions that no document answers is one for others (off topic, advice …), else 0.
        nearer: how much nearer that one is than any that people ask for the sections found, as a cosine; 0 if not `elsewhere`.
        asked: cosine of the question and the nearest of those that people ask for the sections found.
        odds: how much likelier its words are in the documents than in those that no document answers, as logarithms.
        own: its words outside what it names, at most 8.
    """

    elsewhere: float
    nearer: float
    asked: float
    odds: float
    own: float

    def values(self) -> tuple[float, ...]:
        """The features in the order of the calibration's weights."""
        return tuple(vars(self).values())


def read_onward(reading: QuestionReading, judged: Sequence[Evidence], own: float) -> Onward:
    """The features of a question that stands alone, with the sections that were judged for it and the number of its own words."""
    kind, cosine = reading.outside
    asked = nearest_asked(judged)
    elsewhere = float(kind not in NOT_FOR_OTHERS)
    return Onward(elsewhere, elsewhere * (cosine - asked), asked, reading.odds, min(own, MOST_WORDS))


FEATURES = tuple(field.name for field in fields(Onward))
