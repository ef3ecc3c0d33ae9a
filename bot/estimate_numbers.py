"""Amounts, rates and days as a page writes them in each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date

from bot.estimate import Range
from corpus import Language

NO_BREAK = "\u00a0"
_SIGNS = {Language.EN: (",", "."), Language.ZH: (",", ".")}
_LOCALES = {Language.AR: "ar_MA", Language.FR: "fr", Language.EN: "en_GB", Language.ZH: "zh_CN", Language.ES: "es"}


def number(value: Decimal | int, language: Language, places: int = 2) -> str:
    """The number rounded to so many places at most, its thousands apart."""
    step = Decimal(1).scaleb(-places)
    whole, _, part = f"{Decimal(value).quantize(step, ROUND_HALF_UP):,f}".partition(".")
    group, point = _SIGNS.get(language, (NO_BREAK, ","))
    part = part.rstrip("0")
    return whole.replace(",", group) + (f"{point}{part}" if part else "")


def percent(rate: Decimal, language: Language) -> str:
    """A rate from 0 to 1 as a percentage."""
    return f"{number(rate * 100, language)}{NO_BREAK if language is Language.FR else ''}%"


def span(values: Range, write: Callable[[Decimal], str], between: str) -> str:
    """Both ends put into the text `between`, or the one value where nothing is unknown."""
    low, high = (write(value) for value in values)
    return low if low == high else between.format(low=low, high=high)


def day(value: date, language: Language) -> str:
    """The day in words."""
    written = format_date(value, "long", locale=_LOCALES[language])
    return f"1er{written[1:]}" if language is Language.FR and written.startswith("1 ") else written
