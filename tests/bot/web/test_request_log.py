"""Every request has a name in its response, its problem and its log lines; no line holds what was asked."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import httpx
import pytest

from bot.logs import REQUEST_ID, JsonFormatter
from bot.networks import read_networks

QUESTION = "Can my cousin Youssef get forty percent?"
CHAT = {"model": "mithaq", "messages": [{"role": "user", "content": QUESTION}]}


class Lines(logging.Handler):
    """Keeps every line as a server would write it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter(questions=False))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [told for line in self.lines if (told := json.loads(line))["logger"] == logger]


@pytest.fixture
def log() -> Any:
    lines, root, own = Lines(), logging.getLogger(), logging.getLogger("mithaq")
    level = own.level
    root.addHandler(lines)
    own.setLevel(logging.INFO)
    yield lines
    root.removeHandler(lines)
    own.setLevel(level)


def test_a_problem_and_its_lines_bear_the_name_of_the_response(client: Any, assistant: Any, log: Lines) -> None:
    assistant.answers.append(RuntimeError(QUESTION))
    response = client.post("/api/ask", json={"question": QUESTION})
    name = response.headers["x-request-id"]
    assert response.json()["request_id"] == name
    told = [json.loads(line) for line in log.lines]
    assert {one.get("request_id") for one in told if one["logger"].startswith(("bot.", "mithaq."))} == {name}
    assert [one["logger"] for one in told if one["level"] == "error"] == ["bot.web.ask_api"]
    assert client.get("/api/none").headers["x-request-id"] != name
    assert REQUEST_ID.get() == ""


@pytest.mark.parametrize("path", ["/", "/none", "/mithaq/chat.js", "/v1/none", "/embed", "/api/ask", "/mcp"])
def test_every_response_is_named(client: Any, path: str) -> None:
    assert len(client.get(path).headers["x-request-id"]) == 32


def named(app: Any, peer: str, name: str) -> str:
    async def get() -> str:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app, client=(peer, 1)), base_url="http://x"
        ) as client:
            return (await client.get("/healthz", headers={"X-Request-ID": name})).headers["x-request-id"]

    return asyncio.run(get())


def test_only_a_trusted_proxy_names_a_request_and_only_by_a_plain_word(build_client: Any) -> None:
    app = build_client(trusted_proxies=read_networks("10.0.0.1")).app
    assert named(app, "10.0.0.1", "proxy-name.12345") == "proxy-name.12345"
    assert named(app, "192.0.2.9", "proxy-name.12345") != "proxy-name.12345"
    for odd in ("short", "x" * 65, 'a"},{"forged":"1', "spaces in it", "-leading-dash"):
        assert named(app, "10.0.0.1", odd) != odd


def test_no_question_reaches_the_log(client: Any, assistant: Any, log: Lines) -> None:
    client.get("/", params={"ask": QUESTION, "lang": "en"})
    client.get("/estimate", params={"activity": QUESTION})
    client.post("/api/ask", json={"question": QUESTION})
    client.post("/api/ask", json={"question": QUESTION}, headers={"accept": "text/event-stream"})
    client.post("/v1/chat/completions", json=CHAT)
    client.post("/api/ask", json={"question": {"no": QUESTION}})
    for path, body in (("/api/ask", {"question": QUESTION}), ("/v1/chat/completions", CHAT)):
        assistant.answers.append(ValueError(QUESTION))
        assert client.post(path, json=body).status_code == 500
    assert len(log.of("mithaq.access")) == 8
    assert len(log.of("mithaq.answers")) == 5
    assert "Youssef" not in "".join(log.lines)
    assert "?" not in "".join(one["path"] for one in log.of("mithaq.access"))


def test_questions_are_logged_where_it_is_wished(build_client: Any, log: Lines) -> None:
    build_client(log_questions=True).post("/api/ask", json={"question": QUESTION})
    (told,) = log.of("mithaq.answers")
    assert told["question"] == QUESTION
    assert (told["status"], told["language"]) == ("answered", "en")


def test_a_line_tells_the_way_and_the_outcome_and_files_are_quiet(client: Any, log: Lines) -> None:
    for quiet in ("/mithaq/chat.js", "/healthz", "/readyz", "/metrics"):
        client.get(quiet)
    client.get("/mithaq/none.js")
    client.get("/api/" + "x" * 5_000)
    told = log.of("mithaq.access")
    assert [(one["method"], one["path"][:8], one["status"]) for one in told] == [
        ("GET", "/mithaq/", 404),
        ("GET", "/api/xxx", 404),
    ]
    assert len(told[1]["path"]) == 200
    assert "testclient" not in "".join(log.lines)
