"""An assistant that is watched: what its answers end as and how long its steps take; whoever listens is told."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from bot.answer import Answer, AnswerStatus
from bot.conversation import Message
from bot.logs import OWN
from bot.timing import measuring
from bot.web.metrics import Metrics
from bot.web.ports import AnswersQuestions
from corpus import Language

logger = logging.getLogger(f"{OWN}.answers")


Listener = Callable[[str, Answer], None]


class ObservedAssistant:
    """Counts every answer, writes one log line of it, with the question only where that is wished, and tells the listeners.

    Args:
        assistant: what answers.
        metrics: where answers are counted.
        log_questions: whether questions are written into the log.
        listeners: called with each question and its answer; they must not fail nor take long.
    """

    def __init__(
        self,
        assistant: AnswersQuestions,
        metrics: Metrics,
        *,
        log_questions: bool = False,
        listeners: Sequence[Listener] = (),
    ) -> None:
        self._assistant = assistant
        self._metrics = metrics
        self._log_questions = log_questions
        self._listeners = listeners

    def ask(
        self,
        question: str,
        language: Language | None = None,
        page_language: Language | None = None,
        history: Sequence[Message] = (),
    ) -> Answer:
        """The assistant's answer."""
        started = time.perf_counter()
        with measuring() as steps:
            try:
                answer = self._assistant.ask(question, language=language, page_language=page_language, history=history)
            except Exception:
                spoken = language or page_language
                self._note(question, AnswerStatus.ERROR, spoken, None, time.perf_counter() - started, steps)
                raise
        self._note(question, answer.status, answer.language, answer.reason, time.perf_counter() - started, steps)
        for listen in self._listeners:
            listen(question, answer)
        return answer

    def _note(
        self,
        question: str,
        status: AnswerStatus,
        language: Language | None,
        reason: str | None,
        seconds: float,
        steps: dict[str, float],
    ) -> None:
        self._metrics.note_answer(status, language, reason, seconds, steps)
        details: dict[str, object] = {
            "status": str(status), "reason": str(reason or ""), "language": str(language or ""),
            "ms": round(1000 * seconds, 1), **{f"{name}_ms": round(1000 * spent, 1) for name, spent in steps.items()},
        }  # fmt: skip
        if self._log_questions:
            details["question"] = question
        logger.info("answer", extra={"details": details})

    def suggestions(self, language: Language) -> Sequence[str]:
        """The assistant's suggestions."""
        return self._assistant.suggestions(language)
