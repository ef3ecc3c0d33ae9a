"""What the premiums are limited by: the eligible base that the rates apply to, the cap on their sum and a ceiling in dirhams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.estimate import Cap, ConfirmCode, Eligible, Line, Range
from corpus.rules import Basis

if TYPE_CHECKING:
    from bot.project import Project
    from corpus.rules import Rules

ZERO = Decimal(0)


@dataclass(frozen=True)
class Ceiling:
    """A ceiling in dirhams; it is not `certain` where the sector that has it is unknown."""

    amount: Decimal
    certain: bool
    basis: Basis


def joined(bases: Iterable[Basis]) -> Basis:
    """All of them together, as firm as the weakest."""
    whole = Basis()
    for basis in bases:
        whole = whole | basis
    return whole


def eligible_base(project: Project, rules: Rules) -> tuple[Range | None, tuple[ConfirmCode, ...], Basis]:
    """The amount that the rates apply to: without the land that does not count; land that is not stated is taken for none."""
    if not project.land:
        base = None if project.amount is None else (project.amount, project.amount)
        return base, (ConfirmCode.LAND_NOT_STATED,) if project.land is None else (), Basis()
    private, public = (rules.figures.get(f"premiums.land_{kind}_share") for kind in ("private", "public"))
    confirm = (ConfirmCode.LAND_RULE, ConfirmCode.JOBS_RATIO_BASE)
    if project.amount is None:
        return None, confirm, Basis()
    kinds = [(False, private), (True, public)]
    bases = [
        project.amount - (ZERO if figure is None else max(ZERO, project.land - figure.value * project.amount))
        for is_public, figure in kinds
        if project.public_land in {None, is_public}
    ]
    return (min(bases), max(bases)), confirm, joined(figure.basis for _, figure in kinds if figure is not None)


def find_ceiling(project: Project, rules: Rules) -> Ceiling | None:
    """The ceiling for producers of renewable energy; none where the sector is another one."""
    figure = rules.figures.get("premiums.renewable_ceiling")
    treatment = None if project.sector is None else rules.treatment(project.sector)
    if figure is None or (treatment is not None and not treatment.ceiling):
        return None
    return Ceiling(figure.value, treatment is not None, figure.basis)


def capped(
    lines: tuple[Line, ...], base: Range | None, rules: Rules, file: str, ceiling: Ceiling | None
) -> tuple[Range, Range | None, Cap | None]:
    """The sum of the lines within the limits, as a rate and as an amount, and what the limits cut off."""
    low, high = sum((line.rate[0] for line in lines), ZERO), sum((line.rate[1] for line in lines), ZERO)
    figure = rules.figures.get(f"{file}.cap_rate")
    limit = Decimal(1) if figure is None else figure.value
    rate = (min(low, limit), min(high, limit))
    amount = cut = None
    if base is not None:
        within = (rate[0] * base[0], rate[1] * base[1])
        under = within if ceiling is None else (min(within[0], ceiling.amount), min(within[1], ceiling.amount))
        certain = ceiling is None or ceiling.certain
        amount = (under[0], under[1] if certain else within[1])
        cut = (low * base[0] - (under[0] if certain else within[0]), high * base[1] - under[1])
    if figure is None and ceiling is None:
        return rate, amount, None
    cut_rate = (low - rate[0], high - rate[1])
    surely, perhaps = cut_rate if cut is None else cut
    maybe = perhaps > 0 or (ceiling is not None and cut is None)
    applied = Eligible.YES if surely > 0 else Eligible.UNKNOWN if maybe else Eligible.NO
    basis = joined([*([figure.basis] if figure else []), *([ceiling.basis] if ceiling else [])])
    known = ceiling.amount if ceiling is not None and ceiling.certain else None
    return rate, amount, Cap(limit, known, applied, cut_rate, cut, basis)
