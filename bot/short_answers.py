"""A few words said after an estimate: the answer to what it asks last, or one of its figures put right."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from bot.amounts import Money, find_money
from bot.estimate import Fact
from bot.job_counts import people_after
from bot.numerals import Number, Text, find_numbers, fold_text
from bot.project import MONEY, SHARES
from bot.project_fields import ReadValue
from bot.shares import find_shares
from bot.wording import forms_of, load_wording, pattern
from corpus.document import Language

MOST_WORDS = 8
MOST_BETWEEN = 24
OLDEST = 1_000  # years
WHOLE = Decimal(1)
YES_OR_NO = frozenset(
    {Fact.STRATEGIC_CRITERION, Fact.PRIORITY_ACTIVITY, Fact.FUTURE_JOB, Fact.SUSTAINABILITY, Fact.PUBLIC_LAND}
)
_SCALES = (WHOLE, Decimal(1_000), Decimal(1_000_000), Decimal(10**9))


def read_answer(
    text: str, language: Language, asked: Fact | None, young: Decimal, known: Mapping[str, ReadValue]
) -> dict[str, ReadValue]:
    """The field that a short message gives as the answer to the last question of an estimate, with the currency it names; empty if
    it gives none.

    Args:
        text: the message.
        language: its language.
        asked: what the estimate asked for.
        young: below this age, in years, a company counts as new.
        known: what is known of the project: own funds may be told as an amount of the investment.
    """
    folded = fold_text(text)
    numbers = find_numbers(folded, language)
    if asked is None or len(folded.folded.split()) > MOST_WORDS or pattern("replies", "unknown").search(folded.folded):
        return {}
    value: Decimal | int | bool | None = None
    money = _money(folded, numbers)
    if asked in SHARES:
        value = _own_share(money, known) if asked is Fact.OWN_FUNDS and money else _share(folded, numbers)
    elif asked in MONEY:
        value = money.value if money else Decimal(0) if asked is Fact.LAND and _says_no(folded) else None
    elif asked is Fact.JOBS:
        value = _bare(folded, numbers)
    elif asked is Fact.NEW_COMPANY:
        value = _is_young(folded, numbers, young)
    elif asked in YES_OR_NO:
        value = False if _says_no(folded) else True if _starts("yes", folded) else None
    if value is None:
        return {}
    named = {"currency": money.currency} if asked in MONEY and money and money.currency else {}
    return {name: ReadValue(one, folded.written) for name, one in {asked.value: value, **named}.items()}


def read_correction(text: str, language: Language, known: Mapping[str, ReadValue]) -> dict[str, ReadValue]:
    """The known fields of which a message says another figure: "22 instead of 8", "I said 7, not 4"; `known` has the old ones."""
    folded = fold_text(text)
    for old, new in _swaps(folded, find_numbers(folded, language)):
        scales = [new.scale] if new.scale > 1 else _SCALES
        for name in ("jobs", "amount"):
            for scale in scales if name == "amount" else (WHOLE,):
                if name in known and Decimal(known[name].value) == old.value * (scale if old.scale == 1 else 1):
                    value = new.value * (scale if new.scale == 1 else 1)
                    if name == "amount" or value == int(value):
                        return {name: ReadValue(int(value) if name == "jobs" else value, folded.written)}
    return {}


def _swaps(text: Text, numbers: Sequence[Number]) -> list[tuple[Number, Number]]:
    """The pairs of an old number and the one that takes its place."""
    found = []
    for first, second in pairwise(numbers):
        between = text.folded[first.end : second.start]
        if len(between) > MOST_BETWEEN:
            continue
        if _instead().search(between):
            found.append((second, first))
        elif _instead().search(text.folded[max(0, first.start - MOST_BETWEEN) : first.start]):
            found.append((first, second))
    return found


def _share(text: Text, numbers: Sequence[Number]) -> Decimal | None:
    """The one share that is said: in percent, in words ("half"), or a bare number of a hundred."""
    said = {one.value for one in find_shares(text, numbers)}
    fractions = [name for name in load_wording()["fractions"] if pattern("fractions", name).search(text.folded)]
    if not said and fractions:
        said = {max(Decimal(name[0]) / Decimal(name[-1]) for name in fractions)}  # "two thirds" holds "third"
    if not said and (bare := _bare(text, numbers)) is not None:
        said = {Decimal(bare) / 100}
    if not said and (_says_no(text) or _starts("none", text)):
        said = {Decimal(0)}
    if not said and pattern("replies", "all").search(text.folded):
        said = {WHOLE}
    value = said.pop() if len(said) == 1 else None
    return value if value is not None and 0 <= value <= 1 else None


def _money(text: Text, numbers: Sequence[Number]) -> Money | None:
    """The one amount of money that is said."""
    found = find_money(text, numbers, [])
    return found[0] if len(found) == 1 and not found[0].unclear and found[0].value >= 0 else None


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
    """The one whole number that is said, alone at the end of the message or with "people" behind it."""
    if not numbers:
        return None
    people = people_after().match(text.folded, numbers[-1].end)
    rest = text.folded[people.end() if people else numbers[-1].end :]
    return None if re.search(r"\w", rest) else _only(numbers)


def _is_young(text: Text, numbers: Sequence[Number], young: Decimal) -> bool | None:
    """Whether the age that is said is that of a new company: "brand new", "18 months"; a year of foundation is no age."""
    if pattern("replies", "new").search(text.folded):
        return True
    age = _only(numbers)
    if age is None or age >= OLDEST:
        return None
    months = pattern("replies", "months").match(text.folded, numbers[0].end)
    return age < (young * 12 if months else young)


def _says_no(text: Text) -> bool:
    return _starts("no", text)


def _starts(name: str, text: Text) -> bool:
    """Whether a message is a reply of that kind, alone or before a comma: "no", not "no building yet"."""
    return re.match(rf"\W*{forms_of('replies', name)}\s*(?:$|[.,;:!?،؛。])", text.folded) is not None


@cache
def _instead() -> re.Pattern[str]:
    """What stands right before the number that no longer holds."""
    return re.compile(rf"(?:{forms_of('instead')}|[,;(،，]\s*no\b)\s*(?:les |the |las |los |de |d'|by |par )?$")
