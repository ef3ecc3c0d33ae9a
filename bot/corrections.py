"""What a sentence takes back: "145 jobs, no, better 160"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.amounts import Money
from bot.job_counts import Count
from bot.numerals import Number, Text
from bot.wording import takes_back


def take_back(
    text: Text, numbers: Sequence[Number], jobs: Sequence[Count], money: Sequence[Money]
) -> tuple[list[Count], list[Money]]:
    """The jobs and amounts without those that are taken back; a bare figure that stands instead is of the same kind."""
    counts, amounts = list(jobs), list(money)
    for old, new in pairwise(numbers):
        if not takes_back(text.folded[old.end : new.start]):
            continue
        free = not any(_holds(one, new) for one in counts) and not any(_holds(one, new) for one in amounts)
        for count in [one for one in counts if _holds(one, old)]:
            counts.remove(count)
            counts.extend([replace(count, value=new.value, start=new.start, end=new.end)] if free else [])
        for amount in [one for one in amounts if _holds(one, old)]:
            amounts.remove(amount)
            value = new.value * (old.scale if new.scale == 1 else 1)
            amounts.extend([replace(amount, value=value, start=new.start, end=new.end)] if free else [])
            amounts = [
                replace(one, currency=one.currency or amount.currency) if _holds(one, new) else one for one in amounts
            ]
    return counts, sorted(amounts, key=lambda one: one.start)


def _holds(found: Count | Money, number: Number) -> bool:
    return found.start < number.end and number.start < found.end
