"""Whether a project enters a scheme: each condition met, missed or unknown, with the figure it was held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from bot.estimate import ConfirmCode, Fact, Reason, ReasonCode, Scheme
from corpus.rules import Bound, Figure, Scope

if TYPE_CHECKING:
    from bot.project import Project
    from corpus.rules import Rules

MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Check:
    """A condition, or all of a scheme's: `met` is `None` where a fact is missing."""

    met: bool | None
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Fact, ...] = ()
    confirm: tuple[ConfirmCode, ...] = ()


def every(checks: Iterable[Check]) -> Check:
    """All conditions together; what is missing no longer matters once one is missed."""
    parts = list(checks)
    if missed := [part for part in parts if part.met is False]:
        return Check(False, tuple(reason for part in missed for reason in part.reasons))
    return Check(
        None if any(part.met is None for part in parts) else True,
        tuple(reason for part in parts for reason in part.reasons),
        tuple(dict.fromkeys(fact for part in parts for fact in part.missing)),
        tuple(dict.fromkeys(code for part in parts for code in part.confirm)),
    )


def reaches(figure: Figure, jobs: int, amount: Decimal) -> bool:
    """Whether so many jobs for the amount are on the right side of a figure in jobs per million, without a division."""
    left, right = jobs * MILLION, figure.value * amount
    return left > right if figure.bound is Bound.ABOVE else left >= right


def jobs_reaching(figure: Figure, amount: Decimal) -> Decimal:
    """The fewest jobs that reach a figure in jobs per million with the amount."""
    exact = figure.value * amount / MILLION
    if figure.bound is Bound.ABOVE:
        return exact.to_integral_value(ROUND_FLOOR) + 1
    return exact.to_integral_value(ROUND_CEILING)


def compare(figure: Figure, given: Decimal | int) -> dict[str, Decimal]:
    """The numbers of a comparison: the threshold, what is given and how far apart they are."""
    return {"needed": figure.value, "given": Decimal(given), "by": abs(figure.value - given)}


def check_sector(project: Project, rules: Rules, scheme: Scheme) -> Check:
    """Whether the sector is in the Charter."""
    treatment = None if project.sector is None else rules.treatment(project.sector)
    if treatment is None:
        return Check(None, (Reason(ReasonCode.SECTOR_UNKNOWN, scheme),), (Fact.SECTOR,))
    match treatment.scope:
        case Scope.INSIDE:
            return Check(True)
        case Scope.OUTSIDE:
            return Check(False, (Reason(ReasonCode.SECTOR_OUTSIDE, scheme, basis=treatment.basis),))
        case Scope.PARTLY:
            reason = Reason(ReasonCode.SECTOR_PARTLY_OUTSIDE, scheme, basis=treatment.basis)
            return Check(None, (reason,), confirm=(ConfirmCode.SECTOR_SCOPE,))


def check_main(project: Project, rules: Rules) -> Check:
    """The thresholds of the main scheme: amount and jobs, or jobs alone."""
    figures = [rules.figures.get(f"eligibility.{name}") for name in ("main_amount", "main_jobs", "main_jobs_alone")]
    amount_figure, jobs_figure, alone_figure = figures
    if amount_figure is None or jobs_figure is None or alone_figure is None:
        return Check(False, (Reason(ReasonCode.NOT_IN_FORCE, Scheme.MAIN),))
    amount = _threshold(
        amount_figure, project.amount, Scheme.MAIN, Fact.AMOUNT,
        (ReasonCode.AMOUNT_MET, ReasonCode.AMOUNT_TOO_LOW, ReasonCode.AMOUNT_UNKNOWN),
    )  # fmt: skip
    jobs = _threshold(
        jobs_figure, project.jobs, Scheme.MAIN, Fact.JOBS,
        (ReasonCode.JOBS_MET, ReasonCode.JOBS_TOO_FEW, ReasonCode.JOBS_UNKNOWN),
    )  # fmt: skip
    alone = _threshold(
        alone_figure, project.jobs, Scheme.MAIN, Fact.JOBS,
        (ReasonCode.JOBS_ALONE_MET, ReasonCode.JOBS_ALONE_TOO_FEW, ReasonCode.JOBS_UNKNOWN),
    )  # fmt: skip
    both = every((amount, jobs))
    if both.met:
        return both
    if alone.met:
        exact = project.jobs == alone_figure.value
        return Check(True, alone.reasons, confirm=(ConfirmCode.JOBS_ALONE_BOUNDARY,) if exact else ())
    if both.met is False and alone.met is False:
        return Check(False, both.reasons + alone.reasons)
    pending = [part for part in (both, alone) if part.met is None]
    reasons = dict.fromkeys(reason.code for part in pending for reason in part.reasons)
    first = {reason.code: reason for part in reversed(pending) for reason in reversed(part.reasons)}
    missing = tuple(dict.fromkeys(fact for part in pending for fact in part.missing))
    return Check(None, tuple(first[code] for code in reasons), missing)


def check_strategic(project: Project, rules: Rules) -> Check:
    """Whether the project is strategic; an amount that is not known is not taken for a strategic one."""
    confirm = (ConfirmCode.STRATEGIC_CONDITIONS,)
    defence = rules.figures.get("approval.strategic_amount_defence")
    if project.defence and defence is not None:
        return Check(True, (Reason(ReasonCode.DEFENCE_MET, Scheme.STRATEGIC, basis=defence.basis),), confirm=confirm)
    figure = rules.figures.get("approval.strategic_amount")
    if figure is None or project.amount is None or not figure.allows(project.amount):
        return Check(False)
    criteria = rules.figures.get("approval.strategic_criteria")
    met = Reason(ReasonCode.AMOUNT_MET, Scheme.STRATEGIC, compare(figure, project.amount), figure.basis)
    if criteria is None or project.strategic_criterion:
        basis = figure.basis if criteria is None else criteria.basis
        return Check(True, (met, Reason(ReasonCode.CRITERION_MET, Scheme.STRATEGIC, basis=basis)), confirm=confirm)
    numbers = {"needed": criteria.value}
    if project.strategic_criterion is None:
        reason = Reason(ReasonCode.CRITERION_UNKNOWN, Scheme.STRATEGIC, numbers, criteria.basis)
        return Check(None, (met, reason), (Fact.STRATEGIC_CRITERION,), confirm)
    return Check(False, (Reason(ReasonCode.CRITERION_MISSED, Scheme.STRATEGIC, numbers, criteria.basis),))


def check_small_business(project: Project, rules: Rules) -> Check:
    """The conditions of the small-business scheme on the project and on the company."""
    if "small_business.amount_max" not in rules.figures:
        return Check(False, (Reason(ReasonCode.NOT_IN_FORCE, Scheme.SMALL_BUSINESS),))
    amount = _small_amount(project, rules)
    if amount.met is False:  # of another size: what else it would miss says nothing
        return amount
    checks = every((amount, _small_ratio(project, rules), _own_funds(project, rules), _company(project, rules)))
    if checks.met is False:
        return checks
    lists = (
        ConfirmCode.SMALL_BUSINESS_CONDITIONS, ConfirmCode.SMALL_BUSINESS_BRANCH, ConfirmCode.SMALL_BUSINESS_GROUP,
        ConfirmCode.SMALL_BUSINESS_OWN_FUNDS,
    )  # fmt: skip
    return Check(checks.met, checks.reasons, checks.missing, lists + checks.confirm)


def _threshold(
    figure: Figure | None,
    given: Decimal | int | None,
    scheme: Scheme,
    fact: Fact,
    codes: tuple[ReasonCode, ReasonCode, ReasonCode],
) -> Check:
    """One figure against one fact; a figure that is not in force asks nothing."""
    if figure is None:
        return Check(True)
    met, missed, unknown = codes
    if given is None:
        return Check(None, (Reason(unknown, scheme, {"needed": figure.value}, figure.basis),), (fact,))
    allowed = figure.allows(given)
    return Check(allowed, (Reason(met if allowed else missed, scheme, compare(figure, given), figure.basis),))


def _small_amount(project: Project, rules: Rules) -> Check:
    return _between(
        "small_business.amount", project.amount, Fact.AMOUNT, rules,
        (ReasonCode.AMOUNT_MET, ReasonCode.AMOUNT_TOO_LOW, ReasonCode.AMOUNT_BELOW_LIMIT, ReasonCode.AMOUNT_TOO_HIGH),
        ReasonCode.AMOUNT_UNKNOWN,
    )  # fmt: skip


def _between(
    key: str,
    given: Decimal | None,
    fact: Fact,
    rules: Rules,
    codes: tuple[ReasonCode, ReasonCode, ReasonCode, ReasonCode],
    unknown: ReasonCode,
) -> Check:
    """A fact between a lowest and a highest figure, as the codes for each of both, met and missed."""
    lowest, highest = (rules.figures.get(f"{key}_{name}") for name in ("min", "max"))
    low = _threshold(lowest, given, Scheme.SMALL_BUSINESS, fact, (codes[0], codes[1], unknown))
    high = _threshold(highest, given, Scheme.SMALL_BUSINESS, fact, (codes[2], codes[3], unknown))
    if given is not None or lowest is None or highest is None:
        return every((low, high))
    numbers = {"needed": lowest.value, "limit": highest.value}
    return Check(None, (Reason(unknown, Scheme.SMALL_BUSINESS, numbers, lowest.basis | highest.basis),), (fact,))


def _small_ratio(project: Project, rules: Rules) -> Check:
    standard, reduced = (rules.figures.get(f"small_business.{name}") for name in ("jobs_ratio", "jobs_ratio_reduced"))
    if standard is None:
        return Check(True)
    treatment = None if project.sector is None else rules.treatment(project.sector)
    fewer = reduced is not None and treatment is not None and treatment.fewer_jobs
    figure = reduced if reduced is not None and fewer else standard
    if project.amount is None or project.jobs is None:
        missing = tuple(
            fact for fact, value in ((Fact.AMOUNT, project.amount), (Fact.JOBS, project.jobs)) if value is None
        )
        numbers = {"needed": figure.value}
        if project.amount is not None:
            numbers["jobs"] = jobs_reaching(figure, project.amount)
        reason = Reason(ReasonCode.JOBS_RATIO_UNKNOWN, Scheme.SMALL_BUSINESS, numbers, figure.basis)
        return Check(None, (reason,), missing)
    return _known_ratio(project.amount, project.jobs, figure, standard, reduced if treatment is None else None)


def _known_ratio(amount: Decimal, jobs: int, figure: Figure, standard: Figure, perhaps: Figure | None) -> Check:
    """The ratio against its figure, or against the lower one that the sector `perhaps` has."""
    numbers = compare(figure, jobs * MILLION / amount) | {"jobs": jobs_reaching(figure, amount)}
    if reaches(figure, jobs, amount):
        lower = figure is not standard and not reaches(standard, jobs, amount)
        reason = Reason(ReasonCode.JOBS_RATIO_MET, Scheme.SMALL_BUSINESS, numbers, figure.basis)
        return Check(True, (reason,), confirm=(ConfirmCode.SMALL_BUSINESS_TOURISM,) if lower else ())
    if perhaps is not None and reaches(perhaps, jobs, amount):
        basis = figure.basis | perhaps.basis
        reason = Reason(ReasonCode.JOBS_RATIO_UNKNOWN, Scheme.SMALL_BUSINESS, numbers, basis)
        return Check(None, (reason,), (Fact.SECTOR,))
    return Check(False, (Reason(ReasonCode.JOBS_RATIO_TOO_LOW, Scheme.SMALL_BUSINESS, numbers, figure.basis),))


def _own_funds(project: Project, rules: Rules) -> Check:
    return _threshold(
        rules.figures.get("small_business.own_funds"), project.own_funds, Scheme.SMALL_BUSINESS, Fact.OWN_FUNDS,
        (ReasonCode.OWN_FUNDS_MET, ReasonCode.OWN_FUNDS_TOO_LOW, ReasonCode.OWN_FUNDS_UNKNOWN),
    )  # fmt: skip


def _company(project: Project, rules: Rules) -> Check:
    """The turnover, of which a new company needs none."""
    turnover = _between(
        "small_business.turnover", project.turnover, Fact.TURNOVER, rules,
        (ReasonCode.TURNOVER_MET, ReasonCode.TURNOVER_TOO_LOW, ReasonCode.TURNOVER_BELOW_LIMIT, ReasonCode.TURNOVER_TOO_HIGH),
        ReasonCode.TURNOVER_UNKNOWN,
    )  # fmt: skip
    age = rules.figures.get("small_business.new_company_age")
    too_high = any(reason.code is ReasonCode.TURNOVER_TOO_HIGH for reason in turnover.reasons)
    if turnover.met or too_high or age is None or project.new_company is False:
        return turnover
    if project.new_company:
        return Check(
            True, (Reason(ReasonCode.NEW_COMPANY_MET, Scheme.SMALL_BUSINESS, {"needed": age.value}, age.basis),)
        )
    return Check(None, turnover.reasons, (*turnover.missing, Fact.NEW_COMPANY))
