"""The latest answers by their id, for whoever rates one: how it ended and what it cited, never the question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from bot.answer import Answer

KEPT_ANSWERS = 10_000


@dataclass(frozen=True)
class Outcome:
    """What the journal notes of an answer beside the opinion."""

    status: str
    language: str
    sections: tuple[str, ...]


class RecentAnswers:
    """The outcomes of the latest answers of this process, at most `most`; the oldest are forgotten first."""

    def __init__(self, most: int = KEPT_ANSWERS) -> None:
        self._most = most
        self._outcomes: OrderedDict[str, Outcome] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, answer: Answer) -> None:
        """Remember how an answer ended."""
        sections = tuple(sorted({citation.section_id for citation in answer.citations}))
        with self._lock:
            self._outcomes[answer.id] = Outcome(str(answer.status), str(answer.language), sections)
            while len(self._outcomes) > self._most:
                self._outcomes.popitem(last=False)

    def find(self, answer_id: str) -> Outcome | None:
        """How the answer ended, or `None` where it is not known (any more)."""
        with self._lock:
            return self._outcomes.get(answer_id)
