"""How much one visitor, and all together, may ask: counted in memory, for the length of the window only."""

from __future__ import annotations

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

MOST_VISITORS = 50_000


class Limit(StrEnum):
    """What was reached."""

    MINUTE = "minute"
    DAY = "day"
    SERVICE = "service"
    TURNS = "turns"


SECONDS = {Limit.MINUTE: 60.0, Limit.DAY: 86_400.0, Limit.SERVICE: 86_400.0}


@dataclass(frozen=True)
class Limits:
    """The most requests of a visitor, the most of all visitors, and the most questions of a conversation; 0 is no limit."""

    per_minute: int = 0
    per_day: int = 0
    service_per_day: int = 0
    turns: int = 0


@dataclass(frozen=True)
class Limited:
    """A limit that was reached, and in how many seconds it is worth asking again (0: in a new conversation)."""

    limit: Limit
    seconds: int = 0


@dataclass
class _Window:
    """What was counted since its first request."""

    limit: Limit
    most: int
    start: float = -math.inf
    count: int = 0

    def limited(self, now: float) -> Limited | None:
        """How long it is full; a window that is over starts anew."""
        length = SECONDS[self.limit]
        if now - self.start >= length:
            self.start, self.count = now, 0
        if self.count < self.most:
            return None
        return Limited(self.limit, max(1, math.ceil(self.start + length - now)))


@dataclass
class _Visitor:
    windows: list[_Window]
    seen: float = 0.0


class FairUse:
    """Counts what was let in; called from the event loop only, so it needs no lock.

    A request that was refused is not counted: who keeps trying is let in when the window is over. A flood of addresses pushes
    out those seen longest ago, so the memory stays bounded; the limit of the whole service and the gate stand then.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        most_visitors: int = MOST_VISITORS,
    ) -> None:
        self.limits = limits or Limits()
        self.refused: Counter[Limit] = Counter()
        self._clock = clock
        self._most_visitors = most_visitors
        self._visitors: OrderedDict[bytes, _Visitor] = OrderedDict()
        self._kinds = [
            (limit, most)
            for limit, most in ((Limit.MINUTE, self.limits.per_minute), (Limit.DAY, self.limits.per_day))
            if most
        ]
        self._longest = max((SECONDS[limit] for limit, _ in self._kinds), default=0.0)
        service = self.limits.service_per_day
        self._service = [_Window(Limit.SERVICE, service)] if service else []

    @property
    def remembered(self) -> int:
        """How many visitors are remembered."""
        return len(self._visitors)

    def take(self, visitor: bytes, turns: int = 0) -> Limited | None:
        """Counts one request of a visitor; the limit that it would go over, and then it is not counted."""
        if self.limits.turns and turns >= self.limits.turns:
            return self._refuse(Limited(Limit.TURNS))
        now = self._clock()
        windows = [*self._of(visitor, now), *self._service]
        reached = [limited for window in windows if (limited := window.limited(now))]
        if reached:
            return self._refuse(max(reached, key=lambda limited: limited.seconds))
        for window in windows:
            window.count += 1
        return None

    def _refuse(self, limited: Limited) -> Limited:
        self.refused[limited.limit] += 1
        return limited

    def _of(self, visitor: bytes, now: float) -> list[_Window]:
        if not self._kinds:
            return []
        if visitor not in self._visitors:
            self._visitors[visitor] = _Visitor([_Window(limit, most) for limit, most in self._kinds])
        found = self._visitors[visitor]
        found.seen = now
        self._visitors.move_to_end(visitor)
        self._forget(now)
        return found.windows

    def _forget(self, now: float) -> None:
        """Drops whoever has no window open any more, and the longest unseen beyond the bound."""
        while self._visitors:
            oldest = next(iter(self._visitors.values()))
            if len(self._visitors) <= self._most_visitors and now - oldest.seen < self._longest:
                return
            self._visitors.popitem(last=False)
