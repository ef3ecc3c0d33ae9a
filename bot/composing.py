"""Writing an answer without a language model: the sentences of the best sections that answer, word for word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answer import Citation, Claim
from corpus import Confidence, Kind, Language, Passage
from corpus.figures import read_figures
from corpus.text import split_sentences, word_count
from index.lexical import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.evidence import Evidence, QuestionReading
    from bot.messages import Texts
    from index import SearchIndex

MOST_SECTIONS = 3
MOST_SENTENCES = 4
MOST_WORDS = 90
CLOSE = 0.75


@dataclass(frozen=True)
class Draft:
    """Claims with the citations they name, before they are checked."""

    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class _Line:
    text: str
    listed: bool


def compose(
    reading: QuestionReading, evidence: Sequence[Evidence], language: Language, texts: Texts, index: SearchIndex
) -> Draft:
    """The lead sentence of the best section and what else in it answers, then what other sections add.

    A passage that stands only in another language is quoted in that language, and a line before it says so; a point that rests on
    the press or is to be confirmed says so after it.

    Args:
        reading: what the question names.
        evidence: sections that may be answered from, best first; not empty.
        language: the language to answer in.
        texts: the words around the quotes in that language.
        index: where the evidence was found.
    """
    claims: list[Claim] = []
    citations: list[Citation] = []
    for item in select_sections(evidence, reading, language):
        passage, number = item.hit.passage, len(citations) + 1
        lines = _select_lines(reading, passage, index, lead_only=number > 1)
        if not lines:
            continue
        if passage.language is not language:
            name = texts.languages[passage.language]
            claims.append(Claim(texts.compose.quoted_in.format(language=name), language=language))
        claims.extend(Claim(line.text, (number,), passage.language, line.listed) for line in lines)
        citations.append(_cite(number, passage, lines))
    claims.extend(Claim(note, language=language) for note in _notes(citations, texts))
    return Draft(tuple(claims), tuple(citations))


def select_sections(evidence: Sequence[Evidence], reading: QuestionReading, language: Language) -> list[Evidence]:
    """The best section, then those that are nearly as likely and say something new of what was asked, three at most.

    A section that stands only in another language counts as new beside one in the asker's language: it is a source of its own.
    """
    best, *others = evidence
    chosen = [best]
    said = _said(best.hit.passage, reading)
    for item in others:
        if len(chosen) == MOST_SECTIONS:
            break
        if item.hit.score < CLOSE * best.hit.score:
            continue
        new = _said(item.hit.passage, reading) - said
        foreign = item.hit.passage.language is not language and all(c.hit.passage.language is language for c in chosen)
        if new or foreign:
            chosen.append(item)
            said |= new
    return chosen


def _said(passage: Passage, reading: QuestionReading) -> set[str]:
    tokens = set(tokenise(f"{passage.heading}\n{passage.text}"))
    terms = {
        term.id for term in reading.terms if any(set(tokenise(form)) <= tokens for form in term.forms if tokenise(form))
    }
    return tokens.intersection(reading.tokens) | terms


def _select_lines(reading: QuestionReading, passage: Passage, index: SearchIndex, *, lead_only: bool) -> list[_Line]:
    lines = _lines(passage.text)
    if not lines or (lead_only and not _introduces_list(lines, 0)):
        return lines[:1] if lines else []
    if sum(word_count(line.text) for line in lines) <= MOST_WORDS and len(lines) <= MOST_SENTENCES:
        return lines
    weights = {token: index.lexical.idf(token) for token in reading.tokens}
    names = [tokenise(form) for term in reading.terms for form in term.forms]
    scores = [_relevance(line.text, weights, names, reading, passage.language) for line in lines]
    listed = [i for i, line in enumerate(lines) if line.listed]
    plain = [i for i in range(1, len(lines)) if not lines[i].listed]
    chosen = {0} | {i for i in sorted(plain, key=lambda i: (-scores[i], i))[: MOST_SENTENCES - 1] if scores[i] > 0}
    pointed = [i for i in listed if scores[i] > 0]
    chosen |= set(listed if not pointed or len(pointed) > len(listed) / 2 else pointed)
    if len(chosen) == 1:
        chosen |= set(plain[:1])
    return [lines[i] for i in sorted(chosen)]


def _relevance(
    text: str, weights: dict[str, float], names: list[list[str]], reading: QuestionReading, language: Language
) -> float:
    tokens = set(tokenise(text))
    score = sum(weight for token, weight in weights.items() if token in tokens)
    score += sum(1.0 for name in names if name and set(name) <= tokens)
    return score + 2.0 * sum(figure in read_figures(text, language) for figure in reading.figures)


def _introduces_list(lines: list[_Line], place: int) -> bool:
    return lines[place].text.rstrip().endswith((":", "：")) and place + 1 < len(lines) and lines[place + 1].listed


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for row in text.splitlines():
        listed = row.lstrip().startswith(("- ", "* ", "• "))
        sentences = split_sentences(row)
        if listed and sentences:
            lines.append(_Line(" ".join(sentences), listed=True))
        else:
            lines.extend(_Line(sentence, listed=False) for sentence in sentences)
    return lines


def _cite(number: int, passage: Passage, lines: Sequence[_Line]) -> Citation:
    return Citation(
        number=number,
        section_id=passage.section_id,
        title=passage.title,
        section=passage.heading or passage.title,
        kind=passage.kind,
        publisher=passage.publisher,
        published=passage.published,
        as_of=passage.as_of,
        url=passage.url,
        source_title=passage.source_title,
        language=passage.language,
        confidence=passage.confidence,
        quotes=tuple(line.text for line in lines),
        passage_text=passage.text,
    )


def _notes(citations: Sequence[Citation], texts: Texts) -> list[str]:
    cautions = {citation.confidence for citation in citations if citation.kind is not Kind.PRESS_RELEASE}
    if Confidence.TO_CONFIRM in cautions:
        return [texts.compose.to_confirm]
    return [texts.compose.press] if Confidence.PRESS in cautions else []
