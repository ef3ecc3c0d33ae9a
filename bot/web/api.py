"""The web application: `POST /api/ask` for programs, the chat page for people, and health for machines."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from bot.answer import AnswerStatus
from bot.conversation import Message
from bot.messages import Texts
from bot.web.estimate_api import add_estimate_api
from bot.web.estimate_page import add_estimate_page
from bot.web.gate import AskGate, OverloadedError
from bot.web.mcp_tools import LOCAL_HOSTS, add_mcp
from bot.web.page import STATIC_FOLDER, STATIC_PATH, PageDocument
from bot.web.page_html import page_language
from bot.web.ports import AnswersQuestions, FindsSections, RecordsFeedback
from bot.web.problems import add_problem_handlers, problem_docs, problem_response
from bot.web.replies import Question, Reply, reply
from bot.web.security import BodyLimit, GradioDoors, SecurityHeaders
from corpus import CharterError, Language

RETRY_AFTER = {"Retry-After": "5"}
DESCRIPTION = (
    "Cited answers about Morocco's Investment Charter and the Marrakech-Safi region, in Arabic, French, English, "
    "Chinese and Spanish. Mithaq informs; only the official text prevails."
)

logger = logging.getLogger(__name__)


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
    sections: FindsSections | None = None,
    asks_at_once: int = 4,
    asks_waiting: int = 64,
    patience: float = 10.0,
    frame_ancestors: Sequence[str] = ("'self'",),
    mcp_hosts: Sequence[str] = LOCAL_HOSTS,
) -> FastAPI:
    """The whole web application.

    Args:
        assistant: Answers the questions of the page and of the API.
        journal: Where the thumbs go.
        texts: The words of the page in all languages.
        snapshot: Says which index is in use, `None` while there is none.
        sections: Finds sections for the MCP tool `search`; without it there is no such tool.
        asks_at_once: How many questions are worked on at the same time.
        asks_waiting: How many more may wait; the next one gets 503.
        patience: How long one may wait, in seconds.
        frame_ancestors: Which sites may show the page in a frame, as CSP sources.
        mcp_hosts: Under which host names the MCP tools answer.
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
    add_estimate_api(app)
    _add_ask(app, gate, texts)
    add_estimate_page(app, texts)
    _add_health(app, snapshot)
    add_mcp(app, gate, sections, mcp_hosts)
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
