"""What every request and response passes through: headers, the size of bodies, and the doors of Gradio we keep shut.

Pure ASGI: Starlette's function middleware halves the chat's throughput.
"""

from __future__ import annotations

from collections.abc import Iterable

import anyio
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problems import problem_response
from bot.web.refusals import is_openai, refusal
from bot.web.staff.door import is_staff

BODY_LIMIT = 64 * 1024
CHAT_BODY_LIMIT = 1024 * 1024  # chat front ends send the whole conversation with every question
BODY_WITHIN = 15.0

# The page's own calls. Everything else below /gradio_api (uploads, files, proxying, recordings, code editing, call
# endpoints) stays shut; so do Gradio's login and monitoring pages.
GRADIO_CALLS = ("queue/join", "queue/data", "heartbeat", "reset", "cancel", "startup-events", "app_id")
SHUT_PAGES = ("/login", "/logout", "/monitoring", "/svelte", "/pwa_icon", "/config", "/token", "/dev")

OTHER_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(frame_ancestors: Iterable[str] = ("'self'",)) -> str:
    """The strictest policy that Gradio's page works with: nothing from another host, no `eval`."""
    rules = {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-inline'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(frame_ancestors),
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """Adds the security headers to every response."""

    def __init__(self, app: ASGIApp, frame_ancestors: Iterable[str] = ("'self'",)) -> None:
        self._app = app
        self._headers = {"Content-Security-Policy": content_security_policy(frame_ancestors), **OTHER_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, send_with_headers)


class _GoneError(Exception):
    """The client went away before its request was complete."""


class BodyLimit:
    """Refuses a body over the limit with 413, whether its length is announced or not, and one sent too slowly with 408."""

    def __init__(self, app: ASGIApp, limit: int = BODY_LIMIT, within: float = BODY_WITHIN) -> None:
        self._app = app
        self._limit = limit
        self._within = within

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"} or is_staff(scope["path"]):
            await self._app(scope, receive, send)  # the staff's forms have limits of their own: bot/web/staff/forms.py
            return
        limit = max(self._limit, CHAT_BODY_LIMIT) if is_openai(scope["path"]) else self._limit
        try:
            with anyio.fail_after(self._within):
                body = await self._read(scope, receive, limit)
        except _GoneError:
            return
        except TimeoutError:
            refused = refusal(scope["path"], 408, f"The request took longer than {self._within:g} seconds to arrive.")
            await refused(scope, receive, send)
            return
        if body is None:
            too_large = refusal(scope["path"], 413, f"The request is larger than {limit} bytes.")
            await too_large(scope, receive, send)
            return
        await self._app(scope, _replayed(body, receive), send)

    async def _read(self, scope: Scope, receive: Receive, limit: int) -> bytes | None:
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) > limit:
            return None
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _GoneError
            body += message.get("body", b"")
            if len(body) > limit:
                return None
            more = message.get("more_body", False)
        return body


class GradioDoors:
    """Answers 404 on every Gradio address that the page does not call itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_shut(scope["path"]):
            await problem_response(404, "There is nothing at this address.")(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_shut(path: str) -> bool:
    """Whether the address belongs to Gradio and is not needed by the page."""
    if "gradio_api" in path:
        call = path.removeprefix("/gradio_api/")
        known = any(call == name or call.startswith(f"{name}/") for name in GRADIO_CALLS)
        return not known or "gradio_api" in call
    return any(path == page or path.startswith(f"{page}/") for page in SHUT_PAGES)


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that hands the read body over once, then whatever comes next (the disconnect)."""
    handed = False

    async def replay() -> Message:
        nonlocal handed
        if handed:
            return await receive()
        handed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
