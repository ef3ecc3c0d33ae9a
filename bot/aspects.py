"""The things that one question asks about, each as a question of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation import Message, asks, is_origin, leans_back, read_named, split_clauses, without, wordings
from corpus.text import split_sentences
from index.lexical import tokenise

if TYPE_CHECKING:
    from corpus.glossary import Glossary

MOST_ASPECTS = 5


def read_aspects(question: str, glossary: Glossary) -> list[str]:
    """The aspects of a question that has several, else nothing.

    "Compare Safi and Essaouira" and "what changed between 2023 and 2025" ask the same about each; so each of several places,
    sectors, years, premiums … is asked about without the others. "Which premiums and what cap?" asks two things; so each clause
    with a question word and a subject is asked by itself, completed from the first where it leans on it.
    """
    return _by_name(question, glossary) or _by_clause(question, glossary)


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


def _by_clause(question: str, glossary: Glossary) -> list[str]:
    clauses = [
        (clause, sentence)
        for sentence in split_sentences(question)
        for clause in split_clauses(sentence)
        if (asks(clause) or (clause == sentence and clause.endswith("?"))) and tokenise(clause)
    ]
    if len(clauses) < 2:
        return []
    (first, opening), *others = clauses[:MOST_ASPECTS]
    earlier = [Message("user", first)]
    whole = [(first, opening)]
    whole += [(wordings(c, earlier, glossary)[0] if leans_back(c) else c, sentence) for c, sentence in others]
    return [with_places(clause, sentence, glossary) for clause, sentence in whole]


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
