"""`/metrics` in the text form of Prometheus, for the machine itself and the listed addresses (the only place that knows it)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence

from fastapi import FastAPI, Request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.responses import Response

from bot.answer import AnswerStatus, Reason
from bot.networks import Network, is_among, read_networks
from bot.timing import STEPS
from bot.web.fair_use import FairUse, Limit
from bot.web.gate import AskGate
from bot.web.problems import problem_response
from bot.web.refusals import NOTHING_HERE
from bot.web.visitors import ADDRESS, TRUSTED, was_forwarded
from corpus import CharterError, Language

PATH = "/metrics"
LOOPBACK = read_networks("127.0.0.0/8,::1")
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

logger = logging.getLogger(__name__)


class Metrics:
    """The numbers of one application, in a registry of their own; safe to write from several threads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._answers = Counter(
            "mithaq_answers", "Answers by how they ended.", ["status", "language"], registry=self.registry
        )
        self._reasons = Counter(
            "mithaq_refusals", "Answers that are none, or not simply, by reason.", ["reason"], registry=self.registry
        )
        self._seconds = Histogram(
            "mithaq_answer_seconds", "Time at work on an answer.", buckets=BUCKETS, registry=self.registry
        )
        self._steps = Histogram(
            "mithaq_step_seconds", "Time of a step of an answer.", ["step"], buckets=BUCKETS, registry=self.registry
        )
        # From the first scrape on, so that an increase is seen from nought.
        for reason in Reason:
            self._reasons.labels(str(reason))
        for step in STEPS:
            self._steps.labels(step)

    def note_answer(
        self,
        status: AnswerStatus,
        language: Language | None,
        reason: str | None,
        seconds: float,
        steps: Mapping[str, float],
    ) -> None:
        """One answer, or a failure (`error`); `language` is `None` where none was known yet."""
        self._answers.labels(str(status), str(language or "unknown")).inc()
        if reason:
            self._reasons.labels(str(reason)).inc()
        self._seconds.observe(seconds)
        for step, spent in steps.items():
            self._steps.labels(step).observe(spent)


class _State(Collector):
    """What is asked for at the moment of a scrape."""

    def __init__(self, gate: AskGate, fair_use: FairUse, snapshot: Callable[[], str | None]) -> None:
        self._gate = gate
        self._fair_use = fair_use
        self._snapshot = snapshot

    def collect(self) -> Iterator[Metric]:
        """The state as metrics."""
        yield GaugeMetricFamily("mithaq_asks_in_flight", "Questions that are worked on.", self._gate.in_flight)
        yield GaugeMetricFamily("mithaq_asks_waiting", "Questions that wait.", self._gate.waiting)
        yield CounterMetricFamily("mithaq_overloaded", "Questions sent away in a crowd.", self._gate.overloaded)
        limited = CounterMetricFamily("mithaq_limited", "Requests over a limit of fair use.", labels=["limit"])
        for limit in Limit:
            limited.add_metric([str(limit)], self._fair_use.refused[limit])
        yield limited
        yield GaugeMetricFamily("mithaq_visitors", "Visitors remembered for fair use.", self._fair_use.remembered)
        loaded = self._loaded()
        yield GaugeMetricFamily("mithaq_ready", "Whether an index is loaded.", int(loaded is not None))
        yield InfoMetricFamily("mithaq_snapshot", "The index in use.", {"snapshot": loaded or ""})

    def _loaded(self) -> str | None:
        try:
            return self._snapshot()
        except CharterError:
            logger.exception("The index cannot be opened.")
            return None


def add_metrics(
    app: FastAPI,
    metrics: Metrics,
    *,
    gate: AskGate,
    fair_use: FairUse,
    snapshot: Callable[[], str | None],
    allowed: Sequence[Network] = LOOPBACK,
) -> None:
    """Adds the route; to everybody else there is nothing at this address.

    A request that came through a proxy we do not trust is refused even where the proxy's own address is allowed: who stands behind
    it is not known.
    """
    metrics.registry.register(_State(gate, fair_use, snapshot))

    @app.get(PATH, include_in_schema=False)
    def show(request: Request) -> Response:
        known = request.scope.get(TRUSTED, False) or not was_forwarded(request.scope)
        if not known or not is_among(request.scope.get(ADDRESS), allowed):
            return problem_response(404, NOTHING_HERE)
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)
