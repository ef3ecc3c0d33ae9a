"""A crowd at the chat's own queue, over real HTTP: everybody is told something, and who asks a lot, when to come back."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

pytestmark = pytest.mark.browser


async def chat(client: httpx.AsyncClient, number: int, asking: int, headers: dict[str, str] | None = None) -> str:
    """What the chat shows in the end to somebody who asks one question on a page of one's own."""
    session = f"crowd{number}"
    joined = await client.post(
        "/gradio_api/queue/join",
        json={"data": ["Which premiums?", None, None], "fn_index": asking, "session_hash": session},
        headers=headers,
    )
    if joined.status_code != 200:
        return f"joining: {joined.status_code}"
    shown = ""
    async with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as events:
        async for line in events.aiter_lines():
            if not line.startswith("data:"):
                continue
            event = json.loads(line[5:])
            shown += json.dumps(event.get("output") or {})
            if event["msg"] == "process_completed":
                return kind_of(shown) if event["success"] else "failure"
            if event["msg"] == "close_stream":
                break
    return "nothing"


def kind_of(shown: str) -> str:
    kinds = [kind for kind in ("trouble", "plain") if f"mq-answer--{kind}" in shown]
    return ",".join(kinds)


def asking_event(page: str) -> int:
    """The number of the event that answers: the one that the question's field submits."""
    found = re.search(r"window\.gradio_config\s*=\s*(\{.*?\});</script>", page, re.DOTALL)
    assert found
    config = json.loads(found[1].replace("location.origin", "null"))  # the browser puts in its own
    field = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "mq-question")
    return next(one["id"] for one in config["dependencies"] if [field, "submit"] in one["targets"])


def ask_together(url: str, size: int, proxied: bool) -> Counter[str]:
    async def crowd() -> Counter[str]:
        limits = httpx.Limits(max_connections=2 * size)
        async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
            asking = asking_event((await client.get("/?lang=en")).text)
            visitors = [{"X-Forwarded-For": f"198.51.100.{number}"} if proxied else None for number in range(size)]
            told = asyncio.gather(*(chat(client, number, asking, one) for number, one in enumerate(visitors)))
            return Counter(await asyncio.wait_for(told, 120))

    with ThreadPoolExecutor(1) as elsewhere:  # the browser of other tests keeps a loop running in this thread
        return elsewhere.submit(lambda: asyncio.run(crowd())).result()


@pytest.mark.parametrize(
    ("proxied", "expected"), [(False, {"plain": 3, "trouble": 97}), (True, {"plain": 100})], ids=["one visitor", "many"]
)
def test_a_hundred_at_the_queue(limited_url: str, proxied: bool, expected: dict[str, int]) -> None:
    assert ask_together(limited_url, 100, proxied) == expected


def test_more_than_the_gate_holds_are_told_so_at_once(slow_url: str) -> None:
    assert ask_together(slow_url, 40, proxied=False) == {"plain": 36, "trouble": 4}
