"""One project at several places: said once where it is the same, by place where it differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.estimate_places import describe_places
from bot.estimate_text import describe
from bot.incentives import Project, estimate
from bot.statements import Kind, Statement
from corpus import Language
from corpus.parameters import load_parameters

RULES = load_parameters().on(date(2026, 11, 1))
HOTEL = Project(amount=Decimal(80_000_000), jobs=130, sector="tourism", women_share=Decimal("0.35"))


def told(*places: str, language: Language = Language.EN) -> tuple[Statement, ...]:
    projects = [replace(HOTEL, place=place) for place in places]
    return describe_places(projects, [estimate(project, RULES) for project in projects], language)


@pytest.mark.parametrize("language", Language)
def test_one_place_is_told_as_ever(language: Language) -> None:
    project = replace(HOTEL, place="safi")
    assert told("safi", language=language) == describe(project, estimate(project, RULES), language)


@pytest.mark.parametrize("language", Language)
def test_places_alike_differ_only_in_what_names_them(language: Language) -> None:
    kinds = [one.kind for one in told("safi", "essaouira", language=language)]
    assert kinds.count(Kind.TOTAL) == kinds.count(Kind.CAP) == kinds.count(Kind.CONFIRM) == 1
    assert kinds.count(Kind.PREMIUM) == [one.kind for one in told("safi", language=language)].count(Kind.PREMIUM) + 1


@pytest.mark.parametrize("language", Language)
def test_places_that_differ_have_a_total_each_and_one_question(language: Language) -> None:
    statements = told("safi", "marrakech", language=language)
    names = [RULES.territories[place].names[language] for place in ("safi", "marrakech")]
    totals = [one.text for one in statements if one.kind is Kind.TOTAL]
    assert [name in text for name, text in zip(names, totals, strict=True)] == [True, True]
    assert [one.kind for one in statements].count(Kind.ASK) == 1
    assert all(name in statements[0].text for name in names)
    order = list(Kind)
    assert [order.index(one.kind) for one in statements] == sorted(order.index(one.kind) for one in statements)
