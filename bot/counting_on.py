"""Counting onward from what was asked before: "and two years before that?", "and the next session?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from corpus.text import fold
from corpus.yaml_text import load_yaml

_WORDS_FILE = Path(__file__).parent / "counting_on.yaml"
_DIRECTIONS = (("year_before", -1), ("year_after", 1), ("before", -1), ("after", 1))


@dataclass(frozen=True)
class Step:
    """How a question counts onward.

    Attributes:
        of: what is counted.
        steps: how many, below 0 backwards.
        start: where the words that say so begin in the question.
        end: where they end.
    """

    of: Literal["year", "ordinal"]
    steps: int
    start: int
    end: int

    def apply(self, name: str) -> str | None:
        """The year or ordinal that many after the one given; None where no such ordinal is known."""
        if self.of == "year":
            return str(int(name[:4]) + self.steps)  # of a month, 2024-12, too
        for language, ordinals in _words().ordinals.items():
            for place, one in enumerate(ordinals):
                same = _same_ordinal(name, one) or _in_digits(name, language) == place + 1
                if same and 0 <= place + self.steps < len(ordinals):
                    return ordinals[place + self.steps]
        return None


def read_step(question: str) -> Step | None:
    """How a question counts onward from a year or session that was named before; None if it does not."""
    folded = fold(question)
    if len(folded) != len(question):
        return None
    for kind, sign in _DIRECTIONS:
        if found := _words().patterns[kind].search(folded):
            many = (number for number, pattern in _words().numbers.items() if pattern.search(found.group()))
            of: Literal["year", "ordinal"] = "year" if kind.startswith("year") else "ordinal"
            return Step(of, sign * next(many, 1), found.start(), found.end())
    return None


def _same_ordinal(name: str, ordinal: str) -> bool:
    """Whether two ordinals say the same, whatever their gender and, in Chinese, the word behind."""
    if name.startswith("第"):
        return name[:-1] == ordinal[:-1]
    own, other = fold(name), fold(ordinal)
    return own.removeprefix("و") == other or own.rstrip("aeo") == other.rstrip("aeo")


def _in_digits(name: str, language: str) -> int | None:
    """The number of an ordinal with digits, if it is written as in the language: 8th, 8e, 8ª, 第8次."""
    pattern = _words().digits.get(language)
    digits = pattern and pattern.fullmatch(fold(name))
    return int(digits["number"]) if digits else None


@dataclass(frozen=True)
class _Words:
    patterns: dict[str, re.Pattern[str]]
    numbers: dict[int, re.Pattern[str]]
    ordinals: dict[str, list[str]]
    digits: dict[str, re.Pattern[str]]


@cache
def _words() -> _Words:
    raw: dict[str, Any] = load_yaml(_WORDS_FILE.read_text(encoding="utf-8"))
    patterns = {kind: re.compile("|".join(f"(?:{p})" for p in raw[kind].values())) for kind, _ in _DIRECTIONS}
    numbers = {number: re.compile(pattern) for number, pattern in raw["numbers"].items()}
    digits = {language: re.compile(pattern) for language, pattern in raw["digits"].items()}
    return _Words(patterns, numbers, raw["ordinals"], digits)
