"""The fields of a project from the money, jobs, shares and words that a message names, and what must be asked back of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.amounts import Money
from bot.job_counts import Count
from bot.numerals import Text
from bot.places import find_flags, find_place, find_sectors
from bot.project import SHARES
from bot.shares import Share

if TYPE_CHECKING:
    from corpus.glossary import Glossary

HIGHEST_AMOUNT = Decimal(5) * 10**11  # beyond any project that one firm has announced; rather asked back
MOST_JOBS = 100_000


@dataclass(frozen=True)
class ReadValue:
    """A value of a project's field, and the words it was read from."""

    value: Decimal | int | str | bool
    words: str


@dataclass(frozen=True)
class Question:
    """What must be asked back instead of guessed.

    `code` is `two_amounts`, `unit_unclear`, `currency_unknown`, `unknown_place`, `foreign_place`, `negative`, `absurd` or
    `contradiction:` and a field; `field` is what an answer would fill; `number` the figure whose unit is not clear.
    """

    code: str
    field: str
    words: str = ""
    number: Decimal | None = None


class Reading:
    """Fields and questions while a message is read; `own_money`: its amount is only said to be the asker's own;
    `only_part`: to be that of a part, as the machines.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.fields: dict[str, ReadValue] = {}
        self.questions: list[Question] = []
        self.places: tuple[str, ...] = ()
        self.own_money = False
        self.only_part = False

    @property
    def named(self) -> set[str]:
        """The fields that were read or are asked back."""
        return {*self.fields, *(one.field for one in self.questions)}

    def put(self, name: str, value: Decimal | int | str | bool, words: str) -> None:
        self.fields[name] = ReadValue(value, words)

    def ask(self, code: str, name: str, words: str = "", number: Decimal | None = None) -> None:
        self.questions.append(Question(code, name, words, number))


def read_figures(reading: Reading, money: Sequence[Money], jobs: Sequence[Count], shares: Sequence[Share]) -> None:
    """Puts amounts, jobs and shares among the fields, or asks what is not clear of them."""
    _read_money(reading, money)
    _read_jobs(reading, jobs)
    _read_shares(reading, shares)


def _read_money(reading: Reading, money: Sequence[Money]) -> None:
    owned = [one for one in money if one.own or one.role == "own_funds"]
    whole = [one for one in money if not one.role and one not in owned]
    if not whole and not any(one.role == "part" for one in money):
        whole = [one for one in owned if one.own]
    amounts = _without_parts(_without_conversions(reading.text, whole or [one for one in money if one.role == "part"]))
    for one in money:
        if one.value < 0:
            reading.ask("negative", "amount", reading.text.between(one.start, one.end))
            return
    if len({(one.value, one.currency) for one in amounts}) > 1 and len({one.value for one in amounts}) > 1:
        reading.ask("two_amounts", "amount", " / ".join(reading.text.between(one.start, one.end) for one in amounts))
        currencies = {one.currency for one in amounts if one.currency}
        if len(currencies) == 1:
            reading.put("currency", currencies.pop(), "")
    elif amounts:
        amount = max(amounts, key=lambda one: bool(one.currency))
        _read_amount(reading, amount)
        reading.own_money, reading.only_part = amount.own, amount.part
        if owned and amount not in owned and amount.value:
            _read_own_funds(reading, owned[0], amount)
    for name in ("land", "turnover"):
        _read_side(reading, name, [one for one in money if one.role == name])


def _read_amount(reading: Reading, amount: Money) -> None:
    words = reading.text.between(amount.start, amount.end)
    if amount.currency:
        reading.put("currency", amount.currency, words)
    if amount.value >= HIGHEST_AMOUNT or amount.value == 0:
        reading.ask("absurd", "amount", words)
    elif amount.unclear:
        reading.ask("unit_unclear", "amount", words, amount.value)
    else:
        reading.put("amount", amount.value, words)
    if not amount.currency and not amount.unclear:
        reading.ask("currency_unknown", "currency", words)


def _read_own_funds(reading: Reading, own: Money, amount: Money) -> None:
    """The asker's own money as a share of the investment, if both are in one currency."""
    same = not own.currency or not amount.currency or own.currency == amount.currency
    if same and not own.unclear and not amount.unclear and 0 <= own.value <= amount.value:
        reading.put("own_funds", own.value / amount.value, reading.text.between(own.start, own.end))


def _read_side(reading: Reading, name: str, found: Sequence[Money]) -> None:
    """Land or turnover: the one amount that is said, in the currency of the investment."""
    if not found:
        return
    first, known = found[0], reading.fields.get("currency")
    words = reading.text.between(first.start, first.end)
    if len({one.value for one in found}) > 1:
        reading.ask(f"contradiction:{name}", name, words)
    elif first.unclear and first.currency:
        reading.ask("unit_unclear", name, words, first.value)
    elif known is None or not first.currency or known.value == first.currency:
        reading.put(name, first.value, words)
        amount = reading.fields.get("amount")
        if name == "land" and amount and isinstance(amount.value, Decimal) and first.value > amount.value:
            del reading.fields[name]
            reading.ask("absurd", name, words)
        if known is None and first.currency:
            reading.put("currency", first.currency, words)


def _without_parts(amounts: list[Money]) -> list[Money]:
    """The amount that is called the whole, or is what the others come to; else all of them."""
    totals = [one for one in amounts if one.total]
    if len({one.value for one in totals}) == 1:
        said = {one.currency for one in amounts if one.currency}
        return [replace(one, currency=one.currency or (min(said) if len(said) == 1 else "")) for one in totals]
    largest = max(amounts, key=lambda one: one.value, default=None)
    rest = [one.value for one in amounts if one is not largest]
    return [largest] if largest and len(rest) > 1 and sum(rest) == largest.value else amounts


def _without_conversions(text: Text, amounts: list[Money]) -> list[Money]:
    """The amounts without those that only say the dirhams in another currency: "80 MDH (8 M€)"."""
    dirhams = [one for one in amounts if one.currency == "MAD"]
    if not dirhams or len(amounts) == len(dirhams):
        return amounts
    again = re.compile(
        r"(?:\(|\bsoit|i\.e\.|\babout|environ|约合?|相当于|\bاي|\bo sea|equivale\w*|equivalent to)\s*(?:a |to )?$"
    )
    second = max(amounts, key=lambda one: one.start)
    return dirhams if again.search(text.folded[: second.start]) else amounts


def _read_jobs(reading: Reading, jobs: Sequence[Count]) -> None:
    values = {one.value for one in jobs}
    words = " / ".join(reading.text.between(one.start, one.end) for one in jobs)
    if not values:
        return
    if any(value < 0 for value in values):
        reading.ask("negative", "jobs", words)
    elif len(values) > 1:
        reading.ask("contradiction:jobs", "jobs", words)
    elif (value := values.pop()) >= MOST_JOBS or value != int(value):
        reading.ask("absurd", "jobs", words)
    else:
        reading.put("jobs", int(value), words)


def _read_shares(reading: Reading, shares: Sequence[Share]) -> None:
    for name in SHARES:
        found = [one for one in shares if one.role == name]
        if not found:
            continue
        words = reading.text.between(found[0].start, found[0].end)
        if len({one.value for one in found}) > 1:
            reading.ask(f"contradiction:{name}", name, words)
        elif found[0].value < 0:
            reading.ask("negative", name, words)
        elif found[0].value > 1:
            reading.ask("absurd", name, words)
        else:
            reading.put(name, found[0].value, words)


def read_words(reading: Reading, glossary: Glossary) -> None:
    """Puts the place, the sector and what is said to be so among the fields, or asks what is not clear of them."""
    place = find_place(reading.text, glossary)
    if len(place.provinces) > 1:
        reading.places = tuple(one.name for one in place.provinces)
        reading.ask("contradiction:place", "place", " / ".join(one.words for one in place.provinces))
    elif place.provinces:
        reading.put("place", place.provinces[0].name, place.provinces[0].words)
    elif place.foreign or place.unknown:
        reading.ask("foreign_place" if place.foreign else "unknown_place", "place", place.foreign or place.unknown)
    sectors = find_sectors(reading.text)
    if len(sectors) > 1:
        reading.ask("contradiction:sector", "sector", " / ".join(one.words for one in sectors))
    elif sectors:
        reading.put("sector", sectors[0].name, sectors[0].words)
    for name, words in find_flags(reading.text).items():
        reading.put(name, True, words)
