"""How long the steps of an answer take, for whoever listens; where nobody does, nothing is measured."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

STEPS = ("language", "search", "evidence", "compose")

_MEASURED: ContextVar[dict[str, float] | None] = ContextVar("measured", default=None)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Measures what is done inside; a step that is taken several times counts together."""
    measured = _MEASURED.get()
    if measured is None:
        yield
        return
    started = time.perf_counter()
    try:
        yield
    finally:
        measured[name] = measured.get(name, 0.0) + time.perf_counter() - started


@contextmanager
def measuring() -> Iterator[dict[str, float]]:
    """The seconds of each step that is taken inside, in this thread."""
    measured: dict[str, float] = {}
    token = _MEASURED.set(measured)
    try:
        yield measured
    finally:
        _MEASURED.reset(token)
