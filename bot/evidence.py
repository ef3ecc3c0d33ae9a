"""Deciding whether what was found is enough to answer from."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.conversation import is_of_people, is_origin
from corpus import Language
from corpus.figure_kinds import asked_kinds, stated_kinds
from corpus.figures import read_figures
from corpus.glossary import SCOPES_ELSEWHERE
from index.lexical import form_tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Passage
    from corpus.glossary import Term
    from index import SearchHit, SearchIndex

OUTSIDE_COSINE = 0.5
OUTSIDE_MARGIN = 0.05
CALIBRATION_FILE = Path(__file__).parent / "evidence.json"
SURELY_ASKED = 0.8
NAMED_MARGIN = 0.05
TENTH = 9
RANKING = 16
RARE = 1
_PERCENTAGE_OR_YEAR = re.compile(r".*%|(?:19|20)\d\d|2100")


@dataclass(frozen=True)
class Signals:
    """What speaks for a hit; all are raw values, none is a rank.

    Attributes:
        cosine: of question and passage, both projected.
        statement: of question and the passage's nearest statement.
        mean: of question and section, meant over its language versions.
        asked: of the question and the nearest of those that people ask for the section.
        mean_asked: the same, meant over its language versions.
        prototype: of the question and what questions answered by the section lie around.
        coverage: share of the question's words that the passage holds.
        heading: share of the question's words, weighted by idf, that the headings of the section hold.
        terms: share of the question's glossary terms that the section holds in any form; 1 if it has none.
        titled: share of them that the headings of the section hold; 0 if it has none.
        words: of the question's words and the nearest ones of the section in whichever language, the mean cosine.
        mean_words: the same within one version, meant over the language versions.
        example: of the words of what people ask for the section and the nearest ones of the question, likewise; the highest.
        heading_words: the same of the section's heading.
        lacking: how many of them the section does not hold, at most 4.
        figures: share of the question's figures that the section states; 1 if it has none.
        gap: how far the hit's score lies above the tenth hit's, 0 if there are fewer: an answer stands out, a vague likeness
            does not.
        unknown: share of the question's words, weighted by idf, that neither the corpus nor the glossary knows.
        outside: cosine of the question and the nearest of those that no document answers.
        answerable: how far the question lies on the side of those that documents answer, seen from those that none does.
        odds: how much likelier its words are in the documents than in those, as logarithms.
        same: 1 if the passage that was found is in the asker's language, else 0.
        length: natural logarithm of one more than the question's number of search words.
        unstated: how many kinds of figures the question asks for (a price, litres …) that the section states none of.
    """

    cosine: float
    statement: float
    mean: float
    asked: float
    mean_asked: float
    prototype: float
    coverage: float
    heading: float
    terms: float
    titled: float
    words: float
    mean_words: float
    example: float
    heading_words: float
    lacking: float
    figures: float
    gap: float
    unknown: float
    outside: float
    answerable: float
    odds: float
    same: float
    length: float
    unstated: float

    def values(self) -> tuple[float, ...]:
        """The features in the order of the calibration's weights."""
        return (*vars(self).values(), self.same * self.coverage)

    def ranking(self) -> tuple[float, ...]:
        """Those that differ between the sections found for one question, in the order of the ranking's weights."""
        return tuple(vars(self).values())[:RANKING]


@dataclass(frozen=True)
class Calibration:
    """Two linear rules fitted on labelled questions (`make calibrate`): which section comes first, and whether it is enough.

    Attributes:
        ranking: one weight for each signal that differs between the sections found for a question.
        weights: one for each of the signals' values.
        intercept: the constant of the logit.
        thresholds: the lowest probability to answer from, in each language.
        unsure: the lowest to answer from with a word of caution.
        near: the lowest probability at which a refusal names the section as near.
    """

    ranking: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    thresholds: dict[Language, float]
    unsure: dict[Language, float]
    near: float

    def probability(self, signals: Signals) -> float:
        """How likely the passage answers the question, 0 to 1."""
        logit = self.intercept + sum(w * value for w, value in zip(self.weights, signals.values(), strict=True))
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))

    def rank(self, signals: Signals) -> float:
        """How well a section suits the question, only for comparing sections found for the same one: the logarithm of its odds."""
        return sum(w * value for w, value in zip(self.ranking, signals.ranking(), strict=True))


@dataclass(frozen=True)
class Evidence:
    """A hit that was judged.

    Attributes:
        rank: how well it suits the question beside the others, as the logarithm of its odds.
        probability: that it answers the question, from the calibration.
        kept: whether it may be answered from, and `reason` why or why not.
        sure: whether that needs no word of caution.
        fits: whether it holds the names that the question is about.
    """

    hit: SearchHit
    signals: Signals
    rank: float
    probability: float
    kept: bool
    reason: str
    sure: bool = True
    fits: bool = True


@cache
def load_calibration(path: Path = CALIBRATION_FILE) -> Calibration:
    """The calibration shipped with the project; `make calibrate` writes it."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    thresholds, unsure = (
        {Language(name): float(value) for name, value in raw[key].items()} for key in ("thresholds", "unsure")
    )
    ranking, weights = (tuple(raw[key].values()) for key in ("ranking", "weights"))
    return Calibration(ranking, weights, float(raw["intercept"]), thresholds, unsure, float(raw["near"]))


class QuestionReading:
    """What a question names: its search words, glossary terms and figures."""

    def __init__(self, question: str, language: Language, index: SearchIndex) -> None:
        self.question = question
        self.language = language
        self.tokens = tuple(dict.fromkeys(tokenise(question)))
        self.terms, self.askers = _asked_about(question, index)
        self.figures = read_figures(question, language)
        self.figure_kinds = asked_kinds(question)
        self.local_places = index.glossary.local_places
        named = {token for term in self.terms for form in term.forms for token in form_tokens(form)}
        weights = {token: index.lexical.idf(token) for token in self.tokens}
        unknown = sum(w for token, w in weights.items() if not index.lexical.knows(token) and token not in named)
        self.unknown = unknown / sum(weights.values()) if weights else 1.0
        self._weights = weights
        self.word_vectors = index.word_space.of(self.tokens)
        self.outside = index.nearest_outside(question)
        self.answerable = index.answerable(question)
        self.odds = index.word_odds.value(self.tokens)

    def share(self, words: frozenset[str]) -> float:
        """The share of the question's words, weighted by idf, that stand among `words`; 0 if it has none."""
        total = sum(self._weights.values())
        return sum(weight for token, weight in self._weights.items() if token in words) / total if total else 0.0

    @property
    def outside_kind(self) -> str:
        """Of what kind the question is if it resembles one that no document answers; empty if it does not."""
        kind, cosine = self.outside
        return kind if cosine >= OUTSIDE_COSINE else ""

    @property
    def places(self) -> list[Term]:
        named = [term for term in self.terms if term.kind == "place" and term.scope != "country"]
        return [term for term in named if term.id not in self.askers]

    @property
    def checked_figures(self) -> list[str]:
        """Percentages and years: a figure that the question takes for granted, not the size of the asker's project."""
        return [figure for figure in self.figures if _PERCENTAGE_OR_YEAR.fullmatch(figure)]


def _asked_about(question: str, index: SearchIndex) -> tuple[tuple[Term, ...], frozenset[str]]:
    """The terms of the question, without a foreign place that is only where the asker comes from; and the ids of places that only
    tell whose people or firms are meant, so that what holds for all of them answers too.
    """
    found = index.glossary.locate(question)
    foreign = [one for one in found if one.term.kind == "place" and one.term.scope in SCOPES_ELSEWHERE]
    origins = {one.term.id for one in foreign if is_origin(question, one.start)}
    askers = {one.term.id for one in foreign if is_of_people(question, one.start, one.end)}
    terms = {one.term.id: one.term for one in found if one.term.id not in origins}
    return tuple(terms.values()), frozenset(askers)


def read_signals(reading: QuestionReading, hits: Sequence[SearchHit], place: int, index: SearchIndex) -> Signals:
    """The signals of the hit at a place of the ranking."""
    hit = hits[place]
    asked = {term.id for term in reading.terms}
    held = asked & index.sections.terms[hit.section_id]
    titled = asked & index.sections.heading_terms[hit.section_id]
    stated = index.sections.figures[hit.section_id]
    alike = index.word_likeness(reading.word_vectors, hit.section_id)
    return Signals(
        cosine=hit.cosine,
        statement=hit.statement_cosine,
        mean=hit.mean_cosine,
        asked=hit.asked_cosine,
        mean_asked=hit.mean_asked_cosine,
        prototype=hit.prototype_cosine,
        coverage=hit.coverage,
        heading=reading.share(index.sections.heading_words[hit.section_id]),
        terms=len(held) / len(asked) if asked else 1.0,
        titled=len(titled) / len(asked) if asked else 0.0,
        words=alike.words,
        mean_words=alike.mean_words,
        example=alike.example,
        heading_words=alike.heading,
        lacking=float(min(len(asked - held), 4)),
        figures=len(reading.figures.keys() & stated) / len(reading.figures) if reading.figures else 1.0,
        gap=hit.score - (hits[TENTH].score if len(hits) > TENTH else 0.0),
        unknown=reading.unknown,
        outside=reading.outside[1],
        answerable=reading.answerable,
        odds=reading.odds,
        same=float(hit.found.language is reading.language),
        length=math.log(1 + len(reading.tokens)),
        unstated=float(len(reading.figure_kinds - stated_kinds(hit.passage.search_text))),
    )


def judge(
    reading: QuestionReading,
    hits: Sequence[SearchHit],
    language: Language,
    index: SearchIndex,
    calibration: Calibration,
) -> list[Evidence]:
    """Every hit with its probability and whether it may be answered from, the most suitable first."""
    judged = []
    lowest = calibration.unsure[language]
    for place, hit in enumerate(hits):
        signals = read_signals(reading, hits, place, index)
        probability = calibration.probability(signals)
        missing = missing_names(reading, hit.section_id, index)
        enough, plainly = probability >= lowest, is_plainly_asked(signals)
        stands = "reaches" if enough else "is plainly asked, below" if plainly else "is below"
        reason = f"probability {probability:.2f} {stands} {lowest:.2f}"
        if missing and (enough or plainly):
            reason = f"does not name {', '.join(term.id for term in missing)}"
        kept, sure = (enough or plainly) and not missing, probability >= calibration.thresholds[language]
        judged.append(Evidence(hit, signals, calibration.rank(signals), probability, kept, reason, sure, not missing))
    return sorted(judged, key=lambda evidence: -evidence.rank)


def is_plainly_asked(signals: Signals) -> bool:
    """Whether few words ask plainly for the section, too few for the fitted rule: answered with a word of caution at least.

    Almost the same question is known for the section, or the section's headings hold every word and term of it; and it is nearer to
    that than to any question that no document answers.
    """
    if signals.asked >= SURELY_ASKED:
        return signals.asked > signals.outside
    return signals.heading == 1 and signals.lacking == 0 and signals.asked > signals.outside + NAMED_MARGIN


def missing_names(reading: QuestionReading, section: str, index: SearchIndex) -> list[Term]:
    """What the question names and the section does not, so that it must not be answered from.

    A place outside the region must stand in the section. One of the region must only if the section's heading names another one:
    what holds in the whole region or country holds there too. An official term or an institution that at most one section holds is
    what the question is about.
    """
    held = index.sections.terms[section]
    missing = [term for term in reading.terms if term.id not in held and term.id not in reading.askers]
    local = [term for term in reading.places if term.id in reading.local_places]
    about = index.sections.heading_terms[section] & reading.local_places
    elsewhere = bool(about) and not any(term.id in held for term in local)
    return [
        term
        for term in missing
        if (term.kind == "place" and term.scope not in ("country", "region"))
        or (term.id in reading.local_places and elsewhere)
        or (term.kind in ("term", "institution") and index.sections.holders[term.id] <= RARE)
    ]


def resembles_outside(reading: QuestionReading, judged: Sequence[Evidence]) -> bool:
    """Whether the question is clearly nearer to one that no document answers than to any that the sections found are asked."""
    nearest = max((evidence.signals.asked for evidence in judged), default=-1.0)
    return bool(reading.outside_kind) and reading.outside[1] >= nearest + OUTSIDE_MARGIN


def missing_figures(reading: QuestionReading, passages: Sequence[Passage]) -> list[str]:
    """The percentages and years of the question that none of the passages states."""
    stated = {figure for passage in passages for figure in read_figures(passage.search_text, passage.language)}
    return [figure for figure in reading.checked_figures if figure not in stated]
