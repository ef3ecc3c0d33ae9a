"""Where an asker comes from and who is meant, told from the places that a question is about."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from bot.phrasing import QUESTION_MARKS, asks, load_patterns
from corpus.text import fold, split_sentences

MOST_BEHIND = 16
END_MARKS = (*QUESTION_MARKS, *".!。！…")
_PATTERNS_FILE = Path(__file__).with_name("asker.yaml")
_CLAUSE_END = re.compile(r"[?؟!。，,،;؛.](?=\s|$|[\u3400-\u9fff])")


def is_origin(text: str, start: int) -> bool:
    """Whether what stands at `start` of the text is only where the asker comes from."""
    patterns, before = _patterns(), fold(text[:start])
    if patterns["origin"].search(before):
        return True
    told = patterns["told"].search(before) or patterns["fragment"].search(before)
    return bool(told) and not _is_asked(text, start)


def _is_asked(text: str, start: int) -> bool:
    """Whether the clause around `start` of a text asks: its mark says so, or its words where nothing stands behind it."""
    end = _CLAUSE_END.search(text, start)
    if end:
        return end.group() in "?؟"
    opening = max((mark.end() for mark in _CLAUSE_END.finditer(text, 0, start)), default=0)
    return asks(text[opening:])


def is_of_people(text: str, start: int, end: int) -> bool:
    """Whether the place from `start` to `end` of the text only tells whose people, firms or money are meant, or where goods go."""
    patterns = _patterns()
    adjective = patterns["adjective"].match(fold(text[start:end])) or patterns["market"].search(fold(text[:start]))
    return bool(adjective or patterns["people"].match(fold(text[end : end + MOST_BEHIND])))


def means_the_state(text: str, start: int, end: int) -> bool:
    """Whether the capital, named from `start` to `end` of the text, only stands for the State: "what Rabat pays"."""
    patterns = _patterns()
    before, behind = fold(text[:start]), fold(text[end : end + MOST_BEHIND])
    return bool(patterns["behind_capital"].match(behind) or patterns["before_capital"].search(before))


def asking_sentences(question: str) -> list[str]:
    """The sentences with a question mark, else all: what people tell before they ask is not asked."""
    sentences = split_sentences(question)
    asking = [sentence for sentence in sentences if sentence.endswith(QUESTION_MARKS)]
    if asking and not sentences[-1].endswith(END_MARKS) and asks(sentences[-1]):
        asking.append(sentences[-1])  # the last mark is often left out
    return asking or sentences


def told_spans(question: str) -> list[tuple[int, int]]:
    """From where to where of a question of several sentences something is only told: what does not ask, unless what asks points
    back to a place ("there").
    """
    asking = asking_sentences(question)
    if any(_patterns()["there"].search(fold(sentence)) for sentence in asking):
        return []
    told, start = [], 0
    for sentence in split_sentences(question):
        start = question.find(sentence, start)
        if sentence not in asking:
            told.append((start, start + len(sentence)))
        start += len(sentence)
    return told


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return load_patterns(_PATTERNS_FILE)
