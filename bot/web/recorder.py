"""Questions into the journal, beside the answer's path: the asker never waits for the database."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.answer import Answer
from bot.web.ports import RecordsQuestions

logger = logging.getLogger(__name__)

MOST_WAITING = 1_000
FORGET_EVERY = 3600.0


@dataclass(frozen=True)
class _Said:
    question: str
    answer: Answer
    asked_at: datetime


class QuestionRecorder:
    """Notes every question with how its answer ended; one thread writes, and what it cannot keep up with is left out.

    Args:
        journal: where the questions go; forgets the old ones once an hour.
        snapshot: says which index is in use.
    """

    def __init__(self, journal: RecordsQuestions, snapshot: Callable[[], str | None]) -> None:
        self._journal = journal
        self._snapshot = snapshot
        self._waiting: queue.Queue[_Said] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._writer: threading.Thread | None = None
        self._forgot: float | None = None
        self._lost = 0

    def note(self, question: str, answer: Answer) -> None:
        """Have the question written soon; a follow-up as it was understood: "And in Safi?" alone tells the staff nothing."""
        try:
            self._waiting.put_nowait(_Said(answer.completed or question, answer, datetime.now(UTC)))
        except queue.Full:
            self._lost += 1
        self._start()

    def flush(self) -> None:
        """Wait until everything so far is written."""
        self._waiting.join()

    def _start(self) -> None:
        with self._lock:
            if self._writer is None:
                self._writer = threading.Thread(target=self._write, name="journal", daemon=True)
                self._writer.start()

    def _write(self) -> None:
        while True:
            try:
                said = self._waiting.get(timeout=FORGET_EVERY)
            except queue.Empty:
                self._forget()  # also where nobody asks any more
                continue
            try:
                self._record(said)
                if self._lost:
                    lost, self._lost = self._lost, 0
                    logger.warning("The journal was slower than the questions.", extra={"details": {"lost": lost}})
                if self._forgot is None or time.monotonic() - self._forgot > FORGET_EVERY:
                    self._forget()
            except Exception:  # whatever the database says, the next question is tried again
                logger.exception("A question could not be kept in the journal.")
            finally:
                self._waiting.task_done()

    def _forget(self) -> None:
        try:
            self._journal.forget_old()
            self._forgot = time.monotonic()
        except Exception:
            logger.exception("Old questions could not be erased from the journal.")

    def _record(self, said: _Said) -> None:
        answer = said.answer
        self._journal.record_question(
            answer.id,
            said.question,
            language=str(answer.language),
            status=str(answer.status),
            reason=str(answer.reason or ""),
            sections=sorted({citation.section_id for citation in answer.citations}),
            snapshot_id=self._snapshot() or "",
            estimate=bool(answer.projects),
            asked_at=said.asked_at,
        )
