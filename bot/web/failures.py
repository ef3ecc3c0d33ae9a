"""What nobody foresaw becomes an error in the shape of its address, with all headers; its inside goes to the log."""

from __future__ import annotations

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.refusals import refusal

FAILED = "Something went wrong on our side. Please try again later."

logger = logging.getLogger(__name__)


class Failures:
    """Answers 500 where the application raises. Starlette would do so outside of all middleware, without their headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:
            if started:  # too late to say anything: the connection breaks
                raise
            logger.exception("A request failed.")
            await refusal(scope["path"], 500, FAILED)(scope, receive, send)
