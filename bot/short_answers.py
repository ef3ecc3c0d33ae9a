"""A few words said after an estimate: the answer to what it asks last, or one of its figures put right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import cache

from bot.amounts import Money, bound_after, currency_after, find_money, is_replaced
from bot.estimate import Fact
from bot.job_counts import people_after
from bot.numerals import Number, Text, find_numbers, fold_text
from bot.phrasing import asks
from bot.project import MONEY, SHARES
from bot.project_fields import ReadValue
from bot.shares import find_shares
from bot.wording import forms_of, load_wording, pattern
from corpus.document import Language

MOST_WORDS = 8
FEW_WORDS = 2  # before a bare number
MOST_AROUND = 24
WHOLE = Decimal(1)
YES_OR_NO = frozenset(
    {Fact.STRATEGIC_CRITERION, Fact.PRIORITY_ACTIVITY, Fact.FUTURE_JOB, Fact.SUSTAINABILITY, Fact.PUBLIC_LAND}
)
COUNTED = frozenset({*SHARES, *MONEY, Fact.JOBS, Fact.NEW_COMPANY})
_QUESTION_MARK = re.compile(r"[?？؟]")
_MARKS = r"[^\w%٪/]*"
_SCALES = (WHOLE, Decimal(1_000), Decimal(1_000_000), Decimal(10**9))


class Unsaid(StrEnum):
    """Why a reply to an estimate gives it nothing to reckon with."""

    UNKNOWN = "unknown"
    LIMIT = "limit"


def asks_by_itself(text: str) -> bool:
    """Whether a message asks something besides what it replies: the words of "no, it is not" and "أكثر من النصف" ask nothing."""
    rest = fold_text(text).folded
    for names in (("replies", "unknown"), ("replies", "tails"), ("bounds",)):
        rest = pattern(*names).sub(" ", rest)
    return _QUESTION_MARK.search(text) is not None or asks(rest)


def read_answer(
    text: str, language: Language, asked: Fact | None, young: Decimal, known: Mapping[str, ReadValue]
) -> dict[str, ReadValue]:
    """The field that a short message gives as the answer to the last question of an estimate, with the currency it names; empty if
    it gives none, or only a limit ("less than 30%").

    Args:
        text: the message.
        language: its language.
        asked: what the estimate asked for.
        young: below this age, in years, a company counts as new.
        known: what is known of the project: own funds may be told as an amount of the investment.
    """
    folded = fold_text(text)
    numbers = find_numbers(folded, language)
    if asked is None or len(folded.folded.split()) > MOST_WORDS or _is_vague(folded, numbers, asked):
        return {}
    value: Decimal | int | bool | None = None
    money = _money(folded, numbers, asked)
    if asked in SHARES:
        value = _own_share(money, known) if asked is Fact.OWN_FUNDS and money else _share(folded, numbers)
    elif asked in MONEY:
        value = money.value if money else Decimal(0) if asked is Fact.LAND and _replies("no", folded) else None
    elif asked is Fact.JOBS:
        value = _bare(folded, numbers)
    elif asked is Fact.NEW_COMPANY:
        value = _is_young(folded, numbers, young)
    elif asked in YES_OR_NO:
        value = False if _replies("no", folded) else True if _replies("yes", folded) else None
    if value is None:
        return {}
    named = {"currency": money.currency} if asked in MONEY and money and money.currency else {}
    return {name: ReadValue(one, folded.written) for name, one in {asked.value: value, **named}.items()}


def read_unsaid(text: str, language: Language, asked: Fact) -> Unsaid | None:
    """Whether a short message replies to the last question of an estimate that it is not known yet, or only within limits."""
    folded = fold_text(text)
    if len(folded.folded.split()) > MOST_WORDS:
        return None
    numbers = find_numbers(folded, language)
    figure = bool(numbers or _fractions(folded))
    if pattern("replies", "unknown").search(folded.folded):
        return Unsaid.LIMIT if figure else Unsaid.UNKNOWN
    return Unsaid.LIMIT if figure and asked in COUNTED and _is_limit(folded, numbers) else None


def read_correction(text: str, language: Language, known: Mapping[str, ReadValue]) -> dict[str, ReadValue]:
    """The known field of which a message says another figure: "22 instead of 8", "I said 7, not 4"; `known` has the old ones. Empty
    if the old figure is that of no field, or of two.
    """
    folded = fold_text(text)
    swap = _swap(folded, find_numbers(folded, language))
    if swap is None or len(folded.folded.split()) > MOST_WORDS:
        return {}
    old, new = swap
    found: dict[str, Decimal | int] = {}
    if "jobs" in known and old.value == known["jobs"].value and new.value == int(new.value):
        found["jobs"] = int(new.value)
    for scale in _SCALES if old.scale == 1 else (WHOLE,):
        if "amount" in known and old.value * scale == known["amount"].value:
            found["amount"] = new.value * (scale * old.scale if new.scale == 1 else 1)
    return {name: ReadValue(value, folded.written) for name, value in found.items()} if len(found) == 1 else {}


def _swap(text: Text, numbers: Sequence[Number]) -> tuple[Number, Number] | None:
    """The old number and the one that takes its place, where a message names two and neither counts anything else."""
    if len(numbers) != 2 or not re.fullmatch(rf"{_unit()}{_MARKS}", text.folded[numbers[1].end :]):
        return None
    first, second = numbers
    before = text.folded[max(0, first.start - MOST_AROUND) : first.start]
    between = text.folded[first.end : second.start]
    gap, article = f"{_unit()}{_MARKS}", f"(?:(?:les|the|las|los|de|d){_MARKS})?"
    if re.fullmatch(rf"{gap}(?:{forms_of('instead')}|no){_MARKS}{article}", between):
        return second, first
    replaced = is_replaced(before) or re.search(r"(?:^|[,;،，])\s*no\s*$", before)
    if replaced and re.fullmatch(rf"{gap}{forms_of('replies', 'but')}?{_MARKS}", between):
        return first, second
    return None


def _is_vague(text: Text, numbers: Sequence[Number], asked: Fact) -> bool:
    """Whether a message says that it is not known, or a limit, or speaks of another share or of the investment itself."""
    others: list[tuple[str, ...]] = [("replies", "unknown")]
    others += [("shares", "other")] if asked in SHARES else []
    others += [("invest",)] if asked in MONEY or asked is Fact.OWN_FUNDS else []
    return _is_limit(text, numbers) or any(pattern(*names).search(text.folded) for names in others)


def _is_limit(text: Text, numbers: Sequence[Number]) -> bool:
    """Whether what is said is the end of a range, as in "less than half" and "30% or more"."""
    if pattern("bounds").search(text.folded):
        return True
    return any(bound_after().search(text.folded, one.end) for one in numbers)


def _fractions(text: Text) -> list[Decimal]:
    """The shares said in words."""
    named = [name for name in load_wording()["fractions"] if pattern("fractions", name).search(text.folded)]
    return [Decimal(name[0]) / Decimal(name[-1]) for name in named]


def _share(text: Text, numbers: Sequence[Number]) -> Decimal | None:
    """The one share that is said: in percent, in words ("half"), or a bare number of a hundred."""
    said = {one.value for one in find_shares(text, numbers)}
    if not said and (fractions := _fractions(text)):
        said = {max(fractions)}  # "two thirds" holds "third"
    if not said and (bare := _bare(text, numbers)) is not None:
        said = {Decimal(bare) / 100}
    if not said and (_replies("no", text) or _replies("none", text)):
        said = {Decimal(0)}
    if not said and _replies("all", text):
        said = {WHOLE}
    value = said.pop() if len(said) == 1 else None
    return value if value is not None and 0 <= value <= 1 else None


def _money(text: Text, numbers: Sequence[Number], asked: Fact) -> Money | None:
    """The one amount of money that is said, if it may pay what was asked for: a loan or a profit is neither."""
    found = find_money(text, numbers, [])
    if len(found) != 1 or found[0].role not in ("", asked.value) or found[0].unclear or found[0].value < 0:
        return None
    return found[0] if asked is Fact.OWN_FUNDS or not found[0].own else None


def _own_share(money: Money, known: Mapping[str, ReadValue]) -> Decimal | None:
    """The share of the known investment that an amount in the same currency is."""
    if "amount" not in known or "currency" not in known or money.currency not in ("", known["currency"].value):
        return None
    whole = Decimal(known["amount"].value)
    return money.value / whole if money.value <= whole else None


def _only(numbers: Sequence[Number]) -> int | None:
    """The one whole number that is said."""
    if len(numbers) != 1 or numbers[0].negative or numbers[0].value != int(numbers[0].value):
        return None
    return int(numbers[0].value)


def _bare(text: Text, numbers: Sequence[Number]) -> int | None:
    """The one whole number that is said, behind few words and alone or with "people" behind it; a year is none."""
    value = _only(numbers)
    if value is None or 1900 <= value <= 2100:
        return None
    people = people_after().match(text.folded, numbers[0].end)
    rest = text.folded[people.end() if people else numbers[0].end :]
    words = re.findall(r"[\u4e00-\u9fff]{1,2}|[^\W\d_\u4e00-\u9fff]+", text.folded[: numbers[0].start])
    return value if len(words) <= FEW_WORDS and not re.search(r"\w", rest) else None


def _is_young(text: Text, numbers: Sequence[Number], young: Decimal) -> bool | None:
    """Whether the age that is said is that of a new company: "brand new", "18 months"; a year of foundation is no age."""
    if _replies("new", text):
        return True
    if (age := _only(numbers)) is None:
        return None
    if pattern("replies", "months").match(text.folded, numbers[0].end):
        return age < young * 12
    years = pattern("replies", "years").match(text.folded, numbers[0].end)
    return age < young if years or _bare(text, numbers) is not None else None


def _replies(name: str, text: Text) -> bool:
    """Whether a message is a reply of that kind, alone or before a comma: "no", not "no building yet"."""
    return re.match(rf"\W*{forms_of('replies', name)}\s*(?:$|[.,;:!?،؛。])", text.folded) is not None


@cache
def _unit() -> str:
    """What may stand right behind a number of jobs or money that is put right: a currency, people, or nothing."""
    return rf"(?:{currency_after().pattern}|{people_after().pattern}|\s*[个名人])?"
