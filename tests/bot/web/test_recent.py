"""The latest answers are remembered for whoever rates one, and not for longer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from bot.answer import Answer
from bot.web.recent import Outcome, RecentAnswers
from corpus import Language


def test_an_answer_is_remembered_without_the_question(assistant: Any) -> None:
    recent = RecentAnswers()
    answer = assistant.ask("A secret plan", language=Language.FR)
    recent.keep(answer)
    outcome = recent.find(answer.id)
    assert outcome == Outcome("answered", "fr", ("charter#premiums-1", "charter#premiums-2"))
    assert "secret" not in str(vars(recent))


def test_only_the_latest_are_remembered(answered: Callable[..., Answer]) -> None:
    recent = RecentAnswers(most=2)
    answers = [answered() for _ in range(3)]
    for answer in answers:
        recent.keep(answer)
    assert [recent.find(answer.id) is not None for answer in answers] == [False, True, True]


def test_many_threads_keep_no_more_than_the_bound(answered: Callable[..., Answer]) -> None:
    recent = RecentAnswers(most=50)

    def keep() -> None:
        for _ in range(100):
            recent.keep(answered())

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(recent._outcomes) == 50
