"""Days as forms send them, and which day it is where the desk stands."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

MOROCCO = ZoneInfo("Africa/Casablanca")


def today() -> date:
    """The day in Morocco."""
    return datetime.now(MOROCCO).date()


def read_day(said: str) -> date | None:
    """A day as a date field sends it; None if it is none."""
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        return None
