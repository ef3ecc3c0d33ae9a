"""The sections that the search finds for a question, without judging whether they answer it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from bot.language import LanguageDetector
from corpus.text import clean_question

if TYPE_CHECKING:
    from corpus import Language, Passage
    from corpus.glossary import Glossary
    from index import SearchIndex

MOST_CHARACTERS = 1_000


class SectionSearch:
    """Finds sections; `get_index` gives the index in use."""

    def __init__(self, get_index: Callable[[], SearchIndex], glossary: Glossary) -> None:
        self._get_index = get_index
        self._detector = LanguageDetector(glossary)

    def __call__(self, question: str, language: Language | None, most: int) -> Sequence[Passage]:
        """The best sections, best first, in the language of the question by default; none for an empty question."""
        cleaned = clean_question(question[: 4 * MOST_CHARACTERS])[:MOST_CHARACTERS]
        if not cleaned:
            return ()
        index = self._get_index()
        spoken = language or self._detector.detect(cleaned, known=index.language_words).language
        return tuple(hit.passage for hit in index.search(cleaned, spoken, most=most))
