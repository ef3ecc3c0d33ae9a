"""The vectors of what was asked, kept by text as long as the journal keeps the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.text import clean_question, words
from index.cache import QUERY, EmbeddingCache, Shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from index import Encoder

QUESTIONS_CACHE = "cache/questions.sqlite"


def wording_of(text: str) -> str:
    """What makes two texts the same question word for word: their folded words; empty for a text without any character."""
    cleaned = clean_question(text)
    return " ".join(words(cleaned)) or cleaned


class QuestionVectors:
    """The encoder's vectors of questions in a file below `home`, which holds no text, only its SHA-256."""

    def __init__(self, home: Path, encoder: Encoder) -> None:
        self._cache = EmbeddingCache(home / QUESTIONS_CACHE, encoder, Shipped({}))

    def find(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors that are there already.

        Raises:
            SnapshotError: the file is damaged.
        """
        return {text: vector for (_, text), vector in self._cache.find([(QUERY, text) for text in texts]).items()}

    def embed(self, texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of all the texts; those that are missing are embedded, 30 to 60 a second, and kept.

        Raises:
            EncoderError: the model fails.
            SnapshotError: the file is damaged, or the disk is full.
        """
        vectors, _ = self._cache.embed([(QUERY, text) for text in texts])
        return {text: vector for (_, text), vector in vectors.items()}

    def keep_only(self, texts: Iterable[str]) -> int:
        """Forget the vectors of all other texts; how many were forgotten."""
        return self._cache.keep_only((QUERY, text) for text in texts)
