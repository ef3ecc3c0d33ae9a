"""How far a section holds the words of a question, or words like them in whichever language, and the other way round."""

from __future__ import annotations

from dataclasses import dataclass
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


class SectionWords:
    """The words of a section in all of its versions."""

    def __init__(self, versions: Sequence[Passage], space: WordSpace) -> None:
        headings = [tokenise(passage.heading or passage.title) for passage in versions]
        asked = [[tokenise(question) for question in passage.asked] for passage in versions]
        texts = [
            [*tokenise(passage.search_text), *(word for question in own for word in question)]
            for passage, own in zip(versions, asked, strict=True)
        ]
        words = list(dict.fromkeys(word for text in texts for word in text))
        self._vectors = space.of(words)
        self._places = {word: place for place, word in enumerate(words)}
        self._versions = [self._find(text) for text in texts if text]
        self._headings = [self._find(heading) for heading in headings if heading]
        self._asked = [self._find(question) for own in asked for question in own if question] or self._headings

    def likeness(self, question: NDArray[np.float32]) -> WordLikeness:
        """How alike the section and a question are whose words have these vectors, shape (words, d)."""
        if not len(question) or not self._versions:
            return WordLikeness()
        cosines = question @ self._vectors.T
        held = np.stack([cosines[:, own].max(axis=1) for own in self._versions])
        asked_for = cosines.max(axis=0)
        return WordLikeness(
            words=float(held.max(axis=0).mean()),
            mean_words=float(held.mean()),
            example=max((float(asked_for[own].mean()) for own in self._asked), default=0.0),
            heading=max((float(asked_for[own].mean()) for own in self._headings), default=0.0),
        )

    def _find(self, text: Sequence[str]) -> NDArray[np.int64]:
        return np.unique([self._places[word] for word in text])
