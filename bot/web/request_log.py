"""A name for every request, in its response, its log lines and its problems, and one log line when it is done."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.logs import OWN, REQUEST_ID
from bot.web.page import STATIC_PATH
from bot.web.visitors import TRUSTED

NAME = "mithaq.request_id"  # in the scope of a request
HEADER = "X-Request-ID"
MOST_PATH = 200
# Files and Gradio's sign of life: a page asks for dozens, and they tell nothing while they succeed.
QUIET = (f"{STATIC_PATH}/", "/assets/", "/static/", "/gradio_api/heartbeat/")
WATCHED = ("/healthz", "/readyz", "/metrics")  # asked for all day long by machines

_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")

logger = logging.getLogger(f"{OWN}.access")


class RequestLog:
    """Names the request: as a trusted proxy named it, else anew. The log knows the path, never what stands behind its `?`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = request_name(scope)
        status, started = 0, time.perf_counter()

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        token = REQUEST_ID.set(name)
        try:
            await self._app({**scope, NAME: name}, receive, send_named)
        finally:
            _note(scope, status, time.perf_counter() - started)
            REQUEST_ID.reset(token)


def request_name(scope: Scope) -> str:
    """What a trusted proxy calls the request if it is a plain word, else a new name."""
    said = Headers(scope=scope).get(HEADER, "") if scope.get(TRUSTED) else ""
    return said if _SANE.fullmatch(said) else uuid.uuid4().hex


def _note(scope: Scope, status: int, seconds: float) -> None:
    path = scope["path"]
    if (
        (path.startswith(QUIET) and status < 400)
        or (path in WATCHED and status < 500)
        or (path, status) == ("/readyz", 503)
    ):
        return
    details = {"method": scope["method"], "path": path[:MOST_PATH], "status": status, "ms": round(1000 * seconds)}
    logger.info("request", extra={"details": details})
