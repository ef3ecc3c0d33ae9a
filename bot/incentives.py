"""The premium estimate: a pure function of a project and the rules of a day.

`estimate(project, rules)` is a visible list of steps: which scheme, the eligible base, the lines, the cap, the total with what is
unknown. No figure of the law stands here; all come with the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.eligibility import Check, check_main, check_sector, check_small_business, check_strategic, every
from bot.estimate import (
    Cap,
    ConfirmCode,
    Eligible,
    Estimate,
    Fact,
    Line,
    Need,
    NeedCode,
    Premium,
    Range,
    Reason,
    ReasonCode,
    Scheme,
    Status,
)
from bot.limits import ZERO, Ceiling, capped, eligible_base, find_ceiling, joined
from bot.premiums import NOTHING, Judged, main_lines, small_business_lines, with_amount
from bot.project import Project, read_project, require_known_ids
from corpus import ProjectError

if TYPE_CHECKING:
    from corpus.rules import Rules

__all__ = [
    "Cap",
    "ConfirmCode",
    "Eligible",
    "Estimate",
    "Fact",
    "Line",
    "Need",
    "NeedCode",
    "Premium",
    "Project",
    "ProjectError",
    "Range",
    "Reason",
    "ReasonCode",
    "Scheme",
    "Status",
    "estimate",
    "read_project",
]
_ELIGIBLE = {True: Eligible.YES, False: Eligible.NO, None: Eligible.UNKNOWN}
_FILES = {Scheme.MAIN: "premiums", Scheme.SMALL_BUSINESS: "small_business"}


def estimate(project: Project, rules: Rules) -> Estimate:
    """What the project may get under the rules.

    Raises:
        ProjectError: the place or the sector is unknown.
    """
    require_known_ids(project, rules)
    checks = {
        Scheme.STRATEGIC: check_strategic(project, rules),
        Scheme.MAIN: check_main(project, rules),
        Scheme.SMALL_BUSINESS: check_small_business(project, rules),
    }
    scheme = _choose(project, rules, checks)
    sector = check_sector(project, rules, scheme)
    if scheme is Scheme.NONE or sector.met is False:
        return _none(project, rules, [sector] if sector.met is False else _nearest(project, rules, checks))
    possible = {one: every((check, sector)) for one, check in checks.items() if check.met is not False}
    own = _of_scheme(project, rules, scheme, possible[scheme])
    others = [one for one in (Scheme.MAIN, Scheme.SMALL_BUSINESS) if one is not scheme and one in possible]
    certainly_strategic = scheme is Scheme.STRATEGIC and checks[scheme].met is True
    alternatives = [] if certainly_strategic else [_of_scheme(project, rules, one, possible[one]) for one in others]
    closed = _closed(scheme, checks, small=_is_small(project, rules))
    return replace(_with_alternatives(own, tuple(alternatives)), closed=closed)


def _closed(scheme: Scheme, checks: dict[Scheme, Check], *, small: bool) -> tuple[Reason, ...]:
    """What a project misses of the other scheme that it comes near: of the small-business scheme where the amount points to it, of
    the main scheme where it has half of a threshold.
    """
    other = {Scheme.MAIN: Scheme.SMALL_BUSINESS, Scheme.SMALL_BUSINESS: Scheme.MAIN}.get(scheme)
    if other is None or checks[other].met is not False:
        return ()
    if scheme is Scheme.MAIN:
        return checks[other].reasons if small else ()
    missed = tuple(one for one in checks[other].reasons if "by" in one.numbers)
    alone = [
        one for one in missed if one.code is not ReasonCode.JOBS_TOO_FEW
    ]  # these jobs do not suffice without the amount
    return missed if any(one.numbers["by"] <= one.numbers["needed"] / 2 for one in alone) else ()


def _choose(project: Project, rules: Rules, checks: dict[Scheme, Check]) -> Scheme:
    """Strategic where it may be, then the scheme whose thresholds are met, then the one that the amount points to."""
    if checks[Scheme.STRATEGIC].met is not False:
        return Scheme.STRATEGIC
    order = [Scheme.MAIN, Scheme.SMALL_BUSINESS]
    if met := [scheme for scheme in order if checks[scheme].met]:
        return met[0]
    if _is_small(project, rules):
        order.reverse()
    return next((scheme for scheme in order if checks[scheme].met is None), Scheme.NONE)


def _is_small(project: Project, rules: Rules) -> bool:
    limit = rules.figures.get("small_business.amount_max")
    return limit is not None and project.amount is not None and limit.allows(project.amount)


def _nearest(project: Project, rules: Rules, checks: dict[Scheme, Check]) -> list[Check]:
    """Why no scheme takes the project, beginning with the scheme that its amount points to."""
    order = [checks[Scheme.MAIN], checks[Scheme.SMALL_BUSINESS]]
    if _is_small(project, rules):
        order.reverse()
    return [*order, checks[Scheme.STRATEGIC]]


def _none(project: Project, rules: Rules, missed: Iterable[Check]) -> Estimate:
    reasons = tuple(reason for check in missed for reason in check.reasons)
    return Estimate(
        rules.day,
        Scheme.NONE,
        Eligible.NO,
        reasons,
        total_rate=NOTHING,
        total_amount=NOTHING,
        region=None if project.place is None else rules.territories[project.place].region,
        basis=joined(reason.basis for reason in reasons),
    )


def _of_scheme(project: Project, rules: Rules, scheme: Scheme, check: Check) -> Estimate:
    """The estimate under one scheme, as if there were no other."""
    approval = next((one for one in rules.approvals if one.scheme == scheme and one.covers(project.amount)), None)
    undecided = approval is None and project.amount is not None
    shared = Estimate(
        rules.day,
        scheme,
        _ELIGIBLE[check.met],
        check.reasons,
        to_confirm=(*check.confirm, *((ConfirmCode.APPROVAL_BOUNDARY,) if undecided else ())),
        unknown=check.missing,
        approval=None if approval is None else approval.body,
        region=None if project.place is None else rules.territories[project.place].region,
        basis=joined([*(reason.basis for reason in check.reasons), *([approval.basis] if approval else [])]),
    )
    return shared if scheme is Scheme.STRATEGIC else _with_premiums(shared, project, rules, check)


def _with_premiums(shared: Estimate, project: Project, rules: Rules, check: Check) -> Estimate:
    """The base, the lines, the cap and the total."""
    judged = main_lines(project, rules) if shared.scheme is Scheme.MAIN else small_business_lines(project, rules)
    base, base_confirm, base_basis = eligible_base(project, rules)
    lines = tuple(with_amount(one.line, base) for one in judged)
    ceiling = find_ceiling(project, rules) if shared.scheme is Scheme.MAIN else None
    rate, amount, cap = capped(lines, base, rules, _FILES[shared.scheme], ceiling)
    return replace(
        shared,
        base=base,
        lines=lines,
        cap=cap,
        if_eligible_rate=rate,
        if_eligible_amount=amount,
        total_rate=_or_nothing(rate, check.met),
        total_amount=None if amount is None else _or_nothing(amount, check.met),
        to_confirm=_codes(shared, judged, base_confirm, ceiling),
        unknown=_missing(project, check, lines, base, cap, settled=amount is not None and amount[0] == amount[1]),
        basis=joined([shared.basis, *(line.basis for line in lines), base_basis, *([cap.basis] if cap else [])]),
    )


def _or_nothing(given: Range, met: bool | None) -> Range:
    return given if met else (ZERO, given[1])


def _codes(
    shared: Estimate,
    judged: list[Judged],
    base_confirm: tuple[ConfirmCode, ...],
    ceiling: Ceiling | None,
) -> tuple[ConfirmCode, ...]:
    codes = [*shared.to_confirm, *(code for one in judged for code in one.confirm), *base_confirm]
    if ceiling is not None and ceiling.certain:
        codes.append(ConfirmCode.RENEWABLE_CEILING)
    return tuple(dict.fromkeys(codes))


def _missing(
    project: Project, check: Check, lines: tuple[Line, ...], base: Range | None, cap: Cap | None, *, settled: bool
) -> tuple[Fact, ...]:
    """The missing facts, that which would change the total most first; one that could change nothing is left out.

    What decides whether the project enters the scheme weighs the whole, a line what it would add within the cap; a `settled` amount
    is moved by no line. Land comes last: few projects state it, and none is assumed without it.
    """
    weights = dict.fromkeys(check.missing, Decimal(1))
    if project.amount is None:
        weights[Fact.AMOUNT] = weights.get(Fact.AMOUNT, ZERO) + 1
    limit = Decimal(1) if cap is None else cap.rate
    low, high = sum((line.rate[0] for line in lines), ZERO), sum((line.rate[1] for line in lines), ZERO)
    for line in lines:
        width = line.rate[1] - line.rate[0]
        moves = max(min(limit, low + width) - min(limit, low), min(limit, high) - min(limit, high - width))
        for fact in line.missing if moves and not settled else ():
            weights[fact] = weights.get(fact, ZERO) + moves
    if base is not None and project.amount and base[0] < base[1] and not settled:
        weights[Fact.PUBLIC_LAND] = (base[1] - base[0]) / project.amount * min(limit, high)
    order = list(Fact)
    facts = sorted(weights, key=lambda fact: (-weights[fact], order.index(fact)))
    return (*facts, Fact.LAND) if project.land is None else tuple(facts)


def _with_alternatives(own: Estimate, others: tuple[Estimate, ...]) -> Estimate:
    """The estimate with the other schemes that may apply; while none is certain, the total reaches to the highest of them."""
    if own.eligible is not Eligible.UNKNOWN:
        return replace(own, alternatives=others)
    facts = tuple(dict.fromkeys((*own.unknown, *(fact for other in others for fact in other.unknown))))
    return replace(
        own,
        alternatives=others,
        unknown=(*(fact for fact in facts if fact is not Fact.LAND), *(fact for fact in facts if fact is Fact.LAND)),
        total_rate=_reach(own.total_rate, [other.total_rate for other in others]),
        total_amount=_reach(own.total_amount, [other.total_amount for other in others]),
    )


def _reach(own: Range | None, others: list[Range | None]) -> Range | None:
    if own is None or any(other is None for other in others):
        return None
    return own[0], max([own[1], *(other[1] for other in others if other is not None)])
