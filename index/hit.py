"""What a search finds: a section, with the raw signals that speak for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus import Passage


@dataclass(frozen=True)
class SearchHit:
    """A section found, and why: the raw signals are those of its best passage.

    Attributes:
        passage: the version to show: in the asker's language where there is one, else the one that was found.
        found: the version with the best score.
        score: cosine and coverage joined; only for ordering.
        cosine: of the question and the passage, projected (language removed), -1 to 1.
        statement_cosine: of the question and the nearest statement of the passage, likewise.
        mean_cosine: of the question and the section: the two joined, meant over its language versions.
        asked_cosine: of the question and the nearest of those that people ask for the section, in whichever language; where none
            are written down, that of the passage and its statement joined.
        mean_asked_cosine: the same, meant over the language versions.
        prototype_cosine: of the question and what questions answered by the section lie around.
        coverage: the share of the question's words that the passage holds, 0 to 1.
        vector_rank: place of the section by cosine alone, from 1.
        lexical_rank: place of the section by coverage alone, from 1; 0 where no word matches.
    """

    passage: Passage
    found: Passage
    score: float
    cosine: float
    statement_cosine: float
    mean_cosine: float
    asked_cosine: float
    mean_asked_cosine: float
    prototype_cosine: float
    coverage: float
    vector_rank: int
    lexical_rank: int

    @property
    def section_id(self) -> str:
        return self.found.section_id
