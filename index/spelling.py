"""Slips of the keyboard: words that exist nowhere, put right where a word of the corpus lies very near."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import spellchecker
from rapidfuzz.distance import OSA

from corpus.text import ARABIC, HAN, WRITTEN_WORD, fold
from index.lexical import tokenise
from index.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORTEST = 6
LONG = 9
DICTIONARIES = ("ar", "en", "es", "fr")


@cache
def real_words() -> frozenset[str]:
    """The folded words of four languages (the word lists of pyspellchecker): what stands here is no slip."""
    folder = Path(spellchecker.__file__).parent / "resources"
    found: set[str] = set()
    for language in DICTIONARIES:
        with gzip.open(folder / f"{language}.json.gz", "rt", encoding="utf-8") as file:
            long = (raw for raw in json.load(file) if len(raw) >= SHORTEST)
            found.update(raw.lower() if raw.isascii() else fold(raw) for raw in long)
    return frozenset(found)


class Spelling:
    """The words of the corpus and the glossary, to compare a question's with."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(fold(word) for word in WRITTEN_WORD.findall(text) if not HAN.search(word))
        self._tokens = {token for word in counts for token in tokenise(word)}
        self._by_first: dict[str, list[tuple[str, int]]] = {}
        for word, count in counts.items():
            if len(word) >= SHORTEST - 1 and word.isalpha() and word not in STOP_WORDS:
                self._by_first.setdefault(word[0], []).append((word, count))

    def correct(self, text: str) -> str:
        """The text with its slips put right; words that exist, are short, Chinese or hold digits stay as they are.

        One letter may be wrong, missing, too much or exchanged with its neighbour (optimal string alignment), two in a word of
        nine letters or more; the first letter must be right.
        """
        parts, end = [], 0
        for match in WRITTEN_WORD.finditer(text):
            parts += [text[end : match.start()], self._correct_word(match.group())]
            end = match.end()
        return "".join((*parts, text[end:]))

    def is_readable(self, text: str) -> bool:
        """Whether at least half of the words exist somewhere: in a dictionary, in the corpus, or as Chinese characters."""
        spoken = [fold(word) for word in WRITTEN_WORD.findall(text)]
        real = [
            word for word in spoken
            if HAN.search(word) or word in STOP_WORDS or word in real_words() or self._tokens.intersection(tokenise(word))
        ]  # fmt: skip
        return 2 * len(real) >= len(spoken)

    def _correct_word(self, written: str) -> str:
        word = fold(written)
        shortest = SHORTEST + bool(ARABIC.search(word))  # an Arabic word often carries its article
        if len(word) < shortest or not word.isalpha() or HAN.search(word) or word in STOP_WORDS:
            return written
        if not (tokens := tokenise(word)) or self._tokens.issuperset(tokens) or word in real_words():
            return written
        most = 2 if len(word) >= LONG else 1
        near = [
            (distance, -count, known)
            for known, count in self._by_first.get(word[0], ())
            if abs(len(known) - len(word)) <= most
            and (distance := OSA.distance(word, known, score_cutoff=most)) <= most
        ]
        return min(near)[2] if near else written
