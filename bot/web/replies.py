"""A question and its answer as programs send and get them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.answer import Answer, AnswerStatus, Reason
from corpus import Language

MOST_MESSAGES = 40


def without_surrogates(value: object) -> object:
    """Half of a surrogate pair is no character: it becomes `?`, so that every answer can be encoded."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


class HistoryMessage(BaseModel):
    """One message of the conversation so far."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"] = Field(description="Who said it.")
    content: Annotated[str, BeforeValidator(without_surrogates)] = Field(description="What was said.")


class Question(BaseModel):
    """A question to Mithaq."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, BeforeValidator(without_surrogates)] = Field(
        description="In the asker's own words. Longer than 1,000 characters (or what the server sets) is answered with the "
        "status `too_long`.",
        examples=["Which premiums can an investment project receive?"],
    )
    language: Literal["auto", "ar", "fr", "en", "zh", "es"] = Field(
        "auto", description="Language of the answer; `auto` follows the question."
    )
    history: list[HistoryMessage] = Field(
        [],
        max_length=MOST_MESSAGES,
        description="The conversation before the question, oldest first: “And in Safi?” is completed from it.",
        examples=[[{"role": "user", "content": "What is the territorial premium in Essaouira?"}]],
    )


class CitedSource(BaseModel):
    """A passage that the answer rests on."""

    number: int = Field(description="The number used in the answer's text: [1].")
    title: str = Field(description="Title of the document.")
    section: str = Field(description="Heading of the cited section.")
    publisher: str = Field(description="Who published it.")
    published: date = Field(description="When it was published.")
    url: str = Field(description="Where the original stands.")
    language: Language = Field(description="Language of the quote.")
    quote: str = Field(description="The sentences used, word for word.")


class Reply(BaseModel):
    """The answer; `answered` and `partly_answered` always come with citations."""

    id: str = Field(description="Names this answer, for example in feedback.")
    status: AnswerStatus = Field(description="How the question ended.")
    reason: Reason | None = Field(description="Why it is not a plain answer; null for one, for talk and for trouble.")
    language: Language = Field(description="Language of the answer.")
    completed: str = Field(description="The question as completed from the history; empty where it stands by itself.")
    answer: str = Field(description="Plain text, a line per statement, citation numbers in square brackets.")
    citations: list[CitedSource] = Field(description="The cited passages in the order of their numbers.")
    as_of: date | None = Field(description="The day up to which the cited documents were kept.")


def reply(answer: Answer) -> Reply:
    """The answer as the API gives it."""
    citations = [
        CitedSource(
            number=citation.number, title=citation.title, section=citation.section, publisher=citation.publisher,
            published=citation.published, url=citation.url, language=citation.language, quote=citation.quote,
        )
        for citation in answer.citations
    ]  # fmt: skip
    return Reply(
        id=answer.id, status=answer.status, reason=answer.reason, language=answer.language, answer=answer.text,
        completed=answer.completed, citations=citations, as_of=answer.as_of,
    )  # fmt: skip
