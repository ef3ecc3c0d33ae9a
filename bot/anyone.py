"""Who asks, and of which nation a firm is: the law treats all alike, so a question holds without it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from corpus.text import fold

_PATTERNS_FILE = Path(__file__).with_name("anyone.yaml")


def without_nationality(question: str) -> str:
    """The question without the nationality of whom it is asked for: "what does a Belgian company get?".

    Unchanged where firms of a nation are what is asked for ("how many Belgian companies …?") or it makes a difference (visas).
    """
    folded = fold(question)
    if len(folded) != len(question) or _patterns()["matters"].search(folded):
        return question
    rest, start = "", 0
    for match in _patterns()["one"].finditer(folded):
        group = match.lastgroup or ""
        rest += question[start : match.start(group)]
        start = match.end(group)
    return (rest + question[start:]).strip()


def without_introduction(question: str) -> str:
    """The question without what only says who asks and what they plan: "we are a furniture maker, …", "I plan a plant, …".

    Unchanged where the nation of who asks makes a difference (visas).
    """
    folded = fold(question)
    if len(folded) != len(question) or _patterns()["matters"].search(folded):
        return question
    said = _patterns()["introduction"].match(folded)
    return question[said.end() :] if said else question


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of `anyone.yaml`, all languages joined, each with its own language's words for nations and people."""
    raw: dict[str, dict[str, str]] = yaml.safe_load(_PATTERNS_FILE.read_text(encoding="utf-8"))
    return {
        kind: re.compile(
            "|".join(
                pattern.replace("{nation}", raw["nation"][language]).replace("{people}", raw["people"][language])
                for language, pattern in raw[kind].items()
            )
        )
        for kind in ("introduction", "one", "matters")
    }
