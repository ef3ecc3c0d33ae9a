"""The figures of one project are not mixed with those of another, and own money is not taken for the investment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.project_joining import join
from bot.project_reading import ReadProject, read_project_text
from corpus import Language
from corpus.glossary import load_glossary
from corpus.parameters import load_parameters

GLOSSARY = load_glossary()
RATES = load_parameters().on(date(2026, 12, 1)).rates


def read(text: str, language: Language = Language.EN) -> ReadProject:
    return read_project_text(text, language, GLOSSARY)


KNOWN = read("Hotel in Safi, 60 million dirhams, 80 jobs")


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [
        (Language.EN, "15 million dirhams of my own", "0.25"),
        (Language.EN, "15 million of our own", "0.25"),
        (Language.FR, "15 millions de dirhams de ma poche", "0.25"),
        (Language.ES, "pongo 15 millones de mi bolsillo", "0.25"),
        (Language.AR, "عندي 15 مليون درهم ديالي", "0.25"),
        (Language.ZH, "1500万是我自己的钱", "0.25"),
    ],
)
def test_own_money_is_a_share_of_the_known_investment(language: Language, text: str, share: str) -> None:
    joined = join(KNOWN, read(text, language), RATES)
    assert joined.fields["own_funds"].value == Decimal(share)
    assert joined.fields["amount"].value == 60_000_000
    assert joined.questions == ()


def test_own_money_may_be_in_another_currency() -> None:
    joined = join(KNOWN, read("2 million euros of my own"), RATES)
    assert joined.fields["own_funds"].value == 2 * RATES["EUR"].value / 60
    assert (joined.fields["amount"].value, joined.fields["currency"].value) == (60_000_000, "MAD")


def test_own_money_of_unknown_worth_changes_nothing() -> None:
    assert join(KNOWN, read("2 million yen of my own"), RATES).fields == KNOWN.fields


def test_own_money_above_the_whole_is_the_investment() -> None:
    joined = join(KNOWN, read("90 million dirhams of my own"), RATES)
    assert joined.fields["amount"].value == 90_000_000
    assert "own_funds" not in joined.fields


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("the machines are 20 million dirhams of that", 60),
        ("the building costs 90 million dirhams", 90),
        ("we now invest 20 million dirhams", 20),
    ],
)
def test_a_part_of_a_known_investment_does_not_take_its_place(text: str, amount: int) -> None:
    assert join(KNOWN, read(text), RATES).fields["amount"].value == amount * 1_000_000


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.EN, "Plant in Safi, 6 million dirhams of which 2 million are my own, 25 jobs"),
        (Language.FR, "Usine à Safi, 6 millions de dirhams dont 2 millions de fonds propres, 25 emplois"),
        (Language.FR, "Usine à Safi, 6 millions de dirhams, 25 emplois, apport personnel 2 millions"),
        (Language.ZH, "萨菲工厂，600万迪拉姆，25个岗位，自有资金200万"),
    ],
)
def test_own_money_within_a_project_is_its_share(language: Language, text: str) -> None:
    project = read(text, language)
    assert project.fields["amount"].value == 6_000_000
    assert project.fields["own_funds"].value == Decimal(2) / 6
    assert project.fields["jobs"].value == 25


def test_own_money_alone_is_the_investment() -> None:
    project = read("I have 3 million dirhams of my own and want to open a workshop in Safi with 8 people")
    assert project.fields["amount"].value == 3_000_000
    assert "own_funds" not in project.fields


def test_own_funds_alone_are_no_investment() -> None:
    assert "amount" not in read("fonds propres 2 millions de dirhams, atelier à Safi, 10 emplois", Language.FR).fields
