"""One premium in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.estimate import Line, Need, NeedCode, Premium, Status
from bot.estimate_amounts import Amounts
from bot.premium_text import is_worth_telling, premium_text
from corpus import Language
from corpus.rules import Basis

NOTHING = (Decimal(0), Decimal(0))


def line(premium: Premium, status: Status, high: str, code: NeedCode, **numbers: str) -> Line:
    rate = Decimal(high)
    rates = {Status.MET: (rate, rate), Status.UNKNOWN: (Decimal(0), rate)}.get(status, NOTHING)
    amount = (rates[0] * 10**8, rates[1] * 10**8)
    need = Need(code, {name: Decimal(value) for name, value in numbers.items()})
    return Line(premium, status, rates, amount, need, Basis())


def said(one: Line, language: Language = Language.EN, place: str = "Safi") -> str:
    return premium_text(one, place, Amounts(language)).replace("\u00a0", " ")


def test_a_met_premium_tells_rate_and_amount() -> None:
    women = line(Premium.WOMEN, Status.MET, "0.03", NeedCode.WOMEN_SHARE, needed="0.3", given="0.4", by="0.1")
    assert said(women) == "Gender premium: 3%, 3 million dirhams."


def test_a_met_territorial_premium_tells_the_category() -> None:
    place = line(Premium.TERRITORIAL, Status.MET, "0.15", NeedCode.PLACE_CATEGORY_B, rate_a="0.1", rate_b="0.15")
    assert said(place) == "Territorial premium: 15%, 15 million dirhams. Safi: category B."
    assert said(place, Language.ZH, "萨菲") == "地区补贴：15%，1500万迪拉姆。萨菲属B类。"


def test_an_undecided_premium_tells_what_it_takes() -> None:
    future = line(Premium.FUTURE_JOBS, Status.UNKNOWN, "0.03", NeedCode.FUTURE_JOBS_LIST, rate="0.03")
    assert said(future) == (
        "Jobs of the future premium: possible, 3%, 3 million dirhams. Needed: an activity on the official list."
    )


def test_an_undecided_premium_with_several_rates_tells_the_highest() -> None:
    jobs = line(
        Premium.JOBS, Status.UNKNOWN, "0.1", NeedCode.JOBS_PER_MILLION, needed="1", rate="0.05", highest_rate="0.1", jobs="101"
    )  # fmt: skip
    assert said(jobs) == (
        "Jobs premium: possible, up to 10%, up to 10 million dirhams. 5% from 101 jobs on, then up to 10%."
    )


def test_a_missed_premium_tells_what_was_given() -> None:
    local = line(
        Premium.LOCAL_INTEGRATION, Status.NOT_MET, "0.03", NeedCode.LOCAL_INTEGRATION,
        needed="0.4", needed_reduced="0.2", given="0.1", by="0.3",
    )  # fmt: skip
    assert said(local) == (
        "Local integration premium: not obtained. Needed: a rate of at least 40%; "
        "20% in agri-food, pharmaceuticals and medical devices. Given: 10%."
    )


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (line(Premium.LOCAL_INTEGRATION, Status.NOT_APPLICABLE, "0", NeedCode.INDUSTRIAL_ACTIVITY), False),
        (line(Premium.SECTORAL, Status.NOT_MET, "0", NeedCode.PRIORITY_SECTOR), False),
        (line(Premium.TERRITORIAL, Status.NOT_MET, "0", NeedCode.PLACE_WITH_CATEGORY), True),
        (line(Premium.SECTORAL, Status.MET, "0.05", NeedCode.PRIORITY_SECTOR), True),
    ],
)
def test_what_cannot_be_reached_is_left_out(one: Line, told: bool) -> None:
    assert is_worth_telling(one) is told
