"""How far a section holds the words of a question, or words like them in whichever language, and the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from index.lexical import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from corpus import Passage
    from index.word_space import WordSpace


@dataclass(frozen=True)
class WordLikeness:
    """Means of cosines of each word with its nearest one, -1 to 1; all zero where there is no word.

    Attributes:
        words: of the question's words, each with the nearest in any version of the section, what people ask for it included.
        mean_words: the same within one version, meant over the versions.
        example: of the words of what people ask for the section, each with the nearest of the question: the highest of them.
            Where none is written down, that of the heading.
        heading: of the words of a heading likewise: the highest of the versions.
    """

    words: float = 0.0
    mean_words: float = 0.0
    example: float = 0.0
    heading: float = 0.0


class _Texts:
    """Texts as places in a list of words, those that hold no word left out.

    Args:
        texts: the words of each.
        places: of each word.
    """

    def __init__(self, texts: Sequence[Sequence[str]], places: dict[str, int]) -> None:
        held = [sorted({places[word] for word in text}) for text in texts if text]
        self._places = np.fromiter(chain.from_iterable(held), np.int32)
        self._lengths = np.array([len(text) for text in held], np.int32)
        self._starts = np.cumsum(self._lengths) - self._lengths

    def __len__(self) -> int:
        return len(self._lengths)

    def highest(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The highest value of each text's words, shape (rows, texts), from those of all words, shape (rows, words)."""
        return np.asarray(np.maximum.reduceat(values[:, self._places], self._starts, axis=1))

    def highest_mean(self, values: NDArray[np.float32]) -> float:
        """The highest mean that a text's words have, from the values of all words; 0 where there is no text."""
        if not len(self):
            return 0.0
        return float((np.add.reduceat(values[self._places], self._starts) / self._lengths).max())


class SectionWords:
    """The words of a section in all of its versions."""

    def __init__(self, versions: Sequence[Passage], space: WordSpace) -> None:
        headings = [tokenise(passage.heading or passage.title) for passage in versions]
        asked = [[tokenise(question) for question in passage.asked] for passage in versions]
        texts = [
            [*tokenise(passage.search_text), *chain.from_iterable(own)]
            for passage, own in zip(versions, asked, strict=True)
        ]
        words = list(dict.fromkeys(chain.from_iterable(texts)))
        places = {word: place for place, word in enumerate(words)}
        self._space = space
        self._rows = space.find(words)
        self._versions, self._headings = _Texts(texts, places), _Texts(headings, places)
        questions = _Texts(list(chain.from_iterable(asked)), places)
        self._asked = questions if len(questions) else self._headings

    def likeness(self, question: NDArray[np.float32]) -> WordLikeness:
        """How alike the section and a question are whose words have these vectors, shape (words, d)."""
        if not len(question) or not len(self._versions):
            return WordLikeness()
        cosines = question @ self._space.vectors[self._rows].T
        held, nearest = self._versions.highest(cosines), cosines.max(axis=0)
        return WordLikeness(
            words=float(held.max(axis=1).mean()),
            mean_words=float(held.mean()),
            example=self._asked.highest_mean(nearest),
            heading=self._headings.highest_mean(nearest),
        )
