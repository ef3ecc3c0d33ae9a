"""How long a conversation stays in memory: it is written nowhere else."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, MutableMapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from fastapi import FastAPI

AFTER_CLOSING = timedelta(hours=1)  # to come back to, where the connection was lost
AT_MOST = timedelta(days=1)
MOST_SESSIONS = 2_000
SECONDS_BETWEEN_LOOKS = 60.0


class HoldsSessions(Protocol):
    """Gradio's sessions as we see them."""

    session_data: MutableMapping[str, Any]
    time_last_used: dict[str, datetime]


def forget_sessions(sessions: HoldsSessions, now: datetime) -> None:
    """Drops what is over: Gradio empties the state of a closed page, but keeps its last words until it runs full."""
    for name, last in list(sessions.time_last_used.items()):
        session = sessions.session_data.get(name)
        kept = AFTER_CLOSING if session is None or session.is_closed else AT_MOST
        if now - last >= kept:
            sessions.session_data.pop(name, None)
            sessions.time_last_used.pop(name, None)


def add_forgetting(app: FastAPI, sessions: HoldsSessions) -> None:
    """Lets the application forget while it runs."""
    outer = app.router.lifespan_context

    async def forget() -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            forget_sessions(sessions, datetime.now())

    @contextlib.asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with outer(running) as state:
            task = asyncio.create_task(forget())
            try:
                yield state
            finally:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    app.router.lifespan_context = lifespan
