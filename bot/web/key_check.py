"""The door for programs: where keys are required, `/api`, `/v1` and `/mcp` ask for one."""

from __future__ import annotations

import logging
from typing import Any, Protocol

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.openai_errors import ErrorReply
from bot.web.problems import problem_docs
from bot.web.refusals import is_openai, refusal
from corpus import CharterError

NO_KEY = "A key is needed: send the header `Authorization: Bearer …`. Whoever runs this service gives keys."
WRONG_KEY = "This key is not valid (any more). Ask whoever runs this service for another."
LOCKED = ("api", "v1", "mcp")

logger = logging.getLogger(__name__)


class KnowsKeys(Protocol):
    """Who has a key: its name, or `None` for a key that is not valid; `CharterError` where that cannot be known."""

    def owner(self, key: str) -> str | None: ...


class RequireKey:
    """Answers 401 to programs without a valid key, before anything of their request is read; the pages and health stay open."""

    def __init__(self, app: ASGIApp, keys: KnowsKeys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A browser asks what it may send without sending a key; what answers is not more than that.
        if scope["type"] != "http" or not is_locked(scope["path"]) or scope["method"] == "OPTIONS":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        scheme, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
        try:
            owner = self._keys.owner(key.strip()) if scheme.lower() == "bearer" else None
        except CharterError:
            logger.exception("The keys cannot be read.")
            await refusal(path, 503, "Keys cannot be checked at the moment. Please try again later.")(
                scope, receive, send
            )
            return
        if owner is None:
            code = "invalid_api_key" if is_openai(path) else None
            challenge = {"WWW-Authenticate": 'Bearer realm="mithaq"'}
            refused = refusal(path, 401, WRONG_KEY if key else NO_KEY, challenge, code)
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_locked(path: str) -> bool:
    """Whether the address is one for programs."""
    return path.startswith("/") and path.split("/", 2)[1] in LOCKED


def add_key_check(app: FastAPI, keys: KnowsKeys | None) -> None:
    """Puts the door in; with `None` there is none. Add it after the middleware that it shall stand before."""
    if keys is None:
        return
    app.add_middleware(RequireKey, keys=keys)
    describe = app.openapi

    def describe_with_keys() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        described = describe()
        described["components"].setdefault("securitySchemes", {})["key"] = {"type": "http", "scheme": "bearer"}
        described["components"]["schemas"].setdefault(ErrorReply.__name__, ErrorReply.model_json_schema())
        shaped = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorReply.__name__}"}}}
        for path, operations in described["paths"].items():
            if is_locked(path):
                for operation in operations.values():
                    operation["security"] = [{"key": []}]
                    problem = problem_docs(401)[401]
                    operation["responses"]["401"] = problem | ({"content": shaped} if is_openai(path) else {})
        return described

    app.openapi = describe_with_keys  # type: ignore[method-assign]
