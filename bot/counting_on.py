"""Counting onward from what was asked before: "and two years before that?", "and the next session?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from bot.phrasing import find_ordinals
from corpus import Language
from corpus.months import month_after, write_month
from corpus.text import fold
from corpus.yaml_text import load_yaml

Counted = Literal["year", "month", "session"]

_WORDS_FILE = Path(__file__).parent / "counting_on.yaml"
_LANGUAGES = {"darija": Language.AR}
_MONTH = re.compile(r"\d{4}-\d\d")
_DIRECTIONS: tuple[tuple[str, Counted, int], ...] = (
    ("month_before", "month", -1),
    ("month_after", "month", 1),
    ("year_before", "year", -1),
    ("year_after", "year", 1),
    ("before", "session", -1),
    ("after", "session", 1),
)


@dataclass(frozen=True)
class Step:
    """How a question counts onward.

    Attributes:
        of: what is counted.
        steps: how many, below 0 backwards.
        start: where the words that say so begin in the question.
        end: where they end.
        language: of these words.
    """

    of: Counted
    steps: int
    start: int
    end: int
    language: Language

    def apply(self, name: str) -> str | None:
        """What is so many further than a year (2024), a month (2024-12) or an ordinal (sixth, 6th), in the words of the step; None
        where that is not known. A session may be named by the month in which it was held.
        """
        month = _MONTH.fullmatch(name)
        if self.of == "year":
            return str(int(name[:4]) + self.steps) if month or name.isdigit() else None
        if self.of == "month":
            return write_month(month_after(name, self.steps), self.language) if month else None
        place = _session_of(name) if month else _place_of(name)
        further = place + self.steps if place else 0
        held = _words().sessions.get(further)
        if month and held:
            return write_month(held, self.language)
        ordinals = _words().ordinals[self.language]
        return ordinals[further - 1] if 0 < further <= len(ordinals) else None


def read_step(question: str) -> Step | None:
    """How a question counts onward from a year, month or session that was named before; None if it does not."""
    folded = fold(question)
    if len(folded) != len(question):
        return None
    for kind, of, sign in _DIRECTIONS:
        for language, pattern in _words().patterns[kind]:
            if found := pattern.search(folded):
                many = (number for number, word in _words().numbers.items() if word.search(found.group()))
                return Step(of, sign * next(many, 1), found.start(), found.end(), language)
    return None


@lru_cache(maxsize=4_096)
def read_ordinals(text: str) -> frozenset[int]:
    """The places that the ordinal numbers of a text name: 9 for "the ninth session", 12 for "la 12e"."""
    return frozenset(_place_of(one.group()) for one in find_ordinals(text)) - {0}


def last_session() -> int:
    """The place of the last session of the national commission that is known."""
    return max(_words().sessions)


def _place_of(name: str) -> int:
    """The place of an ordinal, 0 if it is not known."""
    for language, ordinals in _words().ordinals.items():
        for place, one in enumerate(ordinals, 1):
            if _same_ordinal(name, one) or _in_digits(name, language) == place:
                return place
    return next((number for language in _words().digits if (number := _in_digits(name, language))), 0)


def _session_of(month: str) -> int:
    """The place of the session that was held in a month, 0 if none is known."""
    return next((place for place, held in _words().sessions.items() if held == month), 0)


def _same_ordinal(name: str, ordinal: str) -> bool:
    """Whether two ordinals say the same, whatever their gender and, in Chinese, the word behind."""
    if name.startswith("第"):
        return name[:-1] == ordinal[:-1]
    own, other = fold(name), fold(ordinal)
    return own.removeprefix("و") == other or own.rstrip("aeo") == other.rstrip("aeo")


def _in_digits(name: str, language: Language) -> int | None:
    """The number of an ordinal with digits, if it is written as in the language: 8th, 8e, 8ª, 第8次."""
    pattern = _words().digits.get(language)
    digits = pattern and pattern.fullmatch(fold(name))
    return int(digits["number"]) if digits else None


@dataclass(frozen=True)
class _Words:
    patterns: dict[str, list[tuple[Language, re.Pattern[str]]]]
    numbers: dict[int, re.Pattern[str]]
    ordinals: dict[Language, list[str]]
    digits: dict[Language, re.Pattern[str]]
    sessions: dict[int, str]


@cache
def _words() -> _Words:
    raw: dict[str, Any] = load_yaml(_WORDS_FILE.read_text(encoding="utf-8"))
    patterns = {
        kind: [(_LANGUAGES.get(name) or Language(name), re.compile(pattern)) for name, pattern in raw[kind].items()]
        for kind, _, _ in _DIRECTIONS
    }
    numbers = {number: re.compile(pattern) for number, pattern in raw["numbers"].items()}
    digits = {Language(language): re.compile(pattern) for language, pattern in raw["digits"].items()}
    ordinals = {Language(language): words for language, words in raw["ordinals"].items()}
    return _Words(patterns, numbers, ordinals, digits, raw["sessions"])
