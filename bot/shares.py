"""Shares in a sentence: the percentages and fractions, and of what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.amounts import WINDOW, clause_after
from bot.numeral_words import HAN_DIGITS
from bot.numerals import Number, Text
from bot.wording import forms_of, load_wording, pattern

NEAR = 20
_TENTHS = re.compile("成(?P<ones>[一二三四五六七八九半])?")


@dataclass(frozen=True)
class Share:
    """A share from 0 to 1, of what `role` says."""

    value: Decimal
    role: str
    start: int
    end: int


def find_shares(text: Text, numbers: Sequence[Number]) -> list[Share]:
    """The percentages of the sentence, each with what it is a share of (empty if nothing is named beside it)."""
    shares = []
    for at, number in enumerate(numbers):
        sign = _percent_after().match(text.folded, number.end)
        han = text.folded[: number.start].endswith("百分之")
        tenths = _TENTHS.match(text.folded, number.end)
        if sign or han or tenths:
            start = number.start - 4 * han
            end = max(one.end() if one else number.end for one in (sign, tenths))
            limit = next((one.start for one in numbers[at + 1 :] if one.start >= end), None)
            role = _share_role(text.folded, start, end, limit)
            value = number.value * 10 + HAN_DIGITS.get(tenths["ones"] or "零", 5) if tenths else number.value
            shares.append(Share(value / 100, role, start, end))
    shares.extend(_fractions(text.folded))
    return shares


def _fractions(folded: str) -> list[Share]:
    """The shares that are said in words: half of the payroll for women, a third of the money ourselves."""
    found = []
    for name in load_wording()["fractions"]:
        over, under = map(Decimal, name.split("/"))
        for match in pattern("fractions", name).finditer(folded):
            if own := re.match(rf"[^.,;\d]{{0,{NEAR}}}{forms_of('shares', 'own_funds')}", folded[match.end() :]):
                found.append(Share(over / under, "own_funds", match.start(), match.end() + own.end()))
            elif re.search(rf"{forms_of('shares', 'own_funds')}[\s:占为]*$", folded[: match.start()]):
                found.append(Share(over / under, "own_funds", *match.span()))
            elif women := re.match(rf"[^.,;\d]{{0,40}}{forms_of('shares', 'women_share')}", folded[match.end() :]):
                found.append(Share(over / under, "women_share", match.start(), match.end() + women.end()))
            elif re.search(rf"{forms_of('shares', 'women_share')}[\s:占为]*$", folded[: match.start()]):
                found.append(Share(over / under, "women_share", *match.span()))
    whole = [one for one in found if not any(other.start < one.start < other.end for other in found)]
    return [one for one in whole if not any(one.start == other.start and other.value > one.value for other in whole)]


def _share_role(folded: str, start: int, end: int, limit: int | None) -> str:
    """The nearest name of a share around a percentage, in its clause."""
    best, role = WINDOW + 1, ""
    after = clause_after(folded, end, limit)
    before = folded[max(0, start - WINDOW) : start]
    cut = [match.end() for match in re.finditer(r"[,;。，；،]|\.(?!\d)|\d", before)]
    given = cut and _percent_after().match(
        before[cut[-1] :]
    )  # "20 % own funds 55 % women": the name before is another's
    before = "" if given else before[cut[-1] :] if cut else before
    for name in load_wording()["shares"]:
        if re.match(rf"\s*{forms_of('share_links')}\s*{forms_of('shares', name)}", after):
            return "" if name == "other" else name
        for match in pattern("shares", name).finditer(before):
            best, role = min((best, role), (len(before) - match.end(), name))
        if behind := pattern("shares", name).search(after):
            best, role = min((best, role), (behind.start(), name))
    return "" if role == "other" else role


@cache
def _percent_after() -> re.Pattern[str]:
    return re.compile(rf"\s*{forms_of('percent')}")
