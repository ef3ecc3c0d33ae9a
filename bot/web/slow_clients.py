"""How long and for how many the server waits: nobody may hold a connection by sending slowly."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_WITHIN = 10.0
# Below the 1,024 open files that a process usually may have; the next connection gets 503 at once.
MOST_CONNECTIONS = 900
LARGEST_HEAD = 32 * 1024


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that ends a connection whose request head is not complete in time; uvicorn alone waits for ever."""

    head_within = HEAD_WITHIN
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection without a word has the same time."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """The time runs until the head is complete, however many bytes come in between."""
        super().data_received(data)
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to wait for."""
        self._rest()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._rest()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(self.head_within, self._give_up)

    def _rest(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


def server_limits() -> dict[str, Any]:
    """What `uvicorn.run` needs to hold these limits."""
    return {
        "http": PatientProtocol,
        "timeout_keep_alive": 5,
        "limit_concurrency": MOST_CONNECTIONS,
        "h11_max_incomplete_event_size": LARGEST_HEAD,
        "timeout_graceful_shutdown": 10,
    }
