"""One project at several places in words: what holds at all of them is said once, what differs for each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from bot.estimate import Estimate, Exchange, Fact
from bot.estimate_amounts import Amounts
from bot.estimate_text import Teller
from bot.project import Project
from bot.statements import Kind, Statement
from corpus import Language
from corpus.parameters import load_parameters

SAID_ONCE = frozenset({Kind.ASK})


def describe_places(
    projects: Sequence[Project],
    made: Sequence[Estimate],
    language: Language,
    *,
    exchange: Exchange | None = None,
    left_open: Collection[Fact] = frozenset(),
) -> tuple[Statement, ...]:
    """What the estimates of one project say, in reading order.

    Args:
        projects: the same project at each of its places, at least one.
        made: their estimates, in the same order.
        language: the language of the sentences.
        exchange: the rate by which the amounts were turned into dirhams.
        left_open: what the asker does not know, and is not asked again.
    """
    amounts, rules = Amounts(language), load_parameters().on(made[0].day)
    tellers = [Teller(project, one, rules, amounts, left_open) for project, one in zip(projects, made, strict=True)]
    names = [teller.name_of("place") for teller in tellers]
    understood = tellers[0].understood(exchange, amounts.words.separator.join(filter(None, names)))
    return (*understood, *(tellers[0].tell() if len(tellers) == 1 else _merged(tellers, names, amounts)))


def _merged(tellers: Sequence[Teller], names: Sequence[str], amounts: Amounts) -> Iterator[Statement]:
    """Kind by kind, first what is the same everywhere; what is to be confirmed for any of the places is said once."""
    told = [tuple(teller.tell()) for teller in tellers]
    at_place = amounts.words.says["at_place"]
    for kind in Kind:
        if kind is Kind.CONFIRM:
            yield from tellers[0].confirm(dict.fromkeys(code for teller in tellers for code in teller.to_confirm()))
            continue
        own = [[one for one in statements if one.kind is kind] for statements in told]
        everywhere = set.intersection(*({one.text for one in statements} for statements in own))
        yield from (one for one in own[0] if one.text in everywhere or kind in SAID_ONCE)
        for name, statements in zip(names, own, strict=True) if kind not in SAID_ONCE else ():
            for one in statements:
                if one.text not in everywhere:
                    yield replace(one, text=at_place.format(place=name, text=one.text), listed=True)
