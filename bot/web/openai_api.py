"""`/v1/chat/completions` and `/v1/models`: Mithaq as a model for chat front ends that speak OpenAI's API."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Request
from fastapi.sse import format_sse_event
from starlette.responses import Response, StreamingResponse

from bot.answer import Answer, AnswerStatus
from bot.conversation import Message
from bot.messages import Texts
from bot.web.connection import EVENT_STREAM, STREAM_HEADERS, GoneError, stream_docs, while_connected
from bot.web.gate import AskGate, OverloadedError, PausedError
from bot.web.openai_errors import OpenAIRoute, error_docs, error_response
from bot.web.openai_models import (
    MODEL,
    ChatMessage,
    ChatRequest,
    Choice,
    ChunkChoice,
    Completion,
    Delta,
    Model,
    Models,
    ReplyMessage,
    Usage,
)
from bot.web.openai_text import text_pieces
from bot.web.page_html import page_language
from bot.web.pause_page import RETRY_AFTER as PAUSED_RETRY
from bot.web.pause_page import paused_text
from bot.web.replies import MOST_MESSAGES, reply
from corpus import Language

RETRY_AFTER = {"Retry-After": "5"}
DESCRIPTION = """Answers the last user message; the ones before are the conversation it is completed from.

`system` and `developer` messages and all parameters not named here (temperature, tools, …) are ignored. The sources follow the
text as a numbered list with links; `mithaq` holds the reply as `POST /api/ask` gives it, in a stream with the last chunk. `usage`
is all zeros, because there are no tokens."""
STREAMED = "The answer; with `stream` as `chat.completion.chunk` objects and `[DONE]`."
_SPOKEN = ("user", "assistant")

logger = logging.getLogger(__name__)


def add_openai_api(app: FastAPI, gate: AskGate, texts: Mapping[Language, Texts]) -> None:
    """Adds the routes."""
    router = APIRouter(prefix="/v1", route_class=OpenAIRoute, tags=["OpenAI-compatible"])

    @router.post(
        "/chat/completions", response_model=Completion, summary="Complete a chat", description=DESCRIPTION,
        responses={**stream_docs(STREAMED), **error_docs(400, 404, 413, 429, 500, 503)},
    )  # fmt: skip
    async def complete(asked: ChatRequest, request: Request) -> Any:  # a completion, an error or a stream
        if asked.model != MODEL:
            return _no_such_model()
        question, history = _conversation(asked.messages)
        if question is None:
            return error_response(
                400, "There is no message of the user. Send one: it is the question.", param="messages"
            )
        answer = await _answer(request, partial(gate.ask, question, history=history), texts)
        if isinstance(answer, Response):
            return answer
        pieces = text_pieces(answer, texts[answer.language])
        if asked.stream:
            with_usage = bool(asked.stream_options and asked.stream_options.include_usage)
            chunks = _chunks(answer, pieces, with_usage=with_usage)
            return StreamingResponse(chunks, media_type=EVENT_STREAM, headers=dict(STREAM_HEADERS))
        choice = Choice(message=ReplyMessage(content="".join(pieces)))
        return Completion(id=_id(answer), created=int(time.time()), choices=[choice], mithaq=reply(answer))

    @router.get("/models", summary="List the models", responses=error_docs(429))
    async def list_models() -> Models:
        """There is one model, `mithaq`."""
        return Models()

    @router.get(
        "/models/{model}", response_model=Model, summary="Show a model", responses=error_docs(400, 404, 429),
    )  # fmt: skip
    async def show_model(model: Annotated[str, Path(description="Always `mithaq`.")]) -> Any:  # a model or an error
        """Shows the model `mithaq`."""
        return Model() if model == MODEL else _no_such_model()

    # As they are: `include_router` would add the application's own errors, which have another shape.
    app.router.routes.extend(router.routes)


async def _answer(
    request: Request, work: Callable[[], Awaitable[Answer]], texts: Mapping[Language, Texts]
) -> Answer | Response:
    """The answer, or the error that stands in its place."""
    spoken = page_language(None, request.headers.get("accept-language", "en"))
    try:
        return await while_connected(request, work)
    except GoneError:
        return Response(status_code=204)  # nobody reads it
    except PausedError:
        return error_response(503, paused_text(spoken), code="paused", headers=PAUSED_RETRY)
    except OverloadedError:
        detail = texts[spoken].status[AnswerStatus.OVERLOADED]
        return error_response(503, detail, code="overloaded", headers=RETRY_AFTER)
    except Exception:
        logger.exception("The assistant failed on a question.")
        return error_response(500, texts[spoken].status[AnswerStatus.ERROR])


def _no_such_model() -> Response:
    return error_response(404, f"There is no such model. Use {MODEL}.", param="model", code="model_not_found")


def _conversation(messages: list[ChatMessage]) -> tuple[str | None, list[Message]]:
    """The last user message, and what the user and Mithaq said before it."""
    last = max((place for place, message in enumerate(messages) if message.role == "user"), default=None)
    if last is None:
        return None, []
    before = messages[:last]
    history = [
        Message("user" if one.role == "user" else "assistant", one.text) for one in before if one.role in _SPOKEN
    ]
    return messages[last].text, history[-MOST_MESSAGES:]


def _id(answer: Answer) -> str:
    return f"chatcmpl-{answer.id}"


async def _chunks(answer: Answer, pieces: list[str], *, with_usage: bool) -> AsyncIterator[bytes]:
    head = {"id": _id(answer), "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL}
    counted = {"usage": None} if with_usage else {}

    def chunk(delta: Delta, finish: Any = None) -> dict[str, Any]:
        choice = ChunkChoice(delta=delta, finish_reason=finish).model_dump()
        return {**head, "choices": [{**choice, "delta": delta.model_dump(exclude_none=True)}], **counted}

    yield _event(chunk(Delta(role="assistant", content="")))
    for piece in pieces:
        yield _event(chunk(Delta(content=piece)))
    yield _event({**chunk(Delta(), "stop"), "mithaq": reply(answer).model_dump(mode="json")})
    if with_usage:
        yield _event({**head, "choices": [], "usage": Usage().model_dump()})
    yield format_sse_event(data_str="[DONE]")


def _event(content: Mapping[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(content, ensure_ascii=False))
