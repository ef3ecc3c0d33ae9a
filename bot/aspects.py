"""The things that one question asks about, each as a question of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.asker import asking_sentences, is_origin
from bot.conversation import (
    InContext,
    Message,
    count_own_words,
    has_subject,
    names_a_term,
    points_back,
    read_in_context,
    read_named,
    without,
)
from bot.listing import read_listing, split_items
from bot.phrasing import (
    QUESTION_MARKS,
    asks,
    is_conditional,
    leans_back,
    requested,
    split_clauses,
    without_announcement,
)
from corpus.text import split_sentences
from index.lexical import tokenise

if TYPE_CHECKING:
    from corpus.glossary import Glossary

MOST_ASPECTS = 5
MOST_PHRASES = 3
FEWEST_WORDS = 2


def read_aspects(question: str, glossary: Glossary) -> list[InContext]:
    """The aspects of a question that has several, else nothing.

    "Which premiums and what cap?" asks two things; so each clause with a question word and a subject is asked by itself, completed
    from the first where it leans on it. "Compare Safi and Essaouira" and "what changed between 2023 and 2025" ask the same about
    each; so each of several places, sectors, years, premiums … of a clause is asked about without the others.
    """
    items, question = _by_item(question, glossary), _without_announcement(question, glossary)
    several = items or _by_clause(question, glossary) or _by_request(question, glossary)
    groups: list[list[InContext]] = []
    for clause in several or [InContext(question)]:
        names = _by_name(clause.alone, glossary) or ([] if clause.earlier else _by_name(clause.completed, glossary))
        groups.append([InContext(aspect) for aspect in names] or [clause])
    turns = sorted((turn, place) for place, group in enumerate(groups) for turn in range(len(group)))
    kept = turns[:MOST_ASPECTS] if len(turns) > 1 else []  # the first of each thing asked before the second of any
    return [groups[place][turn] for place, turn in sorted((place, turn) for turn, place in kept)]


def _without_announcement(question: str, glossary: Glossary) -> str:
    """The question without what only says that several follow; what says what they are about stays."""
    rest = without_announcement(question)
    said = question[: len(question) - len(rest)]
    return question if read_named(said, glossary) or names_a_term(said, glossary) else rest


def _by_name(question: str, glossary: Glossary) -> list[str]:
    named = read_named(question, glossary)
    groups: dict[str, list[str]] = {}
    for one in named:
        if one.name not in groups.setdefault(one.group, []):
            groups[one.group].append(one.name)
    several = [group for group, names in groups.items() if len(names) > 1]
    if not several:
        return []
    group = max(several, key=lambda name: len(groups[name]))
    return [
        without(question, (one for one in named if one.group == group and one.name != name))
        for name in groups[group][:MOST_ASPECTS]
    ]


def _by_item(question: str, glossary: Glossary) -> list[InContext]:
    """The items of a list, each alone and behind what stands before the list; behind the first where that says nothing."""
    listing = read_listing(question)
    if not listing:
        return []
    first, told = listing.items[0], " ".join((listing.opening, *listing.items))
    says = read_named(listing.opening, glossary) or has_subject(listing.opening, glossary)
    opening = listing.opening if says else ""  # not "Three questions:"
    asked: list[InContext] = []
    for item in listing.items:
        if opening:
            whole = InContext(item, f"{opening} {item}", opening, leans=True, own=count_own_words(item, glossary))
        else:
            whole = read_in_context(item, [Message("user", first)] if asked else [], glossary)
        asked.append(_with_places_of(whole, told, glossary))
    return asked


def _by_clause(question: str, glossary: Glossary) -> list[InContext]:
    clauses = [
        (before, clause, sentence)
        for sentence in asking_sentences(question)
        for before, clause in _asking(sentence)
        if tokenise(clause)
    ]
    if len(clauses) < 2:
        return []
    (opening, first, asking), *_ = clauses
    told = _told_before(question, asking) if points_back(first, glossary) else ""
    whole: list[InContext] = []
    last = ""
    for before, clause, sentence in clauses[:MOST_ASPECTS]:
        earlier = f"{told} {opening}{first}".strip() if whole else told
        if last and is_conditional(clause):
            earlier = last
        asked = read_in_context(clause, [Message("user", earlier)] if earlier else [], glossary)
        if before:
            asked = InContext(clause, f"{before}{clause}", leans=True, own=count_own_words(clause, glossary))
        whole.append(_with_places_of(asked, up_to(question, sentence) if leans_back(clause) else sentence, glossary))
        last = f"{before}{clause}"
    return whole


def _by_request(question: str, glossary: Glossary) -> list[InContext]:
    """The things that somebody wants to be told: "please state the working week, the overtime rates and the social charges"."""
    wanted = next(filter(None, map(requested, reversed(split_sentences(question)))), "")
    things = [one for one in split_items(wanted) if tokenise(one)]
    if not 2 <= len(things) <= MOST_ASPECTS:
        return []
    first = [Message("user", things[0])]
    whole = [read_in_context(one, first if place else [], glossary) for place, one in enumerate(things)]
    return [_with_places_of(one, question, glossary) for one in whole]


def up_to(question: str, sentence: str) -> str:
    """The question from its beginning to the end of one of its sentences: what this points back to stands there."""
    before, found, _ = question.partition(sentence)
    return before + found


def _told_before(question: str, asking: str) -> str:
    """The sentence before one that asks, if it asks nothing itself."""
    sentences = split_sentences(question)
    place = sentences.index(asking) if asking in sentences else 0
    told = sentences[place - 1] if place else ""
    return "" if told.endswith(QUESTION_MARKS) else told


def _asking(sentence: str) -> list[tuple[str, str]]:
    """The clauses of a sentence that ask, each with what stands behind it and does not ask, and apart from it what stands before
    the first of them; all of the sentence where only its mark asks.
    """
    clauses: list[tuple[str, str]] = []
    before = ""
    for part in split_clauses(sentence):
        if asks(part):
            clauses.append((before, part) if tokenise(part) else ("", f"{before}{part}"))
            before = ""
        elif clauses:
            clauses[-1] = (clauses[-1][0], f"{clauses[-1][1]}, {part}")
        else:
            before = f"{before}{part}, "
    return clauses or ([("", sentence)] if sentence.endswith(QUESTION_MARKS) else [])


def read_phrases(question: str, glossary: Glossary) -> list[str]:
    """The parts of a question that lists what it asks about without asking for each: "the social charges and the working week?".

    Only perhaps are they things of their own: what belongs together is joined by the same words.
    """
    sentences = split_sentences(question)
    if not sentences or not (sentences[-1].endswith(QUESTION_MARKS) or len(sentences) == 1):
        return []
    parts = split_clauses(sentences[-1])
    if not 2 <= len(parts) <= MOST_PHRASES or any(len(tokenise(part)) < FEWEST_WORDS for part in parts):
        return []
    return [with_places(part, question, glossary) for part in parts]


def _with_places_of(clause: InContext, sentence: str, glossary: Glossary) -> InContext:
    completed = with_places(clause.completed, sentence, glossary) if clause.completed else ""
    return replace(clause, alone=with_places(clause.alone, sentence, glossary), completed=completed)


def with_places(clause: str, question: str, glossary: Glossary) -> str:
    """The clause with the places that the text around it names, if it names none: what is asked is asked of them."""
    if any(one.group == "place" for one in read_named(clause, glossary)):
        return clause
    places = [
        question[one.start : one.end]
        for one in read_named(question, glossary)
        if one.group == "place" and not is_origin(question, one.start)
    ]
    return " ".join((clause, *dict.fromkeys(places)))
