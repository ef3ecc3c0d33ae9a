"""From a question to an answer: the visible list of steps."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answer import Answer, AnswerStatus, Claim, Considered
from bot.composing import Draft, compose
from bot.evidence import Calibration, Evidence, QuestionReading, judge, load_calibration, missing_figures
from bot.grounding import check_grounding
from bot.language import Detected, LanguageDetector
from bot.messages import Texts, load_texts
from bot.routing import Route, route
from corpus import Language
from corpus.text import clean_question, split_sentences
from index.lexical import tokenise

if TYPE_CHECKING:
    from corpus.glossary import Glossary, Term
    from index import SearchIndex

logger = logging.getLogger(__name__)

MOST_CHARACTERS = 1_000
FEWEST_WORDS_ALONE = 3
MOST_SENTENCES = 5
MOST_SUGGESTIONS = 6
SUGGESTED_SECTIONS = (
    "eligibility#main-thresholds",
    "common-premiums#overview",
    "territorial-premium#marrakech-safi",
    "premium-cap#thirty-percent",
    "sectors#overview",
    "small-business#who-qualifies",
)


class Assistant:
    """Answers questions from the index, with citations; safe to call from several threads.

    Args:
        get_index: returns the index to answer the next question from.
        glossary: official terms and places.
        calibration: the evidence rule; the packaged one by default.
    """

    def __init__(
        self, get_index: Callable[[], SearchIndex], glossary: Glossary, calibration: Calibration | None = None
    ) -> None:
        self._get_index = get_index
        self._detector = LanguageDetector(glossary)
        self._calibration = calibration or load_calibration()
        self._texts: Mapping[Language, Texts] = load_texts()

    def ask(self, question: str, language: Language | None = None, page_language: Language | None = None) -> Answer:
        """The answer to one question.

        Args:
            question: as typed; anything goes, it is cleaned here.
            language: the language to answer in; by default that of the question.
            page_language: the language of the page; it decides where the question's is unclear.
        """
        cleaned = clean_question(question[: 4 * MOST_CHARACTERS])
        detected = Detected(language) if language else self._detector.detect(cleaned, page_language)
        if len(cleaned) > MOST_CHARACTERS:
            return self._say(AnswerStatus.TOO_LONG, detected, limit=str(MOST_CHARACTERS))
        where = route(cleaned)
        if where is not Route.SEARCH:
            return self._say_ready_text(where, detected)
        index = self._get_index()
        reading, judged = self._gather(cleaned, detected.language, index)
        kept = [evidence for evidence in judged if evidence.kept]
        if not kept:
            return self._refuse(reading, judged, detected)
        draft = compose(reading, kept, detected.language, self._texts[detected.language], index)
        return self._conclude(draft, reading, judged, detected, index)

    def _gather(self, question: str, language: Language, index: SearchIndex) -> tuple[QuestionReading, list[Evidence]]:
        """What was found and judged for the question; where the whole of it finds nothing, for its best sentence alone.

        People often tell who they are before they ask; that part may drown the question.
        """
        tried: list[tuple[QuestionReading, list[Evidence]]] = []
        for part in [question, *_sentences(question)]:
            reading = QuestionReading(part, language, index)
            judged = judge(reading, index.search(part, language), language, index, self._calibration)
            if not tried and any(evidence.kept for evidence in judged):
                return reading, judged
            tried.append((reading, judged))
        return max(tried, key=lambda pair: max((e.probability for e in pair[1] if e.kept), default=0.0))

    def suggestions(self, language: Language) -> list[str]:
        """Questions to begin with: headings of the corpus in a language, at most six."""
        versions = self._get_index().versions
        ordered = dict.fromkeys((*SUGGESTED_SECTIONS, *versions))
        own = [versions[section][language] for section in ordered if language in versions.get(section, {})]
        return [passage.heading for passage in own if passage.heading][:MOST_SUGGESTIONS]

    def _say(self, status: AnswerStatus, detected: Detected, text: str = "", **names: str) -> Answer:
        texts = self._texts[detected.language]
        said = (text or texts.status[status]).format(**names)
        claims = [Claim(said, language=detected.language)]
        if detected.other:
            claims.insert(0, Claim(texts.compose.other_language, language=detected.language))
        return Answer(status, tuple(claims), detected.language)

    def _say_ready_text(self, where: Route, detected: Detected) -> Answer:
        texts = self._texts[detected.language]
        match where:
            case Route.EMPTY:
                return self._say(AnswerStatus.NEEDS_DETAIL, detected)
            case Route.GREETING:
                return self._say(AnswerStatus.GREETING, detected)
            case Route.THANKS:
                return self._say(AnswerStatus.GREETING, detected, texts.service.thanks)
            case Route.HELP:
                return self._say(AnswerStatus.GREETING, detected, texts.service.help)
            case _:
                return self._say(AnswerStatus.OUT_OF_SCOPE, detected, getattr(texts.refusals, where.value))

    def _refuse(self, reading: QuestionReading, judged: list[Evidence], detected: Detected) -> Answer:
        """Not enough was found: say so, name what is near, or the office to ask about another place."""
        texts = self._texts[detected.language]
        if place := _foreign_place(reading):
            name = place.official(detected.language)
            answer = self._say(AnswerStatus.OUT_OF_SCOPE, detected, texts.refusals.other_place, place=name)
        else:
            answer = self._say(AnswerStatus.NOT_IN_CORPUS, detected)
            near = [evidence for evidence in judged[:3] if evidence.probability >= self._calibration.near]
            if near:
                headings = texts.list_separator.join(_heading(evidence, detected.language) for evidence in near)
                note = Claim(texts.compose.nearest.format(headings=headings), language=detected.language)
                answer = replace(answer, claims=(*answer.claims, note))
        return replace(answer, considered=_considered(judged))

    def _conclude(
        self, draft: Draft, reading: QuestionReading, judged: list[Evidence], detected: Detected, index: SearchIndex
    ) -> Answer:
        """The checked draft as an answer; a figure that the question takes for granted and no passage states is named first."""
        texts = self._texts[detected.language]
        if problems := check_grounding(draft):
            logger.error("A draft is not grounded and was not shown: %s", "; ".join(problems))
            return replace(self._say(AnswerStatus.ERROR, detected), considered=_considered(judged))
        cited = [index.versions[citation.section_id][citation.language] for citation in draft.citations]
        missing = missing_figures(reading, cited)
        claims = list(draft.claims)
        if missing:
            terms = texts.list_separator.join(missing)
            claims.insert(0, Claim(texts.compose.missing.format(terms=terms), language=detected.language))
        if detected.other:
            claims.insert(0, Claim(texts.compose.other_language, language=detected.language))
        return Answer(
            status=AnswerStatus.PARTLY_ANSWERED if missing else AnswerStatus.ANSWERED,
            claims=tuple(claims),
            language=detected.language,
            citations=draft.citations,
            considered=_considered(judged),
            as_of=min(citation.as_of for citation in draft.citations),
        )


def _sentences(question: str) -> list[str]:
    """The sentences of a question that has several, without those too short to stand alone."""
    sentences = [sentence for sentence in split_sentences(question) if len(tokenise(sentence)) >= FEWEST_WORDS_ALONE]
    return sentences[:MOST_SENTENCES] if sentences != [question] else []


def _foreign_place(reading: QuestionReading) -> Term | None:
    places = [term for term in reading.places if term.scope in ("elsewhere", "abroad")]
    return places[0] if places and not any(term.id in reading.local_places for term in reading.places) else None


def _heading(evidence: Evidence, language: Language) -> str:
    passage = evidence.hit.passage
    heading = passage.heading or passage.title
    marks = {Language.FR: "« {} »", Language.ES: "«{}»", Language.AR: "«{}»"}
    return marks.get(language, "“{}”").format(heading)


def _considered(judged: list[Evidence]) -> tuple[Considered, ...]:
    return tuple(
        Considered(
            section_id=evidence.hit.section_id,
            score=evidence.hit.score,
            cosine=evidence.hit.cosine,
            coverage=evidence.hit.coverage,
            kept=evidence.kept,
            reason=evidence.reason,
        )
        for evidence in judged
    )
