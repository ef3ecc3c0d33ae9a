"""Mithaq inside a LangChain chain: the index as a retriever, the assistant as a runnable."""

from __future__ import annotations

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from bot.answer import Answer
from bot.assistant import Assistant
from corpus import Language
from corpus.text import clean_question
from index import SearchHit, SearchIndex


class CharterRetriever(BaseRetriever):
    """The best sections of the corpus for a question, as LangChain documents, best first.

    Each document's text is the passage in the asker's language where there is one; its metadata holds `section_id`, `language`,
    `title`, `heading`, `publisher`, `published`, `as_of`, `url` and the raw signals `score`, `cosine` and `coverage`. Sections are
    only ranked here: whether they are enough to answer from is the assistant's judgement.

    Attributes:
        get_index: returns the index to search, for example `LiveIndex(...).get`.
        language: in which language sections are shown.
        most: how many sections at most.
    """

    get_index: Callable[[], SearchIndex]
    language: Language = Language.EN
    most: int = 4

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        question = clean_question(query)
        if not question:
            return []
        return [_document(hit) for hit in self.get_index().search(question, self.language, self.most)]


def assistant_runnable(assistant: Assistant) -> Runnable[str, Answer]:
    """The assistant as a runnable from a question to an `Answer`, with its citations and status."""
    return RunnableLambda(assistant.ask, name="mithaq")


def _document(hit: SearchHit) -> Document:
    passage = hit.passage
    return Document(
        id=passage.id,
        page_content=passage.text,
        metadata={
            "section_id": passage.section_id,
            "language": passage.language.value,
            "title": passage.title,
            "heading": passage.heading,
            "publisher": passage.publisher,
            "published": passage.published.isoformat(),
            "as_of": passage.as_of.isoformat(),
            "url": passage.url,
            "score": hit.score,
            "cosine": hit.cosine,
            "coverage": hit.coverage,
        },
    )
