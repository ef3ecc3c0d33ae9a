"""Which language with Latin letters the words of a question are of, told by how people ask in each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from corpus import Language
from corpus.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LATIN = (Language.FR, Language.EN, Language.ES)
PRIOR = 0.5
FEWEST = 2
CLEARLY = 1.0  # in logarithms of odds


class LanguageWords:
    """How likely each word is in each of the languages with Latin letters.

    Naive Bayes (Maron 1961, "Automatic Indexing: An Experimental Inquiry") with half a word added to each count; the words are kept
    as their hashes in order, as long as a process lives.

    Args:
        texts: what people ask, with its language; that in other languages does not count.
    """

    def __init__(self, texts: Iterable[tuple[Language, str]]) -> None:
        counts: dict[Language, Counter[str]] = {language: Counter() for language in LATIN}
        for language, text in texts:
            if language in counts:
                counts[language].update(words(text))
        every = sum(counts.values(), Counter[str]())
        known = sorted((word for word, count in every.items() if count >= FEWEST), key=hash)
        self._hashes = np.array([hash(word) for word in known], dtype=np.int64)
        table = np.array([[counts[language][word] for language in LATIN] for word in known], dtype=np.float32)
        totals = np.array([counts[language].total() for language in LATIN], dtype=np.float32)
        self._likely = np.log((table.reshape(-1, len(LATIN)) + PRIOR) / (totals + PRIOR * max(len(every), 1)))

    def likely(self, spoken: Sequence[str]) -> list[Language]:
        """The languages that the words may be of, the likeliest first; none where no word is known."""
        if not len(self._hashes):
            return []
        wanted = np.array([hash(word) for word in spoken], dtype=np.int64)
        places = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        found = self._likely[places[self._hashes[places] == wanted]]
        if not len(found):
            return []
        sums = found.sum(axis=0)
        return [LATIN[place] for place in np.argsort(-sums, kind="stable") if sums[place] > sums.max() - CLEARLY]
