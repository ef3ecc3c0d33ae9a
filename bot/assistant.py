"""From a question to an answer: the visible list of steps."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.answer import Answer, AnswerStatus, Claim, Considered, Reason
from bot.composing import Chosen, Draft, compose, select_sections
from bot.conversation import Message, read_in_context
from bot.estimating import Estimator
from bot.evidence import Calibration, Evidence, load_calibration, missing_figures
from bot.gathering import Gathered, gather, is_never_answered
from bot.grounding import check_grounding
from bot.language import Detected, LanguageDetector
from bot.messages import Texts, load_texts
from bot.phrasing import QUESTION_MARKS, asks, without_courtesy, without_denial
from bot.routing import Route, route
from bot.signals import OUTSIDE_COSINE, QuestionReading
from bot.timing import step
from corpus import Confidence, Language
from corpus.darija import standard_arabic
from corpus.glossary import SCOPES_ELSEWHERE
from corpus.outside import NEVER_ANSWERED, OutsideKind
from corpus.text import clean_question

if TYPE_CHECKING:
    from bot.plan import Plan
    from corpus.glossary import Glossary, Term
    from index import SearchIndex

logger = logging.getLogger(__name__)

MOST_CHARACTERS = 1_000
MOST_SUGGESTIONS = 6
CLEARLY_OUTSIDE = 0.75  # a cosine; few words of somebody who speaks of a project are like many questions for advice
HARD_TO_READ = "hotell 50 MDH 40 jobz Esaouira"  # a project, slips, and no word that tells the language
SUGGESTED_SECTIONS = (
    "eligibility#main-thresholds",
    "common-premiums#overview",
    "territorial-premium#marrakech-safi",
    "premium-cap#thirty-percent",
    "sectors#overview",
    "small-business#who-qualifies",
)
_REASONS: Mapping[str, Reason] = {
    OutsideKind.OFF_TOPIC: Reason.OFF_TOPIC,
    OutsideKind.GUARANTEE: Reason.GUARANTEE,
    OutsideKind.PRIVATE: Reason.PERSONAL,
    OutsideKind.ADVICE: Reason.ADVICE,
    OutsideKind.INJECTION: Reason.INSTRUCTIONS,
    OutsideKind.ABUSE: Reason.ABUSE,
}


class Assistant:
    """Answers questions from the index, with citations; safe to call from several threads.

    Args:
        get_index: returns the index to answer the next question from.
        glossary: official terms and places.
        calibration: the evidence rule; the packaged one by default.
        most_characters: the length of a question; a longer one is not answered.
    """

    def __init__(
        self,
        get_index: Callable[[], SearchIndex],
        glossary: Glossary,
        calibration: Calibration | None = None,
        most_characters: int = MOST_CHARACTERS,
    ) -> None:
        self._get_index = get_index
        self._most_characters = most_characters
        self._detector = LanguageDetector(glossary)
        self._calibration = calibration or load_calibration()
        self._estimator = Estimator(glossary)
        self._texts: Mapping[Language, Texts] = load_texts()

    def ask(
        self,
        question: str,
        language: Language | None = None,
        page_language: Language | None = None,
        history: Sequence[Message] = (),
    ) -> Answer:
        """The answer to one question.

        Args:
            question: as typed; anything goes, it is cleaned here.
            language: the language to answer in; by default that of the question.
            page_language: the language of the page; it decides where that of the question, and of the one before it, is unclear.
            history: the turns before it, oldest first; a question that leans on them is completed from them.
        """
        cleaned = clean_question(question[: 4 * self._most_characters])
        with step("language"):
            earlier = [clean_question(turn.content[: self._most_characters]) for turn in history if turn.role == "user"]
            detected = self._detector.detect_after(cleaned, earlier, page_language).answered_in(language)
        if len(cleaned) > self._most_characters:
            return self._say(AnswerStatus.TOO_LONG, detected, limit=str(self._most_characters))
        where = route(cleaned)
        if where is not Route.SEARCH:
            return self._say_ready_text(where, detected)
        index = self._get_index()
        known = index.language_words
        detected = self._detector.detect_after(cleaned, earlier, page_language, known).answered_in(language)
        heard = self._estimator.read(cleaned, detected.language, history)
        plan = None if self._is_refused(heard.plan, cleaned, detected, index) else heard.plan
        if plan and not plan.searched_first and (estimated := self._estimate(plan, detected, index)):
            return estimated

        def spell(text: str) -> str:
            return spell_out(text, self._detector.detect_after(text, earlier, page_language, known), index)

        spelled = spell_out(cleaned, detected, index)
        asked = read_in_context(spelled, heard.history, index.glossary, spell)
        gathered = gather(asked, detected.language, index, self._calibration)
        chosen = [] if is_never_answered(gathered.whole) else select_sections(gathered)
        conclude = self._conclude if chosen else self._refuse
        with step("compose"):
            answer = conclude(chosen, gathered, detected, index)
        if plan and plan.says_more_than(answer) and (made := self._estimate(plan, detected, index)):
            return made
        return replace(answer, completed=gathered.understood if gathered.understood != asked.alone else "")

    def _is_refused(self, plan: Plan | None, question: str, detected: Detected, index: SearchIndex) -> bool:
        """Whether a message about a plan asks for a promise or the like: that the search refuses. A reply asks for nothing."""
        if plan is None or plan.searched_first or plan.unsaid:
            return False
        with step("search"):  # the question is embedded here
            kind, cosine = index.nearest_outside(standard_arabic(question, latin=detected.latin_darija))
        if kind == OutsideKind.ADVICE and not asks(question) and not question.endswith(QUESTION_MARKS):
            return False  # what is only told asks for no advice
        told = plan.goes_on or not plan.project.is_sized
        clearly = CLEARLY_OUTSIDE if told and kind == OutsideKind.ADVICE else OUTSIDE_COSINE
        return kind in NEVER_ANSWERED and cosine >= clearly

    def _estimate(self, plan: Plan, detected: Detected, index: SearchIndex) -> Answer | None:
        return self._estimator.answer(plan, detected.language, self._texts[detected.language], index)

    def prepare(self) -> None:
        """Load and work out what the first questions would wait for, by asking in each language and one hard to read."""
        self._get_index().prepare()
        asked = [self.suggestions(language)[:1] for language in Language]
        for question in (*chain.from_iterable(asked), HARD_TO_READ):
            self.ask(question)

    def suggestions(self, language: Language) -> list[str]:
        """Questions to begin with: headings of the corpus in a language, at most six."""
        versions = self._get_index().sections.versions
        ordered = dict.fromkeys((*SUGGESTED_SECTIONS, *versions))
        own = [versions[section][language] for section in ordered if language in versions.get(section, {})]
        return [passage.heading for passage in own if passage.heading][:MOST_SUGGESTIONS]

    def _say(
        self, status: AnswerStatus, detected: Detected, text: str = "", reason: Reason | None = None, **names: str
    ) -> Answer:
        texts = self._texts[detected.language]
        said = text or (texts.refusals.get(reason, "") if reason else "") or texts.status[status]
        claims = [Claim(said.format(**names), language=detected.language)]
        if detected.other:
            claims.insert(0, Claim(texts.compose.other_language, language=detected.language))
        return Answer(status, tuple(claims), detected.language, reason=reason)

    def _say_ready_text(self, where: Route, detected: Detected) -> Answer:
        texts = self._texts[detected.language]
        match where:
            case Route.EMPTY:
                return self._say(AnswerStatus.NEEDS_DETAIL, detected, reason=Reason.UNCLEAR)
            case Route.GREETING:
                return self._say(AnswerStatus.GREETING, detected)
            case Route.THANKS:
                return self._say(AnswerStatus.GREETING, detected, texts.service.thanks)
            case Route.HELP:
                return self._say(AnswerStatus.GREETING, detected, texts.service.help)
            case _:
                return self._say(AnswerStatus.OUT_OF_SCOPE, detected, reason=Reason(where.value))

    def _refuse(self, _: Sequence[Chosen], gathered: Gathered, detected: Detected, index: SearchIndex) -> Answer:
        """Not enough was found: say so, name what is near, or the office to ask about another place."""
        part = gathered.whole
        texts, reading = self._texts[detected.language], part.reading
        near = [item for item in part.judged[:3] if item.probability >= self._calibration.near]
        subject = any(term.kind != "place" for term in reading.terms)
        if place := _foreign_place(reading):
            reason = Reason.OTHER_COUNTRY if place.scope == "abroad" else Reason.OTHER_PLACE
            name = place.official(detected.language)
            answer = self._say(AnswerStatus.OUT_OF_SCOPE, detected, reason=reason, place=name)
        elif is_never_answered(part):
            answer = self._say(AnswerStatus.OUT_OF_SCOPE, detected, reason=_REASONS[reading.outside_kind])
        elif not reading.terms and not index.spelling.is_readable(reading.question):
            answer = self._say(AnswerStatus.NEEDS_DETAIL, detected, reason=Reason.UNCLEAR)
        elif (not near and not subject) or _REASONS.get(reading.outside_kind) is Reason.OFF_TOPIC:
            answer = self._say(AnswerStatus.OUT_OF_SCOPE, detected, reason=Reason.OFF_TOPIC)
        else:
            answer = self._say(AnswerStatus.NOT_IN_CORPUS, detected, reason=Reason.NOT_FOUND)
            if near:
                headings = texts.list_separator.join(_heading(evidence, detected.language) for evidence in near)
                note = Claim(texts.compose.nearest.format(headings=headings), language=detected.language)
                answer = replace(answer, claims=(*answer.claims, note))
        return replace(answer, considered=_considered(part.judged))

    def _conclude(self, chosen: Sequence[Chosen], gathered: Gathered, detected: Detected, index: SearchIndex) -> Answer:
        """The checked draft as an answer; what the question takes for granted and no passage states is named first."""
        texts, judged = self._texts[detected.language], gathered.whole.judged
        draft = compose(chosen, detected.language, texts, index)
        if problems := check_grounding(draft):
            logger.error("A draft is not grounded and was not shown: %s", "; ".join(problems))
            return replace(self._say(AnswerStatus.ERROR, detected), considered=_considered(judged))
        missing = _missing(gathered, draft, detected.language, index)
        claims = list(draft.claims)
        status, reason = _status(chosen, missing, absent=draft.absent)
        if reason is Reason.UNSURE:
            claims.insert(0, Claim(texts.compose.unsure, language=detected.language))
        elif missing:
            terms = texts.list_separator.join(missing)
            claims.insert(0, Claim(texts.compose.missing.format(terms=terms), language=detected.language))
        if detected.other:
            claims.insert(0, Claim(texts.compose.other_language, language=detected.language))
        return Answer(
            status=status,
            claims=tuple(claims),
            language=detected.language,
            citations=draft.citations,
            considered=_considered(judged),
            as_of=min(citation.as_of for citation in draft.citations),
            reason=reason,
        )


def spell_out(question: str, detected: Detected, index: SearchIndex) -> str:
    """The question as it is searched for: without greetings, Darija in standard Arabic, slips and shorthand put right."""
    asked = without_denial(without_courtesy(question))
    spoken = standard_arabic(asked, latin=detected.latin_darija)
    heard = index.arabizi.read(spoken) if detected.latin_darija else index.homophones.correct(spoken)
    return index.spelling.correct(heard, detected.language, darija=spoken != asked)


def _status(chosen: Sequence[Chosen], missing: Sequence[str], *, absent: bool) -> tuple[AnswerStatus, Reason | None]:
    """How a composed answer ends; one that only tells what was looked for and not found is none, and where that is `absent` which
    was asked for, what else is told is only a part.
    """
    unknown = [item.evidence.hit.passage.confidence is Confidence.UNKNOWN for item in chosen]
    if all(unknown):
        return AnswerStatus.NOT_IN_CORPUS, Reason.NOT_PUBLISHED
    if any(figure.endswith("%") for figure in missing):
        return AnswerStatus.PARTLY_ANSWERED, Reason.FALSE_PREMISE
    if missing:
        return AnswerStatus.PARTLY_ANSWERED, Reason.NOT_FOUND
    if absent:
        return AnswerStatus.PARTLY_ANSWERED, Reason.NOT_PUBLISHED
    if not any(item.evidence.sure for item in chosen):
        return AnswerStatus.PARTLY_ANSWERED, Reason.UNSURE
    return (AnswerStatus.PARTLY_ANSWERED, Reason.NOT_PUBLISHED) if any(unknown) else (AnswerStatus.ANSWERED, None)


def _missing(gathered: Gathered, draft: Draft, language: Language, index: SearchIndex) -> list[str]:
    """What the question names and the answer cannot speak of: percentages and years that no passage states, and places."""
    cited = [index.sections.versions[citation.section_id][citation.language] for citation in draft.citations]
    said = {term for passage in cited for term in index.sections.terms[passage.section_id]}
    empty = [part.reading for part in gathered.aspects if not part.kept]
    whole = gathered.whole.reading
    asked = {place.id for place in whole.places} - said  # not where somebody only comes from
    places = [place.official(language) for reading in empty for place in reading.places if place.id in asked]
    places += [
        place.official(language) for place in whole.places if place.id in asked and place.scope in SCOPES_ELSEWHERE
    ]
    return [*missing_figures(whole, cited), *dict.fromkeys(places)]


def _foreign_place(reading: QuestionReading) -> Term | None:
    places = [term for term in reading.places if term.scope in ("elsewhere", "abroad")]
    return places[0] if places and not any(term.id in reading.local_places for term in reading.places) else None


def _heading(evidence: Evidence, language: Language) -> str:
    passage = evidence.hit.passage
    heading = passage.heading or passage.title
    marks = {Language.FR: "« {} »", Language.ES: "«{}»", Language.AR: "«{}»"}
    return marks.get(language, "“{}”").format(heading)


def _considered(judged: Sequence[Evidence]) -> tuple[Considered, ...]:
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
