"""An amount is read in its currency with what it pays."""

import pytest

from bot.amounts import Money, currency_in_clause, find_bare_figure, find_money
from bot.job_counts import find_jobs
from bot.numerals import find_numbers, fold_text
from corpus import Language


def money(text: str, language: str = "fr") -> list[Money]:
    folded = fold_text(text)
    numbers = find_numbers(folded, Language(language))
    taken = [(one.start, one.end) for one in find_jobs(folded, numbers)]
    return find_money(folded, numbers, taken)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("80 MDH", 80_000_000, "MAD"),
        ("MAD 75m", 75_000_000, "MAD"),
        ("7,5 M€", 7_500_000, "EUR"),
        ("$12m", 12_000_000, "USD"),
        ("20 millions de dirhams émiratis", 20_000_000, "AED"),
        ("5000万元人民币", 50_000_000, "CNY"),
        ("10 ملايين ريال سعودي", 10_000_000, "SAR"),
        ("500 مليون سنتيم", 5_000_000, "MAD"),
        ("مليون درهم ونصف", 1_500_000, "MAD"),
        ("60 مليون درهم ونصف العمال نساء", 60_000_000, "MAD"),
        ("un million de dirhams et demi", 1_500_000, "MAD"),
        ("80 millions", 80_000_000, ""),
        ("80 millions de yens", 80_000_000, ""),
    ],
)
def test_an_amount_is_read_in_its_currency(text: str, value: int, currency: str) -> None:
    language = "zh" if "万" in text else "ar" if "ملا" in text or "مل" in text else "fr"
    assert [(one.value, one.currency) for one in money(text, language)] == [(value, currency)]


@pytest.mark.parametrize(
    "text", ["120 chambres", "12 ha", "en 2026", "3 millions de touristes", "20 ans", "investissement 2025"]
)
def test_rooms_areas_years_and_tourists_are_no_money(text: str) -> None:
    assert money(text) == []


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("80 MDH dont 10 MDH de terrain", ["", "land"]),
        ("80 MDH, terrain 10 MDH", ["", "land"]),
        ("chiffre d'affaires de 20 MDH, investir 9 MDH", ["turnover", ""]),
        ("رقم المعاملات ديالنا 15 مليون درهم", ["turnover"]),
        ("الربح المتوقع فايت 100 مليون درهم", ["other"]),
        ("un prêt de 30 MDH", ["other"]),
        ("un salaire de 5000 DH", ["other"]),
        ("80 MDH dont 50 MDH d'équipements", ["", "part"]),
    ],
)
def test_what_an_amount_pays_is_read_beside_it(text: str, roles: list[str]) -> None:
    assert [one.role for one in money(text)] == roles


def test_an_amount_called_the_whole_is_marked_and_what_was_sold_is_none() -> None:
    found = money("vendu notre maison pour 9 MDH ; 2 MDH d'équipement, 30 MDH au total")
    assert [(one.role, one.total) for one in found] == [("other", False), ("part", False), ("", True)]


def test_aid_for_an_amount_asks_about_that_amount() -> None:
    assert [one.role for one in money("quelle aide pour 20 MDH")] == [""]


def test_a_currency_said_alone_is_known() -> None:
    assert currency_in_clause(fold_text("en dirhams"), alone=False) == ("MAD", "dirhams")
    assert currency_in_clause(fold_text("oui"), alone=False) is None


@pytest.mark.parametrize(("text", "code"), [("en euros, et 20 emplois", "EUR"), ("迪拉姆。公司成立一年半", "MAD")])
def test_a_currency_may_be_a_clause_of_a_longer_message(text: str, code: str) -> None:
    found = currency_in_clause(fold_text(text), alone=True)
    assert found
    assert found[0] == code


def test_a_currency_within_a_clause_is_not_alone() -> None:
    assert currency_in_clause(fold_text("la prime est versée en dirhams marocains au Maroc"), alone=True) is None


@pytest.mark.parametrize(("text", "value"), [("conserverie à Safi, 12 000, 30 emplois", 12_000), ("usine : 80", 80)])
def test_a_figure_alone_in_its_clause_is_an_amount_of_unknown_unit(text: str, value: int) -> None:
    folded = fold_text(text)
    found = find_bare_figure(folded, find_numbers(folded, Language.FR), [])
    assert found
    assert (found.value, found.unclear) == (value, True)


@pytest.mark.parametrize("text", ["hôtel de 80 chambres", "ouverture : 2027", "12"])
def test_rooms_years_and_an_answer_of_one_figure_are_no_bare_amount(text: str) -> None:
    folded = fold_text(text)
    assert find_bare_figure(folded, find_numbers(folded, Language.FR), []) is None
