"""Requests for programs that lead nowhere: refused in the shape of errors that the address has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from bot.web.openai_errors import error_response
from bot.web.problems import problem_response

NOTHING_HERE = "There is nothing at this address."
PREFIXES = ("/api/", "/v1/")


def is_openai(path: str) -> bool:
    """Whether the address speaks OpenAI's API."""
    return path == "/v1" or path.startswith("/v1/")


def refusal(
    path: str, status: int, detail: str, headers: Mapping[str, str] | None = None, code: str | None = None
) -> Response:
    """An error in OpenAI's shape below `/v1`, and a problem everywhere else."""
    if is_openai(path):
        return error_response(status, detail, headers=headers, code=code)
    return problem_response(status, detail, headers, **({"code": code} if code else {}))


class _Refuse:
    """404, or 405 where only the method is wrong."""

    def __init__(self, routes: Sequence[APIRoute]) -> None:
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        methods: set[str] = set()
        for route in self._routes:
            if route.matches(scope)[0] is Match.PARTIAL:
                methods |= route.methods or set()
        if methods:
            detail, allowed = f"{scope['method']} is not possible here.", {"Allow": ", ".join(sorted(methods))}
            refused = refusal(scope["path"], 405, detail, allowed)
        else:
            refused = refusal(scope["path"], 404, NOTHING_HERE)
        await refused(scope, receive, send)


def add_refusals(app: FastAPI) -> None:
    """Answers every other call of the addresses for programs; without it the chat, mounted at `/`, would. Add it after them."""
    routes = [route for route in app.routes if isinstance(route, APIRoute) and route.include_in_schema]
    refuse = _Refuse(routes)
    alone = [route.path for route in routes if not route.path.startswith(PREFIXES)]
    for path in (*alone, *(f"{prefix}{{path:path}}" for prefix in PREFIXES)):
        app.router.routes.append(Route(path, refuse))  # without a list of methods it answers to all
