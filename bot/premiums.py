"""The lines of an estimate: each premium met, not met, unknown or not for this project, with its rate and what it takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.eligibility import MILLION, compare, jobs_reaching, reaches
from bot.estimate import ConfirmCode, Fact, Line, Need, NeedCode, Premium, Range, Status
from bot.limits import ZERO
from corpus.rules import Basis, Category, LocalIntegration

if TYPE_CHECKING:
    from bot.project import Project
    from corpus.rules import Figure, Rules

NOTHING: Range = (ZERO, ZERO)
_CATEGORY_NEEDS = {Category.A: NeedCode.PLACE_CATEGORY_A, Category.B: NeedCode.PLACE_CATEGORY_B}


@dataclass(frozen=True)
class Judged:
    """A line and what of it is to be confirmed."""

    line: Line
    confirm: tuple[ConfirmCode, ...] = ()


def main_lines(project: Project, rules: Rules) -> list[Judged]:
    """The five common premiums, the territorial and the sectoral one; what is not in force that day is left out."""
    lines = (
        _jobs(project, rules, "premiums"),
        _women(project, rules),
        _yes_or_no(
            "premiums.future_jobs_rate", rules, Premium.FUTURE_JOBS, Fact.FUTURE_JOB, project.future_job,
            NeedCode.FUTURE_JOBS_LIST, ConfirmCode.FUTURE_JOBS_LIST,
        ),
        _sustainability(project, rules),
        _local_integration(project, rules),
        _territorial(project, rules, "premiums"),
        _sectoral(project, rules),
    )  # fmt: skip
    return [line for line in lines if line is not None]


def small_business_lines(project: Project, rules: Rules) -> list[Judged]:
    """The three premiums of the small-business scheme."""
    lines = (
        _jobs(project, rules, "small_business"),
        _territorial(project, rules, "small_business"),
        _yes_or_no(
            "small_business.priority_rate", rules, Premium.PRIORITY_ACTIVITY, Fact.PRIORITY_ACTIVITY, project.priority_activity,
            NeedCode.PRIORITY_ACTIVITIES_LIST, ConfirmCode.PRIORITY_ACTIVITIES_LIST,
        ),
    )  # fmt: skip
    return [line for line in lines if line is not None]


def with_amount(line: Line, base: Range | None) -> Line:
    """The line with its amount on the eligible base."""
    return replace(line, amount=None if base is None else (line.rate[0] * base[0], line.rate[1] * base[1]))


def _judge(
    premium: Premium,
    met: bool | None,
    rate: Figure,
    need: NeedCode,
    basis: Basis,
    *,
    numbers: Mapping[str, Decimal] | None = None,
    missing: tuple[Fact, ...] = (),
    confirm: tuple[ConfirmCode, ...] = (),
) -> Judged:
    """A premium with one rate; what is missed needs no confirming."""
    status = {True: Status.MET, False: Status.NOT_MET, None: Status.UNKNOWN}[met]
    rates = {True: (rate.value, rate.value), False: NOTHING, None: (ZERO, rate.value)}[met]
    takes = Need(need, {"rate": rate.value, **(numbers or {})})
    return Judged(Line(premium, status, rates, None, takes, basis, missing), () if met is False else confirm)


def _yes_or_no(
    key: str, rules: Rules, premium: Premium, fact: Fact, answer: bool | None, need: NeedCode, confirm: ConfirmCode
) -> Judged | None:
    rate = rules.figures.get(key)
    if rate is None:
        return None
    return _judge(
        premium, answer, rate, need, rate.basis, missing=(fact,) if answer is None else (), confirm=(confirm,)
    )  # fmt: skip


def _tiers(rules: Rules, file: str) -> list[tuple[Figure, Figure]]:
    """The bounds of the jobs premium with their rates, lowest first."""
    pairs = [
        (rules.figures.get(f"{file}.jobs_{tier}_bound"), rules.figures.get(f"{file}.jobs_{tier}_rate"))
        for tier in ("low", "middle", "high")
    ]
    return [(bound, rate) for bound, rate in pairs if bound is not None and rate is not None]


def _jobs(project: Project, rules: Rules, file: str) -> Judged | None:
    tiers = _tiers(rules, file)
    if not tiers:
        return None
    basis = Basis()
    for bound, rate in tiers:
        basis = basis | bound.basis | rate.basis
    confirm = (ConfirmCode.STABLE_JOB, *((ConfirmCode.JOBS_TIERS,) if file == "premiums" else ()))
    highest = max(rate.value for _, rate in tiers)
    if project.amount is None or project.jobs is None:
        missing = tuple(
            fact for fact, value in ((Fact.AMOUNT, project.amount), (Fact.JOBS, project.jobs)) if value is None
        )
        numbers = {"needed": tiers[0][0].value, "rate": tiers[0][1].value, "highest_rate": highest}
        if project.amount is not None:
            numbers["jobs"] = jobs_reaching(tiers[0][0], project.amount)
        need = Need(NeedCode.JOBS_PER_MILLION, numbers)
        return Judged(Line(Premium.JOBS, Status.UNKNOWN, (ZERO, highest), None, need, basis, missing), confirm)
    amount, jobs = project.amount, project.jobs
    reached = [rate.value for bound, rate in tiers if reaches(bound, jobs, amount)]
    best = max(reached, default=ZERO)
    numbers = {"given": jobs * MILLION / amount}
    if ahead := [(bound, better) for bound, better in tiers if not reaches(bound, jobs, amount)]:
        needed = jobs_reaching(ahead[0][0], amount)
        numbers |= {
            "needed": ahead[0][0].value,
            "rate": ahead[0][1].value,
            "jobs": needed,
            "jobs_missing": needed - jobs,
        }
    status = Status.MET if reached else Status.NOT_MET
    return Judged(
        Line(Premium.JOBS, status, (best, best), None, Need(NeedCode.JOBS_PER_MILLION, numbers), basis), confirm
    )


def _women(project: Project, rules: Rules) -> Judged | None:
    rate, share = rules.figures.get("premiums.women_rate"), rules.figures.get("premiums.women_share")
    if rate is None or share is None:
        return None
    given = project.women_share
    return _judge(
        Premium.WOMEN, None if given is None else share.allows(given), rate, NeedCode.WOMEN_SHARE, rate.basis | share.basis,
        numbers={"needed": share.value} if given is None else compare(share, given),
        missing=(Fact.WOMEN_SHARE,) if given is None else (), confirm=(ConfirmCode.WOMEN_SHARE,),
    )  # fmt: skip


def _sustainability(project: Project, rules: Rules) -> Judged | None:
    judged = _yes_or_no(
        "premiums.sustainability_rate", rules, Premium.SUSTAINABILITY, Fact.SUSTAINABILITY, project.sustainability,
        NeedCode.SUSTAINABILITY_CRITERIA, ConfirmCode.SUSTAINABILITY_CRITERIA,
    )  # fmt: skip
    actions = rules.figures.get("premiums.sustainability_actions")
    if judged is None or actions is None:
        return judged
    need = Need(judged.line.need.code, {**judged.line.need.numbers, "actions": actions.value})
    return replace(judged, line=replace(judged.line, need=need, basis=judged.line.basis | actions.basis))


def _local_integration(project: Project, rules: Rules) -> Judged | None:
    rate, reduced, standard = (
        rules.figures.get(f"premiums.local_integration_{name}") for name in ("rate", "reduced", "standard")
    )
    if rate is None or reduced is None or standard is None:
        return None
    treatment = None if project.sector is None else rules.treatment(project.sector)
    kind = None if treatment is None else treatment.local_integration
    basis = rate.basis | reduced.basis | standard.basis
    if kind is LocalIntegration.NONE:
        need = Need(NeedCode.INDUSTRIAL_ACTIVITY, {"rate": rate.value})
        return Judged(Line(Premium.LOCAL_INTEGRATION, Status.NOT_APPLICABLE, NOTHING, None, need, basis))
    given, sector = project.local_integration, (Fact.SECTOR,) if kind is None else ()
    lowest = reduced if kind in {None, LocalIntegration.REDUCED, LocalIntegration.EITHER} else standard
    settled = kind in {LocalIntegration.REDUCED, LocalIntegration.STANDARD}
    highest = reduced if kind is LocalIntegration.REDUCED else standard
    missing: tuple[Fact, ...] = ()
    met: bool | None
    if given is None:
        met, missing = None, (*sector, Fact.LOCAL_INTEGRATION)
    elif not lowest.allows(given):
        met = False
    elif settled or (kind is LocalIntegration.EITHER and highest.allows(given)):
        met = True
    else:
        met, missing = None, (Fact.BRANCH,) if kind is LocalIntegration.EITHER else sector
    numbers = {"needed": highest.value} if given is None else compare(highest, given)
    if lowest is not highest:
        numbers["needed_reduced"] = lowest.value
    confirm = (
        ConfirmCode.LOCAL_INTEGRATION_FORMULA,
        *((ConfirmCode.INDUSTRIAL_ACTIVITY,) if kind is LocalIntegration.UNCLEAR else ()),
    )
    return _judge(
        Premium.LOCAL_INTEGRATION, met, rate, NeedCode.LOCAL_INTEGRATION, basis, numbers=numbers, missing=missing, confirm=confirm
    )  # fmt: skip


def _territorial(project: Project, rules: Rules, file: str) -> Judged | None:
    rate_a, rate_b = rules.figures.get(f"{file}.territorial_rate_a"), rules.figures.get(f"{file}.territorial_rate_b")
    if rate_a is None or rate_b is None:
        return None
    numbers = {"rate_a": rate_a.value, "rate_b": rate_b.value}
    basis = rate_a.basis | rate_b.basis
    found = None if project.place is None else rules.category(project.place)
    if found is None:
        higher = max(rate_a, rate_b, key=lambda figure: figure.value)
        return _judge(
            Premium.TERRITORIAL, None, higher, NeedCode.PLACE_WITH_CATEGORY, basis, numbers=numbers, missing=(Fact.PLACE,)
        )  # fmt: skip
    rate = rate_a if found.value is Category.A else rate_b
    need = _CATEGORY_NEEDS.get(found.value, NeedCode.PLACE_WITH_CATEGORY)
    met = found.value is not Category.NONE
    judged = _judge(
        Premium.TERRITORIAL, met, rate, need, found.basis | (rate.basis if met else basis),
        numbers=numbers, confirm=(ConfirmCode.PLACE_CATEGORY,),
    )  # fmt: skip
    # The small-business scheme has a list of its own that was not read, so there also "none" is to be confirmed.
    return judged if file == "premiums" else replace(judged, confirm=(ConfirmCode.PLACE_CATEGORY,))


def _sectoral(project: Project, rules: Rules) -> Judged | None:
    rate = rules.figures.get("premiums.sectoral_rate")
    if rate is None:
        return None
    treatment = None if project.sector is None else rules.treatment(project.sector)
    if treatment is None:
        return _judge(Premium.SECTORAL, None, rate, NeedCode.PRIORITY_SECTOR, rate.basis, missing=(Fact.SECTOR,))
    basis = treatment.basis | rate.basis
    return _judge(Premium.SECTORAL, treatment.priority, rate, NeedCode.PRIORITY_SECTOR, basis)
