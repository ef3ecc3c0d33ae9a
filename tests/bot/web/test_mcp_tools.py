"""The MCP tools as a program sees them, over HTTP."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.conversation import Message
from corpus import Confidence, Kind, Language, Passage

HEADERS = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
CAP = Passage(
    section_id="premium-cap#thirty-percent", language=Language.EN, original_language=Language.EN, title="The cap",
    heading="What is the cap?", text="30% of the eligible investment amount.", kind=Kind.SUMMARY, publisher="Mithaq",
    published=date(2026, 1, 2), as_of=date(2026, 3, 4), url="https://example.org", source_title="BO",
    confidence=Confidence.OFFICIAL,
)  # fmt: skip
Call = Callable[..., Any]


class ListedSections:
    """Finds the same section as often as it was told to, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Language | None, int]] = []

    def __call__(self, question: str, language: Language | None, most: int) -> list[Passage]:
        self.asked.append((question, language, most))
        return [CAP] * 3


@pytest.fixture
def sections() -> ListedSections:
    return ListedSections()


@pytest.fixture
def mcp_client(build_client: Any, sections: ListedSections) -> Iterator[TestClient]:
    client = build_client(sections=sections)
    client.base_url = "http://127.0.0.1:7860"
    with client:
        yield client


@pytest.fixture
def call(mcp_client: TestClient) -> Call:
    def call_(method: str, **params: Any) -> Any:
        asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        response = mcp_client.post("/mcp", json=asked, headers=HEADERS)
        assert response.status_code == 200, response.text
        return response.json()["result"]

    return call_


def test_the_tools_only_read_and_every_argument_is_described(call: Call) -> None:
    tools = {tool["name"]: tool for tool in call("tools/list")["tools"]}
    assert set(tools) == {"ask", "search", "estimate"}
    for tool in tools.values():
        assert tool["annotations"]["readOnlyHint"] is True
        assert tool["annotations"]["destructiveHint"] is False
        assert tool["description"]
        assert all(argument.get("description") for argument in tool["inputSchema"]["properties"].values())
        assert tool["outputSchema"]


def test_a_question_gets_its_cited_answer(call: Call, assistant: Any) -> None:
    history = [{"role": "user", "content": "Which premium in Safi?"}]
    told = call("tools/call", name="ask", arguments={"question": "And here?", "language": "fr", "history": history})
    assert told["structuredContent"]["status"] == "answered"
    assert told["structuredContent"]["citations"][0]["url"] == "https://example.org/charter"
    assert assistant.asked == [("And here?", Language.FR, None)]
    assert assistant.heard == [[Message("user", "Which premium in Safi?")]]


def test_sections_are_found(call: Call, sections: ListedSections) -> None:
    told = call("tools/call", name="search", arguments={"question": "cap", "most": 2})["structuredContent"]
    assert [one["section"] for one in told["sections"]] == [CAP.section_id] * 2
    assert sections.asked == [("cap", None, 2)]


def test_a_project_is_estimated(call: Call) -> None:
    project = {"amount": "80000000", "jobs": 120, "place": "essaouira", "sector": "tourism"}
    told = call("tools/call", name="estimate", arguments={"project": project, "as_of": "2026-11-01", "language": "es"})
    body = told["structuredContent"]
    assert (body["scheme"], body["language"]) == ("main", "es")
    assert body["total_rate"] == {"low": "0.2", "high": "0.29"}


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("estimate", {"project": {"place": "paris"}}, "essaouira"),
        ("estimate", {"project": {"women_share": 35}}, "women_share"),
        ("estimate", {"project": {"colour": "red"}}, "colour"),
        ("search", {"question": "x", "most": 1000}, "most"),
        ("ask", {}, "question"),
        ("ask", {"question": "x", "language": "de"}, "language"),
    ],
)
def test_wrong_arguments_are_told(call: Call, name: str, arguments: dict[str, Any], told: str) -> None:
    outcome = call("tools/call", name=name, arguments=arguments)
    assert outcome["isError"] is True
    assert told in outcome["content"][0]["text"]


def test_a_failure_shows_nothing_of_the_inside(call: Call, assistant: Any) -> None:
    assistant.answers.append(RuntimeError("secret path /srv"))
    outcome = call("tools/call", name="ask", arguments={"question": "x"})
    assert outcome["isError"] is True
    assert "secret" not in outcome["content"][0]["text"]


def test_another_host_name_and_another_site_are_refused(mcp_client: TestClient) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    for name, value, status in (("host", "evil.example", 421), ("origin", "https://evil.example", 403)):
        assert mcp_client.post("/mcp", json=asked, headers={**HEADERS, name: value}).status_code == status
    local = mcp_client.post("/mcp", json=asked, headers={**HEADERS, "origin": "http://localhost:3000"})
    assert local.status_code == 200


def test_a_named_host_may_call(build_client: Any) -> None:
    client = build_client(mcp_hosts=("mithaq.example",))
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    with client:
        for host, status in (("mithaq.example", 200), ("mithaq.example:8080", 200), ("127.0.0.1", 421)):
            assert client.post("/mcp", json=asked, headers={**HEADERS, "host": host}).status_code == status
        tools = client.post("/mcp", json=asked, headers={**HEADERS, "host": "mithaq.example"}).json()["result"]["tools"]
    assert {tool["name"] for tool in tools} == {"ask", "estimate"}


def test_no_stream_can_be_held_open_and_no_body_is_too_large(mcp_client: TestClient) -> None:
    for method in ("GET", "DELETE", "PUT"):
        response = mcp_client.request(method, "/mcp", headers=HEADERS)
        assert response.status_code == 405
        assert response.headers["allow"] == "POST"
    assert mcp_client.post("/mcp", content=b"x" * 70_000, headers=HEADERS).status_code == 413


def test_the_programs_logging_stays_its_own(build_client: Any) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    build_client()
    assert (root.handlers, root.level) == before
