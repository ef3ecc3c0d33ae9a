"""The bounded door to the assistant: the page and the API share it, so a crowd cannot exhaust the machine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

import anyio
from anyio import to_thread

from bot.answer import Answer
from bot.conversation import Message
from bot.pause import Pause, never
from bot.web.ports import AnswersQuestions
from corpus import Language

T = TypeVar("T")


class OverloadedError(Exception):
    """More people ask than the gate lets wait, or the wait took too long; asking again later is the repair."""


class PausedError(Exception):
    """The chat is paused; the staff ends it."""


class AskGate:
    """Runs at most `at_once` asks in threads of its own; `waiting` more may wait up to `patience` seconds."""

    def __init__(
        self,
        assistant: AnswersQuestions,
        *,
        at_once: int = 4,
        waiting: int = 64,
        patience: float = 10.0,
        is_paused: Callable[[Pause], bool] = never,
    ) -> None:
        self._assistant = assistant
        self._at_once = at_once
        self._slots = anyio.Semaphore(at_once)
        self._threads = anyio.CapacityLimiter(at_once)
        self._waiting_limit = waiting
        self._waiting = 0
        self._patience = patience
        self._is_paused = is_paused
        self.overloaded = 0  # how many were sent away

    @property
    def in_flight(self) -> int:
        """How many questions are worked on."""
        return self._at_once - self._slots.value

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return self._waiting

    async def ask(
        self,
        question: str,
        *,
        language: Language | None = None,
        page_language: Language | None = None,
        history: Sequence[Message] = (),
        embedded: bool = False,
    ) -> Answer:
        """The assistant's answer; `embedded` where another site shows the chat.

        Raises:
            OverloadedError: no slot came free in time.
            PausedError: the chat is paused, or the button on other sites and with it the chats opened there.
        """
        if embedded and self._is_paused(Pause.WIDGET):
            raise PausedError
        ask = partial(self._assistant.ask, question, language=language, page_language=page_language, history=history)
        return await self.run(ask)

    async def run(self, work: Callable[[], T]) -> T:
        """The outcome of any work that has to wait at the same door.

        Raises:
            OverloadedError: no slot came free in time.
            PausedError: the chat is paused.
        """
        if self._is_paused(Pause.CHAT):
            raise PausedError
        await self._take_slot()
        try:
            return await to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._slots.release()

    async def _take_slot(self) -> None:
        if self._slots.value > 0:
            return await self._slots.acquire()
        if self._waiting >= self._waiting_limit:
            self.overloaded += 1
            raise OverloadedError
        self._waiting += 1
        try:
            with anyio.fail_after(self._patience):
                await self._slots.acquire()
        except TimeoutError as error:
            self.overloaded += 1
            raise OverloadedError from error
        finally:
            self._waiting -= 1
        return None
