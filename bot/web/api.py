"""The web application: the addresses for programs, the chat page for people, and health for machines."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi_offline import FastAPIOffline
from pydantic import BaseModel, Field
from starlette.staticfiles import StaticFiles

from bot.desk.desk import Desk
from bot.messages import Texts
from bot.networks import Network
from bot.pause import Pause, never
from bot.web.ask_api import RETRY_AFTER, add_ask_api
from bot.web.documents_api import add_documents_api
from bot.web.doors import ANY_HOST, KnownHosts, QueueDoor
from bot.web.embed import EmbedDoor, add_embed
from bot.web.estimate_api import add_estimate_api
from bot.web.estimate_page import add_estimate_page
from bot.web.failures import Failures
from bot.web.fair_use import FairUse, Limits
from bot.web.fair_use_door import FairUseDoor
from bot.web.feedback_api import add_feedback_api
from bot.web.gate import AskGate
from bot.web.key_check import KnowsKeys, add_key_check
from bot.web.mcp_tools import LOCAL_HOSTS, add_mcp
from bot.web.metrics import LOOPBACK, Metrics, add_metrics
from bot.web.observed import Listener, ObservedAssistant
from bot.web.openai_api import add_openai_api
from bot.web.page import STATIC_FOLDER, STATIC_PATH, PageDocument
from bot.web.pause_page import PauseDoor
from bot.web.ports import AnswersQuestions, FindsSections, ListsDocuments, RecordsFeedback
from bot.web.problems import add_problem_handlers, problem_docs, problem_response
from bot.web.program_cors import ProgramCors
from bot.web.recent import RecentAnswers
from bot.web.refusals import add_refusals
from bot.web.request_log import RequestLog
from bot.web.security import BodyLimit, GradioDoors, SecurityHeaders
from bot.web.sessions import add_forgetting
from bot.web.staff import StaffDoor, StaffHeaders, add_staff
from bot.web.visitors import Visitors
from corpus import CharterError, Language

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
    documents: ListsDocuments = tuple,
    keys: KnowsKeys | None = None,
    asks_at_once: int = 4,
    asks_waiting: int = 64,
    patience: float = 10.0,
    frame_ancestors: Sequence[str] = ("'self'",),
    mcp_hosts: Sequence[str] = LOCAL_HOSTS,
    embed_sites: Sequence[str] = (),
    is_paused: Callable[[Pause], bool] = never,
    hosts: Sequence[str] = (ANY_HOST,),
    limits: Limits | None = None,
    trusted_proxies: Sequence[Network] = (),
    cors_origins: Sequence[str] = (),
    metrics_allowed: Sequence[Network] = LOOPBACK,
    log_questions: bool = False,
    listeners: Sequence[Listener] = (),
    desk: Desk | None = None,
) -> FastAPI:
    """The whole web application.

    Args:
        assistant: Answers the questions of the page and of the API.
        journal: Where the thumbs go.
        texts: The words of the page in all languages.
        snapshot: Says which index is in use, `None` while there is none.
        sections: Finds sections for the MCP tool `search`; without it there is no such tool.
        documents: Lists the documents that programs may read; none by default.
        keys: Who has a key; with it programs need one.
        asks_at_once: How many questions are worked on at the same time.
        asks_waiting: How many more may wait; the next one gets 503.
        patience: How long one may wait, in seconds.
        frame_ancestors: Which sites may show the page in a frame, as CSP sources.
        mcp_hosts: Under which host names the MCP tools answer.
        embed_sites: Which other sites may show the chat, as origins.
        is_paused: Says with every request whether the widget or the whole chat is paused.
        hosts: Under which host names anything is answered; `*` for any.
        limits: How much a visitor and all together may ask; no limit by default.
        trusted_proxies: Whose word counts on who the visitor is.
        cors_origins: Which other sites may call the addresses for programs from a browser.
        metrics_allowed: Who may read the metrics.
        log_questions: Whether questions are written into the log.
        listeners: Told each question and its answer, for the journal.
        desk: The services of the staff desk; without it there is no `/staff`.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    app: FastAPI = FastAPIOffline(
        title="Mithaq",
        version="1",
        description=DESCRIPTION,
        redoc_url=None,
        swagger_ui_parameters={"validatorUrl": None},
        responses=problem_docs(422, 429, 500),
    )
    recent = RecentAnswers()
    metrics = Metrics()
    heard = (lambda _, answer: recent.keep(answer), *listeners)
    assistant = ObservedAssistant(assistant, metrics, log_questions=log_questions, listeners=heard)
    gate = AskGate(assistant, at_once=asks_at_once, waiting=asks_waiting, patience=patience, is_paused=is_paused)
    fair_use = FairUse(limits)
    add_estimate_api(app)
    add_ask_api(app, gate, texts)
    add_feedback_api(app, journal, recent)
    add_documents_api(app, documents)
    add_openai_api(app, gate, texts)
    add_estimate_page(app, texts)
    _add_health(app, snapshot)
    add_refusals(app)
    add_metrics(app, metrics, gate=gate, fair_use=fair_use, snapshot=snapshot, allowed=tuple(metrics_allowed))
    add_mcp(app, gate, sections, mcp_hosts)
    add_embed(app, is_paused)
    add_staff(app, desk)
    add_problem_handlers(app)
    app.mount(STATIC_PATH, StaticFiles(directory=STATIC_FOLDER), name="mithaq")
    chat = _mount_chat(app, assistant, journal, texts, gate, fair_use)
    add_forgetting(app, chat.state_holder)
    app.add_middleware(QueueDoor, events=lambda: chat.fns)
    _add_middleware(app, texts, is_paused, keys, hosts, desk)
    app.add_middleware(FairUseDoor, fair_use=fair_use, texts=texts)
    app.add_middleware(Failures)
    app.add_middleware(ProgramCors, origins=tuple(cors_origins))
    app.add_middleware(SecurityHeaders, frame_ancestors=tuple(frame_ancestors))
    app.add_middleware(StaffHeaders)
    app.add_middleware(EmbedDoor, sites=tuple(embed_sites))
    app.add_middleware(RequestLog)
    app.add_middleware(Visitors, trusted=tuple(trusted_proxies))
    return app


def _add_middleware(
    app: FastAPI,
    texts: Mapping[Language, Texts],
    is_paused: Callable[[Pause], bool],
    keys: KnowsKeys | None,
    hosts: Sequence[str],
    desk: Desk | None,
) -> None:
    # The last added is the outermost. An explicit empty list of origins also stops Gradio from echoing any origin.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(PageDocument, texts=texts)
    app.add_middleware(PauseDoor, texts=texts, is_paused=is_paused)
    app.add_middleware(GradioDoors)
    app.add_middleware(BodyLimit)
    app.add_middleware(StaffDoor, desk=desk)
    add_key_check(app, keys)
    app.add_middleware(KnownHosts, hosts=tuple(hosts))


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
    fair_use: FairUse,
) -> Any:  # gradio has no types we check against
    import gradio as gr  # takes seconds, and only a server needs it

    from bot.web.chat_page import build_chat
    from bot.web.theme import build_theme

    chat = build_chat(assistant, texts, journal, gate, fair_use)
    gr.mount_gradio_app(
        app,
        chat,
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
    return chat
