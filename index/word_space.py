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
    """Words as vectors; words that look the same way share one.

    Attributes:
        rows: the row of each word.
        vectors: each of length one, and a last one of zeros; shape (rows, d).
    """

    rows: Mapping[str, int]
    vectors: NDArray[np.float32]

    def find(self, words: Sequence[str]) -> NDArray[np.int32]:
        """The row of each word; the last one for a word that is not known."""
        return np.array([self.rows.get(word, len(self.vectors) - 1) for word in words], np.int32)

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of words, shape (words, d); zero for a word that is not known."""
        return self.vectors[self.find(words)]


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
    table = csr_array(table / np.sqrt((table**2).sum(axis=1))[:, None])
    _, directions = np.linalg.eigh((table.T @ table).toarray())  # the right singular vectors, weakest first
    kept = directions[:, -dimension:]
    alone = np.diff(table.indptr) == 1  # words of one section alone look the same way, so they share a row
    vectors = np.concatenate([kept, table[~alone] @ kept, np.zeros_like(kept[:1])])
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    rows = np.where(alone, table.indices[table.indptr[:-1]], len(names) + np.cumsum(~alone) - 1)
    return WordSpace(dict(zip(words, rows.tolist(), strict=True)), vectors.astype(np.float32))
