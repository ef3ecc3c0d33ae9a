"""Crowds of askers against a real server for some seconds: prints how long they waited and what they got; run by `make bench`.

Alone: `load.py [SECONDS [ADDRESS]]` starts a server of its own, or asks one that runs already.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
CROWDS = (20, 100)
SECONDS = 20.0
PATIENCE = 60.0  # the server's own patience is 10 seconds: whoever waits that long hangs
# Everybody comes from one address here, which a limit for one visitor would send away.
UNLIMITED = {"MITHAQ_LIMITS__PER_MINUTE": "0", "MITHAQ_LIMITS__PER_DAY": "0", "MITHAQ_LIMITS__SERVICE_PER_DAY": "0"}


@dataclass
class Outcome:
    """What a crowd got: the seconds until an answer and until a refusal, and how often what."""

    answers: list[float] = field(default_factory=list)
    refusals: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    if len(sys.argv) > 2:
        bench_load(sys.argv[2], seconds)
        return
    from bench import run, serve, wait_until

    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | UNLIMITED | {"MITHAQ_HOME": home, "PYTHONPATH": str(ROOT)}
        run(environment, "index", "build")
        with serve(environment) as (client, _):
            wait_until(lambda: client.get("/readyz").status_code == 200)
            bench_load(str(client.base_url), seconds)


def bench_load(address: str, seconds: float = SECONDS) -> None:
    """Both crowds, one after the other, and the lines that tell of them."""
    from bench import load_questions, quantiles, show

    for size in CROWDS:
        outcome = asyncio.run(crowd(address, load_questions(), size, seconds))
        answers, refusals = sorted(outcome.answers), sorted(outcome.refusals)
        show(f"/api/ask, {size} askers for {seconds:.0f} s", quantiles(answers) if answers else "no answer")
        show("  answers a second", f"{len(answers) / seconds:.1f}")
        show("  statuses", ", ".join(f"{count} {name}" for name, count in outcome.statuses.most_common()))
        if refusals:
            show("  until a refusal", quantiles(refusals))
        shown = ", ".join(f"{count} {name}" for name, count in outcome.errors.most_common())
        show("  errors, and askers who hung", shown or "0", "0")


async def crowd(address: str, questions: list[str], size: int, seconds: float) -> Outcome:
    """So many askers who each ask again as soon as they have heard; who is sent away comes back a second later."""
    outcome = Outcome()
    shuffled = random.Random(size).sample(questions, len(questions))  # noqa: S311
    supply = itertools.cycle(shuffled)
    end = time.perf_counter() + seconds
    # A connection is left before the server closes it (5 s): a request sent just then would be lost.
    limits = httpx.Limits(max_connections=size, max_keepalive_connections=size, keepalive_expiry=4)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:

        async def asker() -> None:
            while time.perf_counter() < end:
                if await ask(client, next(supply), outcome):
                    await asyncio.sleep(1)

        await asyncio.gather(*(asker() for _ in range(size)))
    return outcome


async def ask(client: httpx.AsyncClient, question: str, outcome: Outcome) -> bool:
    """Asks once and notes what came of it; whether the asker was sent away."""
    started = time.perf_counter()
    try:
        response = await client.post("/api/ask", json={"question": question})
    except httpx.HTTPError as error:
        outcome.errors[type(error).__name__] += 1
        return True
    took = time.perf_counter() - started
    if response.status_code == 200:
        outcome.answers.append(took)
        outcome.statuses[response.json()["status"]] += 1
        return False
    code = response.json().get("code", "")
    outcome.refusals.append(took)
    if (response.status_code, code) == (503, "overloaded"):
        outcome.statuses[code] += 1
    else:
        outcome.errors[f"{response.status_code} {code}".strip()] += 1
    return True


if __name__ == "__main__":
    main()
