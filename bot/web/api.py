"""The web application: `POST /api/ask` for programs, the chat page for people, and health for machines."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from bot.answer import Answer, AnswerStatus, Reason
from bot.conversation import Message
from bot.messages import Texts
from bot.web.gate import AskGate, OverloadedError
from bot.web.page import STATIC_FOLDER, STATIC_PATH, PageDocument
from bot.web.page_html import page_language
from bot.web.ports import AnswersQuestions, RecordsFeedback
from bot.web.problems import add_problem_handlers, problem_docs, problem_response
from bot.web.security import BodyLimit, GradioDoors, SecurityHeaders
from corpus import CharterError, Language

MOST_MESSAGES = 40
RETRY_AFTER = {"Retry-After": "5"}
DESCRIPTION = (
    "Cited answers about Morocco's Investment Charter and the Marrakech-Safi region, in Arabic, French, English, "
    "Chinese and Spanish. Mithaq informs; only the official text prevails."
)

logger = logging.getLogger(__name__)


def _without_surrogates(value: object) -> object:
    """Half of a surrogate pair is no character: it becomes `?`, so that every answer can be encoded."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


class HistoryMessage(BaseModel):
    """One message of the conversation so far."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"] = Field(description="Who said it.")
    content: Annotated[str, BeforeValidator(_without_surrogates)] = Field(description="What was said.")


class Question(BaseModel):
    """A question to Mithaq."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[str, BeforeValidator(_without_surrogates)] = Field(
        description="In the asker's own words. Longer than 1,000 characters is answered with the status `too_long`.",
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


class Health(BaseModel):
    """The process is alive."""

    status: Literal["alive"] = "alive"


class Readiness(BaseModel):
    """An index is loaded, and which."""

    status: Literal["ready"] = "ready"
    snapshot: str = Field(description="Id of the index in use.")


def build_app(
    assistant: AnswersQuestions,
    *,
    journal: RecordsFeedback,
    texts: Mapping[Language, Texts],
    snapshot: Callable[[], str | None],
    asks_at_once: int = 4,
    asks_waiting: int = 64,
    patience: float = 10.0,
    frame_ancestors: Sequence[str] = ("'self'",),
) -> FastAPI:
    """The whole web application.

    Args:
        assistant: Answers the questions of the page and of the API.
        journal: Where the thumbs go.
        texts: The words of the page in all languages.
        snapshot: Says which index is in use, `None` while there is none.
        asks_at_once: How many questions are worked on at the same time.
        asks_waiting: How many more may wait; the next one gets 503.
        patience: How long one may wait, in seconds.
        frame_ancestors: Which sites may show the page in a frame, as CSP sources.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    app: FastAPI = FastAPIOffline(
        title="Mithaq",
        version="1",
        description=DESCRIPTION,
        redoc_url=None,
        swagger_ui_parameters={"validatorUrl": None},
        responses=problem_docs(422, 500),
    )
    gate = AskGate(assistant, at_once=asks_at_once, waiting=asks_waiting, patience=patience)
    _add_ask(app, gate, texts)
    _add_health(app, snapshot)
    add_problem_handlers(app)
    app.mount(STATIC_PATH, StaticFiles(directory=STATIC_FOLDER), name="mithaq")
    _mount_chat(app, assistant, journal, texts, gate)
    _add_middleware(app, texts, frame_ancestors)
    return app


def _add_middleware(app: FastAPI, texts: Mapping[Language, Texts], frame_ancestors: Sequence[str]) -> None:
    # The last added is the outermost. An explicit empty list of origins also stops Gradio from echoing any origin.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(PageDocument, texts=texts)
    app.add_middleware(GradioDoors)
    app.add_middleware(BodyLimit)
    app.add_middleware(SecurityHeaders, frame_ancestors=tuple(frame_ancestors))


def _add_ask(app: FastAPI, gate: AskGate, texts: Mapping[Language, Texts]) -> None:
    @app.post("/api/ask", response_model=Reply, tags=["ask"], responses=problem_docs(413, 503))
    async def ask(question: Question, request: Request) -> Any:  # a reply or a problem
        """Answers one question, with the passages it rests on."""
        language = None if question.language == "auto" else Language(question.language)
        try:
            history = [Message(message.role, message.content) for message in question.history]
            return reply(await gate.ask(question.question, language=language, history=history))
        except OverloadedError:
            spoken = language or page_language(None, request.headers.get("accept-language", "en"))
            detail = texts[spoken].status[AnswerStatus.OVERLOADED]
            return problem_response(503, detail, RETRY_AFTER, code="overloaded")
        except Exception:
            logger.exception("The assistant failed on a question.")
            spoken = language or page_language(None, request.headers.get("accept-language", "en"))
            return problem_response(500, texts[spoken].status[AnswerStatus.ERROR])

    @app.api_route("/api/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
    async def refuse(path: str, request: Request) -> Response:
        """404, or 405 where only the method is wrong; without it the chat, mounted at `/`, would answer."""
        for route in app.routes:
            if isinstance(route, APIRoute) and route.include_in_schema and route.path == f"/api/{path}":
                allowed = ", ".join(sorted(route.methods or ()))
                raise HTTPException(405, f"{request.method} is not possible here.", {"Allow": allowed})
        raise HTTPException(404, "There is nothing at this address.")


def _add_health(app: FastAPI, snapshot: Callable[[], str | None]) -> None:
    @app.get("/healthz", tags=["health"])
    async def healthz() -> Health:
        """The process is alive."""
        return Health()

    @app.get("/readyz", response_model=Readiness, tags=["health"], responses=problem_docs(503))
    async def readyz() -> Any:  # a reply or a problem
        """Questions can be answered."""
        try:
            loaded = snapshot()
        except CharterError:
            logger.exception("The index cannot be opened.")
            loaded = None
        if loaded is None:
            return problem_response(503, "The index is not loaded yet. Ask again in a few seconds.", RETRY_AFTER)
        return Readiness(snapshot=loaded)


def _mount_chat(
    app: FastAPI,
    assistant: AnswersQuestions,
    journal: RecordsFeedback,
    texts: Mapping[Language, Texts],
    gate: AskGate,
) -> None:
    import gradio as gr  # takes seconds, and only a server needs it

    from bot.web.chat_page import build_chat
    from bot.web.theme import build_theme

    gr.mount_gradio_app(
        app,
        build_chat(assistant, texts, journal, gate),
        path="/",
        theme=build_theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        max_file_size=1,
        blocked_paths=[str(Path.cwd()), tempfile.gettempdir()],
    )


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
