"""Words as vectors: those that stand in the same sections lie near each other, whichever their language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.lexical import LexicalIndex

DIMENSION = 128


@dataclass(frozen=True)
class WordSpace:
    """The vectors of words, shape (words, d), each of length one, and the row of each word."""

    rows: Mapping[str, int]
    vectors: NDArray[np.float32]

    def find(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The row of each word, -1 for a word that is not known."""
        return np.array([self.rows.get(word, -1) for word in words], np.int32)

    def at(self, rows: NDArray[np.int32]) -> NDArray[np.float32]:
        """The vectors in these rows, shape (words, d); zero for -1."""
        return np.where(rows[:, None] < 0, np.float32(0), self.vectors[rows])

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of words, shape (words, d); zero for a word that is not known."""
        return self.at(self.find(words))


def fit_word_space(lexical: LexicalIndex, sections: Sequence[str], dimension: int = DIMENSION) -> WordSpace:
    """The space of the words of an index: latent semantic analysis (Deerwester et al. 1990).

    A word's row counts, as logarithms, how often each section has it in all of its languages together, so that translations come
    to lie side by side. Rows of length one, then their strongest directions, then length one again.

    Args:
        lexical: the words of the passages.
        sections: the section of each passage, in the same order.
        dimension: how many directions are kept, if there are as many sections.
    """
    names = {section: column for column, section in enumerate(sorted(set(sections)))}
    vocabulary = lexical.vocabulary()
    words = sorted(vocabulary)  # one order, whatever order the passages came in: sums round alike
    place = np.empty(len(words), np.int64)
    place[[vocabulary[word] for word in words]] = np.arange(len(words))
    tokens = [place[lexical.tokens_of(row)] for row in range(len(sections))]
    columns = np.repeat([names[section] for section in sections], [len(own) for own in tokens])
    pairs, counts = np.unique(np.concatenate(tokens) * len(names) + columns, return_counts=True)
    shape = (len(words), len(names))
    table = csr_array((np.log1p(counts), np.divmod(pairs, len(names))), shape=shape)
    table /= np.sqrt((table**2).sum(axis=1))[:, None]
    _, directions = np.linalg.eigh((table.T @ table).toarray())  # the right singular vectors, weakest first
    vectors = table @ directions[:, -dimension:]
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return WordSpace({word: row for row, word in enumerate(words)}, vectors.astype(np.float32))
