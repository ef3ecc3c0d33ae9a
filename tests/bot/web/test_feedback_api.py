"""`POST /api/feedback`: opinions of a program's users reach the journal."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

PROBLEM = "application/problem+json"
SECTIONS = ["charter#premiums-1", "charter#premiums-2"]


def ask(client: TestClient) -> str:
    return str(client.post("/api/ask", json={"question": "Which premiums?", "language": "es"}).json()["id"])


@pytest.mark.parametrize("helpful", [True, False, None])
def test_an_opinion_reaches_the_journal_with_how_the_answer_ended(
    client: TestClient, journal: Any, helpful: bool | None
) -> None:
    answer_id = ask(client)
    response = client.post("/api/feedback", json={"answer_id": answer_id, "helpful": helpful})
    assert (response.status_code, response.content) == (204, b"")
    assert journal.feedback == [(answer_id, helpful, "answered", "es", SECTIONS)]


def test_answers_of_every_door_can_be_rated(client: TestClient, journal: Any) -> None:
    sent = {"model": "mithaq", "messages": [{"role": "user", "content": "Which premiums?"}]}
    streamed = client.post("/api/ask", json={"question": "Q"}, headers={"accept": "text/event-stream"}).text
    ids = [
        client.post("/v1/chat/completions", json=sent).json()["mithaq"]["id"],
        streamed.rpartition('data: {"id":"')[2].partition('"')[0],
    ]
    for answer_id in ids:
        assert client.post("/api/feedback", json={"answer_id": answer_id, "helpful": True}).status_code == 204
    assert [noted[0] for noted in journal.feedback] == ids


@pytest.mark.parametrize("answer_id", ["", "0" * 32, "' OR 1=1 --", "\x00"])
def test_an_answer_that_was_not_given_cannot_be_rated(client: TestClient, journal: Any, answer_id: str) -> None:
    ask(client)
    response = client.post("/api/feedback", json={"answer_id": answer_id, "helpful": True})
    assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)
    assert "id" in response.json()["detail"]
    assert journal.feedback == []


@pytest.mark.parametrize(
    "body",
    [{}, {"answer_id": "x"}, {"helpful": True}, {"answer_id": "x", "helpful": "yes"}, {"answer_id": "x", "helpful": 1},
     {"answer_id": "x" * 65, "helpful": True}, {"answer_id": "x", "helpful": True, "comment": "my phone is …"}],
)  # fmt: skip
def test_an_opinion_that_is_none_is_refused(client: TestClient, journal: Any, body: Any) -> None:
    response = client.post("/api/feedback", json=body)
    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM)
    assert journal.feedback == []


def test_a_journal_that_cannot_be_written_is_a_problem_without_its_inside(
    client: TestClient, journal: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("secret path /srv")

    monkeypatch.setattr(journal, "record_feedback", fail)
    response = client.post("/api/feedback", json={"answer_id": ask(client), "helpful": True})
    assert (response.status_code, response.headers["content-type"]) == (500, PROBLEM)
    assert "secret" not in response.text
