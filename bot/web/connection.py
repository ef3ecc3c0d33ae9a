"""Work for a caller who may hang up, and the form in which a stream of events travels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar

import anyio
from fastapi import Request

T = TypeVar("T")

EVENT_STREAM = "text/event-stream"
# A proxy must not gather the events before it hands them on.
STREAM_HEADERS: Mapping[str, str] = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class GoneError(Exception):
    """The caller hung up before the work was done; nobody is left to be told."""


async def while_connected(request: Request, work: Callable[[], Awaitable[T]]) -> T:
    """The outcome of `work`, which is cancelled when the caller hangs up; the body must have been read already.

    Who hangs up while waiting at the gate leaves the queue. A question that a thread works on already is finished, because a
    thread cannot be stopped, and then thrown away.

    Raises:
        GoneError: the caller hung up.
    """
    outcomes: list[T] = []
    failures: list[Exception] = []
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(watch)
        try:
            outcomes.append(await work())
        except Exception as failure:  # out of the group as it is: the group would wrap it
            failures.append(failure)
        group.cancel_scope.cancel()
    if failures:
        raise failures[0]
    if not outcomes:
        raise GoneError
    return outcomes[0]


def stream_docs(
    description: str, events: Sequence[str] = (), example: str | None = None
) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI shows for a stream: one event; `events` are the names that events can have, none if they have no names."""
    name = {"type": "string", **({"enum": list(events)} if events else {})}
    event = {"type": "object", "properties": {"event": name, "data": {"type": "string"}}, "required": ["data"]}
    shown: dict[str, Any] = {"schema": event, **({"example": example} if example else {})}
    return {200: {"description": description, "content": {EVENT_STREAM: shown}}}


def wants_stream(accept: str | None) -> bool:
    """Whether an `Accept` header prefers a stream of events to JSON; a tie goes to JSON."""
    weights: dict[str, float] = {}
    for part in (accept or "").split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        stated = next((piece.removeprefix("q=") for piece in parameters if piece.startswith("q=")), "1")
        try:
            weights[kind] = float(stated)
        except ValueError:
            continue
    return weights.get(EVENT_STREAM, 0) > weights.get("application/json", 0)
