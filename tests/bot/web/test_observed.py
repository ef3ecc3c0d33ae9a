"""Whoever listens is told each question with its answer, and none that failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi.testclient import TestClient

from bot.answer import Answer


def test_listeners_hear_every_question_with_its_answer(build_client: Callable[..., TestClient], assistant: Any) -> None:
    heard: list[tuple[str, Answer]] = []
    client = build_client(listeners=[lambda question, answer: heard.append((question, answer))])
    said = client.post("/api/ask", json={"question": "Which premiums?"}).json()
    assert [(question, answer.id) for question, answer in heard] == [("Which premiums?", said["id"])]


def test_a_question_that_failed_has_no_answer_to_tell(build_client: Callable[..., TestClient], assistant: Any) -> None:
    heard: list[str] = []
    client = build_client(listeners=[lambda question, _: heard.append(question)])
    assistant.answers.append(RuntimeError("trouble"))
    assert client.post("/api/ask", json={"question": "Which premiums?"}).status_code == 500
    client.post("/api/ask", json={"question": "And the cap?"})
    assert heard == ["And the cap?"]
