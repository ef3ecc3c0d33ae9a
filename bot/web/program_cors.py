"""Which other sites may call the addresses for programs from a browser: those listed, to the letter, and by default none."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

OPEN = ("/api/", "/v1/")


class ProgramCors:
    """Tells browsers that the listed origins may read what `/api` and `/v1` answer, refusals included; never with credentials.

    It stands beside the `CORSMiddleware` without any origin that shuts the rest, Gradio included: that one must keep its class for
    Gradio to see it. `/mcp` stays shut to browsers: it refuses every foreign `Origin` by itself.
    """

    def __init__(self, app: ASGIApp, origins: Sequence[str] = ()) -> None:
        self._app = app
        self._cors = CORSMiddleware(
            app,
            allow_origins=tuple(origins),
            allow_methods=("GET", "POST"),
            allow_headers=("Authorization", "Content-Type"),
            expose_headers=("Retry-After", "X-Request-ID"),
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_open = scope["type"] == "http" and scope["path"].startswith(OPEN)
        await (self._cors if is_open else self._app)(scope, receive, send)
