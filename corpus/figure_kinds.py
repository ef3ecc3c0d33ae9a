"""Which kinds of figures a question asks for and a text states, as a price, a rate, litres, hectares or an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.text import fold
from corpus.yaml_text import load_yaml

KINDS_FILE = Path(__file__).with_name("figure_kinds.yaml")
_KNOWN_TEXTS = 8_192


@dataclass(frozen=True)
class _Patterns:
    asked: re.Pattern[str]
    stated: re.Pattern[str]


def asked_kinds(question: str) -> frozenset[str]:
    """The kinds of figures that a question asks for, in whichever of the five languages; mostly none."""
    folded = fold(question)
    return frozenset(kind for kind, patterns in _patterns().items() if patterns.asked.search(folded))


@lru_cache(maxsize=_KNOWN_TEXTS)
def stated_kinds(text: str) -> frozenset[str]:
    """The kinds of figures that a text holds a unit or a sign of."""
    folded = fold(text)
    return frozenset(kind for kind, patterns in _patterns().items() if patterns.stated.search(folded))


@cache
def _patterns() -> Mapping[str, _Patterns]:
    raw = load_yaml(KINDS_FILE.read_text(encoding="utf-8"))
    return {
        kind: _Patterns(re.compile("|".join(f"(?:{p})" for p in one["asked"].values())), re.compile(one["stated"]))
        for kind, one in raw.items()
    }
