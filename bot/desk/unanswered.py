"""Which questions of visitors that had no answer a draft would answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.answer import CITED_STATUSES, Answer, Reason
from corpus import Language

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.assistant import Assistant
    from bot.journal import AskedQuestion
    from index import SearchIndex

MOST_LOOKED_AT = 300
MOST_TRIED = 12
NEAR = 0.3
_LANGUAGES = frozenset(language.value for language in Language)


def nearest_questions(
    asked: Iterable[AskedQuestion], vectors: NDArray[np.float32], index: SearchIndex
) -> dict[str, Language]:
    """The questions nearest to any of a draft's passages, nearest first, with their languages; each text once.

    Args:
        asked: the questions, the newest first.
        vectors: the projected vectors of the passages.
        index: what is answered from today.
    """
    languages = {one.text: Language(one.language) for one in asked if one.text and one.language in _LANGUAGES}
    texts = list(languages)[:MOST_LOOKED_AT]
    near = {text: float(index.question_likeness(text, vectors).max()) for text in texts}
    return {
        text: languages[text] for text in sorted(texts, key=lambda text: -near[text])[:MOST_TRIED] if near[text] >= NEAR
    }


def now_answered(asked: Mapping[str, Language], slug: str, today: Assistant, with_draft: Assistant) -> tuple[str, ...]:
    """The questions that are answered from the document `slug` with the draft in place and are not today."""
    return tuple(
        text
        for text, language in asked.items()
        if _is_answered(answer := with_draft.ask(text, page_language=language))
        and any(citation.section_id.partition("#")[0] == slug for citation in answer.citations)
        and not _is_answered(today.ask(text, page_language=language))
    )


def _is_answered(answer: Answer) -> bool:
    return answer.status in CITED_STATUSES and answer.reason not in (Reason.NOT_FOUND, Reason.NOT_PUBLISHED)
