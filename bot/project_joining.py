"""What was known of a plan with what is said of it now: the figures of one project are not mixed with those of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.amounts import UNKNOWN
from bot.numerals import fold_text
from bot.project import DIRHAM
from bot.project_fields import ReadValue
from bot.project_reading import FIGURE, SIZES, ReadProject, merge
from bot.wording import pattern

if TYPE_CHECKING:
    from corpus.rules import Figure

KEPT_BESIDE_A_WHOLE = frozenset({"place", "sector", "new_company"})
SAID_LATER = frozenset({"land", "turnover"})


def join(known: ReadProject | None, said: ReadProject, rates: Mapping[str, Figure]) -> ReadProject:
    """What was known with what is said now; of what was known beside a whole project only where and in which sector it is.

    Args:
        known: what was said before.
        said: what the message says.
        rates: dirhams for one unit of another currency.
    """
    if known is None:
        return said
    said = _in_shares_of(known, _without_part(known, said), rates)
    if said.fields.keys() >= SIZES:
        asked = {"currency"} & {one.field for one in said.questions}
        kept = {name: value for name, value in known.fields.items() if name in KEPT_BESIDE_A_WHOLE | asked}
        known = replace(known, fields=MappingProxyType(kept), questions=())
    if said.more and "jobs" in said.fields.keys() & known.fields.keys():
        more = said.fields["jobs"]
        jobs = ReadValue(int(known.fields["jobs"].value) + int(more.value), more.words)
        said = replace(said, fields=MappingProxyType({**said.fields, "jobs": jobs}))
    return merge(known, _in_currency_of(known, said, rates))


def _without_part(known: ReadProject, said: ReadProject) -> ReadProject:
    """A message without the amount of a part, the machines say, of an investment that is known to be as high at least."""
    whole, part = known.fields.get("amount"), said.fields.get("amount")
    if not said.only_part or whole is None or part is None or Decimal(part.value) > Decimal(whole.value):
        return said
    fields = {name: value for name, value in said.fields.items() if name not in FIGURE}
    return replace(
        said,
        fields=MappingProxyType(fields),
        questions=tuple(one for one in said.questions if one.field not in FIGURE),
    )


def _in_shares_of(known: ReadProject, said: ReadProject, rates: Mapping[str, Figure]) -> ReadProject:
    """Own money said beside a known investment as its share: "I have 2 million of my own" does not make it one of 2 million."""
    whole, own = known.fields.get("amount"), said.fields.get("amount")
    if not said.own_money or whole is None or own is None:
        return said
    fields = {name: value for name, value in said.fields.items() if name not in FIGURE}
    ours, theirs = known.fields.get("currency"), said.fields.get("currency")
    worth = [_worth(str(one.value), rates) for one in (theirs, ours) if one and theirs] or [Decimal(1), Decimal(1)]
    if len(worth) == 2 and all(worth) and not pattern("currencies", UNKNOWN).search(fold_text(own.words).folded):
        share = Decimal(own.value) * worth[0] / (Decimal(whole.value) * worth[1])
        if share > 1:
            return said  # who puts in more than the investment invests that much
        fields["own_funds"] = ReadValue(share, own.words)
    asked = tuple(one for one in said.questions if one.field != "currency")
    return replace(said, fields=MappingProxyType(fields), questions=asked)


def _in_currency_of(known: ReadProject, said: ReadProject, rates: Mapping[str, Figure]) -> ReadProject:
    """Land and turnover that are said later in another currency than the investment, in that of the investment."""
    ours, theirs = known.fields.get("currency"), said.fields.get("currency")
    if ours is None or theirs is None or ours.value == theirs.value:
        return said
    if "amount" in said.fields or "amount" not in known.fields:
        return said
    fields = {name: value for name, value in said.fields.items() if name != "currency"}
    worth = _worth(str(theirs.value), rates), _worth(str(ours.value), rates)
    for name in fields.keys() & SAID_LATER:
        if all(worth):
            fields[name] = replace(fields[name], value=Decimal(fields[name].value) * worth[0] / worth[1])
        else:
            del fields[name]
    return replace(said, fields=MappingProxyType(fields))


def _worth(currency: str, rates: Mapping[str, Figure]) -> Decimal:
    """Dirhams for one unit of a currency, 0 if that is not known."""
    if currency == DIRHAM:
        return Decimal(1)
    return rates[currency].value if currency in rates else Decimal(0)
