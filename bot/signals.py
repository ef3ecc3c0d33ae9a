"""What a question names, and what speaks for a section that was found for it."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.asker import is_of_people, is_origin, means_the_state, told_spans
from bot.counting_on import read_ordinals
from bot.numerals import find_numbers, fold_text
from corpus.figure_kinds import asked_kinds, stated_kinds
from corpus.figures import plain_figure, read_figures
from corpus.glossary import SCOPES_ELSEWHERE
from corpus.months import read_months
from corpus.question_forms import question_forms
from index.form_odds import form_odds
from index.lexical import form_tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus import Language
    from corpus.glossary import Occurrence, Term
    from index import SearchHit, SearchIndex

OUTSIDE_COSINE = 0.5
TENTH = 9
RANKING = 17
LARGE = 1_000
CHARTER = "charter"
SESSIONS = frozenset({"cni", "cni-session"})
CAPITAL = "rabat"
_PERCENTAGE_OR_YEAR = re.compile(r".*%|(?:19|20)\d\d|2100")


class QuestionReading:
    """What a question names: its search words, glossary terms and figures."""

    def __init__(self, question: str, language: Language, index: SearchIndex) -> None:
        self.question = question
        self.language = language
        self.tokens = tuple(dict.fromkeys(tokenise(question)))
        self.terms, self.askers = _asked_about(question, index)
        self.figures = _figures(question, language)
        self.figure_kinds = asked_kinds(question)
        self.forms = question_forms(question)
        self.sessions = read_ordinals(question)
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
        written = read_figures(self.question, self.language)  # "two thousand jobs" names no year
        return [figure for figure in written if _PERCENTAGE_OR_YEAR.fullmatch(figure)]


def _figures(question: str, language: Language) -> Counter[str]:
    """The figures of a question in canonical form, also the large ones that it says in words ("forty million", 一个亿, "2 MMDH"),
    and the months that it names with their year.
    """
    figures = read_figures(question, language)
    for number in find_numbers(fold_text(question), language):
        value = abs(number.value)
        if number.scale >= LARGE and (figure := plain_figure(value)) not in figures:
            figures[figure] += 1
            figures.pop(plain_figure(value / number.scale), None)
    figures.update(read_months(question))
    return figures


def _asked_about(question: str, index: SearchIndex) -> tuple[tuple[Term, ...], frozenset[str]]:
    """The terms of the question, without a foreign place that is only where the asker comes from; and the ids of places that only
    tell whose people or firms are meant, so that what holds for all of them answers too.
    """
    found = index.glossary.locate(question)
    foreign = [one for one in found if one.term.kind == "place" and one.term.scope in SCOPES_ELSEWHERE]
    told = _told_places(question, found) if foreign else set()
    origins = {
        one.term.id
        for one in foreign
        if is_origin(question, one.start)
        or one in told
        or (one.term.id == CAPITAL and means_the_state(question, one.start, one.end))
    }
    askers = {one.term.id for one in foreign if is_of_people(question, one.start, one.end)}
    terms = {one.term.id: one.term for one in found if one.term.id not in origins}
    return tuple(terms.values()), frozenset(askers)


def _told_places(question: str, found: Sequence[Occurrence]) -> set[Occurrence]:
    """The foreign places that are only told, where the message is about Morocco; one in Morocco only where what asks names a place
    of the region: a project that is told of lies where it is told to lie.
    """
    spans = told_spans(question)
    told = {one for one in found if any(start <= one.start < end for start, end in spans)}
    local = any(one.term.scope == "region" for one in found if one not in told)
    ours = any(_is_ours(one.term) for one in found)
    return {one for one in told if (local if one.term.scope == "elsewhere" else ours)}


def _is_ours(term: Term) -> bool:
    """Whether a term tells by itself that a question is about Morocco."""
    return (
        term.scope in ("country", "region")
        or term.kind == "institution"
        or term.family == "scheme"
        or term.id == CHARTER
    )


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
        forms: how much likelier than elsewhere people ask for the section in the way of the question, who or how many say, as
            logarithms.
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
        exampled: whether any example questions of the section are known; tells which rule holds, and is none of the values.
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
    forms: float
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
    exampled: bool

    def named(self) -> dict[str, float]:
        """The features of the evidence rules by name, in the order of their weights."""
        features: dict[str, float] = {name: value for name, value in vars(self).items() if name != "exampled"}
        return {**features, "same*coverage": self.same * self.coverage}

    def values(self) -> tuple[float, ...]:
        """The features in the order of the calibration's weights."""
        return tuple(self.named().values())

    def ranking(self) -> tuple[float, ...]:
        """Those that differ between the sections found for one question, in the order of the ranking's weights."""
        return tuple(vars(self).values())[:RANKING]


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
        forms=form_odds(reading.forms, index.vectors.forms, hit.section_id),
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
        exampled=any(passage.asked for passage in index.sections.versions[hit.section_id].values()),
    )
