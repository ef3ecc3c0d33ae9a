"""What the web needs from the rest of the bot, as small protocols: an assistant to ask, documents, and a place for feedback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.answer import Answer
from bot.conversation import Message
from corpus import Document, Language, Passage


class AnswersQuestions(Protocol):
    """The assistant as the web sees it; `ask` may be called from several threads at once."""

    def ask(
        self,
        question: str,
        language: Language | None = None,
        page_language: Language | None = None,
        history: Sequence[Message] = (),
    ) -> Answer: ...

    def suggestions(self, language: Language) -> Sequence[str]: ...


class FindsSections(Protocol):
    """The search as programs see it: the best sections for a question, best first, in the language of the question by default."""

    def __call__(self, question: str, language: Language | None, most: int) -> Sequence[Passage]: ...


class ListsDocuments(Protocol):
    """All documents that the index in use answers from, in a stable order; `CharterError` while they cannot be read."""

    def __call__(self) -> Sequence[Document]: ...


class RecordsFeedback(Protocol):
    """Where the thumbs go; `helpful=None` takes an earlier opinion back."""

    def record_feedback(
        self, answer_id: str, helpful: bool | None, status: str, language: str, sections: list[str]
    ) -> None: ...


class RecordsQuestions(Protocol):
    """Where the questions go, without personal data and for a limited time."""

    def record_question(
        self,
        answer_id: str,
        question: str,
        *,
        language: str,
        status: str,
        reason: str,
        sections: Sequence[str],
        snapshot_id: str,
        estimate: bool,
        asked_at: datetime | None,
    ) -> None: ...

    def forget_old(self) -> int: ...
