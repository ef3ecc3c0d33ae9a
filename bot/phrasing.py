"""How questions are put: where one ends and the next begins, what asks, and what points back to something said before."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

from corpus.text import HAN, fold

MOST_ASIDE = 90
QUESTION_MARKS = ("?", "؟")
_PATTERNS_FILE = Path(__file__).with_name("phrasing.yaml")
_OPENING_MARKS = " ¿¡\"'«“"


def split_clauses(question: str) -> list[str]:
    """The parts of a sentence that asks several things; the whole if it asks one."""
    folded = fold(question)
    if len(folded) != len(question):
        return [question]
    parts, start = [], 0
    for joint in _patterns()["joint"].finditer(folded):
        parts.append(question[start : joint.start()])
        start = joint.end()
    parts = [part.strip() for part in (*parts, question[start:]) if part.strip()]
    return parts or [question]


def without_announcement(question: str) -> str:
    """The question without what only says that several follow: "Three small questions: …"."""
    folded = fold(question)
    said = _patterns()["announcement"].match(folded) if len(folded) == len(question) else None
    return question[said.end() :] if said and said.end() < len(question) else question


def without_courtesy(question: str) -> str:
    """The question without greetings, "please" and thanks around it; one that has nothing else as it is."""
    rest = question
    while len(folded := fold(rest)) == len(rest) and (said := _patterns()["courtesy"].search(folded)):
        rest = (rest[: said.start()] + rest[said.end() :]).strip()
    return rest if any(map(str.isalnum, rest)) else question


def without_denial(question: str) -> str:
    """The question without what it says not to ask before it: "I did not ask about their law, does Morocco allow it?"."""
    folded = fold(question)
    denied = _patterns()["denial"].match(folded) if len(folded) == len(question) else None
    rest = question[denied.end() :].strip() if denied else ""
    return rest if len(rest.split()) > 1 or HAN.search(rest) else question


def requested(sentence: str) -> str:
    """What stands behind the words with which somebody wants to be told something; empty without such words."""
    folded = fold(sentence)
    said = _patterns()["request"].search(folded) if len(folded) == len(sentence) else None
    return sentence[said.end() :].strip(" ,:，：、") if said else ""


def asks(text: str) -> bool:
    """Whether a text holds a word that makes a question of its own."""
    return _matches("interrogative", text)


def leans_back(question: str) -> bool:
    """Whether the question begins, ends or speaks as if it went on from another."""
    return any(_matches(kind, question) for kind in ("opening", "closing", "pronoun"))


def is_conditional(clause: str) -> bool:
    """Whether a clause holds only if the one before it is answered with yes: "and if so, how much?"."""
    return _matches("condition", clause)


def says_it(question: str) -> bool:
    """Whether a question holds a word that stands for something named before: "it", "that one"."""
    return _matches("pronoun", question)


def without_opening(text: str) -> str:
    """A folded text without the words with which it goes on from another: "and", "what about"."""
    rest = text.lstrip(_OPENING_MARKS)
    opening = _patterns()["opening"].match(rest)
    return rest[opening.end() :] if opening else rest


def find_ordinals(text: str) -> list[re.Match[str]]:
    """The ordinal numbers of a text, where it keeps its length folded."""
    folded = fold(text)
    return list(_patterns()["ordinal"].finditer(folded)) if len(folded) == len(text) else []


def set_apart(question: str) -> str:
    """What stands behind the words that set it apart from the subject before it: "Changing the subject: …"; else nothing."""
    folded = fold(question)
    aside = _patterns()["aside"].search(folded, 0, MOST_ASIDE) if len(folded) == len(question) else None
    return question[aside.end() :].strip(" )") if aside else ""


def _matches(kind: str, question: str) -> bool:
    folded = fold(question).lstrip(_OPENING_MARKS)
    pattern = _patterns()[kind]
    return bool(pattern.match(folded) if kind == "opening" else pattern.search(folded))


def load_patterns(path: Path) -> dict[str, re.Pattern[str]]:
    """The patterns of a file over folded text, one for each kind, all languages joined."""
    raw: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{p})" for p in languages.values())) for name, languages in raw.items()}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of `phrasing.yaml`, all languages joined."""
    return load_patterns(_PATTERNS_FILE)
