"""`POST /api/ask` as a stream of events."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from typing import Any

import anyio
import httpx
import pytest
from fastapi.testclient import TestClient

from bot.answer import AnswerStatus
from bot.messages import load_texts
from bot.web.connection import GoneError, wants_stream, while_connected
from bot.web.gate import AskGate
from corpus import Language

STREAM = {"accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream as a browser reads them."""
    found = []
    for block in text.removesuffix("\n\n").split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def ask(client: TestClient, **asked: Any) -> list[tuple[str, Any]]:
    response = client.post("/api/ask", json={"question": "Which premiums?", **asked}, headers=STREAM)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    return events(response.text)


def test_an_answer_arrives_statement_by_statement(client: TestClient) -> None:
    told = ask(client, language="en")
    assert [name for name, _ in told] == [
        "status", "status", "sentence", "sentence", "sentence", "sentence", "citations", "done",
    ]  # fmt: skip
    assert told[0][1] == {"state": "working"}
    ready, whole = told[1][1], told[-1][1]
    assert ready == {"state": "ready"} | {
        key: whole[key] for key in ("id", "status", "reason", "language", "completed")
    }
    sentences = [data for name, data in told if name == "sentence"]
    assert [one["citations"] for one in sentences] == [[1], [1], [1, 2], [2]]
    assert [one["listed"] for one in sentences] == [False, True, True, False]
    assert [one["language"] for one in sentences] == ["en", "en", "en", "fr"]
    assert all(one["text"] in whole["answer"] for one in sentences)
    assert told[-2][1] == {"citations": whole["citations"], "as_of": whole["as_of"]}


def test_the_whole_reply_is_the_one_that_json_gives(client: TestClient, assistant: Any, answered: Any) -> None:
    answer = answered()
    assistant.answers.extend([answer, answer])
    plain = client.post("/api/ask", json={"question": "Which premiums?"}).json()
    assert ask(client)[-1] == ("done", plain)


def test_text_of_every_kind_stays_one_event(client: TestClient, assistant: Any, service: Any) -> None:
    assistant.answers.append(service(AnswerStatus.NOT_IN_CORPUS, Language.AR))
    told = ask(client)
    assert told[2][1]["text"] == load_texts()[Language.AR].status[AnswerStatus.NOT_IN_CORPUS]
    assert told[-2][1] == {"citations": [], "as_of": None}


def test_a_failure_is_an_event_without_its_inside(client: TestClient, assistant: Any) -> None:
    assistant.answers.append(RuntimeError("secret path /srv"))
    (_, (name, problem)) = ask(client, language="fr")
    assert (name, problem["status"]) == ("error", 500)
    assert problem["detail"] == load_texts()[Language.FR].status[AnswerStatus.ERROR]
    assert "secret" not in json.dumps(problem)


def test_being_overloaded_is_an_event(build_client: Any, assistant: Any) -> None:
    entered, released = threading.Event(), threading.Event()
    assistant.before = lambda: (entered.set(), released.wait(30))
    with build_client(asks_at_once=1, asks_waiting=0) as client:
        first = threading.Thread(target=client.post, args=("/api/ask",), kwargs={"json": {"question": "first"}})
        first.start()
        assert entered.wait(30)
        told = ask(client, language="es")
        released.set()
        first.join(30)
    name, problem = told[-1]
    assert (name, problem["status"], problem["code"]) == ("error", 503, "overloaded")
    assert problem["detail"] == load_texts()[Language.ES].status[AnswerStatus.OVERLOADED]


def test_a_request_that_is_not_valid_is_a_problem_and_no_stream(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": 5}, headers=STREAM)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")


@pytest.mark.parametrize(
    ("accept", "stream"),
    [
        (None, False),
        ("*/*", False),
        ("application/json", False),
        ("text/event-stream", True),
        ("Text/Event-Stream; charset=utf-8", True),
        ("application/json, text/event-stream", False),
        ("application/json;q=0.5, text/event-stream", True),
        ("text/event-stream;q=0, */*", False),
        ("text/event-stream;q=high", False),
    ],
)
def test_a_stream_is_sent_where_it_is_preferred(accept: str | None, stream: bool) -> None:
    assert wants_stream(accept) is stream


class Caller:
    """A request that hangs up when it is told to."""

    def __init__(self) -> None:
        self.hangs_up = asyncio.Event()

    async def receive(self) -> dict[str, str]:
        await self.hangs_up.wait()
        return {"type": "http.disconnect"}


def test_who_hangs_up_while_waiting_leaves_the_queue(assistant: Any) -> None:
    entered, released = threading.Event(), threading.Event()
    assistant.before = lambda: (entered.set(), released.wait(30))
    outcomes: list[str] = []

    async def give_up() -> None:
        gate, caller = AskGate(assistant, at_once=1, waiting=1), Caller()

        async def second() -> None:
            try:
                await while_connected(caller, lambda: gate.ask("second"))  # type: ignore[arg-type]
            except GoneError:
                outcomes.append("gone")

        async with anyio.create_task_group() as group:
            group.start_soon(gate.ask, "first")
            await anyio.to_thread.run_sync(entered.wait, 30)
            group.start_soon(second)
            await anyio.wait_all_tasks_blocked()
            caller.hangs_up.set()
            await anyio.wait_all_tasks_blocked()
            assert outcomes == ["gone"]
            released.set()
        await gate.ask("third")

    asyncio.run(give_up())
    assert [question for question, *_ in assistant.asked] == ["first", "third"]


def test_what_the_work_raises_arrives_as_it_is() -> None:
    async def work() -> None:
        raise LookupError("as it is")

    with pytest.raises(LookupError, match="as it is"):
        asyncio.run(while_connected(Caller(), work))  # type: ignore[arg-type]


def test_a_caller_who_closes_a_real_connection_is_not_answered(serve: Callable[..., str], assistant: Any) -> None:
    entered, released, first_done = threading.Event(), threading.Event(), threading.Event()
    assistant.before = lambda: (entered.set(), released.wait(30))
    url = serve(asks_at_once=1, asks_waiting=1)

    def first() -> None:
        httpx.post(f"{url}/api/ask", json={"question": "first"}, timeout=30)
        first_done.set()

    threading.Thread(target=first, daemon=True).start()
    assert entered.wait(30)
    with httpx.stream("POST", f"{url}/api/ask", json={"question": "second"}, headers=STREAM, timeout=30) as response:
        assert next(response.iter_text()).startswith("event: status")
    # The only place in the queue is free again only when the server has noticed that the second caller is gone.
    third: list[int] = []

    def ask_third() -> None:
        while not third or third[-1] == 503:
            third.append(httpx.post(f"{url}/api/ask", json={"question": "third"}, timeout=30).status_code)

    waiting = threading.Thread(target=ask_third, daemon=True)
    waiting.start()
    waiting.join(2)
    released.set()
    waiting.join(30)
    assert first_done.wait(30)
    assert third[-1] == 200
    assert [question for question, *_ in assistant.asked] == ["first", "third"]
