"""A response as a whole, for the middleware that rewrites it."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


async def rewrite(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, change: Callable[[str, MutableHeaders], str], method: str
) -> None:
    """Send what `app` answers with its text and headers changed; to `HEAD`, without the text."""
    start: Message = {}
    body = b""

    async def collect(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            start = message
            return
        if message["type"] != "http.response.body":
            await send(message)
            return
        body += message.get("body", b"")
        if message.get("more_body", False):
            return
        headers = MutableHeaders(scope=start)
        changed = change(body.decode("utf-8"), headers).encode()
        headers["content-length"] = str(len(changed))
        await send(start)
        await send({"type": "http.response.body", "body": changed if method == "GET" else b""})

    await app(scope, receive, collect)
