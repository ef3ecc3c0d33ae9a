"""Errors below `/v1` in the shape that clients of OpenAI's API read; nothing a caller sent is repeated in them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

TEXT_ONLY = "Mithaq reads text: no images, sounds, files or tools."

logger = logging.getLogger(__name__)


class ErrorBody(BaseModel):
    """What went wrong."""

    message: str = Field(description="What is wrong and, where there is one, the repair.")
    type: str = Field(description="`invalid_request_error`, `rate_limit_error` or `server_error`.")
    param: str | None = Field(description="The path of the wrong field; null if it is none.")
    code: str | None = Field(
        description="`model_not_found`, `invalid_api_key`, `limited`, `overloaded`, `paused` or null."
    )


class ErrorReply(BaseModel):
    """An error in OpenAI's shape."""

    error: ErrorBody


class OpenAIRoute(APIRoute):
    """A route whose errors have OpenAI's shape; a request that is not valid is 400 there, not 422."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with its errors put into shape."""
        handle = super().get_route_handler()

        async def handle_in_shape(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return invalid_response(error.errors())
            except HTTPException as error:
                return error_response(error.status_code, str(error.detail), headers=error.headers)
            except Exception:
                logger.exception("A request below /v1 failed.")
                return error_response(500, "Something went wrong on our side. Please try again later.")

        return handle_in_shape


def error_response(
    status: int,
    message: str,
    *,
    param: str | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """One error as a response."""
    kind = "server_error" if status >= 500 else "rate_limit_error" if status == 429 else "invalid_request_error"
    error = ErrorReply(error=ErrorBody(message=message, type=kind, param=param, code=code))
    return JSONResponse(error.model_dump(), status_code=status, headers=dict(headers or {}))


def invalid_response(errors: Sequence[Any]) -> Response:
    """What is wrong with a request, the deepest finding first: a content that may be text or parts fails as both."""
    worst = max(errors, key=lambda one: len(one["loc"]))
    param = ".".join(str(part) for part in worst["loc"] if part == 0 or _is_field(part)).removeprefix("body.")
    hint = f" {TEXT_ONLY}" if "content" in worst["loc"] or "tool_calls" in worst["loc"] else ""
    readable = param.encode("utf-8", "replace").decode("utf-8")
    return error_response(400, f"{readable}: {worst['msg']}.{hint}", param=readable)


def error_docs(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI shows for these statuses, and for others of their kind; the latter keeps FastAPI's own 422 out."""
    shown: dict[int | str, dict[str, Any]] = {
        status: {"description": HTTPStatus(status).phrase, "model": ErrorReply} for status in statuses
    }
    return {**shown, "4XX": {"description": "Another error of the request", "model": ErrorReply}}


def _is_field(part: object) -> bool:
    """Whether a part of an error's place is a field or a number, not the name of a type that was tried."""
    return isinstance(part, int) or (
        isinstance(part, str) and "[" not in part and part not in {"str", "function-before"}
    )
