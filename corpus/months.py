"""Months of a year as a text names them: "December 2024", "2024年12月", "في دجنبر 2024"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.text import fold

_NAMES = (
    r"januar?y|janvier|enero|يناير|كانون الثاني",
    r"february|fevrier|febrero|فبراير|شباط",
    r"march|mars|marzo|مارس|اذار",
    r"april|avril|abril|ابريل|نيسان",
    r"may(?= (?:of )?(?:19|20)\d\d|,? \d{1,2}, (?:19|20)\d\d)|mai|mayo|ماي|مايو|ايار",
    r"june|juin|junio|يونيو|حزيران",
    r"july|juillet|julio|يوليوز|يوليو|تموز",
    r"august|aout|agosto|غشت|اغسطس",
    r"september|septembre|septiembre|setiembre|شتنبر|سبتمبر|ايلول",
    r"october|octobre|octubre|اكتوبر|تشرين الاول",
    r"november|novembre|noviembre|نونبر|نوفمبر|تشرين الثاني",
    r"december|decembre|diciembre|دجنبر|ديسمبر|كانون الاول",
)
_MONTH = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(_NAMES, start=1))
    + r")(?!\w)|(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<digits>1[0-2]|[1-9])\s*月"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_JOINT = re.compile(r"\W*(?:of|de|del|d|عام|سنه)?\W*")
_MOST_BETWEEN = 30  # characters from a month to its year: "in June and in October of 2025"


@dataclass(frozen=True)
class WrittenMonth:
    """A month with its year, as `2024-12`, and where both stand in the text: from `start` up to but not including `end`."""

    month: str
    start: int
    end: int


def find_months(text: str) -> list[WrittenMonth]:
    """The months that a text names with their year, in order; a year holds for the months shortly before it.

    A month whose year stands elsewhere reaches only over its own name.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return []
    years = list(_YEAR.finditer(folded))
    found = []
    last = ""
    for month in _MONTH.finditer(folded):
        groups = month.groupdict()
        number = groups["digits"] or next(name[1:] for name, value in groups.items() if value and name[1:].isdigit())
        behind = next((year for year in years if month.end() <= year.start() <= month.end() + _MOST_BETWEEN), None)
        last = groups["year"] or (last if groups["digits"] else behind.group() if behind else "")
        joined = behind and not groups["digits"] and _JOINT.fullmatch(folded[month.end() : behind.start()])
        if last:
            end = behind.end() if behind and joined else month.end()
            found.append(WrittenMonth(f"{last}-{int(number):02}", month.start(), end))
    return found


@lru_cache(maxsize=256)
def read_months(text: str) -> frozenset[str]:
    """The months that a text names with their year, as `2024-12`."""
    return frozenset(one.month for one in find_months(unicodedata.normalize("NFC", text)))
