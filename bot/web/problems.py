"""Errors of the API as `application/problem+json` (RFC 9457); nothing a caller sent is repeated in them."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.logs import REQUEST_ID

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """What is wrong with one part of the request."""

    field: str = Field(description="Where: the path of the field in the body, or of the parameter.")
    message: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """An error as RFC 9457 describes it."""

    type: str = Field("about:blank", description="Always `about:blank`: `status` says what it is.")
    title: str = Field(description="The short name of the HTTP status.")
    status: int = Field(description="The HTTP status code.")
    detail: str = Field(description="What went wrong and, where there is one, the repair.")
    code: str | None = Field(
        None,
        description="`limited` when you asked too much (`Retry-After` says when to come back), `overloaded` when too many "
        "people ask at once, `paused` during a pause.",
    )
    request_id: str | None = Field(None, description="Names the request, as the header `X-Request-ID` does.")
    errors: list[FieldProblem] | None = Field(None, description="The fields that are not valid.")


class ProblemResponse(JSONResponse):
    """JSON with the media type of a problem."""

    media_type = MEDIA_TYPE


def build_problem(status: int, detail: str, **more: Any) -> Problem:
    """One problem as a value."""
    request = REQUEST_ID.get() or None
    return Problem(
        title=HTTPStatus(status).phrase, status=status, detail=_encodable(detail), request_id=request, **more
    )  # fmt: skip


def problem_response(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """One problem as a response."""
    problem = build_problem(status, detail, **more)
    return ProblemResponse(problem.model_dump(exclude_none=True), status_code=status, headers=dict(headers or {}))


def problem_docs(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI shows for these statuses."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    schema["properties"]["errors"] = {"type": "array", "items": FieldProblem.model_json_schema()}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def add_problem_handlers(app: FastAPI) -> None:
    """Makes every error of the application a problem."""
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_failure)


async def _on_invalid_request(_: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    errors = [
        FieldProblem(field=_encodable(".".join(str(part) for part in one["loc"])), message=_encodable(one["msg"]))
        for one in found
    ]
    return problem_response(422, "The request is not valid; `errors` names what to change.", errors=errors)


async def _on_http_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return await _on_failure(_, error)
    return problem_response(error.status_code, str(error.detail), error.headers)


async def _on_failure(_: Request, __: Exception) -> Response:
    return problem_response(500, "Something went wrong on our side. Please try again later.")


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
