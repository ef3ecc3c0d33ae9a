"""Fair use at every door: the addresses for programs, the MCP tools and the chat."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from typing import Any

import httpx
import pytest

from bot.answer import AnswerStatus
from bot.messages import load_texts
from bot.networks import read_networks
from bot.web.answer_html import Turn
from bot.web.chat_page import Asker, ChatPage
from bot.web.fair_use import FairUse, Limit, Limited, Limits
from bot.web.fair_use_door import limited_text, wait_text
from bot.web.gate import AskGate
from corpus import Language

TEXTS = load_texts()
ASK = {"question": "Which premiums?"}
CHAT = {"model": "mithaq", "messages": [{"role": "user", "content": "Which premiums?"}]}
PROGRAMS = [
    ("POST", "/api/ask", ASK),
    ("POST", "/api/estimate", {"amount": 80_000_000}),
    ("POST", "/api/feedback", {"answer_id": "x", "helpful": True}),
    ("GET", "/api/documents", None),
    ("GET", "/api/unknown", None),
    ("POST", "/v1/chat/completions", CHAT),
    ("GET", "/v1/models", None),
    ("POST", "/mcp", {}),
]


@pytest.mark.parametrize(("method", "path", "body"), PROGRAMS)
def test_every_address_for_programs_counts_and_is_limited(build_client: Any, method: str, path: str, body: Any) -> None:
    client = build_client(limits=Limits(per_minute=1))
    assert client.request(method, path, json=body).status_code != 429
    response = client.request(method, path, json=body, headers={"accept-language": "es"})
    assert response.status_code == 429
    assert response.headers["retry-after"] in {"59", "60"}
    assert "content-security-policy" in response.headers
    if path.startswith("/v1"):
        error = response.json()["error"]
        assert (error["type"], error["code"]) == ("rate_limit_error", "limited")
        said = error["message"]
    else:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["code"] == "limited"
        said = response.json()["detail"]
    assert said.startswith("Ha hecho muchas preguntas")


@pytest.mark.parametrize("path", ["/", "/estimate", "/healthz", "/readyz", "/mithaq/chat.js", "/embed.js", "/docs"])
def test_pages_files_and_health_are_never_limited(build_client: Any, path: str) -> None:
    client = build_client(limits=Limits(per_minute=1, service_per_day=1))
    client.post("/api/ask", json=ASK)
    assert client.get(path).status_code == 200


def test_a_refused_request_reaches_nobody(build_client: Any, assistant: Any) -> None:
    client = build_client(limits=Limits(per_minute=1))
    client.post("/api/ask", json=ASK)
    client.post("/api/ask", json=ASK)
    assert len(assistant.asked) == 1


def test_wrong_keys_are_counted_too(build_client: Any) -> None:
    class NoKeys:
        def owner(self, key: str) -> str | None:
            return None

    client = build_client(limits=Limits(per_minute=2), keys=NoKeys())
    statuses = [client.post("/api/ask", json=ASK).status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


def test_a_forged_header_makes_nobody_another_visitor(build_client: Any) -> None:
    client = build_client(limits=Limits(per_minute=1), trusted_proxies=read_networks("10.0.0.0/8"))
    forged = [{"X-Forwarded-For": f"198.51.100.{number}", "Forwarded": f"for=198.51.100.{number}"} for number in (1, 2)]
    assert [client.post("/api/ask", json=ASK, headers=one).status_code for one in forged] == [200, 429]


def test_behind_a_trusted_proxy_each_visitor_is_counted_alone(build_client: Any) -> None:
    app = build_client(limits=Limits(per_minute=1), trusted_proxies=read_networks("10.0.0.0/8")).app

    async def ask() -> list[int]:
        transport = httpx.ASGITransport(app, client=("10.0.0.1", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            said = ["198.51.100.1", "198.51.100.2", "203.0.113.9, 198.51.100.2"]  # the last one with a forged beginning
            return [
                (await client.post("/api/ask", json=ASK, headers={"X-Forwarded-For": one})).status_code for one in said
            ]

    assert asyncio.run(ask()) == [200, 200, 429]


def shown(page: ChatPage, turns: list[Turn], visitor: bytes = b"anna", language: str = "en") -> list[tuple[Any, ...]]:
    async def collect() -> list[tuple[Any, ...]]:
        return [step async for step in page.answer("Which premiums?", turns, language, Asker(visitor))]

    return asyncio.run(collect())


@pytest.mark.parametrize("language", [*Language])
def test_the_chat_says_kindly_when_to_come_back(assistant: Any, journal: Any, language: Language) -> None:
    page = ChatPage(assistant, TEXTS, journal, fair_use=FairUse(Limits(per_minute=1)))
    turns = shown(page, [], language=language)[-1][3]
    (limited,) = shown(page, turns, language=language)
    assert TEXTS[language].ui["badge_limited"] in limited[2]
    assert wait_text(60, language) in limited[2]
    assert limited[4] == "Which premiums?", "the question goes back into its field"
    assert len(assistant.asked) == 1
    assert shown(page, [], visitor=b"bilal", language=language)[-1][3][-1].answer.status is AnswerStatus.ANSWERED


def test_a_conversation_ends_at_its_turns_and_a_new_one_goes_on(assistant: Any, journal: Any) -> None:
    page = ChatPage(assistant, TEXTS, journal, fair_use=FairUse(Limits(turns=1)))
    turns = shown(page, [])[-1][3]
    (limited,) = shown(page, turns)
    assert TEXTS[Language.EN].ui["clear"] in limited[2]
    assert len(shown(page, [])) > 1


@pytest.mark.parametrize("language", [*Language])
@pytest.mark.parametrize("limit", [*Limit])
def test_every_limit_has_its_words(language: Language, limit: Limit) -> None:
    said = limited_text(Limited(limit, 7_300), TEXTS[language], language)
    assert "{" not in said
    assert (wait_text(7_300, language) in said) is (limit is not Limit.TURNS)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, "in 1 second"), (59, "in 59 seconds"), (60, "in 1 minute"), (61, "in 2 minutes"), (3_601, "in 2 hours"),
     (86_400, "in 1 day")],
)  # fmt: skip
def test_a_wait_is_rounded_up(seconds: int, said: str) -> None:
    assert wait_text(seconds, Language.EN) == said
    assert wait_text(120, Language.AR) == "بعد دقيقتين"


def test_a_hundred_askers_at_once_get_an_answer_or_are_told_to_come_back(build_client: Any, assistant: Any) -> None:
    working, most = 0, 0
    lock = threading.Lock()

    def slowly() -> None:
        nonlocal working, most
        with lock:
            working += 1
            most = max(most, working)
        time.sleep(0.02)
        with lock:
            working -= 1

    assistant.before = slowly
    app = build_client(asks_at_once=4, asks_waiting=50, patience=60).app

    async def crowd() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            bodies = [("/api/ask", ASK), ("/v1/chat/completions", CHAT)] * 50
            with_patience = asyncio.gather(*(client.post(path, json=body) for path, body in bodies))
            return await asyncio.wait_for(with_patience, 60)

    responses = asyncio.run(crowd())
    assert Counter(response.status_code for response in responses) == {200: 54, 503: 46}
    refused = [response.json() for response in responses if response.status_code == 503]
    assert {one.get("code") or one["error"]["code"] for one in refused} == {"overloaded"}
    assert most <= 4


def test_a_hundred_askers_of_the_chat_get_an_answer_or_are_told_to_come_back(assistant: Any, journal: Any) -> None:
    assistant.before = lambda: time.sleep(0.02)
    page = ChatPage(assistant, TEXTS, journal, AskGate(assistant, at_once=4, waiting=50, patience=60))

    async def one() -> AnswerStatus:
        steps = [step async for step in page.answer("Which premiums?", [], "en")]
        return AnswerStatus(steps[-1][3][-1].answer.status)

    async def crowd() -> list[AnswerStatus]:
        return await asyncio.wait_for(asyncio.gather(*(one() for _ in range(100))), 60)

    statuses = Counter(asyncio.run(crowd()))
    assert statuses == {AnswerStatus.ANSWERED: 54, AnswerStatus.OVERLOADED: 46}
