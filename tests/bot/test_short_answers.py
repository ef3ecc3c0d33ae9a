"""A few words after an estimate answer what it asks last, or put one of its figures right; anything else is neither."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.estimate import Fact
from bot.project_fields import ReadValue
from bot.short_answers import Unsaid, asks_by_itself, read_answer, read_correction, read_unsaid
from corpus import Language

EN, FR, ES, AR, ZH = Language.EN, Language.FR, Language.ES, Language.AR, Language.ZH
YOUNG = Decimal(3)
KNOWN = {
    "jobs": ReadValue(80, "80 jobs"),
    "amount": ReadValue(Decimal(60_000_000), "60 million"),
    "currency": ReadValue("MAD", ""),
}


@pytest.mark.parametrize(
    ("asked", "language", "text", "value"),
    [
        (Fact.WOMEN_SHARE, EN, "about 60%", Decimal("0.6")),
        (Fact.WOMEN_SHARE, EN, "two thirds of them", Decimal(2) / 3),
        (Fact.WOMEN_SHARE, FR, "la moitié", Decimal("0.5")),
        (Fact.WOMEN_SHARE, AR, "حوالي 40 في المائة", Decimal("0.4")),
        (Fact.WOMEN_SHARE, ZH, "大概一半", Decimal("0.5")),
        (Fact.WOMEN_SHARE, ES, "ninguna", Decimal(0)),
        (Fact.WOMEN_SHARE, EN, "35", Decimal("0.35")),
        (Fact.OWN_FUNDS, EN, "all of it", Decimal(1)),
        (Fact.OWN_FUNDS, EN, "10 years", None),
        (Fact.OWN_FUNDS, EN, "130%", None),
        (Fact.JOBS, EN, "80", 80),
        (Fact.JOBS, FR, "environ 80 personnes", 80),
        (Fact.JOBS, EN, "80 rooms", None),
        (Fact.TURNOVER, EN, "12 million", Decimal(12_000_000)),
        (Fact.LAND, FR, "non", Decimal(0)),
        (Fact.FUTURE_JOB, EN, "yes", True),
        (Fact.FUTURE_JOB, ES, "no", False),
        (Fact.PUBLIC_LAND, AR, "لا", False),
        (Fact.SUSTAINABILITY, ZH, "是的", True),
        (Fact.SUSTAINABILITY, ZH, "不清楚", None),
        (Fact.WOMEN_SHARE, ES, "no lo sé todavía", None),
        (Fact.WOMEN_SHARE, EN, "no idea, sorry", None),
        (Fact.WOMEN_SHARE, FR, "on ne sait pas encore", None),
        (Fact.WOMEN_SHARE, AR, "لا أعرف", None),
        (Fact.PUBLIC_LAND, EN, "No, it is private.", False),
        (Fact.PUBLIC_LAND, EN, "no building yet", None),
        (Fact.SUSTAINABILITY, EN, "perhaps", None),
        (Fact.OWN_FUNDS, FR, "pas du tout", None),
        (Fact.WOMEN_SHARE, EN, "not at all", None),
        (Fact.WOMEN_SHARE, EN, "less than 30%", None),
        (Fact.WOMEN_SHARE, FR, "30 % ou plus", None),
        (Fact.WOMEN_SHARE, FR, "moins de la moitié", None),
        (Fact.WOMEN_SHARE, AR, "أكثر من النصف", None),
        (Fact.WOMEN_SHARE, ZH, "三成以上", None),
        (Fact.WOMEN_SHARE, EN, "we export 60%", None),
        (Fact.WOMEN_SHARE, EN, "our shop has 3", None),
        (Fact.JOBS, EN, "we open in 2027", None),
        (Fact.TURNOVER, EN, "a loan of 2 million", None),
        (Fact.TURNOVER, EN, "we will invest 12 million", None),
        (Fact.TURNOVER, EN, "less than 200 million", None),
        (Fact.NEW_COMPANY, EN, "not new", None),
        (Fact.NEW_COMPANY, EN, "2 partners", None),
        (Fact.NEW_COMPANY, EN, "2 years", True),
        (Fact.NEW_COMPANY, EN, "18 months", True),
        (Fact.NEW_COMPANY, FR, "12 ans", False),
        (Fact.NEW_COMPANY, EN, "since 2019", None),
        (Fact.NEW_COMPANY, ES, "es nueva", True),
        (None, EN, "60%", None),
        (Fact.FUTURE_JOB, EN, "yes and by the way the works will begin in the spring", None),
    ],
)
def test_a_short_message_answers_what_was_asked(asked: Fact | None, language: Language, text: str, value: Any) -> None:
    found = read_answer(text, language, asked, YOUNG, KNOWN)
    assert {name: one.value for name, one in found.items()} == ({} if value is None else {str(asked): value})


def test_a_turnover_keeps_the_currency_that_is_said() -> None:
    found = read_answer("12 million euros", EN, Fact.TURNOVER, YOUNG, KNOWN)
    assert {name: one.value for name, one in found.items()} == {"turnover": Decimal(12_000_000), "currency": "EUR"}


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [(EN, "6 million", "0.1"), (AR, "6 مليون درهم", "0.1"), (FR, "90 millions", None), (EN, "6 million euros", None)],
)
def test_own_funds_may_be_told_as_an_amount(language: Language, text: str, share: str | None) -> None:
    found = read_answer(text, language, Fact.OWN_FUNDS, YOUNG, KNOWN)
    assert {name: one.value for name, one in found.items()} == ({"own_funds": Decimal(share)} if share else {})


@pytest.mark.parametrize(
    ("language", "text", "corrected"),
    [
        (EN, "and 90 instead of 80?", {"jobs": 90}),
        (FR, "et si 22 au lieu de 80 ?", {"jobs": 22}),
        (FR, "j'ai dit 90, pas 80", {"jobs": 90}),
        (ES, "dije 90, no 80", {"jobs": 90}),
        (AR, "قلت 90 وليس 80", {"jobs": 90}),
        (ZH, "不是80，是90", {"jobs": 90}),
        (ZH, "7000万而不是6000万", {"amount": 70_000_000}),
        (EN, "70 instead of 60", {"amount": 70_000_000}),
        (EN, "90 instead of 75", {}),
        (EN, "80 and 90", {}),
        (EN, "I said 80%, not 60%", {}),
        (EN, "70 rooms, not 60", {}),
        (EN, "not 60, 70", {"amount": 70_000_000}),
        (EN, "70 instead of 60 million", {"amount": 70_000_000}),
        (EN, "70 million instead of 60", {"amount": 70_000_000}),
        (EN, "60 million? no, 70 million dirhams, not 60 million", {}),
    ],
)
def test_a_figure_in_place_of_a_known_one_is_a_correction(
    language: Language, text: str, corrected: dict[str, int]
) -> None:
    found = read_correction(text, language, KNOWN)
    assert {name: one.value for name, one in found.items()} == corrected


def test_a_figure_that_two_fields_have_is_not_put_right() -> None:
    assert read_correction("70 instead of 60", EN, {**KNOWN, "jobs": ReadValue(60, "60 jobs")}) == {}


@pytest.mark.parametrize(
    ("asked", "language", "text", "unsaid"),
    [
        (Fact.WOMEN_SHARE, EN, "I don't know yet", Unsaid.UNKNOWN),
        (Fact.WOMEN_SHARE, FR, "je ne sais pas encore", Unsaid.UNKNOWN),
        (Fact.TURNOVER, ES, "no lo sé todavía", Unsaid.UNKNOWN),
        (Fact.PUBLIC_LAND, AR, "مازال ما عرفت", Unsaid.UNKNOWN),
        (Fact.LAND, ZH, "还不知道", Unsaid.UNKNOWN),
        (Fact.WOMEN_SHARE, EN, "less than 30%", Unsaid.LIMIT),
        (Fact.WOMEN_SHARE, FR, "moins de la moitié", Unsaid.LIMIT),
        (Fact.WOMEN_SHARE, AR, "أكثر من النصف", Unsaid.LIMIT),
        (Fact.WOMEN_SHARE, ZH, "不到三成", Unsaid.LIMIT),
        (Fact.TURNOVER, ES, "menos de 10 millones", Unsaid.LIMIT),
        (Fact.WOMEN_SHARE, EN, "maybe 60%, I don't know", Unsaid.LIMIT),
        (Fact.FUTURE_JOB, EN, "less than 30%", None),
        (Fact.WOMEN_SHARE, EN, "about 60%", None),
        (Fact.WOMEN_SHARE, EN, "we will see about the women once the building is finished, not sure", None),
    ],
)
def test_a_reply_may_leave_open_what_was_asked(
    asked: Fact, language: Language, text: str, unsaid: Unsaid | None
) -> None:
    assert read_unsaid(text, language, asked) is unsaid


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("No, it is not", False),
        ("no, no lo es", False),
        ("أكثر من النصف", False),
        ("I don't know what a premium is", True),
        ("no, what is the cap", True),
        ("no?", True),
    ],
)
def test_the_words_of_a_reply_ask_nothing(text: str, asks: bool) -> None:
    assert asks_by_itself(text) is asks
