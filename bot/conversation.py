"""Questions that lean on what was asked before: completed from the earlier turns, without a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.asker import is_of_people, is_origin
from bot.counting_on import Step, read_step
from bot.phrasing import asks, find_ordinals, leans_back, says_it, set_apart, without_opening
from corpus.glossary import SCOPES_ELSEWHERE
from corpus.months import find_months
from corpus.text import HAN, clean_question, fold, split_sentences
from index.lexical import tokenise

if TYPE_CHECKING:
    from corpus.glossary import Glossary, Term

Role = Literal["user", "assistant"]
MOST_TURNS = 6
MOST_CHARACTERS = 400
FEW_WORDS = 2
ENOUGH_WORDS = 4
MANY_WORDS = 8
PROPERTIES = frozenset({"area", "contact", "price"})  # of something that is named beside them or before
COUNTED = frozenset({"year", "ordinal"})
_DAY = re.compile(r"\d{1,2}(?!\d)")
_BEFORE_MONTH = {"on": "in", "le": "en", "du": "de", "el": "en", "del": "de"}  # where the day is gone
_BEFORE_DAY = re.compile(rf"\b({'|'.join(_BEFORE_MONTH)}) $", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Message:
    """One message of a conversation: what the asker (`user`) or Mithaq (`assistant`) said."""

    role: Role
    content: str


@dataclass(frozen=True)
class Named:
    """Something named in a text, from `start` up to `end`; only one of a `group` is usually meant in a question."""

    group: str
    name: str
    start: int
    end: int


def read_named(text: str, glossary: Glossary) -> list[Named]:
    """The places, sectors, years, months, ordinal numbers and members of a family of terms that a text names, in order."""
    named = [
        Named(group, occurrence.term.id, occurrence.start, occurrence.end)
        for occurrence in glossary.locate(text)
        if (group := group_of(occurrence.term))
    ]
    months = find_months(text)
    named.extend(Named("year", one.month, one.start, one.end) for one in months)
    alone = (year for year in _YEAR.finditer(text) if not any(one.start <= year.start() < one.end for one in months))
    named.extend(Named("year", year.group(), year.start(), year.end()) for year in alone)
    named.extend(Named("ordinal", one.group(), one.start(), one.end()) for one in find_ordinals(text))
    return sorted(named, key=lambda one: (one.start, one.end))


def group_of(term: Term) -> str:
    """The group in which a term excludes others, or an empty string."""
    if term.kind == "place":
        return "" if term.scope in ("country", "partner") else "place"
    return term.family or ("sector" if term.kind == "sector" else "")


@dataclass(frozen=True)
class InContext:
    """The ways to understand a question after those before it.

    Attributes:
        alone: the question as it stands.
        completed: completed from what was asked before; empty if nothing was.
        earlier: what was asked before, as it was understood.
        leans: whether it speaks as if it went on from there, or does not say by itself what it is about.
        counts: whether it is only a year or ordinal, which asks nothing alone, or counts onward to one.
        points: whether it points to something before it.
        new: whether it may be about something new: it points to nothing before it, and names a term or does not lean.
        own: its words outside what it names.
    """

    alone: str
    completed: str = ""
    earlier: str = ""
    leans: bool = False
    counts: bool = False
    points: bool = False
    new: bool = False
    own: float = 0.0


def read_in_context(
    question: str, history: Sequence[Message], glossary: Glossary, spell: Callable[[str], str] = str
) -> InContext:
    """The ways to understand a question.

    "And in Safi?" takes the place of the place that was asked about before; what has no counterpart there is added to the earlier
    question.

    Args:
        question: as it is searched for.
        history: the turns before it, as typed, oldest first.
        glossary: the names that a question may replace.
        spell: puts an earlier question as it is searched for.
    """
    base = context = ""
    for turn in history[-2 * MOST_TURNS :]:
        if turn.role == "user" and (asked := clean_question(turn.content[: 4 * MOST_CHARACTERS])[:MOST_CHARACTERS]):
            earlier = _in_context(spell(asked), base, glossary)
            if earlier.leans and not _begins_anew(earlier):
                context = earlier.completed  # of several that go on, the last one
                base = context if _is_bare(earlier.alone, glossary) else base
            else:
                # What is told between two questions belongs to the first.
                told = context if _only_tells(earlier.alone) else ""
                base = context = f"{told} {earlier.alone}".strip()[-MOST_CHARACTERS:]
    return _in_context(question, context, glossary)


def _begins_anew(question: InContext) -> bool:
    """Whether a question that begins like one that goes on says enough to be gone on from itself."""
    return question.new or (question.own > ENOUGH_WORDS and asks(question.alone) and not question.points)


def _in_context(question: str, context: str, glossary: Glossary) -> InContext:
    if not context:
        return InContext(question)
    apart = set_apart(question)
    if apart and _stands_alone(apart, glossary):
        return InContext(apart)
    onward = _count_on(question, context, glossary)
    bare, counted = _is_bare(onward, glossary), onward != question
    completed, replaced = complete(onward, context, glossary, COUNTED if counted else frozenset())
    counts = counted or (bare and replaced and {one.group for one in read_named(onward, glossary)} <= COUNTED)
    leans = leans_back(onward) or bare or not has_subject(onward, glossary)
    own = count_own_words(onward, glossary)
    if own > FEW_WORDS and _is_elsewhere(onward, glossary):
        return InContext(question)  # what holds there was not asked before
    # In a long one "it" may be what it names itself.
    points = own <= MANY_WORDS and (says_it(onward) or _asks_of_told(onward, context, glossary))
    new = not points and (not leans or names_a_term(onward, glossary))
    return InContext(question, completed, context, leans, counts, points, new, own)


def _asks_of_told(question: str, context: str, glossary: Glossary) -> bool:
    """Whether something was only told so far, and the question names nothing else but a property."""
    names = names_a_term(question, glossary, beside=PROPERTIES) or read_named(question, glossary)
    return _only_tells(context) and not names


def _is_elsewhere(question: str, glossary: Glossary) -> bool:
    """Whether all places that a question names lie outside the region."""
    scopes = {term.scope for term in glossary.find(question) if group_of(term) == "place"}
    return bool(scopes) and scopes <= SCOPES_ELSEWHERE


def _stands_alone(question: str, glossary: Glossary) -> bool:
    """Whether a question needs none before it: it has a subject, and points to nothing or says enough to point to itself."""
    own = count_own_words(question, glossary)
    return has_subject(question, glossary) and (own > ENOUGH_WORDS or not says_it(question))


def _count_on(question: str, context: str, glossary: Glossary) -> str:
    """The question with the year, month or session that it counts to, where it says little more and one was asked about before."""
    step = read_step(question)
    if not step or _says_more(_without_step(question, step), step, glossary):
        return question
    named = read_named(context, glossary)
    ordinals = {one.name for one in named if one.group == "ordinal"} if step.of == "session" else set()
    counted = ordinals or {one.name for one in named if one.group == "year"}
    name = step.apply(counted.pop()) if len(counted) == 1 else None
    return " ".join(f"{question[: step.start]} {name}{question[step.end :]}".split()) if name else question


def _says_more(rest: str, step: Step, glossary: Glossary) -> bool:
    """Whether a question says so much beside its step that it need not count on; how many projects may be asked of each session."""
    many = count_own_words(rest, glossary) > FEW_WORDS
    return many if step.of == "session" else many or names_a_term(rest, glossary)


def _without_step(question: str, step: Step) -> str:
    """The sentence in which a question counts onward, without the words that say so."""
    start = 0
    for sentence in split_sentences(question):
        start = question.find(sentence, start)
        if start <= step.start < start + len(sentence):
            return f"{question[start : step.start]} {question[step.end : start + len(sentence)]}"
    return f"{question[: step.start]} {question[step.end :]}"


def points_back(question: str, glossary: Glossary) -> bool:
    """Whether a question stands on something told before it: it says "it" or "that one", or not what it is about."""
    return says_it(question) or not has_subject(question, glossary)


def has_subject(question: str, glossary: Glossary) -> bool:
    """Whether the question says by itself what it is about: a term beyond place, sector and year, or several words."""
    return names_a_term(question, glossary) or count_own_words(question, glossary) > FEW_WORDS


def names_a_term(question: str, glossary: Glossary, beside: Set[str] = frozenset()) -> bool:
    """Whether the question names a term or an institution, other than a place, a sector or a year, and other than some."""
    return any(term.kind in ("term", "institution") and term.id not in beside for term in glossary.find(question))


def count_own_words(question: str, glossary: Glossary) -> float:
    """How many words a question has outside what it names and how it begins."""
    own = _own_words(question, glossary)
    pairs = sum(bool(HAN.search(word)) for word in own)  # of neighbouring characters: twice as many as words
    return len(own) - pairs / 2


def complete(question: str, context: str, glossary: Glossary, without_too: Set[str] = frozenset()) -> tuple[str, bool]:
    """The earlier question with what the new one names put in its place, and whether anything was replaced.

    Names of the groups `without_too` go from it as well.

    What was only told, not asked, keeps its names, unless the new question is nothing but a name; so do the sentences that tell
    something beside those that ask of another such name, and where somebody comes from.
    """
    new = [one for one in read_named(question, glossary) if not _is_beside(question, one)]
    keeps = _only_tells(context) and not _is_bare(question, glossary)
    groups = set() if keeps else {one.group for one in new} | without_too
    replaced: set[str] = set()
    text = context
    asked = _asked_names(context, glossary)
    for one in sorted(asked, key=lambda one: -one.start):
        if one.group not in groups:
            continue
        first = not any(other.group == one.group and other.start < one.start for other in asked)
        names = [question[o.start : o.end] for o in new if o.group == one.group] if first else []
        before, name = text[: one.start], " ".join(dict.fromkeys(names))
        if name and _DAY.match(text, one.start) and not _DAY.match(name):
            before = _BEFORE_DAY.sub(lambda word: f"{_BEFORE_MONTH[word[1].lower()]} ", before)
        text = f"{before}{name}{text[one.end :]}"
        replaced.add(one.group)
    left = without(question, (one for one in new if one.group in replaced))
    if _own_words(left, glossary) or read_named(left, glossary) or not replaced:
        text = f"{text} {left if replaced else question}"
    return " ".join(text.split())[: 2 * MOST_CHARACTERS], bool(replaced)


def _is_beside(question: str, one: Named) -> bool:
    """Whether a place only tells whose people or money is meant, or where it goes: it takes the place of no other."""
    return one.group == "place" and is_of_people(question, one.start, one.end)


def _asked_names(text: str, glossary: Glossary) -> list[Named]:
    """What the sentences that ask name; what the others name where those name nothing of that group. No place of origin is."""
    named = [one for one in read_named(text, glossary) if one.group != "place" or not is_origin(text, one.start)]
    told: list[tuple[int, int]] = []
    end = 0
    for sentence in split_sentences(text):
        start = text.find(sentence, end)
        end = start + len(sentence)
        if _only_tells(sentence):
            told.append((start, end))
    asked = [one for one in named if not any(start <= one.start < end for start, end in told)]
    groups = {one.group for one in asked}
    return [one for one in named if one in asked or one.group not in groups]


def _only_tells(text: str) -> bool:
    return not set(text) & set("?؟") and (text.endswith((".", "!", "。")) or not asks(text))


def without(text: str, named: Iterable[Named]) -> str:
    """The text with some of what it names cut out."""
    for one in sorted(named, key=lambda one: -one.start):
        text = f"{text[: one.start]} {text[one.end :]}"
    return " ".join(text.split())


def _is_bare(question: str, glossary: Glossary) -> bool:
    """Nothing but a name or two: "Safi?", "2024"."""
    return (
        bool(read_named(question, glossary))
        and not has_subject(question, glossary)
        and not _own_words(question, glossary)
    )


def _own_words(question: str, glossary: Glossary) -> list[str]:
    """The search words of a question outside what it names and how it begins."""
    rest = without_opening(fold(without(question, read_named(question, glossary))))
    return [token for token in tokenise(rest) if len(token) > 1 or HAN.match(token)]
