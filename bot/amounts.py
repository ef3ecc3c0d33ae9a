"""Money in a sentence: which amount is the investment, and what the others pay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from bot.numerals import Number, Text
from bot.wording import forms_of, load_wording, pattern

_CLAUSE = re.compile(r"[,;()。，；、،؛\n]|\.(?!\d)|:(?=\s*$)")
_AREA = re.compile(r"\s*(?:ha|hectares?|hectareas?|m2|هكتارات|هكتارا?|公顷|亩|平方米)(?![a-z])")
_AID_FOR = re.compile(r"\b(?:pour|for|para)\b")  # "what aid for 20 million": the investment, not the aid
_UNIT_IS_CLEAR = 100_000
_PLAINLY_MONEY = 1_000_000  # a project has no such number of anything else
UNKNOWN = "?"
_PARENT_NEAR = 25
WINDOW = 38
NEAR = 20


@dataclass(frozen=True)
class Money:
    """An amount in its currency (empty if none is said); `role` is what it pays, empty for the investment.

    `total`: it is called the whole. `own`: it is said to be the asker's own money. `part`: it pays a part, or one is named before
    it. `bounded`: it stands behind "more than" and the like. `unclear`: the amount is small, and neither million nor thousand is
    said.
    """

    value: Decimal
    currency: str
    start: int
    end: int
    role: str = ""
    bounded: bool = False
    unclear: bool = False
    total: bool = False
    own: bool = False
    part: bool = False


def is_replaced(before: str) -> bool:
    return bool(re.search(rf"{forms_of('instead')}\s*(?:les |the |las |los |de |d')?$", before))


def find_money(text: Text, numbers: Sequence[Number], taken: Sequence[tuple[int, int]]) -> list[Money]:
    """The amounts of money in the sentence; `taken` are the stretches that count something else."""
    found: list[Money] = []
    for at, number in enumerate(numbers):
        if any(start < number.end and number.start < end for start, end in taken):
            continue
        limit = numbers[at + 1].start if at + 1 < len(numbers) else None
        money = _money(text, number, found[-1].end if found else 0)
        if money is None or is_replaced(text.folded[max(0, money.start - 30) : money.start]):
            continue
        begun = max((one.end for one in numbers[:at] if not _AREA.match(text.folded, one.end)), default=0)
        role = _money_role(text.folded, money, max(begun, found[-1].end if found else 0), limit)
        found.extend(_lower_amount(text, numbers, at, number, replace(money, role=role), taken))
        own = role in ("", "part") and _is_own(text.folded, money, limit)
        part = role == "part" or (not role and _is_near_part(text.folded, money))
        found.append(replace(money, role=role, total=_is_total(text.folded, money), own=own, part=part))
    return found


def _is_total(folded: str, money: Money) -> bool:
    """Whether the amount is called the whole: "3 million in total"."""
    before = re.search(
        rf"{forms_of('totals_before')}[^\d,.;،，。；]{{0,20}}$", folded[max(0, money.start - 40) : money.start]
    )
    return bool(before or re.match(rf"\s*{forms_of('totals_after')}", folded[money.end :]))


def _is_own(folded: str, money: Money, limit: int | None) -> bool:
    """Whether the amount is said to be the asker's own money: "2 million of my own"."""
    return re.match(rf"[\s(]*{forms_of('own_money')}", folded[money.end : limit]) is not None


def _is_near_part(folded: str, money: Money) -> bool:
    """Whether a part of a project is named before the amount in its clause: "the machines are 3 million"."""
    near = rf"{forms_of('roles', 'part')}[^.,;:،؛，。\d]{{0,{NEAR}}}$"
    return re.search(near, folded[max(0, money.start - WINDOW) : money.start]) is not None


def _money(text: Text, number: Number, free: int) -> Money | None:
    """The number as money, if a currency, a scale or the words before it say so."""
    folded = text.folded
    behind, before = currency_after().match(folded, number.end), folded[free : number.start]
    code = _code_before().search(before)
    currency = number.currency or _currency_of(behind.group("cur") if behind else code.group("cur") if code else "")
    end = behind.end() if behind and not number.currency else number.end
    big = number.scale >= 1_000_000 or (number.scale % 10_000 == 0)
    invested = re.search(rf"{forms_of('invest')}[^.;,،，\d]{{0,22}}$", before[-40:]) is not None
    if not currency and (_counted_after().match(folded, number.end) or not (big or invested)):
        return None
    if currency != "MAD" and number.scale == 1 and 1900 <= number.value <= 2100:
        return None
    if number.value == number.scale and re.search(r"(?:\b(?:par|per|por|chaque|each|cada)|لكل|كل|每)\s*$", before):
        return None
    if not currency and not big and (number.value < 10_000 and not re.search(_INVESTED_NOW(), before)):
        return None
    value = number.value
    if number.scale >= 1_000 and end > number.end and (half := _and_a_half().match(folded, end)):
        value, end = value + number.scale / 2, half.end()  # "a million dirhams and a half"
    value = value / 100 if currency == "CENT" else value
    currency = "MAD" if currency == "CENT" else currency
    unclear = number.scale == 1 and 0 < value < _UNIT_IS_CLEAR and currency in ("MAD", "")
    bounded = bool(bound_before().search(folded[: number.start]) or bound_after().match(folded, end))
    return Money(
        value, currency, code.start() + free if code and not behind else number.start, end, "", bounded, unclear
    )


def _INVESTED_NOW() -> str:  # noqa: N802
    return rf"{forms_of('invest')}\s*(?:de |d'|of |total |est |is |b |ب)?$"


def _lower_amount(
    text: Text, numbers: Sequence[Number], at: int, number: Number, money: Money, taken: Sequence[tuple[int, int]]
) -> list[Money]:
    """The 50 of "50 to 80 million"."""
    if not at or any(start < numbers[at - 1].end and numbers[at - 1].start < end for start, end in taken):
        return []
    earlier = numbers[at - 1]
    if earlier.scale != 1 or not is_range(text.folded[earlier.end : number.start]):
        return []
    value = earlier.value * number.scale if number.scale > 1 else earlier.value
    return [replace(money, value=value, start=earlier.start, end=earlier.end)] if value != money.value else []


def is_range(between: str) -> bool:
    return bool(re.fullmatch(rf"\s*{forms_of('range')}\s*", between)) and "." not in between


def _money_role(folded: str, money: Money, begun: int, limit: int | None) -> str:
    """What the amount pays, from the words beside it in its clause; `part` where it is a part of another amount."""
    after = clause_after(folded, money.end, limit)
    before = folded[max(begun, money.start - WINDOW) : money.start]
    links = rf"(?:[\s:='’(]|\d+(?:[.,]\d+)?{_AREA.pattern}|{forms_of('links')})*"
    sold = re.search(rf"{forms_of('sold')}[^.;!?\d]{{0,40}}$", folded[max(0, money.start - 60) : money.start])
    if sold and not pattern("invest").search(sold.group()):
        return "other"
    for role in ("land", "turnover", "own_funds", "other"):
        said = re.search(rf"{forms_of('roles', role)}(?P<links>{links})$", before)
        if said and not (role == "other" and _AID_FOR.search(said["links"])):
            return _own_role(role, said.group())
    if re.search(rf"{forms_of('invest')}{links}$", before) and not re.match(
        rf"{links}{forms_of('roles', 'land')}", after
    ):
        return ""
    for role in ("land", "turnover", "own_funds", "other"):
        match = re.match(rf"{links}{forms_of('roles', role)}", after)
        if match and not re.match(r"\s*(?:on|sur|en|in|dans|sobre)\b", after):
            return _own_role(role, after[: match.end() + _PARENT_NEAR])
    if re.search(rf"{forms_of('parts')}\s*$", before) or re.match(rf"{links}{forms_of('roles', 'part')}", after):
        return "part"
    return "part" if re.search(rf"{forms_of('roles', 'part')}{links}$", before) else ""


def _own_role(role: str, words: str) -> str:
    """The role; a turnover that is called the parent company's is none of the project's amounts."""
    return "other" if role == "turnover" and pattern("roles", "parents").search(words) else role


def clause_after(folded: str, end: int, limit: int | None) -> str:
    """What stands behind a figure in its clause, up to the next one at `limit`."""
    after = folded[end : min(end + WINDOW, len(folded) if limit is None else limit)]
    cut = _CLAUSE.search(after)
    return after[: cut.start()] if cut else after


def currency_in_clause(text: Text, *, alone: bool) -> tuple[str, str] | None:
    """The currency that the sentence names without an amount, and its words; `alone`: a clause must hold nothing else."""
    shape = rf"(?:^|[,.;:!，。；،\n])\s*(?:{forms_of('currency_links')}\s*){{0,3}}(?P<cur>{_currencies()})\s*(?=$|[,.;!，。；،\n])"
    found = re.search(shape if alone else f"(?P<cur>{_currencies()})", text.folded)
    if not found or not (code := _currency_of(found["cur"])):
        return None
    return "MAD" if code == "CENT" else code, text.between(*found.span("cur"))


def find_bare_figure(
    text: Text, numbers: Sequence[Number], taken: Sequence[tuple[int, int]], *, keywords: bool = False
) -> Money | None:
    """A figure that stands alone in its clause: "a cannery in Safi, 12 000"; an amount whose unit is not said.

    `keywords`: the message is hardly more than a sector and a place, so that the figure may stand at their end ("hotel Safi 80").
    """
    for number in numbers:
        if any(start < number.end and number.start < end for start, end in taken):
            continue
        if is_replaced(text.folded[: number.start]):
            continue
        marks = rf"(?:[,;:،，；。(—–-]|{forms_of('links')}{'| ' if keywords else ''})\s*$"
        before = re.search(marks, text.folded[: number.start])
        behind = re.match(r"\s*(?:[,;?،，；。؟)]|\.?\s*$)", text.folded[number.end :])
        if (
            behind
            and (before or number.value >= _PLAINLY_MONEY)
            and number.value > 0
            and not 1900 <= number.value <= 2100
        ):
            return Money(number.value, "", number.start, number.end, unclear=number.value < _UNIT_IS_CLEAR)
    return None


def _currency_of(word: str) -> str:
    """The code of a currency, `CENT` for a hundredth of a dirham, empty for none or one that is not known."""
    for code in load_wording()["currencies"]:
        if word and pattern("currencies", code).fullmatch(word.strip()):
            return "" if code == UNKNOWN else str(code)
    return ""


@cache
def _currencies() -> str:
    return f"(?:{'|'.join(forms_of('currencies', code) for code in load_wording()['currencies'])})"


@cache
def currency_after() -> re.Pattern[str]:
    """A currency right behind a number."""
    return re.compile(
        rf"[\s-]*(?:de |des |d'|of |d |dyal |dial |ديال |د |في |en |in )?(?:el |le |la )?(?P<cur>{_currencies()})"
    )


@cache
def _and_a_half() -> re.Pattern[str]:
    """A half behind an amount that is not the half of something else: "60 million dirhams, and half of the workers"."""
    alone = r"(?=\s*(?:$|[.,;:!?،؟؛])|\s+(?:و|في |ف|(?:and|with|in|et|avec|a|y|con|en) ))"
    return re.compile(rf"\s*{forms_of('and_a_half')}{alone}")


@cache
def _code_before() -> re.Pattern[str]:
    return re.compile(rf"(?P<cur>{forms_of('codes_before')})\s*$")


@cache
def _counted_after() -> re.Pattern[str]:
    counted = f"(?:{forms_of('not_money')}|{forms_of('jobs', 'nouns')})"
    word = "(?!(?:in|en|dans|for|pour|on|sur|at|by|to|over) )[a-z]+ "
    return re.compile(rf"\s*(?:de |d'|of |los |les )?(?:{word})?{counted}|\s*(?:多|余)?(?:个|名)?{counted}")


@cache
def bound_before() -> re.Pattern[str]:
    return re.compile(rf"{forms_of('bounds')}\s*(?:de |the |des |los |les |mad |dh |€ ?|\$ ?|d'|ال)?$")


@cache
def bound_after() -> re.Pattern[str]:
    return re.compile(rf"\s*{forms_of('bounds_after')}")
