"""The words around figures in five languages: units, months, ordinals, limits, denials; all texts are folded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.word_files import Words, load_words
from corpus.text import HAN, fold

_WORDS_FILE = Path(__file__).with_name("measures.yaml")


class MeasureWords(Words):
    """The lists of `measures.yaml`, which says what each is."""

    currencies: tuple[str, ...]
    months: tuple[tuple[str, ...], ...]
    ordinals: tuple[tuple[str, ...], ...]
    running: tuple[str, ...]
    names: tuple[str, ...]
    ignored: tuple[str, ...]
    denials: tuple[str, ...]
    examples: tuple[str, ...]
    growth: tuple[str, ...]
    growth_after: tuple[str, ...]
    below: tuple[str, ...]
    at_most: tuple[str, ...]
    at_least: tuple[str, ...]


@cache
def measure_words() -> MeasureWords:
    """The words.

    Raises:
        CharterError: the file is missing or not valid.
    """
    return load_words(MeasureWords, _WORDS_FILE)


def fold_in_place(text: str) -> str:
    """The text folded character by character, so that places stay true."""
    return "".join(map(_folded, text))


@cache
def _folded(character: str) -> str:
    return fold(character)[:1] or " "


def holds_any(folded: str, names: tuple[str, ...]) -> bool:
    """Whether one of the words stands in a text."""
    return bool(_one_of(names).search(folded))


def is_year(raw: str, after: str) -> bool:
    """Whether a figure is a year: `after` stands behind it."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", raw)) and not money_pattern().match(after)


def is_date(before: str, raw: str, after: str) -> bool:
    """Whether a figure is a day beside its month."""
    if not re.fullmatch(r"\d{1,2}", raw):
        return False
    return bool(_day_pattern().match(after) or re.search(rf"{_month()}\s+$", before))


def read_periods(folded: str, years: Sequence[str]) -> frozenset[str]:
    """The years, each with its month where one stands right before or behind it, and the first month of a range."""
    found = set()
    for year in years:
        month = re.search(rf"(?P<month>{_month()})[\s,]+(?:de[l]?\s+|\d{{1,2}},?\s+)?{year}", folded)
        chinese = re.search(rf"{year}\s*年\s*(?P<month>\d{{1,2}})\s*月", folded)
        number = _months()[month["month"]] if month else int(chinese["month"]) if chinese else 0
        found.add(f"{year}-{number:02}" if number else year)
    if begun := _range_pattern().search(folded):
        found.add(f"-{_months()[begun['month']]:02}")
    if chinese := re.search(r"(\d{1,2})\s*月?\s*[至到-]\s*\d{1,2}\s*月", folded):
        found.add(f"-{int(chinese[1]):02}")
    return frozenset(found)


def read_ordinals(folded: str) -> frozenset[int]:
    """The ordinal numbers, in digits or in words; days of a month are none."""
    digits = re.finditer(
        rf"\b(\d{{1,2}})\s?(?:e|eme|ere|er|re|th|st|nd|rd|[ºª])\b(?!\s+(?:of\s+)?{_month()})|第\s*(\d{{1,2}})", folded
    )
    words = _one_of(tuple(_ordinals())).finditer(folded)
    return frozenset({int(one[1] or one[2]) for one in digits} | {_ordinals()[one.group()] for one in words})


@cache
def money_pattern() -> re.Pattern[str]:
    """A currency right behind a figure."""
    return re.compile(rf"\s*(?:de\s+|d.\s*|of\s+)?(?:(?:{_any(measure_words().currencies)})(?![a-z])|[€$¥])")


@cache
def money_before() -> re.Pattern[str]:
    """A currency right before a figure."""
    return re.compile(r"(?:\b(?:mad|dh|dhs|eur|usd)|[€$¥])\s*$")


@cache
def names_pattern() -> re.Pattern[str]:
    """What makes of the figure behind it a name, as in article 7."""
    spoken, han = (
        [name for name in measure_words().names if bool(HAN.match(name)) is is_han] for is_han in (False, True)
    )
    return re.compile(rf"(?:(?<!\w)(?:{_any(spoken)})[\s.°º:]*|(?:{_any(han)})\s*|\+)$")


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in enumerate(measure_words().months, 1) for name in names}


@cache
def _ordinals() -> dict[str, int]:
    return {name: number for number, names in enumerate(measure_words().ordinals, 1) for name in names}


@cache
def _month() -> str:
    return f"(?:{_any(tuple(_months()))})"


@cache
def _day_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:er|st|nd|rd|th)?\s*(?:of\s+|de\s+)?{_month()}\b|\s*[日号]")


@cache
def _range_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?P<month>{_month()})\s*(?:a|au|to|until|through|-|–|الي)\s+(?:\d{{1,2}}\s+)?{_month()}")


@cache
def _one_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words, any sign for a space between two; a Chinese ordinal is not the beginning of a longer one."""
    ordered = sorted(names, key=len, reverse=True)
    han = [
        name + ("(?![一二三四五六七八九十])" if name.startswith("第") else "") for name in ordered if HAN.search(name)
    ]
    spoken = [re.escape(name).replace(r"\ ", r"\W") for name in ordered if not HAN.search(name)]
    return re.compile("|".join([*(rf"\b{name}\b" for name in spoken), *han]))


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
