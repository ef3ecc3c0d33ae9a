"""Questions as a journal would keep them, and a journal in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from corpus import Language

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """A question of the journal; unanswered unless something else is said."""

    text: str
    language: Language = Language.EN
    id: str = ""
    status: str = "not_in_corpus"
    reason: str | None = "not_found"
    sections: tuple[str, ...] = ()
    helpful: bool | None = None
    asked_at: datetime = NOW
    snapshot_id: str = ""


@dataclass
class MemoryJournal:
    """Keeps what it is given, and what it was asked for."""

    kept: list[Asked] = field(default_factory=list)
    asked_for: list[datetime | None] = field(default_factory=list)

    def questions(self, since: datetime | None = None) -> Sequence[Asked]:
        self.asked_for.append(since)
        return [one for one in self.kept if since is None or one.asked_at >= since]


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)
