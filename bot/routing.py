"""What kind of message came in: talk, something to refuse at once, or a question to search for."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from corpus.text import HAN, fold, words
from index.stop_words import STOP_WORDS


class Route(StrEnum):
    """Where a message goes."""

    SEARCH = "search"
    EMPTY = "empty"
    GREETING = "greeting"
    THANKS = "thanks"
    HELP = "help"
    INSTRUCTIONS = "instructions"
    PERSONAL = "personal"
    GUARANTEE = "guarantee"
    ADVICE = "advice"
    ABUSE = "abuse"


_PATTERNS_FILE = Path(__file__).parent / "routing.yaml"
MOST_WORDS_OF_TALK = 16
_REFUSED = (Route.INSTRUCTIONS, Route.PERSONAL, Route.GUARANTEE, Route.ADVICE, Route.ABUSE)
_TALK_FILLERS = frozenset(
    fold("please svp por favor dear sir madam monsieur madame señor mr team et and y و 啊 呀 ok").split()
)


def route(question: str) -> Route:
    """Where a cleaned question goes; whatever is neither talk nor to be refused at once is searched for."""
    folded, patterns = fold(question), _patterns()
    spoken = words(question)
    if not any(len(word) > 1 or HAN.match(word) or word.isalpha() for word in spoken):
        return Route.EMPTY
    for refused in _REFUSED:
        if patterns[refused].search(folded):
            return refused
    if len(spoken) <= MOST_WORDS_OF_TALK and patterns[Route.HELP].search(folded):
        return Route.HELP
    left = patterns[Route.THANKS].sub(" ", patterns[Route.GREETING].sub(" ", folded))
    if all(word in STOP_WORDS | _TALK_FILLERS for word in words(left)):
        for talk in (Route.GREETING, Route.THANKS):
            if patterns[talk].search(folded):
                return talk
    return Route.SEARCH


@cache
def _patterns() -> dict[Route, re.Pattern[str]]:
    """The patterns of `routing.yaml`, one for each route, all languages joined."""
    raw: dict[str, dict[str, list[str]]] = yaml.safe_load(_PATTERNS_FILE.read_text(encoding="utf-8"))
    return {
        Route(name): re.compile("|".join(f"(?:{pattern})" for patterns in languages.values() for pattern in patterns))
        for name, languages in raw.items()
    }
