"""Finding passages by their words: our tokeniser for five languages, and BM25 over it."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import bm25s
import numpy as np

from corpus.text import ARABIC, HAN, words
from index.stop_words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_HAN_RUN = re.compile(f"({HAN.pattern}+)")
_LATIN_STEM = 6
_KNOWN_PARTS = 32_768
_NO_WORD = "∅"  # stands in a text that has no search word
_TOKENS = "tokens.npz"
K1 = 1.2
B = 0.75


def tokenise(text: str) -> list[str]:
    """The search words of a text: folded; Chinese in pairs of characters, Arabic lightly stemmed (light10, Larkey et al. 2007),
    Latin words cut to six letters; stop words of all five languages left out.
    """
    return [token for part in text.split() for token in _tokens_of(part)]


@lru_cache(maxsize=_KNOWN_PARTS)
def _tokens_of(part: str) -> tuple[str, ...]:
    """The search words of what stands between two spaces; a corpus holds few such parts, each many times."""
    return tuple(token for word in words(part) for token in _tokens_of_word(word) if token not in STOP_WORDS)


def _tokens_of_word(word: str) -> list[str]:
    tokens: list[str] = []
    if HAN.search(word):
        for run in _HAN_RUN.split(word):
            tokens.extend(_pairs(run) if HAN.match(run) else [run[:_LATIN_STEM]] if run else [])
    elif word in STOP_WORDS:
        return []
    elif ARABIC.search(word):
        tokens.append(_arabic_stem(word))
    else:
        tokens.append(word if word.isdigit() else word[:_LATIN_STEM])
    return tokens


@lru_cache(maxsize=50_000)
def form_tokens(form: str) -> tuple[str, ...]:
    """The search words of a glossary form, kept: the same few thousand forms are looked at with every question."""
    return tuple(tokenise(form))


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)]


def _arabic_stem(word: str) -> str:
    if word.startswith("و") and len(word) > 3:
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word[len(article) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


class LexicalIndex:
    """BM25 (Lucene's form, k1 1.2, b 0.75) over passages in the order they were given.

    Attributes:
        size: how many passages there are.
        frequencies: how many of them hold each word.
        highest_idf: that of a word that none holds.
    """

    def __init__(self, bm25: bm25s.BM25, tokens: NDArray[np.int32], starts: NDArray[np.int64]) -> None:
        self._bm25 = bm25
        self._tokens = tokens  # of one passage after the other, as columns of `bm25`
        self._starts = starts
        self.size = size = int(bm25.scores["num_docs"])
        self.frequencies = _all_frequencies(bm25)
        self.highest_idf = _idf(0, size)

    @classmethod
    def build(
        cls, texts: Sequence[str], earlier: LexicalIndex | None = None, rows: Sequence[int | None] = ()
    ) -> LexicalIndex:
        """An index of the texts.

        Args:
            texts: in the order of the passages.
            earlier: an index whose texts need not be read again.
            rows: for each text the row of the same text in it, or nothing.
        """
        vocabulary = earlier.vocabulary() if earlier else {}
        groups = [
            earlier.tokens_of(row)
            if earlier and row is not None
            else np.array([vocabulary.setdefault(t, len(vocabulary)) for t in tokenise(text) or [_NO_WORD]], np.int32)
            for text, row in zip(texts, rows or [None] * len(texts), strict=True)
        ]
        starts = np.cumsum([0, *map(len, groups)], dtype=np.int64)
        used, tokens = np.unique(np.concatenate(groups), return_inverse=True)  # words of passages that are gone go too
        known = list(vocabulary)
        bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        numbered = tokens.tolist()
        of_texts = [numbered[start:end] for start, end in pairwise(starts.tolist())]
        bm25.index((of_texts, {known[old]: new for new, old in enumerate(used)}), show_progress=False)
        return cls(bm25, tokens.astype(np.int32), starts)

    def vocabulary(self) -> dict[str, int]:
        """The search words of all texts by their numbers."""
        return {word: number for word, number in self._bm25.vocab_dict.items() if word}

    def tokens_of(self, row: int) -> NDArray[np.int32]:
        """The numbers of the search words of the text in a row, in their order."""
        return self._tokens[self._starts[row] : self._starts[row + 1]]

    def save(self, folder: Path) -> None:
        """Arrays and JSON in `folder`, no pickle."""
        self._bm25.save(str(folder), show_progress=False)
        np.savez(folder / _TOKENS, tokens=self._tokens, starts=self._starts)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        bm25 = bm25s.BM25.load(str(folder), show_progress=False)
        with np.load(folder / _TOKENS, allow_pickle=False) as file:
            return cls(bm25, file["tokens"], file["starts"])

    def idf(self, token: str) -> float:
        """The inverse document frequency; a word that no passage holds has the highest."""
        return _idf(self.frequencies.get(token, 0), self.size)

    def knows(self, token: str) -> bool:
        return token in self.frequencies

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """BM25 of every passage for these tokens, shape (passages,)."""
        known = [token for token in tokens if token in self.frequencies]
        if not known:
            return np.zeros(self.size, np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)


def _idf(frequency: int, size: int) -> float:
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def _all_frequencies(bm25: bm25s.BM25) -> dict[str, int]:
    """How many texts hold each word."""
    starts = np.asarray(bm25.scores["indptr"])
    return {
        token: int(starts[column + 1] - starts[column])
        for token, column in bm25.vocab_dict.items()
        if token and column + 1 < len(starts)
    }
