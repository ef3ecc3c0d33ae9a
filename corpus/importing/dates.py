"""The days that a text names, as five languages write them; Arabic with the months of the Maghreb and of the Mashriq."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from corpus.months import MONTHS
from corpus.text import fold

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_EDGE = r"(?<![\w-])"
_LAW = re.compile(
    r"(?:\bloi\b|loi-cadre|decret|arrete|dahir|circulaire|\blaw\b|decree|\border of\b|\bley\b|orden|"
    r"القانون|قانون|مرسوم|ظهير|قرار|法律|框架法|法令)"
    r"[^.\n]{0,70}$"
)


@dataclass(frozen=True)
class DayNamed:
    """A day, where it starts in the text, and whether it is the day of a law rather than of the text."""

    day: date
    start: int
    of_law: bool


def find_days(text: str) -> list[DayNamed]:
    """Every day that the text names in full (day, month and year), in order."""
    folded = "".join(fold(character)[:1] or "\x00" for character in text)
    found: dict[int, DayNamed] = {}
    for pattern in _patterns():
        for match in pattern.finditer(folded):
            day = _day(match)
            if day and match.start() not in found:
                before = folded[max(0, match.start() - 90) : match.start()]
                found[match.start()] = DayNamed(day, match.start(), _LAW.search(before) is not None)
    return [found[start] for start in sorted(found)]


def _day(match: re.Match[str]) -> date | None:
    month = match["m"]
    number = (
        int(month) if month.isdigit() else _month_numbers()[month.replace("\x00", "").replace(" ", "_").rstrip(".")]
    )
    try:
        return date(int(match["y"]), number, int(match["d"]))
    except ValueError:
        return None


@cache
def _month_numbers() -> dict[str, int]:
    return {name: number for number, names in enumerate(MONTHS, 1) for name in " ".join(names).split()}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = sorted(_month_numbers(), key=len, reverse=True)
    month = rf"(?P<m>{'|'.join(re.escape(name).replace('_', ' ') for name in names)})\b\.?"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"{_EDGE}(?P<d>\d{{1,2}})(?:er|st|nd|rd|th|o)?\s*(?:من\s+|de\s+|of\s+)?{month},?\s*(?:de\s+|del\s+|من\s+)?(?:سنه\s+|عام\s+)?{_YEAR}\b",
            rf"{_EDGE}{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
            rf"{_EDGE}{_YEAR}-(?P<m>\d\d?)-(?P<d>\d\d?)(?![\w-])",
            rf"{_EDGE}(?P<d>\d\d?)(?P<s>[/.-])(?P<m>\d\d?)(?P=s){_YEAR}(?![\w-])",
            rf"{_EDGE}{_YEAR}(?P<s>[/.])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?![\w-])",
            r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
        )
    )
