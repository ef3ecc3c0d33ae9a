"""`POST /api/ask`: an answer at once as JSON, or statement by statement as a stream of events."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.sse import format_sse_event
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from bot.answer import Answer, AnswerStatus, Claim, Reason
from bot.conversation import Message
from bot.messages import Texts
from bot.web.connection import EVENT_STREAM, STREAM_HEADERS, GoneError, stream_docs, wants_stream, while_connected
from bot.web.gate import AskGate, OverloadedError, PausedError
from bot.web.page_html import page_language
from bot.web.pause_page import RETRY_AFTER as PAUSED_RETRY
from bot.web.pause_page import paused_text
from bot.web.problems import Problem, build_problem, problem_docs, problem_response
from bot.web.replies import CitedSource, Question, Reply, reply
from corpus import Language

RETRY_AFTER = {"Retry-After": "5"}
DESCRIPTION = """Answers one question, with the passages it rests on.

With `Accept: text/event-stream` the same answer comes as server-sent events, the data of each a JSON object:

| event | data |
|---|---|
| `status` | `state`: first `working`, then `ready` with `id`, `status`, `reason`, `language` and `completed` of the reply |
| `sentence` | one statement: `text`, `citations` (its numbers), `language`, `listed` (part of a list) |
| `citations` | `citations` and `as_of` of the reply |
| `done` | the whole reply |
| `error` | a problem, in the place of all that is missing |

Nothing is sent before every statement was checked against the passages it cites, so no statement is ever taken back. Who closes
the connection leaves the queue."""
EVENTS = ("status", "sentence", "citations", "done", "error")
EXAMPLE = """event: status
data: {"state":"working"}

event: status
data: {"state":"ready","id":"0c1f…","status":"answered","reason":null,"language":"en","completed":""}

event: sentence
data: {"text":"The premiums together may reach 30%.","citations":[1],"language":"en","listed":false}

event: citations
data: {"citations":[{"number":1,"title":"…"}],"as_of":"2026-11-01"}

event: done
data: {"id":"0c1f…","status":"answered","answer":"The premiums together may reach 30%. [1]"}
"""
logger = logging.getLogger(__name__)


class Working(BaseModel):
    """The question was taken."""

    state: Literal["working"] = "working"


class Ready(BaseModel):
    """The answer is there."""

    state: Literal["ready"] = "ready"
    id: str
    status: AnswerStatus
    reason: Reason | None
    language: Language
    completed: str


class Sentence(BaseModel):
    """One statement of the answer."""

    text: str
    citations: list[int] = Field(description="The numbers of the passages that it rests on.")
    language: Language
    listed: bool


class Citations(BaseModel):
    """What the statements rest on."""

    citations: list[CitedSource]
    as_of: str | None


def add_ask_api(app: FastAPI, gate: AskGate, texts: Mapping[Language, Texts]) -> None:
    """Adds the route."""

    @app.post(
        "/api/ask", response_model=Reply, tags=["ask"], description=DESCRIPTION, summary="Ask",
        responses={**stream_docs("The answer.", EVENTS, EXAMPLE), **problem_docs(400, 413, 503)},
    )  # fmt: skip
    async def ask(question: Question, request: Request) -> Any:  # a reply, a problem or a stream
        language = None if question.language == "auto" else Language(question.language)
        history = [Message(message.role, message.content) for message in question.history]
        work = partial(gate.ask, question.question, language=language, history=history)
        spoken = language or page_language(None, request.headers.get("accept-language", "en"))
        if wants_stream(request.headers.get("accept")):
            events = _events(request, work, texts, spoken)
            return StreamingResponse(events, media_type=EVENT_STREAM, headers=dict(STREAM_HEADERS))
        try:
            return reply(await work())
        except Exception as error:
            problem = _problem(error, texts, spoken)
            headers = {"overloaded": RETRY_AFTER, "paused": PAUSED_RETRY}.get(problem.code or "")
            return problem_response(problem.status, problem.detail, headers, code=problem.code)


def _problem(error: Exception, every: Mapping[Language, Texts], spoken: Language) -> Problem:
    """What went wrong, without its inside; that goes to the log."""
    if isinstance(error, PausedError):
        return build_problem(503, paused_text(spoken), code="paused")
    texts = every[spoken]
    if isinstance(error, OverloadedError):
        return build_problem(503, texts.status[AnswerStatus.OVERLOADED], code="overloaded")
    logger.error("The assistant failed on a question.", exc_info=error)
    return build_problem(500, texts.status[AnswerStatus.ERROR])


async def _events(
    request: Request, work: Callable[[], Awaitable[Answer]], texts: Mapping[Language, Texts], spoken: Language
) -> AsyncIterator[bytes]:
    yield _event("status", Working())
    try:
        answer = await while_connected(request, work)
    except GoneError:
        return
    except Exception as error:
        yield _event("error", _problem(error, texts, spoken), leave_out_nulls=True)
        return
    whole = reply(answer)
    yield _event("status", Ready.model_validate(whole, from_attributes=True))
    for claim in answer.claims:
        yield _event("sentence", _sentence(claim, answer))
    day = whole.as_of.isoformat() if whole.as_of else None
    yield _event("citations", Citations(citations=whole.citations, as_of=day))
    yield _event("done", whole)


def _sentence(claim: Claim, answer: Answer) -> Sentence:
    return Sentence(
        text=claim.text,
        citations=list(claim.citations),
        language=claim.language or answer.language,
        listed=claim.listed,
    )


def _event(name: str, data: BaseModel, *, leave_out_nulls: bool = False) -> bytes:
    return format_sse_event(event=name, data_str=data.model_dump_json(exclude_none=leave_out_nulls))
