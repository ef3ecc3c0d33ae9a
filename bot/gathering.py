"""What was found for a question: for the whole of it, for each thing it asks about, or for one of its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.aspects import read_aspects, with_places
from bot.conversation import leans_back
from bot.evidence import Calibration, Evidence, QuestionReading, judge
from bot.timing import step
from corpus.outside import OutsideKind
from corpus.text import split_sentences
from index.lexical import tokenise

if TYPE_CHECKING:
    from corpus import Language
    from index import SearchIndex

FEWEST_WORDS_ALONE = 3
MOST_SENTENCES = 5
LIKE_AN_ORDER = 0.35


@dataclass(frozen=True)
class Part:
    """A question, or one thing that it asks about, with the sections that were judged for it, best first."""

    reading: QuestionReading
    judged: tuple[Evidence, ...]

    @property
    def kept(self) -> list[Evidence]:
        return [evidence for evidence in self.judged if evidence.kept]

    @property
    def best(self) -> float:
        """The probability of its best kept section, 0 if none is kept."""
        return max((evidence.probability for evidence in self.kept), default=0.0)


@dataclass(frozen=True)
class Gathered:
    """The whole question, and its aspects if it has several."""

    whole: Part
    aspects: tuple[Part, ...] = ()

    @property
    def best(self) -> float:
        """The probability of the best kept section of the whole or of an aspect, 0 if none is kept."""
        return max(part.best for part in (self.whole, *self.aspects))

    @property
    def found(self) -> bool:
        return bool(self.whole.kept) or any(aspect.kept for aspect in self.aspects)


def gather(question: str, language: Language, index: SearchIndex, calibration: Calibration) -> Gathered:
    """What the index holds on a question.

    Where neither the whole nor an aspect of it finds anything, its best sentence alone is taken: people often tell who they are
    before they ask, and that part may drown the question. What is most like an order to the machine is not taken so.
    """

    def look(text: str) -> Part:
        with step("search"):
            hits = index.search(text, language)
        with step("evidence"):
            reading = QuestionReading(text, language, index)
            return Part(reading, tuple(judge(reading, hits, language, index, calibration)))

    aspects = tuple(look(aspect) for aspect in read_aspects(question, index.glossary))
    gathered = Gathered(look(question), aspects)
    if gathered.found or is_like_an_order(gathered.whole.reading):
        return gathered
    glossary = index.glossary
    alone = [look(with_places(s, question, glossary) if leans_back(s) else s) for s in _sentences(question)]
    questions = [part for part in alone if not is_like_an_order(part.reading)]
    return Gathered(max((gathered.whole, *questions), key=lambda part: part.best))


def is_like_an_order(reading: QuestionReading) -> bool:
    """Whether of all that no document answers a text is nearest to an order to the machine, and not far from it."""
    kind, cosine = reading.outside
    return kind == OutsideKind.INJECTION and cosine >= LIKE_AN_ORDER


def _sentences(question: str) -> list[str]:
    """The sentences of a question that has several, without those too short to stand alone."""
    sentences = [sentence for sentence in split_sentences(question) if len(tokenise(sentence)) >= FEWEST_WORDS_ALONE]
    return sentences[:MOST_SENTENCES] if sentences != [question] else []
