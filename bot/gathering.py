"""What was found for a question: for the whole of it, for each thing it asks about, or for one of its sentences."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from bot.anyone import without_introduction, without_nationality
from bot.asker import asking_sentences
from bot.aspects import read_aspects, read_phrases, up_to, with_places
from bot.conversation import InContext, has_subject, points_back
from bot.evidence import Calibration, Evidence, Rule, judge, nearest_asked, resembles_outside
from bot.going_on import read_onward
from bot.phrasing import leans_back
from bot.signals import QuestionReading
from bot.timing import step
from corpus.glossary import SCOPES_ELSEWHERE
from corpus.outside import NEVER_ANSWERED, OutsideKind
from corpus.text import split_sentences
from index.lexical import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus import Language
    from index import SearchIndex

FEWEST_WORDS_ALONE = 3
MOST_SENTENCES = 5
LIKE_AN_ORDER = 0.35
EVEN = 0.5
SURELY = 0.6
PERHAPS = 0.08
STANDS_OUT = 2.5  # in logarithms of odds
ALONE_WEIGHT = 0.5
FIRST_WEIGHT = 0.2


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
    """The whole question as it was understood, and its aspects if it has several."""

    understood: str
    whole: Part
    aspects: tuple[Part, ...] = ()

    @property
    def best(self) -> float:
        """The probability of the best kept section of the whole or of an aspect, 0 if none is kept."""
        return max(part.best for part in (self.whole, *self.aspects))


Found = TypeVar("Found", Part, Gathered)


class _Gathering:
    """Looks for sections in one language of one index."""

    def __init__(self, language: Language, index: SearchIndex, calibration: Calibration) -> None:
        self._language = language
        self._index = index
        self._calibration = calibration
        self._looked: dict[str, Part] = {}

    def gather(self, question: str, earlier: str = "") -> Gathered:
        """What there is for a question; what was asked `earlier`, before it, does not stand for it alone."""
        whole = self.look(question)
        if not whole.best and is_for_others(whole):
            return Gathered(question, whole)
        asked = read_aspects(question, self._index.glossary)
        aspects = [self._aspect(aspect) for aspect in asked]
        parts = (*aspects, *(self._phrases(question) if whole.best and not asked else ()))
        if any(is_like_an_order(part) or is_after_a_promise(part) for part in (whole, *parts)):
            return Gathered(question, whole)
        new = [part for aspect, part in zip(asked, aspects, strict=True) if aspect.alone not in earlier]
        if any(part.best for part in (whole, *new)):
            return with_what_stands_out(Gathered(question, whole, parts))
        alone = [self.look(sentence) for sentence in self._sentences(question) if sentence not in earlier]
        questions = [part for part in alone if not is_like_an_order(part)]
        return Gathered(question, max((whole, *questions), key=lambda part: part.best))

    def _phrases(self, question: str) -> tuple[Part, ...]:
        """What is listed in a question, where a section surely tells of each by itself."""
        parts = (self.look(phrase) for phrase in read_phrases(question, self._index.glossary))
        return tuple(part for part in parts if part.best >= SURELY)

    def _aspect(self, asked: InContext) -> Part:
        """What there is for an aspect: alone if that finds something and does not lean on the first; completed from the first it
        asks for something else than that.
        """
        alone = self.look(asked.alone)
        if alone.best and not asked.leans:
            return alone
        first = self.look(asked.earlier) if asked.completed and asked.earlier else None

        def join(completed: Part, alone: Part) -> Part:
            return join_parts(completed, alone, first)

        if asked.completed and not has_subject(asked.alone, self._index.glossary):
            return join(self.look(asked.completed), alone)
        return choose_wording(asked, self.look, join, self._calibration.onward)

    def look(self, text: str) -> Part:
        """The sections judged for a text, once for each."""
        if text not in self._looked:
            self._looked[text] = self._look(text)
        return self._looked[text]

    def _look(self, text: str) -> Part:
        with step("search"):
            hits = self._index.search(text, self._language)
        with step("evidence"):
            reading = QuestionReading(text, self._language, self._index)
            judged = judge(reading, hits, self._language, self._index, self._calibration)
            return Part(reading, tuple(judged))

    def _sentences(self, question: str) -> list[str]:
        """The sentences of a question that has several, only those that ask where these do not point back to what is told, without
        those too short to stand alone.
        """
        glossary = self._index.glossary
        asking = asking_sentences(question)
        told = any(points_back(sentence, glossary) for sentence in asking)
        sentences = [
            sentence
            for sentence in (split_sentences(question) if told else asking)
            if len(tokenise(sentence)) >= FEWEST_WORDS_ALONE
        ]
        return [
            with_places(sentence, up_to(question, sentence), glossary) if leans_back(sentence) else sentence
            for sentence in (sentences[:MOST_SENTENCES] if sentences != [question] else [])
        ]


def with_what_stands_out(found: Gathered) -> Gathered:
    """Where the whole or an aspect is surely answered, an aspect that is not is answered from a section that stands out among those
    found for it: who asks one thing of our documents asks the next of them too.
    """
    if found.best < SURELY:
        return found
    aspects = tuple(replace(part, judged=_standing_out(part)) if not part.best else part for part in found.aspects)
    return replace(found, aspects=aspects)


def _standing_out(part: Part) -> tuple[Evidence, ...]:
    """The sections judged for a part, of which the first is kept if it stands out."""
    if len(part.judged) < 2 or is_for_others(part):
        return part.judged
    first, second, *_ = part.judged
    if not first.fits or first.probability < PERHAPS or first.rank - second.rank < STANDS_OUT:
        return part.judged
    reason = f"probability {first.probability:.2f}, but far more suitable than {second.hit.section_id}"
    return (replace(first, kept=True, sure=False, reason=reason), *part.judged[1:])


def gather(asked: InContext, language: Language, index: SearchIndex, calibration: Calibration) -> Gathered:
    """What the index holds on a question as it is understood after those before it.

    Where neither the whole nor an aspect of it finds anything, its best sentence alone is taken: people often tell who they are
    before they ask, and that part may drown the question. What is most like an order to the machine is not taken so.
    """
    gathering = _Gathering(language, index, calibration)

    def find(text: str) -> Gathered:
        return gathering.gather(text, asked.earlier if text == asked.completed else "")

    def join(completed: Gathered, alone: Gathered) -> Gathered:
        new = _without_aspects_of(asked.earlier, completed)
        return replace(new, whole=join_parts(new.whole, alone.whole))

    found = choose_wording(asked, find, join, calibration.onward)
    if found.best or is_like_an_order(found.whole) or is_after_a_promise(found.whole):
        return found
    for way in _for_anyone(asked.alone, found.whole.reading):
        less = replace(asked, alone=way, completed=without_nationality(asked.completed))
        again = choose_wording(less, find, join, calibration.onward)
        if again.best:
            return replace(again, understood=found.understood)
    return found


def _for_anyone(question: str, reading: QuestionReading) -> list[str]:
    """The question in ways that say less and less of who asks; what they plan in another place is not left out."""
    ways = [without_nationality(question)]
    if not any(place.scope in SCOPES_ELSEWHERE for place in reading.places):
        ways.append(without_introduction(ways[0]))
    return [way for way in dict.fromkeys(ways) if way not in ("", question)]


def choose_wording(
    asked: InContext, find: Callable[[str], Found], join: Callable[[Found, Found], Found], onward: Rule
) -> Found:
    """What is found for the question alone, or completed if it goes on from what was asked before.

    What may be about something new and rather finds it than not, or finds anything after a story of its own, is not asked whether
    it goes on.

    Args:
        asked: the question.
        find: finds what there is for a text.
        join: what was found for the completed question, in the light of what was found for the question alone.
        onward: the rule that tells from what was found for the question alone whether it goes on.
    """
    if asked.counts:
        return find(asked.completed)
    alone = find(asked.alone)
    found = alone.best >= EVEN or (alone.best > 0 and _begins_with_a_story(asked.alone))
    if not asked.completed or (asked.new and found):
        return alone
    part = alone.whole if isinstance(alone, Gathered) else alone
    if onward.probability(read_onward(part.reading, part.judged, asked.own).values()) < EVEN:
        return alone
    return join(find(asked.completed), alone)


def _begins_with_a_story(question: str) -> bool:
    """Whether a question first tells something: who asks again after an answer seldom does."""
    first, *others = split_sentences(question) or [question]
    return first not in asking_sentences(question) if others else False


def join_parts(completed: Part, alone: Part, first: Part | None = None) -> Part:
    """What was found for a completed question, in an order in which its last words count again: they ask for something new.

    Args:
        completed: what was found for it.
        alone: what was found for its last words.
        first: what was found for the words that it was completed from, where something else than that is asked for.
    """
    whole, last = ({item.hit.section_id: item for item in part.judged} for part in (completed, alone))
    in_whole, in_last = _Ranks(completed), _Ranks(alone)
    in_first = _Ranks(first) if first else None
    joined = []
    for section in {**whole, **last}:
        both = [found[section] for found in (whole, last) if section in found]
        rank = in_whole[section] + ALONE_WEIGHT * in_last[section]
        rank -= FIRST_WEIGHT * in_first[section] if in_first else 0.0
        surest = max(both, key=lambda item: (item.kept, item.probability))
        joined.append(replace(surest, rank=rank, fits=both[0].fits))
    joined.sort(key=lambda item: -item.rank)
    return Part(completed.reading, tuple(joined[: len(completed.judged)]))


class _Ranks(dict[str, float]):
    """How well each section suits; one that was not judged as the least that was."""

    def __init__(self, part: Part) -> None:
        super().__init__((item.hit.section_id, item.rank) for item in part.judged)
        self._least = min(self.values(), default=0.0)

    def __missing__(self, section: str) -> float:
        return self._least


def _without_aspects_of(earlier: str, found: Gathered) -> Gathered:
    """What was found for a completed question without what only the one before it asks: that has been answered."""
    return replace(found, aspects=tuple(part for part in found.aspects if part.reading.question not in earlier))


def is_for_others(part: Part) -> bool:
    """Whether a question is clearly nearer to one that is not for our documents at all than to any that they answer."""
    known = part.reading.outside_kind not in ("", OutsideKind.ABSENT)
    return known and resembles_outside(part.reading, part.judged)


def is_never_answered(part: Part) -> bool:
    """Whether a question is clearly one for private data, a promise, advice or obedience rather than one that documents answer."""
    return part.reading.outside_kind in NEVER_ANSWERED and resembles_outside(part.reading, part.judged)


def is_after_a_promise(part: Part) -> bool:
    """Whether a question is clearly one for a promise rather than one that documents answer."""
    return part.reading.outside_kind == OutsideKind.GUARANTEE and is_never_answered(part)


def is_like_an_order(part: Part) -> bool:
    """Whether of all that no document answers a text is nearest to an order to the machine, not far from it, and nearer than to any
    question that the sections found are asked.
    """
    kind, cosine = part.reading.outside
    return kind == OutsideKind.INJECTION and cosine >= max(LIKE_AN_ORDER, nearest_asked(part.judged))
