"""Putting the previews of the desk together from the services of the server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.desk.asked_questions import QuestionKind, is_of_kind
from bot.desk.preview import Previews
from bot.desk.trial import Trials

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.assistant import Assistant
    from bot.desk.drafts import Drafts
    from bot.journal import AskedQuestion, Journal
    from corpus import Passage
    from corpus.glossary import Glossary
    from index import Encoder, SearchIndex

SINCE_DAYS = 90


def open_previews(
    drafts: Drafts,
    documents: Path,
    home: Path,
    encoder: Encoder,
    glossary: Glossary,
    get_index: Callable[[], SearchIndex],
    today: Assistant,
    journal: Journal,
) -> Previews:
    """The previews of drafts.

    Args:
        drafts: where the drafts are.
        documents: the folder of documents.
        home: the folder of the index; its cache of embeddings is used.
        encoder: the embedding model.
        glossary: official terms and places.
        get_index: returns what is answered from today.
        today: answers from it, without noting anything.
        journal: the questions of visitors.
    """

    def build(passages: Sequence[Passage]) -> SearchIndex:
        from corpus.loading import PACKAGED_VECTORS
        from corpus.outside import load_outside
        from index import assemble_index

        return assemble_index(
            passages, encoder, home, glossary, outside=load_outside(), shipped=PACKAGED_VECTORS, like=get_index()
        )

    def open_assistant(index: SearchIndex) -> Assistant:
        from bot.assistant import Assistant

        return Assistant(lambda: index, glossary)

    def embed(texts: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        from index.cache import EMBEDDINGS, PASSAGE, EmbeddingCache, Shipped

        vectors, _ = EmbeddingCache(home / EMBEDDINGS, encoder, Shipped({})).embed([(PASSAGE, text) for text in texts])
        return {text: vector for (_, text), vector in vectors.items()}

    trials = Trials(documents, build, open_assistant)
    return Previews(drafts, documents, get_index, today, embed, trials, lambda: unanswered(journal))


def unanswered(journal: Journal) -> list[AskedQuestion]:
    """The questions of the last 90 days that had no answer or only part of one, the newest first."""
    asked = journal.questions(datetime.now(UTC) - timedelta(days=SINCE_DAYS))
    return [one for one in asked if is_of_kind(one, QuestionKind.UNANSWERED)]
