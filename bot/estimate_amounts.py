"""Amounts, counts and ranges with their unit, as people write them in each language: 18.4 million dirhams, 1840万迪拉姆."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale

from bot.estimate import Fact, Range
from bot.estimate_numbers import NO_BREAK, number, percent
from bot.estimate_words import load_estimate_words
from corpus import Language
from corpus.figures import plain_figure

_ONE = Decimal(1)
_TOGETHER = frozenset({Language.ZH})
HUNDRED_MILLION = 10**8
MOST_PLACES = 4
CENT = Decimal("0.01")


class Amounts:
    """Writes the numbers of an estimate in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.words = load_estimate_words()[language]

    def money(self, value: Decimal) -> str:
        """Whole dirhams; in millions and the like where that drops no digit."""
        return "".join(self._money(value))

    def money_range(self, values: Range) -> str:
        """From one amount to another, from nothing up to it, or the one amount."""
        low, high = values
        if low == high:
            return self.money(high)
        if low == 0:
            return self.words.up_to.format(value=self.money(high))
        return self.words.span.format(low=self._money(low)[0], high=self.money(high))

    def rate_range(self, values: Range) -> str:
        """The same for rates."""
        low, high = values
        if low == high:
            return self.percent(high)
        if low == 0:
            return self.words.up_to.format(value=self.percent(high))
        return self.words.span.format(low=self.percent(low), high=self.percent(high))

    def question(self, fact: Fact) -> str:
        """What would change an estimate most, as a question."""
        return self.words.says["ask"].format(question=self.words.questions[fact])

    def percent(self, rate: Decimal) -> str:
        """A rate from 0 to 1."""
        return percent(rate, self.language)

    def number(self, value: Decimal | int, places: int = 2) -> str:
        """The bare number with so many places at most; Chinese does not part four digits."""
        written = number(value, self.language, places)
        return (
            re.sub(r"^(\d)[,\u00a0](?=\d{3}\b(?![,\u00a0]\d))", r"\1", written)
            if self.language in _TOGETHER
            else written
        )

    def counted(self, unit: str, value: Decimal | int) -> str:
        """The number with a unit of the words, such as 1 stable job or 120 stable jobs."""
        return self._form(self.words.units[unit], Decimal(value))

    def _money(self, value: Decimal) -> tuple[str, str]:
        """The amount, and what may be left out after it."""
        whole = value.quantize(_ONE, ROUND_HALF_UP)
        size = next(one for one in self.words.money if one.size == 1 or _is_round(whole, one.size))
        amount, _, unit = self._form(size.forms, whole / size.size).partition("|")
        return amount, unit

    def _form(self, forms: Mapping[str, str], value: Decimal) -> str:
        """The number in the form that the plural rules of the language ask for."""
        plural = _plural_form(self.language, plain_figure(value))
        form = forms.get(plural, forms["other"])
        return re.sub(r"(?<=\{n\})(\|?) ", rf"\1{NO_BREAK}", form).format(n=self.number(value, MOST_PLACES))


def stated_figures(value: Decimal) -> frozenset[str]:
    """How a number of an estimate may be written, in the form of `read_figures`: exact, whole, as a percentage or a ratio."""
    whole, share = value.quantize(_ONE, ROUND_HALF_UP), (value * 100).quantize(CENT, ROUND_HALF_UP)
    exact = {plain_figure(value), f"{plain_figure(value * 100)}%"}
    ratio = plain_figure(value.quantize(CENT, ROUND_FLOOR))
    return frozenset({*exact, plain_figure(whole), f"{plain_figure(share)}%", ratio})


def begun_small(text: str) -> str:
    """The text with a small first letter, to follow a colon; a letter that is a name, as in A类, stays."""
    follows = text[1:2]
    return text[:1].lower() + text[1:] if follows.islower() or follows.isspace() else text


def _is_round(value: Decimal, size: int) -> bool:
    """Whether two decimals are enough to write the value in this size; four in hundreds of millions (亿, ten thousand 万)."""
    return value >= size and value % (Decimal(size) / (10_000 if size == HUNDRED_MILLION else 100)) == 0


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(language.value)


def _plural_form(language: Language, digits: str) -> str:
    return str(_locale(language).plural_form(Decimal(digits)))
