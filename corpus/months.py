"""Months of a year as a text names them: "December 2024", "2024年12月", "في دجنبر 2024"."""

from __future__ import annotations

import re
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
_MOST_BETWEEN = 30  # characters from a month to its year: "in June and in October of 2025"


@lru_cache(maxsize=256)
def read_months(text: str) -> frozenset[str]:
    """The months that a text names with their year, as `2024-12`; a year holds for the months shortly before it."""
    folded = fold(text)
    years = [(year.start(), year.group()) for year in _YEAR.finditer(folded)]
    found = set()
    last = ""
    for month in _MONTH.finditer(folded):
        number = (
            month["digits"]
            or next(name for name, value in month.groupdict().items() if name[1:].isdigit() and value)[1:]
        )
        behind = next((name for start, name in years if month.end() <= start <= month.end() + _MOST_BETWEEN), "")
        last = month["year"] or (last if month["digits"] else behind)
        if last:
            found.add(f"{last}-{int(number):02}")
    return frozenset(found)
