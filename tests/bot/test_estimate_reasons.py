"""The conditions of a scheme in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.estimate import Eligible, Estimate, Reason, ReasonCode, Scheme
from bot.estimate_amounts import Amounts
from bot.estimate_reasons import condition, is_condition, is_met, told_reasons
from bot.project import Project
from corpus import Language

DAY = date(2026, 11, 23)


def reason(code: ReasonCode, scheme: Scheme = Scheme.MAIN, **numbers: int | str) -> Reason:
    return Reason(code, scheme, {name: Decimal(value) for name, value in numbers.items()})


def words(one: Reason, project: Project | None = None) -> str:
    made = Estimate(DAY, one.scheme, Eligible.UNKNOWN, (one,))
    text = condition(one, project or Project(), made, "real estate", Amounts(Language.EN))
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (reason(ReasonCode.AMOUNT_UNKNOWN, needed=50_000_000), "an investment of at least 50 million dirhams"),
        (
            reason(ReasonCode.AMOUNT_UNKNOWN, needed=1_000_000, limit=50_000_000),
            "an investment from 1 million dirhams to below 50 million dirhams",
        ),
        (
            reason(ReasonCode.JOBS_RATIO_UNKNOWN, needed="1.5", jobs=15),
            "at least 15 stable jobs for this amount (1.5 per million dirhams)",
        ),
        (reason(ReasonCode.JOBS_RATIO_UNKNOWN, needed="1.5"), "at least 1.5 stable jobs per million dirhams"),
        (
            reason(ReasonCode.JOBS_RATIO_UNKNOWN, needed="1.5", given=1, by="0.5", jobs=15),
            "a tourism project, or at least 15 stable jobs for this amount",
        ),
        (
            reason(ReasonCode.OWN_FUNDS_TOO_LOW, needed="0.1", given="0.04", by="0.06"),
            "own funds of at least 10% needed (planned: 4%)",
        ),
        (reason(ReasonCode.NEW_COMPANY_MET, needed=3), "company under 3 years old"),
        (reason(ReasonCode.JOBS_TOO_FEW, needed=50, given=49, by=1), "1 job short of the 50 stable jobs needed"),
        (
            reason(ReasonCode.AMOUNT_TOO_HIGH, needed=50_000_000, given=60_000_000, by=10_000_000),
            "the investment must be below 50 million dirhams",
        ),
    ],
)  # fmt: skip
def test_each_number_gets_its_unit(one: Reason, text: str) -> None:
    assert words(one) == text


def test_planned_jobs_are_named() -> None:
    one = reason(ReasonCode.JOBS_RATIO_TOO_LOW, needed="1.5", given=1, by="0.5", jobs=15)
    assert words(one, Project(jobs=10)) == "at least 15 stable jobs needed for this amount (planned: 10)"


def test_jobs_alone_are_no_way_out_where_the_amount_is_enough() -> None:
    alone, few = reason(ReasonCode.JOBS_ALONE_TOO_FEW), reason(ReasonCode.JOBS_TOO_FEW)
    low = reason(ReasonCode.AMOUNT_TOO_LOW)
    assert told_reasons(Estimate(DAY, Scheme.NONE, Eligible.NO, (few, alone))) == [few]
    assert told_reasons(Estimate(DAY, Scheme.NONE, Eligible.NO, (low, alone))) == [low, alone]


def test_the_scheme_for_small_firms_is_not_told_of_a_large_project_unless_it_stands_alone() -> None:
    high = reason(ReasonCode.AMOUNT_TOO_HIGH, Scheme.SMALL_BUSINESS)
    few = reason(ReasonCode.JOBS_TOO_FEW)
    assert told_reasons(Estimate(DAY, Scheme.NONE, Eligible.NO, (few, high))) == [few]
    assert told_reasons(Estimate(DAY, Scheme.NONE, Eligible.NO, (high,))) == [high]


def test_codes_are_told_apart() -> None:
    assert is_met(reason(ReasonCode.JOBS_MET))
    assert not is_met(reason(ReasonCode.JOBS_TOO_FEW))
    assert is_condition(reason(ReasonCode.SECTOR_UNKNOWN))
    assert not is_condition(reason(ReasonCode.SECTOR_PARTLY_OUTSIDE))
