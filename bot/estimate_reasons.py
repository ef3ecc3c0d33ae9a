"""The conditions of a scheme in words: what is met, what is missed and by how much, what is still to be known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.estimate import Eligible, Estimate, Fact, Reason, ReasonCode, Scheme
from bot.estimate_amounts import Amounts
from bot.project import Project

_UNTOLD = frozenset({ReasonCode.AMOUNT_BELOW_LIMIT, ReasonCode.TURNOVER_BELOW_LIMIT})
_OF_TURNOVER = frozenset({ReasonCode.TURNOVER_TOO_LOW, ReasonCode.TURNOVER_UNKNOWN})


def told_reasons(made: Estimate) -> list[Reason]:
    """The reasons that an asker needs: none of a scheme for projects of another size, none that another one already says."""
    codes = {(reason.scheme, reason.code) for reason in made.reasons}
    others = {reason.scheme for reason in made.reasons}
    return [
        reason
        for reason in made.reasons
        if reason.code not in _UNTOLD
        and not (reason.code is ReasonCode.JOBS_ALONE_TOO_FEW and (reason.scheme, ReasonCode.AMOUNT_TOO_LOW) not in codes)
        and not (reason.code is ReasonCode.AMOUNT_TOO_HIGH and reason.scheme is Scheme.SMALL_BUSINESS and len(others) > 1)
    ]  # fmt: skip


def is_met(reason: Reason) -> bool:
    """Whether it states that a condition is met."""
    return reason.code.value.endswith(("_met", "_below_limit"))


def is_condition(reason: Reason) -> bool:
    """Whether its words are those of a condition that is still to be met."""
    return reason.code.value.endswith("_unknown")


def condition(reason: Reason, project: Project, made: Estimate, sector: str, amounts: Amounts) -> str:
    """The reason in a few words that begin small and end without a stop."""
    words = amounts.words
    shown = {**_numbers(reason, amounts), "sector": sector}
    shown["planned"] = "" if project.jobs is None else amounts.number(project.jobs)
    variant = _variant(reason)
    text = (words.variants[variant] if variant else words.reasons[reason.code]).format(**shown)
    open_age = Fact.NEW_COMPANY in made.unknown and made.eligible is Eligible.UNKNOWN
    return words.says["unless_new"].format(reason=text) if open_age and reason.code in _OF_TURNOVER else text


def _variant(reason: Reason) -> str:
    """The name of other words for the same code, where its numbers are other ones; empty if there are none."""
    numbers = reason.numbers
    match reason.code:
        case ReasonCode.AMOUNT_UNKNOWN | ReasonCode.TURNOVER_UNKNOWN if "limit" in numbers:
            return f"{reason.code}_between"
        case ReasonCode.JOBS_RATIO_UNKNOWN if "jobs" not in numbers:
            return "jobs_ratio_unknown_per_million"
        case ReasonCode.JOBS_RATIO_UNKNOWN if "given" in numbers:
            return "jobs_ratio_unknown_sector"
    return ""


def _numbers(reason: Reason, amounts: Amounts) -> Mapping[str, str]:
    return {name: _written(name, value, reason.code, amounts) for name, value in reason.numbers.items()}


def _written(name: str, value: Decimal, code: ReasonCode, amounts: Amounts) -> str:
    """A number of a reason with the unit that its code gives it."""
    subject = code.value
    if subject.startswith(("amount", "turnover")):
        return amounts.money(value)
    if subject.startswith("own_funds"):
        return amounts.percent(value)
    if subject.startswith("new_company"):
        return amounts.counted("years", value)
    if name == "jobs" or (subject.startswith("jobs") and name == "needed" and not subject.startswith("jobs_ratio")):
        return amounts.counted("jobs", value)
    if subject.startswith("jobs") and name == "by" and not subject.startswith("jobs_ratio"):
        return amounts.counted("missing_jobs", value)
    return amounts.number(value)
