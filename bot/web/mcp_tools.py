"""Read-only tools for language models over MCP: `ask`, `search` and `estimate` at `/mcp` (streamable HTTP, no sessions)."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import FastAPI
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.conversation import Message
from bot.incentives import ProjectError
from bot.web.estimate_api import EstimateReply, ProjectFacts, estimate_reply, repair_of
from bot.web.gate import AskGate, OverloadedError
from bot.web.ports import FindsSections
from bot.web.problems import problem_response
from bot.web.replies import MOST_MESSAGES, HistoryMessage, Reply, reply
from bot.web.security import BODY_LIMIT
from corpus import Confidence, Language, Passage

PATH = "/mcp"
LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
MOST_SECTIONS = 10
INSTRUCTIONS = (
    "Mithaq answers about Morocco's Investment Charter and the Marrakech-Safi region from documents, with citations. "
    "Quote its citations, say what is to be confirmed, and do not present an estimate as a promise."
)
BUSY = "Many people are asking at the moment. Try again in a few seconds."

SpokenLanguage = Literal["auto", "ar", "fr", "en", "zh", "es"]


class FoundSection(BaseModel):
    """A section of the documents."""

    section: str = Field(description="Its id: document and anchor.")
    heading: str
    title: str = Field(description="Title of the document.")
    text: str
    language: Language
    publisher: str
    published: date
    as_of: date = Field(description="The day up to which the document was kept.")
    url: str = Field(description="Where the original stands.")
    confidence: Confidence = Field(description="`official`, `press`, `to-confirm` or `unknown`.")


class FoundSections(BaseModel):
    """What the search found, best first; that a section was found does not mean that it answers the question."""

    sections: list[FoundSection]


def add_mcp(app: FastAPI, gate: AskGate, sections: FindsSections | None, hosts: Sequence[str]) -> None:
    """Adds the tools; they answer while the application's lifespan runs.

    Args:
        app: The application.
        gate: The door to the assistant that the page and the API share.
        sections: The search; without it there is no tool `search`.
        hosts: Under which host names it answers; any other is refused, so that no site in a browser can rebind its name to us.
    """
    server = build_server(gate, sections)
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True,
        allowed_hosts=[name for host in hosts for name in (host, f"{host}:*")],
        allowed_origins=[
            f"{scheme}://{host}{port}" for host in hosts for scheme in ("http", "https") for port in ("", ":*")
        ],
    )
    tools = server.streamable_http_app(
        streamable_http_path=PATH, json_response=True, stateless_http=True, max_request_body_size=BODY_LIMIT,
        transport_security=security,
    )  # fmt: skip
    app.router.routes.append(Route(PATH, _PostOnly(tools)))
    outer = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with outer(running) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan


class _PostOnly:
    """Refuses GET, which would hold a stream open on which a server without sessions never says anything."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":
            refused = problem_response(405, f"{scope['method']} is not possible here.", {"Allow": "POST"})
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, send)


def build_server(gate: AskGate, sections: FindsSections | None) -> MCPServer:
    """The server with its tools."""
    with _own_logging():
        server = MCPServer("mithaq", title="Mithaq", version="1", instructions=INSTRUCTIONS)
    _add_ask(server, gate)
    if sections is not None:
        _add_search(server, gate, sections)
    _add_estimate(server)
    return server


@contextlib.contextmanager
def _own_logging() -> Iterator[None]:
    """Leaves the logging of the program as it is; the library would set it up anew."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def _read_only(title: str) -> ToolAnnotations:
    return ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )


def _language(spoken: SpokenLanguage) -> Language | None:
    return None if spoken == "auto" else Language(spoken)


def _add_ask(server: MCPServer, gate: AskGate) -> None:
    @server.tool(annotations=_read_only("Ask Mithaq"))
    async def ask(
        question: Annotated[str, Field(description="In the asker's own words, 1,000 characters at most.")],
        language: Annotated[SpokenLanguage, Field(description="Of the answer; `auto` follows the question.")] = "auto",
        history: Annotated[
            list[HistoryMessage] | None,
            Field(max_length=MOST_MESSAGES, description="The conversation before it, oldest first."),
        ] = None,
    ) -> Reply:
        """Answers a question about the Investment Charter or Marrakech-Safi, with the passages the answer rests on."""
        before = [Message(message.role, message.content) for message in history or ()]
        try:
            return reply(await gate.ask(question, language=_language(language), history=before))
        except OverloadedError as error:
            raise ToolError(BUSY) from error


def _add_search(server: MCPServer, gate: AskGate, sections: FindsSections) -> None:
    @server.tool(annotations=_read_only("Search the documents"))
    async def search(
        question: Annotated[str, Field(description="What to look for, in any of the five languages.")],
        language: Annotated[SpokenLanguage, Field(description="In which sections are shown.")] = "auto",
        most: Annotated[int, Field(ge=1, le=MOST_SECTIONS, description="How many sections at most.")] = 5,
    ) -> FoundSections:
        """Finds sections of the documents for a question, best first, without judging whether they answer it."""
        try:
            found = await gate.run(partial(sections, question, _language(language), most))
        except OverloadedError as error:
            raise ToolError(BUSY) from error
        return FoundSections(sections=[_section(passage) for passage in found[:most]])


def _add_estimate(server: MCPServer) -> None:
    @server.tool(annotations=_read_only("Estimate the premiums"))
    def estimate(
        project: Annotated[ProjectFacts, Field(description="What is known; leave out what is not, never guess.")],
        language: Annotated[Language, Field(description="Of the text.")] = Language.EN,
        as_of: Annotated[date | None, Field(description="The rules of this day; today by default.")] = None,
    ) -> EstimateReply:
        """Estimates the premiums of an investment project, as ranges where something is unknown."""
        try:
            return estimate_reply(project.project(), as_of or date.today(), language)
        except ProjectError as error:
            raise ToolError(f"{error.field}: {repair_of(error)}.") from error


def _section(passage: Passage) -> FoundSection:
    return FoundSection(
        section=passage.section_id, heading=passage.heading, title=passage.title, text=passage.text,
        language=passage.language, publisher=passage.publisher, published=passage.published, as_of=passage.as_of,
        url=passage.url, confidence=passage.confidence,
    )  # fmt: skip
