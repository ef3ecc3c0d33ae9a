"""The numbers for Prometheus, and who may read them."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from dataclasses import replace
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.answer import AnswerStatus, Reason
from bot.networks import read_networks
from bot.timing import step
from bot.web.fair_use import Limits
from corpus import CharterError, Language


def scrape(app: Any, peer: str = "127.0.0.1", **headers: str) -> httpx.Response:
    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.get("/metrics", headers=headers)

    return asyncio.run(get())


def numbers(app: Any) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels, in the alphabetical order of the labels."""
    response = scrape(app)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = text_string_to_metric_families(response.text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def test_answers_refusals_and_failures_are_counted(client: Any, assistant: Any, service: Any, answered: Any) -> None:
    refusal = replace(service(AnswerStatus.OUT_OF_SCOPE, Language.FR), reason=Reason.ADVICE)
    assistant.answers = deque([answered(), answered(), refusal, RuntimeError("x")])
    for _ in range(4):
        client.post("/api/ask", json={"question": "Q", "language": "en"})
    told = numbers(client.app)
    assert told["mithaq_answers_total", "en", "answered"] == 2
    assert told["mithaq_answers_total", "fr", "out_of_scope"] == 1
    assert told["mithaq_answers_total", "en", "error"] == 1
    assert told["mithaq_refusals_total", "advice"] == 1
    assert told["mithaq_refusals_total", "guarantee"] == 0
    assert told["mithaq_answer_seconds_count",] == 4
    assert told["mithaq_snapshot_info", "test-1"] == told["mithaq_ready",] == 1
    assert told["process_resident_memory_bytes",] > 10_000_000


def test_each_step_is_measured(client: Any, assistant: Any) -> None:
    def work() -> None:
        with step("search"):
            pass

    assistant.before = work
    client.post("/api/ask", json={"question": "Q"})
    told = numbers(client.app)
    assert told["mithaq_step_seconds_count", "search"] == 1
    assert told["mithaq_step_seconds_count", "compose"] == 0


def test_who_works_who_waits_and_who_was_sent_away(build_client: Any, assistant: Any) -> None:
    entered, released = threading.Event(), threading.Event()
    assistant.before = lambda: (entered.set(), released.wait(30))
    with build_client(asks_at_once=1, asks_waiting=0, limits=Limits(per_minute=3)) as client:
        first = threading.Thread(target=client.post, args=("/api/ask",), kwargs={"json": {"question": "first"}})
        first.start()
        assert entered.wait(30)
        for _ in range(4):
            client.post("/api/ask", json={"question": "more"})
        busy = numbers(client.app)
        released.set()
        first.join(30)
        calm = numbers(client.app)
    assert (busy["mithaq_asks_in_flight",], busy["mithaq_asks_waiting",]) == (1, 0)
    assert busy["mithaq_overloaded_total",] == 2
    assert busy["mithaq_limited_total", "minute"] == 2
    assert busy["mithaq_visitors",] == 1
    assert calm["mithaq_asks_in_flight",] == 0


def test_an_index_that_cannot_be_opened_is_told(build_client: Any) -> None:
    def damaged() -> str:
        raise CharterError("The index is damaged.")

    assert numbers(build_client(snapshot=damaged).app)["mithaq_ready",] == 0


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.9", {}, 404),
        ("testclient", {}, 404),
        ("10.0.0.7", {}, 404),  # the proxy itself is not allowed
        ("192.0.2.9", {"X-Forwarded-For": "127.0.0.1"}, 404),  # forged
        ("10.0.0.7", {"X-Forwarded-For": "127.0.0.1, 192.0.2.9"}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.9"}, 404),  # a proxy on this machine that nobody named
        ("127.0.0.1", {"Forwarded": "for=192.0.2.9"}, 404),
        ("10.0.0.7", {"X-Forwarded-For": "198.51.100.1"}, 200),  # allowed, behind a trusted proxy
        ("198.51.100.1", {}, 200),
    ],
)
def test_only_the_machine_itself_and_the_allowed_may_read(
    build_client: Any, peer: str, headers: dict[str, str], status: int
) -> None:
    app = build_client(
        trusted_proxies=read_networks("10.0.0.7"), metrics_allowed=read_networks("127.0.0.0/8,::1,198.51.100.1")
    ).app
    response = scrape(app, peer, **headers)
    assert response.status_code == status
    if status == 404:
        assert response.headers["content-type"] == "application/problem+json"
        assert "mithaq_" not in response.text


def test_two_applications_do_not_mix_their_numbers(build_client: Any) -> None:
    one, other = build_client(), build_client()
    one.post("/api/ask", json={"question": "Q"})
    assert numbers(one.app)["mithaq_answer_seconds_count",] == 1
    assert numbers(other.app)["mithaq_answer_seconds_count",] == 0


def test_the_metrics_stand_in_no_description(client: Any) -> None:
    assert "/metrics" not in client.get("/openapi.json").text
