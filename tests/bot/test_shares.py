"""A share is read with what it is a share of."""

from decimal import Decimal

import pytest

from bot.numerals import find_numbers, fold_text
from bot.shares import find_shares
from corpus import Language


@pytest.mark.parametrize(
    ("language", "text", "role"),
    [
        ("fr", "35 % de femmes", "women_share"),
        ("zh", "本地化率百分之四十五", "local_integration"),
        ("es", "fondos propios del 15 por ciento", "own_funds"),
        ("fr", "une hausse de 12 %", ""),
    ],
)
def test_a_share_is_of_what_is_named_nearest(language: str, text: str, role: str) -> None:
    folded = fold_text(text)
    assert [one.role for one in find_shares(folded, find_numbers(folded, Language(language)))] == [role]


@pytest.mark.parametrize(
    ("language", "text", "shares"),
    [
        ("fr", "20% autofinancement 55% femmes", {"own_funds": "0.2", "women_share": "0.55"}),
        ("fr", "50 % d'intégration locale et 28 % de femmes", {"local_integration": "0.5", "women_share": "0.28"}),
        ("zh", "本地化率三成五", {"local_integration": "0.35"}),
        ("en", "three quarters of the payroll to women", {"women_share": "0.75"}),
    ],
)
def test_several_shares_and_shares_in_words_are_told_apart(language: str, text: str, shares: dict[str, str]) -> None:
    folded = fold_text(text)
    found = find_shares(folded, find_numbers(folded, Language(language)))
    assert {one.role: one.value for one in found} == {role: Decimal(value) for role, value in shares.items()}
