"""Two doors before everything else: under which host names we answer, and what may be put into the chat's queue.

Pure ASGI, like `bot.web.security`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problems import problem_response

ANY_HOST = "*"
QUEUE = "/gradio_api/queue/join"
_HEALTH = frozenset({"/healthz", "/readyz"})  # asked for by address, from inside
_SESSION = re.compile(r"[a-z0-9]{1,64}")
_OWN_SITES = frozenset({"same-origin", "none"})


class KnownHosts:
    """Refuses a request under any host name but ours with 400; `*` lets any pass."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = (ANY_HOST,)) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or ANY_HOST in self._hosts or scope["path"] in _HEALTH or self._is_known(scope):
            await self._app(scope, receive, send)
            return
        refused = problem_response(400, "This host name is not served. MITHAQ_SERVER__HOSTS lists those that are.")
        await refused(scope, receive, send)

    def _is_known(self, scope: Scope) -> bool:
        named = Headers(scope=scope).getlist("host")
        return len(named) == 1 and re.sub(r":\d*$", "", named[0]).lower() in self._hosts


class QueueDoor:
    """Lets into Gradio's queue only what the page itself sends, and only from the page.

    Everything else ends inside Gradio as an error 500 with a traceback, or makes a visitor of another site ask.
    """

    def __init__(self, app: ASGIApp, events: Callable[[], Collection[int]]) -> None:
        self._app = app
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith("/gradio_api/"):
            await self._app(scope, receive, send)
            return
        if is_foreign(Headers(scope=scope)):
            await problem_response(403, "Only the page itself may call this address.")(scope, receive, send)
            return
        if scope["path"] != QUEUE:
            await self._app(scope, receive, send)
            return
        message = await receive()  # the whole body: `BodyLimit` stands before this door
        if not is_event(message.get("body", b""), self._events()):
            await problem_response(400, "This is no event of the page. Reload it.")(scope, receive, send)
            return
        await self._app(scope, _first(message, receive), send)


def is_foreign(headers: Headers) -> bool:
    """Whether a page of another origin sends this; browsers say so themselves, older ones by `Origin` alone."""
    if site := headers.get("sec-fetch-site"):
        return site not in _OWN_SITES
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def is_event(body: bytes, events: Collection[int]) -> bool:
    """Whether the body is what the page sends: a known event, texts as its values, a plain session name."""
    try:
        sent: Any = json.loads(body)
    except (ValueError, RecursionError):
        return False
    if not isinstance(sent, dict):
        return False
    event, session, values = sent.get("fn_index"), sent.get("session_hash"), sent.get("data")
    return (
        type(event) is int
        and event in events
        and isinstance(session, str)
        and _SESSION.fullmatch(session) is not None
        and isinstance(values, list)
        and all(value is None or isinstance(value, str) for value in values)
    )


def _first(message: Message, receive: Receive) -> Receive:
    """A `receive` that hands over this message first."""
    waiting = [message]

    async def replay() -> Message:
        return waiting.pop() if waiting else await receive()

    return replay
