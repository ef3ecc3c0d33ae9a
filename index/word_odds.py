"""Whether the words of a question are those of the documents or those of questions that no document answers."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PRIOR = 0.5
FEWEST = 2


@dataclass(frozen=True)
class WordOdds:
    """The logarithm of each word's odds: how much likelier it is in the documents than in questions that none answers."""

    of: Mapping[str, float]

    def value(self, words: Sequence[str]) -> float:
        """The odds of the words that are known, in logarithms, over the root of their number; 0 where none is known.

        Words of one question go together, so that their sum would be too sure of itself.
        """
        known = [self.of[word] for word in dict.fromkeys(words) if word in self.of]
        return sum(known) / math.sqrt(len(known)) if known else 0.0


def fit_word_odds(documents: Mapping[str, int], outside: Iterable[Sequence[str]]) -> WordOdds:
    """The odds of each word that occurs twice at least; none where there are no questions from outside.

    Naive Bayes (Maron 1961, "Automatic Indexing: An Experimental Inquiry") with half a word added to each count.

    Args:
        documents: how many passages hold each word.
        outside: the words of each question that no document answers.
    """
    beyond = Counter(word for question in outside for word in set(question))
    if not beyond:
        return WordOdds({})
    counts = {word: (documents.get(word, 0), beyond[word]) for word in {*documents, *beyond}}
    counts = {word: (inside, outside) for word, (inside, outside) in counts.items() if inside + outside >= FEWEST}
    totals = [sum(column) + PRIOR * len(counts) for column in zip(*counts.values(), strict=True)] or [1.0, 1.0]
    constant = math.log(totals[1] / totals[0])
    return WordOdds(
        {word: math.log((inside + PRIOR) / (outside + PRIOR)) + constant for word, (inside, outside) in counts.items()}
    )
