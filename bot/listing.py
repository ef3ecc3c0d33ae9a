"""What a question lists: "three figures: the minimum wage, the working week, the social charges", "1) … 2) … 3) …"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.phrasing import QUESTION_MARKS, asks, split_clauses
from corpus.text import split_sentences, word_count

MOST_WORDS = 14
FEWEST_DASHES = 3
CLOSING_WORDS = 4
_MARK = re.compile(
    r"(?:^|(?<=[\s:;,.?!。]))(?:\(?(?P<one>[1-6a-f一二三四五六])\s?[).、]|(?P<dash>[-–—•*])(?=\s))\s*(?=\S)"
)
_COUNTED = ("123456", "abcdef", "一二三四五六")
_COLON = re.compile(r"(?<!\d)\s*:\s*|:\s*(?!\d)")
_COMMA = re.compile(r"\s*[;؛،、]\s*|\s*,(?!\d)\s*")
_AND = re.compile(r"^(?:(?:and|et|y|e)\s+|و(?=\S)|(?:以及|还有|和)\s*)", re.IGNORECASE)


@dataclass(frozen=True)
class Listing:
    """What stands before a list (`opening`), and its items."""

    opening: str
    items: tuple[str, ...]


def read_listing(question: str) -> Listing | None:
    """The list of a question that has one: items with numbers, letters or dashes before them, or short ones behind a colon in the
    last sentence or in one that ends with a question mark.
    """
    if marked := _marked(question):
        return marked
    sentences = split_sentences(question)
    asking = [one for one in sentences[:-1] if one.endswith(QUESTION_MARKS)]
    last = sentences[-2:] if _is_closing(sentences) else sentences[-1:]
    return next(filter(None, map(_behind_colon, [*reversed(last), *asking])), None)


def _is_closing(sentences: list[str]) -> bool:
    """Whether the last of several sentences only closes the message: "Thank you in advance."."""
    last = sentences[-1] if len(sentences) > 1 else QUESTION_MARKS[0]
    return word_count(last) <= CLOSING_WORDS and not last.endswith(QUESTION_MARKS)


def _marked(question: str) -> Listing | None:
    """Items that begin with 1), 2) …, a), b) … or, behind a colon or three times, with a dash."""
    marks = list(_MARK.finditer(question))
    counted = [mark for mark in marks if mark["one"]]
    rising = "".join(mark["one"] for mark in counted) in {row[: len(counted)] for row in _COUNTED}
    marks = counted if len(counted) > 1 and rising else [mark for mark in marks if mark["dash"]]
    if len(marks) < 2:
        return None
    opening = question[: marks[0].start()].strip()
    if marks is not counted and not opening.endswith(":") and len(marks) < FEWEST_DASHES:
        return None
    ends = [mark.start() for mark in marks[1:]] + [len(question)]
    items = (question[mark.end() : end].strip(" ,;،؛") for mark, end in zip(marks, ends, strict=True))
    return _listing(opening, [item for item in items if item])


def _behind_colon(sentence: str) -> Listing | None:
    colons = list(_COLON.finditer(sentence))
    if not colons:
        return None
    opening, rest = sentence[: colons[-1].start()], sentence[colons[-1].end() :]
    items = split_items(rest)
    asking = sum(map(asks, items))
    short = all(0 < word_count(item) <= MOST_WORDS for item in items)
    alike = not asking or len(items) > 2  # two that ask are clauses
    return _listing(opening, items) if short and alike else None


def split_items(text: str) -> list[str]:
    """What a text lists, with commas between and "and" before the last."""
    items = [_AND.sub("", item) for item in _COMMA.split(text) if item.strip()]
    return [*items[:-1], *split_clauses(items[-1])] if items else []


def _listing(opening: str, items: list[str]) -> Listing | None:
    sentences = split_sentences(opening)
    return Listing(sentences[-1].rstrip(" :") if sentences else "", tuple(items)) if len(items) > 1 else None
