"""The premium estimate: scenarios that a lawyer can read (`scenarios/*.yaml`), and where each line stands."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.incentives import (
    Eligible,
    Estimate,
    Fact,
    Line,
    Project,
    ProjectError,
    Range,
    Scheme,
    Status,
    estimate,
    read_project,
)
from corpus import Confidence
from corpus.parameters import load_parameters
from corpus.yaml_text import load_yaml

SCENARIOS = Path(__file__).parent / "scenarios"
TODAY = date(2026, 11, 23)
RULES = load_parameters().on(TODAY)
PROJECT = Project(Decimal(60_000_000), 80, "safi", "tourism")


def scenarios() -> list[Any]:
    return [
        pytest.param(scenario, id=f"{path.stem}: {scenario['title']}")
        for path in sorted(SCENARIOS.glob("*.yaml"))
        for scenario in load_yaml(path.read_text(encoding="utf-8"))
    ]


def number(text: object) -> Decimal:
    written = str(text)
    return Decimal(written[:-1]) / 100 if written.endswith("%") else Decimal(written)


def span(text: object) -> Range | None:
    """`none`, one figure, or `low to high`."""
    if text == "none":
        return None
    low, _, high = str(text).partition(" to ")
    return number(low), number(high or low)


def written_line(line: Line) -> tuple[str, Range]:
    return line.status.value.replace("_", " "), line.rate


def expected_line(text: str) -> tuple[str, Range]:
    for status in Status:
        name = status.value.replace("_", " ")
        if text == name or text.startswith(f"{name} "):
            return name, span(text[len(name) :].strip() or "0%") or (Decimal(0), Decimal(0))
    raise AssertionError(f"no status in {text!r}")


CHECKS = {
    "scheme": lambda e: e.scheme.value,
    "eligible": lambda e: e.eligible.value,
    "reasons": lambda e: [reason.code.value for reason in e.reasons],
    "reasons_first": lambda e: e.reasons[0].code.value,
    "unknown": lambda e: [fact.value for fact in e.unknown],
    "unknown_first": lambda e: e.unknown[0].value,
    "alternatives": lambda e: [other.scheme.value for other in e.alternatives],
    "approval": lambda e: e.approval.value if e.approval else "none",
    "cri": lambda e: e.region.id if e.region else "none",
    "cap": lambda e: e.cap.applied.value,
}
SPANS = {
    "base": lambda e: e.base,
    "total": lambda e: e.total_rate,
    "total_amount": lambda e: e.total_amount,
    "if_eligible": lambda e: e.if_eligible_rate,
    "cut": lambda e: e.cap.cut_rate,
    "cut_amount": lambda e: e.cap.cut_amount,
    "ceiling": lambda e: (e.cap.ceiling, e.cap.ceiling),
}


def check_expected(found: Estimate, name: str, expected: Any) -> None:
    codes = {code.value for code in found.to_confirm}
    lines = {line.id.value: line for line in found.lines}
    if name in CHECKS:
        assert CHECKS[name](found) == expected
    elif name in SPANS:
        assert SPANS[name](found) == span(expected)
    elif name == "lines":
        for one, text in expected.items():
            assert written_line(lines[one]) == expected_line(text), one
    elif name == "needs":
        for one, numbers in expected.items():
            assert {key: lines[one].need.numbers[key] for key in numbers} == {
                key: number(value) for key, value in numbers.items()
            }
    elif name == "by":
        apart = {reason.code.value: reason.numbers.get("by") for reason in reversed(found.reasons)}
        assert {key: apart[key] for key in expected} == {key: number(value) for key, value in expected.items()}
    elif name == "confirm":
        assert set(expected) <= codes
    elif name == "no_confirm":
        assert not set(expected) & codes
    elif name == "unknown_has":
        assert set(expected) <= {fact.value for fact in found.unknown}
    elif name == "reasons_has":
        assert set(expected) <= {reason.code.value for reason in found.reasons}
    else:
        raise AssertionError(f"unknown expectation {name}")


@pytest.mark.parametrize("scenario", scenarios())
def test_scenario(scenario: dict[str, Any]) -> None:
    assert set(scenario) == {"title", "why", "day", "project", "expected"}
    found = estimate(read_project(scenario["project"]), load_parameters().on(scenario["day"]))
    for name, expected in scenario["expected"].items():
        check_expected(found, name, expected)


def test_there_are_scenarios_enough() -> None:
    assert len(scenarios()) >= 60


def test_every_fact_is_a_field_of_a_project_or_the_branch() -> None:
    assert {fact.value for fact in Fact} == ({field.name for field in fields(Project)} - {"defence"}) | {"branch"}


def test_every_line_and_every_threshold_says_where_it_is_stated() -> None:
    for place in RULES.territories:
        found = estimate(replace(PROJECT, place=place), RULES)
        assert all(line.basis.sources and line.basis.sections for line in found.lines)
        assert all(reason.basis.sources and reason.basis.sections for reason in found.reasons)
        assert set(found.basis.sections) >= {section for line in found.lines for section in line.basis.sections}


def test_a_line_stands_only_as_firmly_as_its_weakest_rule() -> None:
    lines = {line.id.value: line.basis.confidence for line in estimate(PROJECT, RULES).lines}
    assert lines["jobs"] is Confidence.TO_CONFIRM
    assert lines["territorial"] is Confidence.PRESS
    assert lines["sectoral"] is Confidence.OFFICIAL


def test_a_small_industry_of_an_unknown_branch_becomes_known_by_its_sector() -> None:
    open_one = estimate(replace(PROJECT, sector="industry", local_integration=Decimal("0.3")), RULES)
    assert open_one.total_rate is not None
    for sector in ("agri-food", "pharmaceuticals", "medical-devices", "other-industry"):
        found = estimate(replace(PROJECT, sector=sector, local_integration=Decimal("0.3")), RULES)
        assert found.total_rate is not None
        assert open_one.total_rate[0] <= found.total_rate[0]
        assert found.total_rate[1] <= open_one.total_rate[1]
        assert Fact.BRANCH not in found.unknown


@pytest.mark.parametrize(("name", "value"), [("place", "atlantis"), ("sector", "astrology")])
def test_a_place_or_sector_that_is_not_listed_is_refused(name: str, value: str) -> None:
    with pytest.raises(ProjectError, match=value) as caught:
        estimate(read_project({name: value}), RULES)
    assert caught.value.field == name


def test_the_largest_project_is_estimated() -> None:
    found = estimate(Project(Decimal(10) ** 13, 1_000_000, "safi", "tourism", strategic_criterion=False), RULES)
    assert found.scheme is Scheme.MAIN
    assert found.total_amount is not None


def test_a_premium_that_is_repealed_is_left_out_and_the_others_stay() -> None:
    figures = {key: value for key, value in RULES.figures.items() if not key.startswith("premiums.women")}
    found = estimate(PROJECT, replace(RULES, figures=figures))
    assert "women" not in {line.id.value for line in found.lines}
    assert len(found.lines) == 6


@pytest.mark.parametrize("scheme", ["premiums", "small_business"])
def test_without_any_premium_in_force_there_is_nothing_to_get(scheme: str) -> None:
    figures = {
        key: value
        for key, value in RULES.figures.items()
        if not key.startswith(f"{scheme}.") or key in {"small_business.amount_max", "small_business.amount_min"}
    }
    amount = Decimal(60_000_000 if scheme == "premiums" else 10_000_000)
    found = estimate(replace(PROJECT, amount=amount, land=amount / 2), replace(RULES, figures=figures))
    assert found.eligible is Eligible.YES
    assert found.lines == ()
    assert found.total_amount == (0, 0)
    assert found.cap is None


def test_a_project_too_small_for_the_small_business_scheme_is_told_so_while_its_jobs_are_not_known() -> None:
    made = estimate(Project(Decimal(864_000), place="essaouira"), RULES)
    assert (made.scheme, made.eligible) == (Scheme.MAIN, Eligible.UNKNOWN)
    assert [(reason.scheme, reason.numbers["by"]) for reason in made.closed] == [
        (Scheme.SMALL_BUSINESS, Decimal(136_000))
    ]
    assert not estimate(replace(PROJECT, jobs=None), RULES).closed


@pytest.mark.parametrize(
    ("amount", "jobs", "missed"),
    [
        (30, 100, [("amount_too_low", 20_000_000), ("jobs_alone_too_few", 50)]),
        (40, 60, [("amount_too_low", 10_000_000), ("jobs_alone_too_few", 90)]),
        (25, 40, [("amount_too_low", 25_000_000), ("jobs_too_few", 10), ("jobs_alone_too_few", 110)]),
        (6, 75, [("amount_too_low", 44_000_000), ("jobs_alone_too_few", 75)]),
        (24, 74, []),
        (6, 25, []),
    ],
)
def test_a_small_project_near_the_main_scheme_is_told_what_it_misses_there(
    amount: int, jobs: int, missed: list[tuple[str, int]]
) -> None:
    made = estimate(Project(Decimal(amount) * 1_000_000, jobs, place="safi", sector="industry"), RULES)
    assert made.scheme is Scheme.SMALL_BUSINESS
    assert [(reason.code.value, reason.numbers["by"]) for reason in made.closed] == missed
    assert {reason.scheme for reason in made.closed} <= {Scheme.MAIN}
