"""Writing an answer without a language model: the sentences of the best sections that answer, word for word."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import TYPE_CHECKING

from bot.answer import Citation, Claim
from corpus import Confidence, Kind, Language, Passage
from corpus.absence import tells_absence
from corpus.figures import read_figures
from corpus.months import read_months
from corpus.text import Statement, split_statements, word_count
from index.lexical import form_tokens, tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.evidence import Evidence
    from bot.gathering import Gathered, Part
    from bot.messages import Texts
    from bot.signals import QuestionReading
    from corpus.glossary import Glossary
    from index import SearchIndex

MOST_SECTIONS = 3
MOST_WITH_ASPECTS = 5
MOST_SENTENCES = 5
MOST_BRIEF = 3
BESIDE = 0.2
MOST_FROM_RELEASE = 3
NAME_WEIGHT = 0.5
MOST_WORDS = 140
AS_GOOD = 1.0  # in logarithms of odds, as those below
CLOSE = 3.0  # in logarithms of odds: a twentieth of those of the best
CLOSE_ENOUGH_TO_DENY = 4.5  # a ninetieth
RATHER_ASKED = 0.015
CLEARLY_NEAREST = 0.1
OPENING_LENGTH = 70
ALIKE = 0.7  # of the words of both


@dataclass(frozen=True)
class Draft:
    """Claims with the citations they name, before they are checked; `absent` if they begin with what was not found."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    absent: bool = False


@dataclass(frozen=True)
class Chosen:
    """A section to answer from, and the question, or the part of it, that it answers; and the other parts that it suits best."""

    reading: QuestionReading
    evidence: Evidence
    others: tuple[QuestionReading, ...] = ()


def compose(chosen: Sequence[Chosen], language: Language, texts: Texts, index: SearchIndex) -> Draft:
    """The lead sentence of each section and what else in it answers: most of the first, less of the others. Where the first
    section tells that just what is asked for was not found, that comes first.

    A passage that stands only in another language is quoted in that language, and a line before it says so. Beside our summary of
    a press release the release itself is quoted, if the corpus holds it. A point that rests on the press or is to be confirmed
    says so at the end.

    Args:
        chosen: sections that may be answered from, best first; not empty.
        language: the language to answer in.
        texts: the words around the quotes in that language.
        index: where the evidence was found.
    """
    draft, absent = _Drafting(language, texts, index.glossary), absent_statement(chosen[0], index)
    for item in chosen:
        passage = item.evidence.hit.passage
        if passage.heading:
            lines = _select_lines(item, passage, index, brief=bool(draft.citations))
            first = [absent] if absent and not draft.citations else []
            draft.quote(passage, [*first, *(line for line in lines if line not in first)])
        else:
            draft.quote_all(_select_from_release(item.reading, index.sections.document(passage), index))
    for citation in draft.citations:
        originals = index.sections.originals(index.sections.versions[citation.section_id][citation.language])
        draft.quote_all(_select_from_release(chosen[0].reading, originals, index) if originals else [])
    return draft.finish(absent=absent is not None)


def absent_statement(chosen: Chosen, index: SearchIndex) -> Statement | None:
    """The statement of a section which tells that just what is asked for was not found: clearly the nearest to the question."""
    passage = chosen.evidence.hit.passage
    lines = split_statements(passage.text)
    if not passage.heading or not any(tells_absence(line.text, passage.language) for line in lines):
        return None
    cosines = [float(value) for value in index.statement_cosines(chosen.reading.question, passage)]
    nearest, second = sorted([*cosines, -1.0], reverse=True)[:2]
    line = lines[cosines.index(nearest)]
    return line if nearest - second >= CLEARLY_NEAREST and tells_absence(line.text, passage.language) else None


class _Drafting:
    """The claims and citations so far; each passage is cited under one number."""

    def __init__(self, language: Language, texts: Texts, glossary: Glossary) -> None:
        self._language = language
        self._texts = texts
        self._glossary = glossary
        self._claims: list[Claim] = []
        self._introduced: set[str] = set()
        self._quotes: dict[str, list[str]] = {}
        self._passages: dict[str, Passage] = {}

    @property
    def citations(self) -> list[Citation]:
        numbered = enumerate(self._passages.values(), start=1)
        return [cite(number, passage, self._quotes[passage.id]) for number, passage in numbered]

    def quote(self, passage: Passage, lines: Sequence[Statement]) -> None:
        """Say lines of a passage that were not said yet, or its first; a document in another language is introduced once."""
        new = [line for line in lines if line.text not in self._quotes.get(passage.id, ())]
        if not new:
            return
        new = [line for line in new if not self._is_said(line, passage.language)] or new[:1]
        if passage.language is not self._language and passage.slug not in self._introduced:
            self._introduced.add(passage.slug)
            name = self._texts.languages[passage.language]
            self._claims.append(Claim(self._texts.compose.quoted_in.format(language=name), language=self._language))
        self._passages.setdefault(passage.id, passage)
        self._quotes.setdefault(passage.id, []).extend(line.text for line in new)
        number = list(self._passages).index(passage.id) + 1
        self._claims.extend(Claim(line.text, (number,), passage.language, line.listed) for line in new)

    def _is_said(self, line: Statement, language: Language) -> bool:
        """Whether the same was said already in hardly other words: the same figures and names."""
        words, figures = set(tokenise(line.text)), read_figures(line.text, language).keys()
        for claim in self._claims:
            said = set(tokenise(claim.text))
            if len(words & said) >= ALIKE * len(words | said) and figures == read_figures(claim.text, language).keys():
                return self._names(line.text) == self._names(claim.text)
        return False

    def _names(self, text: str) -> set[str]:
        return {term.id for term in self._glossary.find(text)}

    def quote_all(self, quotes: Sequence[tuple[Passage, Statement]]) -> None:
        for passage, line in quotes:
            self.quote(passage, [line])

    def finish(self, *, absent: bool) -> Draft:
        """The draft with the cautions that its citations call for."""
        citations = self.citations
        notes = [Claim(note, language=self._language) for note in _notes(citations, self._texts)]
        return Draft((*self._claims, *notes), tuple(citations), absent)


def select_sections(gathered: Gathered) -> list[Chosen]:
    """The sections to answer from: the best for the whole question, then the best for each of its aspects.

    Beside the best section of the whole, or of an aspect, stand those whose odds are not far below: three in all, or five where
    there are aspects. What was looked for and not found is said only where it is among the best there is, or not far below and
    people ask rather for that: who asks for the price of a plot is told of the plots, and that no price was found. Nor is it said
    alone where something else surely suits the question as well.
    """
    whole = [Chosen(gathered.whole.reading, item) for item in _select(gathered.whole)]
    by_aspect = [[Chosen(part.reading, item) for item in _select(part)] for part in gathered.aspects]
    first = [chosen for found in by_aspect for chosen in found[:1]]
    close = [chosen for found in by_aspect for chosen in found[1:]]
    chosen: dict[str, Chosen] = {}
    for item in (*whole[:1], *first, *whole[1:], *close):
        if len(chosen) < (MOST_WITH_ASPECTS if first else MOST_SECTIONS):
            chosen.setdefault(item.evidence.hit.section_id, item)
    return [replace(item, others=_others(item, gathered)) for item in chosen.values()]


def _others(chosen: Chosen, gathered: Gathered) -> tuple[QuestionReading, ...]:
    """The aspects that a chosen section suits best, or hardly less, besides the part that it was chosen for."""
    section = chosen.evidence.hit.section_id
    return tuple(
        part.reading
        for part in gathered.aspects
        if part.reading is not chosen.reading
        and any(item.hit.section_id == section and part.judged[0].rank - item.rank <= AS_GOOD for item in part.judged)
    )


def _select(whole: Part) -> list[Evidence]:
    if not whole.kept:
        return []
    chosen = [best := whole.kept[0]]
    for item in whole.judged:
        own = item.hit.passage
        same_release = not own.heading and any(other.hit.passage.slug == own.slug for other in chosen)
        below, unknown = best.rank - item.rank, _is_unknown(item)
        close = below <= CLOSE and (item.kept or not unknown)
        rather = unknown and below <= CLOSE_ENOUGH_TO_DENY and item.signals.asked > best.signals.asked + RATHER_ASKED
        if item is not best and item.fits and (close or rather) and not same_release:
            chosen.append(item)
    if all(_is_unknown(item) for item in chosen):
        chosen += [item for item in whole.kept if item.sure and not _is_unknown(item)][:1]
    return chosen[:MOST_SECTIONS]


def _is_unknown(item: Evidence) -> bool:
    """Whether a section tells what was looked for and not found."""
    return item.hit.passage.confidence is Confidence.UNKNOWN


def _select_from_release(
    reading: QuestionReading, passages: Sequence[Passage], index: SearchIndex
) -> list[tuple[Passage, Statement]]:
    """From a text without headings: its opening, which tells who, when and where, and what comes nearest to the question."""
    lines = [(passage, line) for passage in passages for line in split_statements(passage.text)]
    scores = _scores(reading, passages, index)
    chosen = {0, *sorted(range(len(lines)), key=lambda i: -scores[i])[:MOST_FROM_RELEASE]}
    return [lines[i] for i in sorted(chosen)]


def _select_lines(item: Chosen, passage: Passage, index: SearchIndex, *, brief: bool) -> list[Statement]:
    """The statements to show: the lead, then those nearest to the question, and the nearest to each other part that the section
    suits best, in the order of the passage.

    A short passage is shown whole, and the items of a list come together.
    """
    lines = split_statements(passage.text)
    most = MOST_BRIEF if brief else MOST_SENTENCES
    if not brief and len(lines) <= most and sum(word_count(line.text) for line in lines) <= MOST_WORDS:
        return lines
    scores = _scores(item.reading, [passage], index)
    listed = [i for i, line in enumerate(lines) if line.listed]
    nearest = sorted(range(1, len(lines)), key=lambda i: (-scores[i], i))
    if brief:
        beside = [i for i in nearest if scores[i] >= scores[nearest[0]] - BESIDE]
        chosen = {0, *beside[: most - 1]}
    elif listed:
        chosen = {0, *[i for i in nearest if not lines[i].listed][:1], *listed}
    else:
        chosen = {0, *nearest[: most - 1]}
    for other in item.others:
        scores = _scores(other, [passage], index)
        chosen.add(scores.index(max(scores)))
    return [lines[i] for i in sorted(chosen)]


def _scores(reading: QuestionReading, passages: Sequence[Passage], index: SearchIndex) -> list[float]:
    """How near each statement of the passages is to the question: its cosine, and what it names of the question.

    A name that many of the statements hold tells little, so it counts the less the more of them do.
    """
    nearness: list[float] = []
    named: list[set[str]] = []
    for passage in passages:
        nearness.extend(float(value) for value in index.statement_cosines(reading.question, passage))
        named.extend(_named(line.text, reading, passage.language) for line in split_statements(passage.text))
    holders = Counter(name for names in named for name in names)
    return [
        cosine + NAME_WEIGHT * sum(1 / holders[name] for name in names)
        for cosine, names in zip(nearness, named, strict=True)
    ]


def _named(text: str, reading: QuestionReading, language: Language) -> set[str]:
    """The question's words, terms and figures that a statement holds."""
    tokens = set(tokenise(text))
    forms = {term.id: map(form_tokens, term.forms) for term in reading.terms}
    terms = {term for term, own in forms.items() if any(tokens.issuperset(form) for form in own if form)}
    named = tokens.intersection(reading.tokens) | terms
    if reading.figures:
        named |= reading.figures.keys() & (read_figures(text, language).keys() | read_months(text))
    return named


def cite(number: int, passage: Passage, quotes: Sequence[str]) -> Citation:
    """The citation of a passage under a number, with the sentences of it that are used."""
    return Citation(
        number=number,
        section_id=passage.section_id,
        title=passage.title,
        section=passage.heading or shorten(passage.text, OPENING_LENGTH, placeholder="…"),
        kind=passage.kind,
        publisher=passage.publisher,
        published=passage.published,
        as_of=passage.as_of,
        url=passage.url,
        source_title=passage.source_title,
        language=passage.language,
        confidence=passage.confidence,
        quotes=tuple(quotes),
        passage_text=passage.text,
    )


def _notes(citations: Sequence[Citation], texts: Texts) -> list[str]:
    cautions = {citation.confidence for citation in citations if citation.kind is not Kind.PRESS_RELEASE}
    if Confidence.TO_CONFIRM in cautions:
        return [texts.compose.to_confirm]
    return [texts.compose.press] if Confidence.PRESS in cautions else []
