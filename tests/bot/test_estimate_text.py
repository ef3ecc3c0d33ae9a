"""What an estimate says: in five languages the same, only figures that were given or calculated, and short."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.estimate import Exchange
from bot.estimate_amounts import stated_figures
from bot.estimate_text import describe
from bot.incentives import Project, Scheme, estimate
from bot.statements import Kind, Statement
from corpus import Language
from corpus.figures import read_figures
from corpus.parameters import load_parameters

RULES = load_parameters().on(date(2026, 11, 23))
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
MILLION = Decimal(1_000_000)
HOTEL = Project(
    amount=80 * MILLION, jobs=120, place="essaouira", sector="tourism", women_share=Decimal("0.35")
)  # fmt: skip

shares = st.none() | st.sampled_from(
    [Decimal(text) for text in ("0", "0.05", "0.1", "0.25", "0.3", "0.333", "0.4", "1")]
)
amounts = st.sampled_from(
    [Decimal(value) for value in (999_999, 10_000_000, 49_999_999, 50_000_000, 250_000_000, 400_000_000, 3_000_000_000)]
) | st.decimals(1, 10**10, places=2)  # fmt: skip
answers = st.none() | st.booleans()
projects = st.builds(
    Project,
    amount=st.none() | amounts,
    jobs=st.none() | st.sampled_from([0, 1, 2, 45, 50, 150]) | st.integers(0, 3000),
    place=st.none() | st.sampled_from(["safi", "marrakech", "errachidia"]),
    sector=st.none() | st.sampled_from(sorted(RULES.sectors)),
    women_share=shares,
    local_integration=shares,
    own_funds=shares,
    future_job=answers,
    sustainability=answers,
    defence=answers,
    turnover=st.none() | st.sampled_from([Decimal(0), Decimal(700_000), Decimal(1_000_000), Decimal(200_000_000)]),
    new_company=answers,
    public_land=answers,
    priority_activity=answers,
    strategic_criterion=answers,
)


def told(project: Project, language: Language = Language.EN, **options: Any) -> tuple[Statement, ...]:
    return describe(project, estimate(project, RULES), language, **options)


def texts(project: Project, language: Language = Language.EN) -> str:
    return "\n".join(one.text for one in told(project, language))


def of_kind(statements: Iterable[Statement], kind: Kind) -> list[str]:
    return [one.text for one in statements if one.kind is kind]


def figures(statement: Statement, language: Language) -> frozenset[str]:
    """The figures that a statement prints."""
    return frozenset(read_figures(statement.text, language))


def known_figures(value: object) -> frozenset[str]:
    """Every number in a value and in what it is made of, as a text may write it."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return stated_figures(Decimal(value))
    parts: Iterable[object] = ()
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, tuple):
        parts = value
    elif is_dataclass(value):
        parts = [getattr(value, part.name) for part in fields(value)]
    return frozenset().union(*(known_figures(part) for part in parts))


@settings(max_examples=200)
@given(projects, st.sampled_from(sorted(Language)))
def test_every_figure_is_one_of_the_project_or_of_its_estimate(project: Project, language: Language) -> None:
    made = estimate(project, RULES)
    known = known_figures(project) | known_figures(made)
    for one in describe(project, made, language):
        assert figures(one, language) <= known, one.text


@settings(max_examples=100)
@given(projects)
def test_the_five_languages_say_the_same(project: Project) -> None:
    english = told(project)
    for language in Language:
        own = told(project, language)
        assert [(one.kind, one.sections, one.listed) for one in own] == [
            (one.kind, one.sections, one.listed) for one in english
        ]
        for ours, theirs in zip(own, english, strict=True):
            assert figures(ours, language) == figures(theirs, Language.EN), ours.text


@settings(max_examples=100)
@given(projects, st.sampled_from(sorted(Language)))
def test_every_statement_is_a_whole_sentence(project: Project, language: Language) -> None:
    for one in told(project, language):
        assert not re.search(r"[{}|]|None|  ", one.text)
        assert one.text[-1] in ".。?？؟" or one.text.endswith((".ma", "…）")), one.text


@settings(max_examples=50)
@given(projects)
def test_every_section_that_is_named_stands_in_the_corpus(project: Project) -> None:
    for one in told(project):
        for section in one.sections:
            slug, _, anchor = section.partition("#")
            assert any(f"{{#{anchor}" in path.read_text("utf-8") for path in DOCUMENTS.glob(f"*/{slug}/en.md")), section


def test_a_project_that_enters_the_main_scheme() -> None:
    said = told(HOTEL)
    assert of_kind(said, Kind.UNDERSTOOD) == [
        "Understood: investment of 80\u00a0million dirhams, 120\u00a0stable jobs, Essaouira, tourism and leisure, "
        "women's share of the payroll 35%."
    ]
    assert of_kind(said, Kind.SCHEME) == [
        "Main support scheme: the project meets the conditions (at least 50\u00a0million dirhams; at least 50\u00a0stable jobs)."
    ]
    assert of_kind(said, Kind.TOTAL)[0].startswith(
        "Estimated premiums: 23% to 29% of the eligible investment amount, "
        "that is 18.4\u00a0million to 23.2\u00a0million dirhams."
    )
    assert (
        "Jobs premium: 5%, 4\u00a0million dirhams. Jobs per million dirhams: 1.5. 7% from 121 jobs on (1 more)."
        in of_kind(said, Kind.PREMIUM)
    )
    assert not any("Local integration" in text for text in of_kind(said, Kind.PREMIUM))
    assert "Unified Regional Investment Commission (CRUI)" in of_kind(said, Kind.APPROVAL)[0]
    assert "Marrakech-Safi" in of_kind(said, Kind.CAUTION)[0]


@pytest.mark.parametrize(
    ("language", "amount"),
    [
        (Language.AR, "من 18,4\u00a0مليون إلى 23,2\u00a0مليون درهم"),
        (Language.FR, "18,4\u00a0millions à 23,2\u00a0millions de dirhams"),
        (Language.ZH, "1840万至2320万迪拉姆"),
        (Language.ES, "18,4\u00a0millones a 23,2\u00a0millones de dirhams"),
    ],
)
def test_the_sum_is_written_as_the_language_writes_it(language: Language, amount: str) -> None:
    assert amount in of_kind(told(HOTEL, language), Kind.TOTAL)[0]


def test_the_order_is_that_of_reading() -> None:
    kinds = list(dict.fromkeys(one.kind for one in told(HOTEL)))
    assert kinds == [
        Kind.UNDERSTOOD, Kind.SCHEME, Kind.TOTAL, Kind.PREMIUM, Kind.CAP, Kind.APPROVAL, Kind.CONFIRM, Kind.ASK, Kind.CAUTION,
    ]  # fmt: skip


def test_what_was_understood_can_be_left_out() -> None:
    assert told(HOTEL, understood=False) == told(HOTEL)[1:]


def test_an_indicative_rate_is_told() -> None:
    exchange = Exchange("EUR", Decimal("10.8"), date(2026, 1, 1))
    said = of_kind(told(HOTEL, Language.FR, exchange=exchange), Kind.UNDERSTOOD)
    assert said[1] == "Converti au taux indicatif de 10,8 MAD/EUR (janvier 2026)."


def test_a_project_that_misses_by_five_jobs_is_told_by_how_much() -> None:
    project = Project(amount=60 * MILLION, jobs=45, place="safi", sector="industry")
    said = told(project)
    assert estimate(project, RULES).scheme is Scheme.NONE
    assert of_kind(said, Kind.REASON) == ["Main support scheme: 5\u00a0jobs short of the 50\u00a0stable jobs needed."]
    assert not of_kind(said, Kind.TOTAL)


def test_a_smaller_project_is_told_what_both_schemes_lack() -> None:
    said = of_kind(
        told(Project(amount=40 * MILLION, jobs=45, sector="industry", own_funds=Decimal("0.05"))), Kind.REASON
    )
    assert [text.partition(":")[0] for text in said] == [
        "Scheme for very small, small and medium enterprises (TPME)", "Main support scheme"
    ]  # fmt: skip
    assert "at least 60\u00a0stable jobs needed for this amount (planned: 45)" in said[0]
    assert "10\u00a0million dirhams short of the 50\u00a0million dirhams needed" in said[1]
    assert "150\u00a0stable jobs would be needed (105\u00a0jobs more)" in said[1]


def test_unknown_jobs_are_asked_for_and_the_sum_is_conditional() -> None:
    said = told(Project(amount=60 * MILLION, place="rehamna"))
    assert "Needed: at least 50\u00a0stable jobs." in of_kind(said, Kind.REASON)
    assert of_kind(said, Kind.TOTAL)[0].startswith("Estimated premiums if the project enters this scheme: 10% to 30%")
    assert of_kind(said, Kind.ASK) == ["To narrow it down: how many stable jobs will the project create?"]


def test_another_scheme_that_may_apply_is_told_with_what_decides() -> None:
    other = of_kind(told(Project(amount=30 * MILLION)), Kind.ALTERNATIVE)
    assert len(other) == 1
    assert other[0].startswith("Main support scheme: may apply instead, if: at least 150\u00a0stable jobs;")


def test_what_a_small_project_misses_of_the_main_scheme_is_told_behind_its_sum() -> None:
    said = told(Project(amount=30 * MILLION, jobs=100, place="safi", sector="industry"))
    assert of_kind(said, Kind.ALTERNATIVE) == [
        "Main support scheme: 20\u00a0million dirhams short of the 50\u00a0million dirhams needed; without that amount, "
        "150\u00a0stable jobs would be needed (50\u00a0jobs more)."
    ]


def test_a_new_company_needs_no_turnover() -> None:
    small = Project(amount=10 * MILLION, jobs=25, sector="digital", own_funds=Decimal("0.2"), turnover=Decimal(500_000))
    said = of_kind(told(small), Kind.REASON)
    assert any(text.endswith("unless the company is new.") and "500,000\u00a0dirhams below" in text for text in said)


@pytest.mark.parametrize(("criterion", "alternatives"), [(None, 1), (True, 0)])
def test_a_strategic_project_has_no_sum(criterion: bool | None, alternatives: int) -> None:
    project = Project(amount=3000 * MILLION, jobs=1500, place="safi", sector="industry", strategic_criterion=criterion)
    said = told(project)
    assert of_kind(said, Kind.TOTAL) == [
        "The support of a strategic project is negotiated case by case with the State: no amount can be calculated in advance."
    ]
    assert not of_kind(said, Kind.PREMIUM)
    assert len(of_kind(said, Kind.ALTERNATIVE)) == alternatives
    assert ("Ministry of Investment" in of_kind(said, Kind.CAUTION)[0]) is bool(criterion)


def test_agriculture_is_outside_but_its_processing_is_not() -> None:
    said = of_kind(told(Project(amount=80 * MILLION, jobs=100, sector="agriculture")), Kind.REASON)
    assert said == [
        "Agriculture: outside the Investment Charter.",
        "A factory that processes farm products (agri-food industry) can be supported.",
    ]


def test_the_ceiling_of_renewable_energy_stands_in_the_sum_and_in_the_cap() -> None:
    said = told(Project(amount=400 * MILLION, jobs=500, place="marrakech", sector="renewable-energy"))
    assert of_kind(said, Kind.TOTAL)[0].startswith("Estimated premiums: 30\u00a0million dirhams.")
    assert of_kind(said, Kind.CAP) == [
        "All premiums together may not exceed 30% (renewable energy: 30\u00a0million dirhams); "
        "this cuts off 10\u00a0million to 46\u00a0million dirhams."
    ]


def test_land_that_counts_in_part_changes_the_base() -> None:
    project = Project(amount=100 * MILLION, land=30 * MILLION, public_land=False, jobs=110, sector="agri-food")
    assert of_kind(told(project), Kind.BASE) == [
        "The rates apply to 90\u00a0million dirhams, because land counts only in part."
    ]


def test_a_sum_without_an_amount_is_told_in_percent() -> None:
    total = of_kind(told(Project(jobs=200, sector="tourism", place="safi")), Kind.TOTAL)[0]
    assert "of the eligible investment amount" in total
    assert "dirhams" not in total


def test_nothing_is_said_of_a_project_of_which_nothing_is_known() -> None:
    assert not of_kind(told(Project()), Kind.UNDERSTOOD)


def test_conditions_that_nobody_meets_bring_nothing() -> None:
    project = Project(
        amount=100 * MILLION, jobs=60, place="marrakech", sector="other", women_share=Decimal(0), future_job=False,
        sustainability=False, local_integration=Decimal(0),
    )  # fmt: skip
    assert "Estimated premiums: none, because no condition is met." in texts(project)
