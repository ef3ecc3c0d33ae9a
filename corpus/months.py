"""Months of a year as a text names them: "December 2024", "2024年12月", "في دجنبر 2024"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_skeleton

from corpus.document import Language
from corpus.text import fold

# Each month, folded: its names in French, English, Spanish and Arabic (of the Maghreb, of Egypt, of the Levant), and short ones.
MONTHS = (
    ("janvier january enero يناير جانفي كانون_الثاني", "janv jan ene"),
    ("fevrier february febrero فبراير فيفري شباط", "fevr fev feb"),
    ("mars march marzo مارس اذار", "mar"),
    ("avril april abril ابريل افريل نيسان", "avr apr abr"),
    ("mai may mayo ماي مايو ايار", ""),
    ("juin june junio يونيو جوان حزيران", "jun"),
    ("juillet july julio يوليوز يوليو جويليه تموز", "juil jul"),
    ("aout august agosto غشت اغسطس اوت", "aug ago اب"),
    ("septembre september septiembre setiembre شتنبر سبتمبر ايلول", "sept sep"),
    ("octobre october octubre اكتوبر تشرين_الاول", "oct"),
    ("novembre november noviembre نونبر نوفمبر تشرين_الثاني", "nov"),
    ("decembre december diciembre دجنبر ديسمبر كانون_الاول", "dec dic"),
)
_NUMBERS = {name.replace("_", " "): number for number, (names, _) in enumerate(MONTHS, 1) for name in names.split()}
_MONTH = re.compile(
    rf"(?<!\w)(?P<name>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?!\w)"
    r"|(?<!\d)(?:(?P<year>(?:19|20)\d\d)\s*年\s*)?(?P<digits>1[0-2]|[1-9])\s*月"
)
_MAY = re.compile(r" (?:of )?(?:19|20)\d\d|,? \d{1,2}, (?:19|20)\d\d")  # what follows the month, not "may I"
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_JOINT = re.compile(r"\W*(?:of|de|del|d|عام|سنه)?\W*")
_DAY_BEFORE = re.compile(r"(?<![\d.,])\d{1,2}(?:er|st|nd|rd|th|o)?(?: (?:de|of))? $")
_DAY_BEHIND = re.compile(r"\s*\d{1,2}\s*[日号]|\s\d{1,2}(?:st|nd|rd|th)?(?=, (?:19|20)\d\d)")
_LOCALES = {Language.AR: "ar_MA"}  # as months are called in Morocco
_MOST_BETWEEN = 30  # characters from a month to its year: "in June and in October of 2025"


@dataclass(frozen=True)
class WrittenMonth:
    """A month with its year, as `2024-12`, and where both stand in the text: from `start` up to but not including `end`."""

    month: str
    start: int
    end: int


def find_months(text: str) -> list[WrittenMonth]:
    """The months that a text names with their year, in order; a year holds for the months shortly before it.

    A month reaches over the day that stands with it; one whose year stands elsewhere not over that.
    """
    folded = fold(text)
    if len(folded) != len(text):
        return []
    years = list(_YEAR.finditer(folded))
    found = []
    chinese = ""  # the year that was named last in Chinese: 2025年6月和10月
    for month in _MONTH.finditer(folded):
        end = month.end()
        start = day.start() if (day := _DAY_BEFORE.search(folded, 0, month.start())) else month.start()
        if day := _DAY_BEHIND.match(folded, end):
            end = day.end()
        if month["digits"]:
            chinese = year = month["year"] or chinese
        else:
            behind = next((one for one in years if end <= one.start() <= end + _MOST_BETWEEN), None)
            year = behind.group() if behind and (month["name"] != "may" or _MAY.match(folded, month.end())) else ""
            end = behind.end() if behind and _JOINT.fullmatch(folded[end : behind.start()]) else end
        if year:
            number = int(month["digits"] or _NUMBERS[month["name"]])
            found.append(WrittenMonth(f"{year}-{number:02}", start, end))
    return found


@lru_cache(maxsize=256)
def read_months(text: str) -> frozenset[str]:
    """The months that a text names with their year, as `2024-12`."""
    return frozenset(one.month for one in find_months(unicodedata.normalize("NFC", text)))


def month_after(month: str, many: int) -> str:
    """The month so many after another, both as `2024-12`; before it where `many` is below 0."""
    year, number = (int(part) for part in month.split("-"))
    months = 12 * year + number - 1 + many
    return f"{months // 12}-{months % 12 + 1:02}"


def write_month(month: str, language: Language) -> str:
    """How a month, given as `2024-12`, is written in a language."""
    year, number = (int(part) for part in month.split("-"))
    return format_skeleton("yMMMM", date(year, number, 1), locale=_LOCALES.get(language, language.value))
