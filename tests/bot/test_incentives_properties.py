"""What holds for the estimate of every project."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from bot.incentives import Eligible, Estimate, Fact, Project, Range, Scheme, estimate
from corpus.parameters import load_parameters

RULES = load_parameters().on(date(2026, 11, 23))

shares = st.none() | st.sampled_from([Decimal(text) for text in ("0", "0.1", "0.2", "0.29", "0.3", "0.31", "0.4", "1")])
amounts = st.sampled_from(
    [Decimal(value) for value in (999_999, 1_000_000, 10_000_000, 49_999_999, 50_000_000, 70_000_000, 250_000_000,
                                  400_000_000, 1_999_999_999, 2_000_000_000)]
) | st.decimals(1, 10**10, places=2)  # fmt: skip
yes_or_no = st.none() | st.booleans()
projects = st.builds(
    Project,
    amount=st.none() | amounts,
    jobs=st.none() | st.sampled_from([0, 10, 15, 20, 49, 50, 75, 149, 150, 200, 500]) | st.integers(0, 3000),
    place=st.none() | st.sampled_from(["safi", "marrakech", "errachidia"]),
    sector=st.none() | st.sampled_from(sorted(RULES.sectors)),
    women_share=shares,
    local_integration=shares,
    future_job=yes_or_no,
    sustainability=yes_or_no,
    turnover=st.none() | st.sampled_from([Decimal(0), Decimal(1_000_000), Decimal(200_000_000)]),
    new_company=yes_or_no,
    own_funds=shares,
    public_land=yes_or_no,
    priority_activity=yes_or_no,
    strategic_criterion=yes_or_no,
)


@st.composite
def with_land(draw: st.DrawFn) -> Project:
    project = draw(projects)
    if project.amount is None:
        return project
    part = draw(st.none() | st.sampled_from([Decimal(0), Decimal("0.1"), Decimal("0.5"), Decimal(1)]))
    return replace(project, land=None if part is None else project.amount * part)


def ranges(found: Estimate) -> list[Range]:
    cap = [found.cap.cut_rate, found.cap.cut_amount] if found.cap else []
    own = [found.base, found.if_eligible_rate, found.if_eligible_amount, found.total_rate, found.total_amount, *cap]
    lines = [one for line in found.lines for one in (line.rate, line.amount)]
    return [one for one in (*own, *lines) if one is not None]


@given(with_land())
def test_every_range_goes_upwards_from_nothing(project: Project) -> None:
    found = estimate(project, RULES)
    for one in (found, *found.alternatives):
        assert all(0 <= low <= high for low, high in ranges(one))


@given(with_land())
def test_what_an_eligible_project_gets_is_the_sum_of_its_lines_or_the_cap(project: Project) -> None:
    found = estimate(project, RULES)
    assume(found.cap is not None and found.if_eligible_rate is not None)
    assert found.cap is not None and found.if_eligible_rate is not None
    for end in (0, 1):
        total = sum((line.rate[end] for line in found.lines), Decimal(0))
        assert found.if_eligible_rate[end] == min(total, found.cap.rate) == total - found.cap.cut_rate[end]
        if (
            found.if_eligible_amount is not None
            and found.base is not None
            and found.cap.ceiling is None
            and project.sector
        ):
            assert found.if_eligible_amount[end] == min(
                sum((line.amount[end] for line in found.lines if line.amount), Decimal(0)),
                found.cap.rate * found.base[end],
            )
    if found.eligible is Eligible.YES:
        assert (found.total_rate, found.total_amount) == (found.if_eligible_rate, found.if_eligible_amount)


@given(with_land())
def test_no_total_is_above_the_cap_or_the_ceiling(project: Project) -> None:
    found = estimate(project, RULES)
    if found.total_rate is not None:
        assert found.total_rate[1] <= RULES.figures["premiums.cap_rate"].value
    if found.cap is not None and found.cap.ceiling is not None and found.if_eligible_amount is not None:
        assert found.if_eligible_amount[1] <= found.cap.ceiling


@given(
    with_land(),
    st.sampled_from(["women_share", "future_job", "sustainability", "local_integration", "priority_activity"]),
)
def test_the_total_does_not_fall_when_one_more_condition_is_met(project: Project, name: str) -> None:
    value: Any = Decimal(1) if name in {"women_share", "local_integration"} else True
    none = Decimal(0) if isinstance(value, Decimal) else False
    without, having = (estimate(replace(project, **{name: one}), RULES) for one in (none, value))
    assert without.scheme is having.scheme
    for fewer, more in (
        (without.total_rate, having.total_rate),
        (without.total_amount, having.total_amount),
    ):
        assert (fewer is None) == (more is None)
        if fewer is not None and more is not None:
            assert fewer[0] <= more[0]
            assert fewer[1] <= more[1]


FACTS = [field.name for field in fields(Project) if field.name not in {"land", "defence"}]


@given(with_land(), st.sampled_from(FACTS))
def test_the_range_of_an_unknown_holds_every_outcome(project: Project, name: str) -> None:
    """Land and defence are taken for "none" where they are not stated (bot/README.md)."""
    assume(getattr(project, name) is not None and not (name == "amount" and project.land))
    known, unknown = estimate(project, RULES), estimate(replace(project, **{name: None}), RULES)
    for inner, outer in ((known.total_rate, unknown.total_rate), (known.total_amount, unknown.total_amount)):
        if inner is not None and outer is not None:
            assert outer[0] <= inner[0]
            assert inner[1] <= outer[1]


@given(with_land())
def test_only_what_is_not_known_is_asked(project: Project) -> None:
    found = estimate(project, RULES)
    assert len(found.unknown) == len(set(found.unknown))
    for fact in found.unknown:
        if fact is not Fact.BRANCH:
            assert getattr(project, fact.value) is None
    if found.eligible is Eligible.NO:
        assert found.unknown == ()
        assert found.scheme is Scheme.NONE
